"""The structure of a Markdown or text document: what is read as sentences, what as logic, and what is a note.

Paragraphs and list items are sentences; headings are not. Quotations (``>``), paragraphs that begin with ``Note:`` and
fenced blocks other than ```` ```quod ```` are notes and never read; HTML comments are ignored. Where Markdown would
silently swallow text — an unclosed fence or comment, a quotation continued without ``>`` — the document is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from quod.kernel.errors import Place
from quod.knowledge.errors import DocumentUnclosed
from quod.knowledge.sentences import Mark, Sentence, split

if TYPE_CHECKING:
    from markdown_it.token import Token

Piece: TypeAlias = tuple[int, str]  # 0-based line, text

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NOTE = "Note:"
# Markdown silently drops what is nested more deeply than this.
_DEEPEST = 60


@dataclass(frozen=True)
class LogicBlock:
    """A block in logic notation and the line of the file on which it begins."""

    text: str
    line: int


@dataclass
class Structure:
    """What a document consists of, each kind in order."""

    sentences: list[Sentence] = field(default_factory=list[Sentence])
    blocks: list[LogicBlock] = field(default_factory=list[LogicBlock])
    notes: list[str] = field(default_factory=list[str])
    title: str = ""


def read_text(text: str, file: str, first_line: int = 1) -> Structure:
    """The structure of a plain text: paragraphs, separated by empty lines, are sentences or notes."""
    structure = Structure()
    lines = text.split("\n")
    paragraph: list[Piece] = []
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            paragraph.append((number, line))
        elif paragraph:
            if all(piece.lstrip().startswith(">") for _, piece in paragraph):
                structure.notes.append("\n".join(piece for _, piece in paragraph))
            else:
                _add_paragraph(structure, paragraph, _Source(lines, file, first_line))
            paragraph = []
    return structure


def read_markdown(text: str, file: str, first_line: int = 1) -> Structure:
    """The structure of a Markdown document whose *text* begins on line *first_line* of *file*.

    *Fails when* a fence, comment or quotation would swallow what follows it (`DocumentUnclosed`).
    """
    from markdown_it import MarkdownIt

    structure = Structure()
    source = _Source(text.split("\n"), file, first_line)
    tokens = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).disable("code").enable("table").parse(text)
    quoted, heading = 0, ""
    listed = _lists(tokens)
    for at, token in enumerate(tokens):
        if token.level >= _DEEPEST - 2 and token.map:
            raise source.fail(token.map[0], "this list is nested too deeply to be read", "make the list flatter")
        if token.type == "blockquote_open":
            if not quoted:
                structure.notes.append(source.quotation(token))
            quoted += 1
        elif token.type == "blockquote_close":
            quoted -= 1
        elif token.type == "heading_open":
            heading = token.markup
        elif token.type == "heading_close":
            heading = ""
        elif token.type == "fence":
            source.check_fence(token)
        elif token.type == "html_block":
            source.check_comments(token)
        if quoted:
            continue
        if token.type == "inline":
            if at in listed:
                _add_paragraph(structure, listed[at], source)
            elif not any(first < at < last for first, last in _spans(listed)):
                _add_inline(structure, token, heading, source)
        elif token.type == "fence":
            _add_fence(structure, token, source)
        elif token.type == "html_block":
            _add_paragraph(structure, _without_comments(token), source)
    return structure


#: What begins each item of a list that belongs to the sentence before it, once for each level.
BULLET = "•"


class _Listed(dict[int, list[Piece]]):
    """Sentences that end in a list, by the index of the token they begin with; ``ends`` are the last tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.ends: dict[int, int] = {}


def _spans(listed: _Listed) -> list[tuple[int, int]]:
    return list(listed.ends.items())


def _lists(tokens: list[Token]) -> _Listed:
    """The paragraphs that end with a colon and the list or table behind each, as one sentence."""
    found = _Listed()
    for at, token in enumerate(tokens[:-2]):
        if token.type == "inline" and tokens[at + 2].type == "table_open":
            rows, end = _rows(tokens, at + 2)
            found[at] = [*_pieces(token), *rows]
            found.ends[at] = end
    for at, token in enumerate(tokens[:-2]):
        opens = tokens[at + 2]
        if token.type != "inline" or tokens[at + 1].type != "paragraph_close" or token.level != opens.level + 1:
            continue
        if not token.content.rstrip().endswith(":") or opens.type not in ("bullet_list_open", "ordered_list_open"):
            continue
        if any(first < at < last for first, last in found.ends.items()):
            continue
        pieces, end = _items(tokens, at + 2)
        if pieces:
            found[at] = [*_pieces(token), *pieces]
            found.ends[at] = end
    return found


def _rows(tokens: list[Token], start: int) -> tuple[list[Piece], int]:
    """The rows of the table that opens at *start*, and the index of its end."""
    pieces: list[Piece] = []
    for at in range(start, len(tokens)):
        token = tokens[at]
        if token.type == "table_close":
            return pieces, at
        if token.type == "tr_open":
            pieces.append(((token.map or [0])[0], ""))
        elif token.type == "inline":
            number, text = pieces[-1]
            pieces[-1] = (number, f"{text}| {token.content.strip()} ")
        elif token.type == "tr_close":
            number, text = pieces[-1]
            pieces[-1] = (number, f"{text}| ¶")
    return pieces, start


