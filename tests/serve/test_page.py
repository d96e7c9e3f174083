"""The text of the page: what is in it, what may run, and that data stays data."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from quod.kernel.errors import NotUsable
from quod.serve import page

STATIC = Path(__file__).resolve().parents[2] / "src" / "quod" / "serve" / "static"


class Seen(HTMLParser):
    """The elements, attributes and inline scripts and styles of a page, as a browser's parser splits them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.inline: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._open = (tag, dict(attrs)) if tag in ("script", "style") else None

    def handle_data(self, data: str) -> None:
        if self._open:
            self.inline.append((*self._open, data))
            self._open = None

    def handle_endtag(self, tag: str) -> None:
        self._open = None


def policy_of(seen: Seen) -> dict[str, list[str]]:
    found = next(
        value for tag, name, value in seen.attributes if (tag, name) == ("meta", "content") and "default-src" in value
    )
    return {part.split()[0]: part.split()[1:] for part in found.split("; ")}


def test_only_what_is_hashed_may_run(nice: dict[str, Any]) -> None:
    seen = Seen(page(nice, {}))
    policy = policy_of(seen)
    assert policy["default-src"] == ["'none'"]
    assert policy["base-uri"] == policy["form-action"] == policy["trusted-types"] == ["'none'"]
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for tag, attributes, text in seen.inline:
        if attributes.get("type") != "application/json":
            hashes[tag].append(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")
    assert len(hashes["script"]) == 2 and hashes["script"] == policy["script-src"]
    assert len(hashes["style"]) == 1 and hashes["style"] == policy["style-src"]


def test_nothing_is_fetched_and_nothing_is_inline_in_attributes(nice: dict[str, Any]) -> None:
    seen = Seen(page(nice, {}))
    for tag, name, value in seen.attributes:
        assert name not in ("src", "style", "action", "srcset") and not name.startswith("on"), (tag, name, value)
    assert "link" not in seen.tags and "img" not in seen.tags
    for file in sorted(STATIC.iterdir()):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"https?:|url\(|@import", text), file.name


def test_the_scripts_never_make_markup_of_text() -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc|DOMParser|\.src\b"
    for file in sorted(STATIC.glob("*.js")):
        assert not re.search(forbidden, file.read_text(encoding="utf-8")), file.name


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b\u2029c", "&lt;", "{{script}}", "{{data}}"]
)
def test_data_cannot_leave_its_block(nice: dict[str, Any], text: str) -> None:
    made = page({**nice, "question": text, "answers": [text]}, {"3": text})
    plain = page(nice, {})
    assert Seen(made).tags == Seen(plain).tags
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', made, re.DOTALL)
    assert block and not re.search("[<>&\u2028\u2029]", block[1])
    data = json.loads(block[1])
    assert (
        data["answer"]["question"] == text and data["labels"]["3"] == text and data["answer"]["proof"] == nice["proof"]
    )


def test_a_lone_surrogate_can_be_written(nice: dict[str, Any]) -> None:
    assert page({**nice, "question": "\ud800"}, {}).encode("utf-8")


@pytest.mark.parametrize(
    "changed",
    [{"proof": None}, {"context": 1}, {"goal": ["x"]}, {"question": 3}, {"answers": "text"}, {"answers": [1]}],
)
def test_what_is_no_answer_file_is_refused(nice: dict[str, Any], changed: dict[str, Any]) -> None:
    with pytest.raises(NotUsable, match="answer file"):
        page({**nice, **changed}, {})


def test_the_same_bytes_under_every_hash_seed(nice: dict[str, Any], root: Path) -> None:
    program = "import json, sys; from quod.serve import page; print(page(json.load(sys.stdin), {'2': 'b', '1': 'a'}))"
    found = set()
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root / "src")}
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(nice),
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1
    assert page(nice, {"1": "a", "2": "b"}) == page(nice, {"2": "b", "1": "a"})


def test_every_kind_of_rejection_has_words(root: Path) -> None:
    table = [
        line.split("|")[1]
        for line in (root / "spec" / "rejections.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    specified = {kind for cell in table for kind in re.findall(r"`(\w+)`", cell)}
    words = (STATIC / "words.js").read_text(encoding="utf-8").partition("REJECTIONS")[2]
    assert set(re.findall(r"^  (\w+): ", words, re.MULTILINE)) == specified
