from __future__ import annotations

import calendar
import datetime
import unicodedata
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from fractions import Fraction
from typing import Any

import notation
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_commit import kind
from world import private

from quod.kernel.computation import evaluate, less, total
from quod.kernel.values import Term, boolean, date, duration, number, text

fractions = st.fractions(max_denominator=50) | st.fractions(-(10**6), 10**6)
dates = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
usual = st.dates(datetime.date(1890, 1, 1), datetime.date(2110, 12, 31))
TRUE, FALSE = boolean(True), boolean(False)


def at(source: str) -> Term:
    return private("a") if source == "#" else notation.term(source)


def result(op: str, *args: str) -> Any:
    return evaluate(op, [at(each) for each in args])


def refused(op: str, *args: str) -> str:
    return kind(evaluate, op, [at(each) for each in args])


def day(value: datetime.date) -> Term:
    return date(value.isoformat())


@given(fractions, fractions)
def test_arithmetic(a: Fraction, b: Fraction) -> None:
    x, y = number(a), number(b)
    assert evaluate("add", (x, y)) == number(a + b)
    assert evaluate("sub", (x, y)) == number(a - b)
    assert evaluate("mul", (x, y)) == number(a * b)
    assert evaluate("abs", (x,)) == number(abs(a))
    assert evaluate("least", (x, y)) == number(min(a, b))
    assert evaluate("greatest", (x, y)) == number(max(a, b))
    if b:
        assert evaluate("div", (x, y)) == number(a / b)
    else:
        assert kind(evaluate, "div", (x, y)) == "domain_error"
    order = {"lt": a < b, "le": a <= b, "gt": a > b, "ge": a >= b, "eq": a == b, "ne": a != b}
    for op, wanted in order.items():
        assert evaluate(op, (x, y)) == boolean(wanted)
    assert evaluate("floor", (x,)) == number(a // 1)
    assert evaluate("ceiling", (x,)) == number(-(-a // 1))


@given(fractions, fractions)
def test_quantities(a: Fraction, b: Fraction) -> None:
    x, y, dollars = (
        notation.term(f"quantity({value}, {unit})") for value, unit in ((a, "eur"), (b, "eur"), (b, "usd"))
    )
    assert evaluate("add", (x, y)) == notation.term(f"quantity({a + b}, eur)")
    assert evaluate("sub", (x, y)) == notation.term(f"quantity({a - b}, eur)")
    assert (
        evaluate("mul", (x, number(b))) == evaluate("mul", (number(b), x)) == notation.term(f"quantity({a * b}, eur)")
    )
    assert evaluate("lt", (x, y)) == boolean(a < b)
    assert evaluate("greatest", (x, y)) == (y if a < b else x)
    assert evaluate("least", (x, y)) == (y if b < a else x)
    if b:
        assert evaluate("div", (x, number(b))) == notation.term(f"quantity({a / b}, eur)")
        assert evaluate("div", (x, y)) == number(a / b)
    else:
        assert kind(evaluate, "div", (x, number(b))) == kind(evaluate, "div", (x, y)) == "domain_error"
    for op in ("add", "sub", "lt", "div", "least"):
        assert kind(evaluate, op, (x, dollars)) == "domain_error"


ROUNDINGS = {
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "ceiling": ROUND_CEILING,
    "floor": ROUND_FLOOR,
    "half_up": ROUND_HALF_UP,
    "half_down": ROUND_HALF_DOWN,
    "half_even": ROUND_HALF_EVEN,
}


@given(st.integers(-10_000, 10_000), st.integers(-2, 3), st.sampled_from(sorted(ROUNDINGS)))
def test_rounding(thousandths: int, places: int, mode: str) -> None:
    exact = Decimal(thousandths) / 1000
    wanted = Fraction(exact.quantize(Decimal(1).scaleb(-places), ROUNDINGS[mode]))
    got = evaluate("round", (number(Fraction(thousandths, 1000)), number(places), ("s", mode)))
    assert got == number(wanted)


@given(dates, dates)
def test_dates(a: datetime.date, b: datetime.date) -> None:
    assert evaluate("sub", (day(a), day(b))) == duration(0, (a - b).days)
    assert evaluate("add", (day(b), duration(0, (a - b).days))) == day(a)
    assert evaluate("lt", (day(a), day(b))) == boolean(a < b)
    for op, wanted in (("year", a.year), ("month", a.month), ("day", a.day), ("weekday", a.isoweekday())):
        assert evaluate(op, (day(a),)) == number(wanted)


def months_later(start: datetime.date, months: int) -> datetime.date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(start.day, last))


@given(usual, st.integers(-600, 600), st.integers(-40, 40))
def test_date_and_duration(start: datetime.date, months: int, days: int) -> None:
    wanted = months_later(start, months) + datetime.timedelta(days)
    assert evaluate("add", (day(start), duration(months, days))) == day(wanted)
    assert evaluate("sub", (day(start), duration(-months, -days))) == day(wanted)


@given(usual, usual)
def test_months_between(a: datetime.date, b: datetime.date) -> None:
    first, last = min(a, b), max(a, b)
    months = max(k for k in range((last.year - first.year) * 12 + 13) if months_later(first, k) <= last)
    signed = months if a <= b else -months
    assert evaluate("months_between", (day(a), day(b))) == number(signed)
    assert evaluate("years_between", (day(a), day(b))) == number(int(Fraction(signed, 12)))


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50))
def test_durations(a: int, b: int, c: int, d: int) -> None:
    assert evaluate("add", (duration(a, b), duration(c, d))) == duration(a + c, b + d)
    assert evaluate("sub", (duration(a, b), duration(c, d))) == duration(a - c, b - d)
    assert evaluate("lt", (duration(a, 0), duration(c, 0))) == boolean(a < c)
    assert evaluate("lt", (duration(0, b), duration(0, d))) == boolean(b < d)
    mixed = kind(evaluate, "lt", (duration(a, b), duration(c, d)))
    assert mixed == ("" if a == c == 0 or b == d == 0 else "domain_error")


