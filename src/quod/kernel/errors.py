"""The one base class of every error Quod raises on purpose.

QuodError
├── NotUsable   the input cannot be used as it is; `remedy` says what would fix it
└── (rooms derive their own from these two)
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where in a document something stands: 1-based line and column, with the text of that line."""

    file: str
    line: int = 0
    column: int = 0
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class QuodError(Exception):
    """An error with a stable code, a sentence, named fields, a place and what would fix it."""

    code = "quod"

    def __init__(self, message: str, *, remedy: str = "", place: Place | None = None, **fields: object) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.place = place
        self.fields = fields

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.message} [{self.code}]" if self.place else f"{self.message} [{self.code}]"]
        if self.place and self.place.text:
            lines += ["    " + self.place.text, "    " + " " * max(self.place.column - 1, 0) + "^"]
        if self.remedy:
            lines.append(f"  fix: {self.remedy}")
        return "\n".join(lines)


class NotUsable(QuodError):
    """The input cannot be used as it is."""

    code = "not_usable"
