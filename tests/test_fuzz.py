"""Whatever reads what it did not write stands any bytes: a little of what `make fuzz` does for longer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.targets import TARGETS

NASTY = (
    b"\0",
    b"\xff" * 4,
    b"\x7f\xff\xff\xff",
    b"[" * 3000,
    b"9" * 5000,
    "\u202e".encode(),
    b"\x1b[2J",
    b'"',
    b"\n",
)
"""What has broken programs before: ends of texts, largest numbers, depth, length, and signs that act."""


@st.composite
def changed(draw: st.DrawFn, seed: bytes) -> bytes:
    """An example with some of its bytes replaced, taken out, or more put in."""
    content = bytearray(seed)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        until = at + draw(st.integers(0, 8))
        content[at:until] = draw(st.one_of(st.binary(max_size=8), st.sampled_from(NASTY)))
    return bytes(content)


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_taken_or_refused(name: str) -> None:
    target = TARGETS[name]
    examples = st.one_of(st.binary(max_size=300), *map(changed, target.seeds))

    @settings(max_examples=40, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(examples)
    def try_one(content: bytes) -> None:
        target.read(content)

    try_one()
