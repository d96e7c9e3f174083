"""Liars who use what is hidden: private cells, nulls, pending sentences, eigen symbols, assumptions."""

from __future__ import annotations

from cases import bad, good
from world import Proof, Relation, World, exactly, for_each, holds, private

from quod.kernel.values import Pending

BOB, ANN = private("bob"), private("ann", "fedcba9876543210")
OTHER_BOB = private("bob", "another salt of 22 bytes")

# Private cells ----------------------------------------------------------------------------------------------

STAFF = Relation([(BOB, "sales"), (ANN, "law")], 2, ("01", "10"), private=[0])
FIRM = World(
    "lonely(X) :- person(X), not staff(X, sales)",
    "person(bob)",
    "boss(bob)",
    "bossy(D) :- staff(X, D), boss(X)",
    "same(Y) :- pair(Y, Y)",
    "boxed(box(X), box(bob)) :- staff(X, sales)",
    "pair(X, Y) :- boxed(X, Y)",
    relations={"staff/2": STAFF},
    closed=("staff/2", "boss/1", "bossy/1"),
)


def revealed(proof: Proof) -> object:
    return proof.reveal(proof.row(proof.rows("staff/2"), BOB, "sales"), 0, "bob")


proof = Proof(FIRM)
shown = revealed(proof)
good("private_reveal", "A private cell opened with its salt.", proof, shown, holds("staff(bob, sales)"))
lie = proof.apply("lonely(X)", "X=bob", proof.apply("person(bob)"), proof.rows("staff/2"))
bad(
    "private_absent",
    "A revealed row is called absent: the rows list only its digest.",
    "not_comparable",
    lie,
    proof,
    lie,
    holds("lonely(bob)"),
)
bad(
    "private_not_derivable",
    "The same, as a goal.",
    "not_comparable",
    None,
    proof,
    proof.rows("staff/2"),
    holds("staff(bob, sales)", "not_derivable"),
)
bad(
    "private_refuted",
    "The same, as a closed no.",
    "not_comparable",
    None,
    proof,
    proof.rows("staff/2"),
    holds("staff(bob, sales)", "refuted"),
)
bad(
    "private_contradiction",
    "Shown and refuted in one proof.",
    "not_comparable",
    None,
    proof,
    [shown, proof.rows("staff/2")],
    [holds("staff(bob, sales)"), holds("staff(bob, sales)", "not_derivable")],
)
lie = proof.rows("staff/2", "bob")
bad(
    "private_prefix",
    "All rows of bob, none, complete: the column is private.",
    "not_comparable",
    lie,
    proof,
    lie,
    holds("staff(bob, sales)", "refuted"),
)
lie = proof.rows("staff/2", OTHER_BOB)
bad(
    "private_prefix_digest",
    "All rows of another digest of bob: none.",
    "not_comparable",
    lie,
    proof,
    lie,
    holds(("staff/2", (OTHER_BOB, ("s", "sales"))), "refuted"),
)
lie = proof.tables({"staff(bob, D)": []}, proof.rows("staff/2"))
bad(
    "private_pattern",
    "A pattern that no row equals, as the column is hidden.",
    "not_comparable",
    lie,
    proof,
    lie,
    holds("staff(bob, sales)", "refuted"),
)
lie = proof.everything({"bossy(V)": []}, proof.rows("staff/2"), proof.everything({"boss(V)": ["boss(bob)"]}))
bad(
    "private_join",
    "A join over a hidden cell is called empty.",
    "not_comparable",
    lie,
    proof,
    lie,
    holds("bossy(sales)", "refuted"),
)
pair = (("f", "box", (BOB,)), ("f", "box", (("s", "bob"),)))
law = (("f", "box", (ANN,)), ("f", "box", (("s", "bob"),)))
boxes = [("boxed/2", pair)]
hidden = proof.everything(
    {"pair(V, W)": [("pair/2", pair)], "boxed(V, W)": boxes}, proof.rows("staff/2", "sales", index=1)
)
lie = proof.everything({"same(V)": []}, hidden)
bad(
    "private_repeated",
    "A repeated variable meets a hidden cell inside a compound, then the plain one.",
    "not_comparable",
    lie,
    proof,
    lie,
    holds("same(box(bob))", "not_derivable"),
)
lie = proof.reveal(proof.row(proof.rows("staff/2"), BOB, "sales"), 0, "ann")
bad(
    "private_other_value",
    "A private cell opened as something else.",
    "wrong_salt",
    lie,
    proof,
    lie,
    holds("staff(ann, sales)"),
)
lie = proof.reveal(proof.assume(("staff/2", (private("eve"), ("s", "law")))), 0, "eve")
bad("private_made_up", "A private cell that no row has.", "bad_premise", lie, proof, lie, holds("staff(eve, law)"))

