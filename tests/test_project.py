"""The project's own files agree with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import quod


def project(root: Path) -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def test_one_version(root: Path) -> None:
    assert project(root)["version"] == quod.__version__
    assert f"## [{quod.__version__}]" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_has_a_reason(root: Path) -> None:
    told = (root / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8")
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *table["dependencies"],
        *(name for names in table["optional-dependencies"].values() for name in names),
    ]
    names = {re.split(r"[^A-Za-z0-9-]", requirement)[0] for requirement in wanted} - {"quod"}
    assert not sorted(name for name in names if f"`{name}`" not in told)


def test_every_decision_is_listed(root: Path) -> None:
    index = (root / "decisions" / "README.md").read_text(encoding="utf-8")
    records = sorted(path.name for path in (root / "decisions").glob("[0-9]*.md"))
    assert not [name for name in records if f"({name})" not in index]


def test_every_reason_is_given() -> None:
    """A lint or type override says why, on its own line."""
    silent = []
    for path in sorted(Path(quod.__file__).parent.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"#\s*(noqa|type: ignore|pyright: ignore)", line) and "reason:" not in line:
                silent.append(f"{path.name}:{number}")
    assert not silent


def test_the_public_names_are_the_promised_ones() -> None:
    assert dir(quod) == sorted(quod.__all__)
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        quod.lode  # noqa: B018
