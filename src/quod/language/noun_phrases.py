"""Noun phrases: names, determiners, pronouns, possessives, and noun phrases joined."""

from __future__ import annotations

from typing import Final

from quod.kernel.values import symbol, variable
from quod.language import words
from quod.language.cursor import Found
from quod.language.lexer import is_function
from quod.language.nominals import Nominals, Numbered
from quod.language.syntax import (
    Aside,
    Constant,
    Excepting,
    Joined,
    Nominal,
    NounPhrase,
    Predicate,
    Pronoun,
    Quantified,
)

GENERIC: Final[dict[str, str]] = {
    base + end: det
    for base, det in (("some", "some"), ("any", "any"), ("every", "every"), ("no", "no"))
    for end in ("one", "body", "thing")
    if base + end != "noone"
}
SUBJECT_PRONOUNS: Final = {"it": "s", "he": "s", "she": "s", "they": "t"}
OBJECT_PRONOUNS: Final = frozenset(("it", "him", "her", "them"))
REFLEXIVE: Final = frozenset(("itself", "himself", "herself", "themselves", "themself"))
POSSESSIVE: Final = {"his": "he", "her": "she", "its": "it", "their": "they"}
DETERMINERS: Final = {
    "every": ("every", "s"),
    "each": ("every", "s"),
    "all": ("every", "p"),
    "any": ("any", "sp"),
    "no": ("no", "sp"),
    "some": ("some", "sp"),
    "a": ("a", "s"),
    "an": ("a", "s"),
    "the": ("the", "s"),
}


