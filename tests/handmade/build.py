"""Terms, theories, steps and cases: what a hand-written proof is put together from."""

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seal import Json, Leaf, canon, cell_key, opening, raw_digest, reached, sealed, text_digest, tree_root

# Terms, atoms, literals, clauses ---------------------------------------------------------------------------


def s(name: str) -> Json:
    return ["s", name]


def t(text: str) -> Json:
    return ["t", text]


def n(number: int | str) -> Json:
    return ["n", str(number)]


def d(date: str) -> Json:
    return ["d", date]


def u(months: int, days: int) -> Json:
    return ["u", str(months), str(days)]


def f(name: str, *args: Any) -> Json:
    return ["f", name, terms(args)]


def v(name: str) -> Json:
    return ["v", name]


def eur(amount: int | str) -> Json:
    return f("quantity", n(amount), s("eur"))


def private(salt: str, term: Json) -> Json:
    return ["h", sealed("cell", [salt, term])]


YES, NO = ["b", "true"], ["b", "false"]
X, Y, Z, V, W, N, D, E, S, T = map(v, "XYZVWNDEST")


def terms(args: Sequence[Any]) -> list[Json]:
    """Plain text stands for a symbol."""
    return [s(a) if isinstance(a, str) else a for a in args]


def atom(name: str, *args: Any) -> Json:
    return [f"{name}/{len(args)}", terms(args)]


def pos(name: str, *args: Any) -> Json:
    return ["+", *atom(name, *args)]


def absent(name: str, *args: Any) -> Json:
    return ["-", *atom(name, *args)]


def c(op: str, *args: Any) -> Json:
    return ["c", op, terms(args)]


def agg(op: str, result: Json, value: Json, *inner: Json) -> Json:
    return ["a", op, result, value, list(inner)]


ONE = n(1)


def clause(sentence: str, head: Json, *body: Json, since: str = "", until: str = "") -> Json:
    return {
        "body": list(body),
        "head": head,
        "paraphrase": sentence,
        "reader": "by hand",
        "sentence": sentence,
        "since": since,
        "until": until,
    }


def pending(sentence: str, *bears: str, kind: str = "unread") -> Json:
    return {"bears": list(bears), "kind": kind, "sentence": sentence}


# Theories --------------------------------------------------------------------------------------------------


class Relation:
    """A committed table with its indexes."""

    def __init__(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        orders: Sequence[str] = (),
        hidden: Sequence[int] = (),
    ) -> None:
        self.rows = [terms(row) for row in rows]
        self.orders = [list(order) for order in orders] or [[str(i) for i in range(len(columns))]]
        self.predicate = f"{name}/{len(columns)}"
        self.obj = {
            "columns": list(columns),
            "count": str(len(rows)),
            "indexes": [[o, text_digest(tree_root(self.leaves(i)))] for i, o in enumerate(self.orders)],
            "key": ["0"],
            "private": [str(i) for i in hidden],
        }
        self.digest = sealed("relation", self.obj)

    def leaves(self, index: int = 0, rows: Sequence[Json] | None = None) -> list[Leaf]:
        order = [int(i) for i in self.orders[index]]
        return sorted(
            (b"".join(cell_key(row[i]) for i in order), b"", ["r", row])
            for row in (self.rows if rows is None else rows)
        )

    def open(self, prefix: Sequence[Json], index: int = 0, drop: Sequence[Json] = ()) -> list[Json]:
        """Everything under the prefix; rows in `drop` stay pruned, as a liar would leave them."""
        leaves = self.leaves(index)
        shown = reached(leaves, b"".join(map(cell_key, prefix)))
        dropped = {key for key, _, item in leaves if item[1] in list(drop)}
        return opening(leaves, shown - dropped)


class Theory:
    """Clauses and relations under one digest."""

    def __init__(self, *parts: Any, closed: Sequence[str] = (), waiting: Sequence[Json] = ()) -> None:
        self.pending = sorted(waiting, key=lambda p: canon(p).encode())
        relations = {p.predicate: p for p in parts if isinstance(p, Relation)}
        clauses = [p for p in parts if not isinstance(p, Relation)]
        names = {*relations, *closed, *(cl["head"][0] for cl in clauses)}
        self.leaf: dict[str, Json] = {}
        for name in sorted(names):
            self.leaf[name] = {
                "clauses": sorted(sealed("clause", cl) for cl in clauses if cl["head"][0] == name),
                "closed": "yes" if name in closed else "no",
                "relation": relations[name].obj if name in relations else "",
            }
        self.leaves = map_leaves(self.leaf)
        self.root = text_digest(tree_root(self.leaves))
        self.digest = sealed("theory", {"pending": self.pending, "predicates": self.root})

    def open(self, *predicates: str) -> list[Json]:
        shown: set[bytes] = set()
        for name in predicates:
            shown |= reached(self.leaves, name.encode() + b"\0")
        return opening(self.leaves, shown)

    def place(self, cl: Json) -> str:
        """The number of a clause among those of its head."""
        return str(self.leaf[cl["head"][0]]["clauses"].index(sealed("clause", cl)))


