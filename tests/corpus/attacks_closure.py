"""Liars about what is not derivable: tables, orders, rows, openings, exactness and contests."""

from __future__ import annotations

from typing import Any

from cases import bad, good
from world import Proof, Relation, Step, World, exactly, holds, plain

from quod.kernel.canonical import spell
from quod.kernel.commit import leaf_hash
from quod.kernel.values import Clause

# Well-founded ground ----------------------------------------------------------------------------------------

LOOPS = World(
    "p(a) :- q(a)",
    "q(a) :- p(a)",
    "liar(a) :- not liar(a)",
    "left(a) :- not right(a)",
    "right(a) :- not left(a)",
    "win(X) :- move(X, Y), not win(Y)",
    "move(a, b)",
    "move(b, c)",
    "move(d, d)",
    "path(X, Y) :- edge(X, Y)",
    "path(X, Z) :- edge(X, Y), path(Y, Z)",
    "edge(a, b)",
    "edge(b, c)",
    "likes(X, X)",
    "even(s(X)) :- odd(X)",
    "odd(s(X)) :- even(X)",
    "even(zero)",
)
proof = Proof(LOOPS)
good(
    "loop_unfounded",
    "Two atoms that only support each other are false.",
    proof,
    proof.everything({"p(V)": [], "q(V)": []}),
    holds("p(a)", "not_derivable"),
)
lie = proof.everything({"p(V)": []})
bad(
    "loop_other_half",
    "One of the two alone is not covered.",
    "uncovered_call",
    lie,
    proof,
    lie,
    holds("p(a)", "not_derivable"),
    false=False,
)
lie = proof.apply("q(a)", "", proof.assume("p(a)"))
bad(
    "loop_supported",
    "Two atoms that support each other are assumed true.",
    "assumption_not_allowed",
    None,
    proof,
    proof.apply("p(a)", "", lie),
    holds("p(a)"),
)
lie = proof.everything({"liar(V)": []})
bad("odd_loop", "The liar is not false.", "unlisted_answer", lie, proof, lie, holds("liar(a)", "not_derivable"))
liar = proof.everything({"liar(V)": ["liar(a)"]})
lie = proof.apply("liar(a)", "", liar)
bad("odd_loop_true", "Nor is it true.", "listed_as_answer", lie, proof, lie, holds("liar(a)"))
lie = proof.everything({"left(V)": ["left(a)"], "right(V)": []})
bad(
    "even_loop",
    "Left rather than right: neither is false.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("right(a)", "not_derivable"),
)
moves = proof.everything({"move(V, W)": ["move(a, b)", "move(b, c)", "move(d, d)"]})
lost = proof.everything({"win(c)": []}, moves)
wins = proof.apply("win(X)", "X=b Y=c", proof.apply("move(b, c)"), lost)
lost_a = proof.everything({"win(a)": []}, moves, wins)
good(
    "win_at_b",
    "Who moves to a lost position wins.",
    proof,
    [wins, lost_a],
    [holds("win(b)"), holds("win(a)", "not_derivable")],
)
lie = proof.everything({"win(a)": []}, moves, proof.apply("move(b, c)"))
bad(
    "win_pruned_by_another",
    "An absence pruned by a proof of something else.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("win(a)", "not_derivable"),
    false=False,
)
lie = proof.everything({"win(V)": ["win(b)"]}, moves, wins)
bad(
    "win_draw",
    "The position that moves to itself is undefined, not lost.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("win(d)", "not_derivable"),
)
lie = proof.everything({"path(a, V)": ["path(a, b)"], "edge(V, W)": ["edge(a, b)", "edge(b, c)"], "path(b, V)": []})
bad(
    "path_cut",
    "A transitive closure cut short.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("path(a, c)", "not_derivable"),
)
lie = proof.everything({"path(a, V)": ["path(a, b)"], "edge(a, V)": ["edge(a, b)"]})
bad(
    "path_uncovered",
    "The same, not covering the middle.",
    "uncovered_call",
    lie,
    proof,
    lie,
    holds("path(a, c)", "not_derivable"),
)
lie = proof.everything({"edge(V, c)": ["edge(b, c)"], "path(V, W)": ["path(b, c)"]})
bad(
    "path_narrow_edges",
    "Calls covered by a narrower pattern only.",
    "uncovered_call",
    lie,
    proof,
    lie,
    holds("path(a, c)", "not_derivable"),
)
lie = proof.everything({"likes(V, W)": []})
bad(
    "universal_fact",
    "Everybody likes himself: the head is not ground.",
    "unbound_variable",
    lie,
    proof,
    lie,
    holds("likes(a, a)", "not_derivable"),
)
good(
    "universal_fact_one",
    "Nobody likes another.",
    proof,
    proof.everything({"likes(a, b)": []}),
    holds("likes(a, b)", "not_derivable"),
)
lie = proof.everything({"likes(a, a)": []})
bad(
    "universal_fact_self",
    "A repeated variable in a head.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("likes(a, a)", "not_derivable"),
)
lie = proof.everything({"even(V)": ["even(zero)"], "odd(V)": []})
bad(
    "compound_cut",
    "Numbers as terms, cut at zero.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("odd(s(zero))", "not_derivable"),
)
lie = proof.tables({"likes(V, V)": []}, "likes(X, X)")
bad(
    "pattern_repeated",
    "A pattern with a repeated variable.",
    "malformed_value",
    lie,
    proof,
    lie,
    holds("likes(a, b)", "not_derivable"),
    false=False,
)
lie = proof.everything({"even(s(V))": [], "odd(V)": []})
bad(
    "pattern_inside",
    "A pattern with a variable inside a compound.",
    "malformed_value",
    lie,
    proof,
    lie,
    holds("even(s(s(zero)))", "not_derivable"),
)
lie = proof.everything({"win(V)": ["win(b)"], "move(V, W)": []})
bad(
    "clause_denied",
    "The facts of the predicate looked at and not listed.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("win(a)", "not_derivable"),
    false=False,
)
lie = proof.tables({"path(V, W)": [], "edge(V, W)": ["edge(a, b)", "edge(b, c)"]}, "path(X, Z)", "edge(a", "edge(b")
bad(
    "clause_left_out",
    "The clause that starts the paths is left out.",
    "clause_missing",
    lie,
    proof,
    lie,
    holds("path(a, b)", "not_derivable"),
)
lie = proof.everything({"edge(a, b)": ["edge(b, c)"], "edge(b, c)": ["edge(a, b)"]})
bad(
    "answers_of_others",
    "Answers listed under another pattern.",
    "bad_answers",
    lie,
    proof,
    lie,
    holds("edge(a, b)", "not_derivable"),
)
lie = proof.everything({"win(c)": [], "move(V, W)": ["move(a, b)", "move(b, c)", "move(d, d)", "move(d, d)"]})
bad(
    "answers_twice",
    "An answer twice, to be counted twice.",
    "bad_answers",
    lie,
    proof,
    lie,
    holds("win(c)", "not_derivable"),
    false=False,
)
lie = proof.apply("win(X)", "X=a Y=b", proof.apply("move(a, b)"), lost)
bad("absent_of_another", "Absence of c used for b.", "not_covered", lie, proof, lie, holds("win(a)"))
lie = proof.exact(
    proof.everything({"move(V, W)": ["move(a, b)", "move(b, c)", "move(d, d)"]}),
    proof.apply("move(a, b)"),
    proof.apply("move(b, c)"),
    proof.apply("move(b, c)"),
)
bad(
    "exact_by_twin",
    "One answer proved twice, another not.",
    "answer_not_proved",
    lie,
    proof,
    lie,
    holds("win(z)", "not_derivable"),
    false=False,
)

