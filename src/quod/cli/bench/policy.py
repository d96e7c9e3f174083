"""``quod bench policy``: a policy written in English, asked about cases given as JSON; exact answers, proofs, time.

No rule stands here. The cases become rows of the tables that the book declares, by a binding of names (`BINDING`); the
fees become rows of its table of fees. What is due is decided by the book alone.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from quod.cli._second import missing, second_opinions
from quod.kernel.errors import NotUsable, QuodError
from quod.kernel.values import Term, number, symbol
from quod.knowledge import Relation, make_theory, read_documents, read_relations
from quod.language import EnglishReader
from quod.routing import Answer, Handle

NOW = "2026-01-01"
PASSENGER = "Passenger"
#: Names in the data, and the columns of the book they fill; a list fills several.
BINDING: dict[str, tuple[str, ...]] = {
    "base_price": ("price",),
    "customer_class": ("class",),
    "direction": ("direction",),
    "routine": ("region",),
    "id": ("number",),
    "size": ("length", "width", "height"),
    "weight": ("weight",),
}


class NoBook(NotUsable):
    """The book or the data of this bench is not where it should be."""

    code = "no_book"


@dataclass
class Tally:
    """What was counted."""

    questions: int = 0
    correct: int = 0
    answered: int = 0
    certified_but_wrong: int = 0
    milliseconds: list[float] = field(default_factory=list)
    cases: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, answer: Answer | None, right: str, elapsed: float) -> None:
        """Count one answer; None where the question could not be used."""
        self.questions += 1
        self.milliseconds.append(elapsed)
        good = answer is not None and answer.verdict == "proved" and answer.bindings == (right,)
        self.correct += good
        if not good:
            self.wrong.append(name)
        if answer is None or not answer.proof:
            return
        self.answered += 1
        self.certified_but_wrong += not good
        self.cases.append((answer.proof, answer.context, answer.goal))


def book_path() -> Path:
    """The airline book, beside ``src`` in a checkout. Fails when: it is not there (`NoBook`)."""
    path = Path(__file__).resolve().parents[4] / "examples" / "airline" / "book.md"
    if not path.is_file():
        raise NoBook("the airline book is not here", remedy="run this bench in a checkout of Quod", path=str(path))
    return path


def term(value: Any) -> Term:
    """A JSON value as a term: numbers exactly, texts as names."""
    return number(Fraction(str(value))) if isinstance(value, int | float) else symbol(str(value))


def cells(record: dict[str, Any]) -> Iterator[tuple[str, Term]]:
    """The columns that the fields of a JSON object fill."""
    for name, columns in BINDING.items():
        if name in record:
            values = record[name] if isinstance(record[name], list) else [record[name]]
            yield from zip(columns, map(term, values), strict=True)


def row(relation: Relation, given: dict[str, Term]) -> tuple[Term, ...]:
    """The row of *relation* that *given* fills."""
    return tuple([given[column] for column in relation.columns])


def relations(
    declared: Iterable[Relation], record: dict[str, Any], amounts: Sequence[dict[str, Term]]
) -> list[Relation]:
    """The tables that the book declares, filled from one case and the fee tables."""
    rows = {"passenger": [*passengers(record)], "bag": [*bags(record)], "bag_fees": amounts}
    return [replace(each, rows=tuple([row(each, given) for given in rows[each.name]])) for each in declared]


def problems(data: Path) -> Iterator[dict[str, Any]]:
    """The cases."""
    with (data / "problems.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def passengers(record: dict[str, Any]) -> Iterator[dict[str, Term]]:
    """The passenger of a case."""
    yield {"name": symbol(PASSENGER), **dict(cells(record))}


def bags(record: dict[str, Any]) -> Iterator[dict[str, Term]]:
    """The bags of the passenger."""
    for item in record["bag_list"]:
        yield {"bag": symbol(f"bag {item['id']}"), "passenger": symbol(PASSENGER), **dict(cells(item))}


def fees(data: Path) -> Iterator[dict[str, Term]]:
    """The fee tables, whose numbers of bag and direction stand in their paths, cell by cell."""
    for path in sorted((data / "fee_tables").glob("bag_*/*.csv")):
        place = [int(each) for each in re.findall(r"\d+", f"{path.parent.name}/{path.stem}")]
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *lines = csv.reader(file)
        for region, *amounts in lines:
            for name, amount in zip(header[1:], amounts, strict=True):
                yield {
                    "bag": number(place[0]),
                    "direction": number(place[1]),
                    "region": symbol(region),
                    "class": symbol(name),
                    "fee": number(Fraction(amount)),
                }


def run(data: Path, limit: int | None, progress: Callable[[int], object]) -> dict[str, Any]:
    """The figures of all cases in *data*."""
    folder = data / "rulearena-airline" if (data / "rulearena-airline").is_dir() else data
    if not (folder / "problems.jsonl").is_file():
        raise NoBook("there are no cases in this folder", remedy="give the folder with rulearena-airline in it")
    path = book_path()
    documents = read_documents(path)
    declared = read_relations(documents, path.parent)
    amounts = [*fees(folder)]
    tally = Tally()
    for at, problem in enumerate(problems(folder)):
        if limit is not None and at >= limit:
            break
        reader = EnglishReader()
        theory = make_theory(documents, reader, relations(declared, problem["info"], amounts))
        handle = Handle(theory, reader, now=NOW)
        start = perf_counter()
        answer: Answer | None
        try:
            answer = handle.ask(f"What is the total of {PASSENGER}?")
        except QuodError:
            answer = None
        tally.add(problem["id"], answer, f"${problem['answer']}", 1000 * (perf_counter() - start))
        progress(at + 1)
    accepted = 0
    if tally.cases and not missing():
        accepted = sum(bool(each["accepted"]) for each in second_opinions(tally.cases))
    return {
        "accepted_by_both": accepted,
        "answered": tally.answered,
        "certified_but_wrong": tally.certified_but_wrong,
        "correct": tally.correct,
        "median_ms": round(median(tally.milliseconds), 3) if tally.milliseconds else None,
        "questions": tally.questions,
        "wrong": tally.wrong[:20],
    }
