"""Sound cards: finding one by name or number, and opening it in a form it accepts.

In: which device, and what to call with its sound. Out: a running stream and its form.
Touches: sounddevice (PortAudio), and standard error while a stream is opened.
Every failure of PortAudio becomes an error that a person can act on, here and nowhere else.
"""

import contextlib
import ctypes
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from voicejournal.errors import ErrorName, JournalError, MicrophoneError, SpeakerError
from voicejournal.hearing.frames import HEARD_HERTZ, PLAYED_HERTZ, TICKS_PER_SECOND

LATENCY_SECONDS = 0.08
"""Sound on its way through PortAudio. Through PulseAudio 0.04 s took 1.2 % of a core for each direction and
0.08 s took 0.5 %; more would be heard in how late "stop" stops."""

DEVICE_UNAVAILABLE = -9985
"""PortAudio's paDeviceUnavailable: something else holds the device."""


class Direction(Enum):
    """Which of the two ways sound goes; the value is PortAudio's word for it."""

    HEARD = "input"
    PLAYED = "output"


@dataclass(frozen=True)
class Form:
    """How a device takes or gives its sound; always s16, channels interleaved."""

    hertz: int
    channels: int

    @property
    def block_samples(self) -> int:
        """Of each channel, in one tick; a little less than a tick at rates that 50 does not divide."""
        return self.hertz // TICKS_PER_SECOND

    @property
    def block_bytes(self) -> int:
        return 2 * self.channels * self.block_samples


HEARD_FORM = Form(HEARD_HERTZ, 1)
PLAYED_FORM = Form(PLAYED_HERTZ, 1)


class Device:
    """A sound card that was found, not opened yet."""

    def __init__(self, device: str | int | None, direction: Direction) -> None:
        """`device`: a number, a number in digits, part of a name, or None for the usual one.

        Raises: MicrophoneError or SpeakerError.
        """
        self._direction = direction
        with _quiet_stderr():
            self._library = self._imported()
            with self._translated():
                found = self._found(int(device) if device and re.fullmatch("[0-9]{1,6}", str(device)) else device)
                self._number = found["index"]
                self.form = self._accepted(found)
                """What the stream will run at."""

    def open(self, callback: Callable[..., None], finished: Callable[[], None]) -> Any:
        """A started stream: `callback` moves one block of sound, `finished` says that no more will come.

        Both are called on PortAudio's own thread. Raises: MicrophoneError or SpeakerError.
        """
        library = self._library
        kind = library.RawInputStream if self._direction is Direction.HEARD else library.RawOutputStream
        with _quiet_stderr(), self._translated():
            stream = kind(
                device=self._number,
                samplerate=self.form.hertz,
                channels=self.form.channels,
                dtype="int16",
                blocksize=self.form.block_samples,
                latency=LATENCY_SECONDS,
                callback=callback,
                finished_callback=finished,
            )
            stream.start()
        return stream

    def _found(self, wanted: str | int | None) -> Any:
        """What PortAudio knows of the device."""
        try:
            return self._library.query_devices(wanted, self._direction.value)
        except (ValueError, self._library.PortAudioError) as exc:
            if wanted is None:
                raise
            known = self._known()
            raise self._error("microphone_unknown", "speaker_unknown", wanted=str(wanted), known=known) from exc

    def _accepted(self, found: Any) -> Form:
        """Ours where the device or its driver converts; else the device's own, as near to ours as it can."""
        ours = HEARD_FORM if self._direction is Direction.HEARD else PLAYED_FORM
        most = found[f"max_{self._direction.value}_channels"]
        own_hertz = int(found["default_samplerate"])
        forms = [ours, *(Form(own_hertz, channels) for channels in (1, 2, most))]
        for form in forms[:-1]:
            with contextlib.suppress(self._library.PortAudioError):
                self._check(form)
                return form
        # The last is not checked: if it fails too, opening says why.
        return forms[-1]

    def _check(self, form: Form) -> None:
        check = (
            self._library.check_input_settings
            if self._direction is Direction.HEARD
            else self._library.check_output_settings
        )
        check(device=self._number, samplerate=form.hertz, channels=form.channels, dtype="int16")

    def _known(self) -> str:
        most = f"max_{self._direction.value}_channels"
        known = [f"{one['index']} {one['name']}" for one in self._library.query_devices() if one[most] > 0]
        return ", ".join(known) or "-"

    def _error(self, heard: ErrorName, played: ErrorName, **details: str) -> JournalError:
        if self._direction is Direction.HEARD:
            return MicrophoneError(heard, **details)
        return SpeakerError(played, **details)

    def _imported(self) -> Any:
        try:
            import sounddevice
        except OSError as exc:
            # What sounddevice raises when the PortAudio library is not on the machine.
            raise self._error("microphone_library_missing", "speaker_library_missing") from exc
        _hush_alsa()
        return sounddevice

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        """PortAudio's failures as ours."""
        try:
            yield
        except self._library.PortAudioError as exc:
            reason = str(exc.args[0])
            if DEVICE_UNAVAILABLE in exc.args:
                raise self._error("microphone_busy", "speaker_busy", reason=reason) from exc
            raise self._error("microphone_missing", "speaker_missing", reason=reason) from exc


@cache
def _hush_alsa() -> object:
    """ALSA tells of every underrun on standard error, whenever it likes; what matters comes to us as well.

    Returns what has to live as long as the program.
    """
    text, number = ctypes.c_char_p, ctypes.c_int
    listener = ctypes.CFUNCTYPE(None, text, number, text, number, text)
    hear_nothing = listener(lambda file, line, function, error, form: None)
    with contextlib.suppress(OSError, AttributeError):  # not Linux, or another ALSA
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(hear_nothing)
    return hear_nothing


@contextlib.contextmanager
def _quiet_stderr() -> Iterator[None]:
    """ALSA and PortAudio write to file descriptor 2 by themselves, across whatever a view shows there."""
    try:
        kept = os.dup(2)
    except OSError:
        # A program that was started from an icon may have no standard error at all.
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