strings = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6).map(
    lambda value: unicodedata.normalize("NFC", value)
)


@given(strings, strings)
def test_texts(a: str, b: str) -> None:
    assert evaluate("lt", (text(a), text(b))) == boolean(a.encode() < b.encode())
    assert evaluate("starts_with", (text(a + b), text(a))) == TRUE
    assert evaluate("starts_with", (text(a), text(b))) == boolean(a[: len(b)] == b)
    assert evaluate("contains", (text(a), text(b))) == boolean(b in a)
    assert evaluate("concat", (text(a), text(b))) == text(unicodedata.normalize("NFC", a + b))
    assert evaluate("length", (text(a),)) == number(len(a))
    assert evaluate("greatest", (text(a), text(b))) == text(b if a.encode() < b.encode() else a)


@pytest.mark.parametrize(
    ("op", "args", "wanted"),
    [
        ("lowercase", ['"AZaz@[ÄΣ"'], '"azaz@[ÄΣ"'),
        ("text_of", ["bob"], '"bob"'),
        ("eq", ["f(a)", "f(a)"], "yes"),
        ("eq", ["a", '"a"'], "no"),
        ("ne", ["1", '"1"'], "yes"),
        ("least", ["<1,0>", "<0,0>"], "<0,0>"),
        ("greatest", ["2026-01-01", "2026-01-02"], "2026-01-02"),
        ("add", ["2024-01-31", "<1,0>"], "2024-02-29"),
        ("add", ["2023-01-31", "<1,1>"], "2023-03-01"),
        ("sub", ["2024-03-31", "<1,0>"], "2024-02-29"),
        ("add", ["9999-12-30", "<0,1>"], "9999-12-31"),
        ("sub", ["0001-01-02", "<0,1>"], "0001-01-01"),
        ("add", ["9998-12-31", "<12,0>"], "9999-12-31"),
        ("sub", ["0002-01-01", "<12,0>"], "0001-01-01"),
        ("weekday", ["2026-03-02"], "1"),
        ("weekday", ["2026-03-01"], "7"),
        ("months_between", ["2024-01-31", "2024-02-29"], "1"),
        ("months_between", ["2024-02-29", "2024-01-31"], "-1"),
        ("years_between", ["2000-02-29", "2001-02-28"], "1"),
        ("years_between", ["2001-02-27", "2000-02-29"], "0"),
        ("round", ["5/2", "0", "half_even"], "2"),
        ("round", ["-5/2", "0", "half_up"], "-3"),
        ("round", ["-5/2", "0", "half_down"], "-2"),
        ("round", ["1/3", "50", "floor"], None),
        ("round", ["7", "-50", "up"], "1" + "0" * 50),
        ("mul", ["1" + "0" * 149, "1" + "0" * 150], "1" + "0" * 299),
        ("sub", ["-" + "9" * 300, "-1"], "-" + "9" * 299 + "8"),
        ("add", ["<" + "9" * 300 + ",0>", "<0,1>"], "<" + "9" * 300 + ",1>"),
    ],
)
def test_by_hand(op: str, args: list[str], wanted: str | None) -> None:
    assert wanted is None and result(op, *args)[0] == "n" or result(op, *args) == at(str(wanted))


