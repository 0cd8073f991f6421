"""Row: the same short dream, clean, in a kitchen and in two rooms: one entry, the right tag, no ghosts."""

import tempfile
from pathlib import Path

import numpy

from bench import bare, programs, sounds
from bench.figures import Figure, all_of, unmeasured
from bench.wording import plain

ROW = "noise"

ENTRY, COMMAND = "Dream. I was on a train.", "Finish my entry."
PAUSE_SECONDS = 2.0
KITCHEN_DECIBELS = 15.0
"""How far the kitchen lies under the voice (the issue's bar)."""

LONG_PAUSE_SECONDS = 8.0
"""Pauses in a kitchen: long enough for ghosts, too short to end an entry."""

VOICES = ("en-us", "en-gb", "en-us+f3")


def measure(is_quick: bool) -> list[Figure]:
    """Each voice in each place; a place's line counts the voices for which all of it held."""
    voices = VOICES[:1] if is_quick else VOICES
    figures = []
    with tempfile.TemporaryDirectory() as name:
        for place in ("clean", "kitchen", *sounds.rooms(), *(f"--room {room}" for room in sounds.rooms())):
            wrong = [w for voice in voices if (w := _wrong(voice, place, Path(name) / f"{place} {voice}"))]
            what = f"one dream, {place}" + "".join(f"; {one}" for one in wrong)
            figures.append(all_of(ROW, what, len(voices) - len(wrong), len(voices)))
        figures.append(_ghosts(Path(name) / "ghosts"))
    return figures


def _wrong(voice: str, place: str, folder: Path) -> str:
    """What is not as it is to be, in one line; empty when all is."""
    folder.mkdir(parents=True)
    entry, command = sounds.spoken(ENTRY, voice), sounds.spoken(COMMAND, voice)
    pause = sounds.silence(PAUSE_SECONDS)
    speech = numpy.concatenate([sounds.silence(1), entry, pause, command, pause])
    flags: list[str] = []
    if place == "kitchen":
        speech = sounds.with_noise(speech, sounds.noises()["picovoice_kitchen"], KITCHEN_DECIBELS, loud=entry)
    elif place.startswith("--room"):
        flags = ["--room", str(sounds.rooms()[place.split()[1]])]
    elif place != "clean":
        speech = sounds.in_room(speech, sounds.rooms()[place])
    answer = folder / "answer.wav"
    sound = sounds.write(folder / "speech.wav", speech)
    run = programs.listen(sound, folder, "--speaker", str(answer), *flags)
    wrong = []
    if run.ended.exit_code:
        wrong.append(f"exit {run.ended.exit_code}: {run.ended.errors.strip()}")
    if len(run.entries) != 1:
        wrong.append(f"{len(run.entries)} entries")
    if any(entry["tag"] != "dream" or entry["tag_source"] != "spoken" for entry in run.entries):
        wrong.append(f"tags {[(entry['tag'], entry['tag_source']) for entry in run.entries]}")
    if "finish" in plain(run.text) or len(plain(run.text).split()) > len(plain(ENTRY).split()) + 1:
        wrong.append(f'text "{run.text}"')
    if not _says(answer, "dream", folder):
        wrong.append("the answer does not say dream")
    return ", ".join(wrong)


def _says(answer: Path, word: str, folder: Path) -> bool:
    samples = sounds.read(answer)
    whole = sounds.Joined((), ((0, len(samples)),), samples)
    texts, _ = bare.decode(whole, sounds.write(folder / "heard.wav", samples), (0, 0), folder, "whisper")
    return word in plain(" ".join(texts)).split()


def _ghosts(folder: Path) -> Figure:
    """Sentences with long pauses in a kitchen, against the same ones in a silent room."""
    folder.mkdir()
    said = [one for one in sounds.utterances() if one.speaker == "sb-spk1"]
    if not said:
        return unmeasured(ROW, "ghost words in a kitchen's pauses", "no such speaker")
    joined = sounds.joined(said, LONG_PAUSE_SECONDS, LONG_PAUSE_SECONDS, seed="ghosts")
    kitchen = sounds.noises()["picovoice_kitchen"]
    samples = sounds.with_noise(joined.samples, kitchen, KITCHEN_DECIBELS)
    run = programs.listen(sounds.write(folder / "speech.wav", samples), folder)
    said_words = sum(len(plain(one.transcript).split()) for one in said)
    more = len(plain(run.text).split()) - said_words
    what = f"words beyond the {said_words} said, pauses in a kitchen, {len(run.entries)} entries"
    return Figure(ROW, what, f"{more:+d}", "≤ 0, 1 entry", more <= 0 and len(run.entries) == 1)
