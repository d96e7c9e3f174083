"""Decision tables: each row said as a sentence, "If the weight of a parcel is up to 1 kg, then the fee … is $3"."""

from __future__ import annotations

import re
from typing import Final

from quod.language.policy.tokens import Token

_INTRODUCED: Final = re.compile(
    r"(?:the|a) (?P<attribute>[\w -]+?) (?:of|for) (?P<det>a|an|each|every) (?P<owner>[\w -]+?) (?:is|depends)"
    r" (?:given |shown |set |set out |read |found |taken )?(?:as |by |in |from |on |according to )*"
    r"(?:the |this )?(?:following )?(?:table|follows)?(?: below)? ?[:.]?",
    re.IGNORECASE,
)
_ANY: Final = frozenset(["", "-", "–", "—", "any", "all", "*"])
_RANGE: Final = re.compile(r"(?P<low>[$€£]?[\d.,]+) ?(?:-|–|to) ?(?P<high>[$€£]?[\d.,]+.*)", re.IGNORECASE)


def cells(tokens: list[Token]) -> tuple[str, list[list[str]]]:
    """What stands before the table, and its rows; each cell follows a ``|``, each row ends with ``¶``."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token.low == "|":
            parts.append([])
        else:
            parts[-1].append(token.text if token.kind != "value" else _written(token))
    texts = [" ".join(part).replace(" 's", "'s").strip() for part in parts]
    rows: list[list[str]] = [[]]
    for text in texts[1:]:
        if text == "¶":
            rows.append([])
        else:
            rows[-1].append(text)
    return texts[0], [row for row in rows if row]


def _written(token: Token) -> str:
    if token.of.sort == "days":
        months, days = token.more
        return f"{months} months" if months else f"{days} days"
    return f"{token.text} {token.of.unit}" if token.of.sort == "measure" else token.text


def table_sentences(tokens: list[Token]) -> list[str]:
    """A sentence for each row; none where the words before the table do not say what it gives."""
    intro, table = cells(tokens)
    header, rows = (table[0], table[1:]) if table else ([], [])
    found = _INTRODUCED.fullmatch(intro.strip())
    if found is None or not rows or len(header) < 2:
        return []
    attribute, owner = found["attribute"].lower(), found["owner"].lower()
    if header[-1].lower() not in (attribute, attribute.split()[-1]):
        return []
    said: list[str] = []
    for row in rows:
        if len(row) != len(header):
            return []
        conditions = [
            f"the {name.lower()} of {'a' if at == 0 else 'the'} {owner} is {_cell(cell)}"
            for at, (name, cell) in enumerate(zip(header[:-1], row[:-1], strict=True))
            if cell.lower() not in _ANY
        ]
        result = f"the {attribute} of {'the' if conditions else 'a'} {owner} is {row[-1]}"
        if conditions and not conditions[0].startswith(f"the {header[0].lower()} of a"):
            conditions[0] = conditions[0].replace(" of the ", " of a ", 1)
        said.append(f"if {' and '.join(conditions)} then {result}" if conditions else result)
    return said


def _cell(cell: str) -> str:
    ranged = _RANGE.fullmatch(cell)
    if ranged is not None:
        unit = ranged["high"].lstrip("$€£0123456789.,").strip()
        return f"from {ranged['low']} {unit} to {ranged['high']}".replace("  ", " ")
    for word in ("up to", "to at most", "and at most"):
        first, found, last = cell.partition(f" {word} ")
        if found and first:
            return f"{first} and up to {last}"
    return cell
