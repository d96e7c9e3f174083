"""Answers: the verdict with everything it rests on, and the file that carries it to somebody else."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from quod.kernel import Report, canonical, check
from quod.kernel.canonical import read
from quod.kernel.errors import NotUsable, Place
from quod.kernel.rejection import Rejection
from quod.knowledge.lock import Lock
from quod.routing.reasons import Reason, Told, draw

VERDICTS = ("proved", "refuted", "unknown", "conflict", "ambiguous", "undecided")


class UnusableProof(NotUsable):
    """The file is not an answer file."""

    code = "unusable_proof"


@dataclass(frozen=True)
class Cost:
    """What an answer cost: deterministic fuel of search and check, steps and bytes of the proof, milliseconds."""

    search: int = 0
    check: int = 0
    steps: int = 0
    bytes: int = 0
    milliseconds: dict[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, eq=False)
class Answer:
    """A verdict, the bindings found, and the proof that the kernel accepted for it.

    ``proof``, ``context`` and ``goal`` are the bytes that were checked, empty where the verdict has no proof
    (``ambiguous``, ``undecided``, or ``unknown`` because of sentences that were not used: see ``blocked_by``).
    """

    question: str
    read_as: str
    verdict: str
    bindings: tuple[str, ...] = ()
    proof: bytes = b""
    context: bytes = b""
    goal: bytes = b""
    report: Report | None = None
    readings: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    note: str = ""
    cost: Cost = field(default_factory=Cost)
    tell: Callable[[], Told] = field(default=Told, repr=False, compare=False)

    @cached_property
    def _told(self) -> Told:
        return self.tell()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The proof as a tree of reasons."""
        return self._told.reasons

    @property
    def labels(self) -> Mapping[str, str]:
        """What each step of the proof says, in English."""
        return self._told.labels

    @property
    def grade(self) -> str:
        """The grade of the answer: the lowest of all that was consulted; ``""`` without a proof."""
        return self.report.grade if self.report else ""

    @property
    def assumptions(self) -> tuple[Any, ...]:
        """The atoms assumed for it."""
        return self.report.assumptions if self.report else ()

    @property
    def defaults(self) -> tuple[Any, ...]:
        """The predicates that were taken to be absent by default."""
        return self.report.defaults if self.report else ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that what was shown to hold rests on; ``report.sentences`` has those consulted as well."""
        return self._told.used

    def explain(self) -> str:
        """The reasons in English, with the sentence each rests on."""
        return draw(self.reasons)

    def file(self) -> bytes:
        """The answer as the bytes of an answer file: canonical, the same for the same answer."""
        return canonical(
            {
                "answers": list(self.bindings),
                "context": self.context.decode(),
                "goal": self.goal.decode(),
                "proof": self.proof.decode(),
                "question": self.question,
                "quod": "1",
                "read_as": self.read_as,
                "verdict": self.verdict,
            }
        )

    def json(self) -> dict[str, Any]:
        """The answer as the object that ``--json`` prints."""
        return {
            "answers": list(self.bindings),
            "assumptions": list(self.assumptions),
            "blocked_by": list(self.blocked_by),
            "checked": self.report is not None,
            "cost": {
                "bytes": self.cost.bytes,
                "check": self.cost.check,
                "search": self.cost.search,
                "steps": self.cost.steps,
            },
            "defaults": list(self.defaults),
            "grade": self.grade,
            "note": self.note,
            "question": self.question,
            "read_as": self.read_as,
            "readings": list(self.readings),
            "sentences": list(self.sentences),
            "verdict": self.verdict,
        }

    def _repr_html_(self) -> str:
        """A short rendering for notebooks; the full page is ``quod explain --html``."""
        rows = "".join(f"<li>{html.escape(each)}</li>" for each in self.bindings)
        answers = f"<ul>{rows}</ul>" if rows else ""
        return (
            f"<div><p><i>{html.escape(self.question)}</i> <b>{html.escape(self.verdict)}</b></p>"
            f"{answers}<pre>{html.escape(self.explain())}</pre></div>"
        )


@dataclass(frozen=True)
class Carried:
    """An answer file, as read from bytes; nothing in it is trusted."""

    question: str
    read_as: str
    verdict: str
    answers: tuple[str, ...]
    proof: bytes
    context: bytes
    goal: bytes

    def check(self, context: bytes | None = None) -> Report | Rejection:
        """Check the proof against *context*, or against the one the file itself names."""
        return check(self.proof, context or self.context, self.goal)


def carried(raw: bytes, name: str = "answer") -> Carried:
    """The answer file that *raw* spells.

    Fails when: it is not one (`UnusableProof`, naming what is wrong).
    """
    try:
        found = read(raw.strip())
    except Rejection as error:
        raise UnusableProof(
            f"this is not an answer file ({error.kind})",
            remedy="write one with: quod ask THEORY QUESTION --proof FILE",
            place=Place(name),
            kind=error.kind,
        ) from None
    texts = ("context", "goal", "proof", "question", "read_as", "verdict")
    if not isinstance(found, dict) or not all(isinstance(found.get(key), str) for key in texts):
        raise UnusableProof(
            "this is not an answer file (a field is missing)",
            remedy="write one with: quod ask THEORY QUESTION --proof FILE",
            place=Place(name),
            fields=", ".join(texts),
        )
    answers = found.get("answers", [])
    return Carried(
        found["question"],
        found["read_as"],
        found["verdict"],
        tuple(str(each) for each in answers) if isinstance(answers, list) else (),
        found["proof"].encode(),
        found["context"].encode(),
        found["goal"].encode(),
    )


def under_lock(context: bytes, lock: Lock) -> bytes:
    """The context of an answer file with theory and roots replaced by those of a lock; its date stays, and is shown.

    Fails when: *context* is not one (`UnusableProof`).
    """
    own = context_fields(context)
    return canonical({"fuel": own["fuel"], "now": own["now"], "roots": lock.roots, "theory": lock.theory})


def context_fields(context: bytes) -> dict[str, Any]:
    """The fields of a context. Fails when: it is not one (`UnusableProof`)."""
    try:
        found = read(context)
    except Rejection as error:
        raise UnusableProof(
            f"its context is not one ({error.kind})", remedy="ask for the answer file again", kind=error.kind
        ) from None
    if not isinstance(found, dict) or sorted(found) != ["fuel", "now", "roots", "theory"]:
        raise UnusableProof("its context lacks a field", remedy="ask for the answer file again")
    return found


def load_carried(path: Path) -> Carried:
    """The answer file at *path*."""
    return carried(path.read_bytes(), str(path))
