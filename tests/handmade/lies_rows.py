"""Lying provers about rows taken for tables, and about what a fresh symbol shows."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

from build import *
from lies import lie
from worlds import *


def rows_as_tables() -> None:
    sentence = "plus the readings and the unread sentences"
    waiting = [pending("Dan joins the sales team or not.", "staff/3", kind="unused")]
    th = Theory(Staff, *STAFF_CLAUSES, closed=("staff/3", "team/1", "size/2"), waiting=waiting)
    o = theory(th, "staff/3", "team/1", "size/2")
    step = apply(the(o, SIZE), {"D": "sales", "N": n(2)}, team(o), staff_of(o))
    lie(
        "pending_rows_counted",
        sentence,
        "Rows counted in spite of a sentence that bears on them.",
        "pending_sentence",
        step,
        th,
        [holds(atom("size", "sales", n(2)))],
        step,
        roots=TRUSTED,
        true=True,
    )
    lie(
        "pending_rows_absent",
        sentence,
        "A no from rows in spite of a sentence that bears on them.",
        "pending_sentence",
        "last",
        th,
        [refuted(atom("staff", "dan", "sales", n(1)))],
        rows(o, Staff, "dan"),
        roots=TRUSTED,
        true=True,
    )
    sentence = "Private columns are committed as salted digests, so a proof can be redacted and still check."
    o = theory(Clinic, "file/3", "noted/1")
    lie(
        "private_absent",
        sentence,
        "No file has the number 7: none shows it.",
        "not_comparable",
        "last",
        Clinic,
        [not_derivable(atom("file", "bob", n(7), SECRET2))],
        rows(o, Files),
        roots=FILE_ROOT,
    )
    by_secret = Relation(
        "file", ["name", "number"], [["ann", SECRET], ["bob", private(SALT2, n(42))]], ["10"], hidden=[1]
    )
    th = Theory(by_secret)
    o = theory(th, "file/2")
    step = rows(o, by_secret, SECRET)
    lie(
        "private_prefix",
        sentence,
        "All rows of one digest passed off as all rows of its number.",
        "not_comparable",
        step,
        th,
        [not_derivable(atom("file", "bob", SECRET))],
        step,
        roots=[[by_secret.digest, "proved"]],
    )
    step = rows(o, by_secret, n(42))
    lie(
        "private_prefix_open",
        sentence,
        "Nobody has the number 42: no key starts with it.",
        "not_comparable",
        step,
        th,
        [not_derivable(atom("file", "bob", n(42)))],
        step,
        roots=[[by_secret.digest, "proved"]],
    )
    good = clause("All are good who are not known to be bad.", atom("good", X), absent("bad", X))
    bad = clause("Anne is bad.", atom("bad", "anne"))
    th = Theory(good, bad, closed=("bad/1", "good/1"))
    o = theory(th, "good/1", "bad/1")
    none = tables([(atom("bad", V), [bad["head"]])], o, the(o, bad))
    step = each([atom("person", X)], atom("good", X), o, apply(the(o, good), {"X": s("!X")}, none))
    lie(
        "each_by_absence",
        "No `tables` under an undischarged assumption: *what if* is a new context.",
        "Everybody is good, since a generic individual is not listed as bad.",
        "assumption_in_closure",
        step,
        th,
        [always([atom("person", X)], atom("good", X))],
        step,
    )
    rows_by = Relation("paid", ["name"], [["ann"], ["bob"]])
    unpaid = clause("Bob is not paid.", atom("~paid", "bob"))
    many = clause("The paid.", atom("paid_number", N), agg("count", N, ONE, pos("paid", X)))
    th = Theory(rows_by, unpaid, many, closed=("paid/1",))
    o = theory(th, "paid/1", "~paid/1", "paid_number/1", "~paid_number/1")
    excluded = tables([(atom("~paid", V), [unpaid["head"]])], o, the(o, unpaid))
    step = uncontested(o, apply(the(o, many), {"N": n(2)}, rows(o, rows_by)), excluded)
    lie(
        "contested_row_counted",
        "steps resting on a contested literal make the answer `conflict`",
        "A row counted that a sentence contradicts.",
        "contest_not_excluded",
        step,
        th,
        [proved(atom("paid_number", n(2)))],
        step,
        roots=[[rows_by.digest, "proved"]],
    )


def all_cases() -> None:
    rows_as_tables()
