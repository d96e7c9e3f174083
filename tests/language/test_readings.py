"""A table of sentences with their forms, and that each reading can be said and read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from quod.language import EnglishReader
from quod.language.morphology import Lexicon

TABLE = Path(__file__).with_name("readings.txt")


def entries() -> list[tuple[str, list[str]]]:
    """The sentences of the table with the lines below them."""
    found: list[tuple[str, list[str]]] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


ENTRIES = entries()
STATEMENTS = [entry for entry in ENTRIES if not entry[0].endswith("?")]
QUESTIONS = [entry for entry in ENTRIES if entry[0].endswith("?")]


def lines_of_statement(reader: EnglishReader, sentence: str) -> list[str]:
    outcome = reader.read(sentence)
    if outcome.problem is not None:
        return [f"unread {outcome.problem.word or '-'}"]
    lines: list[str] = []
    for reading in outcome.readings:
        lines += (["ambiguous"] if lines else []) + list(reading.logic)
    return lines


def lines_of_question(reader: EnglishReader, sentence: str) -> list[str]:
    outcome = reader.ask(sentence)
    if outcome.problem is not None:
        return [f"unread {outcome.problem.word or '-'}"]
    return [f"{question.kind} {question.logic}" for question in outcome.readings]


@pytest.mark.parametrize(("sentence", "expected"), STATEMENTS, ids=[s for s, _ in STATEMENTS])
def test_statement_has_these_forms(sentence: str, expected: list[str]) -> None:
    assert lines_of_statement(EnglishReader(), sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), QUESTIONS, ids=[s for s, _ in QUESTIONS])
def test_question_has_these_forms(sentence: str, expected: list[str]) -> None:
    assert lines_of_question(EnglishReader(), sentence) == expected


@pytest.mark.parametrize("sentence", [s for s, _ in STATEMENTS])
def test_paraphrase_reads_back_to_the_same_forms(sentence: str) -> None:
    reader = EnglishReader()
    for reading in reader.read(sentence).readings:
        again = reader.read(reading.paraphrase)
        assert again.status == "read", (reading.paraphrase, again.problem)
        assert sorted(again.readings[0].logic) == sorted(reading.logic), reading.paraphrase


@pytest.mark.parametrize("sentence", [s for s, _ in QUESTIONS])
def test_paraphrase_of_a_question_asks_the_same(sentence: str) -> None:
    reader = EnglishReader()
    for question in reader.ask(sentence).readings:
        again = reader.ask(question.paraphrase)
        assert [q.logic for q in again.readings] == [question.logic], question.paraphrase


@pytest.mark.parametrize("sentence", [s for s, lines in STATEMENTS if lines[0].startswith("unread")])
def test_a_suggestion_reads(sentence: str) -> None:
    reader = EnglishReader()
    problem = reader.read(sentence).problem
    assert problem is not None
    assert problem.reason
    assert sentence[problem.column :].startswith(problem.word)
    if problem.suggestion:
        assert reader.read(problem.suggestion).readings


def test_order_of_reading_changes_nothing() -> None:
    sentences = [s for s, _ in STATEMENTS]
    forward, backward = EnglishReader(), EnglishReader()
    one = {s: lines_of_statement(forward, s) for s in sentences}
    other = {s: lines_of_statement(backward, s) for s in reversed(sentences)}
    assert one == other


def test_shuffled_documents_read_the_same() -> None:
    sentences = [s for s, _ in STATEMENTS]
    one = {r.sentence: [x.logic for x in r.readings] for r in EnglishReader().read_all(sentences)}
    other = {r.sentence: [x.logic for x in r.readings] for r in EnglishReader().read_all(sentences[::-1])}
    assert one == other


def test_a_document_settles_what_a_word_is() -> None:
    first, second = EnglishReader().read_all(["Blorp cats are cold.", "Anne is a blorp."])
    assert first.readings[0].logic == ("cold(X) :- blorp_cat(X).",)
    assert second.readings[0].logic == ("blorp(anne).",)


def test_a_lexicon_can_be_given() -> None:
    reader = EnglishReader(Lexicon(nouns=frozenset({"blorp"})))
    assert reader.read("Blorp cats are cold.").readings[0].logic == ("cold(X) :- blorp_cat(X).",)
