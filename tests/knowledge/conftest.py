"""A reader for the tests of this room, which knows no English: `Name is adjective.` and little else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from quod.kernel.values import Clause, symbol, variable
from quod.knowledge.readings import Asked, Read, Reading, Unread


class ToyReader:
    """Reads a handful of shapes; ``bank`` is ambiguous, ``or`` is unused, anything else is unread."""

    version = "toy 1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, sentence: str) -> Read:
        self.asked.append(sentence)
        if match := re.fullmatch(r"(\w+) is at the bank\.", sentence):
            name = symbol(match[1].lower())
            return Read(sentence, (self._fact(sentence, "at_river", name), self._fact(sentence, "at_money", name)))
        if match := re.fullmatch(r"(\w+) is (\w+) or (\w+)\.", sentence):
            bears = tuple(f"{word}/1" for word in match.groups()[1:])
            logic = f"unused: {bears[0][:-2]}({match[1].lower()}) or {bears[1][:-2]}({match[1].lower()})."
            return Read(sentence, (Reading(sentence, sentence, self.version, (logic,), unused=(logic,), bears=bears),))
        if match := re.fullmatch(r"Everything is (\w+)\.", sentence):
            return Read(sentence, (self._fact(sentence, match[1], variable("X")),))
        if match := re.fullmatch(r"The (\w+) is (\w+)\.", sentence):
            thing = symbol(f"the_{match[1]}")
            is_one = Clause((f"{match[1]}/1", (thing,)), (), sentence, "", self.version)
            return Read(sentence, (self._fact(sentence, match[2], thing, is_one),))
        if match := re.fullmatch(r"(\w+) is (\w+)\.", sentence):
            return Read(sentence, (self._fact(sentence, match[2], symbol(match[1].lower())),))
        return Read(sentence, problem=Unread(sentence, sentence.split()[0], 0, "no shape"))

    def _fact(self, sentence: str, predicate: str, term: tuple, *presupposed: Clause) -> Reading:
        clause = Clause((f"{predicate}/1", (term,)), (), sentence, sentence, self.version)
        return Reading(sentence, sentence, self.version, (f"{predicate}.",), (clause,), presupposed=presupposed)

    def ask(self, sentence: str) -> Asked:
        return Asked(sentence, problem=Unread(sentence, "", 0, "no questions"))


class ToyBulkReader(ToyReader):
    """The same, all at once."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def read_all(self, sentences: list[str]) -> list[Read]:
        self.calls += 1
        return [self.read(sentence) for sentence in sentences]


@pytest.fixture
def reader() -> ToyReader:
    return ToyReader()


@pytest.fixture
def bulk_reader() -> ToyBulkReader:
    return ToyBulkReader()


@pytest.fixture
def book(tmp_path, reader) -> Callable[..., object]:
    """Writes files into a folder and loads it: ``book({"a.md": text, …})``."""
    from quod.knowledge.documents import load

    def make(files: dict[str, str], at: str = ".") -> object:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load(tmp_path / at, reader)

    return make