OPENLY = Relation([("bob", "sales")], 2, private=[0])
proof = Proof(World(relations={"staff/2": OPENLY}))
lie = proof.rows("staff/2")
bad(
    "private_in_name_only",
    "A private column whose cells are not.",
    "malformed_tree",
    lie,
    proof,
    lie,
    holds("staff(ann, sales)", "not_derivable"),
    false=False,
)
SECRETLY = Relation([(BOB, "sales")], 2)
proof = Proof(World(relations={"staff/2": SECRETLY}))
lie = proof.rows("staff/2")
bad(
    "private_in_secret",
    "A private cell in a column that says it has none.",
    "malformed_tree",
    lie,
    proof,
    lie,
    holds("staff(bob, sales)", "not_derivable"),
)

# Nulls ------------------------------------------------------------------------------------------------------

CALLS = World(
    "called(ann)",
    "called(sk:1(office))",
    "total(N) :- count[N; 1; called(X)]",
    "sum_of(N) :- sum[N; 5; called(X)]",
    "other(X) :- called(X), ne(X, ann)",
    "admin(sk:2(root))",
    "paid(ann, 5)",
    "paid(sk:1(office), 5)",
    "most(M) :- max[M; Y; paid(X, Y)]",
    "payroll(N) :- sum[N; Y; paid(X, Y)]",
    closed=("called/1", "total/1", "admin/1", "paid/2"),
)
proof = Proof(CALLS)
calls = proof.exact(
    proof.everything({"called(V)": ["called(ann)", "called(sk:1(office))"]}),
    proof.apply("called(ann)"),
    proof.apply("called(sk:1"),
)
lie = proof.apply("total(N)", "N=2", calls)
bad("count_nulls", "Ann and somebody are counted as two.", "not_comparable", lie, proof, lie, holds("total(2)"))
lie = proof.apply("sum_of(N)", "N=10", calls)
bad("sum_nulls", "Five for Ann and five for somebody.", "not_comparable", lie, proof, lie, holds("sum_of(10)"))
pay = proof.exact(
    proof.everything({"paid(V, W)": ["paid(ann, 5)", "paid(sk:1(office), 5)"]}),
    proof.apply("paid(ann, 5)"),
    proof.apply("paid(sk:1"),
)
lie = proof.apply("payroll(N)", "N=10", pay)
bad("sum_nulls_of_values", "The same total from values.", "not_comparable", lie, proof, lie, holds("payroll(10)"))
good(
    "max_over_nulls",
    "The greatest value does not depend on who is who.",
    proof,
    proof.apply("most(M)", "M=5", pay),
    holds("most(5)"),
)
lie = proof.everything({"other(V)": []}, calls)
bad(
    "null_unequal",
    "Somebody is not Ann.",
    "not_comparable",
    lie,
    proof,
    lie,
    holds("other(sk:1(office))", "not_derivable"),
)
lie = proof.everything({"admin(bob)": []})
bad(
    "closed_null",
    "Bob is no admin, though somebody is.",
    "not_closed",
    None,
    proof,
    lie,
    holds("admin(bob)", "refuted"),
)
bad(
    "exactly_null",
    "The admins are exactly: somebody.",
    "not_comparable",
    None,
    proof,
    proof.uncontested(proof.exact(proof.everything({"admin(V)": ["admin(sk:2(root))"]}), proof.apply("admin(sk:2"))),
    exactly("admin(V)", ["admin(sk:2(root))"]),
)
proof = Proof(World(relations={"admin/1": Relation([("ann",), ("sk:1(root)",), ("zed",)], 1)}, closed=("admin/1",)))
lie = proof.rows("admin/1", "bob")
good(
    "null_row_elsewhere",
    "A null in a row that is not shown can never be shown.",
    proof,
    lie,
    holds("admin(bob)", "not_derivable"),
)
lie = proof.rows("admin/1")
bad("null_row", "A null in a cell.", "reserved_symbol", lie, proof, lie, holds("admin(sk:1(root))", "not_derivable"))

