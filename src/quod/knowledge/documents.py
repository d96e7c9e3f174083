"""Documents: Markdown, text and logic files, alone or in a folder, loaded as one theory."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from quod.kernel.errors import Place
from quod.kernel.values import Clause
from quod.knowledge.errors import (
    DocumentEncoding,
    DocumentKind,
    DocumentMissing,
    FrontMatter,
    TableMissing,
)
from quod.knowledge.front_matter import Front, split_front
from quod.knowledge.logic import Item, parse_logic
from quod.knowledge.markdown import Structure, read_markdown, read_text
from quod.knowledge.notation import is_plain
from quod.knowledge.readings import Read, Reader
from quod.knowledge.relations import Relation
from quod.knowledge.sentences import Sentence
from quod.knowledge.tables import RelationSpec, read_relation
from quod.knowledge.theory import Sourced, Theory

#: The endings of the files that a folder is searched for.
KINDS = (".md", ".markdown", ".quod", ".txt")


@runtime_checkable
class BulkReader(Protocol):
    """A reader that would rather read all sentences at once."""

    def read_all(self, sentences: Sequence[str]) -> Sequence[Read]:
        """The outcome for each sentence, in order."""
        ...


@runtime_checkable
class BookReader(Protocol):
    """A reader that reads all sentences of a book beside its tables."""

    def read_book(
        self, sentences: Sequence[str], relations: Sequence[Relation]
    ) -> tuple[Sequence[Read], Sequence[Clause]]:
        """The outcome for each sentence, in order, and what the rows say in the words of the sentences."""
        ...


@dataclass(frozen=True)
class Document:
    """A document taken apart; nothing in it has been read yet. ``notes`` are never read."""

    file: str
    title: str
    front: Front
    sentences: tuple[Sentence, ...]
    items: tuple[Item, ...]
    notes: tuple[str, ...]


def parse_document(text: str, file: str, kind: str = ".md") -> Document:
    """The document in *text*, of a *kind* of `KINDS`.

    *Fails when* its front matter, logic blocks or structure are not usable (`NotUsable`).
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    front, body, line = split_front(text, file)
    if kind == ".quod":
        structure = Structure()
        items = parse_logic(body, file, line)
    else:
        structure = (read_text if kind == ".txt" else read_markdown)(body, file, line)
        items = [item for block in structure.blocks for item in parse_logic(block.text, file, block.line)]
    title = front.title or structure.title
    return Document(file, title, front, tuple(structure.sentences), tuple(items), tuple(structure.notes))


def read_documents(path: Path) -> list[Document]:
    """The document at *path*, or all documents in the folder, by name.

    *Fails when* there is none (`DocumentMissing`), or one is of another kind, not UTF-8 or not usable.
    """
    return [parse_document(text, shown, _kind(shown)) for shown, text in document_texts(path)]


def document_texts(path: Path) -> list[tuple[str, str]]:
    """The text of the document at *path*, or of all in the folder, by name; each with the name to show.

    *Fails when* there is none (`DocumentMissing`), or one is of another kind or not UTF-8.
    """
    if path.is_dir():
        files = [file for file in sorted(path.rglob("*")) if _belongs(file, path)]
        if not files:
            remedy = "put a file in it whose name ends in " + ", ".join(KINDS)
            raise DocumentMissing(f"there is no document in {path}", remedy=remedy, path=str(path))
    else:
        files = [path]
    base = path if path.is_dir() else path.parent
    shown = [file.relative_to(base).as_posix() for file in files]
    return [(name, _read_text(file, name)) for file, name in zip(files, shown, strict=True)]


def _kind(shown: str) -> str:
    kind = Path(shown).suffix.lower()
    return ".md" if kind == ".markdown" else kind