def _items(tokens: list[Token], start: int) -> tuple[list[Piece], int]:
    """The items of the list that opens at *start*, and the index of its end; none if one holds more than words."""
    pieces: list[Piece] = []
    depth = 0
    for at in range(start, len(tokens)):
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if depth == 0:
                return pieces, at
        elif token.type == "inline":
            item = _pieces(token)
            last = item[-1][1].rstrip()
            item[-1] = (item[-1][0], last[:-1] if last.endswith(".") else last)
            item[0] = (item[0][0], f"{BULLET * depth} {item[0][1]}")
            pieces += item
        elif token.type not in ("list_item_open", "list_item_close", "paragraph_open", "paragraph_close"):
            return [], start
    return [], start


@dataclass(frozen=True)
class _Source:
    """The lines of a document and where they stand."""

    lines: list[str]
    file: str
    first_line: int

    def line(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def fail(self, number: int, message: str, remedy: str) -> DocumentUnclosed:
        text = self.line(number)
        column = len(text) - len(text.lstrip()) + 1
        return DocumentUnclosed(message, remedy=remedy, place=Place(self.file, self.first_line + number, column, text))

    def quotation(self, token: Token) -> str:
        """The text of a quotation, each line of which has to say that it is one."""
        start, end = token.map or [0, 0]
        for number in range(start + 1, end):
            line = self.line(number).lstrip()
            if line and not line.startswith(">"):
                message = "this line continues the quotation above it, and quotations are not read"
                raise self.fail(number, message, "put an empty line before it, or begin it with `>`")
        return "\n".join(self.lines[start:end])

    def check_fence(self, token: Token) -> None:
        """Refuse a fenced block that is never closed."""
        start, end = token.map or [0, 0]
        last = self.line(end - 1).strip(" \t>")
        if end - 1 <= start or len(last) < len(token.markup) or set(last) != {token.markup[0]}:
            remedy = f"end the block with a line `{token.markup}`"
            raise self.fail(start, "this block is never closed, and would swallow what follows", remedy)

    def check_comments(self, token: Token) -> None:
        """Refuse a comment that is never closed."""
        if "<!--" in _COMMENT.sub("", token.content):
            start = (token.map or [0])[0]
            remedy = "end the comment with `-->`"
            raise self.fail(start, "this comment is never closed, and would swallow what follows", remedy)


def _add_fence(structure: Structure, token: Token, source: _Source) -> None:
    if token.info.split()[:1] == ["quod"]:
        structure.blocks.append(LogicBlock(token.content, source.first_line + (token.map or [0])[0] + 1))
    else:
        structure.notes.append(token.content)


def _add_inline(structure: Structure, token: Token, heading: str, source: _Source) -> None:
    pieces = _pieces(token)
    if heading:
        shown = " ".join(text for _, text in pieces)
        # A paragraph with a line of dashes under it is a heading; one that ends like a sentence was meant as one.
        if heading[0] in "#" or not shown.rstrip().endswith((".", "!", "?")):
            structure.title = structure.title or " ".join(shown.split())
            return
    _add_paragraph(structure, pieces, source)


def _pieces(token: Token) -> list[Piece]:
    """The plain text of an inline token, a piece for each line of the source."""
    line = (token.map or [0])[0]
    pieces: list[Piece] = [(line, "")]
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
            pieces.append((line, ""))
        elif child.type in ("text", "code_inline"):
            pieces[-1] = (line, pieces[-1][1] + child.content)
        elif child.type == "html_inline" and "\n" in child.content:
            line += child.content.count("\n")
            pieces.append((line, ""))
    return pieces


def _without_comments(token: Token) -> list[Piece]:
    """The lines of an HTML block that are not comment; whoever reads them sees the tags and refuses."""
    kept = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), token.content)
    return [((token.map or [0])[0] + i, line) for i, line in enumerate(kept.split("\n"))]


def _add_paragraph(structure: Structure, pieces: Iterable[Piece], source: _Source) -> None:
    """The sentences of a paragraph; one that begins with ``Note:`` is a note."""
    text = ""
    starts: list[tuple[int, int]] = []
    for number, piece in pieces:
        words = " ".join(piece.split())
        if words:
            text += (" " if text else "") + words
            starts.append((number, len(text) - len(words)))
    if text.startswith(_NOTE):
        structure.notes.append(text)
        return
    cursor: dict[int, int] = {}
    for start, end in split(text):
        marks: list[Mark] = []
        for i, (number, offset) in enumerate(starts):
            until = starts[i + 1][1] if i + 1 < len(starts) else len(text)
            begin = max(offset, start)
            if begin < min(until, end):
                raw = source.line(number)
                column = _column(raw, text[begin : min(until, end)].strip(), cursor.get(number, 0))
                cursor[number] = column
                marks.append(Mark(begin - start, source.first_line + number, column, raw))
        structure.sentences.append(Sentence(text[start:end], source.file, tuple(marks)))


def _column(raw: str, words: str, cursor: int) -> int:
    """The 1-based column at which *words* begin in the line *raw*, after *cursor*; markup may stand inside them."""
    for wanted in (words, words[:20], words.split(" ")[0]):
        found = raw.find(wanted, cursor)
        if found >= 0:
            return found + 1
    return len(raw) - len(raw.lstrip()) + 1