# Orders, computations and aggregates ------------------------------------------------------------------------

SHOP = World(
    "price(pen, 3)",
    "price(ink, 0)",
    "price(book, 20)",
    "cheap(X) :- price(X, P), lt(P, 10), not banned(X)",
    "per(X, R) :- price(X, P), div(60, P, R)",
    "banned(ink)",
    "shelf(N) :- count[N; 1; price(X, P)]",
    "dear(N) :- count[N; 1; price(X, P), gt(P, 10)]",
    "double(P) :- price(X, P), double_of(P)",
    "double_of(P) :- price(X, P), sum[S; Q; price(Y, Q)], lt(S, 100)",
    "peers(X, N) :- price(X, P), count[N; 1; price(Y, P)]",
    "self(N) :- count[N; 1; self(X)]",
    "top(M) :- max[M; P; price(X, P)]",
    "none(M) :- max[M; P; banned(P), price(X, P)]",
    "longer(X) :- price(X, P), length(X, N)",
    closed=("price/2", "cheap/1", "banned/1", "shelf/1", "dear/1", "peers/2", "self/1"),
)
proof = Proof(SHOP)
PRICES = ["price(pen, 3)", "price(ink, 0)", "price(book, 20)"]
listed = proof.everything({"price(V, W)": PRICES})
prices = proof.exact(listed, *(proof.apply(each) for each in PRICES))
place = "0"
banned = proof.everything({"banned(V)": ["banned(ink)"]})
for name, order, kind in (
    ("twice", ["0", "0", "1"], "bad_order"),
    ("short", ["0", "1"], "bad_order"),
    ("beyond", ["0", "1", "3"], "bad_order"),
    ("unbound", ["1", "0", "2"], "unbound_builtin"),
    ("absence_first", ["2", "0", "1"], "unbound_builtin"),
):
    lie = proof.everything({"cheap(V)": []}, listed, orders=[["0", place, order]])
    bad(
        f"order_{name}",
        "An order that drops or anticipates a literal.",
        kind,
        lie,
        proof,
        lie,
        holds("cheap(pen)", "refuted"),
    )
