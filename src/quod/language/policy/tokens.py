"""Tokens of policy English: words, amounts with their units, dates, signs and the marks of lists."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from typing import Final, NamedTuple

from quod.language.policy.units import CALENDAR, CENTS, CURRENCIES, MONTHS, UNITS, Kind
from quod.language.words import NUMBER_WORDS

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TOKEN: Final = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<date>\d{4}-\d{2}-\d{2}(?!\w))"
    r"|(?P<clock>\d{1,2}:\d{2}(?!\w))"
    rf"|(?P<money>[$€£¥](?:{_NUMBER})(?!\w)|(?:{_NUMBER}) ?[€£](?!\w))"
    rf"|(?P<percent>(?:{_NUMBER}) ?%)"
    rf"|(?P<number>(?:{_NUMBER})(?![\w/]))"
    r"|(?P<fraction>\d+/\d+(?![\w/]))"
    rf"|(?P<glued>(?:{_NUMBER})(?=(?:kg|g|lbs?|cm|mm|m|km|in|ft|oz|l|ml|GB|MB)(?!\w)))"
    r"|(?P<word>[^\W\d_]+(?:[-'’.](?=[^\W\d_])[^\W\d_]+)*(?:['’](?!\w))?)"
    r"|(?P<code>[^\W_]+)"
    r"|(?P<bullet>•+)"
    r"|(?P<sign><=|>=|!=|≤|≥|≠|[¶,;:.?()+\-–−*×/÷=<>|\n\"“”])"
    r"|(?P<other>.)",
    re.DOTALL,
)


class Token(NamedTuple):
    """A word, a sign or a value; ``kind`` of a value is its sort, ``term`` what it denotes."""

    text: str
    low: str
    column: int
    kind: str
    value: Fraction = Fraction(0)
    of: Kind = Kind("")
    more: tuple[int, int] = (0, 0)

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital."""
        return self.text[:1].isupper()


END: Final = Token("", "", 0, "end")


def tokenise(text: str) -> list[Token]:
    """The tokens of *text*, amounts joined with their units."""
    plain: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        piece = match.group()
        if kind == "space" or piece in '"“”':
            continue
        plain += _tokens(kind, piece.replace("’", "'"), match.start())
    return _joined(plain)


