"""Nominals: nouns with adjectives before them, phrases and relative clauses behind them; numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, TypeAlias

from quod.kernel.values import number
from quod.language import words
from quod.language.cursor import Cursor, Found
from quod.language.syntax import AnyOf, Both, Constant, Is, Nominal, NounPhrase, Predicate, Relates, Whose

# A noun phrase with its number: s, p, or "x" for a possible plural taken as a name (no simple past then).
Numbered: TypeAlias = tuple[NounPhrase, str]
NOUN_ENDINGS: Final = ("tion", "sion", "ness", "ment", "ity", "ship", "hood", "ism", "ist", "ology", "ware", "graphy")


def number_value(text: str) -> str:
    """The digits of a number as written ("1,000") or spelled ("twenty")."""
    return words.NUMBER_WORDS.get(text, text).replace(",", "")


class Nominals(Cursor):
    """The part of the grammar that reads nouns and what restricts them."""

    def simple(self, index: int, role: str) -> Found[Numbered]:
        """One noun phrase (``noun_phrases`` gives the body)."""
        raise NotImplementedError

    def verb_phrase(self, index: int, count: str) -> Found[Predicate]:
        """A finite verb phrase (``verb_phrases`` gives the body)."""
        raise NotImplementedError

    def gap_clause(self, index: int) -> Found[Predicate]:
        """A clause that lacks an object: "Anne likes" of "that Anne likes"."""
        raise NotImplementedError

    def nominals(
        self, index: int, count: str, union: bool, disjoint: bool = False, shared: bool = False
    ) -> Found[Nominal | AnyOf]:
        """Nominals under one determiner: "cat", "cats and dogs" (*union*), "cat or dog" (*disjoint*)."""
        found: Found[Nominal | AnyOf] = list(self.nominal(index, count, after=True))
        if not (union or disjoint or shared) or not found:
            return found
        if count == "p" and (union or shared):
            found += [
                (self._each_kind(n), end) for n, end in self.nominal(index, count, True) if self._two_kinds(n, index)
            ]
        for operator, items, end in self.joined(index, lambda i: self.nominal(i, count, after=True)):
            if disjoint and operator != "or":
                continue
            first = items[0]
            if not shared:
                found.append((AnyOf(tuple(items), index), end))
            if first.before is not None and all(n.before is None for n in items[1:]):
                same = tuple(n._replace(before=first.before) for n in items)
                found.append((AnyOf(same, index), end))
        return found

    def _two_kinds(self, nominal: Nominal, index: int) -> bool:
        """Whether "young and old people" may be young ones and old ones, beside people who are both."""
        if not isinstance(nominal.before, Both) or nominal.before.op != "and":
            return False
        said = [item.word for item in nominal.before.items if isinstance(item, Is)]
        explicit = any(self.low(i) == "and" for i in range(index, nominal.at))
        return explicit and any(_contrary(a, b) for a in said for b in said)

    def _each_kind(self, nominal: Nominal) -> Nominal:
        return (
            nominal._replace(before=nominal.before._replace(op="or")) if isinstance(nominal.before, Both) else nominal
        )

    def nominal(self, index: int, count: str, after: bool, of: bool = True) -> Found[Nominal]:
        """A noun with modifiers; *count* is s, p, or m (mass); *after* allows phrases behind the noun."""
        option = f"{count}{after}{of}"
        return self.charted("nominal", index, option, lambda: self._nominal(index, count, after, of))

    def _nominal(self, index: int, count: str, after: bool, of: bool) -> Found[Nominal]:
        found: Found[Nominal] = []
        for adjectives, start in [(None, index), *self.adjectives(index)]:
            compound: list[str] = []
            position = start
            while True:
                head = self._head(position, count)
                if head is not None and compound and not self._heads_compound(position, count):
                    self.note(position, f'"{head}" may be a verb here; the noun before it may do it')
                    head = None
                if head is not None:
                    noun = "" if head in words.EMPTY_NOUNS and not compound else "_".join([*compound, head])
                    self._close(found, adjectives, noun, head, position, count, after, of)
                word = self.word(position)
                if not self._is_compound_part(position):
                    break
                compound.append(word.low.replace("-", "_"))
                position += 1
        return found

    def _close(
        self,
        found: Found[Nominal],
        before: Predicate | None,
        noun: str,
        head: str,
        position: int,
        count: str,
        after: bool,
        of: bool,
    ) -> None:
        """Add the nominal whose head noun stands at *position*, with everything that may follow it."""
        kind = head if not noun else "mass" if count == "m" else "noun"
        ends: list[tuple[NounPhrase | None, int]] = [(None, position + 1)]
        if of and noun and self.low(position + 1) == "of" and head not in words.MEASURES:
            ends = [(np, end) for (np, _), end in self.simple(position + 2, "object") if not _is_apposition(head, np)]
            if head in words.PLACES or not ends:
                self.note(position, f'"{head} of" is not read')
                return
        if head in words.MEASURES and self.low(position + 1) == "of":
            self.note(position, f'"{head} of" is not read')
            return
        for owner, end in ends:
            for clauses, stop in self.after_noun(end, count, after):
                found.append((Nominal(before, noun, owner, clauses, kind, position), stop))

    def _head(self, index: int, count: str) -> str | None:
        """The lemma of the noun at *index* in that number, or None."""
        word = self.word(index)
        if word.kind != "word" or (
            word.capital and index and self.low(index - 1) not in ("a", "an", "every", "no", ";")
        ):
            return None
        senses = word.senses
        if _is_superlative(word.low):
            return None
        if count == "p":
            return senses.plural.replace("-", "_") or None
        if not senses.noun:
            if count == "s" and senses.base:
                return word.low.replace("-", "_")  # "the rent": behind a determiner it is no verb
            bare_adjective = count == "s" and senses.known == "a" and self._nominalised(index)
            return word.low.replace("-", "_") if bare_adjective else None
        if count == "m" and word.low not in words.MASS:
            return None
        return senses.noun.replace("-", "_")

    def _heads_compound(self, index: int, count: str) -> bool:
        """Whether the word can end a compound: not in "lets the dog run", where it is a verb."""
        return count != "s" or bool(self.word(index).senses.noun)

    def _nominalised(self, index: int) -> bool:
        """Whether an adjective after "a" can be a noun: "a minor", "an American", "a native"."""
        return self.low(index - 1) in ("a", "an") and self.low(index).endswith(("an", "or", "tive", "ist"))

    def _is_compound_part(self, index: int) -> bool:
        """Whether the word is a noun that modifies the next one ("fruit bats")."""
        word = self.word(index)
        if word.kind != "word" or not word.senses.noun or (word.capital and index):
            return False
        known = word.senses.known
        if "a" in known:
            return False
        return "n" in known or word.low.endswith(NOUN_ENDINGS)

    def adjectives(self, index: int) -> Found[Predicate]:
        """Adjectives before a noun: "red", "big red", "red, cold", "red and cold", "red or blue"."""
        return self.charted("adjectives", index, "", lambda: self._adjectives(index))

    def _adjectives(self, index: int) -> Found[Predicate]:
        found: Found[Predicate] = []
        items: list[Predicate] = []
        operator = ""
        while self._is_adjective(index):
            items.append(Is(self.low(index).replace("-", "_")))
            index += 1
            joint = "and" if operator in ("", "and") else operator
            found.append((items[0] if len(items) == 1 else Both(joint, tuple(items)), index))
            low = self.low(index)
            skip = 1 if low in (",", "and", "or") else 0
            if low == "," and self.low(index + 1) in ("and", "or"):
                skip, low = 2, self.low(index + 1)
            if low in ("and", "or"):
                if operator not in ("", low) or (low == "or" and len(items) > 1 and operator == ""):
                    break
                operator = low
            elif operator == "or":
                break
            index += skip
        return found

    def _is_adjective(self, index: int) -> bool:
        """Whether the word can be an adjective before a noun."""
        word = self.word(index)
        senses = word.senses
        if word.kind != "word" or (word.capital and index and "a" not in senses.known):
            return False
        if _is_superlative(word.low):
            self.note(index, "a superlative is not read")
            return False
        if word.low in words.NONINTERSECTIVE:
            self.note(index, f'"{word.low}" before a noun is not read')
            return False
        if "a" in senses.known:
            return True
        if "n" in senses.known or word.low.endswith(NOUN_ENDINGS) or word.low.endswith("ly"):
            return False
        return bool(senses.adjective or senses.participle)

    # ---- behind the noun

    def after_noun(self, index: int, count: str, allowed: bool) -> Found[tuple[Predicate, ...]]:
        """What restricts a noun from behind: one prepositional phrase, then relative clauses."""
        found: Found[tuple[Predicate, ...]] = [((), index)]
        if not allowed:
            return found
        starts: list[tuple[tuple[Predicate, ...], int]] = [((), index)]
        low = self.low(index)
        if low in words.PREPOSITIONS:
            for (phrase, _), end in self.simple(index + 1, "object"):
                starts.append(((Relates(low, "prep", (phrase,), at=index),), end))
        found += starts[1:]
        for before, start in starts:
            for clause, end in self.relative(start, "s" if count == "m" else count):
                found.append(((*before, clause), end))
        return found

    def relative(self, index: int, count: str) -> Found[Predicate]:
        """A relative clause, or several joined: "who is red and who likes Bob"."""
        low = self.low(index)
        if low not in ("who", "that", "which", "whom", "whose"):
            return []
        found = self._one_relative(index, count)
        for operator, items, end in self.joined(index, lambda i: self._one_relative(i, count), commas=False):
            found = [*found, (Both(operator, tuple(items), index), end)]
        return found

    def _one_relative(self, index: int, count: str) -> Found[Predicate]:
        low = self.low(index)
        if low == "whose":
            return [
                (Whose(nominal, predicate), end)
                for nominal, middle in self.nominal(index + 1, "s", after=False, of=False)
                if nominal.noun
                for predicate, end in self.verb_phrase(middle, "s")
            ]
        if low not in ("who", "that", "which", "whom"):
            return []
        found: Found[Predicate] = [] if low == "whom" else list(self.verb_phrase(index + 1, count))
        return found + self.gap_clause(index + 1)

    # ---- numbers

    def numeral(self, index: int) -> tuple[Constant, int] | None:
        """A number at *index*."""
        word = self.word(index)
        if word.kind == "number" or word.low in words.NUMBER_WORDS:
            text = number_value(word.low)
            return Constant(number(Fraction(text)), text, index), index + 1
        return None


def _contrary(one: str, other: str) -> bool:
    """Whether hardly anything is both: "young" and "old", "paid" and "unpaid", "red" and "blue"."""
    if one.removeprefix("non_") != one and one.removeprefix("non_") == other:
        return True
    if any(one == prefix + other for prefix in ("un", "in", "im", "dis", "il", "ir")):
        return True
    return one != other and any(one in group and other in group for group in words.CONTRARIES)


def _is_superlative(low: str) -> bool:
    """Whether *low* is "oldest", "best" …: which one that is depends on all the others."""
    if not low.endswith(("est", "worst")):
        return False
    stems = (low[:-3], low[:-2], low[:-4], low[:-4] + "y")
    return low in ("best", "worst", "latest") or any(stem in words.ADJECTIVES for stem in stems)


def _is_apposition(head: str, owner: NounPhrase) -> bool:
    """Whether "the *head* of *owner*" names the owner itself: "the city of Paris"."""
    return head in words.APPOSITIVE and isinstance(owner, Constant)
