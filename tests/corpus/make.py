"""Write the corpus: `python tests/corpus/make.py`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import attacks_closure  # noqa: F401  # reason: importing them collects their cases
import attacks_private  # noqa: F401
from cases import HERE, write_all

if __name__ == "__main__":
    wanted = write_all()
    for stale in sorted({*HERE.glob("bad/*.json"), *HERE.glob("good/*.json")} - wanted.keys()):
        stale.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"{len(wanted)} cases")  # noqa: T201  # reason: a script
