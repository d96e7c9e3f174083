"""A million facts and twenty-two rules: decisions in bulk, beside SQL written by hand, clingo and Nemo.

The book is an insurer's: joins, a recursion over who reports to whom, negation over negation, comparisons and one sum.
Everyone starts from the same files and ends with the set of payable claims, which must be equal. Peers that are not
installed are left out, by name. One decision with proof and check, and one question with all rows behind it, are timed
on a warm handle.

Prints a Markdown table, and one JSON object as the last line.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from quod.routing.decide import Decider

NOW = "2026-01-01"
FACTS = 1_000_000
COLUMNS: dict[str, tuple[str, ...]] = {
    "claim": ("id:symbol", "policy:symbol", "amount:number", "day:number", "kind:symbol"),
    "policy": (
        "id:symbol",
        "holder:symbol",
        "product:symbol",
        "since:number",
        "until:number",
        "cap:number",
        "agent:symbol",
    ),
    "payment": ("id:symbol", "policy:symbol", "amount:number"),
    "holder": ("id:symbol", "age:number", "region:symbol"),
    "plan": ("id:symbol", "premium:number"),
    "covers": ("product:symbol", "kind:symbol"),
    "region": ("id:symbol", "risk:number"),
    "shut": ("kind:symbol", "region:symbol"),
    "reports": ("agent:symbol", "boss:symbol"),
    "suspended": ("agent:symbol",),
    "flagged": ("holder:symbol",),
}
KEYED = ("claim", "policy", "payment", "holder", "plan", "region")
INDEXED = {"claim": "policy", "payment": "policy", "policy": "agent"}
CLOSED = (
    "arrears/1, barred/1, clean/1, covered/1, eligible/1, ended/1, in_force/1, large/1, met/1, paid/2, payable/1, "
    "risky/1, shady/1, shut_out/1, started/1, trusted/1, twin/1, within/1, young/1"
)
RULES = """
started(C) :- claim(C, P, A, D, T), policy(P, H, K, S, E, L, G), D >= S.
ended(C) :- claim(C, P, A, D, T), policy(P, H, K, S, E, L, G), D >= E.
in_force(C) :- started(C), absent ended(C).
within(C) :- claim(C, P, A, D, T), policy(P, H, K, S, E, L, G), A <= L.
covered(C) :- claim(C, P, A, D, T), policy(P, H, K, S, E, L, G), covers(K, T).
paid(P, V) :- policy(P, H, K, S, E, L, G), V = sum M : payment(I, P, M).
met(P) :- paid(P, V), policy(P, H, K, S, E, L, G), plan(K, M), V >= M.
arrears(P) :- policy(P, H, K, S, E, L, G), absent met(P).
barred(G) :- suspended(G).
barred(G) :- reports(G, B), barred(B).
clean(G) :- policy(P, H, K, S, E, L, G), absent barred(G).
risky(H) :- holder(H, A, R), region(R, V), V >= 7.
risky(H) :- flagged(H).
young(H) :- holder(H, A, R), A < 25.
trusted(H) :- holder(H, A, R), absent young(H), absent risky(H).
large(C) :- claim(C, P, A, D, T), A > 500000.
twin(C) :- claim(C, P, A, D, T), claim(B, P, A, E, T), B != C, E <= D.
shut_out(C) :- claim(C, P, A, D, T), policy(P, H, K, S, E, L, G), holder(H, Y, R), shut(T, R).
shady(C) :- twin(C).
shady(C) :- large(C), claim(C, P, A, D, T), policy(P, H, K, S, E, L, G), absent clean(G).
eligible(C) :- in_force(C), covered(C), claim(C, P, A, D, T), absent arrears(P), absent shut_out(C).
payable(C) :- eligible(C), within(C), claim(C, P, A, D, T), policy(P, H, K, S, E, L, G), trusted(H), absent shady(C).
""".strip()
BY_HAND = """
WITH RECURSIVE paid AS (SELECT policy, sum(amount) AS v FROM payment GROUP BY policy),
met AS (SELECT p.id FROM policy p LEFT JOIN paid ON paid.policy = p.id JOIN plan k ON k.id = p.product
        WHERE coalesce(paid.v, 0) >= k.premium),
