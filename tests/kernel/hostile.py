"""Write hostile documents, or check one and say what it cost: `hostile.py write FOLDER`, `hostile.py check FOLDER`."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

MIB = 1 << 20


def raw() -> Iterator[tuple[str, str, bytes]]:
    """Name, the kind it is rejected with, and the bytes of a proof."""
    yield "fifty_megabytes", "too_large", b"x" * (50 * 10**6)
    yield "fifty_megabytes_of_proof", "too_large", b'{"quod":"1","steps":[' + b'{"a":"b"},' * (5 * 10**6) + b"]}"
    yield "brackets", "too_large", b"[" * (16 * MIB)
    yield "deep", "too_deep", b"[" * 399_000
    yield "deep_in_the_middle", "too_deep", b"[]" * 390_000 + b"[" * 65 + b"]" * (15 * MIB)
    yield "braces", "too_large", b'{"":' * (4 * MIB)
    yield "shallow_brackets", "malformed_bytes", b"[]" * 400_000 + b"]" * (15 * MIB)
    yield "deep_at_the_end", "malformed_bytes", b"[]" * 399_000 + b"]" * (15 * MIB) + b"[" * 500
    yield "saw_of_brackets", "malformed_bytes", (b"[" * 60 + b"]" * 60) * 6_600
    yield "empty_objects", "too_large", b"[" + b"{}," * (5 * MIB) + b"{}]"
    yield "most_empty_lists", "malformed_proof", b"[" + b"[]," * 399_998 + b"[]]"
    yield "most_empty_objects", "malformed_proof", b"[" + b"{}," * 399_998 + b"{}]"
    yield "most_objects", "malformed_proof", b"[" + b'{"":""},' * 399_998 + b'{"":""}]'
    yield "most_texts", "malformed_proof", b"[" + b'"a",' * 399_998 + b'"a"]'
    yield "most_keys", "malformed_proof", b"{" + b",".join(b'"%07d":""' % at for at in range(399_999)) + b"}"
    yield "duplicate_keys", "malformed_bytes", b"{" + b'"a":"",' * 399_998 + b'"a":""}'
    yield "quotes", "malformed_bytes", b'"' * 2_000_000 + b"x" * (14 * MIB)
    yield "backslashes", "malformed_bytes", b"\\" * (16 * MIB)
    yield "open_string", "malformed_bytes", b'"' + b"\\" * (16 * MIB - 1)
    yield "escaped_quotes", "malformed_proof", b'"' + b'\\"' * 1_999_998 + b'"'
    yield "digits", "too_many_digits", b'"' + b"9" * (16 * MIB - 2) + b'"'
    yield "runs_of_digits", "malformed_proof", b'"' + (b"9" * 300 + b"x") * 55_000 + b'"'
    yield "one_long_text", "malformed_proof", b'"' + b"x" * (16 * MIB - 2) + b'"'
    yield "combining_marks", "malformed_bytes", b'"a' + "\u0301".encode() * (8 * MIB - 2) + b'"'
    yield "reordered_marks", "malformed_bytes", b'"a' + "\u0323\u0301\u0323".encode() * (2 * MIB) + b'"'
    yield "hangul", "malformed_bytes", b'"' + "\u1100\u1161".encode() * (2 * MIB) + b'"'
    yield "surrogates", "malformed_bytes", b'"' + b"\xed\xa0\x80" * (5 * MIB) + b'"'
    yield "escaped_surrogates", "malformed_bytes", b'"' + b"\\ud83d\\ude00" * MIB + b'"'
    yield "overlong", "malformed_bytes", b'"' + b"\xc0\xaf" * (8 * MIB - 1) + b'"'
    yield "nul", "malformed_bytes", b'"' + b"\0" * (16 * MIB - 2) + b'"'
    yield "escaped_nul", "malformed_bytes", b'"' + b"\\u0000" * (2 * MIB) + b'"'
    yield "byte_order_mark", "malformed_bytes", b'\xef\xbb\xbf{"quod":"1","steps":[]}'
    yield "proto", "malformed_proof", b'{"__proto__":{"quod":"1"},"steps":["x"]}'
    yield (
        "proto_step",
        "malformed_step",
        b'{"quod":"1","steps":[{"__proto__":"x","by":"ask","index":"0","premises":[]}]}',
    )
    yield "proto_by", "malformed_step", b'{"quod":"1","steps":[{"by":"__proto__","premises":[]}]}'
    yield "constructor_by", "malformed_step", b'{"quod":"1","steps":[{"by":"constructor","premises":[]}]}'


def proofs() -> Iterator[tuple[str, str, Any, Any, Any]]:
    """Name, kind, and proof, context and goal: canonical documents that ask for too much work."""
    from world import Proof, Relation, World, exactly, for_each, holds, plain

    from quod.kernel.values import Clause

    width = 20_000
    world = World(
        "t(X) :- t(X), u(Y)",
        "p(a)",
        "big(N) :- count[N; 1; p(A), p(B), p(C), p(D)]",
        "q(X) :- p(X), p(Y), p(Z), p(W), ne(X, Y)",
        relations={"r/1": Relation([("a",)], 1)},
    )
    proof = Proof(world)
    context = world.context(fuel=100_000)
    goal = proof.goal(holds("p(b)"))
    theory = plain({"by": "theory", "premises": [], **proof.theory.fields})
    ask = {"by": "ask", "index": "9", "premises": []}

    def chained(steps: list[dict[str, Any]]) -> Any:
        return {"quod": "1", "steps": steps}

    yield "self_reference", "bad_reference", chained([{**ask, "premises": ["0"]}]), context, goal
    yield "cycle", "bad_reference", chained([{**ask, "premises": ["1"]}, {**ask, "premises": ["0"]}]), context, goal
    yield (
        "many_steps",
        "clause_not_in_theory",
        chained([{**ask, "premises": [str(at - 1)] if at else []} for at in range(100_000)]),
        context,
        goal,
    )
    yield "too_many_steps", "malformed_proof", chained([ask] * 100_001), context, goal
    many = {"by": "conclude", "premises": ["0"] * 390_000}
    yield "many_references", "wrong_goal", chained([theory, many]), context, goal
    fan = [{**ask, "premises": []} for _ in range(1000)] + [
        {"by": "conclude", "premises": list(map(str, range(1000))) * 390}
    ]
    yield "many_references_to_many", "clause_not_in_theory", chained(fan), context, goal
    nested = ["s", "a"]
    for _ in range(28):
        nested = ["f", "f", [nested]]
    steps = [{"atom": ["p/1", [nested]], "by": "assume", "premises": []} for _ in range(6_500)]
    yield "deep_terms", "not_post_order", chained(steps), context, goal
    clause = world.clause("t(X)").json()
    steps = [
        theory,
        {"by": "clause", "clause": plain(clause), "premises": ["0"]},
        {"atom": ["t/1", [["s", "a"]]], "by": "assume", "premises": []},
    ]
    last = 2
    for at in range(width):
        steps.append({"atom": ["u/1", [["s", f"x{at}"]]], "by": "assume", "premises": []})
        bindings = [["X", ["s", "a"]], ["Y", ["s", f"x{at}"]]]
        steps.append({"bindings": bindings, "by": "apply", "premises": ["1", str(last), str(len(steps) - 1)]})
        last = len(steps) - 1
    steps.append({"by": "conclude", "premises": [str(last)]})
    yield "growing_assumptions", "assumption_not_allowed", chained(steps), context, proof.goal(holds("t(a)"))
    table = proof.everything({"p(V)": ["p(a)"] + [f"p(x{at})" for at in range(3000)]})
    burner = proof.everything({"q(V)": []}, table)
    yield "cross_product", "fuel_exhausted", proof.document(burner), context, goal
    exact = proof.exact(table, *[proof.apply("p(a)")] * 3001)
    yield (
        "not_all_proved",
        "answer_not_proved",
        proof.document(proof.apply("big(N)", "N=1", exact, exact, exact, exact)),
        context,
        goal,
    )
    patterns = {f"p(x{at})": [] for at in range(width)}
    yield "many_patterns", "wrong_goal", proof.document(proof.tables(patterns, "p(a)")), context, goal
    rows = proof.rows(
        "r/1", tree=[["r", [["n", f"{'7' * 299}{at % 10}/{'3' * 298}{at % 10}1"]]] for at in range(20_000)]
    )
    yield "long_fractions", "malformed_tree", proof.document(rows), context, goal
    above, below = [1, 1]  # neighbours of Fibonacci: the longest continued fractions
    while len(str(above)) < 300:
        above, below = above + below, above
    rows = proof.rows("r/1", tree=[["r", [["n", f"{below}/{above}"]]] for _ in range(24_000)])
    yield "long_continued_fractions", "fuel_exhausted", proof.document(rows), context, goal
    body = [["p/1", [["v", f"X{at}"]]] for at in range(100_000)]
    each = proof.step("each", proof.theory, proof.assume("p(!X0)"), body=body, head=["p/1", [["v", "X0"]]])
    yield "each_of_many", "wrong_goal", proof.document(each), context, goal
    sure = [proof.uncontested(proof.apply("p(a)")) for _ in range(20_000)]
    yield "many_uncontested", "wrong_goal", proof.document(*sure), context, goal
    long = Clause(("p/1", (("s", "a"),)), (("+", "p/1", (("s", "a"),)),) * 60_000)
    yield "long_clause", "clause_not_in_theory", proof.document(proof.clause(long)), context, goal
    yield (
        "many_goals",
        "wrong_goal",
        proof.document(proof.apply("p(a)")),
        context,
        proof.goal(*[holds("p(a)")] * 90_000),
    )
    yield (
        "many_answers",
        "wrong_goal",
        proof.document(table),
        context,
        proof.goal(exactly("p(V)", [f"p(x{at})" for at in range(width)])),
    )
    del for_each


def write(folder: Path) -> None:
    """Write every case: three documents and the expected kind."""
    from world import Proof, World, holds

    from quod.kernel.canonical import canonical

    world = World("p(a)")
    plain_context, plain_goal = canonical(world.context()), canonical(Proof(world).goal(holds("p(a)")))
    index = []

    def put(name: str, kind: str, *parts: bytes) -> None:
        for part, what in zip(parts, ("proof", "context", "goal"), strict=True):
            (folder / f"{name}.{what}").write_bytes(part)
        index.append([name, kind])

    for name, kind, proof in raw():
        put(name, kind, proof, plain_context, plain_goal)
    for name, kind, *parts in proofs():
        put(name, kind, *map(canonical, parts))
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")


def check_one(folder: Path, name: str) -> None:
    """Check one case and print kind, step, processor seconds and the peak of memory in MB."""
    from quod.kernel import check

    parts = [(folder / f"{name}.{what}").read_bytes() for what in ("proof", "context", "goal")]
    start = time.process_time()
    outcome: Any = check(*parts)
    seconds = time.process_time() - start
    kind = "" if outcome.accepted else outcome.kind
    peak = peak_memory()
    sys.stdout.write(
        json.dumps({"kind": kind, "mb": peak, "seconds": seconds, "step": getattr(outcome, "step", "")}) + "\n"
    )


def peak_memory() -> float:
    """The peak memory of this process in MiB; the kernel's own figure would include the parent's at the fork."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB


COMMANDS: dict[str, Callable[..., None]] = {"write": write, "check": check_one}

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    COMMANDS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
