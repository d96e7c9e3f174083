"""Reasons: a proof told in English, each statement with the sentence it rests on.

The tree is made from the steps of the proof alone; the words for atoms come from a `Say`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from quod.kernel.values import Atom, Term, substitute
from quod.kernel.wellformed import atom as read_atom
from quod.kernel.wellformed import clause as read_clause
from quod.kernel.wellformed import term as read_term
from quod.knowledge import show_term
from quod.language.forms import spell_number

Say = Callable[[Atom], str]
#: How many levels of reasons are indented.
DEEPEST = 40


@dataclass(frozen=True)
class Reason:
    """A statement, the sentence it rests on, and the reasons for it. ``step`` is the step of the proof."""

    text: str
    step: str
    sentence: str = ""
    paraphrase: str = ""
    because: tuple[Reason, ...] = ()
    repeated: bool = False


Reasons: TypeAlias = tuple[Reason, ...]
Walk: TypeAlias = Generator[int, Reasons, Reasons]


class Told(NamedTuple):
    """A proof told: the reasons for its goals, what each step says, and the sentences that what holds rests on."""

    reasons: tuple[Reason, ...] = ()
    labels: Mapping[str, str] = MappingProxyType({})
    used: tuple[str, ...] = ()


def tell(proof: bytes, goal: bytes, say: Say) -> Told:
    """The proof in the bytes *proof*, told in the words of *say*."""
    teller = Teller(json.loads(proof)["steps"], json.loads(goal), say)
    return Told(teller.tell(), teller.labels, tuple(teller.used))


class Teller:
    """Tells the steps of one proof."""

    def __init__(self, steps: Sequence[Mapping[str, Any]], goal: Mapping[str, Any], say: Say) -> None:
        self._steps = steps
        self._question = [read_clause(each, question=True) for each in goal["question"]]
        self._say = say
        self._told: set[int] = set()
        self.labels: dict[str, str] = {}
        self.used: dict[str, None] = {}
        self._columns = dict(_columns(steps))
        self._atoms: dict[int, Atom] = {}
        for at, step in enumerate(steps):
            found = self._atom(step)
            if found is not None:
                self._atoms[at] = found
                self.labels[str(at)] = self._statement(found)
            elif step["by"] == "tables":
                self.labels[str(at)] = self._nothing(step)

    def tell(self) -> tuple[Reason, ...]:
        """The reasons for each goal, in order."""
        found = [reason for each in self._steps[-1]["premises"] for reason in self._reasons(int(each))]
        return tuple(
            reason for at, reason in enumerate(found) if at == 0 or not (reason.repeated and not reason.sentence)
        )

    def _premises(self, step: Mapping[str, Any]) -> list[int]:
        return [int(each) for each in step["premises"]]

    def _clause(self, at: int) -> Any:
        step = self._steps[at]
        return self._question[int(step["index"])] if step["by"] == "ask" else read_clause(step["clause"])

    def _atom(self, step: Mapping[str, Any]) -> Atom | None:
        """The atom that a step shows to hold, if it does."""
        by = step["by"]
        if by == "apply":
            head = self._clause(self._premises(step)[0]).head
            bindings = {name: read_term(value) for name, value in step["bindings"]}
            return (head[0], tuple(substitute(arg, bindings) for arg in head[1]))
        if by in ("assume", "claim"):
            return read_atom(step["atom"])
        if by == "row":
            return (str(self._steps[self._premises(step)[0]]["predicate"]), tuple(map(read_term, step["args"])))
        if by == "reveal":
            name, args = self._atoms[self._premises(step)[0]]
            column = int(step["column"])
            return (name, (*args[:column], read_term(step["value"]), *args[column + 1 :]))
        return None

    def _statement(self, found: Atom) -> str:
        if found[0][0] == "?":
            return "this answers the question"
        columns = self._columns.get(found[0])
        if columns is None:
            return self._say((found[0], tuple(map(_general, found[1]))))
        cells = ", ".join(f"{name} {_cell(value)}" for name, value in zip(columns, found[1], strict=True))
        return f"{found[0].rpartition('/')[0]}: {cells}"

    def _nothing(self, step: Mapping[str, Any]) -> str:
        """What a closure says: which patterns nothing matches or, if something does, that nothing else matches them."""
        rows = zip(map(read_atom, step["patterns"]), step["answers"], strict=True)
        asked = [(pattern, answers) for pattern, answers in rows if pattern[0][0] != "?"]
        without = [pattern for pattern, answers in asked if not answers]
        said = [self._statement((name, tuple(map(_anything, args)))) for name, args in without]
        said = said or [self._statement(read_atom(each)) for _, answers in asked for each in answers]
        shown = "; ".join(said[:3]) + (f"; and {len(said) - 3} more" if len(said) > 3 else "")
        return (
            f"nothing in the theory shows: {shown}" if without else f"nothing else of this kind is shown than: {shown}"
        )

    def _reasons(self, at: int) -> Reasons:
        """The reasons that a step gives. A proof may be thousands of steps deep: the walk keeps a stack of its own."""
        stack: list[Walk] = [self._walk(at)]
        found: Reasons = ()
        fresh = True
        while stack:
            try:
                below = next(stack[-1]) if fresh else stack[-1].send(found)
            except StopIteration as end:
                stack.pop()
                found, fresh = end.value, False
            else:
                stack.append(self._walk(below))
                fresh = True
        return found

    def _walk(self, at: int) -> Walk:
        """The reasons that a step gives; those of each step asked for are sent back."""
        step = self._steps[at]
        by, premises = step["by"], self._premises(step)
        if by == "uncontested":
            return (yield premises[1])
        if by == "tables":
            return (yield from self._closure(at, premises))
        if by == "reveal":
            return (yield premises[0])[:1]
        if by in ("contested", "each"):
            return (yield from _all(premises))
        if by == "exact":
            answers = [each for each in premises[1:] if self._atoms[each][0][0] == "?"]
            return (yield from _all((*(answers or premises[1:]), premises[0])))
        if at in self._atoms:
            return (yield from self._holds(at, premises))
        return (Reason(f"these are all the rows of {step['predicate']} asked for", str(at)),) if by == "rows" else ()

    def _holds(self, at: int, premises: list[int]) -> Walk:
        step = self._steps[at]
        again = at in self._told
        self._told.add(at)
        label = self.labels[str(at)]
        if step["by"] == "row":
            return (Reason(label, str(at), sentence="a row of the table"),)
        if step["by"] == "assume":
            return (Reason(label, str(at), sentence="assumed"),)
        if step["by"] == "claim":
            said = f"claimed by {step['model']}, probability {step['probability']}"
            return (Reason(label, str(at), sentence=said),)
        clause = self._clause(premises[0])
        if clause.head[0][0] != "?":
            self.used[clause.sentence] = None
        below = () if again else (yield from _all(premises[1:]))
        if clause.head[0][0] == "?":
            return below if len(below) == 1 else (Reason("all of these:", str(at), because=below),)
        return (Reason(label, str(at), clause.sentence, clause.paraphrase, below, again and len(premises) > 1),)

    def _closure(self, at: int, premises: list[int]) -> Walk:
        again = at in self._told
        self._told.add(at)
        if again:
            return (Reason(self.labels[str(at)], str(at), repeated=True),)
        instead = yield from _all([each for each in premises if each in self._atoms])
        consulted = [self._clause(each) for each in premises if self._steps[each]["by"] == "clause"]
        sentences = [Reason(f"looked at: {each.sentence}", str(at)) for each in consulted]
        return (Reason(self.labels[str(at)], str(at), because=(*instead, *sentences)),)


def _all(steps: Iterable[int]) -> Walk:
    """The reasons that *steps* give, in order."""
    found: list[Reason] = []
    for each in steps:
        found += yield each
    return tuple(found)


def _columns(steps: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """The predicates that the opened theory says are relations, with their columns."""
    for step in steps:
        if step["by"] == "theory":
            for item in step["tree"]:
                if item[0] == "l" and item[2]["relation"]:
                    yield item[1], item[2]["relation"]["columns"]


def _cell(value: Term) -> str:
    if value[0] in "hn":
        return "(private)" if value[0] == "h" else spell_number(value[1])
    return str(value[1]) if len(value) == 2 else show_term(value)


def _general(arg: Term) -> Term:
    """An eigen symbol stands for every value: it is shown as the variable it replaces."""
    return ("v", arg[1][1:]) if arg[0] == "s" and arg[1].startswith("!") else arg


def _anything(arg: Term) -> Term:
    return ("v", "anything") if arg[0] == "v" else arg


def draw(reasons: Sequence[Reason]) -> str:
    """The reasons as indented lines of text.

    >>> fact = Reason("Max is a yumpus", "1", "Max is a yumpus.")
    >>> print(draw([Reason("Max is sour", "2", "Yumpuses are sour.", because=(fact,))]))
    Max is sour
    │  by: Yumpuses are sour.
    └─ Max is a yumpus
          by: Max is a yumpus.

    What is more than `DEEPEST` levels deep is not indented further: a chain of a thousand rules would be as wide.
    """
    lines: list[str] = []
    todo = [(reason, "", "") for reason in reversed(reasons)]
    while todo:
        reason, first, rest = todo.pop()
        lines.append(first + reason.text + (" (shown above)" if reason.repeated else ""))
        if reason.sentence:
            lines.append(f"{rest}{'│ ' if reason.because else '  '} by: {reason.sentence}")
        deep = len(rest) >= 3 * DEEPEST
        for at, each in reversed(list(enumerate(reason.because))):
            last = at == len(reason.because) - 1
            below = rest if deep else rest + ("   " if last else "│  ")
            todo.append((each, rest + ("└─ " if last else "├─ "), below))
    return "\n".join(lines)