lie = proof.everything({"cheap(V)": ["cheap(pen)", "cheap(ink)"]}, listed, orders=[["0", "7", ["0", "1", "2"]]])
bad(
    "order_of_no_clause",
    "An order for a clause that is not there.",
    "bad_order",
    lie,
    proof,
    lie,
    holds("cheap(book)", "refuted"),
    false=False,
)
good(
    "order_turned",
    "A harmless order.",
    proof,
    proof.everything({"cheap(V)": ["cheap(pen)", "cheap(ink)"]}, listed, orders=[["0", place, ["0", "2", "1"]]]),
    holds("cheap(book)", "refuted"),
)
lie = proof.everything({"per(V, W)": ["per(pen, 20)"]}, listed)
bad(
    "division_hides",
    "A division by zero on the way hides the other answers.",
    "domain_error",
    lie,
    proof,
    lie,
    holds("per(book, 3)", "not_derivable"),
)
lie = proof.everything({"per(pen, V)": []}, listed)
bad(
    "division_denied",
    "The answer of a division left out.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("per(pen, 20)", "not_derivable"),
)
lie = proof.apply("per(X", "P=3 R=21 X=pen", proof.apply("price(pen, 3)"))
bad("division_wrong", "Sixty by three.", "computation_false", lie, proof, lie, holds("per(pen, 21)"))
lie = proof.everything({"longer(V)": []}, listed)
bad(
    "domain_hides",
    "A length of a symbol is no length.",
    "domain_error",
    lie,
    proof,
    lie,
    holds("longer(pen)", "not_derivable"),
    false=False,
)
more = proof.everything({"price(V, W)": [*PRICES, "price(gold, 99)"]})
lie = proof.apply("dear(N)", "N=2", more)
bad(
    "count_of_upper_bound",
    "A count over listed answers that nobody proved.",
    "not_exact",
    lie,
    proof,
    lie,
    holds("dear(2)"),
)
lie = proof.exact(more, *(proof.apply(each) for each in PRICES))
bad(
    "exact_with_one_more",
    "An answer too many, unproved.",
    "answer_not_proved",
    lie,
    proof,
    proof.apply("dear(N)", "N=2", lie),
    holds("dear(2)"),
)
lie = proof.exact(more, *(proof.apply(each) for each in PRICES), proof.apply("price(pen, 3)"))
bad(
    "exact_with_a_stand_in",
    "The one too many, proved by another.",
    "answer_not_proved",
    lie,
    proof,
    proof.apply("dear(N)", "N=2", lie),
    holds("dear(2)"),
)
lie = proof.everything({"shelf(V)": [], "price(V, W)": PRICES})
bad(
    "count_of_own_pattern",
    "A count over what the same step lists.",
    "not_exact",
    lie,
    proof,
    lie,
    holds("shelf(3)", "not_derivable"),
)
lie = proof.everything({"self(V)": ["self(0)"]})
bad("count_of_itself", "A count of itself.", "not_exact", lie, proof, lie, holds("self(1)", "not_derivable"))
pen = proof.exact(proof.everything({"price(pen, V)": ["price(pen, 3)"]}), proof.apply("price(pen, 3)"))
lie = proof.apply("shelf(N)", "N=1", pen)
bad("count_of_a_part", "A count over one item of three.", "not_covered", lie, proof, lie, holds("shelf(1)"))
lie = proof.apply("peers(X", "N=3 P=3 X=pen", proof.apply("price(pen, 3)"), prices)
bad(
    "count_outer_variable",
    "An outer variable counted as if it were local.",
    "computation_false",
    lie,
    proof,
    lie,
    holds("peers(pen, 3)"),
)
lie = proof.apply("peers(X", "N=1 P=3 X=pen Y=pen", proof.apply("price(pen, 3)"), prices)
bad(
    "count_local_bound",
    "A local variable bound from outside.",
    "bad_bindings",
    lie,
    proof,
    lie,
    holds("peers(pen, 1)"),
    false=False,
)
lie = proof.apply("shelf(N)", "N=2", prices)
bad("count_wrong", "Two of three.", "computation_false", lie, proof, lie, holds("shelf(2)"))
lie = proof.apply("none(M)", "M=0", proof.exact(banned, proof.apply("banned(ink)")), prices)
bad(
    "greatest_of_nothing",
    "The greatest of nothing is not zero.",
    "computation_false",
    lie,
    proof,
    lie,
    holds("none(0)"),
)
lie = proof.everything({"double_of(V)": ["double_of(3)"]}, prices)
bad(
    "sum_order",
    "The total is asked for each price.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("double_of(20)", "not_derivable"),
)

