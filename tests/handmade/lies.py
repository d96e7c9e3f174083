"""Lying provers: for each sentence of the design's page on the kernel, a proof that would get round it.

`lie` quotes the sentence it violates; `true` says that the goal is true all the same (a lie for its own sake).
"""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

from build import *
from worlds import *


def lie(
    name: str,
    sentence: str,
    how: str,
    kind: str,
    at: Any,
    th: Theory,
    goals: Json,
    *shown: Step,
    true: bool = False,
    **more: Any,
) -> None:
    reject(f"lie_{name}", f"«{sentence}» {how}", kind, at, th, goals, *shown, false_goal=not true, **more)


def values() -> None:
    sentence = "Equality is identity of canonical bytes."
    cl = clause("Nobody is someone.", atom("odd", X), pos("called", X), c("eq", X, t("anne")))
    called = clause("Anne called.", atom("called", "anne"))
    th = Theory(cl, called)
    o = theory(th, "odd/1", "called/1")
    step = apply(the(o, cl), {"X": "anne"}, apply(the(o, called), {}))
    lie(
        "equality",
        sentence,
        "A symbol passed off as the text of the same letters.",
        "computation_false",
        step,
        th,
        [holds(atom("odd", "anne"))],
        step,
    )
    sentence = "one numeric sort (exact rational, one encoding)"
    cl = clause("The sum is off.", atom("off"), c("add", n("1/10"), n("1/5"), X), c("ne", X, n("3/10")))
    th = Theory(cl)
    o = theory(th, "off/0")
    step = apply(the(o, cl), {"X": n("7500000000000001/25000000000000000")})
    lie(
        "floating",
        sentence,
        "A sum as floating-point numbers give it.",
        "computation_false",
        step,
        th,
        [holds(atom("off"))],
        step,
    )
    step = apply(the(o, cl), {"X": n("6/20")})
    lie(
        "two_encodings",
        sentence,
        "3/10 written as 6/20, which would differ from 3/10.",
        "malformed_value",
        step,
        th,
        [holds(atom("off"))],
        step,
    )
    sentence = "duration (months and days apart; mixed ones do not compare)"
    cl = clause("A month is more than 29 days.", atom("more"), c("gt", u(1, 0), u(0, 29)))
    th = Theory(cl)
    o = theory(th, "more/0")
    step = apply(the(o, cl), {})
    lie("durations", sentence, "A month compared with days.", "domain_error", step, th, [holds(atom("more"))], step)


def documents() -> None:
    sentence = "no duplicate or unknown keys"
    said = claim(atom("bird", "rex"))

    def graded(doc: Json) -> None:
        doc["steps"][0]["grade"] = "proved"

    lie(
        "asserted_grade",
        sentence,
        "A claim that brings its own grade.",
        "malformed_step",
        said,
        Birds,
        [holds(atom("bird", "rex"))],
        said,
        edit=graded,
    )
    sentence = "steps in post-order, none unreachable"

    def padded(doc: Json) -> None:
        doc["steps"].append({"by": "conclude", "premises": ["2"]})

    fact = apply(the(theory(Birds, "bird/1"), TWEETY), {})
    lie(
        "second_end",
        sentence,
        "Two conclusions, of which a reader may take the other.",
        "not_post_order",
        "",
        Birds,
        [holds(atom("bird", "tweety"))],
        fact,
        edit=padded,
        true=True,
    )
    sentence = "The proof DAG is the stratification."
    a = clause("A if B.", atom("a"), pos("b"))
    b = clause("B if A.", atom("b"), pos("a"))
    th = Theory(a, b, closed=("a/0", "b/0"))
    o = theory(th, "a/0", "b/0")
    first = apply(the(o, a), {}, the(o, a))
    second = apply(the(o, b), {}, first)
    position = sequence(conclude(second))

    def circular(doc: Json) -> None:
        doc["steps"][position.index(first)]["premises"][1] = str(position.index(second))

    lie(
        "circular",
        sentence,
        "A because of B, and B because of A.",
        "bad_reference",
        first,
        th,
        [holds(atom("b"))],
        second,
        edit=circular,
    )
    listed = [(atom("a"), [atom("a")]), (atom("b"), [atom("b")])]
    both_listed = tables(listed, o, the(o, a), the(o, b))
    step = apply(the(o, a), {}, both_listed)
    lie(
        "circular_table",
        "A listed answer is only an upper bound",
        "A closure may list A and B for each other's sake; that proves neither.",
        "bad_premise",
        step,
        th,
        [holds(atom("a"))],
        step,
    )
    p = clause("P unless Q.", atom("p"), absent("q"))
    q = clause("Q unless P.", atom("q"), absent("p"))
    th = Theory(p, q, closed=("p/0", "q/0"))
    o = theory(th, "p/0", "q/0")
    step = tables([(atom("q"), [])], o, the(o, q))
    lie(
        "no_stratum",
        "No stratum number is trusted.",
        "P by the absence of Q, which is absent by the presence of P.",
        "unlisted_answer",
        step,
        th,
        [holds(atom("p"))],
        apply(the(o, p), {}, step),
    )


