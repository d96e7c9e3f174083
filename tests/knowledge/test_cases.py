"""Examples in a document: what counts as one, and what it says."""

from __future__ import annotations

import pytest

from quod.knowledge.cases import Case, CaseForm, expected_answers, parse_cases


def cases(text: str) -> list[Case]:
    return list(parse_cases(f"# Book\n\n```examples\n{text}\n```\n", "book.md"))


def only(text: str) -> Case:
    (case,) = cases(text)
    return case


def test_a_question_and_what_is_expected() -> None:
    case = only("Is Anne welcome? Yes.")
    assert (case.question, case.expected, case.verdict) == ("Is Anne welcome?", "Yes", "proved")
    assert (case.place.file, case.place.line) == ("book.md", 4)


def test_what_is_supposed() -> None:
    case = only("Given: Dora is a member. Eve is a guest. Without: Bob is suspended. Then: Is Dora welcome? no")
    assert case.given == ("Dora is a member.", "Eve is a guest.")
    assert case.without == ("Bob is suspended.",)
    assert case.verdict == "refuted"
    assert case.name == ("Given: Dora is a member. Eve is a guest. Without: Bob is suspended. Then: Is Dora welcome?")


def test_a_date() -> None:
    assert only("As of: 2026-05-01. Then: Is Anne welcome? Yes.").as_of == "2026-05-01"


def test_answers_are_expected() -> None:
    case = only("- Who is welcome? Anne, Bob and Carla.")
    assert case.verdict == ""
    assert expected_answers(case.expected) == ("anne", "bob", "carla")


@pytest.mark.parametrize("word", ["None", "nobody", "Nothing"])
def test_no_answers_are_expected(word: str) -> None:
    assert expected_answers(only(f"Who is welcome? {word}.").expected) == ()


def test_an_indented_line_goes_on() -> None:
    assert only("Given: Dora is a member.\n  Then: Is Dora welcome? Yes.").given == ("Dora is a member.",)


def test_a_table() -> None:
    found = cases(
        "| Given | Question | Expected |\n|---|:-:|---|\n| A is b. | Is A b? | yes |\n| | Is C b? | unknown |"
    )
    assert [(each.given, each.verdict) for each in found] == [(("A is b.",), "proved"), ((), "unknown")]
    assert found[0].place.line == 6


def test_comments_and_several_blocks() -> None:
    text = "```examples\n# the easy ones\nIs A b? yes\n```\n\n```text\nIs B b? no\n```\n~~~examples\nIs C b? no\n~~~\n"
    assert [each.question for each in parse_cases(text, "book.md")] == ["Is A b?", "Is C b?"]


@pytest.mark.parametrize(
    "text",
    [
        "Anne is welcome.",
        "Is Anne welcome?",
        "Is Anne welcome? Is Bob? Yes.",
        "| Question | Outcome |\n| Is A b? | yes |",
        "| Given | Expected |\n| A is b. | yes |",
        "| Question | Expected |\n| Is A b? | |",
    ],
)
def test_what_is_not_an_example(text: str) -> None:
    with pytest.raises(CaseForm) as error:
        cases(text)
    assert error.value.place is not None