# Pending sentences ------------------------------------------------------------------------------------------

CLIENTS = World(
    "stranger(X) :- person(X), not client(X)",
    "person(bob)",
    "clients(N) :- count[N; 1; client(X)]",
    "~client(X) :- barred(X)",
    relations={"client/1": Relation([("ann",)], 1), "~person/1": Relation([("eve",)], 1)},
    closed=("client/1",),
    pending=[Pending("Bob is a client as well.", "unread", ("client/1", "~person/1"))],
)
proof = Proof(CLIENTS)
rows = proof.rows("client/1")
lie = proof.apply("stranger(X)", "X=bob", proof.apply("person(bob)"), rows)
bad(
    "pending_rows",
    "Absent from rows, though an unread sentence may say otherwise.",
    "pending_sentence",
    lie,
    proof,
    lie,
    holds("stranger(bob)"),
)
lie = proof.apply("clients(N)", "N=1", rows)
bad(
    "pending_rows_count",
    "A total of rows under an unread sentence.",
    "pending_sentence",
    lie,
    proof,
    lie,
    holds("clients(1)"),
)
bad(
    "pending_rows_refuted",
    "A closed no from rows under an unread sentence.",
    "pending_sentence",
    None,
    proof,
    rows,
    holds("client(bob)", "refuted"),
)
bad(
    "pending_rows_not_derivable",
    "The same, not derivable.",
    "pending_sentence",
    None,
    proof,
    rows,
    holds("client(bob)", "not_derivable"),
)
lie = proof.uncontested(proof.apply("person(bob)"), proof.rows("~person/1"))
bad(
    "pending_rows_proved",
    "Uncontested by rows under an unread sentence.",
    "pending_sentence",
    lie,
    proof,
    lie,
    holds("person(bob)", "proved"),
)
lie = proof.everything({"person(V)": ["person(bob)"]}, rows)
bad(
    "pending_rows_consulted",
    "A table that read such rows.",
    "pending_sentence",
    lie,
    proof,
    lie,
    holds("person(eve)", "not_derivable"),
)
good(
    "pending_elsewhere",
    "What does not rest on absence stands.",
    proof,
    proof.apply("person(bob)"),
    holds("person(bob)"),
)

STAR = World("person(bob)", "nice(X) :- person(X)", pending=[Pending("Xyzzy.", "unread", ("*",))])
proof = Proof(STAR)
lie = proof.everything({"nice(V)": ["nice(bob)"], "person(V)": ["person(bob)"]})
bad(
    "pending_star",
    "A closure in a theory with a sentence that may say anything.",
    "pending_sentence",
    lie,
    proof,
    lie,
    holds("nice(eve)", "not_derivable"),
)
lie = proof.uncontested(proof.apply("nice(X)", "X=bob", proof.apply("person(bob)")))
bad(
    "pending_star_proved",
    "Uncontested in such a theory.",
    "pending_sentence",
    lie,
    proof,
    lie,
    holds("nice(bob)", "proved"),
)
lie = proof.step(
    "each",
    proof.theory,
    proof.apply("nice(X)", "X=!X", proof.assume("person(!X)")),
    body=[["person/1", [["v", "X"]]]],
    head=["nice/1", [["v", "X"]]],
)
bad(
    "pending_star_each",
    "A universal in such a theory.",
    "pending_sentence",
    lie,
    proof,
    lie,
    for_each(["person(X)"], "nice(X)"),
    false=False,
)

# Assumptions and eigen symbols ------------------------------------------------------------------------------