def commitments() -> None:
    sentence = (
        "predicate, and its neg → all its clauses, its relation root, open or closed; "
        "plus the readings and the unread sentences"
    )
    less = Theory(COLD, RED, KIND)
    o = theory(less, "cold/1", "~cold/1")
    lie(
        "no_complement",
        sentence,
        "The clauses of the complement left out of the theory.",
        "wrong_theory",
        o,
        Anne,
        [proved(atom("cold", "anne"))],
        uncontested(o, apply(the(o, COLD), {})),
    )
    leaf = {**Birds.leaf["abnormal/1"], "clauses": []}
    items = [["l", "abnormal/1", leaf] if i[:2] == ["l", "abnormal/1"] else i for i in Birds.open("abnormal/1")]
    o = theory(Birds, tree=items)
    lie(
        "fewer_clauses",
        sentence,
        "A leaf without its clauses.",
        "wrong_theory",
        o,
        Birds,
        [not_derivable(atom("abnormal", "pingu"))],
        tables([(atom("abnormal", V), [])], o),
    )
    o = theory(ShutRoads, "road/2", "lead/2")
    lie(
        "closed_after_all",
        sentence,
        "Open predicates passed off as closed.",
        "wrong_theory",
        o,
        Roads,
        [refuted(atom("lead", "c", "a"))],
        all_leads(o),
    )
    th = Theory(*BIRD_CLAUSES, closed=("abnormal/1", "penguin/1"), waiting=[pending("Gribble.", "*")])
    o = theory(th, "abnormal/1", "penguin/1", waiting=[])
    lie(
        "unread_hidden",
        sentence,
        "The unread sentence left out.",
        "wrong_theory",
        o,
        th,
        [refuted(atom("abnormal", "tweety"))],
        odd_birds(o),
        true=True,
    )
    reading = {**FLY, "body": FLY["body"][:1]}
    o = theory(Birds, "fly/1", "bird/1", "penguin/1")
    bird = apply(the(o, BIRDS), {"X": "pingu"}, pingu(o))
    lie(
        "other_reading",
        "clause with its reading",
        "The sentence read without its exception.",
        "clause_not_in_theory",
        the(o, reading),
        Birds,
        [holds(atom("fly", "pingu"))],
        apply(the(o, reading), {"X": "pingu"}, bird),
    )
    paraphrase = {**TWEETY, "paraphrase": "Tweety is a penguin."}
    o = theory(Birds, "bird/1")
    lie(
        "other_paraphrase",
        "clause with its reading",
        "The logical form kept, the paraphrase changed.",
        "clause_not_in_theory",
        the(o, paraphrase),
        Birds,
        [holds(atom("bird", "tweety"))],
        apply(the(o, paraphrase), {}),
        true=True,
    )
    rex = clause("Rex is a bird.", atom("bird", "rex"))
    other = Theory(TWEETY, rex)
    o = theory(other, "bird/1")
    lie(
        "other_theory",
        "against a goal and a context fixed outside the proof",
        "A good proof of another theory.",
        "wrong_theory",
        o,
        Birds,
        [holds(atom("bird", "rex"))],
        apply(the(o, rex), {}),
    )

    sentence = "A relation root binds schema, key, row count and every index"
    richer = Relation("staff", ["name", "team", "pay"], [["ann", "sales", n(999)], BOB, CY], ["012", "102"])
    goal = [holds(atom("staff", "ann", "sales", n(999)))]

    def with_leaf(change: Json) -> Step:
        relation = {**Staff.obj, **change}
        leaf = {**Office.leaf["staff/3"], "relation": relation}
        return theory(
            Office, tree=[["l", "staff/3", leaf] if i[:2] == ["l", "staff/3"] else i for i in Office.open("staff/3")]
        )

    o = with_leaf({"indexes": [richer.obj["indexes"][0], Staff.obj["indexes"][1]]})
    lie(
        "other_index",
        sentence,
        "One index replaced by that of richer people.",
        "wrong_theory",
        o,
        Office,
        goal,
        row(rows(o, richer), "ann", "sales", n(999)),
        roots=TRUSTED,
    )
    o = with_leaf({"columns": ["name", "team", "age"]})
    lie(
        "other_schema",
        sentence,
        "Pay passed off as age.",
        "wrong_theory",
        o,
        Office,
        [holds(atom("staff", *ANN))],
        row(rows(o, Staff), *ANN),
        roots=TRUSTED,
        true=True,
    )
    o = theory(Office, "staff/3", "team/1", "cost/2", "size/2")
    items = Staff.open([])
    bob = next(i for i in items if i[1] == terms(BOB))
    twice = items.index(bob)
    doubled = [*items[: twice + 1], bob, ["n", "300"], *items[twice + 1 :]]
    step = rows(o, Staff, tree=doubled)
    lie(
        "row_twice",
        "rows sorted by an order-preserving key, no duplicates",
        "Bob's row twice, to make the team dearer.",
        "wrong_root",
        step,
        Office,
        [holds(atom("cost", "sales", n(300)))],
        apply(the(o, COST), {"D": "sales", "T": n(300)}, team(o), step),
        roots=TRUSTED,
    )
    shifted = [["n", str(int(i[1]) + 1)] if i[0] == "n" else i for i in items]
    step = rows(o, Staff, tree=shifted)
    lie(
        "other_shape",
        "tree shape a function of the set",
        "The same rows under other bits.",
        "wrong_root",
        step,
        Office,
        [holds(atom("staff", *ANN))],
        row(step, *ANN),
        roots=TRUSTED,
        true=True,
    )
    sentence = "row paths and two-sided range proofs"
    for name, hidden, why in (("right", BOB, "Bob"), ("left", ANN, "Ann")):
        step = rows(o, Staff, "sales", index=1, drop=[terms(hidden)])
        lie(
            f"hidden_{name}",
            sentence,
            f"{why} is pruned, to make the team smaller.",
            "range_not_complete",
            step,
            Office,
            [holds(atom("size", "sales", n(1)))],
            apply(the(o, SIZE), {"D": "sales", "N": n(1)}, team(o), step),
            roots=TRUSTED,
        )
    step = apply(the(o, SIZE), {"D": "sales", "N": n(1)}, team(o), rows(o, Staff, "ann"))
    lie(
        "part_counted",
        "all rows under a key",
        "Ann's rows counted as if they were the team's.",
        "not_covered",
        step,
        Office,
        [holds(atom("size", "sales", n(1)))],
        step,
        roots=TRUSTED,
    )
    step = row(rows(o, Staff, "bob"), "bob", "it", n(100))
    lie(
        "invented_row",
        "row",
        "A row that is not there, from a range that is.",
        "row_not_found",
        step,
        Office,
        [holds(atom("staff", "bob", "it", n(100)))],
        step,
        roots=TRUSTED,
    )
    o = theory(Clinic, "file/3", "noted/1")
    bob_file = Files.rows[1]
    step = reveal(row(rows(o, Files, "bob"), *bob_file), 1, SALT, n(42))
    lie(
        "other_value",
        "Private columns are committed as salted digests",
        "Bob's file opened with Ann's number.",
        "wrong_salt",
        step,
        Clinic,
        [holds(atom("noted", "bob"))],
        apply(the(o, BIG), {"X": "bob", "Y": n(42), "Z": SECRET2}, step),
        roots=FILE_ROOT,
    )
    sentence = "A root the caller did not compute is an assumption with a grade."
    o = theory(Office, "staff/3")
    step = rows(o, Staff, "zed")
    lie(
        "unknown_root",
        sentence,
        "A firm no from rows nobody vouches for.",
        "not_closed",
        "last",
        Office,
        [refuted(atom("staff", "zed", "it", n(1)))],
        step,
        grade="claimed",
        true=True,
    )
    lie(
        "unknown_root_grade",
        sentence,
        "A row nobody vouches for, passed off as proved.",
        "grade_too_low",
        "last",
        Office,
        [holds(atom("staff", *ANN))],
        row(rows(o, Staff, "ann"), *ANN),
        true=True,
    )


def all_cases() -> None:
    values()
    documents()
    commitments()
