"""How a case of the corpus is written down, and where it goes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "kernel"), str(HERE.parents[1] / "src")]

from world import Proof, Step, pretty  # noqa: E402  # reason: found beside the kernel's tests

from quod.kernel.canonical import canonical  # noqa: E402

CASES: dict[str, dict[str, Any]] = {}


def _write(
    name: str, why: str, expect: dict[str, Any], proof: Proof, shown: Any, goals: Any, edit: Any = None, **options: Any
) -> None:
    last = [shown] if isinstance(shown, Step) else list(shown)
    wanted = [goals] if isinstance(goals, dict) else list(goals)
    context = proof.world.context() | options.pop("context", {})
    document = proof.document(*last)
    if edit:
        edit(document)
    if name in CASES:
        raise ValueError(f"two cases are called {name}")
    CASES[name] = {
        "context": canonical(context).decode(),
        "expect": expect,
        "goal": canonical(proof.goal(*wanted, **options)).decode(),
        "name": name,
        "proof": canonical(document).decode(),
        "why": why,
    }


def number_of(document: Any, step: Step, proof: Proof, last: list[Step]) -> str:
    """The index of *step* in the proof that concludes *last*."""
    order: list[Step] = []

    def visit(at: Step) -> None:
        if at not in order:
            for premise in at.premises:
                visit(premise)
            order.append(at)

    for each in last:
        visit(each)
    return str(order.index(step) if step in order else len(order))


def bad(name: str, why: str, kind: str, at: Step | None, proof: Proof, shown: Any, goals: Any, **options: Any) -> None:
    """A liar: *kind* is expected at step *at*, or at `conclude` when *at* is None; the goal is false unless said."""
    last = [shown] if isinstance(shown, Step) else list(shown)
    false = options.pop("false", True)
    place = options.pop("place", None)
    step = (
        place
        if place is not None
        else number_of(None, at, proof, last)
        if at
        else number_of(None, Step("", []), proof, last)
    )
    _write(name, why, {"accepted": False, "kind": kind, "step": step}, proof, shown, goals, **options)
    CASES[name]["false_goal"] = false


def good(name: str, why: str, proof: Proof, shown: Any, goals: Any, **options: Any) -> None:
    """An honest prover: accepted."""
    _write(name, why, {"accepted": True}, proof, shown, goals, **options)


def write_all() -> dict[Path, str]:
    """The files as they should be."""
    files = {}
    for name, case in sorted(CASES.items()):
        folder = "good" if case["expect"]["accepted"] else "bad"
        files[HERE / folder / f"{name}.json"] = pretty(case) + "\n"
    return files
