"""Languages hold together: same keys and braces, plain manners, and nothing said that we would obey."""

import ast
import string
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from voicejournal.catalogue import Reason
from voicejournal.dialogue.activities import ANSWERS, COMMANDS, NAMES, acting_in, answers_to
from voicejournal.dialogue.activity import Place, Question
from voicejournal.dialogue.language import Language, read_language
from voicejournal.dialogue.meaning import ANY_QUESTION
from voicejournal.dialogue.times import day
from voicejournal.edges.prompt_files import language_files, languages
from voicejournal.errors import Detail, JournalError, SettingsError
from voicejournal.hearing.spelling import letters
from voicejournal.journal.entries import TAGS
from voicejournal.journal.strength import STRENGTHS
from voicejournal.speaking.sentences import sentences

ROOT = Path(__file__).parent.parent
CODES = languages()
SPOKEN_TABLES = ("said", "help")
QUESTIONS = tuple(ANSWERS)

SAID_AT = {
    "private": ("ask_private", "ask_private_voice", "ask_private_words"),
    "delete": ("ask_delete_first", "ask_delete_sound", "ask_delete_second"),
    "choose": ("found_many", "found_very_many", "found_older", "found_no_older", "choose_three", "choose_older"),
    "circling": ("offer_circling",),
    "offer": ("offer_passphrase", "rose", "doubts_more"),
    "hard": ("offer_hard", "which_hard"),
    "forget": ("ask_forget",),
    "strength": ("ask_before", "ask_after"),
    "word": ("doubt_right", "doubt_now", "doubt_which", "doubt_left"),
}
"""What the room may echo while a question is open that takes words of its own."""


def language(code: str) -> Language:
    return read_language(language_files(code), NAMES)


