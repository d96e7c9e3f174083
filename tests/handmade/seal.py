"""Seal hand-written documents: canonical JSON, digests, row keys and partly opened trees, from the spec.

Nothing here is shared with the checkers: the hand-made proofs are a third reading of the specification.
"""

import base64
import hashlib
from fractions import Fraction
from typing import Any

Json = Any
SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def quoted(text: str) -> str:
    """Write one string with exactly the escapes of the restricted profile."""
    out = []
    for ch in text:
        if ch in SHORT_ESCAPES:
            out.append(SHORT_ESCAPES[ch])
        elif ch < " ":
            out.append(f"\\u{ord(ch):04x}")
        else:
            out.append(ch)
    return '"' + "".join(out) + '"'


def canon(value: Json) -> str:
    """Write objects, arrays and strings canonically."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(canon(v) for v in value) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda k: k.encode())
        return "{" + ",".join(quoted(k) + ":" + canon(value[k]) for k in keys) + "}"
    raise TypeError(f"not of the restricted profile: {value!r}")


def text_digest(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def raw_digest(text: str) -> bytes:
    """The 32 bytes of a digest text."""
    return base64.urlsafe_b64decode(text + "=")


def sealed(domain: str, value: Json) -> str:
    """`H(domain, value)` of the format page."""
    return text_digest(hashlib.sha256(f"quod1.{domain}\n".encode() + canon(value).encode()).digest())


# Row keys ------------------------------------------------------------------------------------------------


def integer_key(n: int) -> bytes:
    """`I(n)` of the commitments page."""
    if n == 0:
        return b"\x80"
    size = (abs(n).bit_length() + 7) // 8
    magnitude = abs(n).to_bytes(size, "big")
    return bytes([0x80 + size]) + magnitude if n > 0 else bytes([0x80 - size]) + flipped(magnitude)


def flipped(raw: bytes) -> bytes:
    """The bitwise complement."""
    return bytes(255 - b for b in raw)


def continued(value: Fraction) -> list[int]:
    """The canonical continued fraction; Euclid's last quotient is at least 2 by itself."""
    out, a, b = [], value.numerator, value.denominator
    while b:
        out.append(a // b)
        a, b = b, a % b
    return out


def number_key(text: str) -> bytes:
    """Tag 02, the terms alternately plain and complemented, the end byte."""
    terms = continued(Fraction(text))
    body = b"".join(flipped(integer_key(a)) if i % 2 else integer_key(a) for i, a in enumerate(terms))
    return b"\x02" + body + (b"\x00" if len(terms) % 2 else b"\xff")


def cell_key(term: Json) -> bytes:
    """The encoding of one ground cell."""
    tag = term[0]
    if tag == "b":
        return b"\x01" + (b"\x01" if term[1] == "true" else b"\x00")
    if tag == "n":
        return number_key(term[1])
    if tag == "d":
        return b"\x03" + term[1].encode()
    if tag == "u":
        return b"\x04" + integer_key(int(term[1])) + integer_key(int(term[2]))
    if tag in ("s", "t"):
        return (b"\x05" if tag == "s" else b"\x06") + term[1].encode() + b"\x00"
    if tag == "f":
        return b"\x07" + term[1].encode() + b"\x00" + b"".join(map(cell_key, term[2])) + b"\x00"
    return b"\x08" + term[1].encode()


# Trees ---------------------------------------------------------------------------------------------------

Leaf = tuple[bytes, bytes, Json]
"""Key, value (32 bytes or none), and the item that opens it."""


def bit(key: bytes, b: int) -> int:
    """Bit `b` of a key, 0 beyond its end."""
    return key[b // 8] >> (7 - b % 8) & 1 if b // 8 < len(key) else 0


def split(leaves: list[Leaf]) -> int:
    """The first bit on which the keys do not all agree."""
    b = 0
    while len({bit(key, b) for key, _, _ in leaves}) == 1:
        b += 1
    return b


def tree_root(leaves: list[Leaf]) -> bytes:
    """The root of a whole tree."""
    if not leaves:
        return hashlib.sha256(b"quod1.empty\n").digest()
    if len(leaves) == 1:
        key, value, _ = leaves[0]
        return hashlib.sha256(b"quod1.leaf\n" + len(key).to_bytes(4, "big") + key + value).digest()
    b = split(leaves)
    left = tree_root([leaf for leaf in leaves if not bit(leaf[0], b)])
    right = tree_root([leaf for leaf in leaves if bit(leaf[0], b)])
    return hashlib.sha256(b"quod1.node\n" + b.to_bytes(4, "big") + left + right).digest()


def reached(leaves: list[Leaf], prefix: bytes) -> set[bytes]:
    """The keys to open so that the prefix is completely shown."""
    within = {key for key, _, _ in leaves if key.startswith(prefix)}
    if within or not leaves:
        return within
    while len(leaves) > 1:
        b = split(leaves)
        leaves = [leaf for leaf in leaves if bit(leaf[0], b) == bit(prefix, b)]
    return {leaves[0][0]}


def opening(leaves: list[Leaf], shown: set[bytes]) -> list[Json]:
    """The tree in post-order with the given keys opened, everything else pruned."""
    if not leaves:
        return []
    if not any(key in shown for key, _, _ in leaves):
        return [["h", text_digest(tree_root(leaves))]]
    if len(leaves) == 1:
        return [leaves[0][2]]
    b = split(leaves)
    left = [leaf for leaf in leaves if not bit(leaf[0], b)]
    right = [leaf for leaf in leaves if bit(leaf[0], b)]
    return [*opening(left, shown), *opening(right, shown), ["n", str(b)]]