barred(agent) AS (SELECT agent FROM suspended UNION SELECT r.agent FROM reports r JOIN barred b ON r.boss = b.agent),
trusted AS (SELECT h.id FROM holder h WHERE h.age >= 25
        AND NOT EXISTS (SELECT 1 FROM region r WHERE r.id = h.region AND r.risk >= 7)
        AND NOT EXISTS (SELECT 1 FROM flagged f WHERE f.holder = h.id)),
twin AS (SELECT DISTINCT c.id FROM claim c JOIN claim b ON b.policy = c.policy AND b.amount = c.amount
        AND b.kind = c.kind AND b.id <> c.id AND b.day <= c.day)
SELECT c.id FROM claim c JOIN policy p ON p.id = c.policy JOIN covers v ON v.product = p.product AND v.kind = c.kind
        JOIN trusted t ON t.id = p.holder JOIN met m ON m.id = p.id JOIN holder h ON h.id = p.holder
WHERE c.day >= p.since AND c.day < p.until AND c.amount <= p.cap
  AND NOT EXISTS (SELECT 1 FROM shut s WHERE s.kind = c.kind AND s.region = h.region)
  AND NOT EXISTS (SELECT 1 FROM twin d WHERE d.id = c.id)
  AND NOT (c.amount > 500000 AND EXISTS (SELECT 1 FROM barred b WHERE b.agent = p.agent))
"""
Rows = dict[str, list[tuple[str | int, ...]]]


def make_rows(random: Random, facts: int) -> Rows:
    """About *facts* rows: half of them claims, a quarter payments."""
    claims, payments, policies, holders = facts // 2, facts // 4, facts // 10, facts // 10
    agents = max(20, facts - claims - payments - policies - holders) // 2
    kinds, regions = [f"kind{n}" for n in range(12)], [f"region{n}" for n in range(40)]
    products = [f"product{n}" for n in range(20)]
    rows: Rows = {}
    rows["plan"] = [(name, random.randrange(1, 60) * 1000) for name in products]
    rows["covers"] = [(name, kind) for name in products for kind in kinds if random.random() < 0.6]
    rows["region"] = [(name, random.randrange(1, 10)) for name in regions]
    rows["shut"] = [(kind, name) for name in regions for kind in kinds if random.random() < 0.05]
    rows["holder"] = [(f"h{n}", random.randrange(18, 90), random.choice(regions)) for n in range(holders)]
    rows["flagged"] = [(f"h{n}",) for n in sorted(random.sample(range(holders), holders // 50))]
    rows["reports"] = [(f"g{n}", f"g{random.randrange(max(0, n // 3), n)}") for n in range(1, agents)]
    rows["suspended"] = [(f"g{n}",) for n in sorted(random.sample(range(agents), agents // 100 + 1))]
    rows["policy"] = []
    for n in range(policies):
        since = random.randrange(0, 3000)
        holder, agent = f"h{random.randrange(holders)}", f"g{random.randrange(agents)}"
        cap = random.randrange(1, 40) * 25_000
        until = since + random.randrange(100, 2000)
        rows["policy"].append((f"p{n}", holder, random.choice(products), since, until, cap, agent))
    rows["payment"] = []
    for n in range(payments):
        rows["payment"].append((f"m{n}", f"p{random.randrange(policies)}", random.randrange(1, 4000) * 10))
    rows["claim"] = []
    for n in range(claims):
        policy, amount = f"p{random.randrange(policies)}", random.randrange(1, 800) * 1000
        day = random.randrange(0, 5000)
        rows["claim"].append((f"c{n}", policy, amount, day, random.choice(kinds)))
    return rows


def write_book(folder: Path, rows: Rows) -> None:
    """The book and its tables."""
    lines = ["---", "title: Claims", "relations:"]
    for name, columns in COLUMNS.items():
        sorts = ", ".join(column.replace(":", ": ") for column in columns)
        lines += [f"  {name}:", f"    file: {name}.csv", f"    columns: {{{sorts}}}"]
        lines += ["    key: [id]"] if name in KEYED else []
        if name in INDEXED:
            lines.append(f"    index: [[{INDEXED[name]}]]")
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column.partition(":")[0] for column in columns])
            writer.writerows(rows[name])
    lines += [f"closed: [{CLOSED}]", "---", "", "# Claims", "", "```quod", RULES, "```", ""]
    (folder / "book.md").write_text("\n".join(lines), encoding="utf-8")


# --- the contestants --------------------------------------------------------------------------------------------------


def read_decisions(path: Path) -> set[str]:
    """The claims that a file of decisions calls proved."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["key"] for row in csv.DictReader(file) if row["decision"] == "proved"}


