"""``quod why``, ``why-not``, ``what-if`` and ``test``: what they print, in words and as JSON, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from quod.cli.group import main

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GARDEN = str(EXAMPLES / "garden.md")
BOOK = "# Book\n\nAnne is a member. Members are welcome unless they are suspended.\n\n```examples\n{}\n```\n"


def quod(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def test_why() -> None:
    shown = quod("why", GARDEN, "Does Anne open the shed?").output
    assert "verdict   yes: proved" in shown
    assert "by: Keyholders open the shed." in shown
    assert "looked at" not in shown
    assert "looked at" in quod("why", GARDEN, "Does Anne open the shed?", "--full").output


def test_why_not() -> None:
    shown = quod("why-not", GARDEN, "Does Bob open the shed?").output
    assert "1. in the way: Bob is suspended" in shown
    assert "it is so by: Bob is suspended." in shown
    assert "rule: Every member is a keyholder unless they are suspended." in shown


def test_why_not_of_what_is_so() -> None:
    assert "nothing is missing" in quod("why-not", GARDEN, "Does Anne open the shed?").output


def test_why_not_of_what_is_refuted() -> None:
    shown = quod("why-not", GARDEN, "Does Carla open the shed?").output
    assert "the opposite is shown" in shown
    assert "missing: Carla is a member" in shown


def test_why_not_of_several_things() -> None:
    found = json.loads(quod("why-not", GARDEN, "Who is welcome?", "--json", code=2).stdout)
    assert found["error"] == "not_one_thing"


def test_what_if() -> None:
    shown = quod("what-if", GARDEN, "Does Bob open the shed?", "--without", "Bob is suspended.").output
    assert "before    unknown" in shown
    assert "after     yes: proved" in shown
    assert "the answer was unknown; now it is yes" in shown


def test_what_if_of_a_sentence_that_cannot_be_read() -> None:
    shown = quod("what-if", GARDEN, "Is Dora welcome?", "--with", "Dora frobnicates xx yy.", code=2).stderr
    assert "unusable_supposition" in shown


@pytest.mark.parametrize(
    ("command", "key"),
    [(("why",), "reasons"), (("why-not",), "ways"), (("what-if", "--with", "Eve is a member."), "difference")],
)
def test_json(command: tuple[str, ...], key: str) -> None:
    name, *options = command
    arguments = [name, GARDEN, "Is Dora welcome?", *options, "--json"]
    found = json.loads(quod(*arguments).stdout)
    assert found[key]
    assert quod(*arguments).stdout == quod(*arguments).stdout


@pytest.mark.parametrize("book", ["garden.md", "roles.md", "museum"])
def test_the_examples_pass(book: str) -> None:
    shown = quod("test", str(EXAMPLES / book)).output
    assert ", 0 failed, 0 unusable" in shown


def test_a_failure_says_where_to_look(tmp_path: Path) -> None:
    book = tmp_path / "book.md"
    book.write_text(BOOK.format("Is Bob welcome? Yes.\nIs Anne welcome? No."), encoding="utf-8")
    shown = quod("test", str(book), "--quiet", code=1).output
    assert "FAIL  Is Bob welcome? Yes" in shown
    assert "missing: Bob is a member" in shown
    assert "expected no, got yes" in shown
    assert "it rests on: Anne is a member." in shown
    assert "at book.md:6" in shown


def test_coverage_names_what_no_example_reaches(tmp_path: Path) -> None:
    book = tmp_path / "book.md"
    book.write_text(BOOK.format("Is Anne welcome? Yes."), encoding="utf-8")
    shown = quod("test", str(book)).output
    assert "covered: 1 of 1 rules, 0 of 1 exceptions" in shown
    assert "never blocked  Members are welcome unless they are suspended." in shown
    book.write_text(
        BOOK.format("Is Anne welcome? Yes.\nGiven: Anne is suspended. Then: Is Anne welcome? Unknown."),
        encoding="utf-8",
    )
    assert "covered: 1 of 1 rules, 1 of 1 exceptions" in quod("test", str(book)).output


def test_an_example_that_cannot_be_asked(tmp_path: Path) -> None:
    book = tmp_path / "book.md"
    book.write_text(BOOK.format("Is Anne xx yy zz? Yes."), encoding="utf-8")
    found = json.loads(quod("test", str(book), "--json", code=2).stdout)
    assert (found["error"], found["cases"][0]["status"]) == (1, "error")


def test_no_examples_and_no_such_form(tmp_path: Path) -> None:
    book = tmp_path / "book.md"
    book.write_text("# Book\n\nAnne is a member.\n", encoding="utf-8")
    assert "no_examples" in quod("test", str(book), code=2).stderr
    book.write_text(BOOK.format("Anne is welcome."), encoding="utf-8")
    assert "book.md:6:1" in quod("test", str(book), code=2).stderr


def test_json_and_junit_agree(tmp_path: Path) -> None:
    book, junit = tmp_path / "book.md", tmp_path / "report.xml"
    book.write_text(BOOK.format("Is Anne welcome? Yes.\nIs Bob welcome? No."), encoding="utf-8")
    found = json.loads(quod("test", str(book), "--json", "--junit", str(junit), code=1).stdout)
    assert (found["passed"], found["failed"]) == (1, 1)
    assert [each["proof"] for each in found["cases"]] == ["accepted", "accepted"]
    suite = ElementTree.parse(junit).getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    assert [len(case) for case in suite] == [0, 1]
    assert suite[1].get("line") == "7"
    first = junit.read_bytes()
    quod("test", str(book), "--junit", str(junit), code=1)
    assert junit.read_bytes() == first


def test_hostile_text_is_neither_markup_nor_control(tmp_path: Path) -> None:
    book, junit = tmp_path / "book.md", tmp_path / "report.xml"
    book.write_text(BOOK.format("Is Anne welcome? <b>\x1b[31m&."), encoding="utf-8")
    shown = quod("test", str(book), "--junit", str(junit), code=1).output
    assert "\x1b" not in shown
    assert ElementTree.parse(junit).getroot()[0][0].get("name") == "Is Anne welcome? <b>\\x1b[31m&"