@pytest.mark.parametrize(
    ("op", "args"),
    [
        ("lt", ["a", "b"]),
        ("lt", ["yes", "no"]),
        ("lt", ["1", "2026-01-01"]),
        ("lt", ["f(1)", "f(2)"]),
        ("lt", ["quantity(1, eur)", "1"]),
        ("lt", ["quantity(1, eur)", "quantity(2, eur, x)"]),
        ("lt", ["quantity(1, eur)", "amount(2, eur)"]),
        ("lt", ["quantity(a, eur)", "quantity(1, eur)"]),
        ("lt", ['quantity(1, "eur")', 'quantity(1, "eur")']),
        ("le", ["<1,0>", "<0,1>"]),
        ("starts_with", ["a", '"a"']),
        ("contains", ['"a"', "1"]),
        ("add", ["a", "b"]),
        ("add", ["2026-01-01", "2026-01-01"]),
        ("add", ["2026-01-01", "1"]),
        ("add", ["<0,1>", "2026-01-01"]),
        ("add", ["1", "quantity(1, eur)"]),
        ("add", ["9999-12-31", "<0,1>"]),
        ("add", ["9999-12-31", "<1,0>"]),
        ("sub", ["0001-01-01", "<0,1>"]),
        ("sub", ["0001-01-31", "<1,0>"]),
        ("add", ["2026-01-01", "<0," + "9" * 30 + ">"]),
        ("add", ["2026-01-01", "<" + "9" * 300 + ",0>"]),
        ("add", ["9" * 300, "1"]),
        ("sub", ["-" + "9" * 300, "1"]),
        ("add", ["<" + "9" * 300 + ",0>", "<1,0>"]),
        ("add", ["<0,-" + "9" * 300 + ">", "<0,-1>"]),
        ("mul", ["1" + "0" * 150, "1" + "0" * 150]),
        ("div", ["1/1" + "0" * 150, "1" + "0" * 150]),
        ("mul", ["a", "1"]),
        ("mul", ["1", "a"]),
        ("mul", ["quantity(1, eur)", "quantity(1, eur)"]),
        ("div", ["1", "0"]),
        ("div", ["1", "quantity(1, eur)"]),
        ("div", ["quantity(1, eur)", "quantity(0, eur)"]),
        ("div", ["quantity(1, eur)", "quantity(1, usd)"]),
        ("least", ["1", "a"]),
        ("abs", ["a"]),
        ("floor", ["quantity(1, eur)"]),
        ("ceiling", ['"1"']),
        ("round", ["a", "0", "up"]),
        ("round", ["1", "a", "up"]),
        ("round", ["1", "1/2", "up"]),
        ("round", ["1", "51", "up"]),
        ("round", ["1", "-51", "up"]),
        ("round", ["1", "0", "away"]),
        ("round", ["1", "0", '"up"']),
        ("year", ["2026"]),
        ("month", ["a"]),
        ("day", ['"2026-01-01"']),
        ("weekday", ["<0,1>"]),
        ("months_between", ["2026-01-01", "1"]),
        ("years_between", ["1", "2026-01-01"]),
        ("concat", ['"a"', "a"]),
        ("length", ["a"]),
        ("lowercase", ["a"]),
        ("text_of", ['"a"']),
    ],
)
def test_outside_the_domain(op: str, args: list[str]) -> None:
    assert refused(op, *args) == "domain_error"


