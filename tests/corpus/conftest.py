"""The corpus is written with the worlds of the kernel's tests."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "kernel")]

collect_ignore = ["attacks_closure.py", "attacks_private.py", "cases.py", "make.py"]
