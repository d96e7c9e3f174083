"""The reference pages are as the code is, and every error code and rejection kind has its entry."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click
import pytest

import quod

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
assert _spec is not None
assert _spec.loader is not None
reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)

SOURCES = sorted(Path(quod.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_a_page_is_as_it_would_be_written(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == reference.PAGES[name]()


def test_every_code_in_the_sources_has_an_entry() -> None:
    page = reference.errors_page()
    codes = {code for path in SOURCES for code in re.findall(r'^    code = "(\w+)"', path.read_text("utf-8"), re.M)}
    assert codes == set(reference.errors())
    assert not [code for code in sorted(codes - set(reference.FAMILIES)) if f"### `{code}`\n" not in page]


def test_a_family_is_never_raised() -> None:
    families = {each.__name__ for code, each in reference.errors().items() if code in reference.FAMILIES}
    raised = {name for path in SOURCES for name in re.findall(r"raise (\w+)\(", path.read_text(encoding="utf-8"))}
    assert not families & raised


def test_every_kind_the_kernel_rejects_with_is_in_the_specification() -> None:
    told = {kind for names, _ in reference.kinds() for kind in names}
    kernel = [path for path in SOURCES if path.parent.name == "kernel"]
    used = {kind for path in kernel for kind in re.findall(r'(?:reject|Rejection)\("(\w+)"', path.read_text("utf-8"))}
    assert not used - told
    assert all(f"`{kind}`" in reference.errors_page() for kind in told)


def test_an_error_says_in_its_docstring_what_it_is() -> None:
    assert not [code for code, each in reference.errors().items() if not (each.__doc__ or "").rstrip().endswith(".")]


def test_every_option_is_explained() -> None:
    silent = [
        f"{name} {option.opts[0]}"
        for name, command in reference.commands(reference.quod_command, "quod")
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert not silent


def test_a_code_without_entry_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    known = reference.errors()
    monkeypatch.setattr(reference, "errors", lambda: {**known, "brand_new": known["quod"]})
    with pytest.raises(SystemExit, match="brand_new"):
        reference.errors_page()


def test_an_entry_without_code_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    known = reference.errors()
    monkeypatch.setattr(reference, "errors", lambda: {code: each for code, each in known.items() if code != "unsafe"})
    with pytest.raises(SystemExit, match="unsafe"):
        reference.errors_page()
