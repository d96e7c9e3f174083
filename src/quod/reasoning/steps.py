"""Steps of a proof while it is written, and their order in the document.

A step refers to its premises as objects; `document` numbers what is reachable from the root, in post-order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quod.kernel.values import Atom

Document = dict[str, Any]


class Step:
    """One step. *atom* is what it shows to hold, if it shows that; ``counted`` are the rows it aggregates over."""

    __slots__ = ("atom", "by", "counted", "fields", "premises")

    def __init__(self, by: str, premises: Iterable[Step], atom: Atom | None = None, /, **fields: Any) -> None:
        self.by = by
        self.premises = list(premises)
        self.atom = atom
        self.counted: list[Atom] = []
        self.fields = fields


def document(goals: Iterable[Step]) -> Document:
    """The proof whose last step concludes *goals*."""
    numbers: dict[int, str] = {}
    steps: list[dict[str, Any]] = []
    for step in _post_order(Step("conclude", goals)):
        numbers[id(step)] = str(len(steps))
        premises = [numbers[id(premise)] for premise in step.premises]
        steps.append({"by": step.by, "premises": premises, **step.fields})
    return {"quod": "1", "steps": steps}


def _post_order(root: Step) -> Iterator[Step]:
    """All steps reachable from *root*, premises before what rests on them, left to right."""
    seen = {id(root)}
    stack = [(root, iter(root.premises))]
    while stack:
        step, rest = stack[-1]
        below = next((each for each in rest if id(each) not in seen), None)
        if below is None:
            stack.pop()
            yield step
        else:
            seen.add(id(below))
            stack.append((below, iter(below.premises)))


def shown(root: Step) -> list[Atom]:
    """The atoms that *root* rests on, its own and the rows counted included, without repetitions."""
    found: dict[Atom, None] = {}
    for step in _post_order(root):
        if step.atom is not None:
            found[step.atom] = None
            found.update(dict.fromkeys(step.counted))
    return list(found)