def leaves(table: dict[str, Any], path: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in table.items():
        found |= leaves(value, f"{path}/{key}") if isinstance(value, dict) else {f"{path}/{key}": value}
    return found


def braces(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def spoken_phrases(code: str) -> dict[str, str]:
    """What may be said aloud; an error's fix is printed only."""
    it = language(code)
    errors = {f"error {name}": words.spoken for name, words in it.errors.items()}
    return {**it.said, **{f"help {state}": words for state, words in it.help.items()}, **errors}


def obeyed(it: Language) -> dict[str, str]:
    commands = {letters(say): name for name, command in it.commands.items() for say in command.say}
    return commands | {letters(say): name for name, answers in it.answers.items() for say in answers}


def test_english_and_korean_are_there() -> None:
    assert {"en", "ko"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["commands.toml", "phrases.toml", "language.toml", "errors.toml"])
def test_every_language_has_the_keys_of_english(code: str, name: str) -> None:
    ours, english = (leaves(tomllib.loads(language_files(c)[name])) for c in (code, "en"))
    assert set(ours) == set(english)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["phrases.toml", "errors.toml"])
def test_every_language_fills_the_braces_of_english(code: str, name: str) -> None:
    ours, english = (leaves(tomllib.loads(language_files(c)[name])) for c in (code, "en"))
    differing = {
        key for key, words in english.items() if isinstance(words, str) and braces(words) != braces(ours[key])
    }
    assert not differing


@pytest.mark.parametrize("code", CODES)
def test_a_phrase_means_one_thing_and_a_key_one_command(code: str) -> None:
    it = language(code)
    sayings = [letters(say) for command in it.commands.values() for say in command.say]
    sayings += [letters(say) for name in it.answers if name not in STRENGTHS for say in it.answers[name]]
    assert len(sayings) == len(set(sayings)), {say for say in sayings if sayings.count(say) > 1}
    says = {letters(say) for command in it.commands.values() for say in command.say}
    over_voice = [letters(say) for command in it.commands.values() for say in command.over_voice]
    assert over_voice and len(over_voice) == len({*over_voice} - says), "each once, and none that counts anyway"
    numbers = {letters(say): name for name in STRENGTHS for say in it.answers[name]}
    assert all(numbers[letters(say)] == name for name in STRENGTHS for say in it.answers[name])
    keys = [command.key for command in it.commands.values()]
    assert all(len(key) == 1 for key in (*keys, *it.answer_keys.values())) and " " not in keys
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
@pytest.mark.parametrize("code", CODES)
def test_a_question_has_a_key_for_each_answer_and_its_hints(code: str, question: Question) -> None:
    it = language(code)
    keys = [it.answer_keys[name] for name in answers_to(question) if name in it.answers]
    numbers = [it.answer_keys[name] for name in answers_to(question) if name in STRENGTHS]
    assert len(keys) == len(set(keys)) and question.keys in it.view
    assert not set(numbers) & {command.key for command in it.commands.values() if command.name == "help_me_now"}


@pytest.mark.parametrize("code", CODES)
def test_what_is_said_to_one_question_alone_means_one_of_its_answers(code: str) -> None:
    it = language(code)
    own = it.own_answers
    assert set(own) == {ANY_QUESTION, *(question.own_answers for question in QUESTIONS if question.own_answers)}
    for question in QUESTIONS:
        table = own.get(question.own_answers, {})
        says = [letters(say) for wordings in table.values() for say in wordings]
        assert len(says) == len(set(says)), {say for say in says if says.count(say) > 1}
        alike = {other for one in QUESTIONS if one.own_answers == question.own_answers for other in answers_to(one)}
        assert set(table) <= {*alike, *acting_in("question")}
        says += [letters(say) for wordings in own[ANY_QUESTION].values() for say in wordings]
        for key in SAID_AT.get(question.own_answers, ()):
            said = it.said[key].split()
            assert not {letters(" ".join(said[start:])) for start in range(len(said))} & set(says), key


@pytest.mark.parametrize("code", CODES)
def test_the_words_that_ask_for_a_deletion_are_no_yes_to_it(code: str) -> None:
    it = language(code)
    asks = {letters(say) for say in it.commands["delete_that"].say}
    assert not asks & {letters(say) for say in (*it.own_answers["delete"]["yes"], *it.answers["yes"])}


@pytest.mark.parametrize("code", CODES)
def test_no_prompt_ends_with_what_we_would_obey(code: str) -> None:
    """The room may echo the last words of a prompt, and they would be a stretch of their own."""
    acts = obeyed(language(code))
    for key, words in spoken_phrases(code).items():
        said = words.split()
        for start in range(len(said)):
            assert letters(" ".join(said[start:])) not in acts, (key, words)


@pytest.mark.parametrize("code", CODES)
def test_no_part_of_a_prompt_between_pauses_is_a_command(code: str) -> None:
    it = language(code)
    acts = {letters(say) for command in it.commands.values() for say in command.say}
    acts |= {letters(say) for name in ("yes", "no") for say in it.answers[name]}
    for key, words in spoken_phrases(code).items():
        for sentence in sentences(words):
            assert not acts & {letters(part) for part in sentence.split(",")}, (key, sentence)


def longest_name(it: Language) -> str:
    """Of an entry inside a sentence: "the mood entry from the twenty-second of November"."""
    names = [it.entry(tag, day(it, date(2026, 11, 22), today=date(2026, 12, 31))) for tag in (*TAGS, None)]
    return max(names, key=lambda name: len(name.split()))


@pytest.mark.parametrize("code", CODES)
def test_a_spoken_sentence_has_at_most_twelve_words(code: str) -> None:
    what = longest_name(language(code))  # but where it is of a search: test_searching
    for key, words in spoken_phrases(code).items():
        for sentence in sentences(words if key in ("looked", "found_named") else words.replace("{what}", what)):
            assert len(sentence.split()) <= 12, (key, sentence)


def test_nobody_is_told_what_they_should_do_or_mean_or_why() -> None:
    unwanted = {"should", "why", "meaning", "great", "awesome", "error", "failed", "invalid"}
    for key, words in spoken_phrases("en").items():
        assert not unwanted & set(words.lower().replace(".", "").replace(",", "").split()), (key, words)
    for key, words in spoken_phrases("ko").items():
        assert not any(word in words for word in ("해야 해", "해야 합니다", "왜 ", "의미", "오류", "실패")), key


@pytest.mark.parametrize("code", CODES)
def test_help_names_at_most_three_things_by_their_first_wording(code: str) -> None:
    it = language(code)
    assert set(it.help) == set(get_args(Place))
    firsts = {command.say[0].lower() for command in it.commands.values()}
    for state, words in it.help.items():
        lines = [line.lower() for line in sentences(words)]
        named = [line for line in lines if any(first in line for first in firsts)]
        assert 1 <= len(named) <= 3, (state, named)


@pytest.mark.parametrize("code", CODES)
def test_lists_are_whole(code: str) -> None:
    calendar = language(code).calendar
    assert (len(calendar.weekdays), len(calendar.months), len(calendar.ordinals)) == (7, 12, 31)


@pytest.mark.parametrize("code", CODES)
def test_a_label_is_never_obeyed_as_another_thing(code: str) -> None:
    it = language(code)
    acts = obeyed(it)
    for tag, labels in it.labels.whole.items():
        assert all(acts.get(letters(label), tag) == tag for label in labels)


def told_phrases() -> set[str]:
    """Keys of [said] that the program uses: the constant text in any call of tell, tell_after_entry or say."""
    found = set()
    for path in (ROOT / "voicejournal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="tell" | "tell_after_entry") | ast.Attribute(attr="say"), args=args):
                    found |= {str(a.value) for a in args if isinstance(a, ast.Constant)}
    return found


def test_everything_the_program_wants_to_say_has_words() -> None:
    assert "kept_tagged" in told_phrases()
    assert told_phrases() <= set(language("en").said)


@pytest.mark.parametrize("table", ["said", "help", "view", "printed", "time"])
@pytest.mark.parametrize("code", CODES)
def test_no_words_are_left_that_nobody_says(code: str, table: str) -> None:
    words = tomllib.loads((ROOT / "prompts" / code / "phrases.toml").read_text(encoding="utf-8"))[table]
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "voicejournal").rglob("*.py"))
    assert not [key for key in words if f'"{key}"' not in source]


