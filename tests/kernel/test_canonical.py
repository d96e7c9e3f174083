from __future__ import annotations

import hashlib
import importlib
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quod.kernel.rejection import Rejection

c = importlib.import_module("quod.kernel.canonical")  # the package gives the name to its function

strings = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8).map(
    lambda text: unicodedata.normalize("NFC", text)
)
values = st.recursive(
    strings, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(strings, inner, max_size=4), max_leaves=12
)


def kind(raw: bytes) -> str:
    try:
        c.read(raw)
    except Rejection as rejection:
        return rejection.kind
    return ""


def by_hand(value: Any) -> str:
    """The canonical text, written again from the specification."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode())
        return "{" + ",".join(f"{by_hand(key)}:{by_hand(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(by_hand, value)) + "]"
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    return '"' + "".join(short.get(x, x if x >= " " else f"\\u{ord(x):04x}") for x in value) + '"'


@given(values)
def test_round_trip(value: Any) -> None:
    raw = c.canonical(value)
    assert raw == by_hand(value).encode()
    if unicodedata.is_normalized("NFC", raw.decode()):
        assert c.read(raw) == value


@given(values, st.data())
def test_another_spelling_of_the_same_value_is_rejected(value: Any, data: st.DataObject) -> None:
    text = c.write(value)
    spellings = {
        json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True),
        json.dumps(value, ensure_ascii=False, sort_keys=True),
        json.dumps(value, ensure_ascii=False, separators=(",", ":"), indent=0),
        f" {text}",
        f"{text}\n",
        "﻿" + text,
        unicodedata.normalize("NFD", text),
        unicodedata.normalize("NFKC", text),
        text.replace('"', '"\\u0061', 1),
        text.replace("/", "\\/"),
    }
    other = data.draw(st.sampled_from(sorted(spellings)))
    if other != text:
        changed = "" if kind(other.encode()) else c.write(c.read(other.encode()))
        assert changed in ("", other)
        assert changed != text


@given(values, st.data())
def test_any_changed_byte_is_another_document_or_none(value: Any, data: st.DataObject) -> None:
    raw = bytearray(c.canonical(value))
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    if bytes(raw) != c.canonical(value) and not kind(bytes(raw)):
        assert c.canonical(c.read(bytes(raw))) == bytes(raw)
        assert c.read(bytes(raw)) != value


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"1",
        b"null",
        b"true",
        b'{"a":1}',
        b"[1]",
        b'["a",]',
        b'["a" ,"b"]',
        b'{"b":"","a":""}',
        b'{"a":"","a":""}',
        b'["\\u0041"]',
        b'["\\u0000"]',
        b'["\0"]',
        b'["\\/"]',
        b'["\\ud800"]',
        b'["\xed\xa0\x80"]',
        b'["\xc0\xaf"]',
        b'["\xff"]',
        b'["e\xcc\x81"]',
        b'{"e\xcc\x81":""}',
        b'\xef\xbb\xbf["a"]',
        b'["a"]\n',
        b'["a',
        b'["a\\',
        b'["a]',
        b"[}",
        b"[" * 64,
        b"]" * 65 + b"[" * 65,
        b'["\x1f"]',
        b'["\\u001F"]',
        b'["\\n", "x"]',
        b'["a"]["b"]',
        b'["a" "b"]',
        b'{"a"}',
        b"NaN",
        b"[-0]",
        '["x ́"]'.encode() + b"\xcc",
    ],
)
def test_malformed(raw: bytes) -> None:
    assert kind(raw) == "malformed_bytes"


@pytest.mark.parametrize(
    "value",
    ["", [], {}, "\\u0000", "\x7f", "  ", "😀", {"￿": "", "😀": ""}, ["\x01\x1f"], {"__proto__": "x"}, "a\\u0000"],
)
def test_well_formed(value: Any) -> None:
    assert c.read(c.canonical(value)) == value


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def test_caps_stand_exactly_where_the_specification_says() -> None:
    assert kind(nested(64)) == ""
    assert kind(nested(65)) == "too_deep"
    assert kind(b'["' + b"[" * 70 + b'"]') == ""
    assert kind(b'["\\"' + b"[" * 70 + b'"]') == ""
    assert kind(b'["\\\\",' + nested(64) + b"]") == "too_deep"
    assert kind(b"]]" + b"[" * 66) == "malformed_bytes"
    assert kind(b"]]" + b"[" * 67) == "too_deep"
    assert kind(b"[" * 64 + b"]" + b"[" * 2) == "too_deep"
    assert kind(b'"' + b"9" * 300 + b'"') == ""
    assert kind(b'"' + b"9" * 301 + b'"') == "too_many_digits"
    assert kind(b'"' + (b"9" * 300 + b"x") * 3 + b'"') == ""
    assert kind(b'"x' + b"1" * 300 + b"x" + b"0" * 301 + b'"') == "too_many_digits"
    assert kind(b'"' + b"," * 400_000 + b'"') == ""
    assert kind(b'"' + b"," * 400_001 + b'"') == "too_large"
    assert kind(b'"' + b"[{" * 200_000 + b'"') == ""
    assert kind(b'"' + b"[{" * 200_000 + b'["') == kind(b'"' + b"{" * 400_001 + b'"') == "too_large"
    assert kind(b'"' + b'\\"' * 1_999_998 + b'"') == ""
    assert kind(b'"' + b'\\"' * 1_999_999 + b'"') == "too_large"
    assert kind(b'"' + b"x" * (c.MAX_BYTES - 2) + b'"') == ""
    assert kind(b'"' + b"x" * (c.MAX_BYTES - 1) + b'"') == "too_large"


def test_the_caps_come_in_order() -> None:
    assert kind(b"[" * 65 + b"9" * 301 + b"," * 400_001) == "too_large"
    assert kind(b"[" * 65 + b"9" * 301) == "too_deep"
    assert kind(b"9" * 301) == "too_many_digits"


def test_digests() -> None:
    raw = hashlib.sha256(b'quod1.step\n{"a":"b"}').digest()
    assert c.sha256("step", b'{"a":"b"}') == raw
    text = c.digest("step", {"a": "b"})
    assert len(text) == 43 and c.unspell(text) == raw and c.spell(raw) == text
    assert c.digest("clause", {"a": "b"}) != text


@given(st.binary(min_size=32, max_size=32))
def test_digest_text_is_one_to_one(raw: bytes) -> None:
    assert c.unspell(c.spell(raw)) == raw


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A" * 42,
        "A" * 44,
        "A" * 42 + "=",
        "A" * 42 + "B",
        "+" + "A" * 42,
        "é" + "A" * 42,
        " " + "A" * 42,
        "A" * 41 + "/A",
        7,
        None,
        ["A" * 43],
    ],
)
def test_what_is_no_digest(text: Any) -> None:
    with pytest.raises(Rejection) as caught:
        c.unspell(text)
    assert caught.value.kind == "malformed_value"
