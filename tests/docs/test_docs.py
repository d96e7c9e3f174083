"""Every command and every Python block of the documentation runs, and prints what the page says it prints."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("refresh_docs", ROOT / "scripts" / "refresh_docs.py")
assert _spec is not None
assert _spec.loader is not None
refresh_docs = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(refresh_docs)

PAGES = [page for page in refresh_docs.pages() if page.exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page_is_true_today(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert refresh_docs.refreshed(text) == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    import re

    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_a_stale_page_is_noticed() -> None:
    stale = "```console\n$ quod --version\nquod 0.0.0\n```\n"
    assert refresh_docs.refreshed(stale) != stale


def test_only_quod_is_run() -> None:
    with pytest.raises(ValueError, match="only quod"):
        refresh_docs.run("rm -rf nothing")