@pytest.mark.parametrize("unknown", ["!a", "sk:1(a)", "f(a, sk:1(a))", "#"])
@pytest.mark.parametrize("op", ["eq", "ne", "lt", "add", "concat", "starts_with"])
def test_what_is_not_known_by_name_is_not_computed(op: str, unknown: str) -> None:
    assert refused(op, unknown, unknown) == "not_comparable"
    assert refused(op, "1", unknown) == "not_comparable"
    assert refused("text_of", unknown) == "not_comparable"


def test_less_and_totals() -> None:
    assert less(number(1), number(2)) and not less(number(2), number(2))
    values = [number(3), number(Fraction(1, 2)), number(-1)]
    assert total("count", values) == number(3)
    assert total("sum", values) == number(Fraction(5, 2))
    assert total("min", values) == number(-1)
    assert total("max", values) == number(3)
    assert total("count", []) == total("sum", []) == number(0)
    assert total("min", []) is None and total("max", []) is None
    euros = [at("quantity(1, eur)"), at("quantity(2, eur)")]
    assert total("sum", euros) == at("quantity(3, eur)")
    assert total("sum", euros[:1]) == euros[0]
    assert total("max", euros) == euros[1]
    assert total("max", [at("2026-01-01"), at("2026-01-02")]) == at("2026-01-02")
    assert total("min", [at('"b"'), at('"a"')]) == at('"a"')
    for op, listed, wanted in (
        ("sum", [at("<1,0>"), at("<2,0>")], "domain_error"),
        ("sum", [at("a")], "domain_error"),
        ("sum", [at("2026-01-01")], "domain_error"),
        ("sum", [number(1), euros[0]], "domain_error"),
        ("sum", [euros[0], at("quantity(2, usd)")], "domain_error"),
        ("max", [number(1), at("a")], "domain_error"),
        ("min", [at("a"), at("b")], "domain_error"),
        ("max", [at("a")], "domain_error"),
        ("min", [at("<1,1>")], "domain_error"),
        ("sum", [number(1), private("a")], "not_comparable"),
        ("max", [at("sk:1(a)")], "not_comparable"),
        ("min", [at("!a")], "not_comparable"),
    ):
        assert kind(total, op, listed) == wanted, (op, listed)


def test_joined_texts_are_bounded() -> None:
    from quod.kernel import computation

    long = text("x" * computation._LENGTH)
    assert evaluate("concat", (long, text(""))) == long
    assert kind(evaluate, "concat", (long, text("x"))) == "domain_error"
    assert kind(evaluate, "concat", (text("x"), long)) == "domain_error"
    assert kind(evaluate, "concat", (long, long)) == "domain_error"
    marks = text("\u0301" * computation._MARKS)
    assert evaluate("concat", (text("e"), marks))[1][0] == "é"
    assert kind(evaluate, "concat", (text("e"), text("\u0301" * (computation._MARKS + 1)))) == "domain_error"
