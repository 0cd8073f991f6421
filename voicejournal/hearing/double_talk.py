"""Whose voice it is, while the program itself is speaking.

In: how probable speech is, and how far the sound stands out of our own echo. Out: the probability of their voice.
Pure. While our echo can be heard, a detector of speech can't tell (it hears us, and misses 40 to 50 of 100 words
spoken over us); what stands out of the echo can.
"""

EXCESS_DB = 3.0
"""Over the most that our voice may have left. In two rooms, at -10, -20 and -30 dB, with the six ticks that a voice
needs to begin: our own voice 0 times in 233 min; "stop" over it at +10, 0 and -5 dB 100, 98.7 and 98.7 of 100,
0.14 s after its first voiced frame at the 95th percentile (`python -m bench echo` measures it again)."""


def of_theirs(probability: float, excess: float | None, is_in_voice: bool) -> float:
    """`excess`: in dB; None while our echo can't be heard. A voice that has begun may go on as speech alone."""
    if excess is None:
        return probability
    if excess >= EXCESS_DB:
        return 1.0
    return probability if is_in_voice else 0.0
