"""How much of our own sentences has really been heard, for whoever reads them.

In: sentences as they begin, and where one was broken off. Out: those to show, each as far as it sounded. Pure.
A sentence is shown when it begins and never before; one that was broken off says so.
"""

from dataclasses import dataclass, replace

MOST_SENTENCES = 8
"""Help, our longest answer, has seven; of a longer one, such as an entry read back, the last are shown."""


@dataclass(frozen=True)
class Told:
    """A sentence of ours that has begun."""

    number: int
    """Counted through the run: two that are alike are two."""
    text: str
    share: float | None = None
    """How much of its sound was over when it was broken off; None while it sounds, and once it is whole."""

    @property
    def heard(self) -> str:
        """The words that were whole by then, reckoned by their letters: true to about a word."""
        if self.share is None:
            return self.text
        return self.text[: int(len(self.text) * self.share) + 1].rpartition(" ")[0]


@dataclass(frozen=True)
class BrokenOff:
    """A sentence that was left in the middle."""

    text: str
    share: float


def begun(told: tuple[Told, ...], text: str, is_first: bool) -> tuple[Told, ...]:
    """One more sentence begins; the first after silence stands alone."""
    number = told[-1].number + 1 if told else 1
    before = () if is_first else told[1 - MOST_SENTENCES :]
    return (*before, Told(number, text))


def left(told: tuple[Told, ...], broken: BrokenOff | None) -> tuple[Told, ...]:
    """The last sentence, where it is the one that was broken off, is marked."""
    if not told or broken is None or told[-1].text != broken.text:
        return told
    return (*told[:-1], replace(told[-1], share=broken.share))
