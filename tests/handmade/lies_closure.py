"""Lying provers about closures: what is left out, hidden, or counted before it is known."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

from build import *
from lies import lie
from worlds import *


def left_out() -> None:
    sentence = "The kernel takes from the context *every* clause whose head unifies with a pattern"
    o = theory(ShutBirds, "bird/1", "penguin/1")
    step = tables([(atom("bird", V), [atom("bird", "tweety")])], o, the(o, TWEETY))
    lie(
        "clause_skipped",
        sentence,
        "Pingu is no bird, if one forgets that penguins are.",
        "clause_missing",
        step,
        ShutBirds,
        [refuted(atom("bird", "pingu"))],
        step,
    )
    either = [clause("?", atom("?"), pos("lead", "c", X)), clause("?", atom("?"), pos("lead", "a", X))]
    o = theory(ShutRoads, "road/2", "lead/2", "~road/2", "~lead/2")
    step = tables([(atom("?"), [])], o, ask(0), all_leads(o))
    lie(
        "half_question",
        sentence,
        "Half of an *or* answered no.",
        "clause_missing",
        step,
        ShutRoads,
        [refuted(atom("?"))],
        step,
        question=either,
    )
    step = tables(
        [(atom("lead", V, W), LEAD_LIST), (atom("road", V, W), ROAD_LIST)],
        o,
        *road_clauses(o),
        orders=[["0", ShutRoads.place(FAR), ["0"]]],
    )
    lie(
        "part_of_body",
        "evaluates its body in the order the step gives (a permutation, checked)",
        "Half of a body.",
        "bad_order",
        step,
        ShutRoads,
        [refuted(atom("lead", "c", "a"))],
        step,
        true=True,
    )
    sentence = "every positive literal reached must be covered by one-way matching (`uncovered_call` otherwise)"
    step = tables([(atom("lead", V, W), [])], o, *road_clauses(o)[2:])
    lie(
        "uncovered",
        sentence,
        "Nothing leads anywhere, if one does not look at the roads.",
        "uncovered_call",
        step,
        ShutRoads,
        [refuted(atom("lead", "a", "b"))],
        step,
    )
    listed = [(atom("lead", V, W), [atom("lead", "a", "b")]), (atom("road", "a", V), [atom("road", "a", "b")])]
    step = tables(listed, o, *road_clauses(o))
    lie(
        "uncovered_wider",
        sentence,
        "All roads called, the roads from A listed.",
        "uncovered_call",
        step,
        ShutRoads,
        [refuted(atom("lead", "b", "c"))],
        step,
    )
    few = [atom("lead", "a", "b"), atom("lead", "b", "c")]
    step = tables([(atom("lead", V, W), few), (atom("road", V, W), ROAD_LIST)], o, *road_clauses(o))
    near_ab, _, near_bc, ab, bc = lead_proofs(o)
    sentence = "every head produced must be listed"
    lie(
        "too_few",
        sentence,
        "Exactly these, without what follows from them.",
        "unlisted_answer",
        step,
        ShutRoads,
        [exactly(atom("lead", V, W), few, "yes")],
        uncontested(o, exact(step, near_ab, near_bc, ab, bc)),
    )
    step = tables([(atom("lead", V, W), LEAD_LIST), (atom("road", V, W), ROAD_LIST[:1])], o, *road_clauses(o))
    lie(
        "fact_unlisted",
        sentence,
        "A stated road is not listed.",
        "unlisted_answer",
        step,
        ShutRoads,
        [refuted(atom("road", "b", "c"))],
        step,
    )
    o = theory(Office, "staff/3")
    pattern = atom("staff", V, "sales", W)
    step = tables([(pattern, [atom("staff", *ANN)])], o, rows(o, Staff))
    lie(
        "row_unlisted",
        sentence,
        "Bob's row is shown and not listed.",
        "unlisted_answer",
        step,
        Office,
        [refuted(atom("staff", *BOB))],
        step,
        roots=TRUSTED,
    )
    step = tables([(pattern, [])], o)
    lie(
        "rows_left_out",
        sentence,
        "A table closed over without its rows.",
        "rows_missing",
        step,
        Office,
        [not_derivable(pattern)],
        step,
        roots=TRUSTED,
    )


def upper_bounds() -> None:
    sentence = "A listed answer is only an upper bound: it is proved by its own step or not at all."
    o = theory(ShutBirds, "abnormal/1", "penguin/1", "~penguin/1")
    two = [atom("penguin", "pingu"), atom("penguin", "tweety")]
    much = tables([(atom("penguin", V), two)], o, the(o, PINGU))
    step = apply(the(o, ODD), {"X": "tweety"}, much)
    lie(
        "listed_for_proved",
        sentence,
        "Tweety is listed as a penguin and so abnormal.",
        "bad_premise",
        step,
        ShutBirds,
        [holds(atom("abnormal", "tweety"))],
        step,
    )
    lie(
        "listed_for_goal",
        sentence,
        "Tweety is listed as a penguin and so is one.",
        "wrong_goal",
        "last",
        ShutBirds,
        [holds(two[1])],
        much,
    )
    step = exact(much, pingu(o), pingu(o))
    lie(
        "proved_twice",
        sentence,
        "Pingu's proof counts for Tweety too.",
        "answer_not_proved",
        step,
        ShutBirds,
        [exactly(atom("penguin", V), two, "yes")],
        uncontested(o, step),
    )
    lie(
        "inexact",
        "`exactly`, `count/sum/min/max`, ranking need an **exact** table",
        "Exactly these two, by an upper bound.",
        "wrong_goal",
        "last",
        ShutBirds,
        [exactly(atom("penguin", V), two, "yes")],
        much,
    )


def absences() -> None:
    sentence = "*In a replay*, `absent a` counts as true unless a named premise of this step proves `a`."
    o = theory(Bar, *BAR_PREDICATES)
    nobody = [(atom("eligible", V), []), (atom("apply", V), [atom("apply", "zoe"), atom("apply", "yan")])]
    used = [the(o, cl) for cl in (FIT, ZOE, YAN)]
    step = tables(nobody, o, *used, yan_barred(o))
    lie(
        "not_barred",
        sentence,
        "Zoe is left out as barred, which only Yan is.",
        "unlisted_answer",
        step,
        Bar,
        [refuted(atom("eligible", "zoe"))],
        step,
    )
    much = [
        (atom("barred", V), [atom("barred", "yan"), atom("barred", "zoe")]),
        (atom("banned", V), [atom("banned", "zoe"), atom("banned", "yan")]),
    ]
    upper = tables(much, o, the(o, BARRED), the(o, BAN_ZOE), the(o, BAN_YAN))
    step = tables(nobody, o, *used, upper)
    lie(
        "listed_as_barred",
        sentence,
        "A table that lists Zoe as barred stands in for a proof.",
        "unlisted_answer",
        step,
        Bar,
        [refuted(atom("eligible", "zoe"))],
        step,
    )
    step = tables(nobody, o, *used, yan_barred(o), assume(atom("barred", "zoe")))
    lie(
        "assumed_exception",
        "No `tables` under an undischarged assumption: *what if* is a new context.",
        "Zoe is assumed to be barred.",
        "assumption_in_closure",
        step,
        Bar,
        [refuted(atom("eligible", "zoe"))],
        step,
        assumptions=[atom("barred", "zoe")],
    )
    sentence = (
        "*As a premise of `apply`*, `absent a` needs an earlier `tables` step that covers `a` and does not list it."
    )
    applied = apply(the(o, YAN), {})
    zoe_only = tables(
        [(atom("barred", "zoe"), []), (atom("banned", "zoe"), [atom("banned", "zoe")])],
        o,
        the(o, BARRED),
        the(o, BAN_ZOE),
        the(o, BAN_YAN),
        apply(the(o, PARDON), {}),
    )
    step = apply(the(o, FIT), {"X": "yan"}, applied, zoe_only)
    lie(
        "not_covered",
        sentence,
        "That Zoe is not barred used for Yan.",
        "not_covered",
        step,
        Bar,
        [holds(atom("eligible", "yan"))],
        step,
    )
    step = apply(the(o, FIT), {"X": "yan"}, applied, barred(o))
    lie(
        "listed",
        sentence,
        "Yan is listed as barred.",
        "listed_as_answer",
        step,
        Bar,
        [holds(atom("eligible", "yan"))],
        step,
    )
    step = apply(the(o, FIT), {"X": "yan"}, applied, applied)
    lie(
        "no_table",
        sentence,
        "An atom stands in for the table.",
        "bad_premise",
        step,
        Bar,
        [holds(atom("eligible", "yan"))],
        step,
    )
    o = theory(OpenBar, *BAR_PREDICATES)
    lie(
        "hidden_default",
        "listed in the report, and the goal must allow it",
        "A default the goal does not allow.",
        "default_not_allowed",
        "last",
        OpenBar,
        [holds(atom("eligible", "zoe"))],
        zoe_eligible(o),
        defaults=["pardoned/1"],
        true=True,
    )
    lie(
        "open_no",
        "A closure is closed only if all it consulted is closed",
        "A firm no over open predicates.",
        "not_closed",
        "last",
        OpenBar,
        [refuted(atom("eligible", "yan"))],
        eligible(o, yan_barred(o)),
        defaults=["*"],
    )
    th = Theory(*BAR_CLAUSES, closed=BAR_PREDICATES, waiting=[pending("Gribble.", "*")])
    o = theory(th, *BAR_PREDICATES)
    bars = [
        (atom("barred", V), [atom("barred", "yan")]),
        (atom("banned", V), [atom("banned", "zoe"), atom("banned", "yan")]),
    ]
    step = tables(bars, o, the(o, BARRED), the(o, BAN_ZOE), the(o, BAN_YAN), apply(the(o, PARDON), {}))
    shown = apply(the(o, FIT), {"X": "zoe"}, apply(the(o, ZOE), {}), step)
    lie(
        "pending_ignored",
        "plus the readings and the unread sentences",
        "An exception found absent in spite of an unread sentence.",
        "pending_sentence",
        step,
        th,
        [holds(atom("eligible", "zoe"))],
        shown,
        true=True,
    )


def aggregates() -> None:
    need = (
        "`exactly`, `count/sum/min/max`, ranking need an **exact** table: "
        "every listed answer has a proof among the premises"
    )
    price = [clause(f"{x} costs {i}.", atom("price", x, n(i))) for x, i in (("tea", 2), ("bun", 3))]
    top = clause("The top price.", atom("top", T), agg("max", T, S, pos("price", E, S)))
    dear = clause(
        "If the top is over 5 it is dear.", atom("dear"), agg("max", T, S, pos("price", E, S)), c("gt", T, n(5))
    )
    th = Theory(*price, top, dear, closed=("price/2", "top/1", "dear/0"))
    o = theory(th, "price/2", "top/1", "dear/0")
    used = [the(o, cl) for cl in price]
    upper = tables([(atom("price", V, W), [*[cl["head"] for cl in price], atom("price", "cake", n(9))])], o, *used)
    step = apply(the(o, top), {"T": n(9)}, upper)
    lie(
        "top_of_upper_bound",
        need,
        "The top price is that of a cake that is only listed.",
        "not_exact",
        step,
        th,
        [holds(atom("top", n(9)))],
        step,
    )
    sentence = "an aggregate in a replayed rule ranges over an exact earlier table"
    listed = [(atom("dear"), []), (atom("price", V, W), [cl["head"] for cl in price])]
    step = tables(listed, o, the(o, dear), *used)
    lie(
        "own_answers_counted",
        sentence,
        "The top of what the closure itself lists.",
        "not_exact",
        step,
        th,
        [refuted(atom("dear"))],
        step,
        true=True,
    )
    sentence = "Aggregates range over distinct bindings of all body variables, row keys included"
    o = theory(Office, "staff/3", "team/1", "size/2", "cost/2", "least_pay/2")
    for name, cl, var, value in (("sum", COST, "T", n(100)), ("count", SIZE, "N", n(1))):
        step = apply(the(o, cl), {"D": "sales", var: value}, team(o), staff_of(o))
        lie(
            f"distinct_{name}",
            sentence,
            "Ann and Bob earn the same and are taken for one.",
            "computation_false",
            step,
            Office,
            [holds(atom(cl["head"][0][:-2], "sales", value))],
            step,
            roots=TRUSTED,
        )
    sentence = "empty count and sum are 0, empty min/max fail"
    for name, cl, var, value in (("sum", COST, "T", n(1)), ("min", LOW, "T", n(0))):
        step = apply(the(o, cl), {"D": "hr", var: value}, team(o, "hr"), staff_of(o, "hr"))
        lie(
            f"empty_{name}",
            sentence,
            "Something out of nothing.",
            "computation_false",
            step,
            Office,
            [holds(atom(cl["head"][0][:-2], "hr", value))],
            step,
            roots=TRUSTED,
        )


def built_ins() -> None:
    like = clause("Ann likes Bob.", atom("like", "ann", "bob"))
    ok = clause("Who likes someone but Carol is ok.", atom("ok", X), pos("like", X, Y), c("ne", Y, "carol"))
    th = Theory(like, ok, closed=("like/2", "ok/1"))
    o = theory(th, "like/2", "ok/1")
    listed = [(atom("ok", V), []), (atom("like", V, W), [like["head"]])]
    step = tables(listed, o, the(o, like), the(o, ok), orders=[["0", "0", ["1", "0"]]])
    lie(
        "unbound",
        "A built-in must be ground when reached",
        "An order that reaches the test first.",
        "unbound_builtin",
        step,
        th,
        [refuted(atom("ok", "ann"))],
        step,
    )
    sentence = "one outside its domain (division by zero, unit mismatch) rejects the step: it is never false"
    paid = clause("Ann paid 5 for nothing.", atom("paid", "ann", eur(5), n(0)))
    dear = clause(
        "Over 1 a piece is dear.", atom("dear", X), pos("paid", X, Y, Z), c("div", Y, Z, W), c("gt", W, eur(1))
    )
    cheap = clause("What is not dear is cheap.", atom("cheap", X), pos("paid", X, Y, Z), absent("dear", X))
    th = Theory(paid, dear, cheap, closed=("paid/3", "dear/1", "cheap/1"))
    o = theory(th, "paid/3", "dear/1", "cheap/1")
    listed = [(atom("dear", V), []), (atom("paid", V, W, X), [paid["head"]])]
    step = tables(listed, o, the(o, paid), the(o, dear))
    bound = {"X": "ann", "Y": eur(5), "Z": n(0)}
    shown = apply(the(o, cheap), bound, apply(the(o, paid), {}), step)
    lie(
        "by_zero",
        sentence,
        "Five for nothing is not dear, since the division fails.",
        "domain_error",
        step,
        th,
        [holds(atom("cheap", "ann"))],
        shown,
    )
    paid = clause("Ann paid 5 dollars.", atom("paid", "ann", f("quantity", n(5), s("usd"))))
    dear = clause("Over 1 euro is dear.", atom("dear", X), pos("paid", X, Y), c("gt", Y, eur(1)))
    th = Theory(paid, dear, closed=("paid/2", "dear/1"))
    o = theory(th, "paid/2", "dear/1")
    step = tables([(atom("dear", V), []), (atom("paid", V, W), [paid["head"]])], o, the(o, paid), the(o, dear))
    lie(
        "units",
        sentence,
        "Dollars are not over a euro, since they do not compare.",
        "domain_error",
        step,
        th,
        [refuted(atom("dear", "ann"))],
        step,
    )
    sentence = "Skolem terms are nulls: no `≠`, order, aggregate or *exactly* may reach one"
    null = f("sk:7", "office")
    some = clause("Somebody called.", atom("called", null))
    other = clause("Who is not Bob is another.", atom("other", X), pos("called", X), c("ne", X, "bob"))
    th = Theory(some, other, closed=("called/1", "other/1"))
    o = theory(th, "called/1", "other/1", "~called/1")
    caller = apply(the(o, some), {})
    step = apply(the(o, other), {"X": null}, caller)
    lie(
        "null_not_bob",
        sentence,
        "Somebody unknown is not Bob.",
        "not_comparable",
        step,
        th,
        [holds(atom("other", null))],
        step,
    )
    listing = exact(tables([(atom("called", V), [some["head"]])], o, the(o, some)), caller)
    lie(
        "exactly_somebody",
        sentence,
        "Exactly one caller, whoever that is.",
        "not_comparable",
        "last",
        th,
        [exactly(atom("called", V), [some["head"]])],
        uncontested(o, listing),
    )
    step = tables([(atom("other", V), [])], o, the(o, other), listing)
    lie(
        "null_is_bob",
        sentence,
        "Somebody unknown is Bob, and so no other.",
        "not_comparable",
        step,
        th,
        [refuted(atom("other", null))],
        step,
    )


def all_cases() -> None:
    left_out()
    upper_bounds()
    absences()
    aggregates()
    built_ins()
