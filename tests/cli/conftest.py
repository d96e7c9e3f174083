"""The command as a function: `quod("ask", …)` runs it in this process and gives what it printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from quod.cli.group import main

sys.path.insert(0, str(Path(__file__).parent))

from printed import Quod, Ran

CLUB = """---
closed: [banned]
---
Anne is a member. Bob is a member. Bob is banned. Carla is kind. Carla is not kind.

Every member is welcome. No banned person is happy.
"""




@pytest.fixture
def quod() -> Quod:
    def run(*arguments: object) -> Ran:
        result = CliRunner().invoke(main, [str(each) for each in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        for text in (result.stdout, result.stderr):
            assert "Traceback" not in text
            assert all(character in "\n\t" or character.isprintable() for character in text), repr(text)
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def club(tmp_path: Path) -> Path:
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "book.md").write_text(CLUB, encoding="utf-8")
    return folder


@pytest.fixture
def pay(tmp_path: Path) -> Callable[..., Path]:
    """A folder with a table: ``pay(rows)``, the rows as text or bytes."""

    def make(rows: str | bytes, header: str = "who,salary\n") -> Path:
        folder = tmp_path / "pay"
        folder.mkdir(exist_ok=True)
        (folder / "book.md").write_text(
            "---\nrelations:\n  pay: {key: [who]}\n---\n```quod\npaid(X) :- pay(X, S).\n```\n", encoding="utf-8"
        )
        content = rows if isinstance(rows, bytes) else (header + rows).encode()
        (folder / "pay.csv").write_bytes(content)
        return folder

    return make
