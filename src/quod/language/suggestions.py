"""Suggestions: rewrites of an unread sentence that read and say the same; where none does, none is offered.

A rewrite never leaves out an object, a modal, a quantifier or a negation. Where a sentence could mean two things,
both rewrites are shown in the reason, for the author to choose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from quod.knowledge.readings import Unread
from quod.language import words
from quod.language.lexer import Word, is_function
from quod.language.morphology import article, third
from quod.language.phrase_meaning import UNCLEAR_WHICH
from quod.language.refusals import NO_LONGER, NOT_COMPLETE, NOT_FITTING
from quod.language.verb_phrases import PAST_STATE

# The logic of a sentence that reads in one way, else nothing.
Reads = Callable[[str], tuple[str, ...]]

_PRESENT: Final = {"was": "is", "were": "are", "did": "does"}
_NEGATIVE: Final = frozenset(["not", "n't", "never", "no", "nobody", "nothing", "neither", "nor"])
_LONGEST: Final = 24  # words of a sentence in which names are looked for


def advise(problem: Unread, tokens: list[Word], reads: Reads) -> Unread:
    """*problem* with a rewrite that reads and says the same, or with a reason that shows the choice."""
    at = next((i for i, token in enumerate(tokens) if token.column == problem.column), len(tokens))
    if problem.reason == UNCLEAR_WHICH and at < len(tokens):
        return _which(problem, tokens, at, reads)
    for candidate in _candidates(problem, tokens, at):
        if candidate != problem.sentence and reads(candidate):
            return replace(problem, suggestion=candidate)
    if problem.reason == NOT_COMPLETE or problem.reason.endswith(NOT_FITTING):
        return _uncapitalised(problem, tokens, reads)
    return problem


def _candidates(problem: Unread, tokens: list[Word], at: int) -> Iterator[str]:
    """Rewrites that say the same, the likeliest first."""
    sentence = problem.sentence
    before, after = sentence[: problem.column], sentence[problem.column + len(problem.word) :]
    low = problem.word.lower()
    if problem.reason == PAST_STATE:
        past = tokens[at].senses.past
        present = [_PRESENT[low]] if low in _PRESENT else [third(past), past]
        for form in [*present, *(["do"] if low == "did" else [])]:
            yield _capital(before + form + after)
    if problem.reason == NO_LONGER and tokens[at - 1].low in ("is", "are"):
        yield before + "not" + re.sub(r"^\s+longer\b", "", after)
    perfect = re.match(r"\s+been\s+(\w+)", after)
    if low in ("has", "have") and perfect and "perfect tense" in problem.reason:
        participle = next((t for t in tokens[at:] if t.text == perfect.group(1)), None)
        if participle is not None and participle.senses.adjective:  # another is "someone does", which is not used
            yield f"{before}{'is' if low == 'has' else 'are'} {perfect.group(1)}{after[perfect.end() :]}"
    if low.endswith("ing") and at and tokens[at - 1].low in ("is", "are"):
        for base in (low[:-3], low[:-3] + "e", low[:-4]):
            if base in words.VERBS:
                verb = third(base) if tokens[at - 1].low == "is" else base
                yield sentence[: tokens[at - 1].column] + verb + after
    if low in words.DISCOURSE:
        yield _tidy(before + after)


# ---- which ones are meant


def _which(problem: Unread, tokens: list[Word], at: int, reads: Reads) -> Unread:
    """ "Cats chase mice": every mouse or some, the author must say; under a negation it is any."""
    last = at
    for index in range(at, len(tokens)):
        if tokens[index].kind != "word" or is_function(tokens[index]):
            break
        if tokens[index].senses.plural or tokens[index].low in words.MASS:
            last = index
    sentence, head = problem.sentence, tokens[last]
    before, after = sentence[: problem.column], sentence[head.column + len(head.text) :]
    adjectives = sentence[problem.column : head.column]
    mass = head.low in words.MASS
    one = adjectives + (head.low if mass else head.senses.plural)
    if any(token.low in _NEGATIVE for token in tokens[:at]):
        meant = reads(f"{before}any {one}{after}")
        if not meant or not all(line.startswith("neg ") for line in meant):
            return problem
        turned = "" if mass else _none_does(tokens, at, sentence, f"{article(one)} {one}{after}")
        best = turned if turned and reads(turned) == meant else f"{before}any {one}{after}"
        return replace(problem, suggestion=best)
    every = f"{before}{'all' if mass else 'every'} {one}{after}"
    some = f"{before}some {sentence[problem.column :]}"
    if sentence.rstrip().endswith("?") or not reads(every) or not reads(some):
        return problem
    return replace(problem, reason=f'{problem.reason}: "{every}" or "{some}"')


def _none_does(tokens: list[Word], at: int, sentence: str, rest: str) -> str:
    """ "No volunteer walks" for "Volunteers do not walk", with *rest*; or ""."""
    size = next((i for i, token in enumerate(tokens) if token.low == "do"), 0)
    if not size or size + 2 >= at or tokens[size + 1].low not in ("not", "n't"):
        return ""
    subject, verb = tokens[:size], tokens[size + 2]
    if any(is_function(token) for token in subject) or not subject[-1].senses.plural or not verb.senses.base:
        return ""
    named = " ".join([*(token.low for token in subject[:-1]), subject[-1].senses.plural])
    middle = sentence[verb.column + len(verb.text) : tokens[at].column]
    return f"No {named} {third(verb.low)}{middle}{rest}"


# ---- names


def _uncapitalised(problem: Unread, tokens: list[Word], reads: Reads) -> Unread:
    """ "who walks rex?": whether the sentence would read if a word it does not know were a name."""
    if len(tokens) > _LONGEST:
        return problem
    found = [
        token
        for token in tokens
        if token.kind == "word"
        and not token.capital
        and not is_function(token)
        and not token.low.endswith(("ing", "ly"))
        and (not token.senses.known or token.low in words.NAMES)
    ]
    for group in [*([token] for token in found), *([found] if len(found) > 1 else [])]:
        sentence = problem.sentence
        for token in group:
            sentence = sentence[: token.column] + token.text.capitalize() + sentence[token.column + len(token.text) :]
        if reads(sentence):
            first = group[0]
            reason = f'names are capitalised: if "{first.text}" is a name, write "{first.text.capitalize()}"'
            return Unread(problem.sentence, first.text, first.column, reason)
    return problem


def _tidy(text: str) -> str:
    """*text* without doubled spaces and commas left over, with a capital."""
    return _capital(re.sub(r"\s+([.,;?])", r"\1", re.sub(r"\s{2,}", " ", text)).lstrip(" ,"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