MONEY = World(
    "owe(quantity(1/3, eur))",
    "owe(quantity(1, usd))",
    "sum_owed(S) :- sum[S; Q; owe(Q)]",
    "more(X) :- owe(X), gt(X, quantity(1/2, eur))",
    "due(D) :- start(S), add(S, <1,0>, D)",
    "start(2026-01-31)",
    "rounded(R) :- round(5/2, 0, half_even, R)",
    "longer(X) :- span(X), gt(X, <0,30>)",
    "span(<1,0>)",
    f"huge(R) :- mul({'9' * 200}, {'9' * 200}, R)",
)
proof = Proof(MONEY)
owed = proof.exact(
    proof.everything({"owe(V)": ["owe(quantity(1/3, eur))", "owe(quantity(1, usd))"]}),
    proof.apply("owe(quantity(1/3"),
    proof.apply("owe(quantity(1, "),
)
lie = proof.apply("sum_owed(S)", "S=quantity(4/3,eur)", owed)
bad("sum_of_units", "Euros and dollars added.", "domain_error", lie, proof, lie, holds("sum_owed(quantity(4/3, eur))"))
lie = proof.everything({"more(V)": []}, owed)
bad(
    "compare_units",
    "Dollars are not more than euros, so there is nothing more.",
    "domain_error",
    lie,
    proof,
    lie,
    holds("more(quantity(1, usd))", "not_derivable"),
    false=False,
)
lie = proof.apply("due(D)", "D=2026-03-03 S=2026-01-31", proof.apply("start(2026"))
bad(
    "month_not_clamped",
    "A month after 31 January is not 3 March.",
    "computation_false",
    lie,
    proof,
    lie,
    holds("due(2026-03-03)"),
)
lie = proof.apply("rounded(R)", "R=3")
bad("rounding_half_even", "Five halves to even.", "computation_false", lie, proof, lie, holds("rounded(3)"))
lie = proof.everything({"longer(V)": []}, proof.everything({"span(V)": ["span(<1,0>)"]}))
bad(
    "months_and_days",
    "A month is not known to be no longer than thirty days.",
    "domain_error",
    lie,
    proof,
    lie,
    holds("longer(<1,0>)", "not_derivable"),
    false=False,
)
lie = proof.everything({"huge(V)": []})
bad(
    "huge_number",
    "A result of four hundred digits is no reason for nothing.",
    "domain_error",
    lie,
    proof,
    lie,
    holds("huge(0)", "not_derivable"),
    false=False,
)

# In force ---------------------------------------------------------------------------------------------------

RULES = World(
    Clause(("free/1", (("v", "X"),)), (("+", "young/1", (("v", "X"),)),), "young until March", until="2026-03-01"),
    Clause(("free/1", (("v", "X"),)), (("+", "old/1", (("v", "X"),)),), "old from March", since="2026-03-01"),
    "young(ann)",
    "old(bob)",
    closed=("free/1", "young/1", "old/1"),
)
proof = Proof(RULES)
young, old = proof.apply("young(ann)"), proof.apply("old(bob)")
lie = proof.apply("young until", "X=ann", young)
bad("expired_today", "A rule on the day it ends.", "not_in_force", lie, proof, lie, holds("free(ann)"))
lie = proof.everything(
    {"free(V)": []}, proof.everything({"young(V)": ["young(ann)"]}), proof.everything({"old(V)": ["old(bob)"]})
)
bad(
    "begun_today",
    "A rule on the day it begins is ignored.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("free(bob)", "refuted"),
)
bad(
    "begun_today_as_of",
    "The proof of another day.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("free(ann)", "refuted"),
    context={"now": "2026-02-28"},
)
good("in_force", "Each rule on its days.", proof, [proof.apply("old from", "X=bob", old)], [holds("free(bob)")])
lie = proof.tables({"free(V)": []}, "young until", proof.everything({"young(V)": ["young(ann)"]}))
bad(
    "not_in_force_left_out",
    "A clause left out of the replay.",
    "clause_missing",
    lie,
    proof,
    lie,
    holds("free(bob)", "refuted"),
)

# Openings ---------------------------------------------------------------------------------------------------

TOWNS = Relation(
    [("ann", "bonn", "1"), ("bob", "bonn", "2"), ("bobby", "bern", "3"), ("eve", "bern", "30")], 3, ("012", "120")
)
MAP = World(
    "cold(anne)",
    "cold(anne, x)",
    "colder(anne)",
    "~cold(eve)",
    "home(N) :- count[N; 1; lives(X, bonn, Y)]",
    "visits(ann)",
    relations={"lives/3": TOWNS, "visits/1": Relation([("bob",)], 1)},
    closed=("lives/3", "visits/1"),
)


