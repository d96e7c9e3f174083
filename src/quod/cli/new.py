"""``quod new``: a small theory to start from."""

from __future__ import annotations

from pathlib import Path

import click

from quod.cli.group import plain
from quod.kernel.errors import NotUsable

STARTER = """# {title}

> Lines that begin with ">" are notes. Quod does not read them. Everything else is sentences: short, one fact or rule
> each. `quod read` shows how each was understood.

Anne is a member. Bob is a member.
Carla is a guest of Anne.

Every member is welcome.
If someone is a guest of a member then they are welcome.
Members are keyholders unless they are suspended.
Bob is suspended.
No guest of Anne is a keyholder.
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
    click.echo(plain(f"wrote {book}\n\nnext:\n  quod read {name}\n  quod ask {name} 'Is Carla welcome?'"))
