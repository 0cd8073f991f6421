"""Choices of the file, the environment and the flags, and which of them wins."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicejournal.errors import SettingsError
from voicejournal.hearing.patience import USUAL
from voicejournal.languages import language_of
from voicejournal.preferring import patience_of, quiet_of
from voicejournal.settings import Settings, forgiving


def settings(
    file: str, environment: Mapping[str, str], flags: Mapping[str, Any], place: str = "settings.toml"
) -> Settings:
    """The choices, where nothing in the file is wrong."""
    chosen, mistakes = forgiving(file, environment, flags, place)
    if mistakes:
        raise mistakes[0]
    return chosen


def test_without_any_choice_it_is_what_suits_most() -> None:
    assert settings("", {}, {}) == Settings()


def test_a_flag_wins_over_the_environment_and_that_over_the_file() -> None:
    file, environment = 'journal = "file"', {"VOICEJOURNAL_JOURNAL": "environment"}
    assert settings(file, {}, {}).journal == "file"
    assert settings(file, environment, {}).journal == "environment"
    assert settings(file, environment, {"journal": "flag"}).journal == "flag"


def test_what_was_not_given_changes_nothing() -> None:
    chosen = settings('language = "ko"\nfast = true', {"VOICEJOURNAL_MODEL": ""}, {"language": None, "fast": None})
    assert (chosen.language, chosen.fast, chosen.model) == ("ko", True, None)


def test_the_environment_names_a_model() -> None:
    assert settings("", {"VOICEJOURNAL_MODEL": "/models/en", "HOME": "/root"}, {}).model == "/models/en"


def test_offers_and_questions_are_turned_on_and_off() -> None:
    chosen = settings("offers = false\nbefore_after = true", {}, {})
    assert chosen == Settings(offers=False, before_after=True)


def test_numbers_may_stand_without_quotes() -> None:
    chosen = settings("patience = 20\nmicrophone = 2\nspeaker = 0\nrate = 1\nroom_level = -30", {}, {})
    assert chosen == Settings(patience="20", microphone="2", speaker="0", rate=1.0, room_level=-30.0)


@pytest.mark.parametrize(
    ("file", "error", "named"),
    [
        ("language =", "settings_broken", None),
        ('colour = "red"', "settings_unknown", "colour"),
        ("[sound]\nrate = 1.0", "settings_unknown", "sound"),
        ("patience = 7", "setting_wrong", "patience"),
        ('patience = "long"', "setting_wrong", "patience"),
        ("patience = true", "setting_wrong", "patience"),
        ('recognizer = "google"', "setting_wrong", "recognizer"),
        ('voice = "joe"', "setting_wrong", "voice"),
        ("recognizer = 1", "setting_wrong", "recognizer"),
        ("rate = 0.79", "setting_wrong", "rate"),
        ("rate = 1.31", "setting_wrong", "rate"),
        ("rate = nan", "setting_wrong", "rate"),
        ('rate = "1.0"', "setting_wrong", "rate"),
        ("rate = true", "setting_wrong", "rate"),
        ("room_level = inf", "setting_wrong", "room_level"),
        ('room_level = "quiet"', "setting_wrong", "room_level"),
        ('fast = "yes"', "setting_wrong", "fast"),
        ("plain = 1", "setting_wrong", "plain"),
        ('offers = "no"', "setting_wrong", "offers"),
        ("journal = 5", "setting_wrong", "journal"),
        ("microphone = 1.5", "setting_wrong", "microphone"),
        ("language = ['en']", "setting_wrong", "language"),
    ],
)
def test_what_means_nothing_here_is_named(file: str, error: str, named: str | None) -> None:
    with pytest.raises(SettingsError) as raised:
        settings(file, {}, {})
    assert raised.value.name == error
    assert raised.value.details.get("name") == named


def test_a_quiet_that_is_none_is_named() -> None:
    with pytest.raises(SettingsError) as raised:
        settings('quiet = "loud"', {}, {})
    assert raised.value.details["name"] == "quiet"


@pytest.mark.parametrize("rate", [0.8, 1.3])
def test_the_ends_of_the_range_are_in_it(rate: float) -> None:
    assert settings("", {}, {"rate": rate}).rate == rate


def test_a_broken_file_says_where() -> None:
    with pytest.raises(SettingsError) as raised:
        settings('journal = "a"\nlanguage = en', {}, {})
    assert "line 2" in raised.value.details["reason"]


@pytest.mark.parametrize(
    ("file", "where"),
    [
        ('journal = "a"\n\n  rate = 3', "/my/settings.toml, line 3"),
        ('"colour" = "red"', "/my/settings.toml, line 1"),
        ("[sound]\nrate = 1.0", "/my/settings.toml, line 1"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(file: str, where: str) -> None:
    with pytest.raises(SettingsError) as raised:
        settings(file, {}, {}, "/my/settings.toml")
    assert language_of("en").fix(raised.value).startswith(f"{where}: ")


@pytest.mark.parametrize(
    ("file", "allowed"), [("rate = 3", "0.8에서 1.3 사이"), ('rate = "1"', "숫자"), ("tidy = 1", "true, false")]
)
def test_what_is_allowed_is_told_in_the_language_itself(file: str, allowed: str) -> None:
    with pytest.raises(SettingsError) as raised:
        settings(file, {}, {})
    assert language_of("ko").fix(raised.value).startswith("settings.toml, 1번째 줄: ")
    assert language_of("ko").fix(raised.value).endswith(f" {allowed}")


def test_who_wants_to_speak_is_kept_from_it_by_no_mistake() -> None:
    file = 'patience = "20"\nlanguage = ko\ncolour = "red"\nrate = 3\nplain = true'
    chosen, mistakes = forgiving(file, {}, {"rate": 0.9})
    assert chosen == Settings(patience="20", plain=True, rate=0.9)
    assert [mistake.name for mistake in mistakes] == ["settings_broken", "settings_unknown"]
    assert forgiving(file.replace("ko", "'ko'"), {}, {})[0].language == "ko"


def test_a_language_that_is_none_is_a_mistake_like_any_other() -> None:
    chosen, (mistake,) = forgiving('language = "tlh"', {}, {}, languages=("en", "ko"))
    assert (chosen.language, mistake.details["allowed"]) == ("en", "en, ko")
    assert forgiving("", {}, {"language": "tlh"}, languages=("en", "ko"))[0].language == "tlh", (
        "a flag was just typed"
    )


def test_who_wanted_less_of_our_voice_is_not_given_more() -> None:
    chosen, _ = forgiving('quiet = "yes"\noffers = "no"', {}, {})
    assert (chosen.quiet, chosen.offers) == ("whisper", False)


@given(st.text())
def test_no_file_keeps_anybody_from_speaking(file: str) -> None:
    chosen, mistakes = forgiving(file, {}, {})
    assert mistakes or chosen == settings(file, {}, {})


@pytest.mark.parametrize(
    ("flag", "preferred", "expected"),
    [
        (None, None, USUAL),
        (None, "60", "60"),
        ("5", "60", "5"),
        (None, "nonsense", USUAL),
        ("never", None, "never"),
    ],
)
def test_patience(flag: Any, preferred: str | None, expected: str) -> None:
    assert patience_of(Settings(patience=flag), preferred) == expected


@pytest.mark.parametrize(
    ("flag", "preferred", "expected"),
    [(None, None, "off"), (None, "text", "text"), ("whisper", "text", "whisper"), (None, "nonsense", "off")],
)
def test_quiet(flag: Any, preferred: str | None, expected: str) -> None:
    assert quiet_of(Settings(quiet=flag), preferred) == expected


@pytest.mark.parametrize(
    "file",
    [
        f"room_level = {'9' * 5000}",  # more figures than Python counts
        f"room_level = {'9' * 400}",  # more than a number with a point can be
        f"rate = {'9' * 400}",
        f"patience = {'9' * 5000}",
        f"language = {'[' * 5000}",  # deeper than tomllib goes
        'journal = "a\\u0000b"',  # no path has it
    ],
    ids=lambda file: file[:20],
)
def test_what_is_too_large_or_too_deep_is_a_mistake_like_any_other(file: str) -> None:
    chosen, mistakes = forgiving(f"{file}\ntidy = true", {}, {})
    assert (chosen.tidy, len(mistakes)) == (True, 1)


@pytest.mark.parametrize("name", ["journal", "key_file"])
def test_an_empty_path_is_no_other_place(name: str) -> None:
    with pytest.raises(SettingsError, match="setting_wrong"):
        settings("", {}, {name: ""})
    with pytest.raises(SettingsError, match="setting_wrong"):
        settings(f'{name} = ""', {}, {})
    assert settings("", {"VOICEJOURNAL_JOURNAL": "", "VOICEJOURNAL_KEY_FILE": ""}, {}) == Settings()
