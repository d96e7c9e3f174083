"""Refusals: which word of an unread sentence is to blame, why, and a rewrite that reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from quod.knowledge.readings import Unread
from quod.language import words
from quod.language.cursor import Cursor
from quod.language.lexer import Word
from quod.language.morphology import third

_READ: Final = frozenset(
    [
        "that",
        "who",
        "whom",
        "which",
        "whose",
        "when",
        "whenever",
        "where",
        "how",
        "why",
        "what",
        "then",
        "than",
        "as",
        "only",
        "such",
        "together",
    ]
)


def explain(grammar: Cursor, tokens: list[Word]) -> tuple[int, str]:
    """The index of the offending word, and the reason."""
    for index, token in enumerate(tokens):
        low = token.low
        if low in words.MODALS and not (token.capital and low in words.NAMES):
            return index, f'"{low}" (possibility, duty or future) is not read'
        named = token.capital and low in words.NAMES
        if low in words.HEDGES and low not in _READ and not named and not _compares(grammar, index, low):
            return index, f'"{low}" is not read'
    if grammar.notes:
        index = max(grammar.notes)
        return index, grammar.notes[index]
    index = min(grammar.far, len(tokens))
    if index == len(tokens):
        return index, "the sentence is not complete"
    return index, f'"{tokens[index].text}" does not fit here'


def _compares(grammar: Cursor, index: int, low: str) -> bool:
    """Whether a hedge is part of a comparison: "more than", "at least"."""
    if low in ("more", "less"):
        return "than" in (grammar.low(index + 1), grammar.low(index + 2))
    return low in ("least", "most") and grammar.low(index - 1) == "at"


def suggest(sentence: str, problem: Unread, reads: Callable[[str], bool]) -> str:
    """A rewrite of *sentence* that reads, or ""."""
    for candidate in _candidates(sentence, problem):
        if candidate != sentence and reads(candidate):
            return candidate
    return ""


def _candidates(sentence: str, problem: Unread) -> Iterator[str]:
    before, after = sentence[: problem.column], sentence[problem.column + len(problem.word) :]
    word = problem.word.lower()
    if word in words.MODALS:
        following = re.match(r"\s+(not\s+)?(\w+)(.*)", after, re.DOTALL)
        if following:
            negated, verb, rest = following.groups()
            negated = negated or word == "cannot"
            if verb == "be":
                yield f"{before}is{' not' if negated else ''}{rest}"
                yield f"{before}are{' not' if negated else ''}{rest}"
            yield f"{before}does not {verb}{rest}" if negated else f"{before}{third(verb)}{rest}"
            yield f"{before}do not {verb}{rest}" if negated else f"{before}{verb}{rest}"
    if word in ("most", "many", "several", "various"):
        yield f"{before}{'Some' if not before else 'some'}{after}"
        return
    if word in words.REVERSING:
        return
    if "not clear which" in problem.reason:
        yield f"{before}some {problem.word}{after}"
        yield f"{before}every {problem.word}{after}"
    if problem.word.endswith("ing"):
        stem = problem.word[:-3]
        for base in (stem, stem + "e", stem[:-1]):
            if base in words.VERBS:
                yield re.sub(r"\b(is|was)\s+$", "", before) + third(base) + after
                yield re.sub(r"\b(are|were)\s+$", "", before) + base + after
    if problem.word:
        yield _tidy(before + after)


def _tidy(text: str) -> str:
    """*text* without doubled spaces, with a capital."""
    text = re.sub(r"\s+([.,;?])", r"\1", re.sub(r"\s{2,}", " ", text)).lstrip(" ,")
    return text[:1].upper() + text[1:]
