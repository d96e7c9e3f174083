"""Names: what tables and logic blocks call things, and how English says it.

English writes *New York* and reads `new_york`; a table may write `New York`. A question means the thing that the theory
has. Where it has two that are said alike, nobody guesses which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from quod.kernel.errors import NotUsable
from quod.kernel.values import Clause
from quod.knowledge import Question, Relation
from quod.knowledge.logic import READER

_SILENT = re.compile(r"['’]")
_OTHER = re.compile(r"\W+")


class TwoNames(NotUsable):
    """One name in English is written in two ways in the theory, so it would stand for two things."""

    code = "two_names"


def spoken(name: str) -> str:
    """The symbol that English reads where *name* is said.

    >>> spoken("New York"), spoken("O'Brien"), spoken("anne")
    ('new_york', 'obrien', 'anne')
    """
    return _OTHER.sub("_", _SILENT.sub("", name.lower())).strip("_")


def names_in(value: Any) -> Iterator[str]:
    """The names of the symbols anywhere in terms, atoms, literals or clauses."""
    if isinstance(value, tuple) and len(value) == 2 and value[0] == "s":
        yield value[1]
    elif not isinstance(value, str | None):
        for part in value:
            yield from names_in(part)


class Names:
    """The names of all individuals that clauses and tables mention."""

    def __init__(self, clauses: Iterable[Clause], relations: Iterable[Relation]) -> None:
        self._clauses = tuple(clauses)
        self._relations = tuple(relations)

    @cached_property
    def _written(self) -> frozenset[str]:
        """Names as tables and logic blocks write them."""
        cells = [cell for relation in self._relations for row in relation.rows for cell in row if cell[0] in "sf"]
        return frozenset([*names_in(cells), *names_in([one for one in self._clauses if one.reader == READER])])

    @cached_property
    def _said(self) -> frozenset[str]:
        """Names as sentences say them."""
        return frozenset(names_in([one for one in self._clauses if one.reader != READER]))

    @cached_property
    def _spelled(self) -> Mapping[str, tuple[str, ...]]:
        """For each name as it is said, how it is written, where that is not the same."""
        found: dict[str, tuple[str, ...]] = {}
        for name in sorted(self._written):
            if spoken(name) != name:
                found[spoken(name)] = (*found.get(spoken(name), ()), name)
        return found

    def __contains__(self, name: str) -> bool:
        return name in self._written or name in self._said

    def clauses_meant(self, clauses: Iterable[Clause]) -> tuple[Clause, ...]:
        """*clauses* about the things as the theory writes them. Fails like `meant`."""
        found = tuple(clauses)
        return self.meant(Question("", "", "", "", "some", clauses=found)).clauses if found else ()

    def meant(self, question: Question) -> Question:
        """*question* about the things as the theory writes them.

        Fails when: a name that it or a sentence says is written in two ways (`TwoNames`).
        """
        for name in sorted(self._said.intersection(self._spelled)):
            raise _two(name, self._spelled[name])
        asked = dict.fromkeys(names_in((question.atom, question.clauses, question.body, question.head)))
        written: dict[str, str] = {}
        for name in asked:
            spellings = self._spelled.get(name, ())
            if len(spellings) > 1 or (spellings and name in self):
                raise _two(name, spellings)
            if spellings:
                written[name] = spellings[0]
        if not written:
            return question
        return replace(
            question,
            atom=_written_in(question.atom, written),
            clauses=tuple([_clause(each, written) for each in question.clauses]),
            body=_written_in(question.body, written),
            head=_written_in(question.head, written),
        )


def _two(name: str, spellings: tuple[str, ...]) -> TwoNames:
    ways = dict.fromkeys([name, *spellings])
    shown = " and ".join(f"'{each}'" for each in ways)
    return TwoNames(
        f"{shown} are two names in the theory, and English says both alike",
        remedy=f"write '{name}' in the table or logic block, or give one of the things another name",
        name=name,
    )


def _written_in(value: Any, written: Mapping[str, str]) -> Any:
    """*value* with its symbols as they are *written*."""
    if isinstance(value, tuple):
        if len(value) == 2 and value[0] == "s" and isinstance(value[1], str):
            return ("s", written.get(value[1], value[1]))
        return tuple([_written_in(part, written) for part in value])
    return value


def _clause(clause: Clause, written: Mapping[str, str]) -> Clause:
    return clause._replace(head=_written_in(clause.head, written), body=_written_in(clause.body, written))
