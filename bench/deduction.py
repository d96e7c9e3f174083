"""Twenty facts and twenty rules: how long does one fresh set of facts take, with the rules kept?

Every round has facts about individuals never seen before and asks for everything that follows, and for one goal.
Quod records how each answer was derived; the peers only answer. clingo and Nemo have no way to keep rules between
sets of facts through their Python interfaces, so they read them again; SWI-Prolog keeps its (tabled) rules and is
timed inside its own process, asserting and retracting the facts included. Peers that are not installed are left out,
by name. Times are the median of a block of rounds, the best of five blocks: other work on the machine only adds.

Prints a Markdown table, and one JSON object as the last line.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter

from quod.kernel.canonical import canonical
from quod.kernel.check import check
from quod.kernel.values import Clause, holds, symbol, variable
from quod.knowledge.commitments import TheoryCommitment
from quod.reasoning import Evaluation, Program, Prover

BAR_MS = 0.2
NOW = "2026-01-01"
GIVEN = [f"given{at}" for at in range(8)]
DERIVED = [f"derived{at}" for at in range(16)]
Facts = list[tuple[str, tuple[str, ...]]]


def make_rules(random: Random) -> list[tuple[tuple[str, str], list[tuple[str, str]]]]:
    """Twenty rules in layers, with one to three conditions: sixteen about one individual, four about two."""
    rules = []
    for at, name in enumerate(DERIVED):
        pool = GIVEN + DERIVED[:at]
        rules.append(((name, "X"), [(random.choice(pool[-8:]), "X") for _ in range(random.choice((1, 1, 2, 3)))]))
    for at in range(4):
        rules.append(((DERIVED[at], "Y"), [("knows", "XY"), (random.choice(GIVEN), "X")]))
    return rules


def make_facts(random: Random, round_number: int) -> Facts:
    """Twenty distinct facts about four individuals of this round."""
    people = [f"p{round_number}_{at}" for at in range(4)]
    facts: dict[tuple[str, tuple[str, ...]], None] = {}
    while len(facts) < 16:
        facts[random.choice(GIVEN), (random.choice(people),)] = None
    while len(facts) < 20:
        facts["knows", (random.choice(people), random.choice(people))] = None
    return list(facts)


def quod_clauses(rules: list) -> list[Clause]:
    """The rules as clauses."""

    def atom(name: str, names: str):
        return f"{name}/{len(names)}", tuple(map(variable, names))

    return [Clause(atom(*head), tuple(holds(atom(*part)) for part in body), str(head)) for head, body in rules]


def quod_facts(facts: Facts) -> list[Clause]:
    """The facts as clauses."""
    return [Clause((f"{name}/{len(args)}", tuple(map(symbol, args))), (), name) for name, args in facts]


class Quod:
    """Compiled once; a round is an evaluation over fresh facts."""

    name = "Quod, derivations recorded"

    def __init__(self, rules: list) -> None:
        self.program = Program(quod_clauses(rules), now=NOW)
        self.free = [(f"{name}/1", (variable("X"),)) for name in DERIVED]

    def prepare(self, facts: Facts) -> list[Clause]:
        return quod_facts(facts)

    def everything(self, facts: list[Clause]) -> int:
        return sum(len(table.delivered) for table in Evaluation(self.program, facts).ask(*self.free))

    def one_goal(self, facts: list[Clause]) -> int:
        return len(Evaluation(self.program, facts).ask(self.free[-1])[0].delivered)


class Proving:
    """As `Quod`, and for one goal all answers are proved, as the kernel would check them (the commitment is given)."""

    name = "Quod, one goal with proof written"

    def __init__(self, rules: list) -> None:
        self.rules = quod_clauses(rules)
        self.program = Program(self.rules, now=NOW)
        name = DERIVED[-1]
        self.question = (Clause(("?/1", (variable("X"),)), (holds((f"{name}/1", (variable("X"),))),)),)

    def prepare(self, facts: Facts) -> tuple[list[Clause], TheoryCommitment]:
        clauses = quod_facts(facts)
        return clauses, TheoryCommitment([*self.rules, *clauses])

    def everything(self, prepared: tuple[list[Clause], TheoryCommitment]) -> int | None:
        return None

    def one_goal(self, prepared: tuple[list[Clause], TheoryCommitment]) -> int:
        facts, commitment = prepared
        return len(Prover(commitment, self.program, facts=facts).which(self.question).answers)

    def check(self, prepared: tuple[list[Clause], TheoryCommitment]) -> bool:
        facts, commitment = prepared
        shown = Prover(commitment, self.program, facts=facts).which(self.question).shown
        if shown is None:
            return False
        return check(canonical(shown.proof), canonical(commitment.context(NOW)), canonical(shown.goal)).accepted


def logic_program(rules: list, mark: str = "") -> str:
    """The rules as the peers read them; *mark* stands before a variable."""

    def atom(name: str, names: str) -> str:
        return f"{name}({', '.join(mark + each for each in names)})"

    return "\n".join(f"{atom(*head)} :- {', '.join(atom(*part) for part in body)} ." for head, body in rules)


def fact_text(facts: Facts) -> str:
    """The facts as the peers read them."""
    return "\n".join(f"{name}({', '.join(args)}) ." for name, args in facts)


class Clingo:
    """A new control for each round: rules and facts are read, grounded and solved."""

    name = "clingo"

    def __init__(self, rules: list) -> None:
        import clingo

        self.clingo = clingo
        self.rules = logic_program(rules)

    def prepare(self, facts: Facts) -> str:
        return self.rules + "\n" + fact_text(facts)

    def everything(self, text: str) -> int:
        control = self.clingo.Control(["--warn=none"])
        control.add("base", [], text)
        control.ground([("base", [])])
        found: list[int] = []

        def count(model) -> None:
            found.append(sum(atom.name.startswith("derived") for atom in model.symbols(atoms=True)))

        control.solve(on_model=count)
        return found[0]

    def one_goal(self, text: str) -> int | None:
        return None


class Nemo:
    """A new engine for each round."""

    name = "nemo-python"

    def __init__(self, rules: list) -> None:
        import nmo_python

        self.nemo = nmo_python
        exports = "\n".join(f"@export {name} :- csv{{}} ." for name in DERIVED)
        self.rules = logic_program(rules, mark="?") + "\n" + exports

    def prepare(self, facts: Facts) -> str:
        return self.rules + "\n" + fact_text(facts)

    def everything(self, text: str) -> int:
        engine = self.nemo.NemoEngine(self.nemo.load_string(text))
        engine.reason()
        return sum(len(list(engine.result(name))) for name in DERIVED)

    def one_goal(self, text: str) -> int | None:
        return None


SWI_DRIVER = """
clear :- forall(gone(Head), retractall(Head)), abolish_all_tables.
round(Facts, Everything, Goal, TimeAll, TimeGoal) :-
    get_time(A), maplist(assertz, Facts), aggregate_all(count, (name(N), call(N, _)), Everything), clear, get_time(B),
    maplist(assertz, Facts), aggregate_all(count, goal(_), Goal), clear, get_time(C),
    TimeAll is B - A, TimeGoal is C - B.
