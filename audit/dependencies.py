"""Claims: what comes along may be used by anybody, and has no hole that is known of.

Touches: pip-licenses; pip-audit, which asks the package index about each package by name and version.
"""

import json
import re
import subprocess
import sys
from importlib import metadata
from importlib.util import find_spec
from typing import Any

from audit.claims import Broken, Check, NotChecked

GPL = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser", re.IGNORECASE)

UNKNOWN = "UNKNOWN"

BY_WORDS = {"must not be misrepresented as being the original software": "Zlib"}
"""What only one licence says."""

WEAK = re.compile(r"LGPL|Lesser|MPL|Mozilla", re.IGNORECASE)

GPL_LIBRARIES = re.compile(r"lib(x264|x265|xvidcore|espeak-ng|fftw3|mad)\b", re.IGNORECASE)
"""Names of usual ones."""

PROBE_SECONDS = 60


def needed(extra: str = "") -> dict[str, str]:
    """Names and versions of everything that the program needs here, and what that needs."""
    found: dict[str, str] = {}
    waiting = [("voicejournal", extra)]
    while waiting:
        name, extra = waiting.pop()
        try:
            about = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        found[key] = about.version
        for line in about.requires or ():
            required, _, marker = line.partition(";")
            if "extra" not in marker:
                waiting.append((re.match(r"[\w.-]+", required)[0], ""))  # type: ignore[index]
    found.pop("voicejournal", None)
    return found


def licences() -> str:
    if find_spec("piplicenses") is None:
        raise NotChecked("pip-licenses is not installed: make audit installs it")
    done = subprocess.run(
        [sys.executable, "-m", "piplicenses", "--format=json", "--from=mixed", "--with-system"],
        capture_output=True,
        text=True,
        check=True,
    )
    known = {re.sub(r"[-_.]+", "-", one["Name"]).lower(): one["License"] for one in json.loads(done.stdout)}
    of = {name: known.get(name, UNKNOWN) for name in needed()}
    of |= {name: _in_its_file(name) for name, licence in of.items() if licence == UNKNOWN}
    bound = {name: licence for name, licence in of.items() if GPL.search(licence) and not LESSER.search(licence)}
    if bound:
        raise Broken(f"needed, and GPL: {bound}")
    unknown = [name for name, licence in of.items() if licence == UNKNOWN]
    if unknown:
        raise Broken(f"no licence is given by {', '.join(unknown)}")
    weak = ", ".join(f"{name} {licence}" for name, licence in sorted(of.items()) if WEAK.search(licence))
    return f"pip-licenses: {len(of)} packages needed, none declares the GPL; of what is changed in them: {weak}"


def _in_its_file(name: str) -> str:
    """The licence of a package that says so only in the text that lies in it."""
    for path in metadata.distribution(name).files or ():
        if path.name.upper().startswith("LICEN"):
            text = " ".join(path.read_text(encoding="utf-8").split())
            return next((licence for words, licence in BY_WORDS.items() if words in text), UNKNOWN)
    return UNKNOWN


def others_inside() -> str:
    """What no tool lists: libraries that lie inside a package whose own licence is another one."""
    inside = sorted(
        f"{name}: {path.name}"
        for name in needed()
        for path in metadata.distribution(name).files or ()
        if GPL_LIBRARIES.match(path.name)
    )
    known = [one for one in inside if one.startswith("av:")]
    if inside != known:
        raise Broken(f"brought along: {', '.join(inside)}")
    told = ", ".join(inside) or "none here"
    return f"faster-whisper's av brings {told}: loaded with it, never called; no other package brings any"


def the_natural_voice_is_optional() -> str:
    ours = metadata.distribution("voicejournal").requires or []
    if any(line.startswith("piper-tts") and "extra" not in line for line in ours):
        raise Broken("piper-tts (GPL) comes along without being asked for")
    if "piper-tts" in needed():
        raise Broken("piper-tts (GPL) comes along with something else")
    return "piper-tts (GPL-3.0-or-later) is an extra that one has to name, and nothing needed brings it"


def no_known_hole() -> str:
    """One package first: where an index can't answer, pip-audit says that nothing was found; that is no answer."""
    if find_spec("pip_audit") is None:
        raise NotChecked("pip-audit is not installed: make audit installs it")
    packages = needed()
    _answers({"requests": packages["requests"]})
    found = _answers(packages)
    holes = [f"{one['name']} {one['version']}: {hole['id']}" for one in found for hole in one["vulns"]]
    if holes:
        raise Broken("; ".join(holes))
    return f"pip-audit: {len(found)} packages asked about, no known hole"


def _answers(packages: dict[str, str]) -> list[dict[str, Any]]:
    """What the index knows of each. Raises: NotChecked when it was silent about any."""
    lines = "".join(f"{name}=={version}\n" for name, version in packages.items())
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--no-deps",
        "--disable-pip",
        "--progress-spinner=off",
        "--format=json",
    ]
    try:
        done = subprocess.run(
            [*command, "--requirement=/dev/stdin"],
            input=lines,
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
        )
        found: list[dict[str, object]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError) as exc:
        raise NotChecked("pip-audit got no answer from the package index here") from exc
    silent = [one for one in found if "skip_reason" in one]
    if silent:
        raise NotChecked(f"the package index reached from here has no list of holes: {silent[0]['skip_reason']}")
    return found


CHECKS = [
    Check("No package that is needed is under the GPL.", licences),
    Check("No package that is needed brings GPL libraries, but for the one that is known.", others_inside),
    Check(
        "The part under the GPL, the natural voice, comes only to who asks for it.", the_natural_voice_is_optional
    ),
    Check("No part that is needed has a known hole.", no_known_hole),
]
