"""The command group: a table of commands, each imported only when it runs.

The table carries the one-line help, so `quod --help` imports no command module. A command module
`quod.cli.NAME` defines a click command in the attribute `command`.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

import click

from quod import __version__

EXIT_UNUSABLE = 2

COMMANDS: dict[str, str] = {
    "ask": "Ask a theory a question; the answer carries its proof.",
    "bench": "Measure answers, proofs and checkers on a data set.",
    "check": "Check a proof against a lock file.",
    "decide": "Decide a question about every case of a file.",
    "doctor": "Say what this installation has and what it lacks.",
    "explain": "Explain a proof in English, or as a page that re-checks itself.",
    "new": "Start a theory in a new folder.",
    "read": "Show how each sentence of a theory was read.",
    "test": "Run the examples in a book and say which rules they cover.",
    "vocab": "Show the words of a theory and where each is used.",
    "what-if": "Ask a question again with sentences added or taken away.",
    "why": "Say why the answer to a question is as it is.",
    "why-not": "Say what is missing for a yes, nearest rule first.",
}


class LazyGroup(click.Group):
    """A click group that imports a command's module when the command is asked for, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: Any = importlib.import_module(f"quod.cli.{cmd_name.replace('-', '_')}").command
        if not isinstance(found, click.Command):
            raise TypeError(f"quod.cli.{cmd_name}.command is not a click command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in sorted(COMMANDS)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error raised on purpose becomes a message and exit code 2."""
        wants_json = "--json" in ctx.args
        try:
            return super().invoke(ctx)
        except Exception as error:
            from quod.kernel.errors import NotUsable, QuodError  # here, so that `quod --help` imports no room

            if isinstance(error, OSError) and error.filename is not None:
                message = f"{error.filename}: {error.strerror}"
                error = NotUsable(message, remedy="check the name, and that you may read or write it")
            if isinstance(error, click.UsageError) and wants_json:
                error = NotUsable(error.format_message(), remedy="see the command's --help")
            if not isinstance(error, QuodError):
                raise
            raise Unusable(error, wants_json) from error


class Unusable(click.ClickException):
    """An input that cannot be used, shown as a message (or as JSON) with exit code 2."""

    exit_code = EXIT_UNUSABLE

    def __init__(self, error: Any, as_json: bool) -> None:
        super().__init__(plain(str(error)))
        self.error = error
        self.as_json = as_json

    def show(self, file: Any = None) -> None:
        if self.as_json:
            click.echo(json.dumps(error_fields(self.error), ensure_ascii=True, sort_keys=True))
        else:
            click.echo(f"error: {self.message}", file=file or sys.stderr)


def error_fields(error: Any) -> dict[str, Any]:
    """Return an error as the object that `--json` prints."""
    return {
        "error": error.code,
        "message": error.message,
        "remedy": error.remedy,
        "place": str(error.place) if error.place else "",
        "fields": {name: str(value) for name, value in sorted(error.fields.items())},
    }


def plain(text: str) -> str:
    """Return `text` with control characters made visible, so that hostile input cannot drive a terminal.

    >>> plain("a\\x1b[31mb\\n")
    'a\\\\x1b[31mb\\n'
    """
    return "".join(c if c in "\n\t" or c.isprintable() else ascii(c)[1:-1] for c in text)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="quod", prog_name="quod")
def main() -> None:
    """Answers and actions that carry their proof."""
