"""Morphology: what an open-class word may be, from its form, the lists of exceptions and known words.

Every function is total: a word never seen before ("wumpuses") gets its lemma from its ending.
"""

from __future__ import annotations

from typing import NamedTuple

from quod.language import irregulars, words

_VOWELS = frozenset("aeiou")


class Senses(NamedTuple):
    """What one word may be; each field is a lemma, or "" where the word cannot be that.

    ``past`` is the simple past, ``participle`` the past participle. ``known`` says which of ``n`` (noun), ``a``
    (adjective), ``v`` (verb) the lists or the document vouch for.
    """

    noun: str = ""
    plural: str = ""
    adjective: str = ""
    base: str = ""
    third: str = ""
    past: str = ""
    participle: str = ""
    known: str = ""


NOTHING = Senses()


def is_s_form(word: str) -> bool:
    """Whether *word* ends like a plural or a third person ("cats", "eats"; not "wumpus", "boss", "crisis").

    >>> [is_s_form(w) for w in ("cats", "wumpus", "boss")]
    [True, False, False]
    """
    return len(word) > 2 and word[-1] == "s" and word[-2] not in "sui'"


def singular(plural: str) -> str:
    """The singular of a regular or listed plural, or "" if the form is no plural.

    >>> [singular(w) for w in ("wumpuses", "foxes", "ponies", "horses", "houses", "mice")]
    ['wumpus', 'fox', 'pony', 'horse', 'house', 'mouse']
    """
    listed = irregulars.IRREGULAR_PLURALS.get(plural) or words.EMPTY_PLURALS.get(plural)
    if listed:
        return listed
    if plural in irregulars.SAME_PLURALS:
        return plural
    if plural.endswith("men") and len(plural) > 4 and plural not in irregulars.MEN_SINGULARS:
        return plural[:-3] + "man"
    if not is_s_form(plural) or plural in irregulars.PLURAL_ONLY_SINGULAR:
        return plural[:-1] if plural.endswith(("bis", "skis", "taxis", "gnus", "emus", "menus")) else ""
    for ending, cut in (("uses", 2), ("sses", 2), ("xes", 2), ("ches", 2), ("shes", 2), ("zzes", 2), ("oes", 2)):
        if plural.endswith(ending):
            return plural[:-cut]
    if plural.endswith("ies") and len(plural) > 4:
        return plural[:-3] + "y"
    return plural[:-1]


def pluralise(noun: str) -> str:
    """The regular plural, used to say "cats" from ``cat``.

    >>> pluralise("wumpus"), pluralise("pony")
    ('wumpuses', 'ponies')
    """
    for plural, one in irregulars.IRREGULAR_PLURALS.items():
        if one == noun:
            return plural
    return noun if noun in irregulars.SAME_PLURALS else third(noun)


def base_of_third(verb: str) -> str:
    """The base form of a third person singular, or "" if the form is none.

    >>> [base_of_third(w) for w in ("eats", "chases", "teaches", "cries", "uses")]
    ['eat', 'chase', 'teach', 'cry', 'use']
    """
    listed = irregulars.IRREGULAR_THIRD.get(verb)
    if listed:
        return listed
    if not is_s_form(verb):
        return ""
    for ending in ("sses", "xes", "ches", "shes", "zzes", "oes"):
        if verb.endswith(ending):
            return verb[:-2]
    if verb.endswith("ies") and len(verb) > 4:
        return verb[:-3] + "y"
    return verb[:-1]


def third(base: str) -> str:
    """The third person singular of a verb.

    >>> [third(w) for w in ("eat", "have", "cry", "teach", "play")]
    ['eats', 'has', 'cries', 'teaches', 'plays']
    """
    if base in ("have", "be"):
        return {"have": "has", "be": "is"}[base]
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "x", "z", "ch", "sh")) or base in ("go", "do", "echo") else "s")


def base_of_past(past: str, known_verbs: frozenset[str]) -> str:
    """The base form of a regular past, or "".

    A known verb decides between "chased → chase" and "visited → visit"; otherwise spelling does.

    >>> [base_of_past(w, frozenset({"visit"})) for w in ("chased", "visited", "stopped", "cried")]
    ['chase', 'visit', 'stop', 'cry']
    """
    if not past.endswith("ed") or len(past) < 5 or past.endswith("eed"):
        return ""
    stem = past[:-2]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    for candidate in (stem, stem + "e", stem[:-1]):
        if candidate in known_verbs:
            return candidate
    if stem[-1] == stem[-2] and stem[-1] not in "lsfz":
        return stem[:-1]
    silent = (
        stem[-1] in "cvzgu" or (stem[-1] == "s" and stem[-2] != "s") or stem.endswith(("at", "ir", "bl", "tl", "dl"))
    )
    return stem + "e" if silent and not stem.endswith("ng") else stem


