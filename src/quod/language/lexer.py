"""The lexer: a sentence as words with their columns; contractions opened, nothing dropped."""

from __future__ import annotations

import re
from typing import Final

from quod.language import words
from quod.language.morphology import NOTHING, Lexicon, Senses

MAX_WORDS: Final = 80

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])|-?\d+(?:\.\d+)?(?![\w]))"
    r"|(?P<word>[^\W\d_]+(?:[-'’][^\W\d_]+)*\d*(?:['’](?!\w))?)"
    r"|(?P<mark>[,;.?])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_VARIABLE = re.compile(r"[U-Z]\d*\Z")
_NEGATIVE: Final = {
    "isn't": "is",
    "aren't": "are",
    "wasn't": "was",
    "weren't": "were",
    "doesn't": "does",
    "don't": "do",
    "didn't": "did",
}
_BE: Final = {"'s": "is", "'re": "are"}
_PRONOUNS: Final = frozenset(["it", "he", "she", "they", "there", "who", "what", "that"])


class Word:
    """One token: ``text`` as written, ``low``, its 0-based ``column``, and what it may be (``senses``)."""

    __slots__ = ("capital", "column", "kind", "low", "senses", "text")

    def __init__(self, text: str, low: str, column: int, kind: str, senses: Senses) -> None:
        self.text = text
        self.low = low
        self.column = column
        self.kind = kind
        self.senses = senses
        self.capital = kind == "word" and text[0].isupper()


END: Final = Word("", "", 0, "end", NOTHING)


def tokenise(sentence: str, lexicon: Lexicon) -> list[Word]:
    """The words of *sentence*; ``kind`` is word, number, variable, mark or other."""
    found: list[Word] = []
    for match in _TOKEN.finditer(sentence):
        kind = match.lastgroup or "other"
        if kind == "space":
            continue
        text, column = match.group(), match.start()
        if kind == "word":
            _word(text.replace("’", "'"), column, lexicon, found)
        else:
            found.append(Word(text, text, column, kind, NOTHING))
    return found


def _word(text: str, column: int, lexicon: Lexicon, found: list[Word]) -> None:
    """Append *text* as one word or, when contracted or possessive, as two."""
    if _VARIABLE.match(text):
        found.append(Word(text, text, column, "variable", NOTHING))
        return
    low = text.lower()
    if "'" not in low:
        found.append(Word(text, low, column, "word", lexicon.senses(low)))
        return
    if low in _NEGATIVE:
        found.append(Word(text[:-3], _NEGATIVE[low], column, "word", NOTHING))
        found.append(Word("n't", "n't", column + len(text) - 3, "word", NOTHING))
        return
    for ending in ("'s", "'re"):
        if low.endswith(ending):
            stem = text[: -len(ending)]
            after = _BE[ending] if stem.lower() in _PRONOUNS else ending
            variable = "variable" if _VARIABLE.match(stem) else "word"
            head = stem if variable == "variable" else stem.lower()
            found.append(
                Word(stem, head, column, variable, NOTHING if variable == "variable" else lexicon.senses(head))
            )
            found.append(Word(ending, after, column + len(stem), "word", NOTHING))
            return
    name = text[0].isupper() and not low.endswith("'") and low[1:2] == "'"
    found.append(Word(text, low, column, "word" if name else "other", NOTHING))


def is_function(word: Word) -> bool:
    """Whether *word* belongs to a closed class (and is no name: "Will", "May")."""
    return word.low in words.FUNCTION
