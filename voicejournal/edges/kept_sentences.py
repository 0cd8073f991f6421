"""What the natural voice has said of our own texts, kept beside the models: the next time it begins at once.

In: words and a rate. Out: their sound. Touches: one folder beside the models; nothing else reads it.
Only sentences that came with the program are written here, never a word that a person said, wrote or scripted.
A file that is damaged, or made by another voice or another shaping, is as good as none.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from voicejournal.edges import natural_voice, resampling, shaping
from voicejournal.edges.model_directory import SUMS
from voicejournal.edges.natural_voice import ENGINE
from voicejournal.speaking.playback import Render

MAKERS = (natural_voice, shaping, resampling)
"""With other code the same words would be another sound."""

DIGEST_BYTES = hashlib.sha256().digest_size
"""Each file begins with the digest of what follows."""


class KeptSentences:
    """A voice that is loaded only for what it has not said before."""

    def __init__(self, voice: Path, load: Callable[[], Render], ours: Callable[[], Collection[str]]) -> None:
        """`voice`: its folder, verified. `ours`: the sentences that may be kept; asked once, when one is new."""
        self._folder = voice.with_name(f"{voice.name}-kept")
        self._place = self._folder / _made_by(voice)
        self._load = load
        self._list_ours = ours

    def render(self, words: str, rate: float) -> bytes:
        """See the `Voice` port. No words at all load the voice. Raises: what loading or speaking raises."""
        path = self._place / hashlib.sha256(f"{rate:.3f} {words}".encode("utf-8", "replace")).hexdigest()
        sound = _read(path)
        if sound is None:
            sound = self._voice(words, rate)
            if words in self._ours:
                self._write(path, sound)
        return sound

    @cached_property
    def _voice(self) -> Render:
        return self._load()

    @cached_property
    def _ours(self) -> Collection[str]:
        return self._list_ours()

    def _write(self, path: Path, sound: bytes) -> None:
        """A folder or a disk that takes nothing costs time, and nothing else."""
        with suppress(OSError):
            if not self._place.is_dir():
                shutil.rmtree(self._folder, ignore_errors=True)  # an older voice's
                self._place.mkdir(parents=True)
            number, name = tempfile.mkstemp(dir=self._place)
            try:
                with os.fdopen(number, "wb") as file:
                    file.write(hashlib.sha256(sound).digest() + sound)
                os.replace(name, path)
            except OSError:
                os.unlink(name)
                raise


def _made_by(voice: Path) -> str:
    """A name for the voice and all that shapes its sound; `sums.json` stands for every byte of the voice."""
    made_by = hashlib.sha256(ENGINE.encode())
    for path in (voice / SUMS, *(Path(str(module.__file__)) for module in MAKERS)):
        with suppress(OSError):
            made_by.update(path.read_bytes())
    return made_by.hexdigest()[:16]


def _read(path: Path) -> bytes | None:
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    digest, sound = kept[:DIGEST_BYTES], kept[DIGEST_BYTES:]
    return sound if digest == hashlib.sha256(sound).digest() else None
