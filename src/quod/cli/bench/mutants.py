"""``quod bench mutants``: changed proofs, goals and contexts, given to both checkers.

A mutant that is accepted though its goal is false (by the naive evaluator of `quod.cli.bench.truth`) is *wrong*; a
mutant on which the checkers differ in verdict, kind or step is a *disagreement*. The bar for both is zero.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from quod.cli._second import missing, second_opinions
from quod.cli.bench.mutations import FAMILIES, Mutant, mutate
from quod.cli.bench.truth import Unstratified
from quod.cli.bench.worlds import World, drifted, proofs, worlds
from quod.kernel import canonical, check, digest
from quod.kernel.rejection import Rejection

PARTS = ("proof", "context", "goal")
BATCH = 400
EACH_PROOF = 12
FILES = (("spec", "handmade"), ("tests", "corpus", "good"))


class Case(NamedTuple):
    """A mutant, and whether its goal is true: None where nobody knows."""

    mutant: Mutant
    true: bool | None


def run(number: int, seed: int, progress: Callable[[int], object]) -> dict[str, dict[str, Any]]:
    """Score *number* mutants of each family."""
    scores: dict[str, dict[str, Any]] = {
        family: {
            "mutants": 0,
            "accepted_python": 0,
            "accepted_javascript": 0,
            "disagreements": 0,
            "false_goals": 0,
            "kinds": Counter(),
        }
        for family in FAMILIES
    }
    second = not missing()
    wanted = set(FAMILIES)
    stream = cases(seed, wanted)
    while wanted:
        batch: list[Case] = []
        for case in islice(stream, BATCH):
            score = scores[case.mutant.family]
            if score["mutants"] < number:
                score["mutants"] += 1
                batch.append(case)
        wanted -= {family for family, score in scores.items() if score["mutants"] >= number}
        _judge(batch, scores, second)
        progress(min(score["mutants"] for score in scores.values()))
    for score in scores.values():
        score["kinds"] = dict(sorted(score["kinds"].items()))
        if not second:
            score["accepted_javascript"] = score["disagreements"] = None
    return scores


def _judge(batch: list[Case], scores: dict[str, dict[str, Any]], second: bool) -> None:
    documents = [_documents(case.mutant) for case in batch]
    others: Any = second_opinions(documents) if second and documents else [None] * len(documents)
    for case, parts, other in zip(batch, documents, others, strict=True):
        score = scores[case.mutant.family]
        outcome = check(*parts)
        mine = ("", "") if not isinstance(outcome, Rejection) else (outcome.kind, outcome.step)
        wrong = case.true is False
        score["kinds"][mine[0] or "accepted"] += 1
        score["false_goals"] += wrong
        score["accepted_python"] += wrong and not mine[0]
        if other is not None:
            theirs = ("", "") if other.get("accepted") else (other.get("kind", "crashed"), other.get("step", ""))
            score["accepted_javascript"] += wrong and not theirs[0]
            score["disagreements"] += mine != theirs
            if mine != theirs or wrong and not mine[0]:
                score.setdefault("examples", []).append(_example(parts, mine, theirs))


def _example(parts: tuple[bytes, bytes, bytes], mine: tuple[str, str], theirs: tuple[str, str]) -> dict[str, Any]:
    named = {name: part.decode() for name, part in zip(PARTS, parts, strict=True)}
    return {**named, "python": list(mine), "javascript": list(theirs)}


def _documents(mutant: Mutant) -> tuple[bytes, bytes, bytes]:
    return canonical(mutant.proof), canonical(mutant.context), canonical(mutant.goal)


# --- where mutants come from --------------------------------------------------------------------------------------


def cases(seed: int, wanted: Collection[str] = FAMILIES) -> Iterator[Case]:
    """Mutants of the families *wanted*, without end: of proofs about random worlds, and of the proofs on file, in turn.

    What is wanted may become less while they are drawn.
    """
    random = Random(seed)
    filed = _filed(random, wanted)
    for world in worlds(random):
        for parts in proofs(world, random, 4):
            plain = tuple(json.loads(canonical(part)) for part in parts)
            yield from _of(world, plain, random, wanted)
        yield from islice(filed, EACH_PROOF)


def _of(world: World, parts: Any, random: Random, wanted: Collection[str]) -> Iterator[Case]:
    for mutant in islice(mutate(parts[0], parts[1], parts[2], random.getrandbits(64), wanted), EACH_PROOF):
        if mutant.family == "context" and random.random() < 0.8:
            yield _elsewhere(drifted(world, random, _predicates(parts[0])), mutant, parts, random)
        elif (mutant.context, mutant.goal) == parts[1:]:
            yield Case(mutant, True)
        else:
            there = World(world.clauses, world.rows, world.closed, world.pending, str(mutant.context["now"]))
            vouched = {each[0] for each in mutant.context["roots"]} if mutant.context["roots"] else set()
            yield Case(mutant, _true(there, mutant.goal, vouched))


def _elsewhere(world: World, mutant: Mutant, parts: Any, random: Random) -> Case:
    """The same proof in a world that has changed: its context, and often its opened theory, are the new ones."""
    commitment = world.commitment()
    proof = json.loads(canonical(parts[0]))
    for step in proof["steps"]:
        if random.random() < 0.9 and step["by"] == "theory":
            step["tree"] = commitment.open(sorted({*commitment.leaves, *_predicates(proof)}))
            step["pending"] = [each.json() for each in commitment.pending]
        if step["by"] == "rows" and commitment.has_relation(step["predicate"]) and random.random() < 0.8:
            prefix = [tuple(cell) for cell in step["prefix"]]
            step["tree"] = commitment.open_rows(step["predicate"], int(step["index"]), prefix)
    changed = Mutant("context", proof, commitment.context(world.now, 100_000), parts[2])
    return Case(changed, _true(world, parts[2], {root for root, _ in commitment.roots()}))


def _predicates(proof: Any) -> set[str]:
    """The predicates a proof mentions, and their complements."""
    atoms = [
        each
        for step in proof["steps"]
        for each in [*step.get("patterns", ()), step.get("clause", {}).get("head", [""])]
    ]
    names = {atom[0] for atom in atoms if atom and atom[0] and atom[0][0] != "?"}
    return names | {name[1:] if name[0] == "~" else "~" + name for name in names}


def _true(world: World, goal: dict[str, Any], vouched: set[str]) -> bool | None:
    """Whether *goal* is true in *world*; a relation nobody vouches for is not closed. None where there is no model."""
    relations = world.commitment().relations
    unknown = {name for name, each in relations.items() if digest("relation", each.json()) not in vouched}
    closed = tuple(name for name in world.closed if name not in unknown)
    try:
        return World(world.clauses, world.rows, closed, world.pending, world.now).truth().of(goal)
    except Unstratified:
        return None
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError):
        return False  # reason: a goal that is not even one is not true


def _filed(random: Random, wanted: Collection[str]) -> Iterator[Case]:
    """Mutants of the accepted proofs in the repository: whether their goals are true, nobody computes."""
    root = Path(__file__).resolve().parents[4]
    found = [path for parts in FILES for path in sorted(root.joinpath(*parts).glob("*.json"))]
    accepted = []
    for path in found:
        case = json.loads(path.read_text(encoding="utf-8"))
        if case["expect"]["accepted"] and "proof" in case and len(case["proof"]) < 20_000:
            accepted.append([json.loads(case[name]) for name in PARTS])
    while accepted:
        parts = random.choice(accepted)
        for mutant in islice(mutate(parts[0], parts[1], parts[2], random.getrandbits(64), wanted), EACH_PROOF):
            yield Case(mutant, None)
