"""Run one example in this process: python run_one.py TASK SIDE, with the copied folder as the current one.

Each example gets a process of its own, since Django's settings are made once in a process.
"""

from __future__ import annotations

import sys
from pathlib import Path

import behaviours
from examples import Example

if __name__ == "__main__":
    task, side = sys.argv[1:]
    sys.path.insert(0, str(Path.cwd()))
    getattr(behaviours, task.replace("-", "_"))(Example(side, Path.cwd()))
