"""Remarks: what the author of a sentence that reads may still not expect of its reading."""

from __future__ import annotations

import re

from quod.knowledge.readings import Reading
from quod.language import words
from quod.language.lexer import Word, tokenise
from quod.language.morphology import Lexicon, article
from quod.language.reader import EnglishReader

_EMPTY = frozenset(("person", "people", "persons", "thing", "things", "one", "ones"))
_BE = frozenset(("is", "are", "was", "were", "be", "not", "n't"))


def remarks(reading: Reading) -> tuple[str, ...]:
    """What *reading* leaves out of account: nouns that restrict nothing, passives that name nobody."""
    tokens = tokenise(reading.sentence, Lexicon())
    return (*_unrestricted(reading, tokens), *_agentless(reading, tokens))


def _unrestricted(reading: Reading, tokens: list[Word]) -> list[str]:
    """ "If a person is ill …": whatever is ill is meant, a dog too."""
    rule = any(clause.body for clause in reading.clauses) or ":-" in " ".join(reading.unused)
    said = [token.low for token in tokens if token.low in _EMPTY]
    if not said or not rule:
        return []
    return [f'"{said[0]}" restricts nothing here: the rule holds of anyone and anything that meets its conditions']


def _agentless(reading: Reading, tokens: list[Word]) -> list[str]:
    """ "Rex is vaccinated": somebody does it, and what is only said to exist proves nothing."""
    found: list[str] = []
    for index, token in enumerate(tokens):
        verb = token.senses.participle
        if not verb or not index or tokens[index - 1].low not in _BE:
            continue
        exists = re.compile(rf"some (?:\w+, )*(\w+)[^:]*: .*\b{verb}(?:_\w+)?\(\1\b")
        if not any(map(exists.search, reading.unused)):
            continue
        rewrite = _as_adjective(reading.sentence, tokens, index)
        said = f'"{tokens[index - 1].text} {token.text}" is unused: it says that something does this, not what does'
        said += f'; say who ("… {token.text} by Anne")'
        if rewrite:
            said += f', or what kind it is, and say it so everywhere: "{rewrite}"'
        found.append(said)
    return found


def _as_adjective(sentence: str, tokens: list[Word], index: int) -> str:
    """The sentence with the participle before a noun that claims no more, where that reads and is used."""
    participle = tokens[index]
    end = participle.column + len(participle.text)
    plural = tokens[index - 1].low in ("are", "were")
    noun = _kind(tokens[: index - 1], plural)
    said = f"{participle.text} {noun}" if plural else f"{article(participle.text)} {participle.text} {noun}"
    candidate = sentence[: participle.column] + said + sentence[end:]
    read = EnglishReader().read(candidate)
    return candidate if read.status == "read" and not read.readings[0].unused else ""


def _kind(subject: list[Word], plural: bool) -> str:
    """The subject's own noun, or one that restricts nothing."""
    last = subject[-1]
    whole = not any(token.low in ("who", "that", "which", "if", "when", "then", "and", "or") for token in subject)
    if whole and not last.capital and last.low in words.NOUNS | words.PERSON_NOUNS:
        return last.low
    if whole and plural and last.senses.plural and last.low not in _EMPTY:
        return last.low
    persons = last.low in ("they", "he", "she") or any(
        t.low.endswith(("one", "body")) or t.low == "who" for t in subject
    )
    return ("people" if plural else "person") if persons else ("things" if plural else "thing")
