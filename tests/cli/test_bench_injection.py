"""`quod bench injection`: nothing is certified that an unread exception or prohibition would change."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from quod.cli.bench import injection
from quod.cli.group import main
from quod.language import EnglishReader
from quod.routing import loads


@pytest.mark.parametrize("wording", [*injection.GENERAL, *injection.PERSONAL])
def test_no_wording_is_read(wording: str) -> None:
    reader = EnglishReader()
    for condition, target, name in (("busy", "kind", "Anne"), ("small", "welcome", "Bob")):
        sentence = wording.format(condition=condition, target=target, name=name)
        assert reader.read(sentence).status == "unread"


def test_there_are_enough_wordings() -> None:
    assert len({*injection.GENERAL, *injection.PERSONAL}) >= 30


def test_books_are_the_same_for_the_same_seed() -> None:
    assert list(injection.books(50, 3)) == list(injection.books(50, 3))
    assert list(injection.books(50, 3)) != list(injection.books(50, 4))


def test_everything_else_in_a_book_is_read_and_certified() -> None:
    for book in injection.books(25, 5):
        handle = loads(book.text(), now=injection.NOW)
        assert not handle.theory.pending, handle.theory.pending
        assert handle.ask(book.question).proof


def figures(n: int, seed: int) -> dict[str, int]:
    result = CliRunner().invoke(main, ["bench", "injection", "--n", str(n), "--seed", str(seed), "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, int] = json.loads(result.output)["injection"]
    return found


def good(found: dict[str, int], n: int) -> None:
    assert found["questions"] == n
    assert found["certified_but_wrong"] == 0
    assert found["read_after_all"] == 0
    assert found["correct"] == n
    assert found["certified_before"] == n
    assert found["certified_as_note"] == n
    assert found["would_change"] >= n / 4


def test_nothing_certified_would_change() -> None:
    good(figures(60, 0), 60)


@pytest.mark.assure
def test_nothing_certified_would_change_in_a_thousand_books() -> None:
    good(figures(1000, 1), 1000)


def test_a_table_for_people() -> None:
    result = CliRunner().invoke(main, ["bench", "injection", "--n", "2"])
    assert "| certified_but_wrong | 0 |" in result.output


def test_a_conflict_is_not_certified_beside_an_unread_exception() -> None:
    """Both sides can be derived; the exception, were it read, would take one of the two rules back."""
    book = "Anne is a guest. Anne is small. Every guest is welcome. No small person is welcome."
    assert loads(book, now=injection.NOW).ask("Is Anne welcome?").verdict == "conflict"
    answer = loads(book + " Save where they are small, guests are welcome.", now=injection.NOW).ask("Is Anne welcome?")
    assert answer.verdict == "unknown"
    assert not answer.proof
    assert answer.blocked_by == ("Save where they are small, guests are welcome.",)
