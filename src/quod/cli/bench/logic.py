"""``quod bench logic``: public question sets, asked from their text alone; accuracy, proofs, both checkers, time."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from quod.cli._second import missing, second_opinions
from quod.kernel.errors import QuodError
from quod.routing import Answer, loads

NOW = "2026-01-01"
LETTERS = {"A": "proved", "B": "refuted", "C": "unknown"}
#: A sentence outside every grammar of controlled English; whatever rests on a closure must not be certified beside it.
STRANGE = "Usually, though seldom on Tuesdays, whichever glimmers might thereby unglimmer."


@dataclass(frozen=True)
class Item:
    """One question over a text, with the verdict that is right and, where the set gives it, the chain of sentences."""

    name: str
    text: str
    question: str
    verdict: str
    chain: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # verdicts that are right too
    open_world: bool = False  # whether `unknown` is one of the set's labels; where it is not, it is no answer


@dataclass
class Tally:
    """What was counted for one set."""

    questions: int = 0
    correct: int = 0
    answered: int = 0
    certified_but_wrong: int = 0
    accepted_by_both: int = 0
    adjudicated: int = 0
    chain_equal: int = 0
    chains: int = 0
    milliseconds: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    cases: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, item: Item, answer: Answer | None, elapsed: float) -> None:
        """Count one answer; None where text or question could not be used."""
        self.questions += 1
        self.milliseconds.append(elapsed)
        verdict = answer.verdict if answer else "unusable"
        good = verdict == item.verdict or verdict in item.also
        self.correct += good
        if not good:
            self.wrong.append(item.name)
        if answer is None or not answer.proof:
            return
        if answer.verdict == "unknown" and not item.open_world:
            return
        self.answered += 1
        accepted_as_noise = not good and item.name in adjudicated()
        self.adjudicated += accepted_as_noise
        self.certified_but_wrong += not good and not accepted_as_noise
        self.search.append(answer.cost.milliseconds["search"])
        self.sizes.append(len(answer.proof))
        self.cases.append((answer.proof, answer.context, answer.goal))
        if item.chain:
            self.chains += 1
            self.chain_equal += set(answer.sentences) == set(item.chain)

    def json(self) -> dict[str, Any]:
        """The figures, in the shape that every bench prints."""
        found: dict[str, Any] = {
            "accepted_by_both": self.accepted_by_both,
            "adjudicated": self.adjudicated,
            "answered": self.answered,
            "certified_but_wrong": self.certified_but_wrong,
            "correct": self.correct,
            "median_ms": round(median(self.milliseconds), 3) if self.milliseconds else None,
            "median_proof_bytes": int(median(self.sizes)) if self.sizes else None,
            "median_search_ms": round(median(self.search), 3) if self.search else None,
            "questions": self.questions,
            "wrong": self.wrong[:20],
        }
        if self.chains:
            found["chain_equal"] = self.chain_equal
        return found


@cache
def adjudicated() -> frozenset[str]:
    """The rows whose label was found to be noise; ``adjudicated.json`` gives reason and proof of each."""
    return frozenset(json.loads(Path(__file__).with_name("adjudicated.json").read_text(encoding="utf-8")))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def multiple_choice(path: Path) -> Iterator[Item]:
    """ProofWriter and PrOntoQA as Logic-LM ships them."""
    for row in _lines(path):
        statement = row["question"].split("?", 1)[1].strip()
        chain = tuple(each for each in row.get("explanation", ()) if each in row["context"])
        open_world = len(row["options"]) == 3
        yield Item(row["id"], row["context"], statement, LETTERS[row["answer"]], chain, open_world=open_world)


def out_of_distribution(path: Path) -> Iterator[Item]:
    """PrOntoQA-OOD: the query follows from the text, or is to be judged."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = json.load(file)
    for name, example in found.items():
        row = example["test_example"]
        right = "refuted" if row.get("answer") == "False" else "proved"
        yield Item(f"{path.name}:{name}", row["question"], row["query"].split(":", 1)[1].strip(), right)


