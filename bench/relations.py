"""A large table: time to commit it and to change a row, size of a proof over a few of its rows, and both checkers.

    python bench/relations.py [ROWS ...]

Prints one JSON object, a key for each size. The exponent between the first and the last size says how the time to
commit grows. Nothing is left in the user's cache.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from quod.cli._second import missing, second_opinions
from quod.knowledge import Question, load, parse_logic
from quod.language import EnglishReader
from quod.routing import Handle

SIZES = (100_000, 300_000, 1_000_000)
ROWS_OF_AN_OWNER = 12
BOOK = """---
relations:
  account:
    key: [id]
    index: [[owner]]
---
# Accounts

```quod
rich(O) :- account(I, O, A, D), A >= 900000.
total(O, T) :- holder(O), T = sum A, I, D: account(I, O, A, D).
holder('owner 7').
closed rich/1.
closed total/2.
closed holder/1.
```
"""


def write_book(folder: Path, rows: int) -> Path:
    """A book with a table of so many *rows*, each owner having `ROWS_OF_AN_OWNER` of them."""
    dice = random.Random(7)
    owners = [f"owner {at // ROWS_OF_AN_OWNER}" for at in range(rows)]
    dice.shuffle(owners)
    lines = [
        f"a{at},{owner},{dice.randrange(1_000_000)},2026-0{1 + at % 9}-1{at % 10}\n" for at, owner in enumerate(owners)
    ]
    (folder / "account.csv").write_text("id,owner,amount,day\n" + "".join(lines), encoding="utf-8")
    book = folder / "book.md"
    book.write_text(BOOK, encoding="utf-8")
    return book


def question(text: str) -> Question:
    """A question in logic notation."""
    (item,) = parse_logic(text)
    if not isinstance(item.value, Question):
        raise TypeError(text)
    return item.value


def measure(rows: int) -> dict[str, Any]:
    """The figures for a table of so many *rows*, in a cache of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        book = write_book(folder, rows)
        reader = EnglishReader()
        theory, reading = timed(lambda: load(book, reader))
        calls: list[int] = []
        (relation,) = theory.relations
        first, committing = timed(lambda: relation.commitment(calls.append))
        again, finding = timed(relation.commitment)
        same = [each.tree.root for each in first.indexes] == [each.tree.root for each in again.indexes]
        handle, _ = timed(lambda: Handle(theory, reader, now="2026-01-01"))
        answers = [handle.decide(question(each)) for each in ("? rich('owner 7').", "? T: total('owner 7', T).")]
        cases = [(each.proof, each.context, each.goal) for each in answers]
        both = [] if missing() else [bool(each["accepted"]) for each in second_opinions(cases)]
        changes = change_milliseconds(first)
        return {
            "accepted_by_both": sum(both),
            "change_ms": round(median(changes), 4),
            "commit_seconds_per_index": round(committing / len(first.indexes), 3),
            "from_cache_seconds_per_index": round(finding / len(first.indexes), 3),
            "indexes": len(first.indexes),
            "largest_proof_bytes": max(len(each.proof) for each in answers),
            "progress_calls": len(calls),
            "questions": len(answers),
            "read_seconds": round(reading, 3),
            "rows": rows,
            "rows_consulted": ROWS_OF_AN_OWNER,
            "same_roots_from_cache": same,
            "verdicts": [each.verdict for each in answers],
        }


def timed(work: Any) -> tuple[Any, float]:
    """What *work* gives, and the seconds it took."""
    start = perf_counter()
    found = work()
    return found, perf_counter() - start


def change_milliseconds(committed: Any) -> list[float]:
    """The milliseconds that each of 500 changes took, in every index."""
    found: list[float] = []
    for at in range(500):
        row = (("s", f"new{at}"), ("s", f"owner {at}"), ("n", str(at)), ("d", "2026-01-01"))
        _, seconds = timed(lambda row=row: committed.change(add=[row]))
        found.append(1000 * seconds)
    return found


def main() -> None:
    """Measure the sizes given, or the usual ones."""
    results = {str(rows): measure(rows) for rows in map(int, sys.argv[1:] or SIZES)}
    small, *_, large = [*results.values(), *results.values()]
    if small["rows"] < large["rows"]:
        times = large["commit_seconds_per_index"] / small["commit_seconds_per_index"]
        large["commit_exponent"] = round(math.log(times) / math.log(large["rows"] / small["rows"]), 2)
    print(json.dumps(results, sort_keys=True))


if __name__ == "__main__":
    main()
