"""Steps per second from bytes: one proof of 20,000 steps, and one of the size of a ProofWriter question.

Bar (design §7): at least 30,000 steps a second in Python, 100,000 in JavaScript, parsing and canonicity included.
Processor time, so that a busy machine does not count: `python bench/check_speed.py [--profile]`.
"""

from __future__ import annotations

import base64
import cProfile
import json
import pstats
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from quod.cli._node import find_node
from quod.kernel import canonical, check, digest
from quod.kernel.canonical import unspell
from quod.kernel.commit import clause_digest, predicate_key, theory_digest
from quod.kernel.tree import Tree
from quod.kernel.values import Clause, holds, symbol, variable

CHECKER = Path(__file__).resolve().parents[1] / "checker" / "cli.js"
X = variable("X")


def theory(clauses: list[Clause]) -> tuple[str, list[Any]]:
    """The digest of a theory and the opening of all its leaves."""
    leaves: dict[str, list[str]] = {}
    for clause in clauses:
        leaves.setdefault(clause.head[0], []).append(clause_digest(clause))
    names = sorted(leaves, key=predicate_key)
    shown = [{"clauses": sorted(leaves[name]), "closed": "no", "relation": ""} for name in names]
    tree = Tree(map(predicate_key, names), [unspell(digest("predicate", each)) for each in shown])
    items = [["l", names[at], shown[at]] if isinstance(at, int) else list(at) for at in tree.open([b""])]
    return theory_digest(tree.root, ()), items


def documents(kinds: int, facts: int) -> tuple[list[bytes], int]:
    """A proof that chains *kinds* rules over *facts* individuals, with its context and goal."""
    rules = [
        Clause((f"is{at + 1}/1", (X,)), (holds((f"is{at}/1", (X,))),), f"Whatever is {at} is {at + 1}.", "", "bench")
        for at in range(kinds)
    ]
    stated = [Clause(("is0/1", (symbol(f"thing{at}"),)), (), f"Thing {at} is 0.", "", "bench") for at in range(facts)]
    commitment, tree = theory(rules + stated)
    steps: list[dict[str, Any]] = [{"by": "theory", "pending": [], "premises": [], "tree": tree}]

    def step(by: str, *premises: int, **fields: Any) -> int:
        steps.append({"by": by, "premises": list(map(str, premises)), **fields})
        return len(steps) - 1

    numbers: dict[int, int] = {}
    ends = []
    for at, fact in enumerate(stated):
        reached = step("apply", step("clause", 0, clause=fact.json()), bindings=[])
        for number, rule in enumerate(rules):
            if number not in numbers:
                # post-order: a rule stands before what it is first applied to
                steps.insert(1 + number, {"by": "clause", "clause": rule.json(), "premises": ["0"]})
                numbers[number] = 1 + number
                for later in steps[2 + number :]:
                    later["premises"] = [str(int(each) + (int(each) > number)) for each in later["premises"]]
                reached += 1
        for number in range(kinds):
            reached = step("apply", numbers[number], reached, bindings=[["X", symbol(f"thing{at}")]])
        ends.append(reached)
    ordered, conclude = reordered(steps, ends)
    goals = [{"atom": [f"is{kinds}/1", [symbol(f"thing{at}")]], "kind": "holds"} for at in range(facts)]
    goal = {"assumptions": [], "defaults": [], "goals": goals, "grade": "proved", "question": []}
    context = {"fuel": "10000000", "now": "2026-01-01", "roots": [], "theory": commitment}
    proof = {"quod": "1", "steps": [*ordered, conclude]}
    return [canonical(proof), canonical(context), canonical(goal)], len(ordered) + 1


def reordered(steps: list[dict[str, Any]], ends: list[int]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The steps in post-order from a last step that concludes *ends*."""
    where: dict[int, str] = {}
    order: list[int] = []
    todo = [(end, False) for end in reversed(ends)]
    while todo:
        at, done = todo.pop()
        if at in where:
            continue
        if done:
            where[at] = str(len(order))
            order.append(at)
        else:
            todo += [(at, True), *((int(each), False) for each in reversed(steps[at]["premises"]))]
    found = [{**steps[at], "premises": [where[int(each)] for each in steps[at]["premises"]]} for at in order]
    return found, {"by": "conclude", "premises": [where[end] for end in ends]}


def in_python(parts: list[bytes], times: int) -> float:
    """Processor seconds of the fastest of *times* checks."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        outcome = check(*parts)
        best = min(best, time.process_time() - start)
        if not outcome.accepted:
            raise SystemExit(str(outcome))
    return best


TIMED = """
import { check } from %s;
import { readFileSync } from "node:fs";
const parts = JSON.parse(readFileSync(0, "utf8")).map((text) => Buffer.from(text, "base64"));
let best = Infinity;
for (let i = 0; i < %d; i++) {
  const start = process.cpuUsage();
  const outcome = check(...parts);
  const used = process.cpuUsage(start);
  best = Math.min(best, (used.user + used.system) / 1e6);
  if (!outcome.accepted) throw new Error(JSON.stringify(outcome));
}
console.log(best);
"""


def in_javascript(parts: list[bytes], times: int) -> float | None:
    """The same in Node, or None where there is no Node."""
    node, module = find_node(), CHECKER.with_name("check.js")
    if node is None or not module.exists():
        return None
    script = TIMED % (json.dumps(module.as_uri()), times)
    given = json.dumps([base64.b64encode(part).decode() for part in parts])
    run = subprocess.run(
        [str(node), "--input-type=module", "-e", script], input=given, capture_output=True, text=True, check=True
    )
    return float(run.stdout)


def main() -> None:
    """Measure, and print the figures."""
    print("| proof | bytes | steps | Python ms | Python steps/s | JavaScript ms | JavaScript steps/s |")
    print("|---|---|---|---|---|---|---|")
    for name, kinds, facts, times in (("question", 8, 1, 200), ("twenty thousand", 18, 950, 5)):
        parts, steps = documents(kinds, facts)
        if "--profile" in sys.argv:
            profile = cProfile.Profile()
            profile.runcall(check, *parts)
            pstats.Stats(profile).sort_stats("tottime").print_stats(25)
            continue
        columns = [name, f"{len(parts[0]):,}", f"{steps:,}"]
        for seconds in (in_python(parts, times), in_javascript(parts, times)):
            columns += ["–", "–"] if seconds is None else [f"{1000 * seconds:.2f}", f"{steps / seconds:,.0f}"]
        print("| " + " | ".join(columns) + " |")


if __name__ == "__main__":
    main()
