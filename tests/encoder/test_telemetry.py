"""ONNX Runtime reports nothing to its maker, whatever imports the encoder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_importing_the_runtime_leaves_no_report_to_be_sent(tmp_path: Path) -> None:
    # it would keep reports in these folders until they are sent; where CI is set it makes none by itself
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "ORT_DISABLE_TELEMETRY"}}
    environment = {name: value for name, value in environment.items() if not name.startswith(("XDG_", "GITHUB_"))}
    environment |= {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    code = "import adapters.encoder.encoder, onnxruntime; onnxruntime.SessionOptions()"

    subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, check=True)

    assert [*tmp_path.iterdir()] == []


def test_nothing_else_imports_the_runtime() -> None:
    sources = [path for folder in ("bot", "adapters") for path in (ROOT / folder).rglob("*.py")]
    importing = re.compile(r"^\s*(?:import|from) onnxruntime\b", re.MULTILINE)
    found = {path.parent for path in sources if importing.search(path.read_text(encoding="utf-8"))}

    assert found == {ROOT / "adapters" / "encoder"}
