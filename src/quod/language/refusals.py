"""Refusals: which word of an unread sentence is to blame, and why."""

from __future__ import annotations

from typing import Final

from quod.language import words
from quod.language.lexer import Word
from quod.language.sentences import Sentences

_PLACED: Final = frozenset(("that", "who", "whom", "which", "whose", "when", "whenever", "where", "how", "why", "what"))
_READ: Final = _PLACED | {"then", "than", "as", "only", "such", "together"}
_ADVERBS: Final = frozenset(("not", "n't", "never", "already", "just", "always", "ever", "also", "recently"))


def explain(grammar: Sentences, tokens: list[Word]) -> tuple[int, str]:
    """The index of the offending word, and the reason."""
    for index, token in enumerate(tokens):
        reason = _phrase(grammar, index) or _word(grammar, token, index)
        if reason:
            return index, reason
    if grammar.notes:
        index = max(grammar.notes)
        return index, grammar.notes[index]
    index = min(grammar.far, len(tokens))
    if index == len(tokens):
        return index, NOT_COMPLETE
    return index, f'"{tokens[index].text}" {NOT_FITTING}'


NOT_COMPLETE: Final = "the sentence is not complete"
NOT_FITTING: Final = "does not fit here"
NO_LONGER: Final = '"no longer" also says what was so before; say what is so now, with "not"'


def _phrase(grammar: Sentences, index: int) -> str:
    """Why the words from *index* on are not read, where several together are to blame."""
    low, following = grammar.low(index), grammar.low(index + 1)
    if low == "how" and following in ("many", "much"):
        return "a question that counts is not read; count with a rule in a logic block and ask for its result"
    if low == "no" and following == "longer":
        return NO_LONGER
    if low in ("has", "have", "had"):
        if index == 0 and any(
            grammar.low(i) == "been" or grammar.word(i).senses.participle for i in range(1, grammar.size)
        ):
            return 'the perfect tense is not read; ask what is so now, with "is" or "does"'
        perfect = perfect_tense(grammar, index)
        if " been " in perfect:
            now = "is " + perfect.partition(" been ")[2]
            return f'the perfect tense ("{perfect}") is not read; if it is so now, say it with an adjective: "{now}"'
        if perfect:
            return f'the perfect tense ("{perfect}") is not read; tell the event in the simple past, or what is so now'
    senses = grammar.word(index).senses
    if words.ATTITUDES & {senses.base, senses.third, senses.past, senses.participle} and index:
        start = index + 2 if following in ("that", "whether") else index + 1
        if grammar.clause(start):
            said = f"{low} {following} …" if start == index + 2 else f"{low} …"
            return f'reported speech or belief ("{said}") is not read; what is so is said in a sentence of its own'
    return ""


def perfect_tense(grammar: Sentences, index: int) -> str:
    """The perfect tense that begins with "has" at *index*, as written ("has been vaccinated"), or ""."""
    end = index + 1
    while grammar.low(end) in _ADVERBS:
        end += 1
    if grammar.low(end) == "been":
        while grammar.low(end) in ("been", *_ADVERBS):
            end += 1
        senses = grammar.word(end).senses
        return _said(grammar, index, end + bool(senses.participle or senses.adjective))
    if grammar.low(end) == "had" or grammar.word(end).senses.participle:
        return _said(grammar, index, end + 1)
    return ""


def _said(grammar: Sentences, start: int, end: int) -> str:
    return " ".join(grammar.low(i) for i in range(start, end)).replace(" n't", "n't")


def _word(grammar: Sentences, token: Word, index: int) -> str:
    """Why the word *token* is not read wherever it stands, or ""."""
    low = token.low
    if token.capital and low in words.NAMES:
        return ""
    if low in words.MODALS:
        return _modal(low)
    if low not in words.HEDGES or low in _READ or _compares(grammar, index, low):
        return ""
    if low in words.SHARES:
        return f'"{low}" says how many, which no rule can use; say "every" or "some", but only if that is meant'
    if low in words.FREQUENCIES:
        return f'"{low}" leaves room for exceptions; name them with "unless", or leave the word out if there are none'
    return f'"{low}" is not read'


def _modal(low: str) -> str:
    """A modal is never left out: "must pay" is not "pays"."""
    if low in ("will", "would"):
        return f'"{low}" (future) is not read; say what is so now'
    sort, example = ("duty", "required")
    if low in ("can", "could", "may", "might", "cannot"):
        sort, example = ("possibility or permission", "permitted")
    return f'"{low}" ({sort}) is not read; say what follows from it with an adjective, such as "X is {example}"'


def _compares(grammar: Sentences, index: int, low: str) -> bool:
    """Whether a hedge is part of a comparison: "more than", "at least"."""
    if low in ("more", "less"):
        return "than" in (grammar.low(index + 1), grammar.low(index + 2))
    return low in ("least", "most") and grammar.low(index - 1) == "at"