def opened(
    name: str,
    why: str,
    kind: str,
    tree: Any,
    prefix: tuple[str, ...] = (),
    index: int = 0,
    goal: Any = None,
    **more: Any,
) -> None:
    proof = Proof(MAP)
    lie = proof.rows("lives/3", *prefix, index=index, tree=tree)
    bad(name, why, kind, lie, proof, lie, goal or holds("lives(bob, bonn, 2)", "refuted"), **more)


whole = TOWNS.open()
spelled = [item for item in whole if item[0] == "r"]


def pruned(*hidden: int) -> list[Any]:
    """The whole opening with some leaves replaced by their digests."""
    items, at = [], -1
    for item in TOWNS.open():
        at += item[0] == "r"
        digest = spell(leaf_hash(TOWNS.leaves[0][at][0])) if item[0] == "r" else ""
        items.append(["h", digest] if item[0] == "r" and at in hidden else item)
    return items


for number in range(4):
    opened(
        f"row_hidden_{number}",
        "A row pruned from the whole range.",
        "range_not_complete",
        pruned(number),
        goal=holds(("lives/3", TOWNS.leaves[0][number][1]), "refuted"),
    )
opened(
    "row_hidden_under_prefix",
    "A row pruned from the range of its own prefix.",
    "range_not_complete",
    pruned(1),
    ("bob",),
)
opened("row_hidden_two", "All but two rows pruned.", "range_not_complete", pruned(1, 3), ("bob",))
opened("row_hidden_all", "Nothing shown at all.", "malformed_tree", [["h", TOWNS.trees[0].root]])
opened("row_hidden_pair", "A node of two pruned sides.", "malformed_tree", pruned(0, 1, 2, 3))
opened("rows_none", "The empty tree instead.", "wrong_root", [])
opened("rows_other_index", "The tree of the other index.", "wrong_root", TOWNS.open((), 1))
opened("rows_no_index", "An index that is not there.", "rows_missing", whole, (), 2, false=True)
opened(
    "rows_swapped",
    "Two sides swapped.",
    "wrong_root",
    [whole[1], whole[0], *whole[2:]] if whole[1][0] == "r" else [whole[0], whole[2], whole[1], *whole[3:]],
)
opened(
    "rows_bit",
    "A node with another bit.",
    "wrong_root",
    [["n", str(int(item[1]) + 1)] if item[0] == "n" else item for item in whole],
)
opened(
    "rows_bit_huge",
    "A node with a bit beyond all keys.",
    "malformed_tree",
    [["n", "4294967296"] if item[0] == "n" else item for item in whole],
)
opened("rows_twice", "A row shown twice.", "wrong_root", [spelled[0], *whole, ["n", "0"]])
opened(
    "rows_changed",
    "A cell changed.",
    "wrong_root",
    [
        ["r", plain((("s", "eve"), ("s", "bonn"), ("n", "30")))]
        if item[0] == "r" and item[1][0] == ["s", "eve"]
        else item
        for item in whole
    ],
)
opened(
    "rows_narrow",
    "A row with a cell too few.",
    "malformed_value",
    [["r", item[1][:2]] if item[0] == "r" else item for item in whole],
)
opened(
    "rows_as_map",
    "A leaf of a map in an index.",
    "malformed_tree",
    [["l", "cold/1", {}] if item[0] == "r" else item for item in whole],
)
opened(
    "rows_prefix_long", "A prefix longer than the row.", "rows_missing", whole, ("bob", "bonn", "2", "x"), false=False
)
opened(
    "rows_prefix_of_text",
    "The opening of `bobby` for `bob`.",
    "range_not_complete",
    TOWNS.open((("s", "bobby"),)),
    ("bob",),
)
opened("rows_other_prefix", "The opening of eve for the whole.", "range_not_complete", TOWNS.open((("s", "eve"),)))
proof = Proof(MAP)
good(
    "rows_of_bob",
    "One range, and nobody else in it.",
    proof,
    proof.rows("lives/3", "bob"),
    holds("lives(bob, bern, 2)", "refuted"),
)
bad(
    "rows_of_another",
    "The range of bob for ann.",
    "wrong_goal",
    None,
    proof,
    proof.rows("lives/3", "bob"),
    holds("lives(ann, bonn, 1)", "refuted"),
)
lie = proof.row(proof.rows("lives/3", "bob"), "ann", "bonn", "1")
bad(
    "row_of_another_range",
    "A row shown but not in the range.",
    "row_not_found",
    lie,
    proof,
    lie,
    holds("lives(ann, bonn, 1)"),
    false=False,
)
lie = proof.row(proof.rows("lives/3", "bob"), "bob", "bern", "2")
bad("row_made_up", "A row that is not there.", "row_not_found", lie, proof, lie, holds("lives(bob, bern, 2)"))
lie = proof.apply("home(N)", "N=0", proof.rows("lives/3", "bobby"))
bad("count_of_a_range", "A count over the wrong range.", "not_covered", lie, proof, lie, holds("home(0)"))
lie = proof.everything({"visits(V)": ["visits(ann)"]})
bad("rows_left_out", "The clauses without the rows.", "rows_missing", lie, proof, lie, holds("visits(bob)", "refuted"))
bad(
    "rows_without_clauses",
    "The rows without the clauses.",
    "wrong_goal",
    None,
    proof,
    proof.rows("visits/1"),
    holds("visits(ann)", "refuted"),
)
lie = proof.everything({"visits(V)": ["visits(ann)"]}, proof.rows("visits/1"))
bad(
    "rows_unlisted",
    "The rows looked at and not listed.",
    "unlisted_answer",
    lie,
    proof,
    lie,
    holds("visits(bob)", "refuted"),
)
lie = proof.everything({"visits(V)": ["visits(ann)", "visits(bob)"]}, proof.rows("visits/1", "bob"))
bad(
    "rows_narrower",
    "A range narrower than the pattern.",
    "rows_missing",
    lie,
    proof,
    lie,
    holds("visits(eve)", "refuted"),
    false=False,
)
bad(
    "rows_unvouched",
    "A closed no from rows nobody vouches for.",
    "not_closed",
    None,
    proof,
    proof.rows("lives/3", "bob"),
    holds("lives(bob, bern, 2)", "refuted"),
    context={"roots": []},
    false=False,
)
bad(
    "rows_unvouched_grade",
    "Rows nobody vouches for, as if they were attested.",
    "grade_too_low",
    None,
    proof,
    proof.row(proof.rows("lives/3", "bob"), "bob", "bonn", "2"),
    holds("lives(bob, bonn, 2)"),
    context={"roots": []},
    grade="attested",
    false=False,
)


