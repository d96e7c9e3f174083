"""Tests in the book: each example asked, compared with what is expected, and what of the book that covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quod.kernel.errors import NotUsable
from quod.knowledge.cases import Case, expected_answers
from quod.routing.answers import Answer
from quod.routing.coverage import Counting, Coverage
from quod.routing.why_not import HEADS, NotOneThing

if TYPE_CHECKING:
    from quod.routing.handle import Handle

#: How many sentences, or missing pieces, the reason for a failure names.
MOST = 4
WORDS = {"proved": "yes", "refuted": "no"}


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of a case.

    ``status`` is ``passed``, ``failed``, or ``error`` where the case cannot be asked; ``reason`` says why it is not
    passed. ``answer`` is None after an error.
    """

    case: Case
    status: str
    reason: str = ""
    answer: Answer | None = None

    @property
    def proof(self) -> str:
        """``accepted`` if the kernel accepted a proof of the answer; ``none`` if the answer has none."""
        return "accepted" if self.answer is not None and self.answer.report is not None else "none"

    def json(self) -> dict[str, Any]:
        """What ``--json`` prints."""
        answer = self.answer
        return {
            "answers": list(answer.bindings) if answer is not None else [],
            "expected": self.case.expected,
            "name": self.case.name,
            "place": str(self.case.place),
            "proof": self.proof,
            "reason": self.reason,
            "status": self.status,
            "verdict": answer.verdict if answer is not None else "",
        }


@dataclass(frozen=True, eq=False)
class Tested:
    """The outcomes of all cases, and what they cover."""

    outcomes: tuple[Outcome, ...]
    coverage: Coverage
    theory: str

    def count(self, status: str) -> int:
        """How many cases have *status*."""
        return sum([each.status == status for each in self.outcomes])

    def json(self) -> dict[str, Any]:
        """What ``--json`` prints."""
        return {
            "cases": [each.json() for each in self.outcomes],
            "coverage": self.coverage.json(),
            "error": self.count("error"),
            "failed": self.count("failed"),
            "passed": self.count("passed"),
            "theory": self.theory,
        }


def run_cases(handle: Handle, cases: Iterable[Case], told: Callable[[Outcome], object] | None = None) -> Tested:
    """Ask each of *cases* of the theory of *handle*, with what the case supposes; *told* hears of each outcome.

    What a case supposes holds for that case alone. Only passed cases count for coverage.
    """
    counting = Counting(handle.theory.clauses)
    theories: dict[tuple[Any, ...], Handle] = {}
    outcomes: list[Outcome] = []
    for case in cases:
        outcome = _outcome(handle, case, theories)
        if outcome.status == "passed" and outcome.answer is not None:
            counting.add(outcome.answer.proof)
        outcomes.append(outcome)
        if told is not None:
            told(outcome)
    return Tested(tuple(outcomes), counting.coverage(), handle.digest)


def _outcome(handle: Handle, case: Case, theories: dict[tuple[Any, ...], Handle]) -> Outcome:
    supposed = (case.given, case.without, case.as_of)
    try:
        asked = handle
        if any(supposed):
            if supposed not in theories:
                theories[supposed] = handle.supposing(case.given, case.without, now=case.as_of or None)
            asked = theories[supposed]
        answer = asked.ask(case.question)
    except NotUsable as error:
        return Outcome(case, "error", str(error))
    reason = _difference(case, answer)
    if reason:
        reason = "\n".join([reason, *_because(asked, case, answer)])
    return Outcome(case, "failed" if reason else "passed", reason, answer)


def _because(handle: Handle, case: Case, answer: Answer) -> list[str]:
    """Where to look: what the answer rests on, or what is missing for the one expected."""
    if answer.verdict in ("proved", "refuted", "conflict") and answer.sentences:
        return [f"it rests on: {each}" for each in answer.sentences[:MOST]]
    if case.verdict != "proved" or answer.verdict not in ("unknown", "refuted"):
        return []
    try:
        ways = handle.why_not(case.question).ways
    except NotOneThing:
        return []
    return [f"{HEADS[each.kind]} {each.text}" for each in (ways[0].lacks[:MOST] if ways else ())]


def _difference(case: Case, answer: Answer) -> str:
    """How *answer* is not what *case* expects; ``""`` if it is."""
    got = WORDS.get(answer.verdict, answer.verdict)
    if case.verdict:
        if answer.verdict == case.verdict:
            return ""
        note = f" ({answer.note})" if answer.note else ""
        return f"expected {case.expected.lower()}, got {got}{note}"
    expected = expected_answers(case.expected)
    found = tuple(sorted(dict.fromkeys(each.lower() for each in answer.bindings)))
    if found == expected or found == (case.expected.lower(),):
        return "" if answer.verdict in ("proved", "unknown") else f"the answers are right, but the verdict is {got}"
    if answer.verdict not in ("proved", "unknown") or not (found or expected):
        return f"expected {case.expected}, got {got}"
    lacking = ", ".join(each for each in expected if each not in found)
    beyond = ", ".join(each for each in answer.bindings if each.lower() not in expected)
    parts = [f"missing: {lacking}" if lacking else "", f"not expected: {beyond}" if beyond else ""]
    return "; ".join(part for part in parts if part)
