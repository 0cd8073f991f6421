"""Everything that reads what it did not write, each as a function of bytes.

In: any bytes. Out: nothing; an exception is a failure. Touches: a folder in memory for those that read files.
Each either takes what it is given, or refuses it with an error that a person can be told: nothing else may come.
"""

import io
import json
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from nacl.public import PublicKey, SealedBox

from voicejournal import browsing, caring, settings
from voicejournal.catalogue import parse
from voicejournal.dialogue.care import care_of
from voicejournal.dialogue.guessing import guessed
from voicejournal.dialogue.language import Language, obeyed
from voicejournal.edges import passphrase, private_file, sealed_entries, sealed_file, sealed_key
from voicejournal.edges.care_file import CareFile
from voicejournal.edges.model_directory import unpack
from voicejournal.edges.plain_view import PlainView
from voicejournal.edges.preferences import FilePreferences, preferred
from voicejournal.edges.sound_files import FileMicrophone, read_sound
from voicejournal.edges.speech_markdown import load_script
from voicejournal.edges.store import Store
from voicejournal.errors import JournalError, MicrophoneError
from voicejournal.grounding.lint import problems
from voicejournal.hearing.transcripts import KeptStretch
from voicejournal.journal.circling import goes_in_circles
from voicejournal.journal.entries import Entry
from voicejournal.journal.plain_text import one_line, safe_json
from voicejournal.journal.recovery_code import code_of, key_of
from voicejournal.journal.tidying import tidied
from voicejournal.languages import language_of
from voicejournal.replaying import read_conversation
from voicejournal.scene import Scene

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = date(2026, 3, 1)
FRAMES = 500
"""Ten seconds of a sound file: enough to read past its header, and past where its data ends."""
UNPACKED_BYTES = 100_000


@dataclass(frozen=True)
class Target:
    """One reader, and examples of what it usually reads."""

    read: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


@cache
def english() -> Language:
    return language_of("en")


def text_of(content: bytes) -> str:
    """Any text, with halves of surrogate pairs where the bytes are no UTF-8."""
    return content.decode("utf-8", "surrogateescape")


@contextmanager
def a_file(content: bytes, name: str) -> Iterator[Path]:
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=memory) as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        yield path


# What sounds


def sound(content: bytes) -> None:
    with a_file(content, "sound.wav") as path, suppress(MicrophoneError):
        microphone = FileMicrophone(path, real_time=False)
        try:
            for _ in range(FRAMES):
                microphone.listen()
        finally:
            microphone.close()
    if len(content) < 10_000:  # a short sound is read whole
        with a_file(content, "sound.flac") as path, suppress(MicrophoneError):
            read_sound(path, MicrophoneError)


# What is configured


def script(content: bytes) -> None:
    language = english()
    with suppress(JournalError):
        found = load_script(text_of(content), "fuzzed")
        for problem in problems(found, language.manner, obeyed(language)):
            assert problem.line >= 0


def settings_file(content: bytes) -> None:
    text = text_of(content)
    chosen, mistakes = settings.forgiving(text, {}, {}, languages=("en", "ko"))
    assert chosen.language in ("en", "ko")
    for mistake in mistakes:
        one_line(english().fix(mistake)), english().aloud(mistake)


def private_files(content: bytes) -> None:
    """Whom to call, and what was chosen: reading never raises, and what is kept is read again."""
    with a_file(content, "care.toml") as path:
        care = CareFile(path)
        kept = care.get()
        "\n".join(caring.care_lines(english(), kept))
        if kept.lines:
            care.keep(kept)
            assert CareFile(path).get() == kept
    with a_file(content, "journal.preferences.toml") as path:
        preferred(path.with_name("journal.sqlite3"), "tidy")
        FilePreferences(path).prefer("patience", "20")
        assert private_file.read(path)["patience"] == "20"


def catalogue(content: bytes) -> None:
    """It is ours, so all it has to do with a bad one is to refuse it (its docstring says how)."""
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        for model in parse(text_of(content)).models:
            assert all(".." not in known.path for known in model.files)


