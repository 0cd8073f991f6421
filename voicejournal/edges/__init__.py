"""The edges: every library is used in a file of its own here, or in a few, and nowhere else.

Whichever edge is asked for first, this runs before it, and so before any library is imported: that is the one
place where every library that could call home is told not to. `docs/decisions/0020-nothing-leaves.md` has what each
of them does, and `make audit` counts the connections that are made: none.
"""

import os

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}
"""huggingface-hub (which comes with faster-whisper) reads these once, when it is imported: with the first it raises
instead of asking its site for anything; the next are its own switch for telemetry and the one it shares with more
programs. onnxruntime 1.32 reads its own when it is imported: without it a name for this computer lies in the cache
folder, and what was run is sent to its maker, on Linux too (its `Privacy.md`)."""

os.environ.update(OFFLINE)