loop :- read(Facts), ( Facts == end_of_file -> true
    ; round(Facts, E, G, T, U), format("~w ~w ~9f ~9f~n", [E, G, T, U]), loop ).
:- initialization((loop, halt)).
"""


def swi_prolog(rules: list, rounds: list[Facts]) -> tuple[list[float], list[float], list[int]]:
    """Seconds for everything and for one goal of each round, and how much followed, as SWI-Prolog's clock says."""
    given = [*[f"{name}/1" for name in GIVEN], "knows/2"]
    lines = [":- use_module(library(aggregate)).", *[f":- dynamic {each}." for each in given]]
    lines += [f":- table {name}/1." for name in DERIVED]
    lines += [f"name({name})." for name in DERIVED]
    lines += [f"gone({each.replace('/1', '(_)').replace('/2', '(_, _)')})." for each in given]
    lines += [*sorted(logic_program(rules).split("\n")), f"goal(X) :- {DERIVED[-1]}(X).", SWI_DRIVER]
    stream = "".join("[" + fact_text(each).replace(" .\n", ", ").removesuffix(" .") + "].\n" for each in rounds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rules.pl")
        path.write_text("\n".join(lines))
        run = subprocess.run(["swipl", "-q", path], input=stream, capture_output=True, text=True, check=True)
    parts = [line.split() for line in run.stdout.splitlines()]
    return [float(part[2]) for part in parts], [float(part[3]) for part in parts], [int(part[0]) for part in parts]


def timed(function: Callable, prepared: list) -> tuple[list[float], list[int | None]]:
    """The seconds that *function* takes for each round, and what it finds."""
    seconds, found = [], []
    for each in prepared:
        start = perf_counter()
        found.append(function(each))
        seconds.append(perf_counter() - start)
    return seconds, found


def best_ms(seconds: list[float]) -> float:
    """The median of the best of five blocks of rounds, in milliseconds."""
    size = max(1, len(seconds) // 5)
    blocks = [seconds[at : at + size] for at in range(0, len(seconds), size)]
    return round(1000 * min(map(statistics.median, blocks)), 4)


def measure(rounds: int, seed: int) -> dict:
    """All figures, as printed."""
    random = Random(seed)
    rules = make_rules(random)
    facts = [make_facts(random, at) for at in range(rounds)]
    result: dict = {"bar_ms": BAR_MS, "facts": 20, "left_out": [], "peers": {}, "rounds": rounds, "rules": len(rules)}
    wanted: list[int | None] = []
    for system in (Quod, Proving, Clingo, Nemo):
        try:
            engine = system(rules)
        except ImportError:
            result["left_out"].append(system.name)
            continue
        prepared = [engine.prepare(each) for each in facts]
        everything, found = timed(engine.everything, prepared)
        goal, goals = timed(engine.one_goal, prepared)
        if system is Quod:
            wanted = found
            result["follows"] = statistics.median(value for value in found if value is not None)
        entry: dict = {"everything_ms": None if found[0] is None else best_ms(everything)}
        entry["one_goal_ms"] = None if goals[0] is None else best_ms(goal)
        entry["same_answers"] = found[0] is None or found == wanted
        if isinstance(engine, Proving):
            entry["proofs_accepted"] = all(engine.check(each) for each in prepared[:50])
        result["peers"][system.name] = entry
    if shutil.which("swipl"):
        everything, goal, found = swi_prolog(rules, facts)
        result["peers"]["SWI-Prolog"] = {
            "everything_ms": best_ms(everything),
            "one_goal_ms": best_ms(goal),
            "same_answers": found == wanted,
        }
    else:
        result["left_out"].append("SWI-Prolog")
    own = result["peers"][Quod.name]["everything_ms"]
    for entry in result["peers"].values():
        entry["times_quod"] = None if entry["everything_ms"] is None else round(entry["everything_ms"] / own, 1)
    result["met"] = own <= BAR_MS
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    result = measure(options.rounds, options.seed)
    print(f"20 facts + 20 rules, {result['follows']:g} conclusions (median), {result['rounds']} rounds, ms\n")
    print("| | everything | one goal | × Quod | same answers |\n|---|---|---|---|---|")
    for name, entry in result["peers"].items():
        cells = [entry["everything_ms"], entry["one_goal_ms"], entry["times_quod"]]
        shown = " | ".join("" if cell is None else f"{cell:g}" for cell in cells)
        print(f"| {name} | {shown} | {'yes' if entry['same_answers'] else 'NO'} |")
    for name in result["left_out"]:
        print(f"\nLeft out, not installed: {name}")
    print("\n" + json.dumps(result))


if __name__ == "__main__":
    main()
