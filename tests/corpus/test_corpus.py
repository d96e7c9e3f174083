"""Both checkers give every case of the corpus the verdict that was written down for it."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quod.kernel import check
from quod.kernel.rejection import Rejection

HERE = Path(__file__).resolve().parent
CHECKER = HERE.parents[1] / "checker" / "cli.js"
sys.path.insert(0, str(HERE))
CASES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*/*.json"))}
DOCUMENTS = ("proof", "context", "goal")


def verdict(outcome: dict[str, Any]) -> tuple[bool, str, str]:
    return bool(outcome["accepted"]), outcome.get("kind", ""), outcome.get("step", "")


def test_there_are_liars_and_honest_ones() -> None:
    assert sum(not case["expect"]["accepted"] for case in CASES.values()) >= 100
    assert sum(case["expect"]["accepted"] for case in CASES.values()) >= 10


def test_the_files_are_what_the_code_writes() -> None:
    import make  # type: ignore[import-not-found]  # reason: found beside this file

    wanted = make.write_all()
    assert sorted(path.stem for path in wanted) == sorted(CASES)
    assert not [path.name for path, text in wanted.items() if path.read_text(encoding="utf-8") != text]


@pytest.mark.parametrize("name", CASES)
def test_python(name: str) -> None:
    case = CASES[name]
    outcome = check(*(case[each].encode() for each in DOCUMENTS))
    got = verdict(outcome.json()) if isinstance(outcome, Rejection) else (True, "", "")
    assert got == verdict(case["expect"]), str(outcome)


def test_javascript(node: Path) -> None:
    if not CHECKER.exists():
        pytest.skip("no second checker yet")
    lines = [
        json.dumps({"id": name, **{each: base64.b64encode(case[each].encode()).decode() for each in DOCUMENTS}})
        for name, case in CASES.items()
    ]
    run = subprocess.run(
        [str(node), str(CHECKER), "batch"], input="\n".join(lines), capture_output=True, text=True, check=True
    )
    outcomes = {outcome["id"]: verdict(outcome) for outcome in map(json.loads, run.stdout.splitlines())}
    assert outcomes == {name: verdict(case["expect"]) for name, case in CASES.items()}
