"""Look for known holes in the locked dependencies; an audit that could not audit everything is none.

Exit codes: 0 none is known, 1 there is one, 3 there was nothing to compare with (a package index without such data).
"""

from __future__ import annotations

import json
import subprocess
import sys

COMMAND = ("-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json")
HOLE, NOTHING_AUDITED = 1, 3
NAMED = 3
"""Dependencies without data that are named."""


def main(requirements: str) -> int:
    """Audit a file of requirements, say what was found, and return the exit code."""
    command = [sys.executable, *COMMAND, "--requirement", requirements]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found = json.loads(ran.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"Nothing was audited. {ran.stderr.strip()[-500:]}")
        return NOTHING_AUDITED
    skipped = [each["name"] for each in found if "skip_reason" in each]
    holes = [(each["name"], each["version"], hole["id"]) for each in found for hole in each.get("vulns", ())]
    for name, version, hole in holes:
        print(f"{name} {version} has the known hole {hole}.")
    if holes:
        return HOLE
    if skipped or not found:
        named = ", ".join(skipped[:NAMED]) + (f" and {len(skipped) - NAMED} more" if len(skipped) > NAMED else "")
        print(f"{len(found) - len(skipped)} of {len(found)} dependencies were audited; no data on {named or 'any'}.")
        return NOTHING_AUDITED
    print(f"{len(found)} dependencies were audited: no known holes.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