def reopened(
    name: str, why: str, kind: str, change: Any, goal: Any, opened: tuple[str, ...] = (), shown: Any = None, **more: Any
) -> None:
    """A lie about the theory itself: *change* edits its step."""
    proof = Proof(MAP, opened=opened)
    change(proof.theory.fields)
    last = (shown or (lambda p: p.everything({"~cold(V)": ["~cold(eve)"]})))(proof)
    place: Step = proof.theory if kind.startswith(("wrong_theory", "malformed")) else last
    bad(name, why, kind, place, proof, last, goal, **more)


def drop_leaf(fields: Any) -> None:
    fields["tree"] = [item for item in fields["tree"] if item[:2] != ["l", "~cold/1"]]


def close(fields: Any) -> None:
    fields["tree"] = [[*item[:2], {**item[2], "closed": "yes"}] if item[0] == "l" else item for item in fields["tree"]]


def forget(fields: Any) -> None:
    fields["tree"] = [[*item[:2], {**item[2], "clauses": []}] if item[0] == "l" else item for item in fields["tree"]]


def unrelate(fields: Any) -> None:
    fields["tree"] = [[*item[:2], {**item[2], "relation": ""}] if item[0] == "l" else item for item in fields["tree"]]


denied = holds("~cold(eve)", "not_derivable")
reopened("leaf_dropped", "A leaf taken out of the map.", "malformed_tree", drop_leaf, denied, place="0")
reopened("leaf_closed", "Every predicate declared closed.", "wrong_theory", close, holds("cold(eve)", "refuted"))
reopened("leaf_forgotten", "Every predicate without clauses.", "wrong_theory", forget, denied)
reopened(
    "leaf_unrelated", "Every predicate without rows.", "wrong_theory", unrelate, holds("lives(bob, bonn, 2)", "refuted")
)
reopened("leaf_empty_map", "The empty theory.", "wrong_theory", lambda fields: fields.update(tree=[]), denied)
reopened(
    "leaf_other_arity",
    "cold/1 opened, cold/2 asked.",
    "not_opened",
    lambda fields: None,
    holds("cold(anne, x)", "not_derivable"),
    ("cold/1",),
    lambda proof: proof.tables({"cold(V, W)": []}),
)
reopened(
    "leaf_longer_name",
    "cold opened, colder asked.",
    "not_opened",
    lambda fields: None,
    holds("colder(anne)", "not_derivable"),
    ("cold/1",),
    lambda proof: proof.tables({"colder(V)": []}),
)
reopened(
    "leaf_complement",
    "The complement was not opened.",
    "not_opened",
    lambda fields: None,
    holds("cold(anne)", "proved"),
    ("cold/1",),
    lambda proof: proof.uncontested(proof.apply("cold(anne)")),
    false=False,
)
proof = Proof(MAP, opened=("warm/1", "~warm/1"))
good(
    "leaf_absent",
    "A predicate the theory does not have.",
    proof,
    proof.tables({"warm(V)": []}),
    holds("warm(anne)", "not_derivable"),
)
lie = proof.tables({"warm(V)": []})
bad(
    "leaf_absent_closed",
    "A predicate the theory does not have is open.",
    "not_closed",
    None,
    proof,
    lie,
    holds("warm(anne)", "refuted"),
    false=False,
)

