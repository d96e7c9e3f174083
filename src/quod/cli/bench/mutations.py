"""One change to a proof, its goal or its context, re-sealed so that it is wrong only where it matters (design §4).

A `Mutant` has the family of what was changed: that of the primitive, *computation* where numbers of an applied clause
with a computation were changed, *goal* or *context*.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from copy import deepcopy
from random import Random
from typing import Any, NamedTuple

from quod.kernel.canonical import digest, spell, unspell
from quod.kernel.commit import cell_key, leaf_hash, predicate_key

FAMILIES = ("closure", "computation", "context", "evidence", "goal", "logic")
PRIMITIVES = {
    **dict.fromkeys(("ask", "assume", "claim", "clause", "reveal", "row", "rows", "theory"), "evidence"),
    **dict.fromkeys(("apply", "conclude", "contested", "each", "uncontested"), "logic"),
    **dict.fromkeys(("exact", "tables"), "closure"),
}
SEALED = frozenset({"by", "premises", "quod"})
GRADES = ("claimed", "attested", "quorum", "recomputed", "proved")
KINDS = ("holds", "proved", "refuted", "contested", "not_derivable")
ODDITIES = ("", "0", "-1", "1/2", "9" * 40, "!X", "sk:1", "~", "é", "2026-02-30", "no", "yes", "h", "v", "n", "s")
DIGEST = 43


class Mutant(NamedTuple):
    """A changed proof, context and goal, with the family of the change."""

    family: str
    proof: dict[str, Any]
    context: dict[str, Any]
    goal: dict[str, Any]


def mutate(
    proof: dict[str, Any],
    context: dict[str, Any],
    goal: dict[str, Any],
    seed: int,
    wanted: Collection[str] = FAMILIES,
) -> Iterator[Mutant]:
    """Mutants of one accepted proof, without end, of the families *wanted*.

    Documents are JSON values of lists, dicts and texts. There are none if the proof has nothing of these families.
    """
    random = Random(seed)
    own = {*(PRIMITIVES[step["by"]] for step in proof["steps"]), *_computing(proof), "context", "goal"}
    families = sorted(own.intersection(wanted))
    kept = json.dumps([proof, context, goal])
    while families:
        family = random.choice(families)
        found = Mutant(family, *json.loads(kept))
        changer = {"context": _change_context, "goal": _change_goal}.get(family, _change_proof)
        changer(found, random)
        if found[1:] != (proof, context, goal):
            yield found


def _computing(proof: dict[str, Any]) -> list[str]:
    return ["computation" for _ in _computations(proof)][:1]


def _computations(proof: dict[str, Any]) -> list[int]:
    """The steps that apply a clause with a computation or an aggregate and bind something."""
    steps = proof["steps"]
    return [
        at
        for at, step in enumerate(steps)
        if step["by"] == "apply" and step["bindings"]
        for clause in [steps[int(step["premises"][0])].get("clause", {})]
        if any(literal[0] in "ca" for literal in clause.get("body", ()))
    ]


# --- proofs -------------------------------------------------------------------------------------------------------


def _change_proof(mutant: Mutant, random: Random) -> None:
    steps = mutant.proof["steps"]
    if mutant.family == "computation":
        at = random.choice(_computations(mutant.proof))
        values = [value for _, value in steps[at]["bindings"]]
        _alter_text(values if random.random() < 0.9 else steps[at]["bindings"], random, steps)
    else:
        at = random.choice([at for at, step in enumerate(steps) if PRIMITIVES[step["by"]] == mutant.family])
        random.choice(CHANGES)(steps, at, random)
    if random.random() < 0.5:
        _reseal_clauses(steps)
    if random.random() < 0.4:
        _twist(mutant, random)
    if random.random() < 0.8:
        _in_order(mutant.proof)


def _alter_field(steps: list[Any], at: int, random: Random) -> None:
    names = sorted(steps[at].keys() - SEALED)
    if not names:
        _alter_premises(steps, at, random)
        return
    name = random.choice(names)
    if isinstance(steps[at][name], str):
        steps[at][name] = _other_text(steps[at][name], random, steps)
    else:
        _alter_text(steps[at][name], random, steps)


def _alter_list(steps: list[Any], at: int, random: Random) -> None:
    """Take an entry out of a list, put one in twice, swap two, or give an order to a replay."""
    step = steps[at]
    if step["by"] == "tables" and random.random() < 0.3:
        size = random.randint(0, 3)
        order = random.sample(range(size), size) if random.random() < 0.7 else [0] * size
        number = str(random.randint(0, 2))
        step["orders"] = [*step["orders"], [number, str(random.randint(0, 1)), list(map(str, order))]]
        return
    lists = [found for name in sorted(step.keys() - SEALED) for found in _lists(step[name])]
    if lists:
        _shuffle(random.choice(lists), random)


def _shuffle(found: list[Any], random: Random) -> None:
    place = random.randrange(len(found))
    other = random.randrange(len(found))
    draw = random.random()
    if draw < 0.5:
        del found[place]
    elif draw < 0.75:
        found.insert(other, deepcopy(found[place]))
    else:
        found[place], found[other] = found[other], found[place]


def _alter_premises(steps: list[Any], at: int, random: Random) -> None:
    premises = steps[at]["premises"]
    if not at:
        return
    if premises and random.random() < 0.6:
        premises[random.randrange(len(premises))] = str(random.randrange(at))
    elif premises and random.random() < 0.7:
        _shuffle(premises, random)
    else:
        premises.insert(random.randint(0, len(premises)), str(random.randrange(at)))


def _drop_step(steps: list[Any], at: int, random: Random) -> None:
    """Let those who use a step use another instead."""
    if at and at < len(steps) - 1:
        instead = random.choice(steps[at]["premises"] or [str(random.randrange(at))])
        for step in steps[at + 1 :]:
            step["premises"] = [instead if each == str(at) else each for each in step["premises"]]


def _prune(steps: list[Any], at: int, random: Random) -> None:
    """Hide a leaf of an opened tree behind its digest, which leaves the root as it is."""
    leaves = [item for item in steps[at].get("tree", ()) if item[0] in "lr"]
    if not leaves:
        _alter_field(steps, at, random)
        return
    item = random.choice(leaves)
    if item[0] == "l":
        key, value = predicate_key(item[1]), unspell(digest("predicate", item[2]))
    else:
        key, value = b"".join(cell_key(tuple(cell)) for cell in item[1] if cell[0] != "f"), b""
    item[:] = ["h", spell(leaf_hash(key, value))]


def _assume(steps: list[Any], at: int, random: Random) -> None:
    """Assume, or claim, what the step shows."""
    step = steps[at]
    source = steps[int(step["premises"][0])] if step["premises"] else {}
    if step["by"] == "row" and source["by"] == "rows":
        atom = [source["predicate"], step["args"]]
    elif step["by"] == "apply" and source["by"] == "clause":
        atom = deepcopy(source["clause"]["head"])
        for name, value in step["bindings"]:
            atom[1] = [value if arg == ["v", name] else arg for arg in atom[1]]
    else:
        _alter_premises(steps, at, random)
        return
    step.clear()
    step.update({"atom": atom, "by": "assume", "premises": []})
    if random.random() < 0.3:
        step.update({"by": "claim", "model": "m", "probability": ["n", random.choice(("1", "1/2", "0"))]})


CHANGES = (_alter_field, _alter_field, _alter_list, _alter_premises, _drop_step, _prune, _assume)


def _reseal_clauses(steps: list[Any]) -> None:
    """Put the digests of changed clauses into the opened leaves, so that only the root tells."""
    theories = [step for step in steps if step["by"] == "theory" and isinstance(step.get("tree"), list)]
    for step in steps:
        head = step.get("clause", {}).get("head", [""]) if isinstance(step.get("clause"), dict) else [""]
        name = digest("clause", step["clause"]) if head and head[0] else ""
        for item in [item for theory in theories for item in theory["tree"] if name and len(item) == 3]:
            leaf = item[2]
            if item[1] == head[0] and isinstance(leaf, dict) and name not in leaf.get("clauses", [name]):
                leaf["clauses"] = sorted([*leaf["clauses"][1:], name])


def _twist(mutant: Mutant, random: Random) -> None:
    """Say of another what the proof says: change a name in the goal and in some of the steps."""
    names = sorted({text for text in _texts(mutant.goal["goals"]) if text})
    pool = [text for text in names if len(text) == 1 and text.isalpha() and text not in "svntubf"]
    if len(pool) < 1:
        return
    old, new = random.choice(pool), random.choice("abcde")
    _rename(mutant.goal["goals"], old, new)
    for step in mutant.proof["steps"]:
        if step["by"] not in ("theory", "clause", "rows") and random.random() < 0.8:
            _rename({name: step[name] for name in sorted(step.keys() - SEALED)}, old, new)


def _in_order(proof: dict[str, Any]) -> None:
    """Number the steps anew, in post-order from the last, without those that are no longer used."""
    steps = proof["steps"]
    where: dict[int, str] = {}
    order: list[int] = []
    todo = [(len(steps) - 1, False)]
    while todo:
        at, done = todo.pop()
        if done:
            where[at] = str(len(order))
            order.append(at)
        elif at not in where:
            where[at] = ""
            premises = [int(each) for each in reversed(steps[at]["premises"])]
            todo += [(at, True), *((each, False) for each in premises if each not in where)]
    proof["steps"] = [{**steps[at], "premises": [where[int(each)] for each in steps[at]["premises"]]} for at in order]


# --- goals and contexts -------------------------------------------------------------------------------------------


def _change_goal(mutant: Mutant, random: Random) -> None:
    goal = mutant.goal
    one = random.choice(goal["goals"])
    draw = random.random()
    if draw < 0.2 and one["kind"] in KINDS:
        one["kind"] = random.choice(KINDS)
    elif draw < 0.3 and one["kind"] == "exactly":
        one["closed"] = "no" if one["closed"] == "yes" else "yes"
    elif draw < 0.4 and _lists(one):
        _shuffle(random.choice(_lists(one)), random)
    elif draw < 0.5:
        goal["defaults"] = random.choice(([], ["*"], ["e0/1"]))
        goal["grade"] = random.choice(GRADES)
    elif draw < 0.6 and goal["question"]:
        _alter_text(random.choice(goal["question"]), random, mutant.proof["steps"])
    elif draw < 0.7:
        goal["goals"] = [*goal["goals"], deepcopy(one)] if random.random() < 0.5 else goal["goals"][1:]
    elif draw < 0.8:
        _twist(mutant, random)
    else:
        _alter_text(one, random, mutant.proof["steps"])


def _change_context(mutant: Mutant, random: Random) -> None:
    context = mutant.context
    draw = random.random()
    if draw < 0.3:
        context["now"] = random.choice(("2026-02-28", "2026-03-01", "2026-03-02", "2027-01-01"))
    elif draw < 0.5 and context["roots"]:
        _shuffle(context["roots"], random)
    elif draw < 0.7 and context["roots"]:
        random.choice(context["roots"])[1] = random.choice(GRADES)
    elif draw < 0.85:
        context["fuel"] = str(random.randrange(min(int(context["fuel"]), 60)))
    else:
        _alter_text(context, random, mutant.proof["steps"])


# --- parts of documents -------------------------------------------------------------------------------------------


def _lists(value: Any) -> list[list[Any]]:
    """All lists inside *value* that are not empty."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [
        *([value] if isinstance(value, list) and value else ()),
        *(found for each in inside for found in _lists(each)),
    ]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """All places inside *value* that hold a text, as container and key."""
    keys: Any = sorted(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    found: list[tuple[Any, Any]] = []
    for key in keys:
        found += [(value, key)] if isinstance(value[key], str) else _places(value[key])
    return found


def _texts(value: Any) -> list[str]:
    return [container[key] for container, key in _places(value)]


def _alter_text(value: Any, random: Random, steps: list[Any]) -> None:
    places = _places(value)
    if places:
        container, key = random.choice(places)
        container[key] = _other_text(container[key], random, steps)


def _other_text(text: str, random: Random, steps: list[Any]) -> str:
    """Another text of the same sort, often one that the proof has elsewhere."""
    changes: list[Callable[[], str]] = [lambda: random.choice(ODDITIES)]
    if len(text) == DIGEST:
        changes += [lambda: random.choice("abcXYZ01-_") + text[1:], lambda: _like(text, random, steps)]
    elif "/" in text and text[:1] != "/":
        changes += [lambda: text[1:] if text[0] == "~" else "~" + text, *[lambda: _like(text, random, steps)] * 2]
    elif text.lstrip("-").isdecimal():
        changes += [lambda: str(int(text) + random.choice((-1, 1, 1, 2)))] * 3
    elif text in ("yes", "no"):
        changes = [lambda: "no" if text == "yes" else "yes"]
    else:
        changes += [lambda: text + "x", *[lambda: _like(text, random, steps)] * 3]
    return random.choice(changes if random.random() < 0.2 else changes[1:] or changes)()


def _like(text: str, random: Random, steps: list[Any]) -> str:
    """A text as long as *text*, or as close to a predicate, from somewhere in the proof."""
    pool = {each for step in steps for each in _texts(step) if len(each) == len(text) or "/" in text and "/" in each}
    return random.choice(sorted(pool | {text}))


def _rename(value: Any, old: str, new: str) -> None:
    for container, key in _places(value):
        if container[key] == old:
            container[key] = new
