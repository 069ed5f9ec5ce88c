"""Running examples, each in a process and a copy of its own; what is installed; and the record of what passed.

    python tests/code_pairs/runs.py

runs all of them and, if they pass, writes the versions to versions.yaml.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
CODE = ROOT / "knowledge" / "flask-vs-django" / "code"
RECORD = CODE / "versions.yaml"
STRICT = ("-W", "error::DeprecationWarning", "-W", "error::PendingDeprecationWarning")
"""An example that uses what its framework is about to drop fails; the commands that it starts are not meant."""
HEAD = """\
# yaml-language-server: $schema=../../schema/code-versions.schema.json
# Written by `make pairs-record` after every example passed. The newest Python comes first.
"""


def examples() -> list[tuple[str, str]]:
    """Return every task with each of its sides."""
    return [
        (file.parent.name, side)
        for file in sorted(CODE.glob("*/task.yaml"))
        for side in yaml.safe_load(file.read_text(encoding="utf-8"))["sides"]
    ]


def run(task: str, side: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one example in a copy below `folder`."""
    here = Path(shutil.copytree(CODE / task / side, folder / side, ignore=shutil.ignore_patterns("__pycache__")))
    command = [sys.executable, "-B", *STRICT, str(Path(__file__).with_name("run_one.py")), task, side]
    return subprocess.run(command, cwd=here, capture_output=True, text=True, check=False, timeout=120)


def installed() -> dict[str, str]:
    """Return the versions of all packages that the examples need."""
    tasks = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in CODE.glob("*/task.yaml")]
    needed = {name for task in tasks for side in task["sides"].values() for name in side["needs"]}
    return {name: version(name) for name in sorted(needed, key=str.casefold)}


def recorded() -> dict[str, dict[str, str]]:
    """Return the packages of each run that was recorded, by its Python."""
    if not RECORD.exists():
        return {}
    return {run["python"]: run["packages"] for run in yaml.safe_load(RECORD.read_text(encoding="utf-8"))["runs"]}


def record() -> None:
    """Write down that all examples passed with this Python and what is installed."""
    minor = ".".join(platform.python_version_tuple()[:2])
    runs = {**recorded(), minor: installed()}
    newest_first = sorted(runs, key=lambda name: tuple(map(int, name.split("."))), reverse=True)
    data = {"runs": [{"python": name, "packages": runs[name]} for name in newest_first]}
    RECORD.write_text(HEAD + yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


def main() -> int:
    """Run everything; record it if it passed. Return the exit code."""
    failed = 0
    for task, side in examples():
        with tempfile.TemporaryDirectory() as folder:
            ran = run(task, side, Path(folder))
        print("ok  " if ran.returncode == 0 else "FAIL", task, side)
        if ran.returncode:
            failed += 1
            print(ran.stdout, ran.stderr)
    print(f"{len(examples()) - failed} passed, {failed} failed")
    if not failed:
        record()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
