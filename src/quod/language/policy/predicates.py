"""Verb phrases of policy English: what is said of a thing, with duties, comparisons and relative clauses."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from quod.language import words as lists
from quod.language.policy.comparisons import AFTERWARDS, COMPARISONS, Comparisons
from quod.language.policy.nouns import DETERMINERS, HOLE, STOP, Found
from quod.language.policy.tokens import Token
from quod.language.policy.tree import (
    All,
    Any,
    Compare,
    Condition,
    Event,
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

MODALS: Final = {"may": "may", "can": "may", "must": "must", "shall": "must"}
BE: Final = ("is", "are", "was", "were")
_MEASURING: Final = {"weighs": "weight", "weigh": "weight", "weighed": "weight", "costs": "cost", "cost": "cost"}
_TIMING: Final = frozenset(["before", "after", "within", "until", "over", "under", "above", "below", "during"])
_DUTIES: Final = (
    ("allowed to", "may"),
    ("permitted to", "may"),
    ("required to", "must"),
    ("obliged to", "must"),
)
_ADVERBS: Final = frozenset(["also", "then", "always", "still", "currently", "therefore", "automatically"])


class Predicates(Comparisons):
    """What can be said of a subject."""

    def filters(self, index: int, plural: bool) -> Found[tuple[Condition, ...]]:
        """Relative clauses, several joined by *and* or *or*."""
        found: Found[tuple[Condition, ...]] = []
        todo: list[tuple[str, tuple[Condition, ...], int]] = [("", n, e) for n, e in self._filter(index, plural)]
        while todo:
            link, nodes, end = todo.pop(0)
            found.append(((Any(nodes, 1, index),) if link == "or" else nodes, end))
            after = end + (self.low(end) == ",")
            word = self.low(after)
            if word in ("and", "or") and link in ("", word) and len(nodes) < 6:
                todo += [(word, (*nodes, *more), stop) for more, stop in self._filter(after + 1, plural)]
        return found

    def _filter(self, index: int, plural: bool) -> Found[tuple[Condition, ...]]:
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
            for noun, middle in self._noun(index + 1, "the"):
                if self.phrase(middle, "it is", "they are", "he is", "she is") >= 0:
                    found.append(((Compare("eq", noun._replace(owner=HOLE), noun, index),), middle + 2))
        elif low in ("with", "having"):
            found += [((node,), end) for node, end in self._having(index + 1, HOLE)]
        elif low == "without":
            found += [((Not(node, index),), end) for node, end in self._having(index + 1, HOLE)]
        elif low in ("over", "under", "aged", "above", "below", "of"):
            found += [((node,), end) for node, end in self._aged(index, HOLE) if isinstance(node, Compare)]
            found += [((node,), end) for node, end in self._worth(index)]
        elif self.low(index + 1) != "by" and self.lexicon.senses(low).participle and self.token(index).kind == "word":
            found += [((node,), end) for node, end in self._described(index, HOLE, "") if end > index + 1]
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
            found.append((join(link, items, index), end))
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
        if low in BE:
            if (low in ("are", "were")) != plural:
                return []
            return self._being(index + 1, subject, plural)
        if low in ("has", "have", "had"):
            return self._has(index + 1, subject)
        if low in MODALS:
            return self._modal(index + 1, subject, MODALS[low])
        if low == "need" and self.low(index + 1) == "not":
            return [(Not(node, index), end) for node, end in self._acting(index + 2, subject, "must")]
        if low in ("does", "do", "did") and self.low(index + 1) == "not":
            if self.low(index + 2) in ("exceed", "equal"):
                op = "gt" if self.low(index + 2) == "exceed" else "eq"
                return [(Not(Compare(op, subject, v, index), index), end) for v, end in self.expression(index + 3)]
            return [(Not(node, index), end) for node, end in self._acting(index + 2, subject, "")]
        if low in _MEASURING:
            attribute = Thing("the", (), _MEASURING[low], False, subject, (), index)
            return self.comparison(index + 1, attribute)
        if low in ("exceeds", "exceed", "exceeded"):
            return [(Compare("gt", subject, v, index), end) for v, end in self.expression(index + 1)]
        if low in ("equals", "equal", "="):
            return [(Compare("eq", subject, v, index), end) for v, end in self.expression(index + 1)]
        return self._finite(index, subject, plural)

    # ---- be

    def _being(self, index: int, subject: Expression, plural: bool) -> Found[Condition]:
        found: Found[Condition] = []
        denied = self.low(index) == "not"
        for text, modal in _DUTIES:
            after = self.phrase(index + denied, text)
            if after >= 0:
                for node, end in self._acting(after, subject, modal):
                    found.append((Not(node, index) if denied else node, end))
        if denied:
            found += [
                (Not(node, index), end)
                for node, end in self._complements(index + 1, subject, plural)
                if not isinstance(node, All) or self._ranged(node)
            ]
        if self.low(index) in _ADVERBS:
            return self._being(index + 1, subject, plural)
        found += self._complements(index, subject, plural)
        return found

    def _ranged(self, node: All) -> bool:
        """Whether *node* is one range, "between 3 and 5", and not two things joined by *and*."""
        return all(isinstance(item, Compare) for item in node.items) and node.at == node.items[0].at

    def _complements(self, index: int, subject: Expression, plural: bool) -> Found[Condition]:
        """Complements joined: "red or blue", "more than 50 lbs and at most 70 lbs"."""
        found: Found[Condition] = []
        todo: list[tuple[str, list[Condition], int]] = [
            ("", [node], end) for node, end in self._complement(index, subject, plural)
        ]
        while todo:
            link, items, end = todo.pop(0)
            if link != ",":
                found.append((join(link, items, index), end))
            word = self.low(end)
            comma = word == ","
            word = self.low(end + 1) if comma else word
            start = end + 1 + comma
            if comma and word not in ("and", "or", "but"):
                if link in ("", ","):
                    todo += [(",", [*items, n], e) for n, e in self._complement(end + 1, subject, plural)]
                continue
            word = "and" if word == "but" else word
            if word in ("and", "or") and link in ("", ",", word) and len(items) < 8:
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
        if low in ("either", "neither", "both"):
            link = {"either": "or", "neither": "nor", "both": "and"}[low]
            for left, middle in self._complement(index + 1, subject, plural):
                for right, end in self._complement(middle + 1, subject, plural) if self.low(middle) == link else []:
                    both: Condition = All((left, right), index) if low == "both" else Any((left, right), 1, index)
                    found.append((Not(both, index) if low == "neither" else both, end))
            return found
        if low in ("a", "an", "one") or (plural and low not in DETERMINERS):
            start = index + (low in ("a", "an", "one"))
            start = start + 2 if low == "one" and self.phrase(start, "of the") >= 0 else start
            for thing, end in self.thing(start, "bare"):
                if isinstance(thing, Thing) and thing.plural == (low not in ("a", "an")):
                    found.append((IsA(subject, thing._replace(det="a"), index), end))
        found += self._described(index, subject, "")
        found += self._located(index, subject)
        return found

    def _described(self, index: int, subject: Expression, modal: str) -> Found[Condition]:
        """Adjectives and participles, with what belongs to them: "overdue", "eligible for a refund"."""
        token = self.token(index)
        if token.low == "non" and self.token(index + 1).kind == "word":
            return [(Not(node, index), end) for node, end in self._described(index + 1, subject, modal)]
        if token.kind != "word" or token.low in STOP or (token.capital and index):
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
        if senses.participle and not modal:
            found += self._when(Event(word, subject, index), index + 1)
        if (low in lists.PREPOSITIONS and low not in _TIMING) or low == "of":
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
        if low in ("no", "a", "an", "any", "the") or low not in STOP:
            start = index + (low in ("no", "a", "an", "any", "the"))
            found += self._given(start, subject, index)
            senses = self.lexicon.senses(low)
            if start == index and senses.participle and "n" not in senses.known:
                return []
            for thing, end in self._noun(start, "a"):
                if low not in ("no", "the"):
                    found += self._attribute(thing, end, subject, index)
                if low == "the":
                    continue
                for whole, stop in self._restricted(thing, end):
                    if isinstance(whole, Thing):
                        op = "eq" if low == "no" else "gt"
                        found.append((Has(subject, op, zero, whole, index), stop))
        for op, value, start in self._counts(index):
            for counted, end in self.thing(start, "bare"):
                if isinstance(counted, Thing) and counted.owner is None:
                    found.append((Has(subject, op, value, counted, index), end))
        return found

    def _restricted(self, thing: Thing, end: int) -> Found[Expression]:
        """The noun alone and with relative clauses."""
        return [(thing, end), *self._filtered(thing, end)]

    def _given(self, index: int, subject: Expression, at: int) -> Found[Condition]:
        """ "a 10% discount", "a $5 fee"."""
        token = self.token(index)
        if token.kind != "value" or token.of.sort not in ("money", "percent"):
            return []
        return [
            (Compare("eq", noun._replace(owner=subject), Value(token, index), at), end)
            for noun, end in self._noun(index + 1, "the")
            if not noun.plural
        ]

    def _attribute(self, noun: Thing, end: int, subject: Expression, at: int) -> Found[Condition]:
        """ "a total of $5", "a weight of more than 3 kg", "a total over $5"."""
        attribute = noun._replace(det="the", owner=subject)
        start = end + 1 if self.low(end) == "of" else end
        found: Found[Condition] = []
        for node, stop in self.comparison(start, attribute):
            equal = isinstance(node, Compare) and node.op == "eq"
            if equal and start == end:
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
                    found.append((AFTERWARDS[self.low(after + 2)], value, after + 3))
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
        if self.token(index).kind != "word" or low in STOP or not (senses.base or "v" in senses.known or modal):
            return []
        return self._complete(low.replace("-", "_"), index + 1, subject, modal, index)

    def _finite(self, index: int, subject: Expression, plural: bool) -> Found[Condition]:
        token = self.token(index)
        if token.kind != "word" or token.low in STOP or (token.capital and index):
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
        if not modal and verb in ("get", "receive", "pay", "earn", "incur", "owe") and low in ("a", "an"):
            found += self._given(index + 1, subject, at)
            for noun, end in self._noun(index + 1, "the"):
                found += self._attribute(noun, end, subject, at)
        if not modal:
            found += self._when(Event(verb, subject, at), index)
        if low in lists.PREPOSITIONS and low not in _TIMING:
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


def join(link: str, items: list[Condition], at: int) -> Condition:
    """*items* joined by the word *link*."""
    if len(items) == 1:
        return items[0]
    return All(tuple(items), at) if link == "and" else Any(tuple(items), 1, at)
