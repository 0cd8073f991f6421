"""`python -m fuzz [TARGET…] [--seconds 60]`: the same readers as in the tests, led by what code each input reaches.

Touches: atheris, one process for each target, a folder of inputs that reached something new (`.fuzz/`).
Exit code 1 when anything failed; atheris then leaves the input in a file named crash-….
"""

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

KEPT = Path(".fuzz")

SECONDS = 60
"""For each target. Most of what was ever found came within the first ten (docs/decisions/0021-bad-input.md)."""

SLOW_SECONDS = 10
"""An input that takes longer is a failure too: somebody waits."""

MEMORY_MEGABYTES = 2048


def main() -> int:
    asked = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    asked.add_argument("targets", nargs="*", metavar="TARGET")
    asked.add_argument("--seconds", type=int, default=SECONDS)
    asked.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("This needs atheris: pip install atheris", file=sys.stderr)
        return 1
    if chosen.here:
        return _fuzz(chosen.targets[0], chosen.seconds)
    from fuzz.targets import TARGETS

    failed = []
    for name in chosen.targets or TARGETS:
        print(f"fuzzing {name} for {chosen.seconds} s …", flush=True)
        command = [sys.executable, "-m", "fuzz", name, "--here", f"--seconds={chosen.seconds}"]
        if subprocess.run(command).returncode:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "nothing failed")
    return int(bool(failed))


def _fuzz(name: str, seconds: int) -> int:
    """Never returns: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["voicejournal", "tomllib"]):
        from fuzz.targets import TARGETS
    target = TARGETS[name]
    kept = KEPT / name
    kept.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (kept / f"seed-{number}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", f"-timeout={SLOW_SECONDS}", f"-rss_limit_mb={MEMORY_MEGABYTES}"]
    atheris.Setup([sys.argv[0], *limits, "-print_final_stats=0", "-verbosity=0", str(kept)], target.read)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
