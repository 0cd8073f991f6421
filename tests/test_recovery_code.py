"""The recovery code: what is copied by hand comes back as the key, or is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from voicejournal.journal.recovery_code import code_of, key_of

keys = st.binary(min_size=32, max_size=32)


@given(keys)
def test_a_code_is_its_key(key: bytes) -> None:
    code = code_of(key)
    assert [len(group) for group in code.split()] == [4] * 14
    assert key_of(code) == key
    assert key_of(f" {code.lower().replace(' ', '-')}\n") == key
    assert key_of(code.replace("O", "0").replace("I", "1").replace("B", "8")) == key


@given(keys, st.integers(0, 55), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_slip_is_noticed(key: bytes, place: int, letter: str) -> None:
    letters = list(code_of(key).replace(" ", ""))
    is_slip = letters[place] != letter
    letters[place] = letter
    assert (key_of("".join(letters)) is None) == is_slip


@given(st.text())
def test_any_text_is_no_code(text: str) -> None:
    assert key_of(text) is None
