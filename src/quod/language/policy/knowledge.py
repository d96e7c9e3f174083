"""What a book settles for all its sentences: kinds, attributes, sets, units, and what each attribute's values are."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Final

from quod.language.formulas import Refused
from quod.language.morphology import Lexicon
from quod.language.policy.tokens import Token
from quod.language.policy.units import UNITS, Kind

_MEASURED: Final = ("measure",)


#: What values of attributes of these names can only be, whatever the book says: a weight is no length.
INTRINSIC: Final = {
    **dict.fromkeys(("weight", "mass"), ("number", "mass")),
    **dict.fromkeys(("length", "width", "height", "depth", "distance"), ("number", "length")),
    "age": ("number",),
    **dict.fromkeys(("date", "deadline", "birthday"), ("date",)),
    **dict.fromkeys(
        ("price", "fee", "cost", "charge", "salary", "wage", "rent", "fare"), ("number", "money", "percent")
    ),
    "temperature": ("number",),
}


def admits(attribute: str, kind: Kind) -> bool:
    """Whether values of *attribute* can be of *kind*, by what its name says."""
    allowed = INTRINSIC.get(attribute.rpartition("_")[2])
    sort = UNITS[kind.unit].dimension if kind.sort == "measure" else kind.sort
    return allowed is None or sort in allowed


class Knowledge:
    """The words of a book; learnt from all its sentences before any of them is read for good."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self.globals: set[str] = set()
        self.kinds: set[str] = set()
        self.attributes: set[str] = set()
        self.sets: set[str] = set()
        self.owners: dict[str, set[str]] = {}
        self.aged: set[str] = set()
        self.symbols: dict[str, str] = {}
        self.tables: dict[str, tuple[str, ...]] = {}
        self.types: dict[str, Kind] = {}
        self.clashing: dict[str, tuple[Kind, Kind]] = {}
        self.names: dict[str, str] = {}
        self._units: Counter[str] = Counter()

    def describes(self, word: str) -> bool:
        """Whether *word* before a noun is a participle: "an opened item" is an item, and opened."""
        senses = self.lexicon.senses(word)
        return bool(senses.participle) and "n" not in senses.known

    def size(self) -> tuple[int, ...]:
        """How much is known; a round of reading that adds nothing was the last."""
        owned = sum(len(each) for each in self.owners.values())
        known = (self.globals, self.kinds, self.sets, self.attributes, self.types, self.aged)
        return owned, *map(len, known)

    # ---- units

    def count(self, tokens: list[Token]) -> None:
        """Count the units of the amounts in *tokens*: the book's unit is the one used most."""
        for token in tokens:
            if token.kind == "value" and token.of.sort == "measure":
                self._units[token.of.unit] += 1

    def unit(self, name: str) -> str:
        """The unit in which the book counts what unit *name* measures."""
        dimension = UNITS[name].dimension
        used = [unit for unit in sorted(self._units) if UNITS[unit].dimension == dimension]
        return max(used, key=lambda unit: self._units[unit], default=name)

    def amount(self, token: Token) -> tuple[Fraction, Kind]:
        """The value of *token* in the book's unit."""
        if token.of.sort != "measure":
            return token.value, token.of
        unit = self.unit(token.of.unit)
        return token.value * UNITS[token.of.unit].factor / UNITS[unit].factor, Kind("measure", unit)

    # ---- sorts of values

    def learn(self, attribute: str, kind: Kind) -> None:
        """Values of *attribute* are of *kind*; two different kinds clash."""
        if not admits(attribute, kind):
            raise Refused(f"{kind} is no {attribute.replace('_', ' ')}")
        known = self.types.setdefault(attribute, kind)
        if known != kind:
            self.clashing.setdefault(attribute, (known, kind))

    def kind(self, attribute: str, at: int) -> Kind | None:
        """What values of *attribute* are. Fails when: the book uses it for two kinds of value."""
        if attribute in self.clashing:
            first, second = self.clashing[attribute]
            name = attribute.replace("_", " ")
            raise Refused(f"the {name} is {first} in one place and {second} in another", at)
        return self.types.get(attribute)


def show_amount(value: Fraction, kind: Kind | None, decimal: str) -> str:
    """An amount in English: "$3.50", "7.5%", "1.5 kg"; *decimal* is its exact spelling."""
    if kind is None or kind.sort in ("number", "date", "days", "name"):
        return decimal
    if kind.sort == "money":
        cents = value * 100
        if cents.denominator == 1 and value.denominator != 1:
            whole, rest = divmod(abs(int(cents)), 100)
            decimal = f"{'-' if value < 0 else ''}{whole}.{rest:02d}"
        return f"-{kind.unit}{decimal[1:]}" if decimal.startswith("-") else f"{kind.unit}{decimal}"
    if kind.sort == "clock":
        return f"{int(value) // 60:02d}:{int(value) % 60:02d}"
    return f"{decimal} {kind.unit}"