def map_leaves(leaf: dict[str, Json]) -> list[Leaf]:
    return [(p.encode() + b"\0", raw_digest(sealed("predicate", o)), ["l", p, o]) for p, o in leaf.items()]


# Steps -----------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Step:
    """One step, its premises as steps; `cost` is its fuel counted by hand, if it was."""

    by: str
    premises: list["Step"] = field(default_factory=list)
    fields: dict[str, Json] = field(default_factory=dict)
    cost: int | None = 1
    clauses: dict[str, "Step"] = field(default_factory=dict)


def theory(th: Theory, *predicates: str, tree: Json = None, waiting: Json = None) -> Step:
    """Open a theory at some predicates (or say with `tree` and `waiting` what is claimed of it)."""
    items = th.open(*predicates) if tree is None else tree
    shown = th.pending if waiting is None else waiting
    return Step("theory", [], {"pending": shown, "tree": items}, 1 + len(items))


def the(opened: Step, cl: Json) -> Step:
    """A clause of an opened theory, the same step each time."""
    return opened.clauses.setdefault(canon(cl), Step("clause", [opened], {"clause": cl}))


def ask(index: int | str) -> Step:
    return Step("ask", [], {"index": str(index)})


def rows(
    opened: Step,
    rel: Relation,
    *prefix: Any,
    index: int | str = 0,
    tree: Json = None,
    predicate: str = "",
    drop: Sequence[Json] = (),
) -> Step:
    start = terms(prefix)
    items = rel.open(start, int(index) if int(index) < len(rel.orders) else 0, drop) if tree is None else tree
    fields = {"index": str(index), "predicate": predicate or rel.predicate, "prefix": start, "tree": items}
    return Step("rows", [opened], fields, 1 + len(items))


def row(source: Step, *args: Any) -> Step:
    return Step("row", [source], {"args": terms(args)})


def reveal(source: Step, column: int | str, salt: str, value: Json) -> Step:
    return Step("reveal", [source], {"column": str(column), "salt": salt, "value": value})


def assume(a: Json) -> Step:
    return Step("assume", [], {"atom": a})


def claim(a: Json, model: str = "model-1", probability: Json = None) -> Step:
    return Step("claim", [], {"atom": a, "model": model, "probability": probability or n("9/10")})


def apply(cl: Step, bound: dict[str, Any], *premises: Step, tries: int | None = 0) -> Step:
    """`tries`: the answers tried by aggregates; `None` if not counted."""
    pairs = [[k, terms([bound[k]])[0]] for k in sorted(bound, key=lambda k: k.encode())]
    return Step("apply", [cl, *premises], {"bindings": pairs}, None if tries is None else 1 + tries)


def contested(*premises: Step) -> Step:
    return Step("contested", list(premises))


def each(body: list[Json], head: Json, *premises: Step) -> Step:
    return Step("each", list(premises), {"body": body, "head": head})


def uncontested(*premises: Step, atoms: int | None = None) -> Step:
    """`atoms`: how many atoms are considered, if counted."""
    return Step("uncontested", list(premises), {}, None if atoms is None else 1 + atoms)


def tables(
    listed: Sequence[tuple[Json, list[Json]]],
    *premises: Step,
    orders: Sequence[Json] = (),
    work: int | None = None,
) -> Step:
    """Pattern and answers, pairwise; `work` is clauses looked at plus answers tried, if counted."""
    fields = {"answers": [a for _, a in listed], "orders": list(orders), "patterns": [p for p, _ in listed]}
    return Step("tables", list(premises), fields, None if work is None else 1 + work)


def exact(*premises: Step) -> Step:
    return Step("exact", list(premises))


def conclude(*premises: Step) -> Step:
    return Step("conclude", list(premises))


def sequence(last: Step) -> list[Step]:
    """All steps in post-order."""
    out: list[Step] = []

    def visit(step: Step) -> None:
        if step in out:
            return
        for premise in step.premises:
            visit(premise)
        out.append(step)

    visit(last)
    return out


def document(steps: Sequence[Step]) -> Json:
    where = {id(step): str(i) for i, step in enumerate(steps)}
    listed = [{"by": p.by, "premises": [where[id(q)] for q in p.premises], **p.fields} for p in steps]
    return {"quod": "1", "steps": listed}


