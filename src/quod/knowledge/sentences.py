"""Prose cut into sentences, the same way every time.

A sentence ends at ``.``, ``!``, ``?`` or ``…``, after closing quotes or brackets, before white space or the end; not
inside balanced double quotes or parentheses. When in doubt — an initial, an abbreviation — the text is *not* cut: two
sentences in one are unread, which is reported, but half a sentence could be misread.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from typing import NamedTuple

from quod.kernel.errors import Place

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_WORD_BEFORE = re.compile(r"[^\W\d_](?:[^\W_]|[.'’-])*$")
_WORD_AFTER = re.compile(r"\s*[\"'“‘«(\[]*([^\W\d_]+)([.]?)")
_NUMBER = re.compile(r"\s*[0-9#]")
_LONGEST = 40
_PAIRS = {"“": "”", "«": "»", "(": ")", "[": "]"}

#: Before these words a full stop belongs to the word.
_ALWAYS = frozenset(
    (
        *("adm", "approx", "art", "capt", "cf", "col", "dr", "e.g", "eq", "ed", "fig", "figs", "gen", "gov", "hon"),
        *("i.e", "lt", "messrs", "mlle", "mme", "mr", "mrs", "ms", "mt", "mx", "no", "nos", "p", "pp", "par", "prof"),
        *("ref", "rep", "rev", "sec", "sen", "sgt", "st", "viz", "vol", "vs"),
    )
)
#: After these a sentence can end, if the next word cannot be part of a name.
_SOMETIMES = frozenset(
    (
        *("a.d", "a.m", "b.c", "b.sc", "bros", "co", "corp", "d.c", "dept", "esq", "etc", "inc", "jr", "ltd", "m.sc"),
        *("p.m", "ph.d", "plc", "sr", "u.k", "u.n", "u.s", "u.s.a"),
        *("apr", "aug", "dec", "feb", "jan", "jul", "jun", "mar", "nov", "oct", "sep", "sept"),
    )
)
#: Words that begin sentences and no names.
_STARTERS = frozenset(
    (
        *("a", "all", "an", "any", "anybody", "anyone", "anything", "are", "both", "do", "does", "each", "either"),
        *("every", "everybody", "everyone", "everything", "he", "her", "his", "if", "in", "is", "it", "its"),
        *("neither", "no", "nobody", "none", "not", "nothing", "on", "only", "our", "she", "some", "somebody"),
        *("someone", "something", "that", "the", "their", "there", "these", "they", "this", "those", "unless"),
        *("we", "what", "when", "whenever", "where", "which", "who", "whose", "you"),
    )
)


class Mark(NamedTuple):
    """From ``offset`` on, a sentence stands on ``line``, from ``column`` (1-based); ``text`` is that whole line."""

    offset: int
    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Sentence:
    """A sentence on one line, with single spaces, and where each part of it stands in ``file``."""

    text: str
    file: str
    marks: tuple[Mark, ...]

    @property
    def place(self) -> Place:
        """Where the sentence begins."""
        return self.place_at(0)

    def place_at(self, offset: int) -> Place:
        """Where the character at *offset* stands; exact unless markup stands before it on its line."""
        mark = max((mark for mark in self.marks if mark.offset <= offset), default=self.marks[0])
        column = mark.column + offset - mark.offset
        word = re.match(r"\w+|\S", self.text[offset:])
        if word is not None and mark.text[column - 1 : column - 1 + len(word[0])] != word[0]:
            found = mark.text.find(word[0], mark.column - 1)
            column = found + 1 if found >= 0 else column
        return Place(self.file, mark.line, min(column, len(mark.text) + 1), mark.text)


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph as spans.

    >>> [*map(lambda span: "Mr. Low pays 3.50. Is it cold?"[slice(*span)], split("Mr. Low pays 3.50. Is it cold?"))]
    ['Mr. Low pays 3.50.', 'Is it cold?']
    """
    inside = _enclosed(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        around = bisect(inside, (match.start(), -1)) - 1
        if (around < 0 or match.end() - 1 >= inside[around][1]) and _ends(text, match):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, span))[0] < trimmed[1]]


def _trim(text: str, span: tuple[int, int]) -> tuple[int, int]:
    piece = text[span[0] : span[1]]
    start = span[0] + len(piece) - len(piece.lstrip())
    return start, max(start, span[0] + len(piece.rstrip()))


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether the punctuation of *match* ends a sentence."""
    if match[0][0] != "." or len(match[0]) > 1:
        after = _WORD_AFTER.match(text, match.end())
        trails = match[0].startswith(("…", "..")) or match[0][-1] not in ".!?"
        return not trails or after is None or after[1][0].isupper()
    word_before = _WORD_BEFORE.search(text[max(0, match.start() - _LONGEST) : match.start()])
    word = word_before[0] if word_before is not None else ""
    lower = word.lower()
    if lower in _ALWAYS and not (lower == "no" and _final_no(text, match)):
        return match.end() == len(text.rstrip())
    initial = len(word) == 1 and word.isupper()
    if not initial and lower not in _SOMETIMES:
        return True
    after = _WORD_AFTER.match(text, match.end())
    if after is None:
        return match.end() == len(text.rstrip())
    following = after[1]
    if not following[0].isupper():
        return False
    single = len(following) == 1 and not after[2]
    return following.lower() in _STARTERS or (initial and (single or _stands_alone(word, text)))


def _final_no(text: str, match: re.Match[str]) -> bool:
    """Whether ``no.`` is the answer *no* rather than *number*: nothing with a digit follows."""
    return _NUMBER.match(text, match.end()) is None


def _stands_alone(letter: str, text: str) -> bool:
    """Whether *letter* is elsewhere in the *text* a word of its own, and so a name rather than an initial."""
    return re.search(rf"(?<![\w.]){letter}(?![\w.])", text) is not None


def _enclosed(text: str) -> list[tuple[int, int]]:
    """The outermost spans between balanced double quotes and brackets, in order."""
    spans: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    straight = [i for i, character in enumerate(text) if character == '"']
    spans += [(a, b) for a, b in zip(straight[::2], straight[1::2], strict=False)]
    for i, character in enumerate(text):
        if character in _PAIRS:
            stack.append((_PAIRS[character], i))
        elif any(close == character for close, _ in stack):
            while stack[-1][0] != character:
                stack.pop()
            spans.append((stack.pop()[1], i))
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not outermost or start > outermost[-1][1]:
            outermost.append((start, end))
        elif end > outermost[-1][1]:
            outermost[-1] = (outermost[-1][0], end)
    return outermost
