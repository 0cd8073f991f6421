"""What all activities declare, put together.

In: the tables of each activity. Out: every command and answer, and all names that a language has words for. Pure.
Adding a command touches its activity and its words; only a new activity touches this module.
"""

from voicejournal.dialogue import (
    afterwards,
    amending,
    bringing,
    choices,
    doubting,
    feeling,
    grounding,
    guarding,
    journalling,
    keeping,
    keeping_voice,
    offering,
    playing,
    reading,
    reviewing,
    searching,
    setting_up,
    silence,
    undoing,
    wayfinding,
    what_is_kept,
)
from voicejournal.dialogue.activity import Place, Question
from voicejournal.dialogue.declaring import Answers, Commands

COMMANDS: Commands = {
    **journalling.COMMANDS,
    **silence.COMMANDS,
    **amending.COMMANDS,
    **keeping.COMMANDS,
    **bringing.COMMANDS,
    **undoing.COMMANDS,
    **reading.COMMANDS,
    **doubting.COMMANDS,
    **reviewing.COMMANDS,
    **offering.COMMANDS,
    **wayfinding.COMMANDS,
    **playing.COMMANDS,
    **grounding.COMMANDS,
    **choices.COMMANDS,
    **feeling.COMMANDS,
    **setting_up.COMMANDS,
    **guarding.COMMANDS,
    **what_is_kept.COMMANDS,
    **keeping_voice.COMMANDS,
}
"""In the order in which a recogniser is told of them."""

ANSWERS: Answers = {
    **keeping.ANSWERS,
    **reading.ANSWERS,
    **doubting.ANSWERS,
    **reviewing.ANSWERS,
    **searching.ANSWERS,
    **offering.ANSWERS,
    **feeling.ANSWERS,
    **afterwards.ANSWERS,
    **guarding.ANSWERS,
}


KEYED_IN_ENTRY = frozenset(name for name, it in COMMANDS.items() if "entry" in it.also_in or it.has_key_in_entry)
ABOUT_READING = tuple(name for name, it in COMMANDS.items() if it.is_about_reading)
BESIDE_VOICE = tuple(name for name, it in COMMANDS.items() if it.is_beside_voice)
HEARD_OVER_VOICE = frozenset(name for name, it in COMMANDS.items() if it.is_heard_over_voice)


def answers_to(question: Question) -> tuple[str, ...]:
    """What may be said to it; silence is always one more."""
    return tuple(name for name in ANSWERS[question] if name != "silence")


NAMES = frozenset({*COMMANDS, *setting_up.ANSWERS, *(name for asked in ANSWERS for name in answers_to(asked))})
"""Everything that a language must have words and a key for."""


def acting_in(place: Place) -> tuple[str, ...]:
    """The commands that act there beside the answers to a question."""
    return tuple(name for name, command in COMMANDS.items() if place == "waiting" or place in command.also_in)