def _exact(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _tokens(kind: str, text: str, column: int) -> list[Token]:
    if kind == "money":
        sign = next(char for char in text if char in CURRENCIES)
        digits = text.replace(sign, "").strip()
        return [Token(text, text, column, "value", _exact(digits), Kind("money", CURRENCIES[sign]))]
    if kind == "percent":
        return [Token(text, text, column, "value", _exact(text[:-1].strip()) / 100, Kind("percent"))]
    if kind in ("number", "glued"):
        return [Token(text, text, column, "value", _exact(text), Kind("number"))]
    if kind == "fraction":
        top, _, bottom = text.partition("/")
        if int(bottom) == 0:
            return [Token(text, text, column, "other")]
        return [Token(text, text, column, "value", Fraction(int(top), int(bottom)), Kind("number"))]
    if kind == "date":
        try:
            datetime.date.fromisoformat(text)
        except ValueError:
            return [Token(text, text, column, "other")]
        return [Token(text, text, column, "value", of=Kind("date"))]
    if kind == "clock":
        hours, _, minutes = text.partition(":")
        if int(hours) > 24 or int(minutes) > 59:
            return [Token(text, text, column, "other")]
        return [Token(text, text, column, "value", Fraction(int(hours) * 60 + int(minutes)), Kind("clock"))]
    if kind == "word":
        return _words(text, column)
    if kind == "bullet":
        return [Token(text, text, column, "bullet", Fraction(len(text)))]
    if kind == "code":
        return [Token(text, text.lower(), column, "code")]
    return [Token(text, text, column, "sign" if kind == "sign" else "other")]


_CONTRACTED: Final = {
    "isn't": "is not",
    "aren't": "are not",
    "wasn't": "was not",
    "weren't": "were not",
    "doesn't": "does not",
    "don't": "do not",
    "didn't": "did not",
    "hasn't": "has not",
    "haven't": "have not",
    "can't": "can not",
    "mustn't": "must not",
    "needn't": "need not",
    "won't": "will not",
}


def _words(text: str, column: int) -> list[Token]:
    low = text.lower()
    if low == "cannot":
        return [Token("can", "can", column, "word"), Token("not", "not", column + 3, "word")]
    if low in _CONTRACTED:
        first, second = _CONTRACTED[low].split()
        return [Token(first, first, column, "word"), Token(second, second, column + len(first), "word")]
    if low.endswith("'s") and len(low) > 2:
        return [Token(text[:-2], low[:-2], column, "word"), Token("'s", "'s", column + len(text) - 2, "word")]
    if low.endswith("s'"):
        return [Token(text[:-1], low[:-1], column, "word"), Token("'s", "'s", column + len(text) - 1, "word")]
    if low.startswith("non-"):
        return [Token("non", "non", column, "word"), Token(text[4:], low[4:], column + 4, "word")]
    return [Token(text, low, column, "word")]


def number_word(low: str) -> Fraction | None:
    """The number that a word spells: "twenty", "twenty-one"."""
    tens, _, ones = low.partition("-")
    if low in ("one", "single"):
        return Fraction(1)
    if tens in NUMBER_WORDS and not ones:
        return Fraction(NUMBER_WORDS[tens])
    if tens in NUMBER_WORDS and (ones in NUMBER_WORDS or ones == "one"):
        return Fraction(NUMBER_WORDS[tens]) + (1 if ones == "one" else Fraction(NUMBER_WORDS[ones]))
    return {"hundred": Fraction(100)}.get(low)


def _joined(plain: list[Token]) -> list[Token]:
    """Numbers joined with the units, months and years that follow them."""
    found: list[Token] = []
    at = 0
    while at < len(plain):
        token = plain[at]
        ahead = [plain[i] if i < len(plain) else END for i in range(at + 1, at + 3)]
        spelled = number_word(token.low) if token.kind == "word" and token.low != "one" else None
        if spelled is None and token.low == "one" and (ahead[0].low in CALENDAR or ahead[0].low in UNITS):
            spelled = Fraction(1)
        if spelled is not None:
            token = token._replace(kind="value", value=spelled, of=Kind("number"))
        if token.kind == "value" and token.of.sort == "number":
            whole, used = _measured(token, ahead)
            found.append(whole)
            at += 1 + used
            continue
        if token.low in MONTHS and ahead[0].of.sort == "number" and ahead[1].low == ",":
            year = plain[at + 3] if at + 3 < len(plain) else END
            dated = _dated(token, ahead[0], token.low, year)
            if dated is not None:
                found.append(dated)
                at += 4
                continue
        found.append(token)
        at += 1
    return found


def _dated(token: Token, day: Token, month: str, year: Token) -> Token | None:
    if year.of.sort != "number" or not 1000 <= year.value <= 9999:
        return None
    try:
        when = datetime.date(int(year.value), MONTHS[month], int(day.value)).isoformat()
    except ValueError:
        return None
    return Token(when, when, token.column, "value", of=Kind("date"))


_AFTER_INCHES: Final = ("and", "or", "to", "if", "long", "wide", "high", "in", "by", "plus", "minus", "unless")


def _measured(token: Token, ahead: list[Token]) -> tuple[Token, int]:
    first, second = ahead
    hyphen = 1 if first.low == "-" and second.low in (*CALENDAR, *UNITS) else 0
    unit = second if hyphen else first
    if unit.low in CENTS:
        return token._replace(value=token.value / 100, of=Kind("money", CENTS[unit.low])), 1 + hyphen
    if unit.low in CURRENCIES:
        return token._replace(of=Kind("money", CURRENCIES[unit.low])), 1 + hyphen
    if unit.low == "percent" or (unit.low == "per" and second.low == "cent"):
        return token._replace(value=token.value / 100, of=Kind("percent")), 1 + (unit.low == "per")
    if unit.low in CALENDAR and token.value.denominator == 1:
        months, days = CALENDAR[unit.low]
        count = int(token.value)
        return token._replace(of=Kind("days"), more=(months * count, days * count)), 1 + hyphen
    name = unit.text if unit.text in UNITS else unit.low
    if name == "in" and not hyphen and second.kind not in ("end", "sign") and second.low not in _AFTER_INCHES:
        return token, 0
    if name in UNITS and unit.kind == "word":
        return token._replace(of=Kind("measure", UNITS[name].name)), 1 + hyphen
    if unit.low in MONTHS and not hyphen and second.of.sort == "number":
        dated = _dated(token, token, unit.low, second)
        if dated is not None:
            return dated, 2
    return token, 0