BIRDS = World(
    "bird(tweety)",
    "fly(X) :- bird(X), not odd(X)",
    "odd(X) :- penguin(X)",
    "fine(X) :- bird(X), strong(X)",
    "strong(tweety)",
    "apart(X, Y) :- bird(X), bird(Y), ne(X, Y)",
    "itself(X) :- bird(X), eq(X, X)",
    "flock(N) :- count[N; 1; bird(X)]",
    "tall(X) :- bird(X)",
    closed=("bird/1", "fly/1", "odd/1", "penguin/1"),
)
proof = Proof(BIRDS)
none = proof.everything({"odd(V)": [], "penguin(V)": []})
some = proof.everything({"bird(V)": ["bird(tweety)"]})
penguin = proof.assume("penguin(tweety)")
lie = proof.apply("fly(X)", "X=pingu", proof.assume("bird(pingu)"), none)
bad(
    "assumed_then_absent",
    "What if Pingu were a bird? It flies, by absence.",
    "assumption_in_closure",
    lie,
    proof,
    lie,
    holds("fly(pingu)"),
    assumptions=["bird(pingu)"],
)
odd = proof.apply("odd(X)", "X=tweety", penguin)
bad(
    "assumed_elsewhere",
    "Under an assumption Tweety is odd; and nothing is odd.",
    "assumption_in_closure",
    None,
    proof,
    [odd, none],
    [holds("odd(tweety)"), holds("odd(tweety)", "not_derivable")],
    assumptions=["penguin(tweety)"],
)
flies = proof.apply("fly(X)", "X=tweety", proof.apply("bird(tweety)"), none)
bad(
    "assumed_beside_absence",
    "Under an assumption Tweety is odd, and flies because it is not.",
    "assumption_in_closure",
    None,
    proof,
    [odd, flies],
    [holds("odd(tweety)"), holds("fly(tweety)")],
    assumptions=["penguin(tweety)"],
)
sure = proof.uncontested(proof.apply("bird(tweety)"))
bad(
    "assumed_beside_proved",
    "Not a bird by assumption, and an uncontested bird.",
    "assumption_in_closure",
    None,
    proof,
    [proof.assume("~bird(tweety)"), sure],
    [holds("~bird(tweety)"), holds("bird(tweety)", "proved")],
    assumptions=["~bird(tweety)"],
)
lie = proof.everything({"fly(V)": []}, some, odd)
bad(
    "assumed_in_replay",
    "An absence pruned by something assumed.",
    "assumption_in_closure",
    lie,
    proof,
    lie,
    holds("fly(tweety)", "refuted"),
)
bad(
    "assumed_silently",
    "An assumption the goal does not allow.",
    "assumption_not_allowed",
    None,
    proof,
    odd,
    holds("odd(tweety)"),
)
lie = proof.exact(
    proof.everything({"bird(V)": ["bird(tweety)", "bird(eve)"]}), proof.apply("bird(tweety)"), proof.assume("bird(eve)")
)
bad(
    "assumed_answer",
    "A listed answer that is only assumed.",
    "assumption_in_closure",
    lie,
    proof,
    proof.apply("flock(N)", "N=2", lie),
    holds("flock(2)"),
)
lie = proof.uncontested(odd)
bad(
    "assumed_uncontested",
    "Uncontested under an assumption.",
    "assumption_in_closure",
    lie,
    proof,
    lie,
    holds("odd(tweety)", "proved"),
    assumptions=["penguin(tweety)"],
)


def general(proof: Proof, premise: object, body: list[str], head: str) -> object:
    goal = for_each(body, head)
    return proof.step("each", proof.theory, premise, body=goal["body"], head=goal["head"])


