"""The bench of mutants finds no false goal accepted and no disagreement; and it would notice."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from quod.cli._second import missing
from quod.cli.bench import mutants
from quod.cli.bench.mutations import FAMILIES, mutate
from quod.cli.bench.worlds import proofs, worlds
from quod.kernel import canonical


def first_proof(seed: int) -> list[Any]:
    random = Random(seed)
    for world in worlds(random):
        for parts in proofs(world, random, 4):
            return [json.loads(canonical(part)) for part in parts]
    raise AssertionError


def clean(scores: dict[str, dict[str, Any]]) -> None:
    assert sorted(scores) == sorted(FAMILIES)
    for family, score in scores.items():
        assert not score["accepted_python"], (family, score["examples"][0])
        assert not score["accepted_javascript"], (family, score["examples"][0])
        assert not score["disagreements"], (family, score["examples"][0])


def test_no_mutant_passes(node: Path) -> None:
    if missing():
        pytest.skip(missing())
    seen: list[int] = []
    scores = mutants.run(60, 7, seen.append)
    clean(scores)
    assert all(score["mutants"] == 60 for score in scores.values()) and seen[-1] == 60
    assert sum(score["false_goals"] for score in scores.values()) >= 20


@pytest.mark.assure
def test_no_mutant_passes_in_the_long_run(node: Path) -> None:
    clean(mutants.run(10_000, 0, lambda done: None))


def test_mutants_are_the_same_for_a_seed_and_never_the_original() -> None:
    parts = first_proof(3)
    kept = json.dumps(parts)
    found = list(islice(mutate(parts[0], parts[1], parts[2], 5), 50))
    assert found == list(islice(mutate(parts[0], parts[1], parts[2], 5), 50))
    assert json.dumps(parts) == kept
    assert all([each.proof, each.context, each.goal] != parts for each in found)
    assert {each.family for each in found} >= {"context", "evidence", "goal", "logic"}
    assert not list(mutate(parts[0], parts[1], parts[2], 5, ()))


def test_a_gullible_checker_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that accepts everything fails in every family that has false goals."""

    class Accepted:
        kind, step = "", ""

    monkeypatch.setattr(mutants, "check", lambda *parts: Accepted())
    monkeypatch.setattr(mutants, "missing", lambda: "no second opinion is wanted here")
    scores = mutants.run(150, 1, lambda done: None)
    assert sum(score["accepted_python"] for score in scores.values()) == sum(
        each["false_goals"] for each in scores.values()
    )
    assert all(scores[family]["accepted_python"] for family in ("context", "evidence", "goal", "logic"))
    assert all(score["disagreements"] is None for score in scores.values())
