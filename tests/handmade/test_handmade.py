"""Both checkers on the proofs made by hand from the specification: same verdict, kind and step as written there."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quod.kernel.check import check

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FOLDER = ROOT / "spec" / "handmade"
CASES = {path.stem: json.loads(path.read_text(encoding="ascii")) for path in sorted(FOLDER.glob("*.json"))}
PARTS = ("proof", "context", "goal")


def part(case: dict[str, Any], name: str) -> bytes:
    """The bytes of the proof, the context or the goal; `proof_parts` are texts with how often each is repeated."""
    if f"{name}_base64" in case:
        return base64.b64decode(case[f"{name}_base64"])
    if f"{name}_parts" in case:
        return b"".join(text.encode() * times for text, times in case[f"{name}_parts"])
    return str(case[name]).encode()


def python_verdict(case: dict[str, Any]) -> dict[str, Any]:
    result = check(*(part(case, name) for name in PARTS))
    if hasattr(result, "kind"):
        return {"accepted": False, "kind": result.kind, "step": result.step}
    return {"accepted": True, "grade": result.grade, "fuel": result.fuel}


def expected(case: dict[str, Any], verdict: dict[str, Any]) -> dict[str, Any]:
    """What is expected, with the fuel only where it was counted by hand."""
    return {**({"fuel": verdict["fuel"]} if verdict.get("fuel") else {}), **case["expect"]}


@pytest.mark.parametrize("name", CASES)
def test_python(name: str) -> None:
    verdict = python_verdict(CASES[name])
    assert verdict == expected(CASES[name], verdict), CASES[name]["why"]


def test_javascript(node: Path) -> None:
    lines = [
        json.dumps({"id": name} | {p: base64.b64encode(part(case, p)).decode() for p in PARTS})
        for name, case in CASES.items()
    ]
    ran = subprocess.run(
        [node, ROOT / "checker" / "cli.js", "batch"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    wrong = {}
    answered = [json.loads(line) for line in ran.stdout.splitlines() if line]
    assert [answer["id"] for answer in answered] == list(CASES)
    for answer in answered:
        if answer["accepted"]:
            report = answer["report"]
            verdict = {"accepted": True, "grade": report["grade"], "fuel": report["fuel"]}
        else:
            verdict = {"accepted": False, "kind": answer["kind"], "step": answer["step"]}
        case = CASES[answer["id"]]
        if verdict != expected(case, verdict):
            wrong[answer["id"]] = (case["expect"], verdict)
    assert not wrong


def test_sealed_again_the_same(tmp_path: Path) -> None:
    """The generator gives the committed files, byte for byte."""
    subprocess.run([sys.executable, HERE / "make.py", tmp_path], check=True, capture_output=True)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in FOLDER.iterdir()}


def test_every_kind_twice() -> None:
    page = (ROOT / "spec" / "rejections.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    kinds = [kind for row in rows for kind in row.replace("`", " ").split()]
    seen = [case["expect"].get("kind") for case in CASES.values()]
    assert [kind for kind in kinds if seen.count(kind) < 2] == []
    assert set(seen) - {None} <= set(kinds)
