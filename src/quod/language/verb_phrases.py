"""Verb phrases: verbs with their objects, the verb *be* with what follows it, negation and joined phrases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from quod.kernel.values import number
from quod.language import words
from quod.language.cursor import Found
from quod.language.noun_phrases import GENERIC, POSSESSIVE, NounPhrases
from quod.language.syntax import (
    AnyOf,
    Attribute,
    Both,
    Compares,
    Constant,
    Gap,
    Is,
    IsA,
    Negated,
    Nominal,
    NounPhrase,
    Predicate,
    Quantified,
    Relates,
)
from quod.language.traits import is_event

COMPARISONS: Final = (
    ("greater than or equal to", "ge"),
    ("less than or equal to", "le"),
    ("more than", "gt"),
    ("greater than", "gt"),
    ("larger than", "gt"),
    ("higher than", "gt"),
    ("less than", "lt"),
    ("lower than", "lt"),
    ("smaller than", "lt"),
    ("at least", "ge"),
    ("at most", "le"),
    ("equal to", "eq"),
    ("exactly", "eq"),
    ("other than", "ne"),
    ("above", "gt"),
    ("over", "gt"),
    ("under", "lt"),
    ("below", "lt"),
    ("older than", "gt"),
    ("younger than", "lt"),
)
PAST_STATE: Final = 'a past state may be over; say "is", or name the event'
_PAIRS: Final = {"either": ("or", "xor"), "neither": ("nor", "nor"), "both": ("and", "both")}
_BE: Final = {"is": "s", "was": "s", "are": "p", "were": "p"}


Item: TypeAlias = Callable[[int], Found[Predicate]]


def agrees(form: str, count: str) -> bool:
    """Whether a verb form for *form* suits a subject of number *count*."""
    return form == {"x": "s", "q": "p", "t": "p"}.get(count, count)


class VerbPhrases(NounPhrases):
    """The part of the grammar that reads verb phrases."""

    def verb_phrase(self, index: int, count: str) -> Found[Predicate]:
        """A verb phrase; *count* is s, p, x, or "b" for the base form (after *does*)."""
        return self.charted("vp", index, count, lambda: self._verb_phrase(index, count))

    def _verb_phrase(self, index: int, count: str) -> Found[Predicate]:
        low = self.low(index)
        if low in _PAIRS:
            return self._paired_predicates(index, low, lambda i: self._one(i, count))
        found = list(self._one(index, count))
        if found:
            # "is fed and insured": what follows "is" is joined there; "insured" is no verb of its own then.
            told = {end for item, end in found if low in _BE and isinstance(item, Both)}
            for operator, items, end in self.joined(index, lambda i: self._one(i, count), but=True):
                if end not in told:
                    found.append((Both(operator, tuple(items), index), end))
        return found

    def _paired_predicates(self, index: int, low: str, item: Item) -> Found[Predicate]:
        """Either A or B, neither A nor B, both A and B."""
        link, operator = _PAIRS[low]
        return [
            (Both(operator, tuple(items), index), end)
            for joint, items, end in self.joined(index + 1, item, link)
            if joint == link
        ]

    def _one(self, index: int, count: str) -> Found[Predicate]:
        return self.charted("vp1", index, count, lambda: self._one_verb_phrase(index, count))

    def _one_verb_phrase(self, index: int, count: str) -> Found[Predicate]:
        low = self.low(index)
        if low in _BE and count != "b":
            past = low in ("was", "were")
            if count in "xq" and past or not agrees(_BE[low], count):
                return []
            found = self.predicative(index + 1, count)
            return self.events(found, index) if past else found
        if low == "be" and count == "b":
            return self.predicative(index + 1, "sp")
        if low in ("does", "do", "did"):
            return self._negative(index, low, count)
        if low == "never":
            return [(Negated(p, index), end) for p, end in self._one(index + 1, count) if not isinstance(p, Negated)]
        if low in words.MODALS:
            self.note(index, f'"{low}" (possibility, duty or future) is not read')
        return [item for verb in self._verbs(index, count) for item in self._complements(verb, index, index + 1)]

    def events(self, found: Found[Predicate], index: int) -> Found[Predicate]:
        """Those of *found* that tell an event; the verb at *index* is past, and a past state may be over."""
        kept = [(predicate, end) for predicate, end in found if is_event(predicate)]
        if len(kept) < len(found):
            self.note(index, PAST_STATE)
        return kept

    def _negative(self, index: int, low: str, count: str) -> Found[Predicate]:
        """Does not, do not, did not with the base form."""
        suits = (
            (low == "does" and agrees("s", count))
            or (low == "do" and count in "pqt")
            or (low == "did" and count in "spt")
        )
        if not suits or self.low(index + 1) not in ("not", "n't"):
            return []
        found = self.verb_phrase(index + 2, "b")
        found = self.events(found, index) if low == "did" else found
        return [(Negated(predicate, index + 1), end) for predicate, end in found]

    def _verbs(self, index: int, count: str) -> list[str]:
        """The lemmas the word at *index* has as a verb in that form."""
        word = self.word(index)
        if word.kind != "word" or (word.capital and index):
            return []
        senses = word.senses
        if count == "b":
            lemmas = [senses.base]
        else:
            past = "" if count in "xq" else senses.past
            present = senses.base if count in "pqt" else senses.third
            if past in words.STATIVE and past != present:
                self.note(index, PAST_STATE)
                past = ""
            lemmas = [present, past]
        return [lemma.replace("-", "_") for lemma in dict.fromkeys(lemmas) if lemma]

    # ---- complements

    def _complements(self, verb: str, at: int, index: int) -> Found[Predicate]:
        """A verb with no object, an object, a prepositional phrase, or an object and a prepositional phrase."""
        found: Found[Predicate] = []
        if verb != "have":
            found.append((Relates(verb, "verb", (), at=at), index))
            low = self.low(index)
            if (low in words.PREPOSITIONS or low == "of") and not (low == "by" and self.word(at).senses.past):
                found += self._prepositional(verb, at, index)
                for operator, items, end in self.joined(index, lambda i: self._prepositional(verb, at, i), but=True):
                    found.append((Both(operator, tuple(items), index), end))
        for (phrase, _), end in self.noun_phrase(index, "object"):
            if verb in words.PERCEIVED and self._may_act(phrase, end):
                self.note(end - 1, f'"{self.low(end - 1)}" may be a verb here; the noun before it may do it')
                continue
            found.append((Relates(verb, "verb", (phrase,), at=at), end))
            low = self.low(end)
            if verb != "have" and low in words.PREPOSITIONS and self._attaches(verb, phrase, end):
                for (target, _), stop in self.noun_phrase(end + 1, "object"):
                    found.append((Relates(f"{verb}_{low}", "verb", (phrase, target), at=at), stop))
        if verb in words.PLACING:
            return [f for f in found if not self._swallowed(f[0])]
        return found

    def _may_act(self, phrase: NounPhrase, end: int) -> bool:
        """Whether the object ends in a compound whose last word may be a verb: "sees the dog walk"."""
        nominal = phrase.nominal if isinstance(phrase, Quantified) else None
        return isinstance(nominal, Nominal) and "_" in nominal.noun and bool(self.word(end - 1).senses.base)

    def _prepositional(self, verb: str, at: int, index: int) -> Found[Predicate]:
        """The verb with one prepositional phrase; after "but" also "not in Paris"."""
        low = self.low(index)
        if low == "not" and self.low(index - 1) in ("but", "and"):
            return [(Negated(p, index), end) for p, end in self._prepositional(verb, at, index + 1)]
        if low not in words.PREPOSITIONS and low != "of":
            return []
        return [
            (Relates(f"{verb}_{low}", "verb", (phrase,), at=at), end)
            for (phrase, _), end in self.noun_phrase(index + 1, "object")
        ]

    def _attaches(self, verb: str, phrase: NounPhrase, index: int) -> bool:
        """Whether a prepositional phrase behind *phrase* is clearly the verb's: not in "saw the man with the …"."""
        if verb in words.PLACING or not isinstance(phrase, Quantified) or phrase.det != "the":
            return True
        if self.low(index) in ("to", "into", "onto", "for", "towards", "toward", "through", "against"):
            return True
        self.note(index, "it is not clear whether this belongs to the verb or to what stands before it")
        return False

    def _swallowed(self, predicate: Predicate) -> bool:
        """Whether an object took the prepositional phrase that belongs to a verb of placing."""
        if not isinstance(predicate, Relates) or len(predicate.objects) != 1 or "_" in predicate.name:
            return False
        phrase = predicate.objects[0]
        if not isinstance(phrase, Quantified) or isinstance(phrase.nominal, AnyOf):
            return False
        return any(isinstance(a, Relates) and a.kind == "prep" for a in phrase.nominal.after)

    def gap_clause(self, index: int) -> Found[Predicate]:
        """A clause lacking an object: "Anne likes", "the dog does not see", "Anne lives in"."""
        found: Found[Predicate] = []
        for (subject, count), middle in self.simple(index, "subject"):
            if isinstance(subject, Quantified) and subject.det in ("only", "not-every"):
                continue
            start, form, negated = middle, count, False
            if self.low(middle) in ("does", "do", "did") and self.low(middle + 1) in ("not", "n't"):
                start, form, negated = middle + 2, "b", True
            for verb in self._verbs(start, form):
                if self.low(middle) == "did" and verb in words.STATIVE:
                    self.note(middle, PAST_STATE)
                    continue
                found += self._gaps(subject, verb, start, negated)
        return found

    def _gaps(self, subject: NounPhrase, verb: str, at: int, negated: bool) -> Found[Predicate]:
        """The ways *verb* can lack its object."""
        found: Found[Predicate] = [(Gap(subject, verb, (None,), negated, at), at + 1)]
        low = self.low(at + 1)
        if low in words.PREPOSITIONS or low == "of":
            found.append((Gap(subject, f"{verb}_{low}", (None,), negated, at), at + 2))
            for (target, _), end in self.simple(at + 2, "object"):
                found.append((Gap(subject, f"{verb}_{low}", (None, target), negated, at), end))
        return found

    # ---- be

    def predicative(self, index: int, count: str) -> Found[Predicate]:
        """What follows *be*: a noun, adjective, preposition, participle, comparison; negated or joined."""
        return self.charted("be", index, count, lambda: self._predicative(index, count))

    def _predicative(self, index: int, count: str) -> Found[Predicate]:
        low = self.low(index)
        if low in ("not", "n't", "never"):
            if self.low(index + 1) == "both":
                inner = self._paired_predicates(index + 1, "both", lambda i: self._one_predicate(i, count))
            elif self.low(index + 1) in ("not", "never", "n't", "neither", "either"):
                return []
            else:
                inner = list(self._one_predicate(index + 1, count))
                for operator, items, end in self.joined(index + 1, lambda i: self._one_predicate(i, count)):
                    if not any(isinstance(item, Negated) for item in items):
                        inner.append((Both(operator, tuple(items), index + 1), end))
            found: Found[Predicate] = [(Negated(p, index), end) for p, end in inner]
            return found + [
                (Both(operator, tuple(items), index), end)
                for operator, items, end in self.joined(index, lambda i: self._maybe_not(i, count), but=True)
                if any(isinstance(item, Negated) for item in items[1:])
            ]
        if low in _PAIRS:
            return self._paired_predicates(index, low, lambda i: self._one_predicate(i, count))
        found = list(self._one_predicate(index, count))
        if found:
            for operator, items, end in self.joined(index, lambda i: self._maybe_not(i, count), but=True):
                found.append((Both(operator, _resumed(items), index), end))
        return found

    def _maybe_not(self, index: int, count: str) -> Found[Predicate]:
        """ "not red" within "cold and not red"."""
        if self.low(index) in ("not", "never"):
            return [(Negated(p, index), end) for p, end in self._one_predicate(index + 1, count)]
        return self._one_predicate(index, count)

    def _one_predicate(self, index: int, count: str) -> Found[Predicate]:
        return self.charted("pred", index, count, lambda: self._parse_predicate(index, count))

    def _parse_predicate(self, index: int, count: str) -> Found[Predicate]:
        low = self.low(index)
        if low in ("a", "an") and count not in "pq":
            return self._noun_predicate(index + 1, "s", disjoint=True)
        if low in ("the", "'s") or low in POSSESSIVE or self.word(index).capital or self.word(index).kind == "variable":
            found = self._relational(index)
            if found or not self.word(index).capital:
                return found
        if GENERIC.get(low) == "some":
            return [(IsA(np.nominal), end) for (np, _), end in self._generic(index, low) if isinstance(np, Quantified)]
        found = self._compared(index)
        if low in words.PREPOSITIONS:
            found += [
                (Relates(low, "prep", (np,), at=index), end) for (np, _), end in self.noun_phrase(index + 1, "object")
            ]
        found += self._adjectival(index)
        if count != "s" and count != "x":
            found += self._noun_predicate(index, "p")
        return found

    def _noun_predicate(self, index: int, count: str, disjoint: bool = False) -> Found[Predicate]:
        return [(IsA(nominal), end) for nominal, end in self.nominals(index, count, False, disjoint)]

    def _relational(self, index: int) -> Found[Predicate]:
        """ "the mother of Bob", "Bob's mother", "his mother" said of something; other definites are identity."""
        found: Found[Predicate] = []
        for (phrase, _), end in self.simple(index, "object"):
            nominal = phrase.nominal if isinstance(phrase, Quantified) and phrase.det == "the" else None
            if isinstance(nominal, Nominal) and nominal.of is not None:
                found.append((IsA(nominal), end))
                continue
            if isinstance(phrase, Constant) and phrase.term[0] == "s":
                found.append((Compares("eq", phrase, index, True), end))
            self.note(index, "that two names mean the same thing is not read")
        return found

    def _compared(self, index: int) -> Found[Predicate]:
        """Numbers, ages and comparatives."""
        found: Found[Predicate] = []
        exact = self.numeral(index)
        if exact is not None:
            found += self._amount("eq", exact[0], index, exact[1], True)
        for text, op in COMPARISONS:
            after = self.phrase(index, text)
            if after >= 0:
                found += self._bounded(text, op, index, after)
        found += self._comparative(index)
        return found

    def _bounded(self, text: str, op: str, index: int, after: int) -> Found[Predicate]:
        """ "more than 30", "more than the price of the pen", "at least 18 years old"."""
        exact = self.numeral(after)
        if exact is not None:
            if text in ("older than", "younger than"):
                end = self.phrase(exact[1], "years")
                return [(Attribute("age_of", op, exact[0], index), end)] if end >= 0 else []
            return self._amount(op, exact[0], index, exact[1])
        if text in ("above", "over", "under", "below", "older than", "younger than"):
            return []
        return [
            (Compares(op, phrase, index), end)
            for (phrase, _), end in self.simple(after, "object")
            if (
                isinstance(phrase, Quantified)
                and phrase.det == "the"
                and not isinstance(phrase.nominal, AnyOf)
                and phrase.nominal.of is not None
            )
            or (isinstance(phrase, Constant) and (phrase.term[0] == "v" or op == "ne"))
        ]

    def _amount(self, op: str, value: Constant, index: int, end: int, plain: bool = False) -> Found[Predicate]:
        """A number, alone or with "years old"."""
        years = self.phrase(end, "years old") if value.term != number(1) else self.phrase(end, "year old")
        if years >= 0:
            return [(Attribute("age_of", op, value, index), years)]
        return [(Compares(op, value, index, plain), end)]

    def _comparative(self, index: int) -> Found[Predicate]:
        """ "older than Bob", "more careful than Bob", "as tall as Bob"."""
        low, word = self.low(index), self.word(index)
        name, after = "", -1
        following = self.word(index + 1)
        if low in ("more", "less") and following.kind == "word" and self.low(index + 2) == "than":
            if following.senses.adjective or following.senses.participle:
                name, after = f"{low}_{following.low}_than", index + 3
        elif low == "as" and self.low(index + 2) == "as" and following.senses.adjective:
            name, after = f"as_{following.low}_as", index + 3
        elif (
            self.low(index + 1) == "than"
            and word.kind == "word"
            and low not in words.FUNCTION
            and (low.endswith("er") or low == "worse")
        ):
            name, after = f"{low}_than", index + 2
        if after < 0:
            return []
        return [
            (Relates(name.replace("-", "_"), "comp", (phrase,), at=index), end)
            for (phrase, _), end in self.noun_phrase(after, "object")
        ]

    # ---- adjectives and participles

    def _adjectival(self, index: int) -> Found[Predicate]:
        """An adjective with or without a prepositional phrase, or a participle as a passive."""
        word = self.word(index)
        senses, low = word.senses, word.low
        if word.kind != "word" or (word.capital and "a" not in senses.known):
            return []
        following = self.low(index + 1)
        if following == "by" and senses.participle and "a" not in senses.known:
            return self._passive(senses.participle, index)
        adjective = bool(senses.adjective) or low in words.MASS
        if adjective and low.endswith("ing") and "a" not in senses.known:
            self.note(index, f'"{low}" may be an action going on; only the simple present is read')
            return []
        if adjective and low.endswith("er") and "a" not in senses.known and self._comparative_form(low):
            self.note(index, f'"{low}" than what?')
            return []
        name = low.replace("-", "_")
        found: Found[Predicate] = []
        if adjective:
            mass = low in words.MASS and "a" not in senses.known
            found.append((Is(name, "mass" if mass else "adj"), index + 1))
        if (
            adjective
            and (following in words.PREPOSITIONS or following == "of")
            and ("a" in senses.known or "n" not in senses.known)
        ):
            for (phrase, _), end in self.noun_phrase(index + 2, "object"):
                found.append((Relates(f"{name}_{following}", "adjprep", (phrase,), at=index), end))
        if (
            senses.participle
            and "a" not in senses.known
            and (senses.known or not adjective)
            or following == "by"
            and senses.participle
        ):
            found += self._passive(senses.participle, index)
        return found

    def _comparative_form(self, low: str) -> bool:
        stems = (low[:-2], low[:-1], low[:-3], low[:-3] + "y")
        return any(stem in words.ADJECTIVES for stem in stems)

    def _passive(self, verb: str, index: int) -> Found[Predicate]:
        """A participle with its agent, a prepositional phrase and an agent, or neither."""
        found: Found[Predicate] = []
        verb = verb.replace("-", "_")
        tails: list[tuple[str, tuple[NounPhrase, ...], int]] = [(verb, (), index + 1)]
        low = self.low(index + 1)
        if low in words.PREPOSITIONS and low != "by":
            for (phrase, _), end in self.simple(index + 2, "object"):
                tails.append((f"{verb}_{low}", (phrase,), end))
        for name, objects, end in tails:
            if self.low(end) != "by":
                found.append((Relates(name, "verb", objects, None, True, index), end))
                continue
            for (agent, _), stop in self.noun_phrase(end + 1, "object"):
                found.append((Relates(name, "verb", objects, agent, True, index), stop))
        return found


def _resumed(items: list[Predicate]) -> tuple[Predicate, ...]:
    """ "treated by the surgeon but not by the dentist": "by" resumes the passive before it."""
    found: list[Predicate] = []
    for item in items:
        inner = item.predicate if isinstance(item, Negated) else item
        before = found[-1] if found else None
        before = before.predicate if isinstance(before, Negated) else before
        if isinstance(inner, Relates) and inner.name == "by" and isinstance(before, Relates) and before.passive:
            again = before._replace(agent=inner.objects[0])
            found.append(Negated(again, item.at) if isinstance(item, Negated) else again)
        else:
            found.append(item)
    return tuple(found)
