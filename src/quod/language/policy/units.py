"""Units: what a measured number is counted in, and exact conversion within one dimension."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple


class Unit(NamedTuple):
    """A unit: its ``name``, what it measures, and how many of the dimension's base unit it is."""

    name: str
    dimension: str
    factor: Fraction


def _units(dimension: str, *rows: tuple[str, str]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for factor, spellings in rows:
        names = spellings.split()
        for name in names:
            found[name] = Unit(names[0], dimension, Fraction(factor))
    return found


#: Units by spelling; the first spelling of each is its name.
UNITS: Final[dict[str, Unit]] = {
    **_units(
        "mass",
        ("1", "g gram grams gramme grammes"),
        ("1000", "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes"),
        ("1000000", "t tonne tonnes"),
        ("45359237/100000", "lb lbs pound pounds"),
        ("45359237/1600000", "oz ounce ounces"),
        ("1/1000", "mg milligram milligrams"),
    ),
    **_units(
        "length",
        ("1", "mm millimeter millimeters millimetre millimetres"),
        ("10", "cm centimeter centimeters centimetre centimetres"),
        ("1000", "m meter meters metre metres"),
        ("1000000", "km kilometer kilometers kilometre kilometres"),
        ("127/5", "in inch inches"),
        ("1524/5", "ft foot feet"),
        ("4572/5", "yd yard yards"),
        ("1609344", "mile miles mi"),
    ),
    **_units(
        "volume",
        ("1", "ml milliliter milliliters millilitre millilitres"),
        ("10", "cl centiliter centiliters centilitre centilitres"),
        ("1000", "l liter liters litre litres"),
    ),
    **_units(
        "time",
        ("1", "second seconds sec secs"),
        ("60", "minute minutes min mins"),
        ("3600", "hour hours hr hrs h"),
    ),
    **_units("data", ("1", "MB megabyte megabytes"), ("1000", "GB gigabyte gigabytes")),
}
#: Spans of the calendar, in months and days; they never convert into each other.
CALENDAR: Final = {
    "day": (0, 1),
    "days": (0, 1),
    "week": (0, 7),
    "weeks": (0, 7),
    "fortnight": (0, 14),
    "month": (1, 0),
    "months": (1, 0),
    "year": (12, 0),
    "years": (12, 0),
}
#: Currencies by sign or word; one currency is never converted into another.
CURRENCIES: Final = {
    "$": "$",
    "€": "€",
    "£": "£",
    "¥": "¥",
    "dollar": "$",
    "dollars": "$",
    "euro": "€",
    "euros": "€",
    "usd": "$",
    "eur": "€",
    "gbp": "£",
}
CENTS: Final = {"cent": "$", "cents": "$", "pence": "£", "penny": "£"}
MONTHS: Final = {
    name: at + 1
    for at, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ]
    )
}


class Kind(NamedTuple):
    """What a value is: ``sort`` number, money, measure, percent, date, days (a span), name; its unit."""

    sort: str
    unit: str = ""

    def __str__(self) -> str:
        if self.sort == "money":
            return f"money in {self.unit}"
        return f"a {self.unit}" if self.sort == "measure" else _NAMES.get(self.sort, f"a {self.sort}")


_NAMES = {"percent": "a percentage", "days": "a span of time", "money": "money", "name": "the name of a thing"}
NUMBER: Final = Kind("number")
DATE: Final = Kind("date")
SPAN: Final = Kind("days")
PERCENT: Final = Kind("percent")
NAME: Final = Kind("name")
