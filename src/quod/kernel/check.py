"""``check(proof, context, goal)``: the verification φ, from bytes, against what is fixed outside the proof."""

from __future__ import annotations

from typing import Any, NamedTuple

from quod.kernel import closure, dispute, evidence, logic
from quod.kernel.canonical import digest, read, write
from quod.kernel.conclusions import GRADES, Conclusion, Holds, Session, Table
from quod.kernel.goals import Goal, read_context, read_goal, shows
from quod.kernel.rejection import Rejection, reject

MAX_STEPS = 100_000

PRIMITIVES = {
    "apply": (logic.apply, {"bindings"}),
    "ask": (evidence.ask, {"index"}),
    "assume": (evidence.assume, {"atom"}),
    "claim": (evidence.claim, {"atom", "model", "probability"}),
    "clause": (evidence.stated, {"clause"}),
    "conclude": (None, set[str]()),
    "contested": (dispute.contested, set[str]()),
    "each": (logic.each, {"body", "head"}),
    "exact": (closure.exact, set[str]()),
    "reveal": (evidence.reveal, {"column", "salt", "value"}),
    "row": (evidence.row, {"args"}),
    "rows": (evidence.rows, {"index", "predicate", "prefix", "tree"}),
    "tables": (closure.tables, {"answers", "orders", "patterns"}),
    "theory": (evidence.theory, {"pending", "tree"}),
    "uncontested": (dispute.uncontested, set[str]()),
}
KEYS = {name: {"by", "premises", *fields} for name, (_, fields) in PRIMITIVES.items()}


class Report(NamedTuple):
    """What an accepted proof rests on. Arrays are ordered by the canonical bytes of their elements."""

    assumptions: tuple[Any, ...]
    claims: tuple[Any, ...]
    defaults: tuple[Any, ...]
    fuel: str
    grade: str
    sentences: tuple[Any, ...]
    sources: tuple[Any, ...]
    theory: str

    @property
    def accepted(self) -> bool:
        """True: a report is only made of an accepted proof."""
        return True

    def json(self) -> dict[str, object]:
        """The report as the JSON object both checkers print."""
        return self._asdict()


def check(proof: bytes, context: bytes, goal: bytes) -> Report | Rejection:
    """Accept *proof* as showing *goal* on the commitments of *context*, or say what is wrong with it.

    Deterministic and free of side effects; a rejection is returned, never raised.
    """
    session: Session | None = None
    try:
        commitments = read_context(context)
        wanted = read_goal(goal)
        steps, premises = _shape(read(proof))
        session = Session(commitments, wanted.question)
        session.premises = premises
        _walk(session, steps)
        return _end(session, steps[-1], wanted)
    except Rejection as rejection:
        if session is not None and not rejection.step:
            rejection.step = str(min(len(session.done), len(session.premises) - 1))
        return rejection


def _shape(value: Any) -> tuple[list[dict[str, Any]], list[list[int]]]:
    """The steps and the numbers of their premises. Fails when: the shape of the proof object is another."""
    steps = value.get("steps") if isinstance(value, dict) and value.keys() == {"quod", "steps"} else None
    if not isinstance(steps, list) or not 1 <= len(steps) <= MAX_STEPS or value["quod"] != "1":
        reject("malformed_proof")
    premises: list[list[int]] = []
    numbers: dict[str, int] = {}
    for at, step in enumerate(steps):
        try:
            premises.append(_premises(numbers, step))
        except Rejection as rejection:
            rejection.step = str(at)
            raise
        numbers[str(at)] = at
    _post_order(premises)
    return steps, premises


def _premises(numbers: dict[str, int], step: Any) -> list[int]:
    """The numbers of the premises of *step*; *numbers* are the earlier steps, as they are referred to."""
    by = step.get("by") if isinstance(step, dict) else None
    if not isinstance(by, str) or step.keys() != KEYS.get(by) or not isinstance(step["premises"], list):
        reject("malformed_step")
    try:
        return [numbers[each] for each in step["premises"]]
    except (KeyError, TypeError):
        good = all(isinstance(each, str) for each in step["premises"])
        reject("bad_reference" if good else "malformed_step")


def _post_order(premises: list[list[int]]) -> None:
    """Fails when: visiting premises depth-first from the last step does not number the steps as they stand."""
    finished = 0
    seen = bytearray(len(premises))
    todo = [len(premises) - 1]
    while todo:
        at = todo.pop()
        if at < 0:  # all premises of step ~at are numbered
            if ~at != finished:
                reject("not_post_order", expected=finished, got=~at)
            finished += 1  # an unreachable step is missed at the latest when the last one is numbered
        elif not seen[at]:
            seen[at] = 1
            todo.append(~at)
            todo.extend(reversed(premises[at]))


def _walk(session: Session, steps: list[dict[str, Any]]) -> None:
    for at, step in enumerate(steps):
        session.spend()
        primitive, _ = PRIMITIVES[step["by"]]
        premises = [session.done[each] for each in session.premises[at]]
        if primitive is None:
            if at != len(steps) - 1:
                reject("bad_premise", reason="conclude is not the last step")
            return
        session.done.append(primitive(session, step, premises))


def _end(session: Session, root: dict[str, Any], wanted: Goal) -> Report:
    if root["by"] != "conclude" or len(root["premises"]) != len(wanted.goals):
        reject("wrong_goal")
    premises = [session.done[each] for each in session.premises[-1]]
    for found, goal in zip(premises, wanted.goals, strict=True):
        shows(found, goal)
    rests = Conclusion()
    rests.rest_on(premises)
    assumed = session.assumed(session.premises[-1])
    if not assumed <= wanted.assumptions:
        reject("assumption_not_allowed", assumptions=sorted(map(write, assumed - wanted.assumptions)))
    closed = any(isinstance(each, Table) or isinstance(each, Holds) and each.uncontested for each in premises)
    if assumed and (rests.absence or closed):
        reject("assumption_in_closure")
    if "*" not in wanted.defaults and not rests.defaults <= wanted.defaults:
        reject("default_not_allowed", defaults=sorted(rests.defaults - wanted.defaults))
    if rests.grade < wanted.grade:
        reject("grade_too_low", grade=GRADES[rests.grade])
    return Report(
        _ordered(assumed),
        _ordered(session.claims),
        _ordered(rests.defaults),
        str(session.spent),
        GRADES[rests.grade],
        _ordered(session.sentences),
        _ordered(session.sources),
        session.context.theory,
    )


def _ordered(found: Any) -> tuple[Any, ...]:
    return tuple(sorted(set(found), key=lambda each: write(each).encode()))


def proof_digest(steps: list[dict[str, Any]]) -> str:
    """The identity of a proof: the digest of its last step, in which references are replaced by digests."""
    digests: list[str] = []
    for step in steps:
        digests.append(digest("step", {**step, "premises": [digests[int(each)] for each in step["premises"]]}))
    return digests[-1]
