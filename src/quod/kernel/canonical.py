"""Canonical bytes and digests (``spec/format.md`` §1).

A document is JSON of objects, arrays and strings only. It is canonical if writing its value again gives the same
bytes; the caps on size, depth and digits are tested on the raw bytes before anything is parsed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import unicodedata
from itertools import accumulate
from typing import Any

from quod.kernel.rejection import reject

MAX_BYTES = 16_777_216
MAX_COMMAS = 400_000
MAX_BRACKETS = 400_000
MAX_QUOTES = 2_000_000
MAX_DEPTH = 64
MAX_DIGITS = 300

# possessive: nothing is tried twice, and no stack of choices is kept
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_TOO_MANY_DIGITS = b"0" * (MAX_DIGITS + 1)
_ONLY_STRUCTURE = re.compile(rb"[\[\]{},:]*")
_CHANGE = bytes.maketrans(b"[{]}", b"(())")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STEP = {ord("("): 1, ord(")"): -1}.__getitem__

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def write(value: Any) -> str:
    """The canonical text of *value*: nested dicts, lists or tuples, and strings.

    >>> write({"b": ["x"], "a": "1"})
    '{"a":"1","b":["x"]}'
    """
    return _encode(value)


def canonical(value: Any) -> bytes:
    """The canonical bytes of *value*."""
    return _encode(value).encode()


def read(raw: bytes) -> Any:
    """The value that canonical bytes spell.

    Fails when: a cap is exceeded (``too_large``, ``too_deep``, ``too_many_digits``) or the bytes are not canonical
    (``malformed_bytes``).
    """
    brackets = raw.count(b"[") + raw.count(b"{")
    if len(raw) > MAX_BYTES or raw.count(b",") > MAX_COMMAS or brackets > MAX_BRACKETS or raw.count(b'"') > MAX_QUOTES:
        reject("too_large", bytes=len(raw))
    structure = _STRING.sub(b"", raw)
    if max(accumulate(map(_STEP, structure.translate(_CHANGE, _NOT_BRACKETS))), default=0) > MAX_DEPTH:
        reject("too_deep")
    if _TOO_MANY_DIGITS in raw.translate(_DIGITS):
        reject("too_many_digits")
    if not _ONLY_STRUCTURE.fullmatch(structure):
        reject("malformed_bytes")
    try:
        text = raw.decode()
        value = json.loads(text)
    except (ValueError, RecursionError):
        reject("malformed_bytes")
    # an escaped surrogate survives parsing, so the text is compared, never encoded again
    if "\\u0000" in text and "\0" in _strings(value) or _encode(value) != text:
        reject("malformed_bytes")
    if not unicodedata.is_normalized("NFC", text):
        reject("malformed_bytes")
    return value


def _strings(value: Any) -> str:
    if isinstance(value, str):
        return value
    parts = value if isinstance(value, list) else [*value.keys(), *value.values()]
    return "".join(map(_strings, parts))


def sha256(domain: str, body: bytes) -> bytes:
    """SHA-256 of *body*, separated by *domain*."""
    return hashlib.sha256(b"quod1." + domain.encode() + b"\n" + body).digest()


def spell(raw: bytes) -> str:
    """The 32 bytes *raw* as a digest: base64url without padding."""
    return base64.urlsafe_b64encode(raw)[:43].decode()


def unspell(digest: Any) -> bytes:
    """The 32 bytes of a digest. Fails when: it is not exactly such a text (``malformed_value``)."""
    if isinstance(digest, str) and len(digest) == 43 and digest.isascii():
        try:
            raw = base64.urlsafe_b64decode(digest + "=")
        except (ValueError, binascii.Error):
            reject("malformed_value", digest=digest)
        if len(raw) == 32 and spell(raw) == digest:
            return raw
    reject("malformed_value", digest=digest)


def digest(domain: str, value: Any) -> str:
    """``H(domain, value)``: the digest of the canonical bytes of *value*."""
    return spell(sha256(domain, canonical(value)))
