"""The two checkers on changed proofs: the same verdict, kind, step and fuel, whatever was changed."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import random
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from mutate import mutated
from seal import canon

from quod.kernel.check import check

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("proof", "context", "goal")
SEED = int(os.environ.get("QUOD_AGREEMENT_SEED", "1"))
MUTANTS = int(os.environ.get("QUOD_AGREEMENT_MUTANTS", "1500"))


def accepted_documents(others: bool = False) -> list[list[Any]]:
    """The accepted hand-made proofs of moderate size; or those of all hand-made cases."""
    cases = [json.loads(path.read_text("ascii")) for path in sorted((ROOT / "spec" / "handmade").glob("*.json"))]
    accepted = [
        case for case in cases if (others or case["expect"]["accepted"]) and all(part in case for part in PARTS)
    ]
    small = [case for case in accepted if len(case["proof"]) < 20_000]
    documents = []
    for case in small:
        with contextlib.suppress(TypeError, ValueError):  # some are no JSON, or more; that is what they are there for
            found = [json.loads(case[part]) for part in PARTS]
            canon(found)
            documents.append(found)
    return documents


def python_verdict(documents: list[bytes]) -> dict[str, Any]:
    result = check(*documents)
    if hasattr(result, "kind"):
        return {"accepted": False, "kind": result.kind, "step": result.step}
    return {"accepted": True, "grade": result.grade, "fuel": result.fuel}


def javascript_verdicts(node: Path, mutants: list[list[bytes]]) -> list[dict[str, Any]]:
    coded = [[base64.b64encode(part).decode() for part in mutant] for mutant in mutants]
    lines = [json.dumps({"id": i} | dict(zip(PARTS, parts, strict=True))) for i, parts in enumerate(coded)]
    ran = subprocess.run(
        [node, ROOT / "checker" / "cli.js", "batch"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    verdicts = []
    for line in ran.stdout.rstrip("\n").split("\n"):  # not at other ends of lines, which may stand in texts
        answer = json.loads(line)
        if answer["accepted"]:
            verdicts.append({"accepted": True, "grade": answer["report"]["grade"], "fuel": answer["report"]["fuel"]})
        else:
            verdicts.append({key: answer[key] for key in ("accepted", "kind", "step")})
    return verdicts


def test_changed_proofs(node: Path) -> None:
    draw = random.Random(SEED)
    originals = accepted_documents()
    mutants = []
    while len(mutants) < MUTANTS:
        mutant = mutated(draw.choice(originals), draw)
        mutants.append([canon(document).encode(errors="surrogatepass") for document in mutant])
    wrong, seen = [], Counter[str]()
    for mutant, theirs in zip(mutants, javascript_verdicts(node, mutants), strict=True):
        ours = python_verdict(mutant)
        seen[ours.get("kind", "accepted")] += 1
        if ours != theirs:
            wrong.append((ours, theirs, [part.decode() for part in mutant]))
    assert not wrong, f"{len(wrong)} of {MUTANTS}, the first: {wrong[0]}"
    assert len(seen) >= 35, f"the changes reach too little: {seen}"
