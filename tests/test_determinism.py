"""Same input, same bytes: across processes, hash seeds, and orders of sentences (design §7)."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from quod.cli.bench.injection import books
from quod.routing import loads

NOW = "2026-01-01"
SOURCE = Path(__file__).resolve().parents[1] / "src"
SEEDS = ("0", "1", "2", "17", "4242", "random")

BOOK = """---
title: Club
closed: [banned, table_holder/1]
relations:
  desk: {key: [who], index: [[floor]], columns: {floor: number}}
---
Anne is a member. Bob is a member. Bob is banned. Carla is kind. Carla is not kind. Dora is red or blue.

Every member is welcome unless they are banned. All welcome people are happy. No banned person is happy.
If someone likes Bob then they trust Bob. Anne likes Bob. Anne likes Carla.

```quod
table_holder(X) :- desk(X, F), F > 1.
busy(F, N) :- floor(F), N = count X: desk(X, F).
floor(1). floor(2).
```
"""
DESKS = "who,floor\n" + "".join(f"p{at},{at % 3}\n" for at in range(40))
QUESTIONS = (
    *("Is Anne happy?", "Is Bob happy?", "Is Bob welcome?", "Is Carla kind?", "Who is happy?", "Who is a member?"),
    *("Is anyone banned?", "Is every member happy?", "Who trusts Bob?", "Is Zoe a member?", "Is Dora red?"),
)
ASK_ALL = """
import sys, json, hashlib
from quod.routing import load
theory = load(sys.argv[1], now="2026-01-01")
print(theory.digest)
for question in json.loads(sys.argv[2]):
    answer = theory.ask(question)
    print(hashlib.sha256(answer.file()).hexdigest(), hashlib.sha256(answer.explain().encode()).hexdigest(),
          json.dumps(answer.json(), sort_keys=True), sorted(answer.labels.items()))
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("club")
    (folder / "book.md").write_text(BOOK, encoding="utf-8")
    (folder / "desk.csv").write_text(DESKS, encoding="utf-8")
    return folder


def process(seed: str, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(SOURCE)}
    ran = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True)
    return ran.stdout


def test_answers_are_the_same_bytes_under_every_hash_seed(book: Path) -> None:
    found = {process(seed, "-c", ASK_ALL, str(book), json.dumps(QUESTIONS)) for seed in SEEDS}
    assert len(found) == 1
    assert len(found.pop().splitlines()) == 1 + len(QUESTIONS)


def test_answer_files_and_output_of_the_command_are_the_same_bytes(book: Path, tmp_path: Path) -> None:
    outputs, files = set(), set()
    for seed in SEEDS[:3]:
        path = tmp_path / f"{seed}.quod"
        shown = process(
            seed, "-m", "quod", "ask", str(book), "Who is a member?", "--as-of", NOW, "--one", "--proof", str(path)
        )
        outputs.add(shown)
        files.add(path.read_bytes() if path.exists() else b"")
    assert len(outputs) == len(files) == 1
    assert files != {b""}


def test_locks_and_pages_are_the_same_bytes(book: Path, tmp_path: Path) -> None:
    found = set()
    for seed in SEEDS[:3]:
        page, lock = tmp_path / "page.html", book / "book.lock"
        process(seed, "-m", "quod", "read", str(book), "--lock", "--json")
        process(seed, "-m", "quod", "ask", str(book), "Is anyone banned?", "--as-of", NOW, "--html", str(page))
        found.add(hashlib.sha256(lock.read_bytes() + page.read_bytes()).hexdigest())
        lock.unlink()
    assert len(found) == 1


def test_generated_books_are_the_same_under_every_hash_seed() -> None:
    code = "from quod.cli.bench.injection import books; print(list(books(20, 7)))"
    assert len({process(seed, "-c", code) for seed in SEEDS[:4]}) == 1


@pytest.mark.parametrize("number", range(12))
def test_shuffled_sentences_give_the_same_theory_and_the_same_answers(number: int) -> None:
    (book,) = [each for at, each in enumerate(books(number + 1, 11)) if at == number]
    straight = loads(book.text(), now=NOW)
    answer = straight.ask(book.question)
    for seed in range(3):
        parts = book.text().split("\n\n")
        head, rest = ([parts[0].rpartition("---\n")[0] + "---\n"], parts) if book.closed else ([], parts)
        sentences = list(book.sentences)
        random.Random(seed).shuffle(sentences)
        assert len(rest) == len(sentences)
        shuffled = loads("".join(head) + "\n\n".join(sentences) + "\n", now=NOW)
        assert shuffled.digest == straight.digest
        again = shuffled.ask(book.question)
        assert again.verdict == answer.verdict
        assert again.bindings == answer.bindings
        assert again.file() == answer.file()


def test_asking_again_and_in_another_order_gives_the_same_bytes(book: Path) -> None:
    from quod.routing import load

    first = load(book, now=NOW)
    files = {question: first.ask(question).file() for question in QUESTIONS}
    second = load(book, now=NOW)
    for question in reversed(QUESTIONS):
        assert second.ask(question).file() == files[question]
        assert first.ask(question).file() == files[question]
