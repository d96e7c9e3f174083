"""Verb phrases of policy English: what is said of a thing, with duties, comparisons and relative clauses."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from quod.language import words as lists
from quod.language.policy.phrases import _STOP, DETERMINERS, HOLE, Found, Phrases
from quod.language.policy.tokens import Token
from quod.language.policy.tree import (
    All,
    Any,
    Arithmetic,
    Compare,
    Condition,
    Expression,
    Has,
    Is,
    IsA,
    Name,
    Not,
    Pronoun,
    Relates,
    Thing,
    Today,
    Value,
)
from quod.language.policy.units import NUMBER

COMPARISONS: Final = (
    ("greater than or equal to", "ge"),
    ("less than or equal to", "le"),
    ("not more than", "le"),
    ("no more than", "le"),
    ("not less than", "ge"),
    ("no less than", "ge"),
    ("not over", "le"),
    ("not above", "le"),
    ("not under", "ge"),
    ("not below", "ge"),
    ("no later than", "le"),
    ("not later than", "le"),
    ("no earlier than", "ge"),
    ("not before", "ge"),
    ("not after", "le"),
    ("on or before", "le"),
    ("on or after", "ge"),
    ("more than", "gt"),
    ("greater than", "gt"),
    ("larger than", "gt"),
    ("higher than", "gt"),
    ("longer than", "gt"),
    ("later than", "gt"),
    ("less than", "lt"),
    ("fewer than", "lt"),
    ("lower than", "lt"),
    ("smaller than", "lt"),
    ("shorter than", "lt"),
    ("earlier than", "lt"),
    ("at least", "ge"),
    ("at most", "le"),
    ("a minimum of", "ge"),
    ("a maximum of", "le"),
    ("up to", "le"),
    ("equal to", "eq"),
    ("the same as", "eq"),
    ("exactly", "eq"),
    ("other than", "ne"),
    ("different from", "ne"),
    ("above", "gt"),
    ("over", "gt"),
    ("exceeding", "gt"),
    ("under", "lt"),
    ("below", "lt"),
    ("before", "lt"),
    ("after", "gt"),
    (">=", "ge"),
    ("<=", "le"),
    ("≥", "ge"),
    ("≤", "le"),
    (">", "gt"),
    ("<", "lt"),
    ("=", "eq"),
)
_DATED: Final = frozenset(["before", "after", "on or before", "on or after", "not before", "not after"])
_AFTERWARDS: Final = {
    "more": "ge",
    "over": "ge",
    "older": "ge",
    "above": "ge",
    "later": "ge",
    "longer": "ge",
    "less": "le",
    "under": "le",
    "younger": "le",
    "below": "le",
    "earlier": "le",
    "fewer": "le",
}
MODALS: Final = {"may": "may", "can": "may", "must": "must", "shall": "must"}
_BE: Final = ("is", "are", "was", "were")
_ADVERBS: Final = frozenset(["also", "then", "always", "still", "currently", "therefore", "automatically"])


class Predicates(Phrases):
    """What can be said of a subject."""

    def filters(self, index: int, plural: bool) -> Found[tuple[Condition, ...]]:
        """Relative clauses: that is overdue; whose total is over $5; with a total of $5; who is at least 18."""
        found: Found[tuple[Condition, ...]] = []
        low = self.low(index)
        if low in ("that", "which", "who"):
            found += [((node,), end) for node, end in self.verb_phrases(index + 1, HOLE, plural)]
        elif low == "whose":
            found += [
                ((node,), end)
                for noun, middle in self._noun(index + 1, "the")
                for node, end in self.verb_phrases(middle, noun._replace(owner=HOLE), noun.plural)
            ]
        elif low in ("with", "having"):
            found += [((node,), end) for node, end in self._having(index + 1, HOLE)]
        elif low == "without":
            found += [((Not(node, index),), end) for node, end in self._having(index + 1, HOLE)]
        elif low in ("over", "under", "aged"):
            found += [((node,), end) for node, end in self._aged(index, HOLE) if isinstance(node, Compare)]
        return found

    # ---- verb phrases

    def verb_phrases(self, index: int, subject: Expression, plural: bool) -> Found[Condition]:
        """Verb phrases joined by *and* or by *or* (never both)."""
        key = f"{plural}{subject!r}"
        return self.charted("vps", index, key, lambda: self._joined_phrases(index, subject, plural))

    def _joined_phrases(self, index: int, subject: Expression, plural: bool) -> Found[Condition]:
        found: Found[Condition] = []
        if self.low(index) in ("either", "both", "neither"):
            first = self.low(index)
            pairs = [
                (left, right, end)
                for left, middle in self.verb_phrase(index + 1, subject, plural)
                if self.low(middle) == {"either": "or", "both": "and", "neither": "nor"}[first]
                for right, end in self.verb_phrase(middle + 1, subject, plural)
            ]
            for left, right, end in pairs:
                node: Condition = All((left, right), index) if first == "both" else Any((left, right), 1, index)
                found.append((Not(node, index) if first == "neither" else node, end))
            return found
        todo: list[tuple[str, list[Condition], int]] = [
            ("", [node], end) for node, end in self.verb_phrase(index, subject, plural)
        ]
        while todo:
            link, items, end = todo.pop(0)
            found.append((_join(link, items, index), end))
            after = end + (self.low(end) == ",")
            word = self.low(after)
            if word == "but":
                word = "and"
            if word in ("and", "or") and link in ("", word):
                start = after + 1
                todo += [(word, [*items, node], stop) for node, stop in self.verb_phrase(start, subject, plural)]
        return found

    def verb_phrase(self, index: int, subject: Expression, plural: bool) -> Found[Condition]:
        """One verb phrase said of *subject*."""
        low = self.low(index)
        if low in _ADVERBS:
            return self.verb_phrase(index + 1, subject, plural)
        if low in _BE:
            if low in ("are", "were") != plural and not isinstance(subject, Pronoun):
                pass
            return self._being(index + 1, subject, plural)
        if low in ("has", "have", "had"):
            return self._has(index + 1, subject)
        if low in MODALS:
            return self._modal(index + 1, subject, MODALS[low])
        if low == "need" and self.low(index + 1) == "not":
            return [(Not(node, index), end) for node, end in self._acting(index + 2, subject, "must")]
        if low in ("does", "do", "did") and self.low(index + 1) == "not":
            return [(Not(node, index), end) for node, end in self._acting(index + 2, subject, "")]
        if low in ("exceeds", "exceed", "exceeded"):
            return [(Compare("gt", subject, v, index), end) for v, end in self.expression(index + 1)]
        if low in ("equals", "equal"):
            return [(Compare("eq", subject, v, index), end) for v, end in self.expression(index + 1)]
        return self._finite(index, subject, plural)

    # ---- be

    def _being(self, index: int, subject: Expression, plural: bool) -> Found[Condition]:
        found: Found[Condition] = []
        if self.low(index) == "not":
            found += [(Not(node, index), end) for node, end in self._complement(index + 1, subject, plural)]
        if self.low(index) in _ADVERBS:
            return self._being(index + 1, subject, plural)
        found += self._complements(index, subject, plural)
        return found

    def _complements(self, index: int, subject: Expression, plural: bool) -> Found[Condition]:
        """Complements joined: "red or blue", "more than 50 lbs and at most 70 lbs"."""
        found: Found[Condition] = []
        todo: list[tuple[str, list[Condition], int]] = [
            ("", [node], end) for node, end in self._complement(index, subject, plural)
        ]
        while todo:
            link, items, end = todo.pop(0)
            found.append((_join(link, items, index), end))
            word = self.low(end)
            comma = word == ","
            word = self.low(end + 1) if comma else word
            start = end + 1 + comma
            if comma and word not in ("and", "or", "but"):
                continue
            word = "and" if word == "but" else word
            if word in ("and", "or") and link in ("", word) and len(items) < 6:
                if self.low(start) == "not":
                    todo += [
                        (word, [*items, Not(n, start)], e) for n, e in self._complement(start + 1, subject, plural)
                    ]
                else:
                    todo += [(word, [*items, n], e) for n, e in self._complement(start, subject, plural)]
        return found

    def _complement(self, index: int, subject: Expression, plural: bool) -> Found[Condition]:
        found: Found[Condition] = []
        found += self.comparison(index, subject)
        found += self._aged(index, subject)
        found += self._timed(index, subject)
        low = self.low(index)
        if low in ("a", "an", "one") or (plural and low not in DETERMINERS):
            start = index + (low in ("a", "an", "one"))
            start = start + 2 if low == "one" and self.phrase(start, "of the") >= 0 else start
            for thing, end in self.thing(start, "bare"):
                if isinstance(thing, Thing) and thing.plural == (low not in ("a", "an")):
                    found.append((IsA(subject, thing._replace(det="a"), index), end))
        found += self._described(index, subject, "")
        found += self._located(index, subject)
        return found

    def comparison(self, index: int, subject: Expression) -> Found[Condition]:
        """ "more than $50", "between 3 and 5", "3 or more", and mere equality."""
        found: Found[Condition] = []
        for text, op in COMPARISONS:
            after = self.phrase(index, text)
            if after >= 0 and not (text in ("above", "over", "under", "below") and self._ages(after)):
                bare = not isinstance(subject, Thing) or subject.owner is None
                if text in _DATED and bare:
                    continue
                found += [(Compare(op, subject, value, index), end) for value, end in self.expression(after)]
        for first, second in (("between", "and"), ("from", "to"), ("from", "up to")):
            if self.low(index) == first:
                for low_end, middle in self.product(index + 1):
                    after = self.phrase(middle, second)
                    if after < 0:
                        continue
                    for high, end in self.product(after):
                        pair = (Compare("ge", subject, low_end, index), Compare("le", subject, high, index))
                        found.append((All(pair, index), end))
        for value, end in self.product(index):
            if isinstance(value, Value) and self.low(end) == "or" and self.low(end + 1) in _AFTERWARDS:
                found.append((Compare(_AFTERWARDS[self.low(end + 1)], subject, value, index), end + 2))
        for values, end in self._alternatives(index):
            found.append((Any(tuple(Compare("eq", subject, value, index) for value in values), 1, index), end))
        for value, end in self.expression(index):
            if isinstance(value, Thing) and value.det in ("a", "every", "no", "bare") and value.owner is None:
                continue
            if self.low(end) == "or" and self.low(end + 1) in _AFTERWARDS:
                continue
            found.append((Compare("eq", subject, value, index), end))
        if self.low(index) == "on" and isinstance(subject, Thing):
            found += [
                (Compare("eq", subject, value, index), end)
                for value, end in self.expression(index + 1)
                if isinstance(value, Value) and value.token.of.sort == "date"
            ]
        return found

    def _alternatives(self, index: int) -> Found[tuple[Expression, ...]]:
        """Names or amounts joined by *or*: "Panama, Colombia or Peru"."""
        start = index + (self.low(index) in ("either",))
        found: Found[tuple[Expression, ...]] = []
        todo: list[tuple[tuple[Expression, ...], int]] = [((node,), end) for node, end in self._simple_value(start)]
        while todo:
            items, end = todo.pop(0)
            after = end + (self.low(end) == ",")
            last = self.low(after) == "or"
            after += last
            if after == end or len(items) > 40:
                continue
            for node, stop in self._simple_value(after):
                if last:
                    found.append(((*items, node), stop))
                else:
                    todo.append(((*items, node), stop))
        return found

    def _simple_value(self, index: int) -> Found[Expression]:
        token = self.token(index)
        if token.kind == "value":
            return [(Value(token, index), index + 1)]
        names = [(node, end) for node, end in self._name(index) if isinstance(node, Name)]
        longest = max((end for _, end in names), default=-1)
        return [(node, end) for node, end in names if end == longest]

    def _ages(self, index: int) -> bool:
        return self.token(index).kind == "value" and self.phrase(index + 1, "years old", "years of age") >= 0

    def _aged(self, index: int, subject: Expression) -> Found[Condition]:
        """ "at least 18 years old", "18 or older", "under 26 years of age", "aged 18 or over"."""
        at = index + (self.low(index) == "aged")
        aged = at > index
        op = "eq"
        for text, named in COMPARISONS:
            after = self.phrase(at, text)
            if after >= 0:
                op, at = named, after
                break
        for text, named in (("older than", "gt"), ("younger than", "lt")):
            after = self.phrase(at, text)
            if after >= 0:
                op, at, aged = named, after, True
        token = self.token(at)
        if token.kind != "value" or token.of.sort not in ("number", "days"):
            return []
        if token.of.sort == "days" and (token.more[1] or token.more[0] % 12):
            return []
        years = Fraction(token.more[0], 12) if token.of.sort == "days" else token.value
        end = at + 1
        for _ in range(2):
            if self.low(end) == "or" and self.low(end + 1) in _AFTERWARDS and op == "eq":
                aged = aged or self.low(end + 1) in ("older", "younger")
                op, end = _AFTERWARDS[self.low(end + 1)], end + 2
            after = self.phrase(end, "old", "of age")
            if after >= 0 and token.of.sort == "days":
                aged, end = True, after
        if not aged:
            return []
        number = Value(Token(str(years), str(years), token.column, "value", years, NUMBER), at)
        return [(Compare(op, Thing("the", (), "age", False, subject, (), index), number, index), end)]

    def _timed(self, index: int, subject: Expression) -> Found[Condition]:
        """ "within 30 days of/after D", "at least 12 months before D", "more than 3 days after D"."""
        found: Found[Condition] = []
        if self.low(index) == "within":
            span = self.token(index + 1)
            if span.of.sort != "days":
                return []
            value = Value(span, index + 1)
            for word in ("of", "after", "from", "before"):
                if self.low(index + 2) == word:
                    for base, end in self.factor(index + 3):
                        back, on = Arithmetic("sub", base, value, index), Arithmetic("add", base, value, index)
                        first, last = (back, base) if word == "before" else (base, on)
                        pair: tuple[Condition, ...] = (
                            Compare("ge", subject, first, index),
                            Compare("le", subject, last, index),
                        )
                        found.append((All(pair, index), end))
            return found
        for text, op in COMPARISONS:
            after = self.phrase(index, text)
            span = self.token(after) if after >= 0 else Token("", "", 0, "end")
            if span.of.sort == "days" and self.low(after + 1) in ("after", "before"):
                value = Value(span, after)
                for base, end in self.factor(after + 2):
                    if self.low(after + 1) == "after":
                        found.append((Compare(op, subject, Arithmetic("add", base, value, index), index), end))
                    else:
                        turned = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge", "eq": "eq"}.get(op, "")
                        if turned:
                            shifted = Arithmetic("sub", base, value, index)
                            found.append((Compare(turned, subject, shifted, index), end))
        return found

    def _described(self, index: int, subject: Expression, modal: str) -> Found[Condition]:
        """Adjectives and participles, with what belongs to them: "overdue", "eligible for a refund"."""
        token = self.token(index)
        if token.low == "non" and self.token(index + 1).kind == "word":
            return [(Not(node, index), end) for node, end in self._described(index + 1, subject, modal)]
        if token.kind != "word" or token.low in _STOP or (token.capital and index):
            return []
        senses = self.lexicon.senses(token.low)
        only_noun = senses.known == "n" and not token.low.endswith("ed")
        if only_noun or (
            senses.plural and senses.plural != token.low and "p" not in senses.known and not senses.participle
        ):
            return []
        word = token.low.replace("-", "_")
        found: Found[Condition] = [(Is(subject, word, "adj", modal, index), index + 1)]
        low = self.low(index + 1)
        if low in lists.PREPOSITIONS or low == "of":
            for thing, end in self._objects(index + 2):
                found.append((self._about(subject, f"{word}_{low}", thing, modal, index), end))
        if (
            token.low.endswith(("ed", "en", "t", "d"))
            and low == "free"
            and self.phrase(index + 1, "free of charge") >= 0
        ):
            found.append((Is(subject, f"{word}_free_of_charge", "adj", modal, index), index + 4))
        return found

    def _located(self, index: int, subject: Expression) -> Found[Condition]:
        """ "in the EU", "from Canada"."""
        low = self.low(index)
        if low not in lists.PREPOSITIONS or low in ("over", "under", "above", "below", "before", "after", "within"):
            return []
        return [(self._about(subject, low, thing, "", index), end) for thing, end in self._objects(index + 1)]

    def _objects(self, index: int) -> Found[Expression]:
        return [
            (node, end)
            for node, end in self.factor(index)
            if isinstance(node, (Thing, Name, Value, Today, Pronoun))
            and not (isinstance(node, Thing) and node.det == "no")
        ]

    def _about(self, subject: Expression, word: str, thing: Expression, modal: str, at: int) -> Condition:
        """A relation to a known thing; with "a refund" one word: ``eligible_for_refund``."""
        if isinstance(thing, Thing) and thing.det in ("a", "bare") and thing.owner is None and not thing.filters:
            return Is(subject, f"{word}_{thing.slug}", "phrase", modal, at)
        return Relates(subject, word, "phrase", thing, modal, at)

    # ---- have

    def _has(self, index: int, subject: Expression) -> Found[Condition]:
        if self.low(index) == "not" and self.low(index + 1) not in ("been", "a", "an"):
            return [(Not(node, index), end) for node, end in self._perfect(index + 1, subject)]
        if self.phrase(index, "not been") >= 0:
            return [(Not(node, index), end) for node, end in self._described(index + 2, subject, "")]
        if self.low(index) == "been":
            return self._described(index + 1, subject, "")
        return [*self._having(index, subject), *self._perfect(index, subject)]

    def _perfect(self, index: int, subject: Expression) -> Found[Condition]:
        """ "has paid the fee"."""
        senses = self.lexicon.senses(self.low(index))
        if not senses.participle or self.token(index).kind != "word":
            return []
        return self._complete(senses.participle.replace("-", "_"), index + 1, subject, "", index)

    def _having(self, index: int, subject: Expression) -> Found[Condition]:
        """What follows *has* or *with*: a card, no card, more than two loans, a total of $5."""
        low = self.low(index)
        found: Found[Condition] = []
        zero = Value(Token("0", "0", self.token(index).column, "value", Fraction(0), NUMBER), index)
        if low in ("no", "a", "an", "any", "the") or low not in _STOP:
            start = index + (low in ("no", "a", "an", "any", "the"))
            for thing, end in self._noun(start, "a"):
                if low not in ("no", "the"):
                    found += self._attribute(thing, end, subject, index)
                if low == "the":
                    continue
                wholes: Found[Expression] = [(thing, end)]
                wholes += self._filtered(thing, end)
                for whole, stop in wholes:
                    if isinstance(whole, Thing):
                        op = "eq" if low == "no" else "gt"
                        found.append((Has(subject, op, zero, whole, index), stop))
        for op, value, start in self._counts(index):
            for thing, end in self.thing(start, "bare"):
                if isinstance(thing, Thing) and thing.owner is None:
                    found.append((Has(subject, op, value, thing, index), end))
        return found

    def _attribute(self, noun: Thing, end: int, subject: Expression, at: int) -> Found[Condition]:
        """ "a total of $5", "a weight of more than 3 kg", "a total over $5"."""
        attribute = noun._replace(det="the", owner=subject)
        start = end + 1 if self.low(end) == "of" else end
        found: Found[Condition] = []
        for node, stop in self.comparison(start, attribute):
            equal = isinstance(node, Compare) and node.op == "eq"
            if equal and (start == end or not isinstance(node.right, Value)):  # type: ignore[union-attr]  # reason: tested
                continue
            found.append((node, stop))
        return found

    def _counts(self, index: int) -> list[tuple[str, Value, int]]:
        """How many: "two", "more than two", "at least 3"."""
        found: list[tuple[str, Value, int]] = []
        for text, op in (*COMPARISONS, ("", "eq")):
            after = self.phrase(index, text) if text else index
            token = self.token(after) if after >= 0 else Token("", "", 0, "end")
            if token.kind == "value" and token.of == NUMBER and token.value.denominator == 1:
                value = Value(token, after)
                found.append((op or "eq", value, after + 1))
                if not text and self.low(after + 1) == "or" and self.low(after + 2) in ("more", "fewer"):
                    found.append((_AFTERWARDS[self.low(after + 2)], value, after + 3))
        return found

    # ---- acting

    def _modal(self, index: int, subject: Expression, modal: str) -> Found[Condition]:
        if self.low(index) == "not":
            turned = "may" if modal == "must" else modal
            return [(Not(node, index), end) for node, end in self._acting(index + 1, subject, turned)]
        return self._acting(index, subject, modal)

    def _acting(self, index: int, subject: Expression, modal: str) -> Found[Condition]:
        """A base-form verb phrase."""
        low = self.low(index)
        if low == "be":
            if not modal:
                return []
            return self._described(index + 1, subject, modal)
        if low == "have":
            return [] if modal else self._having(index + 1, subject)
        senses = self.lexicon.senses(low)
        if self.token(index).kind != "word" or low in _STOP or not (senses.base or "v" in senses.known or modal):
            return []
        return self._complete(low.replace("-", "_"), index + 1, subject, modal, index)

    def _finite(self, index: int, subject: Expression, plural: bool) -> Found[Condition]:
        token = self.token(index)
        if token.kind != "word" or token.low in _STOP or (token.capital and index):
            return []
        senses = self.lexicon.senses(token.low)
        lemmas = [senses.base if plural or isinstance(subject, Pronoun) else "", senses.third, senses.past]
        found: Found[Condition] = []
        for lemma in dict.fromkeys(lemmas):
            if lemma and not (lemma == senses.third and plural):
                found += self._complete(lemma.replace("-", "_"), index + 1, subject, "", index)
        return found

    def _complete(self, verb: str, index: int, subject: Expression, modal: str, at: int) -> Found[Condition]:
        """A verb with nothing, an object, a preposition and object, or both."""
        found: Found[Condition] = [(Is(subject, verb, "verb", modal, at), index)]
        low = self.low(index)
        if low in lists.PREPOSITIONS:
            for thing, end in self._objects(index + 1):
                found.append((_verb(subject, f"{verb}_{low}", thing, modal, at), end))
        for thing, end in self._objects(index):
            simple = _verb(subject, verb, thing, modal, at)
            found.append((simple, end))
            low = self.low(end)
            if isinstance(simple, Is) and low in lists.PREPOSITIONS and low not in ("within", "before", "after"):
                for target, stop in self._objects(end + 1):
                    found.append((_verb(subject, f"{simple.word}_{low}", target, modal, at), stop))
        return found


def _verb(subject: Expression, verb: str, thing: Expression, modal: str, at: int) -> Condition:
    if isinstance(thing, Thing) and thing.det in ("a", "bare") and thing.owner is None and not thing.filters:
        return Is(subject, f"{verb}_{thing.slug}", "verb", modal, at)
    return Relates(subject, verb, "verb", thing, modal, at)


def _join(link: str, items: list[Condition], at: int) -> Condition:
    if len(items) == 1:
        return items[0]
    return All(tuple(items), at) if link == "and" else Any(tuple(items), 1, at)
