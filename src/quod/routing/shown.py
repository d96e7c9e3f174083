"""What a goal says, in words, and which verdicts it can carry.

The question and the verdict of an answer file are what its writer claims; the goal is what the checkers accept. A
person who checks a file has to see the goal, not the claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quod.kernel.canonical import read
from quod.kernel.values import Clause, Literal
from quod.kernel.wellformed import atom as read_atom
from quod.kernel.wellformed import clause as read_clause
from quod.knowledge import show_literal, show_term
from quod.routing.reasons import Say

#: The verdicts that a kind of goal can carry. A question may be about the contrary of what its goal is about, and a
#: counterexample to a general question is a goal that something is proved.
_CARRIES: Mapping[str, frozenset[str]] = {
    "contested": frozenset({"conflict"}),
    "each": frozenset({"proved", "refuted"}),
    "exactly": frozenset({"proved", "unknown"}),
    "holds": frozenset({"proved", "conflict"}),
    "not_derivable": frozenset({"unknown"}),
    "proved": frozenset({"proved", "refuted"}),
    "refuted": frozenset({"proved", "refuted"}),
}


def can_carry(goal: bytes, verdict: str) -> bool:
    """Whether a proof of *goal*, which a checker has read, can be one of this *verdict*."""
    goals = read(goal)["goals"]
    kinds = {each["kind"] for each in goals}
    if "contested" in kinds:
        return verdict == "conflict"
    if any(each["kind"] == "exactly" and each["answers"] for each in goals) and verdict == "unknown":
        return False
    if verdict == "refuted" and any(each["kind"] == "each" and each["head"][0][0] != "~" for each in goals):
        return False  # what refutes "there is one" is that there is none
    return all(verdict in _CARRIES[kind] for kind in kinds)


def say_goal(goal: bytes, say: Say) -> tuple[str, ...]:
    """What *goal*, which a checker has read, says has been shown: a line for each of its goals."""
    found = read(goal)
    question = [read_clause(each, question=True) for each in found["question"]]
    return tuple(_say_one(each, question, say) for each in found["goals"])


def _say_one(goal: Mapping[str, Any], question: Sequence[Clause], say: Say) -> str:
    kind = goal["kind"]
    if kind == "each":
        body = " and ".join(say(read_atom(each)) for each in goal["body"])
        return f"whatever they are: if {body}, then {say(read_atom(goal['head']))}"
    name, args = read_atom(goal["pattern"] if kind == "exactly" else goal["atom"])
    asked = name[0] == "?"
    said = _asked(question, say) if asked else say((name, args))
    if kind == "exactly":
        answers = "; ".join(", ".join(map(show_term, read_atom(each)[1])) for each in goal["answers"]) or "none"
        rest = "and no others" if goal["closed"] == "yes" else "and no others can be derived"
        return f"those for which {said}: {answers} — {rest}"
    if asked and args:
        said = f"for {', '.join(map(show_term, args))}: {said}"
    return {
        "contested": f"both this and its opposite can be derived: {said}",
        "holds": f"this can be derived: {said}",
        "not_derivable": f"nothing shows: {said}",
        "proved": f"true: {said}",
        "refuted": f"false: {said}",
    }[kind]


def _asked(question: Sequence[Clause], say: Say) -> str:
    return ", or ".join(" and ".join(_literal(each, say) for each in clause.body) for clause in question)


def _literal(literal: Literal, say: Say) -> str:
    if literal[0] == "+":
        return say((literal[1], literal[2]))
    return f"nothing shows that {say((literal[1], literal[2]))}" if literal[0] == "-" else show_literal(literal)