def by_quod(folder: Path) -> Path:
    """Bulk decisions, files to file."""
    decider = Decider.load(folder / "book.md", folder / "claim.csv", now=NOW)
    decided = decider.decide("? X: payable(X).", folder / "quod.csv")
    if decided.one_by_one or decided.bad:
        raise ValueError(f"not decided in bulk: {decided}")
    return folder / "quod.csv"


def by_hand(folder: Path) -> Path:
    """The same by SQL that somebody wrote for it, files to file."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    for name, columns in COLUMNS.items():
        kinds = {each.partition(":")[0]: "BIGINT" if each.endswith(":number") else "VARCHAR" for each in columns}
        source = f"read_csv('{folder / name}.csv', header = true, columns = {kinds})"
        connection.execute(f"CREATE TABLE {name} AS FROM {source}")
    connection.execute(f"CREATE TABLE yes AS {BY_HAND}")
    connection.execute(
        f"COPY (SELECT id AS key, CASE WHEN yes.id IS NULL THEN 'refuted' ELSE 'proved' END AS decision FROM claim "
        f"LEFT JOIN yes USING (id)) TO '{folder / 'hand.csv'}' (HEADER true)"
    )
    return folder / "hand.csv"


def by_clingo(folder: Path) -> set[str]:
    """clingo, grounding included."""
    import clingo

    control = clingo.Control(["--warn=none"])
    control.load(str(folder / "facts.lp"))
    rules = RULES.replace("absent ", "not ")
    control.add("base", [], rules.replace("sum M : payment(I, P, M)", "#sum { M, I : payment(I, P, M) }"))
    control.ground([("base", [])])
    found: set[str] = set()
    with control.solve(yield_=True) as models:
        for model in models:
            found = {str(atom.arguments[0]) for atom in model.symbols(atoms=True) if atom.name == "payable"}
    return found


def by_nemo(folder: Path) -> set[str]:
    """Nemo, from its own CSV files."""
    import nmo_python

    rules = RULES.replace("absent ", "~").replace(
        "paid(P, V) :- policy(P, H, K, S, E, L, G), V = sum M : payment(I, P, M).",
        "paid(P, #sum(M, I)) :- payment(I, P, M).",  # every premium is positive: no payments, never enough
    )
    rules = re.sub(r"\b([A-Z])\b", r"?\1", rules)
    imports = [f'@import {name} :- csv{{resource="{folder / name}.nemo.csv"}} .' for name in COLUMNS]
    program = "\n".join([*imports, rules, "@export payable :- csv{} ."])
    engine = nmo_python.NemoEngine(nmo_python.load_string(program))
    engine.reason()
    return {str(row[0]).strip('<>"') for row in engine.result("payable")}


def write_for_peers(folder: Path, rows: Rows) -> None:
    """The same facts as clingo and Nemo read them; not timed."""
    with (folder / "facts.lp").open("w", encoding="utf-8") as file:
        for name, found in rows.items():
            file.writelines(f"{name}({','.join(map(str, row))}).\n" for row in found)
    for name, found in rows.items():
        with (folder / f"{name}.nemo.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(found)


def one_by_one(folder: Path, keys: list[str]) -> dict[str, float]:
    """Milliseconds for one decision with proof and check, and for a question, on a warm handle with all rows."""
    decider = Decider.load(folder / "book.md", folder / "claim.csv", now=NOW)
    asked = decider.asked("? X: payable(X).")
    start = perf_counter()
    handle = decider.handle
    loaded = perf_counter() - start
    times: list[float] = []
    parts: list[dict[str, float]] = []
    for key in keys:
        start = perf_counter()
        answer = handle.decide(asked.about(("s", key)))
        times.append(1000 * (perf_counter() - start))
        parts.append(answer.cost.milliseconds)
        if not answer.proof:
            raise ValueError(f"no proof for {key}: {answer.verdict} {answer.note}")
    asks: list[float] = []
    for key in keys[:50]:
        start = perf_counter()
        handle.ask(f"Is {key.upper()} payable?")
        asks.append(1000 * (perf_counter() - start))
    return {
        "ask_ms": statistics.median(asks[5:]),
        "check_ms": statistics.median(each["check"] for each in parts),
        "commit_s": loaded,
        "decision_ms": statistics.median(times[20:]),
        "search_ms": statistics.median(each["search"] for each in parts),
    }


CONTESTANTS: dict[str, Callable[[Path], set[str] | Path]] = {
    "quod": by_quod,
    "SQL by hand": by_hand,
    "clingo": by_clingo,
    "nemo-python": by_nemo,
}


SLOW = ("clingo", "nemo-python")  # one round


def main() -> None:
    """Run the contestants and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=FACTS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--single", action="store_true", help="also time one decision and one question")
    args = parser.parse_args()
    rows = make_rows(Random(7), args.facts)
    facts = sum(map(len, rows.values()))
    seconds: dict[str, float] = {}
    cpu: dict[str, float] = {}
    answers: dict[str, set[str]] = {}
    with tempfile.TemporaryDirectory(prefix="quod-bench-") as name:
        folder = Path(name)
        write_book(folder, rows)
        write_for_peers(folder, rows)
        for round_number in range(args.rounds):
            for contestant, run in CONTESTANTS.items():
                if args.only and contestant not in args.only.split(","):
                    continue
                if round_number and contestant in SLOW:
                    continue
                try:
                    start, start_cpu = perf_counter(), process_time()
                    found = run(folder)
                    taken, taken_cpu = perf_counter() - start, process_time() - start_cpu
                    answers[contestant] = found if isinstance(found, set) else read_decisions(found)
                except ImportError:
                    print(f"{contestant} is not installed: left out")
                    continue
                seconds[contestant] = min(taken, seconds.get(contestant, taken))
                cpu[contestant] = min(taken_cpu, cpu.get(contestant, taken_cpu))
        keys = [str(row[0]) for row in rows["claim"][:: len(rows["claim"]) // 200]]
        single = one_by_one(folder, keys) if args.single else {}
    first = answers.get("quod") or next(iter(answers.values()))
    for contestant, found in answers.items():
        if found != first:
            raise SystemExit(f"{contestant} differs: {len(found)} payable, not {len(first)}")
    print(f"{facts:,} facts, {len(first):,} claims payable, results equal\n")
    print("| | seconds | CPU seconds | quod is | by CPU |\n|---|---|---|---|---|")
    for contestant, taken in seconds.items():
        ratio = taken / seconds.get("quod", taken)
        ratio_cpu = cpu[contestant] / cpu.get("quod", cpu[contestant])
        print(f"| {contestant} | {taken:.2f} | {cpu[contestant]:.2f} | {ratio:.2f}× as fast | {ratio_cpu:.2f}× |")
    print(
        json.dumps(
            {"cpu": cpu, "payable": len(first), "facts": facts, "seconds": seconds, "single": single}, sort_keys=True
        )
    )


if __name__ == "__main__":
    main()