@pytest.mark.parametrize("code", CODES)
def test_every_detail_has_its_words_and_all_words_are_of_one(code: str) -> None:
    details = language(code).details
    assert set(details) == {*Detail, *get_args(Reason)}
    for words in details.values():
        assert words and not words.endswith(".")
        assert all(len(sentence.split()) <= 12 for sentence in words.split(". "))


@pytest.mark.parametrize("code", CODES)
def test_an_error_is_spoken_without_paths_and_fixed_with_them(code: str) -> None:
    it = language(code)
    error = JournalError("script_missing", path="/home/me/calm.md")
    assert "/" not in it.spoken(error) and "/home/me/calm.md" in it.fix(error)
    assert not any(braces(words.spoken) & {"path", "file"} for words in it.errors.values())
    assert not any(braces(words.next) for words in it.errors.values())


@pytest.mark.parametrize("code", CODES)
def test_who_only_hears_an_error_hears_what_to_do(code: str) -> None:
    it = language(code)
    for name in ("disk_full", "second_copy", "journal_damaged", "journal_read_only", "microphone_lost"):
        words = it.errors[name]
        assert words.next and it.aloud(JournalError(name, path="/j")) == f"{words.spoken} {words.next}"


@pytest.mark.parametrize("code", CODES)
def test_who_could_not_be_asked_is_told_what_is_true_of_every_command(code: str) -> None:
    """Most of those that ask know no --yes."""
    assert "--yes" not in language(code).fix(JournalError("input_ended"))


def test_braces_are_filled_and_a_sentence_begins_with_a_capital() -> None:
    it = language("en")
    assert it.say("kept_tagged", tag=it.tag("dream")).startswith("I kept this as a dream.")
    assert it.say("read_intro", tag=it.tag(None), day="today") == "An entry, from today."
    assert it.entry("dream", "yesterday") == "the dream from yesterday"


@pytest.mark.parametrize("heard", ["I wasn't done", "i wasnt done", "i wasn t done", "I WASN’T DONE."])
def test_letters_see_through_a_recogniser_s_spelling(heard: str) -> None:
    assert letters(heard) == letters("I wasn't done")


def test_a_missing_file_or_table_is_told_when_the_language_is_read() -> None:
    files = language_files("en")
    without_file = {name: text for name, text in files.items() if name != "phrases.toml"}
    without_command = files | {"commands.toml": files["commands.toml"].replace("commands.stop", "commands.halt")}
    for broken, named in ((without_file, "phrases.toml"), (without_command, "stop")):
        with pytest.raises(SettingsError) as caught:
            read_language(broken, NAMES)
        assert caught.value.name == "language_incomplete" and caught.value.details["missing"] == named
    with pytest.raises(SettingsError) as caught:
        read_language(files | {"commands.toml": "say = [unfinished"}, NAMES)
    assert caught.value.name == "language_broken" and caught.value.details["file"] == "commands.toml"


def test_there_are_words_for_what_is_declared_and_for_nothing_else() -> None:
    """A language has those of English (above), so English is enough here."""
    table = tomllib.loads(language_files("en")["commands.toml"])
    assert set(table["commands"]) == set(COMMANDS)
    assert set(table["answers"]) == NAMES - set(COMMANDS) - set(STRENGTHS)
    assert set(table["answer_keys"]) == NAMES - set(COMMANDS)


def test_every_sentence_is_said_by_somebody() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "voicejournal" / "dialogue").glob("*.py"))
    assert not {name for name in language("en").said if f'"{name}"' not in code}


def test_the_readme_names_every_command_and_its_key() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    unnamed = {
        name
        for name, command in language("en").commands.items()
        if f'"{command.say[0]}" · `{command.key}`' not in readme
    }
    assert not unnamed