# Goals and cases -------------------------------------------------------------------------------------------


def holds(a: Json) -> Json:
    return {"atom": a, "kind": "holds"}


def proved(a: Json) -> Json:
    return {"atom": a, "kind": "proved"}


def not_derivable(a: Json) -> Json:
    return {"atom": a, "kind": "not_derivable"}


def refuted(a: Json) -> Json:
    return {"atom": a, "kind": "refuted"}


def both(a: Json) -> Json:
    return {"atom": a, "kind": "contested"}


def exactly(pattern: Json, answers: list[Json], closed: str = "no") -> Json:
    return {"answers": answers, "closed": closed, "kind": "exactly", "pattern": pattern}


def always(body: list[Json], head: Json) -> Json:
    return {"body": body, "head": head, "kind": "each"}


CASES: dict[str, Json] = {}
Edit = Callable[[Json], Any]


@dataclass
class Setting:
    """What the caller fixes: the context and the goal, and how the bytes are spoiled, if they are."""

    th: Theory
    goals: list[Json]
    now: str = "2026-03-01"
    roots: list[Json] = field(default_factory=list)
    fuel: str = "100000"
    question: list[Json] = field(default_factory=list)
    assumptions: list[Json] = field(default_factory=list)
    defaults: list[str] = field(default_factory=list)
    grade: str = "proved"
    edit: Edit | None = None  # of the proof's parsed value, in place
    edit_context: Edit | None = None
    edit_goal: Edit | None = None

    def context(self) -> Json:
        return {"fuel": self.fuel, "now": self.now, "roots": self.roots, "theory": self.th.digest}

    def goal(self) -> Json:
        return {
            "assumptions": self.assumptions,
            "defaults": self.defaults,
            "goals": self.goals,
            "grade": self.grade,
            "question": self.question,
        }


def edited(value: Json, edit: Edit | None) -> Json:
    """The value after an edit in place, on a copy."""
    copy = json.loads(json.dumps(value))
    if edit is not None:
        edit(copy)
    return copy


def write(name: str, why: str, setting: Setting, last: Step, expect: Json, **extra: Json) -> None:
    """Keep one case; the text of the proof may be replaced by `extra`'s `proof…` field."""
    if name in CASES:
        raise ValueError(f"two cases named {name}")
    case = {"name": name, "why": why, "expect": expect, **extra}
    if not any(key in case for key in ("proof", "proof_base64", "proof_parts")):
        case["proof"] = canon(edited(document(sequence(last)), setting.edit))
    if "context_base64" not in case:
        case.setdefault("context", canon(edited(setting.context(), setting.edit_context)))
    if "goal_base64" not in case:
        case.setdefault("goal", canon(edited(setting.goal(), setting.edit_goal)))
    CASES[name] = case


def accept(
    name: str,
    why: str,
    th: Theory,
    goals: list[Json],
    *shown: Step,
    grade: str = "proved",
    **setting: Any,
) -> None:
    """An accepted proof whose conclusion rests on `shown`, one per goal; `grade` is both wanted and met."""
    last = conclude(*shown)
    fixed = Setting(th, goals, grade=grade, **setting)
    costs = [step.cost for step in sequence(last)]
    fuel = {} if None in costs else {"fuel": str(sum(k for k in costs if k is not None))}
    write(name, why, fixed, last, {"accepted": True, "grade": grade, **fuel})


def reject(
    name: str,
    why: str,
    kind: str,
    at: Step | str,
    th: Theory,
    goals: list[Json],
    *shown: Step,
    last: Step | None = None,
    false_goal: bool | None = None,
    extra: dict[str, Json] | None = None,
    **setting: Any,
) -> None:
    """A rejected proof; `at` is the step it is about, a text standing for itself, or `last`."""
    last = last or conclude(*shown)
    steps = sequence(last)
    step = str(len(steps) - 1) if at == "last" else at if isinstance(at, str) else str(steps.index(at))
    more = {} if false_goal is None else {"false_goal": false_goal}
    expect = {"accepted": False, "kind": kind, "step": step}
    write(name, why, Setting(th, goals, **setting), last, expect, **more, **(extra or {}))


def save(folder: Path) -> None:
    """Write all cases, and take away files that are none."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json"):
        if old.stem not in CASES:
            old.unlink()
    for name, case in CASES.items():
        for part in ("proof", "context", "goal"):
            text = case.get(part, "")
            if case["expect"]["accepted"] and unicodedata.normalize("NFC", text) != text:
                raise ValueError(f"{name}: not in normal form C")
        text = json.dumps(case, ensure_ascii=True, indent=1, sort_keys=True)
        (folder / f"{name}.json").write_text(text + "\n", encoding="ascii")
