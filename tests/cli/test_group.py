"""The command group: lazy, complete, and never a traceback for bad input."""

from __future__ import annotations

import importlib
import json

import click
import pytest
from click.testing import CliRunner

from quod import __version__
from quod.cli import group
from quod.cli.group import COMMANDS, main, plain
from quod.kernel.errors import NotUsable, Place


def test_version() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert __version__ in result.output


def test_help_lists_every_command_once() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    listed = [line.split()[0] for line in output.partition("Commands:")[2].splitlines() if line.strip()]
    assert listed == sorted(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_exists_and_says_the_same_as_the_table(name: str) -> None:
    command = importlib.import_module(f"quod.cli.{name.replace('-', '_')}").command
    assert isinstance(command, click.Command)
    assert (command.help or "").strip().splitlines()[0] == COMMANDS[name]


def test_unknown_command_is_unusable() -> None:
    result = CliRunner().invoke(main, ["prove"])
    assert result.exit_code == 2
    assert "No such command 'prove'" in result.output


@pytest.fixture
def failing_command(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    @click.option("--json", "as_json", is_flag=True)
    def command(as_json: bool) -> None:
        place = Place("book.md", 3, 5, "Bob \x1b[31mis kind.")
        raise NotUsable("the word is unknown", remedy="write it plainly", place=place, word="\x1b[31mis")

    monkeypatch.setattr(group.LazyGroup, "get_command", lambda *_: command)


@pytest.mark.usefixtures("failing_command")
def test_an_error_is_a_message_with_exit_code_2_and_no_terminal_control() -> None:
    result = CliRunner().invoke(main, ["ask"])
    assert result.exit_code == 2
    assert "book.md:3:5: the word is unknown [not_usable]" in result.stderr
    assert "fix: write it plainly" in result.stderr
    assert "\x1b" not in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("failing_command")
def test_an_error_is_an_object_under_json() -> None:
    result = CliRunner().invoke(main, ["ask", "--json"])
    assert result.exit_code == 2
    assert json.loads(result.stdout) == {
        "error": "not_usable",
        "message": "the word is unknown",
        "remedy": "write it plainly",
        "place": "book.md:3:5",
        "fields": {"word": "\x1b[31mis"},
    }


def test_plain_shows_control_characters() -> None:
    assert plain("a\x1b]0;b\x07\u202ec\n\té") == "a\\x1b]0;b\\x07\\u202ec\n\té"
