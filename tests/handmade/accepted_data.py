"""Accepted proofs over data: computations, rows, private cells, aggregates."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

from build import *
from worlds import *

# Every operation at least twice, with results worked out by hand.
TESTS = [
    c("eq", n("1/2"), n("1/2")),
    c("eq", "anne", "anne"),
    c("ne", "anne", t("anne")),
    c("ne", n(1), n(2)),
    c("lt", n("-1/2"), n("-1/3")),
    c("lt", d("2024-02-29"), d("2024-03-01")),
    c("lt", t("Zebra"), t("ant")),
    c("lt", t("z"), t("é")),
    c("lt", u(0, 29), u(0, 30)),
    c("lt", u(1, 0), u(2, 0)),
    c("lt", u(-1, 0), u(0, 0)),
    c("le", eur(5), eur(5)),
    c("le", n(2), n("5/2")),
    c("gt", n(10), n(9)),
    c("gt", eur("1/2"), eur("-1/2")),
    c("ge", t("b"), t("a")),
    c("ge", d("2024-02-29"), d("2024-02-29")),
    c("starts_with", t("Quod"), t("Qu")),
    c("starts_with", t("x"), t("")),
    c("contains", t("demonstrandum"), t("strand")),
    c("contains", t(""), t("")),
]
SUMS = [
    c("add", n("1/2"), n("1/3"), n("5/6")),
    c("add", eur(2), eur(-3), eur(-1)),
    c("add", u(1, 2), u(3, -4), u(4, -2)),
    c("sub", n(1), n(3), n(-2)),
    c("sub", eur(1), eur("1/4"), eur("3/4")),
    c("sub", u(1, 2), u(3, 4), u(-2, -2)),
    c("mul", n("-2/3"), n("3/4"), n("-1/2")),
    c("mul", eur(10), n("1/4"), eur("5/2")),
    c("mul", n(3), eur(2), eur(6)),
    c("div", n(1), n(-3), n("-1/3")),
    c("div", eur(10), n(4), eur("5/2")),
    c("div", eur(10), eur(4), n("5/2")),
    c("least", n(3), n(2), n(2)),
    c("least", eur(3), eur(3), eur(3)),
    c("greatest", d("2024-01-01"), d("2023-12-31"), d("2024-01-01")),
    c("greatest", t("a"), t("B"), t("a")),
    c("abs", n("-3/4"), n("3/4")),
    c("abs", n(2), n(2)),
    c("floor", n("-3/2"), n(-2)),
    c("floor", n("7/2"), n(3)),
    c("ceiling", n("-3/2"), n(-1)),
    c("ceiling", n("7/2"), n(4)),
]
ROUNDINGS = [
    ("5/2", 0, "half_even", "2"),
    ("7/2", 0, "half_even", "4"),
    ("-5/2", 0, "half_even", "-2"),
    ("5/2", 0, "half_up", "3"),
    ("-5/2", 0, "half_up", "-3"),
    ("5/2", 0, "half_down", "2"),
    ("-5/2", 0, "half_down", "-2"),
    ("-13/5", 0, "half_down", "-3"),
    ("21/10", 0, "up", "3"),
    ("-21/10", 0, "up", "-3"),
    ("29/10", 0, "down", "2"),
    ("-29/10", 0, "down", "-2"),
    ("-21/10", 0, "ceiling", "-2"),
    ("21/10", 0, "ceiling", "3"),
    ("-21/10", 0, "floor", "-3"),
    ("29/10", 0, "floor", "2"),
    ("12345", -2, "half_up", "12300"),
    ("12350", -2, "half_even", "12400"),
    ("1/3", 2, "half_even", "33/100"),
    ("1/8", 2, "half_even", "3/25"),
    ("1/8", 2, "half_up", "13/100"),
    ("5", 50, "up", "5"),
    ("-1", -50, "floor", "-1" + "0" * 50),
]
DATES = [
    c("add", d("2024-01-31"), u(1, 0), d("2024-02-29")),
    c("add", d("2023-01-31"), u(1, 0), d("2023-02-28")),
    c("add", d("2024-01-31"), u(1, 1), d("2024-03-01")),
    c("add", d("1999-12-31"), u(0, 1), d("2000-01-01")),
    c("add", d("2024-02-29"), u(12, 0), d("2025-02-28")),
    c("add", d("2024-03-01"), u(0, -1), d("2024-02-29")),
    c("sub", d("2024-03-31"), u(1, 0), d("2024-02-29")),
    c("sub", d("2024-03-31"), u(1, 1), d("2024-02-28")),
    c("sub", d("2024-03-01"), d("2024-02-01"), u(0, 29)),
    c("sub", d("1900-02-28"), d("1900-03-01"), u(0, -1)),
    c("year", d("2024-02-29"), n(2024)),
    c("year", d("0001-01-01"), n(1)),
    c("month", d("2024-02-29"), n(2)),
    c("month", d("9999-12-31"), n(12)),
    c("day", d("2024-02-29"), n(29)),
    c("day", d("2024-03-01"), n(1)),
    c("weekday", d("2024-02-29"), n(4)),
    c("weekday", d("2026-03-01"), n(7)),
    c("weekday", d("0001-01-01"), n(1)),
    c("months_between", d("2024-01-31"), d("2024-02-29"), n(1)),
    c("months_between", d("2023-01-31"), d("2023-02-27"), n(0)),
    c("months_between", d("2024-02-29"), d("2024-01-31"), n(-1)),
    c("months_between", d("2024-01-15"), d("2024-03-14"), n(1)),
    c("years_between", d("2000-02-29"), d("2001-02-28"), n(1)),
    c("years_between", d("2000-06-15"), d("2018-06-14"), n(17)),
    c("years_between", d("2018-06-14"), d("2000-06-15"), n(-17)),
]
TEXTS = [
    c("concat", t("quod"), t(" erat"), t("quod erat")),
    c("concat", t("e"), t("\u0301"), t("\u00e9")),
    c("length", t("Zo\u00eb"), n(3)),
    c("length", t("\U0001f701x"), n(2)),
    c("lowercase", t("Quod"), t("quod")),
    c("lowercase", t("\u00c4BC"), t("\u00c4bc")),
    c("text_of", "anne", t("anne")),
    c("text_of", "new york \u00e9", t("new york \u00e9")),
]


def rounding(value: str, places: int, mode: str, result: str) -> Json:
    return c("round", n(value), n(places), mode, n(result))


def computations() -> None:
    groups = {
        "tests": TESTS,
        "sums": SUMS,
        "rounding": [rounding(*case) for case in ROUNDINGS],
        "dates": DATES,
        "texts": TEXTS,
    }
    for name, body in groups.items():
        checked = clause(f"The {name} come out.", atom("checked", name), *body)
        th = Theory(checked, closed=("checked/1",))
        o = theory(th, "checked/1")
        accept(
            f"ok_compute_{name}",
            "computations as literals of an applied clause",
            th,
            [holds(atom("checked", name))],
            apply(the(o, checked), {}),
        )
        # With a body of the same literals and one that fails, nothing follows, and a closure may say so.
        failing = clause(f"The {name} fail.", atom("checked", "no"), *body, c("gt", n(1), n(2)))
        th = Theory(checked, failing, closed=("checked/1",))
        o = theory(th, "checked/1")
        listed = [(atom("checked", V), [atom("checked", name)])]
        accept(
            f"ok_replay_{name}",
            "the same computations replayed in a closure; a test that fails ends its branch",
            th,
            [refuted(atom("checked", "no"))],
            tables(listed, o, the(o, checked), the(o, failing), work=2),
        )
    age = clause(
        "Who is 18 is of age.",
        atom("of_age", X, Y),
        pos("born", X, Z),
        c("years_between", Z, d("2026-03-01"), Y),
        c("ge", Y, n(18)),
    )
    born = [
        clause("Ann was born in March.", atom("born", "ann", d("2008-03-01"))),
        clause("Bo was born a day later.", atom("born", "bo", d("2008-03-02"))),
    ]
    th = Theory(age, *born, closed=("of_age/2", "born/2"))
    o = theory(th, "of_age/2", "born/2", "~of_age/2", "~born/2")
    facts = [apply(the(o, cl), {}) for cl in born]
    listed = [
        (atom("of_age", V, W), [atom("of_age", "ann", n(18))]),
        (atom("born", V, W), [atom("born", "ann", d("2008-03-01")), atom("born", "bo", d("2008-03-02"))]),
    ]
    used = [the(o, cl) for cl in (age, *born)]
    shown = apply(the(o, age), {"X": "ann", "Y": n(18), "Z": d("2008-03-01")}, facts[0])
    listing = exact(tables(listed, o, *used, work=3 + 2), shown, *facts)
    accept(
        "ok_replay_function",
        "a function binds its result in a closure; exactly who is of age",
        th,
        [exactly(atom("of_age", V, W), [atom("of_age", "ann", n(18))], "yes")],
        uncontested(o, listing, atoms=3),
    )


def relations() -> None:
    o = theory(Office, "staff/3")
    accept(
        "ok_row",
        "one row of a relation the caller recomputed",
        Office,
        [holds(atom("staff", *CY))],
        row(rows(o, Staff, "cy"), *CY),
        roots=OFFICE_ROOT,
        grade="recomputed",
    )
    accept(
        "ok_row_untrusted_root",
        "a root the caller does not know is `claimed`",
        Office,
        [holds(atom("staff", *ANN))],
        row(rows(o, Staff, index=1), *ANN),
        grade="claimed",
    )
    accept(
        "ok_rows_as_table",
        "rows without clauses are a table: nobody in HR, closed because the root is trusted",
        Office,
        [refuted(atom("staff", "ann", "hr", n(1))), not_derivable(atom("staff", "ann", "it", n("1/3")))],
        rows(o, Staff, "hr", index=1),
        rows(o, Staff, "ann"),
        roots=TRUSTED,
    )
    o = theory(Lab, "reading/3")
    for name, prefix, index, why in (
        ("negative", [n(-2)], 0, "a negative number first in the key"),
        ("fraction", [n("-1/2")], 0, "a negative fraction; its neighbours are -3/2 and 0"),
        ("third", [n("1/3"), d("9999-12-31")], 0, "a fraction and a date"),
        ("big", [n(300)], 0, "a number of two bytes"),
    ):
        found = next(r for r in READINGS if r[: len(prefix)] == prefix)
        accept(
            f"ok_key_{name}",
            why,
            Lab,
            [
                holds(atom("reading", *found)),
                refuted(atom("reading", *prefix, *[d("2024-02-28")][: 2 - len(prefix)], t("?"))),
            ],
            row(rows(o, Readings, *prefix, index=index), *found),
            rows(o, Readings, *prefix, index=index),
            roots=LAB_ROOT,
        )
    accept(
        "ok_key_date",
        "all rows of a day, in an index that starts with the date",
        Lab,
        [not_derivable(atom("reading", n(3), d("2024-02-29"), V)), holds(atom("reading", *READINGS[5]))],
        rows(o, Readings, d("2024-02-29"), index=1),
        row(rows(o, Readings, d("2024-02-29"), index=1), *READINGS[5]),
        roots=LAB_ROOT,
    )
    accept(
        "ok_key_text",
        "the empty text as a prefix, and a text that starts like another",
        Lab,
        [holds(atom("reading", *READINGS[1])), refuted(atom("reading", n(1), d("2024-02-29"), t("cold ")))],
        row(rows(o, Readings, t(""), index=2), *READINGS[1]),
        rows(o, Readings, t("cold "), index=2),
        roots=LAB_ROOT,
    )
    o = theory(Zoo, "kind/3", "unknown/1")
    accept(
        "ok_key_kinds",
        "booleans, durations, compounds and symbols in keys",
        Zoo,
        [holds(atom("kind", *r)) for r in KINDS],
        row(rows(o, Kinds, YES, u(-1, 0)), *KINDS[0]),
        row(rows(o, Kinds, f("pair", n(1), f("pair", "b", t("c"))), index=1), *KINDS[1]),
        row(rows(o, Kinds, u(0, 0), f("pairs", n("-255/256")), NO, index=2), *KINDS[2]),
        row(rows(o, Kinds, "a", index=1), *KINDS[3]),
        roots=ZOO_ROOT,
        grade="quorum",
    )
    empty = Relation("ghost", ["name"], [])
    th = Theory(empty, closed=("ghost/1",))
    accept(
        "ok_empty_relation",
        "a relation without rows: the empty tree",
        th,
        [not_derivable(atom("ghost", V))],
        rows(theory(th, "ghost/1"), empty),
        roots=[[empty.digest, "attested"]],
        grade="attested",
    )
    nobody = Theory()
    accept(
        "ok_empty_theory",
        "a theory without anything: the empty tree shows that no predicate has a leaf",
        nobody,
        [not_derivable(atom("p"))],
        tables([(atom("p"), [])], theory(nobody), work=0),
    )


def private_cells() -> None:
    o = theory(Clinic, "file/3", "noted/1")
    hidden = row(rows(o, Files, "ann"), "ann", SECRET, SECRET2)
    opened = reveal(hidden, 1, SALT, n(42))
    accept(
        "ok_private_hidden",
        "a row with its private cells unopened",
        Clinic,
        [holds(atom("file", "ann", SECRET, SECRET2))],
        hidden,
        roots=FILE_ROOT,
    )
    accept(
        "ok_reveal",
        "one private cell opened and computed with; the other stays hidden",
        Clinic,
        [holds(atom("noted", "ann"))],
        apply(the(o, BIG), {"X": "ann", "Y": n(42), "Z": SECRET2}, opened),
        roots=FILE_ROOT,
    )
    accept(
        "ok_reveal_twice",
        "both cells of a row opened, one after the other",
        Clinic,
        [holds(atom("file", "ann", n(42), t("flu")))],
        reveal(opened, 2, SALT2, t("flu")),
        roots=FILE_ROOT,
    )
    same = clause(
        "Who has the same illness as another.", atom("alike", X, Y), pos("file", X, V, Z), pos("file", Y, W, Z)
    )
    th = Theory(Files, same)
    o = theory(th, "file/3", "alike/2")
    two = [row(rows(o, Files, r[0]), *r) for r in Files.rows]
    other = Files.rows[1][1]
    accept(
        "ok_private_join",
        "two private cells with one digest are one term",
        th,
        [holds(atom("alike", "ann", "bob"))],
        apply(the(o, same), {"X": "ann", "Y": "bob", "V": SECRET, "W": other, "Z": SECRET2}, *two),
        roots=FILE_ROOT,
    )


def aggregates() -> None:
    o = theory(Office, "staff/3", "team/1", "size/2", "cost/2", "least_pay/2", "top_pay/2", "rich/2")
    for name, cl, value in (("count", SIZE, n(2)), ("sum", COST, n(200)), ("min", LOW, n(100)), ("max", TOP, n(100))):
        bound = {"D": "sales", ("N" if name == "count" else "T"): value}
        accept(
            f"ok_{name}",
            "an aggregate over all rows of a team; two rows with the same pay are two",
            Office,
            [holds(atom(cl["head"][0][:-2], "sales", value))],
            apply(the(o, cl), bound, team(o), staff_of(o), tries=2),
            roots=TRUSTED,
        )
    for name, cl in (("count", SIZE), ("sum", COST)):
        bound = {"D": "hr", ("N" if name == "count" else "T"): n(0)}
        accept(
            f"ok_empty_{name}",
            "over no rows it is nought",
            Office,
            [holds(atom(cl["head"][0][:-2], "hr", n(0)))],
            apply(the(o, cl), bound, team(o, "hr"), staff_of(o, "hr"), tries=0),
            roots=TRUSTED,
        )
    accept(
        "ok_count_where",
        "inner computations choose what is counted; all three rows are tried in the first index",
        Office,
        [holds(atom("rich", "sales", n(2)))],
        apply(the(o, RICH), {"D": "sales", "N": n(2)}, team(o), rows(o, Staff), tries=3),
        roots=TRUSTED,
    )
    accept(
        "ok_count_open",
        "over rows of an untrusted root, counting is a default",
        Office,
        [holds(atom("size", "sales", n(2)))],
        apply(the(o, SIZE), {"D": "sales", "N": n(2)}, team(o), staff_of(o), tries=2),
        grade="claimed",
        defaults=["staff/3"],
    )
    o = theory(Office, "staff/3", "team/1", "size/2", "~team/1", "~size/2", "~staff/3")
    teams = [atom("team", "sales"), atom("team", "hr")]
    sizes = [atom("size", "sales", n(2)), atom("size", "hr", n(0))]
    everyone = rows(o, Staff)
    used = [the(o, cl) for cl in (SIZE, SALES, HR)]
    # SIZE 1 + 2 teams + 3 rows for each; 2 facts
    sized = tables([(atom("size", V, W), sizes), (atom("team", V), teams)], o, *used, everyone, work=1 + 2 + 6 + 2)
    facts = [team(o), team(o, "hr")]
    shown = [
        apply(the(o, SIZE), {"D": "sales", "N": n(2)}, facts[0], everyone, tries=3),
        apply(the(o, SIZE), {"D": "hr", "N": n(0)}, facts[1], everyone, tries=3),
    ]
    accept(
        "ok_replay_count",
        "an aggregate replayed in a closure: exactly these sizes; the rows counted are uncontested too",
        Office,
        [exactly(atom("size", V, W), sizes, "yes")],
        uncontested(o, exact(sized, *shown, *facts), atoms=4 + 2 * 3),
        roots=TRUSTED,
    )
    many = clause("?", atom("?", N), agg("count", N, ONE, pos("staff", E, D, S)))
    spent = clause("?", atom("?", N), agg("sum", N, S, pos("staff", E, D, S)))
    for name, cl, value in (("how_many", many, n(3)), ("how_much", spent, n("850/3"))):
        answer = atom("?", value)
        listed = tables([(atom("?", V), [answer])], o, ask(0), everyone, work=1 + 3)
        shown_answer = apply(ask(0), {"N": value}, everyone, tries=3)
        accept(
            f"ok_question_{name}",
            "a question for a number, answered exactly",
            Office,
            [exactly(atom("?", V), [answer], "yes")],
            uncontested(o, exact(listed, shown_answer)),
            roots=TRUSTED,
            question=[cl],
        )
    price = [clause(f"{x} costs {i}.", atom("price", x, eur(i))) for x, i in (("tea", 2), ("bun", "3/2"))]
    total = clause("The total.", atom("total", T), agg("sum", T, S, pos("price", E, S), c("lt", S, eur(2))))
    th = Theory(*price, total, closed=("price/2", "total/1"))
    o = theory(th, "price/2", "total/1")
    prices = [cl["head"] for cl in price]
    listed = tables([(atom("price", V, W), prices)], o, *[the(o, cl) for cl in price], work=2)
    exactly_these = exact(listed, *[apply(the(o, cl), {}) for cl in price])
    accept(
        "ok_sum_quantities",
        "a sum of quantities over a table that every answer's proof makes exact",
        th,
        [holds(atom("total", eur("3/2")))],
        apply(the(o, total), {"T": eur("3/2")}, exactly_these, tries=2),
    )
    pairs = clause(
        "The cheaper ones.",
        atom("cheaper", N),
        agg("count", N, ONE, pos("price", X, S), pos("price", Y, T), c("lt", S, T)),
    )
    th = Theory(*price, pairs, closed=("price/2", "cheaper/1"))
    o = theory(th, "price/2", "cheaper/1")
    listed = tables([(atom("price", V, W), prices)], o, *[the(o, cl) for cl in price], work=2)
    exactly_these = exact(listed, *[apply(the(o, cl), {}) for cl in price])
    accept(
        "ok_count_join",
        "an aggregate over a join: 2 answers, and 2 for each",
        th,
        [holds(atom("cheaper", n(1)))],
        apply(the(o, pairs), {"N": n(1)}, exactly_these, exactly_these, tries=2 + 2 * 2),
    )


def nulls_apart() -> None:
    null = [f("sk:1", "a"), f("sk:2", "b")]
    calls = [
        clause(f"Somebody called {who}.", atom("call", x, who)) for x, who in zip(null, ("ann", "bob"), strict=True)
    ]
    called = clause("The called.", atom("called", N), agg("count", N, ONE, pos("call", X, Y)))
    th = Theory(*calls, called, closed=("called/1",))
    o = theory(th, "call/2", "called/1")
    listed = tables([(atom("call", V, W), [cl["head"] for cl in calls])], o, *[the(o, cl) for cl in calls], work=2)
    accept(
        "ok_count_nulls_apart",
        "unknown callers, but of two who differ: two calls",
        th,
        [holds(atom("called", n(2)))],
        apply(the(o, called), {"N": n(2)}, exact(listed, *[apply(the(o, cl), {}) for cl in calls]), tries=2),
        defaults=["call/2"],
    )


def all_cases() -> None:
    nulls_apart()
    computations()
    relations()
    private_cells()
    aggregates()