def article(following: str) -> str:
    """ "a" or "an" before the word *following*.

    >>> article("impus"), article("unicorn"), article("hour")
    ('an', 'a', 'an')
    """
    low = following.lower()
    if low.startswith(("hour", "honest", "heir", "honor", "honour")):
        return "an"
    if low.startswith(("uni", "use", "usu", "eu", "one", "once", "uti", "ura")) and not low.startswith(
        ("unin", "unim")
    ):
        return "a"
    return "an" if low[:1] in _VOWELS else "a"


class Lexicon:
    """What each word may be, remembered; ``nouns``, ``adjectives``, ``verbs`` are what a document adds."""

    def __init__(
        self,
        nouns: frozenset[str] = frozenset(),
        adjectives: frozenset[str] = frozenset(),
        verbs: frozenset[str] = frozenset(),
    ) -> None:
        self.nouns = words.NOUNS | words.MASS | words.PERSON_NOUNS | words.EMPTY_NOUNS | words.MEASURES | nouns
        self.adjectives = words.ADJECTIVES | adjectives
        self.verbs = words.VERBS | words.OPAQUE | words.PLACING | verbs
        self._senses: dict[str, Senses] = {}

    def senses(self, word: str) -> Senses:
        """What the lower-case *word* may be."""
        found = self._senses.get(word)
        if found is None:
            if len(self._senses) > 100_000:
                self._senses.clear()
            found = self._senses[word] = self._analyse(word)
        return found

    def _analyse(self, word: str) -> Senses:
        if word in words.FUNCTION or word in words.NUMBER_WORDS and word != "one":
            return (
                Senses(base="have")
                if word == "have"
                else Senses(third="have")
                if word == "has"
                else (Senses(past="have") if word == "had" else NOTHING)
            )
        if not word.replace("-", "").isalpha():
            return NOTHING
        s_form = is_s_form(word) and word not in irregulars.PLURAL_ONLY_SINGULAR
        plural = singular(word)
        third_base = base_of_third(word)
        past = self._past(word, irregulars.IRREGULAR_PASTS)
        participle = self._past(word, irregulars.IRREGULAR_PARTICIPLES)
        if word.endswith("ly") and not self._listed(word):
            return Senses(adjective=word)  # an adverb or an adjective, never the head of a phrase
        noun = "" if s_form or word in irregulars.IRREGULAR_PLURALS or plural and plural != word else word
        return self._prune(word, Senses(noun, plural, noun, noun, third_base, past, participle))

    def _listed(self, word: str) -> bool:
        return word in self.nouns or word in self.verbs or word in self.adjectives

    def _past(self, word: str, irregular: dict[str, str]) -> str:
        if word in irregular:
            return irregular[word]
        return word if word in irregulars.SAME_PASTS else base_of_past(word, self.verbs)

    def _prune(self, word: str, senses: Senses) -> Senses:
        """*senses* without the categories that the lists rule out: a listed word is only what it is listed as."""
        noun, adjective = word in self.nouns, word in self.adjectives
        verb = word in self.verbs or word in irregulars.SAME_PASTS
        plural, third_base = senses.plural in self.nouns, senses.third in self.verbs
        past = senses.past in self.verbs or senses.participle in self.verbs
        known = ("n" if noun or plural else "") + ("a" if adjective else "") + ("v" if verb or third_base else "")
        irregular = word in irregulars.IRREGULAR_PASTS or word in irregulars.IRREGULAR_PARTICIPLES
        if not known and not past and not irregular:
            return senses
        keep_past = past or irregular
        return Senses(
            senses.noun if noun or (not known and not keep_past) else "",
            senses.plural if plural or not third_base and not known else "",
            senses.adjective if adjective or (not known and not keep_past) else "",
            senses.base if verb or (not known and not keep_past) else "",
            senses.third if third_base or not plural and not known else "",
            senses.past if keep_past else "",
            senses.participle if keep_past else "",
            known + ("p" if keep_past else ""),
        )
