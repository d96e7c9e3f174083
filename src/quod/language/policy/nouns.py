"""Noun phrases of policy English: names, determiners, owners, relative clauses; and the chart of what was parsed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from quod.language import words as lists
from quod.language.morphology import Lexicon, singular
from quod.language.policy.tokens import END, Token, number_word
from quod.language.policy.tree import (
    Compare,
    Condition,
    Expression,
    Hole,
    Name,
    Place,
    Pronoun,
    Thing,
    Value,
)

T = TypeVar("T")
Found = list[tuple[T, int]]
MAX_WAYS: Final = 40

DETERMINERS: Final = {
    "a": "a",
    "an": "a",
    "any": "a",
    "each": "every",
    "every": "every",
    "all": "every",
    "the": "the",
    "this": "the",
    "that": "the",
    "these": "the",
    "those": "the",
    "such": "the",
    "no": "no",
    "another": "a",
}
POSSESSIVE: Final = {"its": "it", "their": "they", "his": "he", "her": "she"}
PRONOUNS: Final = frozenset(["it", "they", "he", "she", "them", "him", "her"])
AGGREGATES: Final = {
    "number": "count",
    "total": "sum",
    "sum": "sum",
    "average": "average",
    "mean": "average",
    "highest": "max",
    "largest": "max",
    "greatest": "max",
    "biggest": "max",
    "longest": "max",
    "latest": "max",
    "maximum": "max",
    "lowest": "min",
    "smallest": "min",
    "least": "min",
    "shortest": "min",
    "earliest": "min",
    "minimum": "min",
}
OF_TWO: Final = {
    "higher": "greatest",
    "larger": "greatest",
    "greater": "greatest",
    "later": "greatest",
    "longer": "greatest",
    "lower": "least",
    "smaller": "least",
    "lesser": "least",
    "earlier": "least",
    "shorter": "least",
    "highest": "greatest",
    "largest": "greatest",
    "greatest": "greatest",
    "lowest": "least",
    "smallest": "least",
    "latest": "greatest",
    "earliest": "least",
}
SUMS: Final = {"plus": "add", "+": "add", "minus": "sub", "-": "sub", "–": "sub", "−": "sub", "less": "sub"}
PRODUCTS: Final = {"times": "mul", "*": "mul", "×": "mul", "÷": "div", "/": "div"}
STOP: Final = lists.FUNCTION | frozenset(
    [
        "plus",
        "minus",
        "times",
        "divided",
        "multiplied",
        "means",
        "mean",
        "more",
        "less",
        "today",
        "per",
        "whose",
        "between",
        "following",
        "rounded",
        "otherwise",
        "whether",
        "same",
    ]
)


CHARGES: Final = frozenset(
    [
        "fee",
        "price",
        "charge",
        "cost",
        "deposit",
        "penalty",
        "fare",
        "discount",
        "rate",
        "tax",
        "premium",
        "surcharge",
        "limit",
        "deadline",
        "rent",
    ]
)
#: Nouns for what is done to a thing, and the participle that says it was.
EVENTS: Final = {
    "delivery": "delivered",
    "purchase": "purchased",
    "return": "returned",
    "payment": "paid",
    "cancellation": "cancelled",
    "arrival": "arrive",
    "departure": "depart",
    "shipment": "shipped",
    "dispatch": "dispatched",
    "renewal": "renewed",
    "registration": "registered",
    "receipt": "received",
    "booking": "booked",
    "submission": "submitted",
    "approval": "approved",
}


class Nouns:
    """Tokens with a chart of what was parsed at each."""

    def factor(self, index: int) -> Found[Expression]:
        """One operand (``phrases`` gives the body)."""
        raise NotImplementedError

    def __init__(self, tokens: list[Token], lexicon: Lexicon, tables: dict[str, tuple[str, ...]]) -> None:
        self.tokens = tokens
        self.size = len(tokens)
        self.lexicon = lexicon
        self.tables = tables
        self.far = 0
        self._chart: dict[tuple[str, int, str], list[tuple[object, int]]] = {}

    def token(self, index: int) -> Token:
        """The token at *index*."""
        return self.tokens[index] if 0 <= index < self.size else END

    def low(self, index: int) -> str:
        """The lower-case text at *index*."""
        return self.tokens[index].low if 0 <= index < self.size else ""

    def phrase(self, index: int, *texts: str) -> int:
        """The index after the first of *texts* that stands at *index*, or -1."""
        for text in texts:
            at = index
            for part in text.split():
                if self.low(at) != part:
                    break
                at += 1
            else:
                return at
        return -1

    def charted(self, rule: str, index: int, option: str, parse: Callable[[], Found[T]]) -> Found[T]:
        """What *parse* finds, computed once."""
        key = (rule, index, option)
        if key not in self._chart:
            self._chart[key] = []  # reason: a rule that calls itself at the same place finds nothing there
            found = list(dict.fromkeys(parse()))[:MAX_WAYS]
            self.far = max([self.far, *(end for _, end in found)])
            self._chart[key] = list(found)
        return self._chart[key]  # type: ignore[return-value]  # reason: a cell holds what its rule put there

    def _skip(self, index: int, *words: str) -> int:
        return index + 1 if self.low(index) in words else index

    def orders(self, index: int) -> Found[tuple[tuple[str, str], ...]]:
        """ "by fee, highest first, then by number"."""
        if self.low(index) not in ("by", "with"):
            return []
        at = index + 1
        words: list[str] = []
        while self.token(at).kind == "word" and self.low(at) not in STOP and len(words) < 5:
            words.append(self.low(at))
            at += 1
        if not words or any(word in STOP for word in words):
            return []
        way, end = "lt", at
        after = at + (self.low(at) in (",", "("))
        for text, op in (
            ("highest first", "gt"),
            ("largest first", "gt"),
            ("latest first", "gt"),
            ("lowest first", "lt"),
            ("smallest first", "lt"),
            ("earliest first", "lt"),
        ):
            stop = self.phrase(after, text)
            if stop >= 0:
                way, end = op, stop + (self.low(stop) == ")")
        here = (("_".join(words), way),)
        found: Found[tuple[tuple[str, str], ...]] = [(here, end)]
        then = end + (self.low(end) == ",")
        then = self._skip(then, "and")
        if self.low(then) == "then":
            found += [((*here, *more), stop) for more, stop in self.orders(then + 1)]
        return found

    def thing(self, index: int, det: str = "") -> Found[Expression]:
        """A noun phrase: pronoun, name, or noun with owner and relative clauses."""
        return self.charted("thing", index, det, lambda: self._thing(index, det))

    def _thing(self, index: int, det: str) -> Found[Expression]:
        found: Found[Expression] = []
        for node, end in self._simple(index, det):
            found.append((node, end))
            if self.low(end) == "'s":
                for owned, stop in self._noun(end + 1, "the"):
                    found += self._possessed(owned._replace(owner=node), stop)
        return found

    def _possessed(self, node: Thing, end: int) -> Found[Expression]:
        """ "Anne's order's total"."""
        found: Found[Expression] = [(node, end)]
        found += self._filtered(node, end)
        if self.low(end) == "'s":
            for owned, stop in self._noun(end + 1, "the"):
                found += self._possessed(owned._replace(owner=node), stop)
        return found

    def _simple(self, index: int, det: str) -> Found[Expression]:
        low = self.low(index)
        if det == "bare":
            return self._owned(index, "every")
        if low in PRONOUNS:
            word = {"them": "they", "him": "he", "her": "she"}.get(low, low)
            pronoun: Found[Expression] = [(Pronoun(word, index), index + 1)]
            return pronoun + (self._owned_by(index) if low in POSSESSIVE else [])
        if low in POSSESSIVE:
            return self._owned_by(index)
        if low in ("someone", "anyone", "everyone", "everybody", "anybody", "whoever"):
            node = Thing("every" if low.startswith("every") else "a", (), "", False, None, (), index)
            return [(node, index + 1), *self._filtered(node, index + 1)]
        ranked = self._first(index)
        if ranked:
            return ranked
        if low in DETERMINERS:
            if low == "all" and self.low(index + 1) == "the":
                return self._owned(index + 2, "every")
            after = index + 1
            if low == "all" and self.low(after) == "of" and self.low(after + 1) == "the":
                after += 2
            return self._owned(after, "every" if low == "every" else DETERMINERS[low])
        found = self._name(index)
        found += self._owned(index, "bare")
        return found

    def _first(self, index: int) -> Found[Expression]:
        """ "the first two bags of a passenger by weight, highest first"."""
        at = self._skip(index, "the")
        if self.low(at) != "first":
            return []
        token = self.token(at + 1)
        count = token if token.kind == "value" and token.of.sort == "number" else None
        if count is None:
            return []
        found: Found[Expression] = []
        for among, middle in self.thing(at + 2, "bare"):
            if not isinstance(among, Thing) or not among.plural or among.owner is None:
                continue
            for orders, end in self.orders(middle):
                place = Place(HOLE, among, orders, index)
                few = Compare("le", place, Value(count, at + 1), index)
                found.append((among._replace(det="every", filters=(*among.filters, few)), end))
        return found

    def _owned_by(self, index: int) -> Found[Expression]:
        owner = Pronoun(POSSESSIVE[self.low(index)], index)
        found: Found[Expression] = []
        for noun, end in self._noun(index + 1, "the"):
            found.append((noun._replace(owner=owner), end))
            found += self._filtered(noun._replace(owner=owner), end)
        return found

    def _name(self, index: int) -> Found[Expression]:
        """ "Anne", "New York", "order 17", "Item A"."""
        found: Found[Expression] = []
        token, following = self.token(index), self.token(index + 1)
        numbered = following.kind == "code" or (
            following.kind == "value" and following.of.sort == "number" and following.value.denominator == 1
        )
        single = following.kind == "word" and len(following.text) == 1 and following.capital
        if token.kind == "word" and token.low not in STOP and (numbered or single):
            shown = f"{token.low} {following.text}"
            found.append((Name(shown.replace(" ", "_").replace("-", "_").lower(), shown, index), index + 2))
        words: list[str] = []
        at = index
        while self.token(at).kind in ("word", "code") and self.token(at).text[:1].isupper() and len(words) < 5:
            low = self.low(at)
            if at == index and (low in STOP or self._common(at)):
                break
            words.append(self.token(at).text)
            at += 1
            if at + 1 < self.size and self.low(at) == "." and len(words[-1]) == 1:
                break
            shown = " ".join(words)
            found.append((Name(shown.lower().replace(" ", "_").replace("-", "_").replace(".", ""), shown, index), at))
        return found

    def _common(self, index: int) -> bool:
        """Whether the capital at *index* only marks the beginning of the sentence."""
        if index and self.low(index - 1) not in (":", ";"):
            return False
        low = self.low(index)
        senses = self.lexicon.senses(low)
        if low in lists.NAMES or low in lists.S_NAMES:
            return False
        return bool(senses.known) or bool(senses.plural and senses.plural != low)

    def _owned(self, index: int, det: str) -> Found[Expression]:
        """A noun with "of …" and relative clauses."""
        found: Found[Expression] = []
        for noun, end in self._noun(index, det):
            found.append((noun, end))
            found += self._filtered(noun, end)
            if self.low(end) == "of" or (self.low(end) in ("for", "on") and noun.head in CHARGES):
                for owner, stop in self.thing(end + 1):
                    first = noun.words[0] if noun.words else noun.head
                    if first in AGGREGATES and isinstance(owner, Thing) and owner.plural:
                        continue
                    owned = noun._replace(owner=owner)
                    found.append((owned, stop))
                    if self.low(end) == "of":
                        found += self._filtered(owned, stop)
        return found

    def _filtered(self, noun: Thing, end: int) -> Found[Expression]:
        """The noun with relative clauses behind it."""
        return [
            (noun._replace(filters=filters), stop)
            for filters, stop in self.charted("filters", end, str(noun.plural), lambda: self.filters(end, noun.plural))
        ]

    def filters(self, index: int, plural: bool) -> Found[tuple[Condition, ...]]:
        """Relative clauses (``clauses`` gives the body)."""
        raise NotImplementedError

    def _noun(self, index: int, det: str) -> Found[Thing]:
        """The words of a noun: as many before the head as fit."""
        found: Found[Thing] = []
        words: list[str] = []
        at = index
        while at < self.size and len(words) < 5:
            token = self.token(at)
            if token.kind != "word" or (token.low in STOP and token.low not in ("off", "on-time")):
                break
            if number_word(token.low) is not None or (token.low in OF_TWO and self.low(at + 1) == "of"):
                break
            lemma, plural = self.lemma(token.low)
            if lemma:
                found.append((Thing(det, tuple(words), lemma, plural, None, (), index), at + 1))
            words.append(token.low)
            at += 1
        return found

    def lemma(self, low: str) -> tuple[str, bool]:
        """The singular of a noun, and whether it is a plural."""
        if low in ("people", "persons"):
            return "person", True
        if low in _SINGULAR or low.endswith(("ss", "us", "is")):
            return low.replace("-", "_"), False
        senses = self.lexicon.senses(low)
        if "v" in senses.known and "n" not in senses.known and senses.third and not senses.noun:
            return (senses.plural or singular(low)).replace("-", "_"), True
        one = senses.plural or ("" if senses.noun else singular(low))
        if one and one != low:
            return one.replace("-", "_"), True
        return low.replace("-", "_"), False


_SINGULAR: Final = frozenset(
    [
        "series",
        "species",
        "news",
        "gross",
        "plus",
        "bonus",
        "status",
        "address",
        "business",
        "class",
        "address",
        "chess",
    ]
)


def has_plural(thing: Thing) -> bool:
    """Whether the owner, or the owner's owner, is a plural."""
    owner = thing.owner
    return isinstance(owner, Thing) and (owner.plural or owner.det == "every" or has_plural(owner))


HOLE: Final = Hole()
