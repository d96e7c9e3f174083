"""Discourse: what a pronoun or "the dog" may refer to within its sentence; and choices between readings."""

from __future__ import annotations

from typing import NamedTuple

from quod.kernel.values import Term
from quod.language import words
from quod.language.formulas import Refused

_MALE = frozenset(
    ["man", "boy", "father", "son", "brother", "uncle", "grandfather", "husband", "king", "prince", "lord"]
)
_FEMALE = frozenset(
    ["woman", "girl", "mother", "daughter", "sister", "aunt", "grandmother", "wife", "queen", "princess", "actress"]
)
_ACTORS = ("er", "or", "ee", "eer", "ist", "ian", "ant", "man", "woman")


class Referent(NamedTuple):
    """Something mentioned: ``noun`` is its head noun, "person"/"thing" for someone/something, "" for a name.

    ``terms`` has several members for "Anne and Bob"; ``plural`` marks bare plurals and groups; ``said`` is
    the word a definite description can take up again.
    """

    terms: tuple[Term, ...]
    noun: str
    generic: bool = False
    plural: bool = False
    said: str = ""

    @property
    def is_variable(self) -> bool:
        """Whether the referent is not a constant."""
        return bool(self.terms[0][0] == "v")


class Choices:
    """An odometer over the points where a sentence can be read in several ways."""

    def __init__(self) -> None:
        self._taken: list[int] = []
        self._sizes: list[int] = []
        self._next = 0

    def choose(self, size: int) -> int:
        """The option to take at this point, of *size* options."""
        if self._next == len(self._taken):
            self._taken.append(0)
            self._sizes.append(size)
        option = self._taken[self._next]
        self._next += 1
        return option

    def advance(self) -> bool:
        """Go to the next combination; False when all were taken."""
        self._next = 0
        while self._taken:
            self._taken[-1] += 1
            if self._taken[-1] < self._sizes[-1]:
                return True
            self._taken.pop()
            self._sizes.pop()
        return False


class Discourse:
    """The referents accessible at this point of the sentence, in order of mention."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self._referents: list[Referent] = []
        self._closed: list[Referent] = []

    def add(self, referent: Referent) -> None:
        """Make *referent* accessible."""
        if referent not in self._referents:
            self._referents.append(referent)

    def mark(self) -> int:
        """A point to return to with ``close``."""
        return len(self._referents)

    def close(self, mark: int) -> None:
        """Forget the variables mentioned since *mark*; constants stay accessible."""
        kept = [r for r in self._referents[mark:] if not r.is_variable]
        self._closed += [r for r in self._referents[mark:] if r.is_variable]
        del self._referents[mark:]
        self._referents += kept

    def forget(self, term: Term) -> None:
        """No pronoun refers to *term*: it is an amount."""
        self._referents = [r for r in self._referents if r.terms != (term,)]

    def pronoun(self, word: str, barred: tuple[Term, ...], at: int) -> tuple[Term, ...]:
        """What *word* refers to; *barred* are the other arguments of its verb.

        Fails when nothing suits.
        """
        ranked: dict[int, list[Referent]] = {}
        for referent in self._referents:
            rank = _rank(word, referent)
            if rank >= 0 and not any(term in barred for term in referent.terms):
                ranked.setdefault(rank, []).append(referent)
        if not ranked:
            raise Refused(f'"{word}" has nothing in this sentence to refer to{self._instead(barred)}', at)
        distant = [r for r in self._closed if 0 <= _rank(word, r) <= min(ranked)]
        if distant:
            named = f" (the {distant[0].noun.replace('_', ' ')})" if distant[0].said else ""
            raise Refused(f'"{word}" may refer to something that is only said to exist{named}; name it', at)
        best = ranked[min(ranked)]
        return best[self.choices.choose(len(best)) if len(best) > 1 else 0].terms

    def _instead(self, barred: tuple[Term, ...]) -> str:
        """What can be said instead of a pronoun that suits nothing."""
        nouns = [
            r.noun.replace("_", " ") for r in self._referents if r.said and r.is_variable and not {*r.terms} & {*barred}
        ]
        if not nouns:
            return ""
        return "; say " + " or ".join(f'"the {noun}"' for noun in dict.fromkeys(nouns))

    def definite(self, noun: str, at: int) -> Term | None:
        """The variable that "the *noun*" takes up, or None."""
        alike = [r for r in self._referents if r.is_variable and r.noun == noun and len(r.terms) == 1]
        found = [r for r in alike if r.said == noun] or alike
        if not found:
            return None
        return found[self.choices.choose(len(found)) if len(found) > 1 else 0].terms[0]


def _rank(word: str, referent: Referent) -> int:
    """How well *referent* suits the pronoun: 0 best, -1 not at all."""
    person = referent.noun in words.PERSON_NOUNS
    if word == "they":
        return _rank_they(referent, person)
    if referent.plural:
        return -1
    if word == "it":
        if referent.noun == "" or person:
            return -1
        return 2 if not referent.is_variable else 0 if referent.generic else 1
    if referent.noun in (_FEMALE if word == "he" else _MALE) or referent.noun == "thing":
        return -1
    return 0 if person or referent.noun == "" else 1


def _rank_they(referent: Referent, person: bool) -> int:
    if referent.plural or (person and referent.generic):
        return 0
    if referent.is_variable:
        return 1 if person or acts(referent.noun) else 2 if referent.generic else -1
    return 3 if person or referent.noun == "" else -1


def acts(noun: str) -> bool:
    """Whether an unlisted noun has the form of one who acts: "assessor", "pollster"; "computer" is listed."""
    return noun.endswith(_ACTORS) and noun not in words.NOUNS and noun not in ("thing", "either")
