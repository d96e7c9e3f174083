"""Why: the reasons of an answer, pruned to what a person needs, in full on demand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from quod.routing.answers import Answer
from quod.routing.reasons import Reason, draw

#: What a closure says: of the patterns it closes only the first is what was asked for.
_NOTHING = re.compile(r"nothing (in the theory shows|else of this kind is shown than): [^;]*")
#: How deep the pruned reasons go, and how many stand side by side.
LEVELS = 3
SIDE_BY_SIDE = 6


@dataclass(frozen=True, eq=False)
class Why:
    """An answer and why it is so: ``reasons`` pruned, ``left_out`` how many statements that hides."""

    answer: Answer
    reasons: tuple[Reason, ...]
    left_out: int

    def explain(self, *, full: bool = False) -> str:
        """The reasons as indented lines."""
        if full:
            return self.answer.explain()
        more = f"\n… and {self.left_out} more statements in full" if self.left_out else ""
        return draw(self.reasons) + more

    def json(self, *, full: bool = False) -> dict[str, Any]:
        """What ``--json`` prints."""
        reasons = self.answer.reasons if full else self.reasons
        return {**self.answer.json(), "left_out": 0 if full else self.left_out, "reasons": listed(reasons)}


def why(answer: Answer) -> Why:
    """Why *answer* is as it is."""
    reasons = answer.reasons
    if answer.bindings:
        reasons = tuple([_complete(each) if _NOTHING.match(each.text) else each for each in reasons])
    pruned = prune(reasons)
    return Why(answer, pruned, _count(answer.reasons) - _count(pruned))


def _complete(closure: Reason) -> Reason:
    """The closure behind a list of answers, in terms of the question."""
    return replace(closure, text="nothing in the theory shows: another answer", because=())


def prune(reasons: Sequence[Reason], levels: int = LEVELS) -> tuple[Reason, ...]:
    """The reasons without what a person can do without.

    What is told twice is told once, what was looked at in vain is not listed, and what is more than *levels* deep or
    beyond `SIDE_BY_SIDE` is left out, with a word that it is.
    """
    kept = [each for each in reasons if not each.text.startswith("looked at: ")]
    shown = [_pruned(each, levels) for each in kept[:SIDE_BY_SIDE]]
    if len(kept) > SIDE_BY_SIDE:
        shown.append(Reason(f"and {len(kept) - SIDE_BY_SIDE} more", kept[SIDE_BY_SIDE].step))
    return tuple(shown)


def _pruned(reason: Reason, levels: int) -> Reason:
    found = _NOTHING.match(reason.text)
    if found is not None:
        return replace(reason, text=found[0], because=prune(reason.because, levels - 1) if levels > 1 else ())
    if reason.repeated:
        return replace(reason, because=(), sentence="")
    if levels > 1:
        return replace(reason, because=prune(reason.because, levels - 1))
    hidden = [each for each in reason.because if each.sentence]
    return replace(reason, because=(Reason("for reasons of its own", reason.step),) if hidden else ())


def _count(reasons: Sequence[Reason]) -> int:
    """The number of statements, without recursion: a proof may be thousands of steps deep."""
    found, todo = 0, list(reasons)
    while todo:
        each = todo.pop()
        found += each.text != "for reasons of its own"
        todo += each.because
    return found


def listed(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Reasons as a flat list of JSON objects, each with its depth: nesting would be as deep as the proof."""
    found: list[dict[str, Any]] = []
    todo = [(each, 0) for each in reversed(reasons)]
    while todo:
        reason, depth = todo.pop()
        found.append({"depth": depth, "sentence": reason.sentence, "step": reason.step, "text": reason.text})
        todo += [(each, depth + 1) for each in reversed(reason.because)]
    return found