# Contests ---------------------------------------------------------------------------------------------------

TRIAL = World(
    "guilty(bob) :- seen(bob)",
    "seen(bob)",
    "~seen(bob)",
    "~guilty(eve)",
    "guilty(eve)",
    "honest(ann)",
    "~honest(eve)",
    "jury(N) :- count[N; 1; juror(X)]",
    "total(N) :- jury(N)",
    "~juror(dan)",
    "out(X) :- honest(X), not barred(X)",
    "barred(X) :- seen(X), not honest(X)",
    relations={"juror/1": Relation([("cat",), ("dan",)], 1)},
)
proof = Proof(TRIAL)
seen = proof.apply("seen(bob)")
guilty = proof.apply("guilty(bob)", "", seen)
not_guilty = proof.everything({"~guilty(V)": ["~guilty(eve)"]})
not_seen = proof.everything({"~seen(V)": ["~seen(bob)"]})
lie = proof.uncontested(guilty, not_guilty)
bad(
    "contest_deeper",
    "Only the last step is uncontested; what it rests on is not.",
    "contest_not_excluded",
    lie,
    proof,
    lie,
    holds("guilty(bob)", "proved"),
)
lie = proof.uncontested(guilty, not_guilty, not_seen)
bad(
    "contest_listed",
    "The table lists the complement.",
    "contest_not_excluded",
    lie,
    proof,
    lie,
    holds("guilty(bob)", "proved"),
)
lie = proof.uncontested(guilty, not_guilty, proof.tables({"~seen(eve)": []}, "~seen(bob)"))
bad(
    "contest_uncovered",
    "The table is about somebody else.",
    "contest_not_excluded",
    lie,
    proof,
    lie,
    holds("guilty(bob)", "proved"),
)
bad(
    "contest_unmarked", "Plainly held is not proved.", "wrong_goal", None, proof, guilty, holds("guilty(bob)", "proved")
)
lie = proof.uncontested(proof.apply("guilty(eve)"), not_guilty)
bad(
    "contest_itself",
    "Both derivable, one called proved.",
    "contest_not_excluded",
    lie,
    proof,
    lie,
    holds("guilty(eve)", "proved"),
)
bad(
    "contest_refuted",
    "Refuted by a contested complement.",
    "wrong_goal",
    None,
    proof,
    proof.apply("~guilty(eve)"),
    holds("guilty(eve)", "refuted"),
)
lie = proof.step("contested", proof.apply("guilty(eve)"), proof.apply("~seen(bob)"))
bad(
    "contest_of_others",
    "A contradiction of two different things.",
    "premise_mismatch",
    lie,
    proof,
    lie,
    holds("guilty(eve)", "contested"),
    false=False,
)
good(
    "contest_shown",
    "A contradiction shown.",
    proof,
    proof.step("contested", proof.apply("guilty(eve)"), proof.apply("~guilty(eve)")),
    holds("guilty(eve)", "contested"),
)
jury = proof.rows("juror/1")
total = proof.apply("total(N)", "N=2", proof.apply("jury(N)", "N=2", jury))
lie = proof.uncontested(total)
bad(
    "counted_contested",
    "A total over contested rows.",
    "contest_not_excluded",
    lie,
    proof,
    lie,
    holds("total(2)", "proved"),
)
lie = proof.uncontested(total, proof.everything({"~juror(V)": ["~juror(dan)"]}))
bad(
    "counted_contested_listed",
    "The same, with a table that lists the contest.",
    "contest_not_excluded",
    lie,
    proof,
    lie,
    holds("total(2)", "proved"),
)
good("counted_held", "Held all the same.", proof, total, holds("total(2)"))
people = proof.exact(proof.everything({"seen(V)": ["seen(bob)"]}), seen)
lie = proof.uncontested(people, proof.tables({"~seen(eve)": []}, "~seen(bob)"))
bad(
    "contest_exactly",
    "These are all, though one is contested.",
    "contest_not_excluded",
    lie,
    proof,
    lie,
    exactly("seen(V)", ["seen(bob)"]),
)

# Goals ------------------------------------------------------------------------------------------------------

