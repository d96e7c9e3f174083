"""The errors of this room: why a text, a table or a theory cannot be used, and what would fix it.

NotUsable
├── LogicError            a block in logic notation
│   ├── LogicSyntax       the text does not parse
│   ├── LogicName         a name, symbol or built-in that is reserved or unknown
│   ├── LogicValue        a number, date, duration or text that is not one
│   ├── LogicVariable     a variable where none may stand, or one that is never used
│   └── LogicAggregate    a count, sum, min or max that has no clear meaning
├── DocumentError         a file or folder
│   ├── DocumentMissing, DocumentKind, DocumentEncoding
│   ├── DocumentUnclosed  a fence, comment or quotation that swallows what follows
│   └── FrontMatter       the YAML between the first two ``---`` lines
├── TableError            a CSV file
│   ├── TableMissing, TableHeader
│   ├── TableRows         rows that do not have the declared sorts
│   └── TableKeys         two rows with one key
├── TheoryError           all parts together
│   ├── TableAndProse, OpenAndClosed, UnknownPredicate, UnknownSentence
│   └── ClassError        outside the class that deduction decides
│       └── Unsafe, NotStratified, NotTerminating, NullUnsafe
└── LockError
    └── LockFile, ReadingChanged
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from quod.kernel.errors import NotUsable


class LogicError(NotUsable):
    """A block in logic notation cannot be used."""

    code = "logic"


class LogicSyntax(LogicError):
    """The text does not parse."""

    code = "logic_syntax"


class LogicName(LogicError):
    """A name is reserved, ill-formed or unknown."""

    code = "logic_name"


class LogicValue(LogicError):
    """A number, date, duration or text is not one."""

    code = "logic_value"


class LogicVariable(LogicError):
    """A variable stands where none may, or is never used."""

    code = "logic_variable"


class LogicAggregate(LogicError):
    """A count, sum, min or max has no clear meaning."""

    code = "logic_aggregate"


class DocumentError(NotUsable):
    """A file or folder cannot be used."""

    code = "document"


class DocumentMissing(DocumentError):
    """There is no such file or folder, or nothing readable in it."""

    code = "document_missing"


class DocumentKind(DocumentError):
    """The file is not of a kind that holds a theory."""

    code = "document_kind"


class DocumentEncoding(DocumentError):
    """The file is not UTF-8 text."""

    code = "document_encoding"


class DocumentUnclosed(DocumentError):
    """Something opened and never closed would silently swallow the sentences after it."""

    code = "document_unclosed"


class FrontMatter(DocumentError):
    """The front matter is not what it should be."""

    code = "front_matter"


class TableError(NotUsable):
    """A CSV file cannot be used."""

    code = "table"


class TableMissing(TableError):
    """There is no such CSV file where the theory may look."""

    code = "table_missing"


class TableHeader(TableError):
    """The columns are not those declared."""

    code = "table_header"


class TableRows(TableError):
    """Some rows do not have the declared shape or sorts."""

    code = "table_rows"


class TableKeys(TableError):
    """Two rows have one key."""

    code = "table_keys"


class TheoryError(NotUsable):
    """The parts do not make one theory."""

    code = "theory"


class TableAndProse(TheoryError):
    """A predicate is both in a table and concluded by sentences, and not declared open or closed."""

    code = "table_and_prose"


class OpenAndClosed(TheoryError):
    """A predicate is declared both open and closed."""

    code = "open_and_closed"


class UnknownPredicate(TheoryError):
    """A declaration names a predicate that nothing mentions."""

    code = "unknown_predicate"


class UnknownSentence(TheoryError):
    """What is to be taken away is not in the theory."""

    code = "unknown_sentence"


class ClassError(TheoryError):
    """The clauses are outside the class that deduction decides."""

    code = "class"


class Unsafe(ClassError):
    """A variable is not bound by anything."""

    code = "unsafe"


class NotStratified(ClassError):
    """A predicate depends on its own absence, or on an aggregate of itself."""

    code = "not_stratified"


class NotTerminating(ClassError):
    """A recursion makes ever new values."""

    code = "not_terminating"


class NullUnsafe(ClassError):
    """A null, an individual known only to exist, reaches a comparison or an aggregate."""

    code = "null_unsafe"


class LockError(NotUsable):
    """The readings are not those that were locked."""

    code = "lock"


class LockFile(LockError):
    """The lock file is not one."""

    code = "lock_file"


class ReadingChanged(LockError):
    """A sentence is no longer read as it was when the readings were locked."""

    code = "reading_changed"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``Did you mean …?`` with the closest of the *known* words, or an empty text."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.7)
    return f"Did you mean {close[0]!r}?" if close else ""
