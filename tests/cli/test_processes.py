"""Each command once as a process of its own, as a user runs it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quod.cli import doctor

SOURCE = Path(__file__).resolve().parents[2] / "src"


def quod(*arguments: object, code: int = 0) -> str:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "NO_COLOR": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", "quod", *map(str, arguments)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == code, (ran.stdout, ran.stderr)
    assert "Traceback" not in ran.stderr
    return ran.stdout + ran.stderr


@pytest.mark.usefixtures("node")
def test_new_read_ask_check_explain(tmp_path: Path) -> None:
    book, file, page = tmp_path / "club", tmp_path / "answer.quod", tmp_path / "answer.html"
    assert "wrote" in quod("new", book)
    quod("read", book, "--lock")
    assert "javascript  accepted" in quod("ask", book, "Is Carla welcome?", "--proof", file)
    assert quod("check", file, "--lock", book / "book.lock").endswith("accepted\n")
    assert "Carla is welcome" in quod("explain", file)
    quod("explain", file, "--html", page)
    assert page.stat().st_size > 10_000


def test_bad_input_has_exit_code_2(tmp_path: Path) -> None:
    quod("ask", tmp_path / "none.md", "Is Anne kind?", code=2)
    (tmp_path / "book.md").write_text("Anne is kind.\n", encoding="utf-8")
    assert "[unread_question]" in quod("ask", tmp_path, "kind \x1b[31m Anne", code=2)
    assert "[unusable_proof]" in quod("check", tmp_path / "book.md", code=2)
    quod("explain", code=2)
    quod("new", tmp_path, code=2)


@pytest.mark.usefixtures("node")
def test_doctor() -> None:
    found = json.loads(quod("doctor", "--json"))
    assert sorted(found) == ["javascript", "kernel", "node", "platform", "python", "quod"]
    assert found["kernel"] == found["javascript"] == "accepts"
    assert "kernel      accepts" in quod("doctor")


def test_doctor_without_node(monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    monkeypatch.setattr(doctor, "missing", lambda: "Node is not installed")
    monkeypatch.setattr(doctor, "find_node", lambda: None)
    ran = CliRunner().invoke(doctor.command, ["--json"])
    assert ran.exit_code == 1
    found = json.loads(ran.output)
    assert found["javascript"] == "Node is not installed"
    assert found["node"] == "not found"


def data(folder: Path) -> Path:
    """Two questions in the form of ProofWriter, one in that of PrOntoQA-OOD; no public set is copied."""
    rows = [
        {
            "id": f"q{at}", "context": "Anne is kind. If someone is kind then they are happy. Bob is not kind.",
            "question": f"Based on the above information, is the following statement true, false, or unknown? {each}",
            "options": ["A) True", "B) False", "C) Unknown"], "answer": letter,
        }
        for at, (each, letter) in enumerate([("Anne is happy.", "A"), ("Bob is kind.", "B"), ("Bob is happy.", "C")])
    ]  # fmt: skip
    with gzip.open(folder / "proofwriter.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


@pytest.mark.usefixtures("node")
def test_bench_logic(tmp_path: Path) -> None:
    found = json.loads(quod("bench", "logic", data(tmp_path), "--json"))["proofwriter"]
    assert found["questions"] == found["correct"] == found["answered"] == found["accepted_by_both"] == 3
    assert found["certified_but_wrong"] == 0
    assert found["median_ms"] > 0
    assert "| proofwriter | 3 | 3 |" in quod("bench", "logic", tmp_path)


@pytest.mark.parametrize("treatment", ["shuffled", "injected", "removed"])
def test_bench_logic_under_treatments(tmp_path: Path, treatment: str) -> None:
    found = json.loads(quod("bench", "logic", data(tmp_path), "--treatment", treatment, "--limit", "2", "--json"))
    assert found["proofwriter"]["questions"] == 2
    assert found["proofwriter"]["certified_but_wrong"] == 0