def sets(data: Path) -> dict[str, Callable[[], Iterable[Item]]]:
    """The sets found in the folder *data*, by name."""
    found: dict[str, Callable[[], Iterable[Item]]] = {}
    for name in ("proofwriter", "prontoqa"):
        path = data / f"{name}.jsonl.gz"
        if path.is_file():
            found[name] = partial(multiple_choice, path)
    for path in sorted((data / "prontoqa_ood").glob("*.json.gz")):
        found["ood_" + path.name.split("_1shot")[0]] = partial(out_of_distribution, path)
    return found


# --- treatments ---------------------------------------------------------------------------------------------------


def sentences(text: str) -> list[str]:
    """The sentences of a text that ends each with a full stop."""
    return [part.strip() + "." for part in text.split(".") if part.strip()]


def plain(item: Item, answer: Answer | None) -> Item:
    """The text as it stands."""
    return item


def shuffled(item: Item, answer: Answer | None) -> Item:
    """The sentences in another order: the answer stays."""
    parts = sentences(item.text)
    random.Random(item.name).shuffle(parts)  # reason: a reproducible order, no secret
    return replace(item, text=" ".join(parts))


def injected(item: Item, answer: Answer | None) -> Item:
    """A sentence outside the grammar among the others: nothing may be certified."""
    parts = sentences(item.text)
    parts.insert(random.Random(item.name).randrange(len(parts) + 1), STRANGE)  # reason: as above
    return replace(item, text=" ".join(parts), verdict="unknown", chain=(), open_world=True)


def removed(item: Item, answer: Answer | None) -> Item:
    """Without one sentence that the proof used: another proof is found without it, or the verdict is unknown."""
    used = sorted(answer.sentences) if answer is not None and answer.proof else []
    parts = sentences(item.text)
    if used and item.verdict != "unknown":
        gone = random.Random(item.name).choice(used)  # reason: as above
        parts = [part for part in parts if part != gone]
    return replace(item, text=" ".join(parts), chain=(), also=("unknown",), open_world=True)


TREATMENTS = {"plain": plain, "shuffled": shuffled, "injected": injected, "removed": removed}


def ask(item: Item) -> tuple[Answer | None, float]:
    """The answer to an item, and the milliseconds from text in to checked answer out."""
    start = perf_counter()
    try:
        answer = loads(item.text, now=NOW).ask(item.question)
    except QuodError:
        answer = None
    return answer, 1000 * (perf_counter() - start)


def run(
    data: Path, treatment: str, limit: int | None, only: tuple[str, ...], progress: Callable[[str, int], object]
) -> dict[str, dict[str, Any]]:
    """The figures of each set in *data* under *treatment*."""
    results: dict[str, dict[str, Any]] = {}
    for name, items in sets(data).items():
        if only and name not in only:
            continue
        tally = Tally()
        for at, item in enumerate(items()):
            if limit is not None and at >= limit:
                break
            before = ask(item)[0] if treatment == "removed" else None
            treated = TREATMENTS[treatment](item, before)
            tally.add(treated, *ask(treated))
            progress(name, at + 1)
        if tally.cases and not missing():
            tally.accepted_by_both = sum(bool(each["accepted"]) for each in second_opinions(tally.cases))
        results[name] = tally.json()
    return results


def markdown(results: dict[str, dict[str, Any]]) -> str:
    """The figures as a table."""
    columns = (
        "questions",
        "correct",
        "answered",
        "certified_but_wrong",
        "accepted_by_both",
        "median_ms",
        "median_proof_bytes",
    )
    lines = ["| set | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [
        f"| {name} | " + " | ".join(str(row[column]) for column in columns) + " |" for name, row in results.items()
    ]
    note = "The grammar is written by hand for controlled English, no language model; these sets are template English."
    return "\n".join([*lines, "", note])
