"""A name in a question means the thing that the theory has, however its table writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quod.routing import Handle, load
from quod.routing.names import TwoNames, names_in, spoken

BOOK = """---
relations:
  pay: {key: [who, dept]}
closed: [employee/1]
---

```quod
employee(X) :- pay(X, D, S).
salary_of(S, X) :- pay(X, D, S).
```

"""


@pytest.fixture
def book(tmp_path: Path):  # type: ignore[no-untyped-def]  # reason: a factory
    def make(rows: str, prose: str = "") -> Handle:
        (tmp_path / "book.md").write_text(BOOK + prose, encoding="utf-8")
        (tmp_path / "pay.csv").write_text("who,dept,salary\n" + rows, encoding="utf-8")
        return load(tmp_path)

    return make


@pytest.mark.parametrize("written", ["anne", "Anne", "ANNE"])
def test_a_table_may_write_a_name_as_it_likes(book, written: str) -> None:  # type: ignore[no-untyped-def]  # reason: factory
    theory = book(f"{written},it,1\n")
    answer = theory.ask("Is Anne an employee?")
    assert answer.verdict == "proved"
    assert answer.report is not None
    assert not answer.note


@pytest.mark.parametrize("written", ["new_york", "New York", "new york", "New-York"])
def test_names_of_several_words(book, written: str) -> None:  # type: ignore[no-untyped-def]  # reason: factory
    assert book(f"{written},it,1\n").ask("Is New York an employee?").verdict == "proved"


def test_which_and_each(book) -> None:  # type: ignore[no-untyped-def]  # reason: factory
    theory = book("Anne,it,100.5\nO'Brien,it,2\n")
    assert theory.ask("Who is an employee?").bindings == ("Anne", "O'Brien")
    assert theory.ask("What is the salary of Anne?").bindings == ("100.5",)
    assert theory.ask("What is the salary of O'Brien?").bindings == ("2",)


def test_somebody_else_is_still_a_stranger(book) -> None:  # type: ignore[no-untyped-def]  # reason: factory
    answer = book("Anne,it,1\n").ask("Is Bob an employee?")
    assert answer.verdict == "refuted"
    assert answer.note == "the theory says nothing of Bob"


def test_two_in_the_table_are_not_guessed_between(book) -> None:  # type: ignore[no-untyped-def]  # reason: factory
    theory = book("Anne,it,1\nanne,it,2\nBob,it,3\n")
    with pytest.raises(TwoNames, match="'anne' and 'Anne' are two names"):
        theory.ask("Is Anne an employee?")
    assert theory.ask("Is Bob an employee?").verdict == "proved"


def test_two_spellings_are_not_guessed_between(book) -> None:  # type: ignore[no-untyped-def]  # reason: factory
    with pytest.raises(TwoNames, match="'anne' and 'ANNE' and 'Anne'"):
        book("Anne,it,1\nANNE,it,2\n").ask("Is Anne an employee?")


def test_a_sentence_and_a_table_that_would_miss_each_other(book) -> None:  # type: ignore[no-untyped-def]  # reason: factory
    theory = book("Anne,it,1\n", "Anne is young.\n")
    with pytest.raises(TwoNames) as caught:
        theory.ask("Who is young?")
    assert "write 'anne' in the table" in caught.value.remedy


def test_a_sentence_and_a_table_that_agree(book) -> None:  # type: ignore[no-untyped-def]  # reason: factory
    theory = book("anne,it,1\n", "Anne is young. Young employees are juniors.\n")
    assert theory.ask("Is Anne a junior?").verdict == "proved"


@pytest.mark.parametrize(
    ("name", "said"),
    [("Anne", "anne"), ("New York", "new_york"), ("O'Brien", "obrien"), ("Anne-Marie", "anne_marie"), ("o1", "o1")],
)
def test_spoken_is_what_english_reads(name: str, said: str) -> None:
    from quod.language import EnglishReader

    assert spoken(name) == said
    (reading,) = EnglishReader().read(f"{name[:1].upper()}{name[1:]} is cold.").readings
    assert list(names_in(reading.clauses)) == [said]
