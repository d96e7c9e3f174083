"""The `quod` command: everything the library does, with the same words, from a terminal.

Each subcommand is a module of this room, named after the command and imported only when that command runs;
`quod.cli.group` holds the table of commands. Exit codes: 0 accepted, 1 rejected, 2 unusable input.
"""

from quod.cli.group import main

__all__ = ["main"]