good(
    "each_tall",
    "Whatever is a bird is tall.",
    proof,
    general(proof, proof.apply("tall(X)", "X=!X", proof.assume("bird(!X)")), ["bird(X)"], "tall(X)"),
    for_each(["bird(X)"], "tall(X)"),
)
lie = general(proof, proof.apply("fly(X)", "X=!X", proof.assume("bird(!X)"), none), ["bird(X)"], "fly(X)")
bad(
    "each_by_absence",
    "Every bird flies, as nothing is said against a fresh one.",
    "assumption_in_closure",
    lie.premises[1],
    proof,
    lie,
    for_each(["bird(X)"], "fly(X)"),
)
WILD = World("swims(X) :- not dry(X)", "dry(cat)", "wet(X) :- swims(X)")
wild = Proof(WILD)
lie = general(
    wild,
    wild.apply("wet(X)", "X=!X", wild.apply("swims(X)", "X=!X", wild.everything({"dry(V)": ["dry(cat)"]}))),
    [],
    "wet(cat)",
)
bad(
    "each_by_absence_swap",
    "Something absent of a fresh symbol, then of every value.",
    "premise_mismatch",
    lie,
    wild,
    lie,
    for_each([], "wet(cat)"),
)
lie = general(
    wild,
    wild.apply("wet(X)", "X=!X", wild.apply("swims(X)", "X=!X", wild.everything({"dry(V)": ["dry(cat)"]}))),
    ["wet(X)", "any(X)"][1:],
    "wet(X)",
)
bad(
    "each_by_absence_of_eigen",
    "The same, with a body that allows the variable.",
    "assumption_in_closure",
    lie,
    wild,
    lie,
    for_each(["any(X)"], "wet(X)"),
)
lie = general(
    proof, proof.apply("fine(X)", "X=!X", proof.assume("bird(!X)"), proof.assume("strong(!X)")), ["bird(X)"], "fine(X)"
)
bad(
    "each_extra_assumption",
    "Every bird is fine: strength is assumed besides.",
    "assumption_not_allowed",
    lie,
    proof,
    lie,
    for_each(["bird(X)"], "fine(X)"),
)
lie = general(
    proof,
    proof.apply("fine(X)", "X=!X", proof.assume("bird(!X)"), proof.assume("strong(!X)")),
    ["bird(X)", "strong(Y)"],
    "fine(X)",
)
bad(
    "each_two_variables",
    "Strong is another than the bird.",
    "assumption_not_allowed",
    lie,
    proof,
    lie,
    for_each(["bird(X)", "strong(Y)"], "fine(X)"),
)
lie = general(
    proof,
    proof.apply("fine(X)", "X=tweety", proof.apply("bird(tweety)"), proof.apply("strong(tweety)")),
    ["bird(X)"],
    "fine(X)",
)
bad(
    "each_from_one", "From Tweety to every bird.", "premise_mismatch", lie, proof, lie, for_each(["bird(X)"], "fine(X)")
)
lie = general(proof, proof.apply("strong(tweety)"), ["bird(X)"], "strong(Y)")
bad(
    "each_free_head",
    "A head about something the body does not bind.",
    "unbound_variable",
    lie,
    proof,
    lie,
    for_each(["bird(X)"], "strong(Y)"),
)
lie = proof.apply("apart(X, Y)", "X=!X Y=!Y", proof.assume("bird(!X)"), proof.assume("bird(!Y)"))
bad(
    "eigen_unequal",
    "Two fresh symbols are not two birds.",
    "not_comparable",
    lie,
    proof,
    general(proof, lie, ["bird(X)", "bird(Y)"], "apart(X, Y)"),
    for_each(["bird(X)", "bird(Y)"], "apart(X, Y)"),
)
lie = proof.apply("itself(X)", "X=!X", proof.assume("bird(!X)"))
bad(
    "eigen_equal",
    "Not even equality to itself is computed on a fresh symbol.",
    "not_comparable",
    lie,
    proof,
    general(proof, lie, ["bird(X)"], "itself(X)"),
    for_each(["bird(X)"], "itself(X)"),
    false=False,
)
lie = proof.claim("bird(!X)")
bad(
    "eigen_claimed",
    "A model claims something of a fresh symbol.",
    "malformed_value",
    lie,
    proof,
    general(proof, proof.apply("tall(X)", "X=!X", lie), [], "tall(a)"),
    for_each([], "tall(a)"),
)
EIGEN = World("odd(!X)", "even(a)")
proof = Proof(EIGEN)
lie = proof.apply(proof.clause("odd(!X)"))
bad(
    "eigen_committed",
    "A clause about the fresh symbol.",
    "reserved_symbol",
    lie.premises[0],
    proof,
    general(proof, lie, ["even(X)"], "odd(X)"),
    for_each(["even(X)"], "odd(X)"),
)
proof = Proof(World(relations={"odd/1": Relation([("!X",)], 1)}))
lie = proof.rows("odd/1")
bad(
    "eigen_row",
    "A row about the fresh symbol.",
    "reserved_symbol",
    lie,
    proof,
    general(proof, proof.row(lie, "!X"), ["even(X)"], "odd(X)"),
    for_each(["even(X)"], "odd(X)"),
)
CLASH = World("good(a)", "bad(X) :- evil(X)", "~evil(a)")
proof = Proof(CLASH)
lie = proof.step("contested", proof.apply("~evil(a)"), proof.assume("evil(a)"))
bad(
    "contested_by_assuming",
    "A contradiction made with an assumption, the other way round.",
    "wrong_goal",
    None,
    proof,
    lie,
    holds("evil(a)", "contested"),
)
lie = proof.step("contested", proof.assume("evil(a)"), proof.apply("~evil(a)"))
bad(
    "contested_by_assumption",
    "A contradiction made with an assumption.",
    "assumption_not_allowed",
    None,
    proof,
    lie,
    holds("evil(a)", "contested"),
)
