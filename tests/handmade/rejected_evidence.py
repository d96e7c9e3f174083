"""Rejected at the leaves: premises of the wrong kind, other theories, rows, cells, validity, bindings."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

import hashlib

from build import *
from seal import sealed, text_digest, tree_root
from worlds import *


def premises() -> None:
    def case(name: str, why: str, at: Step, *shown: Step, th: Theory = Birds, **more: Any) -> None:
        goals = [holds(atom("bird", "tweety"))] * len(shown)
        reject(f"bad_premise_{name}", why, "bad_premise", at, th, goals, *shown, **more)

    o = theory(Birds, "bird/1", "penguin/1", "abnormal/1", "fly/1")
    fact, peng = apply(the(o, TWEETY), {}), pingu(o)
    step = apply(the(o, BIRDS), {"X": "pingu"})
    case("apply_few", "no premise for a body literal", step, step)
    step = apply(the(o, TWEETY), {}, peng)
    case("apply_many", "a premise for no literal", step, step)
    step = apply(fact, {})
    case("apply_fact", "an atom where the clause belongs", step, step)
    step = apply(the(o, BIRDS), {"X": "pingu"}, odd_birds(o))
    case("apply_table", "a listed answer is no proof: a table where an atom belongs", step, step)
    step = apply(the(o, FLY), {"X": "tweety"}, fact, peng)
    case("apply_absent", "an atom where a table belongs", step, step)
    step = Step("clause", [fact], {"clause": TWEETY})
    case("clause", "a clause of no theory", step, apply(step, {}))
    step = Step("clause", [], {"clause": TWEETY})
    case("clause_none", "a clause without a premise", step, apply(step, {}))
    step = Step("theory", [o], {"pending": [], "tree": Birds.open("bird/1")})
    case("theory", "a theory rests on nothing", step, apply(the(step, TWEETY), {}))
    step = Step("assume", [fact], {"atom": atom("p")})
    case("assume", "an assumption rests on nothing", step, step)
    step = contested(fact)
    case("contested", "one side only", step, step)
    step = exact(fact)
    case("exact", "an atom where a table belongs", step, step)
    once = exact(odd_birds(o), apply(the(o, ODD), {"X": "pingu"}, peng), peng)
    step = tables([(atom("penguin", V), [atom("penguin", "pingu")])], o, the(o, PINGU), o)
    case("tables", "a second theory", step, step)
    step = tables([(atom("penguin", V), [atom("penguin", "pingu")])], the(o, PINGU), o)
    case("tables_first", "the theory comes first", step, step)
    step = uncontested(o, odd_birds(o))
    case("uncontested_upper_bound", "an upper bound cannot be uncontested", step, step)
    step = uncontested(o, fact, peng)
    case("uncontested_tables", "an atom where tables belong", step, step)
    step = uncontested(fact, peng)
    case("uncontested_theory", "no theory", step, step)
    step = each([], atom("bird", "tweety"), o)
    case("each", "nothing that holds", step, step)
    step = each([], atom("bird", "tweety"), o, once)
    case("each_table", "a table where an atom belongs", step, step)
    question = [clause("?", atom("?"))]
    yes = apply(ask(0), {})
    step = contested(yes, yes)
    case("contested_question", "a question predicate has no complement", step, step, question=question)
    o = theory(Office, "staff/3")
    ann = rows(o, Staff, "ann")
    step = row(row(ann, *ANN), *ANN)
    case("row", "a row of a row", step, step, th=Office)
    step = uncontested(o, ann)
    case("uncontested_rows", "rows are not made uncontested", step, step, th=Office)
    o = theory(Clinic, "file/3", "noted/1")
    hidden = assume(atom("file", "ann", SECRET, SECRET2))
    step = reveal(hidden, 1, SALT, n(42))
    case("reveal", "a cell of something that is no row", step, step, th=Clinic, assumptions=[hidden.fields["atom"]])
    key = Relation("key", ["id"], [["a"]])
    also = clause("B is a key too.", atom("key", "b"))
    none = clause("No key C.", atom("free", "c"), absent("key", "c"))
    th = Theory(key, also, none, closed=("key/1", "free/1"))
    o = theory(th, "key/1", "free/1")
    step = apply(the(o, none), {}, rows(o, key))
    case("rows_with_clauses", "rows of a predicate that has clauses too are no table", step, step, th=th)


def theories() -> None:
    other = Theory(TWEETY)
    goal = [holds(atom("bird", "tweety"))]
    o = theory(other, "bird/1")
    reject("wrong_theory_other", "a proof of another theory", "wrong_theory", o, Birds, goal, apply(the(o, TWEETY), {}))
    o = theory(Birds, "bird/1", waiting=[pending("Gribble.", "cat/1")])
    reject(
        "wrong_theory_pending",
        "a pending sentence of its own",
        "wrong_theory",
        o,
        Birds,
        goal,
        apply(the(o, TWEETY), {}),
    )

    o = theory(Birds, "penguin/1")
    reject(
        "not_opened_clause",
        "a clause whose predicate is pruned",
        "not_opened",
        the(o, TWEETY),
        Birds,
        goal,
        apply(the(o, TWEETY), {}),
    )
    o = theory(Birds, "penguin/1")
    step = tables([(atom("abnormal", V), [])], o)
    reject(
        "not_opened_tables",
        "a closure of a predicate that is pruned",
        "not_opened",
        step,
        Birds,
        [not_derivable(atom("abnormal", V))],
        step,
    )
    o = theory(Birds, "penguin/1", "fly/1")
    step = uncontested(o, pingu(o))
    reject(
        "not_opened_complement",
        "whether the complement has clauses was not shown",
        "not_opened",
        step,
        Birds,
        [proved(atom("penguin", "pingu"))],
        step,
    )
    o = theory(Office, "team/1")
    step = rows(o, Staff)
    reject(
        "not_opened_rows",
        "rows of a relation that is pruned",
        "not_opened",
        step,
        Office,
        [holds(atom("staff", *ANN))],
        row(step, *ANN),
        grade="claimed",
    )

    o = theory(Birds, "bird/1")
    step = the(o, clause("Rex is a bird.", atom("bird", "rex")))
    reject(
        "clause_not_in_theory_new",
        "a fact of the prover's own",
        "clause_not_in_theory",
        step,
        Birds,
        [holds(atom("bird", "rex"))],
        apply(step, {}),
    )
    step = the(theory(Birds, "unicorn/1"), clause("Uni is a unicorn.", atom("unicorn", "uni")))
    reject(
        "clause_not_in_theory_no_leaf",
        "a clause of a predicate without a leaf",
        "clause_not_in_theory",
        step,
        Birds,
        [holds(atom("unicorn", "uni"))],
        apply(step, {}),
    )
    step = ask(1)
    reject(
        "clause_not_in_theory_ask",
        "a question the goal does not ask",
        "clause_not_in_theory",
        step,
        Birds,
        [holds(atom("?"))],
        apply(step, {}),
        question=[clause("?", atom("?"))],
    )

    odd = clause("Odd.", atom("bird", s("!X")))
    th = Theory(odd)
    step = the(theory(th, "bird/1"), odd)
    reject(
        "reserved_symbol_clause",
        "a committed clause about a generic individual",
        "reserved_symbol",
        step,
        th,
        [holds(atom("bird", "x"))],
        apply(step, {}),
    )
    odd = clause("Odd.", atom("bird", X), c("eq", X, f("a", s("!"))))
    th = Theory(odd)
    step = the(theory(th, "bird/1"), odd)
    reject(
        "reserved_symbol_inside",
        "an eigen symbol deep in a body",
        "reserved_symbol",
        step,
        th,
        [holds(atom("bird", "a"))],
        apply(step, {"X": "a"}),
    )
    strange = Relation("key", ["id"], [["a"], [s("!a")]])
    th = Theory(strange)
    step = rows(theory(th, "key/1"), strange)
    reject(
        "reserved_symbol_row",
        "a committed row about a generic individual",
        "reserved_symbol",
        step,
        th,
        [holds(atom("key", "a"))],
        row(step, "a"),
        grade="claimed",
    )


def relations() -> None:
    goal = [holds(atom("staff", *ANN))]

    def case(kind: str, name: str, why: str, at: Step, shown: Step | None = None, **more: Any) -> None:
        shown = shown or row(at, *ANN)
        reject(f"{kind}_{name}", why, kind, at, Office, more.pop("goals", goal), shown, roots=TRUSTED, **more)

    o = theory(Office, "staff/3")
    richer = Relation("staff", ["name", "team", "pay"], [["ann", "sales", n(999)], BOB, CY], ["012", "102"])
    step = rows(o, Staff, tree=richer.open([]))
    case("wrong_root", "other", "rows of another relation", step, row(step, "ann", "sales", n(999)))
    step = rows(o, Staff, "sales", index=1, tree=Staff.open([]))
    case("wrong_root", "index", "the rows in the order of another index", step)
    step = rows(o, Staff, tree=Staff.open([])[:1])
    case("wrong_root", "fewer", "one row as if it were all", step, row(step, *Staff.open([])[0][1]))

    step = rows(o, Staff, "sales", index=1, drop=[BOB_ROW])
    case("range_not_complete", "pruned", "one row of the prefix left pruned", step)
    step = rows(o, Staff, drop=[CY_ROW])
    case("range_not_complete", "all", "all rows, but one is pruned", step)
    step = rows(o, Staff, "bo", tree=Staff.open([s("ann")]))
    case(
        "range_not_complete",
        "elsewhere",
        "a name is not there, shown from a far part of the index",
        step,
        goals=[not_derivable(atom("staff", "bo", V, W))],
        shown=step,
    )

    ann = rows(o, Staff, "ann")
    step = row(ann, *BOB)
    case("row_not_found", "other_prefix", "a row outside the prefix", step, step, goals=[holds(atom("staff", *BOB))])
    step = row(ann, "ann", "sales", n(101))
    case(
        "row_not_found",
        "changed",
        "a row that is not there",
        step,
        step,
        goals=[holds(atom("staff", "ann", "sales", n(101)))],
    )
    step = row(ann, "ann", "sales")
    case("row_not_found", "shorter", "a row with a cell too few", step, step)

    step = rows(o, Staff, index=2)
    case("rows_missing", "index", "an index the relation does not have", step)
    step = rows(o, Staff, "ann", "sales", n(100), "more", tree=Staff.open([s("ann")]))
    case("rows_missing", "prefix", "a prefix longer than a row", step)
    o2 = theory(Office, "team/1", "staff/3")
    step = rows(o2, Staff, predicate="team/1")
    case("rows_missing", "no_relation", "rows of a predicate that has none", step)

    o = theory(Clinic, "file/3", "noted/1")
    hidden = row(rows(o, Files, "ann"), "ann", SECRET, SECRET2)
    wrong = {
        "value": (reveal(hidden, 1, SALT, n(43)), "another value with the same salt"),
        "salt": (reveal(hidden, 1, SALT + "!", n(42)), "the value with another salt"),
        "column": (reveal(hidden, 2, SALT, n(42)), "another column"),
        "public": (reveal(hidden, 0, SALT, s("ann")), "a cell that is not private"),
        "again": (reveal(reveal(hidden, 1, SALT, n(42)), 1, SALT, n(42)), "a cell that is open already"),
        "sort": (reveal(hidden, 1, SALT, t("42")), "the text 42 is not the number"),
    }
    for name, (step, why) in wrong.items():
        at = step
        reject(
            f"wrong_salt_{name}", why, "wrong_salt", at, Clinic, [holds(atom("noted", "ann"))], step, roots=FILE_ROOT
        )


BOB_ROW, CY_ROW = terms(BOB), terms(CY)


def twice() -> None:
    """A committed tree that holds one row twice: every digest agrees, and still it is none."""
    null = f("sk:1", "a")
    for name, kind, cells, hidden, why in (
        ("null", "reserved_symbol", ["a", null], [], "a committed row about an unknown individual"),
        ("public", "malformed_tree", ["a", n(1)], [1], "a private column with an open cell"),
        ("hidden", "malformed_tree", ["a", SECRET], [], "a private cell in an open column"),
        ("inside", "malformed_tree", ["a", f("pair", SECRET, n(1))], [], "a private cell inside an open cell"),
    ):
        odd = Relation("key", ["id", "of"], [cells], hidden=hidden)
        th = Theory(odd)
        step = rows(theory(th, "key/2"), odd)
        shown = row(step, *cells)
        reject(f"{kind}_cell_{name}", why, kind, step, th, [holds(atom("key", *cells))], shown, grade="claimed")
    key = Relation("key", ["id"], [["a"]])
    leaf = tree_root(key.leaves())
    root = hashlib.sha256(b"quod1.node\n" + (3).to_bytes(4, "big") + leaf + leaf).digest()
    key.obj["indexes"][0][1] = text_digest(root)
    key.digest = sealed("relation", key.obj)
    th = Theory(key)
    item = ["r", [s("a")]]
    step = rows(theory(th, "key/1"), key, tree=[item, item, ["n", "3"]])
    reject(
        "malformed_tree_row_twice",
        "two equal rows, as committed",
        "malformed_tree",
        step,
        th,
        [holds(atom("key", "a"))],
        row(step, "a"),
        grade="claimed",
    )


def clauses() -> None:
    o = theory(Rates, "rate/1", "due/1")
    for name, cl, bound, now, why in (
        ("before", OLD, {}, "2025-12-31", "the day before `since`"),
        ("until", OLD, {}, "2026-07-01", "`until` is the first day a clause is not in force"),
        ("long_after", OLD, {}, "2036-07-01", "ten years later"),
    ):
        step = apply(the(o, cl), bound)
        reject(f"not_in_force_{name}", why, "not_in_force", step, Rates, [holds(atom("rate", n(5)))], step, now=now)
    step = apply(the(o, DUE), {"X": n(5)}, apply(the(o, OLD), {"Y": n(1)}))
    reject(
        "not_in_force_first",
        "in force is tested before bindings",
        "not_in_force",
        step.premises[1],
        Rates,
        [holds(atom("due", n(5)))],
        step,
        now="2026-12-01",
    )

    o = theory(Birds, "bird/1", "penguin/1")
    for name, bound, why in (
        ("missing", {}, "a variable without a value"),
        ("more", {"X": "pingu", "Y": "pingu"}, "a value for no variable"),
        ("other", {"x": "pingu"}, "a value for another variable"),
    ):
        step = apply(the(o, BIRDS), bound, pingu(o))
        reject(f"bad_bindings_{name}", why, "bad_bindings", step, Birds, [holds(atom("bird", "pingu"))], step)
    o = theory(Office, "staff/3", "team/1", "size/2")
    step = apply(the(o, SIZE), {"D": "sales", "N": n(1), "E": "ann", "S": n(100)}, team(o), rows(o, Staff))
    reject(
        "bad_bindings_local",
        "the local variables of an aggregate are not bound: that would count one",
        "bad_bindings",
        step,
        Office,
        [holds(atom("size", "sales", n(1)))],
        step,
        roots=TRUSTED,
    )

    o = theory(Birds, "bird/1", "penguin/1")
    step = apply(the(o, BIRDS), {"X": "tweety"}, pingu(o))
    reject(
        "premise_mismatch_binding",
        "the premise is about another",
        "premise_mismatch",
        step,
        Birds,
        [holds(atom("bird", "tweety"))],
        step,
    )
    step = apply(the(o, BIRDS), {"X": "tweety"}, apply(the(o, TWEETY), {}))
    reject(
        "premise_mismatch_predicate",
        "the premise is of another predicate",
        "premise_mismatch",
        step,
        Birds,
        [holds(atom("bird", "tweety"))],
        step,
    )
    o = theory(Anne, "cold/1", "red/1", "~cold/1")
    cold, _ = cold_and_not(o)
    step = contested(cold, cold)
    reject(
        "premise_mismatch_contested",
        "the same side twice",
        "premise_mismatch",
        step,
        Anne,
        [both(atom("cold", "anne"))],
        step,
    )
    step = contested(cold, apply(the(o, RED), {}))
    reject(
        "premise_mismatch_red",
        "red is no complement of cold",
        "premise_mismatch",
        step,
        Anne,
        [both(atom("cold", "anne"))],
        step,
    )
    o = theory(People, "mortal/1", "die/1")
    man = assume(atom("man", s("!X")))
    step = each([atom("man", X)], atom("die", X), o, apply(the(o, MEN), {"X": s("!X")}, man))
    reject(
        "premise_mismatch_each",
        "shown of all men: that they are mortal, not that they die",
        "premise_mismatch",
        step,
        People,
        [always([atom("man", X)], atom("die", X))],
        step,
    )
    man = assume(atom("man", s("!Y")))
    step = each([atom("man", X)], atom("mortal", X), o, apply(the(o, MEN), {"X": s("!Y")}, man))
    reject(
        "premise_mismatch_eigen",
        "the generic individual of another variable",
        "premise_mismatch",
        step,
        People,
        [always([atom("man", X)], atom("mortal", X))],
        step,
    )
    step = each([], atom("mortal", X), o, apply(the(o, MEN), {"X": s("!X")}, assume(atom("man", s("!X")))))
    reject(
        "unbound_variable_each",
        "everything is mortal: the head's variable is not in the body",
        "unbound_variable",
        step,
        People,
        [always([], atom("mortal", X))],
        step,
    )


def all_cases() -> None:
    premises()
    theories()
    relations()
    twice()
    clauses()