BOARD = World(
    "member(ann)", "member(bob)", "guest(eve)", "left(X) :- member(X), not stays(X)", closed=("member/1", "left/1")
)
proof = Proof(BOARD)
members = proof.everything({"member(V)": ["member(ann)", "member(bob)"]})
both = proof.uncontested(proof.exact(members, proof.apply("member(ann)"), proof.apply("member(bob)")))
good("exactly_both", "These are all.", proof, both, exactly("member(V)", ["member(ann)", "member(bob)"], "yes"))
bad("exactly_less", "One member fewer.", "wrong_goal", None, proof, both, exactly("member(V)", ["member(ann)"], "yes"))
bad(
    "exactly_more",
    "One member more.",
    "wrong_goal",
    None,
    proof,
    both,
    exactly("member(V)", ["member(ann)", "member(bob)", "member(eve)"], "yes"),
)
one = proof.uncontested(proof.exact(proof.everything({"member(ann)": ["member(ann)"]}), proof.apply("member(ann)")))
bad(
    "exactly_wider",
    "One looked at, all claimed.",
    "wrong_goal",
    None,
    proof,
    one,
    exactly("member(V)", ["member(ann)"], "yes"),
)
bad(
    "exactly_inexact",
    "An upper bound as an answer.",
    "wrong_goal",
    None,
    proof,
    proof.everything({"member(V)": ["member(ann)", "member(bob)", "member(eve)"]}),
    exactly("member(V)", ["member(ann)", "member(bob)", "member(eve)"]),
)
bad(
    "exactly_unmarked",
    "Exact, but contests were not looked for.",
    "wrong_goal",
    None,
    proof,
    both.premises[1],
    exactly("member(V)", ["member(ann)", "member(bob)"]),
    false=False,
)
guests = proof.uncontested(proof.exact(proof.everything({"guest(V)": ["guest(eve)"]}), proof.apply("guest(eve)")))
bad(
    "exactly_open",
    "All guests, though guests are open.",
    "not_closed",
    None,
    proof,
    guests,
    exactly("guest(V)", ["guest(eve)"], "yes"),
)
bad(
    "refuted_open",
    "Not a guest, though guests are open.",
    "not_closed",
    None,
    proof,
    proof.everything({"guest(V)": ["guest(eve)"]}),
    holds("guest(bob)", "refuted"),
    false=False,
)
lie = proof.apply("left(X)", "X=ann", proof.apply("member(ann)"), proof.everything({"stays(V)": []}))
bad(
    "default_hidden",
    "A default the goal does not allow.",
    "default_not_allowed",
    None,
    proof,
    lie,
    holds("left(ann)"),
    defaults=(),
    false=False,
)
lie = proof.claim("member(eve)", probability="999/1000")
bad(
    "claim_as_proof",
    "A model is almost sure.",
    "grade_too_low",
    None,
    proof,
    lie,
    holds("member(eve)"),
    grade="attested",
)
bad(
    "claim_and_goal",
    "Another than the goal is shown.",
    "wrong_goal",
    None,
    proof,
    proof.apply("member(ann)"),
    holds("member(eve)"),
)
lie = proof.exact(
    proof.everything({"member(V)": ["member(ann)", "member(bob)", "member(eve)"]}),
    proof.apply("member(ann)"),
    proof.apply("member(bob)"),
    proof.claim("member(eve)"),
)
bad(
    "claim_in_exact",
    "A model's claim among the answers.",
    "grade_too_low",
    None,
    proof,
    proof.uncontested(lie),
    exactly("member(V)", ["member(ann)", "member(bob)", "member(eve)"]),
    grade="quorum",
)

# Questions --------------------------------------------------------------------------------------------------

proof = Proof(BOARD, question=["?(X) :- member(X)", "?(X) :- guest(X)", "?(N, M) :- count[N; 1; ?(X)], eq(M, M)"])
lie = proof.tables({"?(V)": ["?(ann)", "?(bob)"]}, proof.ask(0), members)
bad(
    "question_half",
    "Half of a question with two clauses.",
    "clause_missing",
    lie,
    proof,
    lie,
    holds("?(eve)", "not_derivable"),
)
lie = proof.ask(3)
bad(
    "question_beyond",
    "A clause the question does not have.",
    "clause_not_in_theory",
    lie,
    proof,
    proof.apply(lie),
    holds("?(eve)"),
    false=False,
)
lie = proof.step(
    "contested", proof.apply(proof.ask(0), "X=ann", proof.apply("member(ann)")), proof.assume("~member(ann)")
)
bad(
    "question_contested",
    "A question has no complement.",
    "bad_premise",
    lie,
    proof,
    lie,
    holds("member(ann)", "contested"),
)
all_of_them = proof.everything(
    {"?(V)": ["?(ann)", "?(bob)", "?(eve)"]}, members, proof.everything({"guest(V)": ["guest(eve)"]})
)
bad(
    "question_open",
    "A question is closed only if all it asks is.",
    "not_closed",
    None,
    proof,
    all_of_them,
    holds("?(dan)", "refuted"),
    false=False,
)
good("question_unknown", "Nobody else is known.", proof, all_of_them, holds("?(dan)", "not_derivable"))