def _belongs(file: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return file.suffix.lower() in KINDS and not hidden and file.is_file()


def _read_text(path: Path, shown: str) -> str:
    kind = path.suffix.lower()
    if kind not in KINDS:
        remedy = "a document's name ends in " + ", ".join(KINDS)
        raise DocumentKind(f"{shown} is not a kind of document that holds a theory", remedy=remedy, path=str(path))
    try:
        raw = path.read_bytes()
    except OSError as error:
        remedy = "check the name, and that you may read it"
        raise DocumentMissing(f"{path} cannot be read: {error.strerror}", remedy=remedy, path=str(path)) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = f"byte {error.start + 1} is not UTF-8 text"
        raise DocumentEncoding(message, remedy="save the file as UTF-8", place=Place(shown, line)) from None
    if "\0" in text:
        place = Place(shown, text[: text.index("\0")].count("\n") + 1)
        raise DocumentEncoding("a null character is not text", remedy="save the file as UTF-8", place=place)
    return text


def load(path: Path | str, reader: Reader, data: Path | None = None) -> Theory:
    """The theory in the file or folder at *path*, its sentences read by *reader*.

    Tables are looked for beside the document that names them, or in *data*.

    *Fails when* a document, table or the theory as a whole cannot be used (`NotUsable`).
    """
    path = Path(path)
    documents = read_documents(path)
    base = path if path.is_dir() else path.parent
    return make_theory(documents, reader, relations=read_relations(documents, base, data))


def make_theory(documents: Sequence[Document], reader: Reader, relations: Iterable[Relation] = ()) -> Theory:
    """The theory of *documents* and *relations*, each different sentence read once by *reader*."""
    sentences = [sentence for document in documents for sentence in document.sentences]
    texts = list(dict.fromkeys(sentence.text for sentence in sentences))
    relations = list(relations)
    views: Sequence[Clause] = ()
    policy = any(document.front.english == "policy" for document in documents)
    if policy and isinstance(reader, BookReader):
        reads, views = reader.read_book(texts, relations)
        outcomes = dict(zip(texts, reads, strict=True))
    elif isinstance(reader, BulkReader):
        outcomes = dict(zip(texts, reader.read_all(texts), strict=True))
    else:
        outcomes = {text: reader.read(text) for text in texts}
    return Theory.build(
        title=next((document.title for document in documents if document.title), ""),
        reads=[Sourced(outcomes[sentence.text], sentence.place) for sentence in sentences],
        items=[item for document in documents for item in document.items],
        clauses=views,
        relations=relations,
        declared=[one for document in documents for one in document.front.declared],
    )


def read_relations(documents: Iterable[Document], base: Path, data: Path | None = None) -> list[Relation]:
    """The relations that *documents*, with names relative to *base*, declare.

    *Fails when* two have one name (`FrontMatter`), or a file is not there or outside *base* (`TableMissing`).
    """
    found: dict[str, Relation] = {}
    for document in documents:
        for spec in document.front.relations:
            if not is_plain(spec.name):
                remedy = "a relation's name begins in lower case and has only letters, digits and `_`"
                raise FrontMatter(f"{spec.name!r} cannot name a relation", remedy=remedy, place=spec.place)
            relation = read_relation(spec, *_table(spec, document, base, data))
            if relation.predicate in found:
                remedy = "declare it in one document"
                raise FrontMatter(f"the relation {spec.name!r} is declared twice", remedy=remedy, place=spec.place)
            found[relation.predicate] = relation
    return list(found.values())


def _table(spec: RelationSpec, document: Document, base: Path, data: Path | None) -> tuple[Path, str]:
    """The path of the CSV file of *spec*, and how to call it; it may not lead out of the folders allowed."""
    name = spec.file or spec.name + ".csv"
    beside = (base / Path(document.file).parent, base)
    folders = [(data, data), beside] if data is not None else [beside]
    paths: list[Path] = []
    for folder, limit in folders:
        path = (folder / name.replace("\0", "")).resolve()
        if not path.is_relative_to(limit.resolve()):
            message, remedy = "outside the theory's folder", "put the table in the folder of the document, or below it"
            raise TableMissing(f"the table {spec.name!r} is {message}", remedy=remedy, place=spec.place)
        paths.append(path)
    return next((path for path in paths if path.is_file()), paths[-1]), name