class NounPhrases(Nominals):
    """The part of the grammar that reads noun phrases."""

    # ---- whole noun phrases

    def noun_phrase(self, index: int, role: str = "subject") -> Found[Numbered]:
        """A noun phrase, possibly joined, with its number."""
        return self.charted("np", index, role, lambda: self._noun_phrase(index, role))

    def _noun_phrase(self, index: int, role: str) -> Found[Numbered]:
        low = self.low(index)
        if low in ("either", "neither", "both"):
            return self._paired(index, low, role)
        found = list(self.simple(index, role))
        for operator, items, end in self.joined(index, lambda i: self.simple(i, role)) if found else ():
            count = items[-1][1]
            bare = [i[1] == "q" for i in items]
            only = any(isinstance(i[0], Quantified) and i[0].det == "only" for i in items)
            if role == "subject" and (only or (any(bare) and not all(bare))):
                continue
            if operator == "and":
                count = "q" if any(i[1] == "q" for i in items) else "p"
            if operator == "and" and all(
                i[1] == "s" and isinstance(i[0], Quantified) and i[0].det in ("every", "no") for i in items
            ):
                found.append(((Joined("and", tuple(i[0] for i in items), index), "s"), end))
            found.append(((Joined(operator, tuple(i[0] for i in items), index), count), end))
        return found

    def _paired(self, index: int, low: str, role: str) -> Found[Numbered]:
        """Either A or B, neither A nor B, both A and B."""
        link, operator = {"either": ("or", "xor"), "neither": ("nor", "nor"), "both": ("and", "and")}[low]
        return [
            ((Joined(operator, tuple(i[0] for i in items), index), "p" if low == "both" else items[-1][1]), end)
            for joint, items, end in self.joined(index + 1, lambda i: self.simple(i, role), link)
            if joint == link
        ]

    def simple(self, index: int, role: str) -> Found[Numbered]:
        """One noun phrase with its possessives: "Anne", "the cat", "Bob's mother"."""
        return self.charted("simple", index, role, lambda: self._simple(index, role))

    def _simple(self, index: int, role: str) -> Found[Numbered]:
        found: Found[Numbered] = []
        todo = self._start(index, role)
        for item in todo:
            (phrase, _), end = item
            if self.low(end) == "'s":
                for nominal, stop in self.nominal(end + 1, "s", after=role == "subject", of=False):
                    if nominal.noun:
                        todo.append(((Quantified("the", nominal._replace(of=phrase), index), "s"), stop))
                for nominal, stop in self.nominal(end + 1, "p", after=role == "subject", of=False):
                    if nominal.noun:
                        owned = Quantified("every", nominal._replace(of=phrase), index, "all")
                        found.append(((owned, "q"), stop))
                continue
            found.append(item)
            if self.low(end) == "," and self.low(end + 1) in ("who", "which", "whose") and role == "subject":
                found += self._aside(phrase, item[0][1], end)
            if self.low(end) == "except" and isinstance(phrase, Quantified) and phrase.det in ("every", "bare"):
                found += self._excepting(phrase, item[0][1], end, role)
        return found

    def _aside(self, phrase: NounPhrase, count: str, end: int) -> Found[Numbered]:
        """ "Hugo, who is a baker, …": said beside the sentence, of a known thing."""
        if not (isinstance(phrase, Constant) or (isinstance(phrase, Quantified) and phrase.det == "the")):
            return []
        return [
            ((Aside(phrase, clause, end), count), stop + 1)
            for clause, stop in self._one_relative(end + 1, count)
            if self.low(stop) == ","
        ]

    def _excepting(self, phrase: Quantified, count: str, end: int, role: str) -> Found[Numbered]:
        after = end + 2 if self.low(end + 1) == "for" else end + 1
        return [((Excepting(phrase, but, end), count), stop) for (but, _), stop in self.noun_phrase(after, "except")]

    def _start(self, index: int, role: str) -> Found[Numbered]:
        """A noun phrase without possessive."""
        word, low = self.word(index), self.low(index)
        if word.kind == "variable":
            return [((Constant(variable(word.text), word.text, index), "s"), index + 1)]
        if low in DETERMINERS or low == "not":
            return self._determined(index, low, role)
        if low in GENERIC or low in ("whoever", "whatever", "those"):
            return self._generic(index, low)
        if low == "nothing" or low == "only":
            return self._only(index)
        found: Found[Numbered] = []
        if low in SUBJECT_PRONOUNS and (role != "object" or low == "it"):
            found.append(((Pronoun(low, index), SUBJECT_PRONOUNS[low]), index + 1))
        elif role == "object" and low in OBJECT_PRONOUNS:
            found.append(((Pronoun(low, index), "s"), index + 1))
        elif low in REFLEXIVE:
            found.append(((Pronoun(low, index, True), "s"), index + 1))
        if low in POSSESSIVE:
            for nominal, end in self.nominal(index + 1, "s", after=False, of=False):
                if nominal.noun:
                    owner = Pronoun(POSSESSIVE[low], index)
                    found.append(((Quantified("the", nominal._replace(of=owner), index), "s"), end))
        if not found:
            found = self._named(index) + self._bare(index, role)
        return found

    # ---- names

    def _named(self, index: int) -> Found[Numbered]:
        """A proper name: the longest run of capitalised words."""
        word = self.word(index)
        if not word.capital or (is_function(word) and word.low not in words.NAMES):
            return []
        end = index + 1
        while self.word(end).capital and not is_function(self.word(end)):
            end += 1
        first, low = index == 0, word.low
        if first and not self._initial_name(low, end > index + 1):
            return []
        shown = " ".join(w.text for w in self.words[index:end])
        if end > index + 1 and self.low(end) == "'s":  # "Is Anne Bob's mother?"
            shorter = " ".join(w.text for w in self.words[index : end - 1])
            names = [(shorter, end - 1), (shown, end)]
            return [((Constant(symbol(symbol_name(name)), name, index), "s"), stop) for name, stop in names]
        plural_like = first and end == index + 1 and bool(word.senses.plural) and low not in words.S_NAMES
        return [((Constant(symbol(symbol_name(shown)), shown, index), "x" if plural_like else "s"), end)]

    def _initial_name(self, low: str, several: bool) -> bool:
        """Whether a capitalised first word can be a name: not when it is a listed common word."""
        if low in words.NAMES or low in words.S_NAMES:
            return True
        if low in words.OPENERS:
            return False
        senses = self.words[0].senses
        if low.endswith("ing") and not several:
            self.note(0, 'what one does ("…ing") cannot be a subject')
            return False
        if low.endswith(("uses", "ches", "xes", "shes", "sses", "ies")) and not several:
            return False
        if several and low.endswith("ly") and len(low) > 6:
            return False
        return not senses.known or (several and low in words.NAME_STARTS)

    # ---- determiners

    def _determined(self, index: int, low: str, role: str) -> Found[Numbered]:
        if low == "not":
            following = self.low(index + 1)
            if following not in ("every", "all") or role != "subject":
                return []
            return [
                ((Quantified("not-every", np.nominal, index), count), end)
                for (np, count), end in self._determined(index + 1, following, role)
                if isinstance(np, Quantified)
            ]
        if low == "no" and self.low(index + 1) == "one":
            return self._generic_from(index, index + 2, "no")
        if low == "the":
            return self._definite(index, role)
        det, numbers = DETERMINERS[low]
        if low == "all" and self.low(index + 1) == "who":
            return self._generic_from(index, index + 1, "every", "p")
        found: Found[Numbered] = []
        union = det in ("every", "no", "any", "a")
        for count in numbers:
            for nominal, end in self.nominals(index + 1, count, union and (low not in ("a", "an")), low in ("a", "an")):
                found.append(((Quantified(det, nominal, index, low), count), end))
        if low == "all":
            for nominal, end in self.nominal(index + 1, "m", after=True):
                found.append(((Quantified(det, nominal, index, low), "s"), end))
        return found

    def _definite(self, index: int, role: str) -> Found[Numbered]:
        """the: a constant, an antecedent in the sentence, or a relational noun."""
        end = index + 1
        while self.word(end).capital and not is_function(self.word(end)):
            end += 1
        if end > index + 1:
            shown = "the " + " ".join(w.text for w in self.words[index + 1 : end])
            return [((Constant(symbol(symbol_name(shown)), shown, index), "s"), end)]
        found: Found[Numbered] = []
        for nominal, end in self.nominal(index + 1, "s", after=False):
            if nominal.of is not None:
                found.append(((Quantified("the", nominal, index), "s"), end))
            elif self.low(end) in ("that", "who", "which", "whose") and role == "subject":
                self.note(end, 'what follows "the …" must be its verb; give the thing a name instead')
            else:
                text = " ".join(self.low(i) for i in range(index + 1, end))
                if "," not in text and " and " not in text and " or " not in text:
                    found.append(((Quantified("the", nominal, index, text), "s"), end))
        if not found and self.nominal(index + 1, "p", after=False):
            self.note(index, '"the" with a plural is not read; say "all …" or name them')
        return found

    def _generic(self, index: int, low: str) -> Found[Numbered]:
        if low in ("whoever", "whatever"):
            return [
                (
                    (
                        Quantified(
                            "every",
                            Nominal(None, "", None, (clause,), "person" if low == "whoever" else "thing", index),
                            index,
                        ),
                        "s",
                    ),
                    end,
                )
                for clause, end in self.verb_phrase(index + 1, "s")
            ]
        if low == "those":
            if self.low(index + 1) not in ("who", "that"):
                return []
            return self._generic_from(index, index + 1, "every", "p")
        if low == "nothing" and self.low(index + 1) == "but":
            return self._only(index)
        return self._generic_from(index, index + 1, GENERIC[low])

    def _generic_from(self, index: int, start: int, det: str, count: str = "s") -> Found[Numbered]:
        """someone, everything …, with what follows: "someone kind", "everything that is red"."""
        kind = "thing" if self.low(start - 1).endswith("thing") else "person"
        before: list[tuple[Predicate | None, int]] = [(None, start)]
        senses = self.word(start).senses
        if senses.adjective and not self.word(start).capital and ("a" in senses.known or "n" not in senses.known):
            before += [(p, e) for p, e in self.adjectives(start) if self.low(e) not in words.PREPOSITIONS]
        found: Found[Numbered] = []
        for adjective, end in before:
            for clauses, stop in self.after_noun(end, count, True):
                if count == "p" and not clauses:
                    continue
                nominal = Nominal(adjective, "", None, clauses, kind, index)
                found.append(((Quantified(det, nominal, index, self.low(start - 1)), count), stop))
        return found

    def _only(self, index: int) -> Found[Numbered]:
        """ "only cats", "nothing but cats"."""
        start = index + 1 if self.low(index) == "only" else index + 2
        if self.low(index) == "nothing" and self.low(index + 1) != "but":
            return self._generic_from(index, index + 1, "no")
        plural = self.nominals(start, "p", True)
        if self.low(index) == "only":
            return [((Quantified("only", nominal, index), "q"), end) for nominal, end in plural]
        single = self.nominal(start, "m", after=True)
        if self.low(start) in ("a", "an"):
            single = self.nominal(start + 1, "s", after=True)
        return [
            ((Quantified("only", nominal, index), count), end) for nominal, end in [*plural, *single] for count in "qx"
        ]

    def _bare(self, index: int, role: str) -> Found[Numbered]:
        """Nouns without determiner: plurals and mass nouns; as objects they are refused (some or all?)."""
        plural = self.nominals(index, "p", False, False, True)
        mass = self.nominal(index, "m", after=role == "subject")
        if role == "object":
            return [((Quantified("unclear", nominal, index), "p"), end) for nominal, end in [*plural, *mass]]
        found: Found[Numbered] = [((Quantified("bare", nominal, index), "q"), end) for nominal, end in plural]
        return found + [((Quantified("mass", nominal, index), "x"), end) for nominal, end in mass]


def symbol_name(shown: str) -> str:
    """The symbol of a name: "New York" → ``new_york``."""
    return shown.lower().replace(" ", "_").replace("-", "_").replace("'", "")
