"""Rejected in computation, absence, closures, aggregates and at the end."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

from build import *
from worlds import *


def absence() -> None:
    goal = [holds(atom("fly", "tweety"))]
    o = theory(ShutBirds, "bird/1", "fly/1", "abnormal/1", "penguin/1")
    bird = apply(the(o, TWEETY), {})
    peng = tables([(atom("penguin", V), [atom("penguin", "pingu")])], o, the(o, PINGU))
    step = apply(the(o, FLY), {"X": "tweety"}, bird, peng)
    reject(
        "not_covered_predicate", "absent from a table of another predicate", "not_covered", step, ShutBirds, goal, step
    )
    listed = [
        (atom("abnormal", "pingu"), [atom("abnormal", "pingu")]),
        (atom("penguin", V), [atom("penguin", "pingu")]),
    ]
    one = tables(listed, o, the(o, ODD), the(o, PINGU))
    step = apply(the(o, FLY), {"X": "tweety"}, bird, one)
    reject("not_covered_bound", "absent from a table about Pingu only", "not_covered", step, ShutBirds, goal, step)
    step = apply(the(o, FLY), {"X": "pingu"}, apply(the(o, BIRDS), {"X": "pingu"}, pingu(o)), odd_birds(o))
    reject(
        "listed_as_answer_pingu",
        "Pingu is listed as abnormal",
        "listed_as_answer",
        step,
        ShutBirds,
        [holds(atom("fly", "pingu"))],
        step,
    )
    listed = [
        (atom("abnormal", V), [atom("abnormal", "pingu"), atom("abnormal", "tweety")]),
        (atom("penguin", V), [atom("penguin", "pingu")]),
    ]
    much = tables(listed, o, the(o, ODD), the(o, PINGU))
    step = apply(the(o, FLY), {"X": "tweety"}, bird, much)
    reject(
        "listed_as_answer_too_many",
        "one may list too much, but then absence does not follow",
        "listed_as_answer",
        step,
        ShutBirds,
        goal,
        step,
    )
    # Two patterns cover: the first one's answers count.
    listed = [
        (atom("abnormal", "tweety"), [atom("abnormal", "tweety")]),
        (atom("abnormal", V), [atom("abnormal", "pingu")]),
        (atom("penguin", V), [atom("penguin", "pingu")]),
    ]
    much = tables(listed, o, the(o, ODD), the(o, PINGU))
    step = apply(the(o, FLY), {"X": "tweety"}, bird, much)
    reject(
        "listed_as_answer_first_pattern",
        "the first pattern that covers counts, and it lists Tweety",
        "listed_as_answer",
        step,
        ShutBirds,
        goal,
        step,
    )


def computed(kind: str, name: str, why: str, *body: Json, replay: bool = True, **more: Any) -> None:
    """A fact with a computation: rejected as a premise-less `apply`, and in a closure of its predicate."""
    cl = clause("A computation.", atom("ok"), *body)
    th = Theory(cl, closed=("ok/0",))
    o = theory(th, "ok/0")
    step = apply(the(o, cl), {})
    reject(f"{kind}_{name}", why, kind, step, th, [holds(atom("ok"))], step, **more)
    if replay:
        step = tables([(atom("ok"), [])], o, the(o, cl))
        reject(
            f"{kind}_{name}_replayed",
            why + "; it is not false, it rejects",
            kind,
            step,
            th,
            [refuted(atom("ok"))],
            step,
            **more,
        )


def computations() -> None:
    false = {
        "lt": (c("lt", n("1/2"), n("1/2")), "a number is not less than itself"),
        "eq": (c("eq", "anne", t("anne")), "a symbol is no text"),
        "add": (c("add", n(2), n(2), n(5)), "two and two"),
        "third": (c("mul", n("1/3"), n(3), n("999999999/1000000000")), "a third of three is one, exactly"),
        "clamp": (c("add", d("2024-01-31"), u(1, 0), d("2024-03-02")), "months are clamped, not carried over"),
        "days": (c("sub", d("2024-03-01"), d("2024-02-01"), u(1, 0)), "a difference of dates is in days"),
        "months": (c("months_between", d("2024-02-29"), d("2024-01-31"), n(0)), "minus the months the other way round"),
        "weekday": (c("weekday", d("2026-03-01"), n(0)), "Sunday is 7"),
        "round": (c("round", n("5/2"), n(0), "half_even", n(3)), "a tie goes to the even one"),
        "length": (c("length", t("\U0001f701"), n(2)), "code points are counted, not halves of them"),
        "lowercase": (c("lowercase", t("\u00c4"), t("\u00e4")), "only A to Z have small letters here"),
        "bytes": (c("lt", t("\U0001f701"), t("\uffee")), "texts are ordered by UTF-8, not by UTF-16"),
        "sort": (c("add", n(1), n(1), t("2")), "the result is a number"),
    }
    for name, (literal, why) in false.items():
        computed("computation_false", name, why, literal, replay=False)
    domain = {
        "by_zero": (c("div", n(1), n(0), n(0)), "division by nought"),
        "units": (c("add", eur(1), f("quantity", n(1), s("usd")), eur(2)), "units are not converted"),
        "mixed": (c("lt", u(1, 0), u(0, 30)), "months and days do not compare"),
        "mixed_one": (c("lt", u(1, 1), u(2, 2)), "nor do durations with both"),
        "sorts": (c("gt", n(1), t("1")), "a number and a text do not compare"),
        "symbols": (c("lt", "a", "b"), "symbols have no order"),
        "year_10000": (c("add", d("9999-12-31"), u(0, 1), d("9999-12-31")), "there is no next day"),
        "year_0": (c("sub", d("0001-01-31"), u(1, 0), d("0001-01-01")), "nor a month before"),
        "digits": (c("mul", n("9" * 200), n("9" * 200), n(0)), "more than 300 digits"),
        "mode": (c("round", n("5/2"), n(0), "nearest", n(3)), "rounding names one of its modes"),
        "places": (c("round", n("5/2"), n(51), "up", n("5/2")), "51 places"),
        "places_half": (c("round", n("5/2"), n("1/2"), "up", n("5/2")), "half a place"),
        "quantity_form": (c("add", f("quantity", n(1)), f("quantity", n(1)), n(2)), "a quantity without a unit"),
        "money": (c("mul", eur(2), eur(2), eur(4)), "no square euros"),
        "text_of": (c("text_of", t("anne"), t("anne")), "a text is no symbol"),
        "starts": (c("starts_with", "quod", t("q")), "a symbol is no text"),
        "quantity_zero": (c("div", eur(1), eur(0), n(0)), "division by no euros"),
        "after": (c("lt", u(0, 1), u(1, 0)), "one day and one month"),
    }
    for name, (literal, why) in domain.items():
        computed("domain_error", name, why, literal)
    null, cell = f("sk:1", "ann"), private(SALT, n(1))
    unknown = {
        "null_ne": (c("ne", null, "bob"), "an unknown individual may be Bob"),
        "null_eq": (c("eq", null, null), "not even with itself"),
        "cell_lt": (c("lt", cell, n(2)), "a private cell is not compared"),
        "inside": (c("ne", f("a", f("b", cell)), n(1)), "nor deep inside a compound"),
        "before_domain": (c("lt", null, t("x")), "unknown comes before outside the domain"),
        "add": (c("add", n(1), cell, n(2)), "nor added to"),
    }
    for name, (literal, why) in unknown.items():
        computed("not_comparable", name, why, literal)
    adult = clause("Who is over 17 is adult.", atom("adult", X), pos("age", X, Y), c("gt", Y, n(17)))
    th = Theory(adult)
    o = theory(th, "adult/1")
    body = [atom("age", X, Y)]
    step = apply(the(o, adult), {"X": s("!X"), "Y": s("!Y")}, assume(atom("age", s("!X"), s("!Y"))))
    reject(
        "not_comparable_eigen",
        "not all ages are over 17",
        "not_comparable",
        step,
        th,
        [always(body, atom("adult", X))],
        each(body, atom("adult", X), o, step),
    )


def closures() -> None:
    goal = [not_derivable(atom("ok", "zoe"))]

    def case(
        kind: str, name: str, why: str, cl: Json, *more: Any, listed: Sequence[Any] = (), orders: Sequence[Any] = ()
    ) -> None:
        """A closure of ok/1 by one clause over like(ann, bob)."""
        like = clause("Ann likes Bob.", atom("like", "ann", "bob"))
        th = Theory(cl, like, *more, closed=("ok/1", "like/2"))
        o = theory(th, "ok/1", "like/2")
        patterns = [(atom("ok", V), [atom("ok", "ann")]), (atom("like", V, W), [like["head"]])]
        premises = [the(o, p) for p in (cl, like, *more) if p["head"][0] in ("ok/1", "like/2")]
        step = tables(listed or patterns, o, *premises, orders=orders)
        reject(f"{kind}_{name}", why, kind, step, th, goal, step)

    ok, like = atom("ok", X), pos("like", X, Y)
    case("unbound_builtin", "test", "a test before its variables are bound", clause("Odd.", ok, c("gt", Y, n(1)), like))
    case(
        "unbound_builtin",
        "function",
        "an argument of a function unbound",
        clause("Odd.", ok, c("add", Y, n(1), Z), like),
    )
    case(
        "unbound_builtin",
        "absent",
        "an absence before its variables are bound",
        clause("Odd.", ok, absent("bad", X, Y), like),
    )
    case(
        "unbound_builtin",
        "absent_local",
        "an absence with a variable of its own",
        clause("Odd.", ok, like, absent("bad", Z)),
    )
    case(
        "unbound_builtin",
        "aggregate",
        "an aggregate before its outer variables are bound",
        clause("Odd.", ok, agg("count", n(1), ONE, pos("like", X, Z)), like),
    )
    rotated = clause("Bob is not.", ok, like, c("ne", Y, "carol"))
    case("unbound_builtin", "order", "the order given reaches the test first", rotated, orders=[["0", "0", ["1", "0"]]])
    case("unbound_variable", "head", "everything is ok if Ann likes Bob", clause("All.", atom("ok", Z), like))
    case("unbound_variable", "fact", "everything is ok", clause("All.", ok))
    case("uncovered_call", "predicate", "a predicate nothing covers", clause("Odd.", ok, like, pos("rich", Y)))
    far = clause("Odd.", ok, like, pos("like", Y, Z))
    case(
        "uncovered_call",
        "unbound",
        "all likings are called, but only Ann's are covered",
        far,
        listed=[(atom("ok", V), [atom("ok", "ann")]), (atom("like", "ann", V), [atom("like", "ann", "bob")])],
    )
    short = clause("Who likes someone is ok.", ok, like)
    case(
        "unlisted_answer",
        "derived",
        "an answer the clause gives is left out",
        short,
        listed=[(atom("ok", V), []), (atom("like", V, W), [atom("like", "ann", "bob")])],
    )
    case(
        "unlisted_answer",
        "fact",
        "a fact is left out",
        short,
        listed=[(atom("ok", V), [atom("ok", "ann")]), (atom("like", V, W), [])],
    )
    good = [(atom("like", V, W), [atom("like", "ann", "bob")])]
    case(
        "bad_answers",
        "pattern",
        "an answer that does not match its pattern",
        short,
        listed=[(atom("ok", "zoe"), [atom("ok", "ann")]), *good],
    )
    case(
        "bad_answers",
        "twice",
        "an answer twice",
        short,
        listed=[(atom("ok", V), [atom("ok", "ann"), atom("ok", "ann")]), *good],
    )
    case(
        "bad_answers",
        "not_ground",
        "an answer with a variable",
        short,
        listed=[(atom("ok", V), [atom("ok", V)]), *good],
    )
    case(
        "bad_answers",
        "predicate",
        "an answer of another predicate",
        short,
        listed=[(atom("ok", V), [atom("like", "ann", "bob")]), *good],
    )
    two = clause("Who likes two is ok.", ok, like, pos("like", X, Z))
    bad_orders = {
        "short": ([["0", "0", ["0"]]], "a literal is left out"),
        "twice": ([["0", "0", ["0", "0"]]], "a literal twice"),
        "beyond": ([["0", "0", ["0", "2"]]], "a literal that is not there"),
        "pattern": ([["2", "0", ["0", "1"]]], "no such pattern"),
        "clause": ([["0", "1", ["0", "1"]]], "no such clause"),
        "same": ([["0", "0", ["0", "1"]], ["0", "0", ["1", "0"]]], "two orders for one clause"),
    }
    for name, (orders, why) in bad_orders.items():
        case("bad_order", name, why, two, orders=orders)
    case(
        "domain_error",
        "late",
        "what a test is not reached with does not matter, but here it is",
        clause("Odd.", ok, like, c("gt", Y, n(1))),
    )

    o = theory(Birds, "bird/1", "penguin/1", "abnormal/1")
    birds = [(atom("bird", V), [atom("bird", "tweety")]), (atom("penguin", V), [atom("penguin", "pingu")])]
    step = tables(birds, o, the(o, TWEETY), the(o, PINGU))
    reject(
        "clause_missing_rule",
        "the rule that penguins are birds is left out",
        "clause_missing",
        step,
        Birds,
        [not_derivable(atom("bird", "pingu"))],
        step,
    )
    step = tables([(atom("abnormal", V), [])], o)
    reject(
        "clause_missing_all",
        "no clause at all",
        "clause_missing",
        step,
        Birds,
        [not_derivable(atom("abnormal", "pingu"))],
        step,
    )
    either = [clause("?", atom("?"), pos("unicorn", X)), clause("?", atom("?"), pos("penguin", X))]
    o = theory(Birds, "unicorn/1", "penguin/1")
    step = tables([(atom("?"), []), (atom("unicorn", V), [])], o, ask(0))
    reject(
        "clause_missing_question",
        "half of the question",
        "clause_missing",
        step,
        Birds,
        [not_derivable(atom("?"))],
        step,
        question=either,
    )
    o = theory(Rates, "rate/1")
    step = tables([(atom("rate", V), [atom("rate", n(6))])], o, the(o, NEW))
    reject(
        "clause_missing_expired",
        "a clause out of force may not be left out either",
        "clause_missing",
        step,
        Rates,
        [refuted(atom("rate", n(5)))],
        step,
        now="2027-01-01",
    )

    o = theory(Office, "staff/3")
    pattern = atom("staff", V, "sales", W)
    step = tables([(pattern, [])], o)
    reject(
        "rows_missing_tables",
        "a closure of a relation without its rows",
        "rows_missing",
        step,
        Office,
        [not_derivable(pattern)],
        step,
    )
    step = tables([(pattern, [])], o, rows(o, Staff, "it", index=1))
    reject(
        "rows_missing_other_prefix",
        "the rows of another team",
        "rows_missing",
        step,
        Office,
        [not_derivable(pattern)],
        step,
        roots=TRUSTED,
    )
    step = tables([(pattern, [atom("staff", *ANN)])], o, rows(o, Staff))
    reject(
        "unlisted_answer_row",
        "Bob's row is not listed",
        "unlisted_answer",
        step,
        Office,
        [not_derivable(atom("staff", *BOB))],
        step,
        roots=TRUSTED,
    )
    ill = clause("Who has the flu is ill.", atom("ill", X), pos("file", X, Y, t("flu")))
    th = Theory(Files, ill)
    o = theory(th, "file/3", "ill/1")
    step = tables([(atom("ill", V), [])], o, the(o, ill), rows(o, Files))
    reject(
        "not_comparable_join",
        "a private cell may hold the flu: not that nobody is ill",
        "not_comparable",
        step,
        th,
        [not_derivable(atom("ill", "ann"))],
        step,
        roots=FILE_ROOT,
    )
    alike = clause("Same number as someone else.", atom("alike", X, Y), pos("file", X, Z, V), pos("file", Y, Z, W))
    th = Theory(Files, alike)
    o = theory(th, "file/3", "alike/2")
    listed = [atom("alike", "ann", "ann"), atom("alike", "bob", "bob")]
    step = tables([(atom("alike", V, W), listed)], o, the(o, alike), rows(o, Files))
    reject(
        "not_comparable_cells",
        "two private cells may hold the same, under other salts",
        "not_comparable",
        step,
        th,
        [not_derivable(atom("alike", "ann", "bob"))],
        step,
        roots=FILE_ROOT,
    )


def all_cases() -> None:
    absence()
    computations()
    closures()
