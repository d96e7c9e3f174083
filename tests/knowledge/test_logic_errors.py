"""Errors of the logic notation: code, sentence, place, caret and remedy."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot

from quod.knowledge.errors import (
    LogicAggregate,
    LogicError,
    LogicName,
    LogicSyntax,
    LogicValue,
    LogicVariable,
)
from quod.knowledge.logic import parse_logic


def refused(source: str, kind: type[LogicError] = LogicError) -> LogicError:
    with pytest.raises(kind) as caught:
        parse_logic(source, "book.quod", 1)
    assert caught.value.place is not None
    assert caught.value.remedy
    return caught.value


def test_a_missing_full_stop_is_shown_where_it_is_missing():
    assert str(refused("cold(anne)\nred(bob).")) == snapshot(
        """\
book.quod:1:11: this item is not finished [logic_syntax]
    cold(anne)
              ^
  fix: end it with a full stop\
"""
    )


def test_a_capital_predicate():
    assert str(refused("p(X) :- Cold(X).")) == snapshot(
        """\
book.quod:1:13: `Cold` begins with a capital, so it is a variable and cannot take arguments [logic_syntax]
    p(X) :- Cold(X).
                ^
  fix: write `cold(…)` or, to keep the capital, `'Cold'(…)`\
"""
    )


def test_an_impossible_date():
    assert str(refused("a.\n  p(date(2026-02-30)).", LogicValue)) == snapshot(
        """\
book.quod:2:5: '2026-02-30' is not a calendar date [logic_value]
      p(date(2026-02-30)).
        ^
  fix: write year-month-day, as in `date(2026-11-24)`\
"""
    )


@pytest.mark.parametrize(
    ("source", "line", "column", "message", "remedy"),
    [
        ("Cold(anne).", 1, 1, "`Cold` begins with a capital", "`cold`"),
        ("p(X) :- not q(X).", 1, 13, "`not` is not a word", "`neg`"),
        ("p :- q; r.", 1, 7, "`;`", "one clause for each"),
        ("p :- q & r.", 1, 8, "`&`", "`,`"),
        ("p(X) :- \\+ q(X).", 1, 9, "`\\`", "`absent`"),
        ("~p(x).", 1, 1, "`~`", "`neg`"),
        ("p(X) :- q(X) or r(X).", 1, 14, "alternative", "one clause for each"),
        ("red(anne) or blue(anne).", 1, 11, "alternative", "`unused:`"),
        ("p(X) :- X == 3.", 1, 12, "`==`", "`=`"),
        ("p(X) :- X =< 3.", 1, 12, "`=<`", "`<=`"),
        ("p(X) :- X => 3.", 1, 12, "`=>`", "`>=`"),
        ("p(X) :- X <> 3.", 1, 12, "`<>`", "`!=`"),
        ("p, q :- r.", 1, 2, "one conclusion", "one clause for each"),
        ("p <- q.", 1, 3, "`<`", "`:-`"),
        ("p(X) :-\n  q(X)", 2, 7, "not finished", "full stop"),
        ('p("a).', 1, 3, "text is not closed", '"'),
        ("p('a).", 1, 3, "quoted name is not closed", "'"),
        ("p(a) q(b).", 1, 6, "'q' cannot stand here", "expected"),
        ("a.\np(" + "f(" * 24 + "a" + ")" * 24 + ").", 2, 50, "nested too deeply", "24"),
        ("p(@).", 1, 3, "'@' is not part", "quote"),
        ("p :- absent.. q.", 1, 13, "'.' cannot stand here", "expected"),
        ("unused: a or b, c.", 1, 1, "mixed", "one of them"),
    ],
)
def test_syntax(source, line, column, message, remedy):
    error = refused(source, LogicSyntax)
    assert error.code == "logic_syntax"
    assert (error.place.line, error.place.column) == (line, column)
    assert message in error.message
    assert remedy in error.remedy


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("'a b'(x).", "cannot name a predicate"),
        ("'a/b'(x).", "cannot name a predicate"),
        ("'~a'(x).", "cannot name a predicate"),
        ("'?'(x).", "cannot name a predicate"),
        ("''(x).", "is not a name"),
        ("p('!x').", "is not a name"),
        ("Örjan(x).", "could be a variable or a name"),
        ("p :- X = #yeer(1).", "no built-in `#yeer`"),
        ("p :- #xyzzy(1, 2).", "no built-in"),
        ("p :- X = #year(1, 2).", "takes 1 arguments, not 2"),
        ("p :- #year(1).", "is a function, not a test"),
        ("p(X) :- X = #contains(1, 2).", "is a test and has no value"),
        ("closed p/100.", "has 100 places"),
        (f"p({', '.join('a' * 100)}).", "has 100 places"),
    ],
)
def test_names(source, message):
    error = refused(source, LogicName)
    assert error.code == "logic_name"
    assert message in error.message


def test_a_misspelt_builtin_gets_a_suggestion():
    assert refused("p :- X = #yeer(1).").remedy == "Did you mean 'year'?"


@pytest.mark.parametrize(
    "source",
    [
        "p(1/0).",
        f"p({'1' * 301}).",
        f"p(duration({'1' * 301}, 0)).",
        "p(date(2026-13-01)).",
        "p(date(26-1-1)).",
        r"p('\q').",
        r'p("\u{0}").',
        r'p("\ud800").',
        r'p("\u{110000}").',
        "since date(2026-02-30): p.",
        "p(X) :- q(A), X = A" + " + 1" * 200 + ".",
        "p(X) :- q(A), X = A / 1/3.",
    ],
)
def test_values(source):
    assert refused(source, LogicValue).code == "logic_value"


def test_a_parenthesised_fraction_may_divide():
    assert parse_logic("p(X) :- q(A), X = A / (1/3).")


@pytest.mark.parametrize(
    "source",
    [
        "? cold(X).",
        "? cold(X) or red(anne).",
        "? X: cold(anne).",
        "? X: cold(X) or red(anne).",
        "? some X: p.",
        "? each X: p -> q.",
        "? each X: p(X) -> q(Y).",
        "? each X: p(X) -> q(X + 1).",
    ],
)
def test_variables(source):
    assert refused(source, LogicVariable).code == "logic_variable"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("p(N) :- N = count : q(X), N > 3.", "result of an aggregate occurs inside"),
        ("p(N) :- N = count : absent q(x).", "cannot range over `absent`"),
        ("p(N) :- N = count : { q(X), M = count : r(X) }.", "cannot range over another aggregate"),
        ("p(N) :- N = count : X > 3.", "ranges over no predicate"),
        ("p(T) :- T = sum A, B : q(A).", "`B` does not occur"),
        ("big(C) :- c(C), T = sum A : o(A, C), vip(C).", "inside the aggregate or after it"),
    ],
)
def test_aggregates(source, message):
    error = refused(source, LogicAggregate)
    assert error.code == "logic_aggregate"
    assert message in error.message


def test_lines_count_from_the_first_line_of_the_block():
    with pytest.raises(LogicSyntax) as caught:
        parse_logic("a.\nb(.\n", "book.md", 41)
    assert str(caught.value.place) == "book.md:42:3"
