"""``quod new``: a small theory to start from."""

from __future__ import annotations

from pathlib import Path

import click

from quod.cli.group import plain
from quod.kernel.errors import NotUsable

STARTER = """# {title}

Write what you know in short sentences. Prose that is not meant to be read goes into a note:

> Lines that start with ">" are notes. Quod does not read them.

Anne is a member.
Every member is welcome.
If someone is welcome and they are not banned then they enter the hall.
Bob is banned.
No banned person enters the hall.

Names, words and shapes of sentences: see `quod read`, which shows how each sentence was understood.
"""


class AlreadyThere(NotUsable):
    """Something of that name exists; nothing is overwritten."""

    code = "already_there"


@click.command("new")
@click.argument("name", type=click.Path(path_type=Path))
def command(name: Path) -> None:
    """Start a theory in a new folder."""
    if name.exists():
        raise AlreadyThere(f"{name} exists already", remedy="choose another name; nothing was changed")
    name.mkdir(parents=True)
    book = name / "book.md"
    book.write_text(STARTER.format(title=name.name), encoding="utf-8")
    click.echo(plain(f"wrote {book}\n\nnext:\n  quod read {name}\n  quod ask {name} 'Is Anne welcome?'"))
