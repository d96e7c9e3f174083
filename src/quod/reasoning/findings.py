"""Findings: what deduction has to say to a question, with the goal and the proof that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from quod.kernel.values import Atom, Pending


class Shown(NamedTuple):
    """A goal and a proof that shows it, as JSON values."""

    goal: dict[str, Any]
    proof: dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """The outcome of one question.

    ``verdict`` is ``proved``, ``refuted``, ``unknown``, ``conflict`` or ``undecided``. ``answers`` are the atoms of
    the question predicate that answer a *which*, ``closed`` whether they are all. ``blocked_by`` are pending sentences
    that forbid a closure; ``tentative`` then shows what was derived without one. ``contested`` is the atom for which
    both sides were derived. ``reason`` is the code of what kept an ``undecided`` question from being decided.
    """

    verdict: str
    shown: Shown | None = None
    answers: tuple[Atom, ...] = ()
    closed: bool = False
    blocked_by: tuple[Pending, ...] = ()
    tentative: Shown | None = None
    contested: Atom | None = None
    reason: str = ""
