"""Both ends of the sound: the microphone and the speaker that were chosen, devices or files.

In: settings. Out: open edges. Touches: whether files are there; all else through the edges it opens.
"""

import os
import re
from contextlib import ExitStack
from pathlib import Path

from voicejournal.absent import NoSpeaker
from voicejournal.errors import SettingsError
from voicejournal.ports.sound import Microphone, Speaker
from voicejournal.settings import Settings

SOUND_SUFFIXES = (".wav", ".flac", ".ogg", ".oga", ".aiff", ".aif")
"""What makes a name a file's, even before the file is there."""


def is_sound_file(name: str | None) -> bool:
    """Whether a microphone or a speaker of that name is a file; a name that no file can have is none."""
    return name is not None and (name.lower().endswith(SOUND_SUFFIXES) or os.path.isfile(name))


def open_sound(chosen: Settings, stack: ExitStack, may_be_deaf: bool = False) -> tuple[Microphone, Speaker]:
    """Both ends of the sound, the microphone first."""
    is_heard_file = is_sound_file(chosen.microphone)
    for flag, is_asked in (("--fast", chosen.fast), ("--room", chosen.room is not None)):
        if is_asked and not is_heard_file and not may_be_deaf:
            raise SettingsError("fast_needs_file", flag=flag)
    microphone = open_microphone(chosen, may_be_deaf)
    stack.callback(microphone.close)
    speaker = open_speaker(chosen)
    stack.callback(speaker.close)
    if chosen.room is None:
        return microphone, speaker
    from voicejournal.edges.room import Room

    room = Room(microphone, speaker, Path(chosen.room), chosen.room_level)
    return room, room


def open_microphone(chosen: Settings, may_be_deaf: bool = False) -> Microphone:
    """The chosen microphone or file; silence in its place where a script needs no ear.

    Raises: MicrophoneError.
    """
    if is_sound_file(chosen.microphone):
        from voicejournal.edges.sound_files import FileMicrophone

        return FileMicrophone(Path(chosen.microphone or ""), real_time=not chosen.fast)
    from voicejournal.edges.microphone import DeviceMicrophone
    from voicejournal.errors import MicrophoneError

    if may_be_deaf and (chosen.fast or is_sound_file(chosen.speaker)):
        return _silence(chosen)
    try:
        return DeviceMicrophone(_device(chosen.microphone))
    except MicrophoneError:
        if not may_be_deaf or chosen.microphone is not None:
            raise
        return _silence(chosen)


def _silence(chosen: Settings) -> Microphone:
    from voicejournal.edges.sound_files import SilentMicrophone

    return SilentMicrophone(real_time=not chosen.fast)


def open_speaker(chosen: Settings) -> Speaker:
    """The chosen speaker or file; none where a file is heard and no speaker was asked for. Raises: SpeakerError."""
    if is_sound_file(chosen.speaker):
        from voicejournal.edges.sound_files import FileSpeaker

        return FileSpeaker(Path(chosen.speaker or ""))
    if chosen.speaker is None and (is_sound_file(chosen.microphone) or chosen.fast):
        return NoSpeaker()
    from voicejournal.edges.speaker import DeviceSpeaker

    return DeviceSpeaker(_device(chosen.speaker))


def _device(name: str | None) -> str | int | None:
    return int(name) if name is not None and re.fullmatch("[0-9]{1,6}", name) else name
