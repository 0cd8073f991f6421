"""A grounding script as a sound file: how it will be heard, as fast as it can be rendered.

In: a name or a file of a script, and settings. Out: nothing but the file. Touches: nothing itself; it opens edges.
Nobody is listened to, and nothing is remembered: it is what somebody hears the first time who says nothing.
"""

from contextlib import closing

from voicejournal.errors import SettingsError
from voicejournal.languages import language_of
from voicejournal.settings import Settings
from voicejournal.shelf import named_script, shelf_of
from voicejournal.sounding import is_sound_file, open_speaker
from voicejournal.speaking.playback import Playback
from voicejournal.speaking.steps import Pace


def preview(name: str, chosen: Settings) -> None:
    """Write the script as it is played. Raises: ScriptError, NotFound, SpeakerError, VoiceError, SettingsError."""
    from voicejournal.edges.voice import SpokenVoice

    if not is_sound_file(chosen.speaker):
        raise SettingsError("preview_needs_file")
    script = named_script(name, shelf_of(chosen.language))
    voice = SpokenVoice(language_of(chosen.language).voice)
    playback = Playback(voice.render, Pace(chosen.rate or 1.0))
    playback.add(script.steps)
    with closing(open_speaker(chosen)) as speaker:
        while not playback.is_idle:
            speaker.play(playback.next_frame().frame)