def archive(content: bytes) -> None:
    with a_file(b"", "beside") as beside, suppress(ValueError):
        unpack(io.BytesIO(content), "x/", UNPACKED_BYTES, beside.parent / "model")
        assert sum(path.stat().st_size for path in beside.parent.rglob("*")) < 3 * UNPACKED_BYTES + 1_100_000


def conversation(content: bytes) -> None:
    with suppress(ValueError):
        read_conversation(text_of(content))


def recovery_code(content: bytes) -> None:
    """Typed by hand: it is a key, or there is a slip in it; a slip that is a key again is the same one."""
    key = key_of(text_of(content))
    assert key is None or key_of(code_of(key)) == key


KEY = bytes(range(32))


def sealed(content: bytes) -> None:
    """What waits for the journal to be unlocked: as the file, and as what who wrote to it had sealed in it."""
    box = SealedBox(PublicKey(_published()))
    inside = [bytes(box.encrypt(piece)) for piece in content.split(PARTED)]
    whole = b"".join(len(piece).to_bytes(sealed_file.LENGTH_BYTES) + piece for piece in inside)
    for waiting in (content, whole):
        with a_file(waiting, "journal.sqlite3.sealed") as path:
            journal = Store(":memory:")
            try:
                with suppress(JournalError):
                    sealed_entries.take_in(journal, path.with_suffix(""), KEY)
                journal.entries()
            finally:
                journal.close()


@cache
def _published() -> bytes:
    """The public key that belongs to `KEY`."""
    with a_file(b"", "journal.sqlite3") as journal:
        sealed_key.publish(journal, KEY, bytes(16))
        found = sealed_key.public_key(journal)
    assert found is not None
    return found


def passphrase_box(content: bytes) -> None:
    with a_file(content, "journal.sqlite3.passphrase") as path, suppress(JournalError):
        list(passphrase.keys_of(path, "three plain words"))


# What is said


def spoken(content: bytes) -> None:
    """Kept, guessed at, and looked for, as an entry and as the words of a search: SQL and FTS5 among them."""
    text, language = text_of(content), english()
    kept = one_line(text)
    store = Store(":memory:")
    try:
        entry_id = store.open_entry(NOW, "en", "scripted")
        store.close_entry(entry_id, NOW)
        store.keep_stretch(entry_id, KeptStretch(0.0, 0.0, kept))
        entry = store.write_entry(entry_id, None, None, None)
        assert entry.text == kept
        for words in (text, f'"{text}"', f"{text}*", f"NEAR({text})"):
            store.search(words)
        assert [found.id for found in store.entries()] == [entry_id], (
            "nothing said reaches the database as a command"
        )
        plain = next((word for word in kept.split() if word.isascii() and word.isalpha()), None)
        if plain is not None:
            assert [found.id for found in store.search(plain)] == [entry_id]
    finally:
        store.close()
    guessed(text, language)
    tidied(text, language.tidiness)
    goes_in_circles(text, 60.0, [text], language.circling)


def shown(content: bytes) -> None:
    """Nothing that is printed commands a terminal or turns a line around."""
    text, language = text_of(content), english()
    entry = Entry(
        id="260301-001", started_at=NOW, ended_at=NOW, tag=None, tag_source=None, tag_reason=text, text=text,
        seconds=1.0, state="written", recognizer=text, language=text, for_therapist=False,
    )  # fmt: skip
    stretches = [KeptStretch(0.0, 1.0, text)]
    lines = [
        browsing.entry_line(entry, language, TODAY),
        *browsing.entry_page(entry, stretches, language, TODAY, True),
    ]
    record = browsing.as_json(entry)
    assert json.loads(record)["text"] == json.loads(json.dumps(text)), "and a program reads what was kept"
    lines += [record, safe_json({text: [text]})]
    tables = {whose: {"number": "123 456", "name": text, "hours": text} for whose in ("contact", "helpline")}
    lines += caring.care_lines(language, care_of(tables))
    out = io.StringIO()
    PlainView(language.view, out).show(Scene(status="speaking", words=text, notice=text, numbers=(text,)))
    for line in (*lines, *out.getvalue().split("\n")):
        assert not acting(line), f"{acting(line)!r} in {line!r}"


TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def acting(line: str) -> list[str]:
    """What acts on a terminal without being seen."""
    return [
        one
        for one in line
        if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(one) in TURNING
    ]


# Examples


WAV = (
    b"RIFF\x44\x06\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0data\x20\6\0\0"
    + bytes(range(196)) * 8
)
SCRIPT = b"""---
title: Water
kind: senses
seconds: 60
---
You can stop at any time. [4s]
Take a glass (slowly)[rate:"slow"]. [break:"strong"]
#[repeat:"6"]
Breathe in. [beat:"4s"]
#[end]
"""
SETTINGS = b'language = "en"\npatience = 20\nroom_level = -20.5\nfast = true\nquiet = "whisper"\n# so\n'
CARE = (
    '[contact]\nname = "Mina"\nnumber = "+49 30 123456"\n[helpline]\nname = "라인"\nnumber = "116 123"\n'.encode()
)
SAID = (
    b"Dream. I was on a train with my mother.",
    b"\"; drop table entry; -- ' or 1=1 NEAR(a b, 5) a* OR NOT AND ^b {text}: col:x",
    "어젯밤 꿈에서 ‮바다를‬ \x1b[2J\x1b]0;x\x07 \u2066봤어요".encode(),
    b"\xff\xfe\x00 half \xed\xa0\xbd and \x9b31m",
)


PARTED = b"\n\n"
AT = b'"at": "2026-03-01T12:00:00+00:00"'
SEALED = PARTED.join(
    (
        b'{"what": "opened", "entry": "ab/1", ' + AT + b', "language": "en", "recognizer": "x"}',
        b'{"what": "sound", "entry": "ab/1"}\n\1\2\3\4',
        b'{"what": "closed", "entry": "ab/1", ' + AT + b', "samples": 2}',
        b'{"what": "aside", "entry": "ab/1", ' + AT + b"}",
        b'{"what": "gone", "entry": "ab/1"}',
    )
)
BOXES = (
    b'{"version": 1, "salt": "00", "key": "00"}',
    b'{"version": 2, "salt": "00000000000000000000000000000000", "key": "00"}',
)
"""With a whole salt each try would take most of a second, on purpose."""


def _flac() -> bytes:
    import numpy
    import soundfile

    written = io.BytesIO()
    soundfile.write(written, numpy.zeros(400, "int16"), 16_000, format="FLAC")
    return written.getvalue()


def _zip() -> bytes:
    import zipfile

    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x/am/final.mdl", b"sound" * 50)
        packed.writestr("x/conf", b"settings")
    return written.getvalue()


def _catalogue() -> bytes:
    inside = Path(__file__).parents[1] / "models" / "catalogue.toml"
    return inside.read_bytes()[:3000]


TARGETS: Mapping[str, Target] = {
    "sound": Target(sound, (WAV, _flac())),
    "script": Target(script, (SCRIPT,)),
    "settings": Target(settings_file, (SETTINGS,)),
    "private": Target(private_files, (CARE, b'patience = "20"\nrate = 1.1\n')),
    "catalogue": Target(catalogue, (_catalogue(),)),
    "archive": Target(archive, (_zip(),)),
    "code": Target(recovery_code, (code_of(bytes(range(32))).encode(),)),
    "sealed": Target(sealed, (SEALED,)),
    "passphrase": Target(passphrase_box, BOXES),
    "conversation": Target(conversation, (b"> I was on a train\n~ 12.5\n< I kept this\n",)),
    "spoken": Target(spoken, SAID),
    "shown": Target(shown, SAID),
}
