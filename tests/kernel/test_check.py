"""The walk: shapes, references, post-order, fuel, the end, and the report."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from world import Proof, Relation, World, exactly, for_each, holds, kind, plain, private, run

from quod.kernel import check, proof_digest
from quod.kernel.canonical import canonical, digest
from quod.kernel.check import KEYS, PRIMITIVES
from quod.kernel.rejection import Rejection
from quod.kernel.values import Clause, Pending

WORLD = World(
    "bird(tweety)",
    "penguin(pingu)",
    "fly(X) :- bird(X), not odd(X)",
    "odd(X) :- penguin(X)",
    "~odd(eve)",
    "many(N) :- count[N; 1; bird(X)]",
    "rare(N) :- count[N; 1; owns(X, Y)]",
    relations={"owns/2": Relation([("ann", "1"), ("bob", "2")], 2, ("01", "10"))},
    closed=("owns/2",),
)
PROOF = Proof(WORLD)
ODD = PROOF.everything({"odd(V)": ["odd(pingu)"], "penguin(V)": ["penguin(pingu)"]})
FLIES = PROOF.apply("fly(X)", "X=tweety", PROOF.apply("bird(tweety)"), ODD)
SURE = PROOF.uncontested(FLIES)
OWNS = PROOF.rows("owns/2")
RARE = PROOF.apply("rare(N)", "N=2", OWNS)
GENERAL = PROOF.step(
    "each",
    PROOF.theory,
    PROOF.assume("bird(!X)"),
    body=[["bird/1", [["v", "X"]]]],
    head=["bird/1", [["v", "X"]]],
)
GOALS = [
    holds("fly(tweety)", "proved"),
    holds("rare(2)"),
    holds("owns(ann, 1)"),
    for_each(["bird(X)"], "bird(X)"),
    holds("bird(b)"),
]
SHOWN = [SURE, RARE, PROOF.row(OWNS, "ann", "1"), GENERAL, PROOF.claim("bird(b)")]


def outcome(edit: Any = None, context: Any = None, goal: Any = None) -> Any:
    documents = [
        PROOF.document(*SHOWN),
        WORLD.context(),
        PROOF.goal(*GOALS, defaults=("odd/1",)),
    ]
    for document, change in zip(documents, (edit, context, goal), strict=True):
        if change:
            change(document)
    return check(*map(canonical, documents))


def step(number: int, **changed: Any) -> Any:
    """Change fields of one step; None takes a field away."""

    def edit(document: Any) -> None:
        document["steps"][number].update(plain(changed))
        for name in [name for name, value in changed.items() if value is None]:
            del document["steps"][number][name]

    return edit


def number(by: str, skip: int = 0) -> int:
    found = [at for at, each in enumerate(PROOF.document(*SHOWN)["steps"]) if each["by"] == by]
    return found[skip]


def test_the_report_says_what_the_proof_rests_on() -> None:
    report = outcome()
    assert report.accepted, report
    assert report.json() == {
        "assumptions": (),
        "claims": ((("bird/1", (("s", "b"),)), "m", ("n", "1/2")),),
        "defaults": ("odd/1",),
        "fuel": report.fuel,
        "grade": "claimed",
        "sentences": (
            "bird(tweety)",
            "fly(X) :- bird(X), not odd(X)",
            "odd(X) :- penguin(X)",
            "penguin(pingu)",
            "rare(N) :- count[N; 1; owns(X, Y)]",
        ),
        "sources": (WORLD.relations["owns/2"].digest,),
        "theory": WORLD.digest,
    }


def test_the_report_is_ordered_by_bytes() -> None:
    world = World("zé(a)", "z(a)", "~zé(b)")
    proof = Proof(world)
    shown = [
        proof.assume("z(b)"),
        proof.assume("zé(b)"),
        proof.apply("zé(a)"),
        proof.apply("z(a)"),
        proof.assume("z(b)"),
    ]
    report = run(
        proof,
        shown,
        holds("z(b)"),
        holds("zé(b)"),
        holds("zé(a)"),
        holds("z(a)"),
        holds("z(b)"),
        assumptions=["zé(b)", "z(b)"],
    )
    assert report.accepted and [atom[0] for atom in report.assumptions] == ["z/1", "zé/1"]
    assert report.sentences == ("z(a)", "zé(a)") and report.grade == "proved" and report.sources == ()


def fuel_of(proof: Proof, *shown: Any, **options: Any) -> int:
    report = run(proof, [each for each, _ in shown], *(goal for _, goal in shown), **options)
    assert report.accepted, report
    return int(report.fuel)


def test_fuel_by_hand() -> None:
    proof = Proof(WORLD, opened=("bird/1",))
    tree = len(proof.theory.fields["tree"])
    bird = proof.apply("bird(tweety)")
    assert fuel_of(proof, (bird, holds("bird(tweety)"))) == 4 + tree
    proof = Proof(WORLD)
    tree = len(proof.theory.fields["tree"])
    rows = proof.rows("owns/2")
    assert fuel_of(proof, (rows, holds("owns(c, 1)", "not_derivable"))) == 3 + tree + len(rows.fields["tree"])
    rare = proof.apply("rare(N)", "N=2", rows)
    assert fuel_of(proof, (rare, holds("rare(2)"))) == 5 + tree + len(rows.fields["tree"]) + 2
    odd = proof.everything({"odd(V)": ["odd(pingu)"], "penguin(V)": ["penguin(pingu)"]})
    assert fuel_of(proof, (odd, holds("odd(a)", "not_derivable"))) == 1 + tree + 2 + 1 + 2 + 1 + 1
    proof.everything({"bird(V)": ["bird(tweety)"]})
    sure = proof.uncontested(proof.apply("bird(tweety)"))
    assert fuel_of(proof, (sure, holds("bird(tweety)", "proved"))) == 1 + tree + 1 + 1 + 1 + 1 + 1


def test_fuel_runs_out_at_the_step_that_spends_it() -> None:
    full = int(outcome().fuel)
    assert outcome(context=lambda document: document.update(fuel=str(full))).accepted
    short = outcome(context=lambda document: document.update(fuel=str(full - 1)))
    assert (short.kind, short.step) == ("fuel_exhausted", str(number("conclude")))
    none = outcome(context=lambda document: document.update(fuel="0"))
    assert (none.kind, none.step) == ("fuel_exhausted", "0")
    tree = outcome(context=lambda document: document.update(fuel="2"))
    assert (tree.kind, tree.step) == ("fuel_exhausted", "0")


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(quod="2"),
        lambda document: document.update(more=""),
        lambda document: document.pop("quod"),
        lambda document: document.update(steps=[]),
        lambda document: document.update(steps={}),
        lambda document: document.update(steps="x"),
    ],
)
def test_malformed_proof(change: Any) -> None:
    rejected = outcome(change)
    assert (rejected.kind, rejected.step) == ("malformed_proof", "")


def test_a_proof_is_an_object() -> None:
    context, goal = canonical(WORLD.context()), canonical(PROOF.goal(*GOALS))
    assert check(b"[]", context, goal).kind == "malformed_proof"
    assert check(b'["quod","steps"]', context, goal).kind == "malformed_proof"
    assert check(b"{", context, goal).kind == "malformed_bytes"


def test_too_many_steps() -> None:
    one = PROOF.document(PROOF.ask())["steps"][0]
    document = {"quod": "1", "steps": [one] * 100_001}
    context, goal = canonical(WORLD.context()), canonical(PROOF.goal(*GOALS))
    assert check(canonical(document), context, goal).kind == "malformed_proof"
    document["steps"].pop()
    assert check(canonical(document), context, goal).kind == "not_post_order"


@pytest.mark.parametrize(
    ("at", "changed", "wanted"),
    [
        (1, {"by": "no such"}, "malformed_step"),
        (1, {"by": ["clause"]}, "malformed_step"),
        (1, {"by": None}, "malformed_step"),
        (1, {"clause": None}, "malformed_step"),
        (1, {"more": ""}, "malformed_step"),
        (1, {"premises": "0"}, "malformed_step"),
        (1, {"premises": [["0"]]}, "malformed_step"),
        (1, {"premises": {}}, "malformed_step"),
        (1, {"premises": ["1"]}, "bad_reference"),
        (1, {"premises": ["2"]}, "bad_reference"),
        (1, {"premises": ["00"]}, "bad_reference"),
        (1, {"premises": ["-1"]}, "bad_reference"),
        (1, {"premises": [""]}, "bad_reference"),
        (1, {"premises": ["x"]}, "bad_reference"),
        (1, {"premises": ["99999999999"]}, "bad_reference"),
        (0, {"premises": ["0"]}, "bad_reference"),
    ],
)
def test_shapes_of_steps(at: int, changed: dict[str, Any], wanted: str) -> None:
    rejected = outcome(step(at, **changed))
    assert (rejected.kind, rejected.step) == (wanted, str(at))


def test_a_step_is_an_object() -> None:
    rejected = outcome(lambda document: document["steps"].__setitem__(3, "x"))
    assert (rejected.kind, rejected.step) == ("malformed_step", "3")


def test_shapes_come_before_order_and_order_before_content() -> None:
    def both(document: Any) -> None:
        document["steps"][0]["tree"] = "x"
        document["steps"].insert(1, copy.deepcopy(document["steps"][1]))

    assert outcome(both).kind == "not_post_order"


@pytest.mark.parametrize(
    "premises",
    [
        [[], [], ["0"]],
        [[], [], ["1", "0"]],
        [[], ["0"], [], ["0", "2"], ["3"]],
        [[], [], ["1"], ["0", "2"]],
        [[], ["0"], []],
    ],
)
def test_not_post_order(premises: list[list[str]]) -> None:
    steps = [{"by": "ask", "index": "0", "premises": each} for each in premises]
    context, goal = canonical(WORLD.context()), canonical(PROOF.goal(*GOALS))
    rejected = check(canonical({"quod": "1", "steps": steps}), context, goal)
    expected = "not_post_order" if premises != [[], [], ["1"], ["0", "2"]] else "bad_premise"
    assert rejected.kind in (expected, "clause_not_in_theory")
    assert (rejected.step == "") == (rejected.kind == "not_post_order")


def test_conclude_comes_last_and_only_there() -> None:
    proof = Proof(WORLD)
    early = proof.step("conclude", proof.apply("bird(tweety)"))
    rejected = run(proof, early, holds("bird(tweety)"))
    assert (rejected.kind, rejected.step) == ("bad_premise", "3")
    document = proof.document(proof.apply("bird(tweety)"))
    document["steps"].pop()
    rejected = check(canonical(document), canonical(WORLD.context()), canonical(proof.goal(holds("bird(tweety)"))))
    assert (rejected.kind, rejected.step) == ("wrong_goal", "2")


def test_as_many_premises_as_goals() -> None:
    bird = PROOF.apply("bird(tweety)")
    assert kind(run(PROOF, [bird, bird], holds("bird(tweety)"))) == "wrong_goal"
    assert kind(run(PROOF, [bird], holds("bird(tweety)"), holds("bird(tweety)"))) == "wrong_goal"
    assert kind(run(PROOF, [bird, bird], holds("bird(tweety)"), holds("bird(tweety)"))) == ""
    assert kind(run(PROOF, [], holds("bird(tweety)"))) == "wrong_goal"


def test_grades() -> None:
    row, claim = PROOF.row(OWNS, "ann", "1"), PROOF.claim("bird(b)")
    root = WORLD.relations["owns/2"].digest
    for grade in ("proved", "recomputed", "quorum", "attested", "claimed"):
        context = WORLD.context(roots=[[root, grade]])
        report = run(PROOF, row, holds("owns(ann, 1)"), context=context, grade=grade)
        assert report.accepted and report.grade == grade
        both = run(PROOF, [row, claim], holds("owns(ann, 1)"), holds("bird(b)"), context=context)
        assert both.accepted and both.grade == "claimed"
        above = run(PROOF, row, holds("owns(ann, 1)"), context=context, grade="proved")
        assert kind(above) == ("" if grade == "proved" else "grade_too_low")
    unlisted = run(PROOF, row, holds("owns(ann, 1)"), context=WORLD.context(roots=[]))
    assert unlisted.accepted and unlisted.grade == "claimed"


def test_defaults_and_assumptions() -> None:
    for defaults, wanted in (
        ((), "default_not_allowed"),
        (("bird/1",), "default_not_allowed"),
        (("odd/1", "bird/1"), ""),
        (("*",), ""),
    ):
        assert kind(run(PROOF, FLIES, holds("fly(tweety)"), defaults=defaults)) == wanted
    some = [PROOF.assume("bird(a)"), PROOF.assume("bird(b)")]
    goals = [holds("bird(a)"), holds("bird(b)")]
    for assumptions, wanted in (
        ((), "assumption_not_allowed"),
        (("bird(a)",), "assumption_not_allowed"),
        (("bird(b)", "bird(a)", "bird(c)"), ""),
    ):
        assert kind(run(PROOF, some, *goals, assumptions=assumptions)) == wanted


def test_the_digest_of_a_proof_is_that_of_its_last_step() -> None:
    steps = [{"by": "a", "premises": []}, {"by": "b", "premises": ["0", "0"]}]
    first = digest("step", {"by": "a", "premises": []})
    assert proof_digest(steps) == digest("step", {"by": "b", "premises": [first, first]})


def test_every_primitive_has_its_keys() -> None:
    assert sorted(PRIMITIVES) == sorted(KEYS) and len(KEYS) == 15
    assert KEYS["rows"] == {"by", "premises", "index", "predicate", "prefix", "tree"}


# Fields -------------------------------------------------------------------------------------------------------

BINDINGS = number("apply")
FIELDS: list[tuple[str, int, dict[str, Any], str]] = [
    ("theory", 0, {"pending": "x"}, "malformed_value"),
    ("theory", 0, {"pending": ["x"]}, "malformed_value"),
    ("theory", 0, {"pending": [{"bears": [], "kind": "unread", "sentence": ""}]}, "wrong_theory"),
    ("theory", 0, {"tree": "x"}, "malformed_value"),
    ("theory", 0, {"tree": [["h", WORLD.tree.root]]}, "malformed_tree"),
    ("theory", 0, {"tree": []}, "wrong_theory"),
    ("clause", 0, {"clause": "x"}, "malformed_value"),
    ("clause", 0, {"premises": []}, "bad_premise"),
    ("clause", 0, {"premises": ["0", "0"]}, "bad_premise"),
    ("apply", 0, {"bindings": "x"}, "malformed_value"),
    ("apply", 0, {"bindings": ["x"]}, "malformed_value"),
    ("apply", 0, {"bindings": [["X", ["s", "a"], "x"]]}, "malformed_value"),
    ("apply", 0, {"bindings": [[["X"], ["s", "a"]]]}, "malformed_value"),
    ("apply", 0, {"bindings": [["X", ["v", "Y"]]]}, "malformed_value"),
    ("apply", 0, {"bindings": [["X", ["s", "a"]], ["X", ["s", "a"]]]}, "malformed_value"),
    ("apply", 0, {"bindings": [["Y", ["s", "a"]], ["X", ["s", "a"]]]}, "malformed_value"),
    ("apply", 0, {"bindings": [["X", ["s", "a"]], ["Y", ["s", "a"]]]}, "bad_bindings"),
    ("tables", 0, {"answers": "x"}, "malformed_value"),
    ("tables", 0, {"answers": [[]]}, "malformed_value"),
    ("tables", 0, {"answers": [["x"], []]}, "malformed_value"),
    ("tables", 0, {"orders": "x"}, "malformed_value"),
    ("tables", 0, {"orders": ["x"]}, "malformed_value"),
    ("tables", 0, {"orders": [["0", "0"]]}, "malformed_value"),
    ("tables", 0, {"orders": [["0", "0", "0"]]}, "malformed_value"),
    ("tables", 0, {"orders": [["0", "0", ["0"]], ["0", "0", ["0"]]]}, "bad_order"),
    ("tables", 0, {"orders": [["0", "0", ["1"]]]}, "bad_order"),
    ("tables", 0, {"orders": [["2", "0", ["0"]]]}, "bad_order"),
    ("tables", 0, {"patterns": []}, "malformed_value"),
    ("tables", 0, {"patterns": "x"}, "malformed_value"),
    ("tables", 0, {"patterns": [["odd/1", [["v", "V"]]]] * 2}, "malformed_value"),
    ("tables", 0, {"patterns": [["odd/1", [["f", "f", [["v", "V"]]]]], ["odd/1", [["v", "V"]]]]}, "malformed_value"),
    ("tables", 0, {"premises": []}, "not_post_order"),
    ("rows", 0, {"index": "x"}, "malformed_value"),
    ("rows", 0, {"index": "2"}, "rows_missing"),
    ("rows", 0, {"index": "1"}, "wrong_root"),
    ("rows", 0, {"predicate": "?/2"}, "malformed_value"),
    ("rows", 0, {"predicate": "bird/1"}, "rows_missing"),
    ("rows", 0, {"predicate": "nobody/1"}, "rows_missing"),
    ("rows", 0, {"prefix": "x"}, "malformed_value"),
    ("rows", 0, {"prefix": [["v", "X"]]}, "malformed_value"),
    ("rows", 0, {"prefix": [["s", "a"]] * 3}, "rows_missing"),
    ("rows", 0, {"prefix": [["h", digest("x", "")]]}, "not_comparable"),
    ("rows", 0, {"prefix": [["f", "f", [["h", digest("x", "")]]]]}, "not_comparable"),
    ("rows", 0, {"tree": "x"}, "malformed_value"),
    ("rows", 0, {"tree": []}, "wrong_root"),
    ("rows", 0, {"tree": [[]]}, "malformed_tree"),
    ("rows", 0, {"premises": []}, "bad_premise"),
    ("rows", 0, {"premises": ["0", "0"]}, "bad_premise"),
    ("row", 0, {"args": "x"}, "malformed_value"),
    ("row", 0, {"args": [["v", "X"], ["s", "b"]]}, "row_not_found"),
    ("row", 0, {"args": [["s", "ann"]]}, "row_not_found"),
    ("row", 0, {"premises": []}, "bad_premise"),
    ("row", 0, {"premises": ["0"]}, "bad_premise"),
    ("assume", 0, {"atom": "x"}, "malformed_value"),
    ("assume", 0, {"atom": ["bird/1", [["v", "X"]]]}, "malformed_value"),
    ("assume", 0, {"atom": ["bird/1", [["f", "f", [["v", "X"]]]]]}, "malformed_value"),
    ("assume", 0, {"atom": ["?/1", [["s", "a"]]]}, "malformed_value"),
    ("assume", 0, {"premises": ["0"]}, "bad_premise"),
    ("claim", 0, {"atom": ["bird/1", [["v", "X"]]]}, "malformed_value"),
    ("claim", 0, {"atom": ["bird/1", [["s", "!X"]]]}, "malformed_value"),
    ("claim", 0, {"atom": ["?/1", [["s", "a"]]]}, "malformed_value"),
    ("claim", 0, {"model": ""}, "malformed_value"),
    ("claim", 0, {"model": ["m"]}, "malformed_value"),
    ("claim", 0, {"probability": "1/2"}, "malformed_value"),
    ("claim", 0, {"probability": ["t", "1"]}, "malformed_value"),
    ("claim", 0, {"probability": ["n", "-1/2"]}, "malformed_value"),
    ("claim", 0, {"probability": ["n", "3/2"]}, "malformed_value"),
    ("claim", 0, {"probability": ["n", "0"]}, ""),
    ("claim", 0, {"probability": ["n", "1"]}, ""),
    ("claim", 0, {"premises": ["0"]}, "bad_premise"),
    ("uncontested", 0, {"premises": ["0"]}, "not_post_order"),
]


@pytest.mark.parametrize(("by", "skip", "changed", "wanted"), FIELDS)
def test_fields(by: str, skip: int, changed: dict[str, Any], wanted: str) -> None:
    at = number(by, skip)
    found = outcome(step(at, **changed))
    if wanted in ("", "not_post_order"):
        assert kind(found) == wanted
    else:
        assert (found.kind, found.step) == (wanted, str(at))


def rejected_at(proof: Proof, last: Any, *goals: Any, **options: Any) -> tuple[str, bool]:
    """The kind, and whether it is the step before `conclude`."""
    shown = [last] if not isinstance(last, list) else last
    found = run(proof, shown, *goals, **options)
    return (
        (found.kind, int(found.step) == len(proof.document(*shown)["steps"]) - 2)
        if isinstance(found, Rejection)
        else ("", True)
    )


GOAL = holds("bird(tweety)")
BIRD = PROOF.apply("bird(tweety)")
TABLE = PROOF.everything({"bird(V)": ["bird(tweety)"]})
EXACT = PROOF.exact(TABLE, BIRD)
ASSUMED = PROOF.assume("bird(tweety)")
CONTESTED = PROOF.step("contested", PROOF.assume("odd(eve)"), PROOF.apply("~odd(eve)"))
MANY = PROOF.clause("many(N)")
FLY = PROOF.clause("fly(X)")
EACH_FIELDS = {"body": [["bird/1", [["v", "X"]]]], "head": ["bird/1", [["v", "X"]]]}
PREMISES: list[tuple[Any, str]] = [
    (PROOF.step("apply", bindings=[]), "bad_premise"),
    (PROOF.step("apply", BIRD, bindings=[]), "bad_premise"),
    (PROOF.apply(FLY, "X=tweety", BIRD), "bad_premise"),
    (PROOF.apply(FLY, "X=tweety", ODD, BIRD), "bad_premise"),
    (PROOF.apply(FLY, "X=tweety", BIRD, BIRD), "bad_premise"),
    (PROOF.apply(FLY, "X=tweety", BIRD, ODD, ODD), "bad_premise"),
    (PROOF.apply(FLY, "X=pingu", BIRD, ODD), "premise_mismatch"),
    (PROOF.apply(FLY, "X=tweety", BIRD, TABLE), "not_covered"),
    (PROOF.apply(MANY, "N=1"), "bad_premise"),
    (PROOF.apply(MANY, "N=1", BIRD), "bad_premise"),
    (PROOF.apply(MANY, "N=1", TABLE), "not_exact"),
    (PROOF.apply(MANY, "N=1", EXACT, EXACT), "bad_premise"),
    (PROOF.apply(MANY, "N=1", OWNS), "not_covered"),
    (PROOF.apply(MANY, "N=2", EXACT), "computation_false"),
    (PROOF.apply(MANY, "N=1", EXACT), ""),
    (PROOF.step("ask", PROOF.theory, index="0"), "bad_premise"),
    (PROOF.ask(0), "clause_not_in_theory"),
    (PROOF.step("ask", index="x"), "malformed_value"),
    (PROOF.step("contested", BIRD), "bad_premise"),
    (PROOF.step("contested", BIRD, TABLE), "bad_premise"),
    (PROOF.step("contested", BIRD, BIRD), "premise_mismatch"),
    (PROOF.step("contested", BIRD, BIRD, BIRD), "bad_premise"),
    (PROOF.step("contested"), "bad_premise"),
    (PROOF.step("each", PROOF.theory, BIRD, **EACH_FIELDS), "premise_mismatch"),
    (PROOF.step("each", PROOF.theory, **EACH_FIELDS), "bad_premise"),
    (PROOF.step("each", BIRD, BIRD, **EACH_FIELDS), "bad_premise"),
    (PROOF.step("each", PROOF.theory, TABLE, **EACH_FIELDS), "bad_premise"),
    (PROOF.step("each", PROOF.theory, BIRD, BIRD, **EACH_FIELDS), "bad_premise"),
    (PROOF.step("each", PROOF.theory, BIRD, **(EACH_FIELDS | {"body": "x"})), "malformed_value"),
    (PROOF.step("each", PROOF.theory, BIRD, **(EACH_FIELDS | {"head": "x"})), "malformed_value"),
    (PROOF.step("each", PROOF.theory, BIRD, **(EACH_FIELDS | {"head": ["?/1", [["v", "X"]]]})), "malformed_value"),
    (PROOF.step("each", PROOF.theory, BIRD, **(EACH_FIELDS | {"body": [["?/1", [["v", "X"]]]]})), "malformed_value"),
    (PROOF.step("each", PROOF.theory, BIRD, **(EACH_FIELDS | {"head": ["bird/1", [["s", "!X"]]]})), "malformed_value"),
    (
        PROOF.step("each", PROOF.theory, BIRD, **(EACH_FIELDS | {"body": [["bird/1", [["f", "f", [["s", "!X"]]]]]]})),
        "malformed_value",
    ),
    (PROOF.step("uncontested", PROOF.theory), "bad_premise"),
    (PROOF.step("uncontested", BIRD, BIRD), "bad_premise"),
    (PROOF.uncontested(TABLE), "bad_premise"),
    (PROOF.uncontested(OWNS), "bad_premise"),
    (PROOF.uncontested(BIRD, BIRD), "bad_premise"),
    (PROOF.uncontested(PROOF.theory), "bad_premise"),
    (PROOF.uncontested(ASSUMED), "assumption_in_closure"),
    (PROOF.tables({"bird(V)": ["bird(tweety)"]}, CONTESTED), "bad_premise"),
    (PROOF.tables({"bird(V)": ["bird(tweety)"]}, PROOF.theory), "bad_premise"),
    (PROOF.step("tables", BIRD, answers=[[]], orders=[], patterns=[["bird/1", [["v", "V"]]]]), "bad_premise"),
    (PROOF.everything({"bird(V)": ["bird(tweety)"]}, ASSUMED), "assumption_in_closure"),
    (PROOF.exact(TABLE), "answer_not_proved"),
    (PROOF.exact(TABLE, BIRD, BIRD), "answer_not_proved"),
    (PROOF.exact(TABLE, TABLE), "bad_premise"),
    (PROOF.exact(BIRD, BIRD), "bad_premise"),
    (PROOF.exact(OWNS), "bad_premise"),
    (PROOF.exact(TABLE, ASSUMED), "assumption_in_closure"),
    (PROOF.step("exact"), "bad_premise"),
    (PROOF.reveal(BIRD, 0, "a"), "bad_premise"),
    (PROOF.reveal(TABLE, 0, "a"), "bad_premise"),
    (PROOF.reveal(PROOF.row(OWNS, "ann", "1"), 0, "ann"), "wrong_salt"),
    (PROOF.reveal(PROOF.row(OWNS, "ann", "1"), 2, "ann"), "malformed_value"),
    (PROOF.reveal(PROOF.row(OWNS, "ann", "1"), 0, "ann", "fifteen letters"), "malformed_value"),
    (PROOF.reveal(PROOF.row(OWNS, "ann", "1"), 0, "X"), "malformed_value"),
    (PROOF.reveal(PROOF.row(OWNS, "ann", "1"), 0, "sk:1(a)"), "malformed_value"),
    (PROOF.reveal(PROOF.row(OWNS, "ann", "1"), 0, "f(X)"), "malformed_value"),
    (
        PROOF.step("reveal", PROOF.row(OWNS, "ann", "1"), BIRD, column="0", salt="s" * 16, value=["s", "ann"]),
        "bad_premise",
    ),
    (
        PROOF.step("reveal", PROOF.row(OWNS, "ann", "1"), column="x", salt="s" * 16, value=["s", "ann"]),
        "malformed_value",
    ),
    (PROOF.step("row", OWNS, OWNS, args=[["s", "ann"], ["n", "1"]]), "bad_premise"),
]


@pytest.mark.parametrize(("last", "wanted"), PREMISES)
def test_premises(last: Any, wanted: str) -> None:
    found = rejected_at(PROOF, last, GOAL if wanted else holds("many(1)"))
    assert found == (wanted, True)


def test_a_clause_of_the_goal_is_no_clause_of_the_theory() -> None:
    proof = Proof(WORLD, question=["?(X) :- bird(X)"])
    asked = proof.apply(proof.ask(0), "X=tweety", proof.apply("bird(tweety)"))
    assert kind(run(proof, asked, holds("?(tweety)"))) == ""
    assert rejected_at(proof, proof.step("clause", proof.theory, clause=proof.question[0].json()), GOAL) == (
        "malformed_value",
        True,
    )
    other = Clause(("bird/1", (("s", "eve"),)))
    assert rejected_at(proof, proof.clause(other), GOAL) == ("clause_not_in_theory", True)
    unknown = Clause(("angel/1", (("s", "eve"),)))
    assert rejected_at(proof, proof.clause(unknown), GOAL) == ("clause_not_in_theory", True)


def test_private_columns() -> None:
    world = World(
        relations={"staff/2": Relation([(private("bob"), private("5", "another salt here"))], 2, private=[0, 1])}
    )
    proof = Proof(world)
    shown = proof.row(proof.rows("staff/2"), private("bob"), private("5", "another salt here"))
    first = proof.reveal(shown, 0, "bob")
    both = proof.reveal(first, 1, "5", "another salt here")
    assert kind(run(proof, both, holds("staff(bob, 5)"))) == ""
    assert rejected_at(proof, proof.reveal(first, 0, "bob"), GOAL) == ("wrong_salt", True)


# The theory that lies about itself --------------------------------------------------------------------------------


def test_a_clause_listed_under_another_predicate_is_no_clause_of_it() -> None:
    world = World("p(a)", "q(a, b)")
    honest = world.leaves["q/2"]["clauses"]

    class Liar(World):
        def _leaf(self, name: str) -> Any:
            return super()._leaf(name) | ({"clauses": honest} if name == "p/1" else {})

    liar = Liar("p(a)", "q(a, b)")
    proof = Proof(liar)
    table = proof.tables({"p(V)": []}, "q(a, b)")
    assert rejected_at(proof, table, holds("p(a)", "not_derivable")) == ("clause_missing", True)


def test_a_row_twice() -> None:
    relation = Relation([("a",), ("b",)], 1)

    class Twice(Relation):
        def __init__(self) -> None:
            super().__init__([("a",)], 1)
            item = self.trees[0].root
            from quod.kernel.canonical import spell, unspell
            from quod.kernel.commit import node_hash

            self.json["indexes"] = [[["0"], spell(node_hash(30, unspell(item), unspell(item)))]]

        def open(self, prefix: Any = (), index: int = 0) -> list[Any]:
            return [["r", [["s", "a"]]], ["r", [["s", "a"]]], ["n", "30"]]

    assert len(relation.open()) == 3
    proof = Proof(World(relations={"p/1": Twice()}))
    assert rejected_at(proof, proof.rows("p/1"), holds("p(b)", "not_derivable")) == ("malformed_tree", True)


# Long clauses ---------------------------------------------------------------------------------------------------


def test_a_clause_of_any_length_is_replayed() -> None:
    body = ", ".join(["p(X)"] * 3000)
    inner = ", ".join(["p(Y)"] * 3000)
    world = World("p(a)", f"long(X) :- {body}", f"counted(N) :- count[N; 1; {inner}]")
    proof = Proof(world)
    table = proof.everything({"long(V)": ["long(a)"], "p(V)": ["p(a)"]})
    assert kind(run(proof, table, holds("long(b)", "not_derivable"))) == ""
    exact = proof.exact(proof.everything({"p(V)": ["p(a)"]}), proof.apply("p(a)"))
    assert kind(run(proof, proof.apply("counted", "N=1", *[exact] * 3000), holds("counted(1)"))) == ""


# Contexts and goals ---------------------------------------------------------------------------------------------

ROOT = digest("x", "")


@pytest.mark.parametrize(
    "changed",
    [
        {"fuel": "01"},
        {"fuel": "-1"},
        {"fuel": "x"},
        {"fuel": ["1"]},
        {"fuel": "１"},
        {"fuel": ""},
        {"now": "2026-02-30"},
        {"now": ["2026-01-01"]},
        {"now": ""},
        {"roots": "x"},
        {"roots": ["x"]},
        {"roots": [[ROOT]]},
        {"roots": [[ROOT, "sure"]]},
        {"roots": [["x", "proved"]]},
        {"roots": [[ROOT, ["proved"]]]},
        {"roots": [[ROOT, "proved"], [ROOT, "claimed"]]},
        {"theory": "x"},
        {"theory": [ROOT]},
        {"more": ""},
        {"now": None},
    ],
)
def test_malformed_context(changed: dict[str, Any]) -> None:
    def edit(document: Any) -> None:
        document.update(changed)
        for name in [name for name, value in changed.items() if value is None]:
            del document[name]

    rejected = outcome(context=edit)
    assert (rejected.kind, rejected.step) == ("malformed_context", "")


A = ["bird/1", [["s", "a"]]]
V = ["bird/1", [["v", "V"]]]
Q: dict[str, Any] = {
    "body": [],
    "head": ["?/0", []],
    "paraphrase": "",
    "reader": "",
    "sentence": "",
    "since": "",
    "until": "",
}


@pytest.mark.parametrize(
    "changed",
    [
        {"assumptions": "x"},
        {"assumptions": [["?/0", []]]},
        {"defaults": "*"},
        {"defaults": ["*", "p/1"]},
        {"defaults": ["p"]},
        {"defaults": [["p/1"]]},
        {"goals": []},
        {"goals": "x"},
        {"goals": ["x"]},
        {"goals": [{}]},
        {"goals": [{"kind": "maybe"}]},
        {"goals": [{"kind": ["holds"]}]},
        {"grade": "sure"},
        {"grade": ["proved"]},
        {"goals": [{"atom": V, "kind": "holds"}]},
        {"goals": [{"atom": V, "kind": "proved"}]},
        {"goals": [{"atom": V, "kind": "refuted"}]},
        {"goals": [{"atom": V, "kind": "contested"}]},
        {"goals": [{"atom": A}]},
        {"goals": [{"atom": A, "kind": "holds", "more": ""}]},
        {"goals": [{"atom": ["p/2", [["v", "V"], ["v", "V"]]], "kind": "not_derivable"}]},
        {"goals": [{"atom": ["p/1", [["f", "f", [["v", "V"]]]]], "kind": "not_derivable"}]},
        {"goals": [{"answers": [], "closed": "maybe", "kind": "exactly", "pattern": V}]},
        {"goals": [{"answers": [], "closed": "no", "kind": "exactly", "pattern": ["p/2", [["v", "V"], ["v", "V"]]]}]},
        {"goals": [{"answers": "x", "closed": "no", "kind": "exactly", "pattern": V}]},
        {"goals": [{"answers": [], "kind": "exactly", "pattern": V}]},
        {"goals": [{"body": "x", "head": A, "kind": "each"}]},
        {"goals": [{"body": [["?/0", []]], "head": A, "kind": "each"}]},
        {"goals": [{"body": [], "head": ["?/0", []], "kind": "each"}]},
        {"goals": [{"body": [], "head": A, "kind": "each", "more": ""}]},
        {"question": "x"},
        {"question": [Q | {"head": ["p/0", []]}]},
        {"question": [Q | {"body": [["+", "p/1", [["s", "!a"]]]]}]},
        {"question": [Q | {"body": "x"}]},
        {"more": ""},
        {"grade": None},
    ],
)
def test_malformed_goal(changed: dict[str, Any]) -> None:
    def edit(document: Any) -> None:
        document.update(changed)
        for name in [name for name, value in changed.items() if value is None]:
            del document[name]

    rejected = outcome(goal=edit)
    assert (rejected.kind, rejected.step) == ("malformed_goal", "")


def test_bytes_of_context_and_goal() -> None:
    proof, context, goal = canonical(PROOF.document(*SHOWN)), canonical(WORLD.context()), canonical(PROOF.goal(*GOALS))
    rejected = check(proof, context + b" ", goal)
    assert (rejected.kind, rejected.step, rejected.fields["because"]) == ("malformed_context", "", "malformed_bytes")
    rejected = check(proof, context, b"[" * 65)
    assert (rejected.kind, rejected.step, rejected.fields["because"]) == ("malformed_goal", "", "too_deep")
    assert check(proof, b"x", b"x").kind == "malformed_context"
    assert check(b"x", context, b"x").kind == "malformed_goal"
    assert check(proof, b"[]", goal).kind == "malformed_context"
    assert check(proof, context, b'""').kind == "malformed_goal"


def test_what_shows_a_goal() -> None:
    none = PROOF.everything({"penguin(a)": []})
    board = World("m(a)", "m(b)", "~m(c)", closed=("m/1",))
    proof = Proof(board)
    some = proof.everything({"m(V)": ["m(a)", "m(b)"]})
    exact = proof.exact(some, proof.apply("m(a)"), proof.apply("m(b)"))
    denied = proof.everything({"m(c)": []})
    not_c = proof.uncontested(proof.apply("~m(c)"), denied)
    marked = proof.uncontested(exact, proof.everything({"~m(V)": ["~m(c)"]}))
    for shown, goal, wanted in (
        (exact, holds("m(c)", "refuted"), ""),
        (exact, holds("m(a)", "refuted"), "wrong_goal"),
        (some, holds("m(c)", "not_derivable"), ""),
        (some, holds("m(V)", "not_derivable"), "wrong_goal"),
        (some, holds("n(V)", "not_derivable"), "wrong_goal"),
        (denied, holds("m(V)", "not_derivable"), "wrong_goal"),
        (not_c, holds("m(c)", "refuted"), ""),
        (not_c, holds("~m(c)", "proved"), ""),
        (not_c, holds("~m(c)"), ""),
        (not_c, holds("~m(c)", "refuted"), "wrong_goal"),
        (not_c, holds("?(c)", "refuted"), "wrong_goal"),
        (not_c, holds("m(c)", "not_derivable"), "wrong_goal"),
        (proof.apply("~m(c)"), holds("m(c)", "refuted"), "wrong_goal"),
        (proof.clause("m(a)"), holds("m(c)", "refuted"), "wrong_goal"),
        (proof.theory, holds("m(c)", "not_derivable"), "wrong_goal"),
        (proof.theory, exactly("m(V)", []), "wrong_goal"),
        (marked, exactly("m(V)", ["m(b)", "m(a)", "m(a)"], "yes"), ""),
        (marked, exactly("m(a)", ["m(a)"], "yes"), ""),
        (marked, exactly("m(c)", [], "yes"), ""),
        (marked, exactly("n(V)", [], "yes"), "wrong_goal"),
        (marked, exactly("m(V)", ["m(a)", "m(V)"], "yes"), "wrong_goal"),
        (marked, holds("m(c)", "refuted"), ""),
        (some, holds("m(a)"), "wrong_goal"),
        (some, holds("m(a)", "contested"), "wrong_goal"),
        (some, for_each([], "m(a)"), "wrong_goal"),
        (proof.apply("m(a)"), holds("m(a)", "proved"), "wrong_goal"),
    ):
        assert kind(run(proof, shown, goal)) == wanted, goal
    assert kind(run(PROOF, none, holds("penguin(a)", "not_derivable"))) == ""


def test_pending_sentences_bear_on_what_they_say() -> None:
    for bears, wanted in ((("m/1",), "pending_sentence"), (("*",), "pending_sentence"), (("n/1",), ""), ((), "")):
        world = World(
            "m(a)", "k(a)", pending=[Pending("Hm.", "unread", ("x/1",)), Pending("Who knows.", "unread", bears)]
        )
        proof = Proof(world)
        table = proof.everything({"m(V)": ["m(a)"]})
        assert kind(run(proof, table, holds("m(b)", "not_derivable"))) == wanted
        sure = proof.uncontested(proof.apply("k(a)"))
        assert kind(run(proof, sure, holds("k(a)", "proved"))) == ("pending_sentence" if bears == ("*",) else "")
