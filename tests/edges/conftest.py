"""Fixtures of the edges' tests."""

import shutil
from collections.abc import Iterator

import pytest
from pulse import Pulse


@pytest.fixture
def pulse() -> Iterator[Pulse]:
    """A private PulseAudio, alive for one test."""
    if shutil.which("pulseaudio") is None or shutil.which("pactl") is None:
        pytest.skip("pulseaudio and pulseaudio-utils are not installed")
    server = Pulse()
    yield server
    server.close()
