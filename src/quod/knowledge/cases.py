"""Examples in a document: cases with the answer that is expected, to test the book by.

They stand in fenced blocks marked ``examples``, which are notes to everything else::

    ```examples
    Does Anne open the shed? Yes.
    Who is welcome? Anne, Bob and Carla.
    Given: Dora is a member. Then: Is Dora welcome? Yes.
    Without: Bob is suspended. Then: Does Bob open the shed? Yes.

    | Given            | Question         | Expected |
    | ---------------- | ---------------- | -------- |
    | Eve is a member. | Is Eve welcome?  | yes      |
    ```

A line is a case; a line that is indented goes on with the one before. ``As of: 2026-05-01.`` answers as on that date.
This module reads no English: a question is what ends with a question mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quod.kernel.errors import NotUsable, Place
from quod.knowledge.documents import document_texts
from quod.knowledge.sentences import split

#: What may be expected of an answer, beside the answers to *which*: the verdict it means.
EXPECTED = {
    "yes": "proved",
    "proved": "proved",
    "no": "refuted",
    "refuted": "refuted",
    "unknown": "unknown",
    "conflict": "conflict",
    "ambiguous": "ambiguous",
    "undecided": "undecided",
}
#: What is expected where nothing answers a *which*.
NONE = ("none", "nobody", "no one", "nothing")

_FENCE = re.compile(r"^(?P<indent> {0,3})(?P<marks>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
_LABELLED = re.compile(r"(?<!\w)(Given|Without|Then|As of)\s*:\s*", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*\|?\s*")
_HEADS = ("given", "without", "as of", "question", "expected")


class CaseForm(NotUsable):
    """An example is not written as one."""

    code = "case_form"


@dataclass(frozen=True)
class Case:
    """An example: what is supposed, what is asked, and what is expected.

    ``expected`` is as written; ``verdict`` the verdict it means, or ``""`` if ``answers`` are expected.
    """

    question: str
    expected: str
    place: Place
    given: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    as_of: str = ""

    @property
    def verdict(self) -> str:
        """The verdict that is expected; ``""`` where answers are."""
        return EXPECTED.get(self.expected.lower(), "")

    @property
    def name(self) -> str:
        """The case on one line."""
        parts = [f"Given: {' '.join(self.given)}" if self.given else ""]
        parts.append(f"Without: {' '.join(self.without)}" if self.without else "")
        parts.append(f"As of: {self.as_of}." if self.as_of else "")
        parts.append(f"Then: {self.question}" if any(parts) else self.question)
        return " ".join(part for part in parts if part)


def read_cases(path: Path | str) -> tuple[Case, ...]:
    """The examples in the document or folder at *path*, in order.

    Fails when: there is no document, or an example is not written as one (`CaseForm`).
    """
    return tuple([case for shown, text in document_texts(Path(path)) for case in parse_cases(text, shown)])


def parse_cases(text: str, file: str) -> Iterator[Case]:
    """The examples in the Markdown *text* of *file*."""
    for block in _blocks(text.replace("\r\n", "\n").split("\n")):
        yield from _block(block, file)


def _blocks(lines: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    """The numbered lines of each block marked ``examples``."""
    marks, inside = "", False
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        found = _FENCE.match(line)
        if not marks:
            if found is not None:
                marks, inside, block = found["marks"], found["info"].split()[:1] == ["examples"], []
        elif found is not None and not found["info"] and found["marks"].startswith(marks):
            if inside:
                yield block
            marks = ""
        else:
            block.append((number, line))


def _block(block: Iterable[tuple[int, str]], file: str) -> Iterator[Case]:
    heads: list[str] = []
    pending: list[tuple[int, str]] = []
    for number, line in [*block, (0, "")]:
        goes_on = line[:1] in (" ", "\t") and not _BULLET.match(line) and bool(line.strip())
        if goes_on and pending and not line.lstrip().startswith("|"):
            pending[-1] = (pending[-1][0], f"{pending[-1][1]} {line.strip()}")
            continue
        for start, whole in pending:
            yield _sentences(whole, Place(file, start, 1, whole))
        pending = []
        if not line.lstrip().startswith("|"):
            heads = []
            if line.strip() and not line.lstrip().startswith("#"):
                pending = [(number, line)]
        elif not heads:
            heads = _heads(_cells(line), Place(file, number, 1, line))
        elif not _RULE.fullmatch(line):
            yield _row(dict(zip(heads, _cells(line), strict=False)), Place(file, number, 1, line))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _heads(cells: Sequence[str], place: Place) -> list[str]:
    heads = [cell.lower() for cell in cells]
    unknown = [cell for cell in heads if cell not in _HEADS]
    if unknown or "question" not in heads or "expected" not in heads:
        raise CaseForm(
            f"a table of examples has no column {unknown[0]!r}" if unknown else "a table of examples lacks a column",
            remedy="its columns are Question and Expected and, where needed, Given, Without and As of",
            place=place,
        )
    return heads


def _row(cells: dict[str, str], place: Place) -> Case:
    question, expected = cells.get("question", ""), _plain(cells.get("expected", ""))
    if not question or not expected:
        raise CaseForm("an example lacks its question or what is expected", remedy="fill in the cell", place=place)
    given, without = tuple(_split(cells.get("given", ""))), tuple(_split(cells.get("without", "")))
    return Case(question, expected, place, given, without, _plain(cells.get("as of", "")))


def _sentences(line: str, place: Place) -> Case:
    """The case on a line: labelled sentences, a question, and what is expected."""
    text = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line.strip()
    parts: dict[str, list[str]] = {"given": [], "without": [], "as of": [], "then": []}
    label, start = "then", 0
    for found in [*_LABELLED.finditer(text), None]:
        parts[label].append(text[start : found.start() if found else len(text)])
        if found is not None:
            label, start = found[1].lower(), found.end()
    pieces = [*_split(" ".join(parts["then"]))]
    asked = [at for at, piece in enumerate(pieces) if piece.endswith("?")]
    if len(asked) != 1 or asked[0] == len(pieces) - 1:
        raise CaseForm(
            "an example is a question and what is expected, on one line",
            remedy="write it as: Given: Dora is a member. Then: Is Dora welcome? Yes.",
            place=place,
        )
    expected = _plain(" ".join(pieces[asked[0] + 1 :]))
    given = [*pieces[: asked[0]], *_split(" ".join(parts["given"]))]
    dates = " ".join(parts["as of"])
    without = tuple(_split(" ".join(parts["without"])))
    return Case(pieces[asked[0]], expected, place, tuple(given), without, _plain(dates))


def _split(text: str) -> Iterator[str]:
    words = " ".join(text.split())
    return (words[start:end] for start, end in split(words))


def _plain(text: str) -> str:
    """*text* without the full stop at its end."""
    return " ".join(text.split()).rstrip(".").strip()


def expected_answers(expected: str) -> tuple[str, ...]:
    """The answers that *expected* lists, lower case and sorted.

    >>> expected_answers("Anne, Bob and Carla")
    ('anne', 'bob', 'carla')
    """
    if expected.lower() in NONE:
        return ()
    parts = re.split(r"\s*;\s*|\s*,\s*(?:and\s+)?|\s+and\s+", expected)
    return tuple(sorted(dict.fromkeys(part.lower() for part in parts if part)))
