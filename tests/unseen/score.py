"""Scores the English reader on ``english.jsonl``: read correctly, wrongly read, refused.

Forms are compared up to the names of variables, the order of body literals and the order of forms. An ambiguous
outcome counts as refused. Run: ``python tests/unseen/score.py [english2.jsonl] [--show]``.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from pathlib import Path

from quod.language import EnglishReader

VARIABLE = re.compile(r"\b[A-Z]\w*\b")


def parts(text: str, separator: str) -> list[str]:
    """*text* cut at *separator* outside parentheses."""
    found, depth, start = [], 0, 0
    for index, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and text.startswith(separator, index):
            found.append(text[start:index])
            start = index + len(separator)
    return [part.strip() for part in [*found, text[start:]]]


def shape(form: str) -> str:
    """*form* with literals, alternatives and bound variables in alphabetical order."""
    form = form.strip().removesuffix(".").strip()
    tag = ""
    for start in ("unused:", "?"):
        if form.startswith(start):
            tag, form = start, form.removeprefix(start).strip()
    while found := re.match(r"((?:[A-Z]\w*)(?:\s*,\s*[A-Z]\w*)*)\s*:(?!-)\s*(.*)", form):
        if tag == "?":
            tag += " which " + " ".join(sorted(re.split(r"\s*,\s*", found.group(1))))
        form = found.group(2)
    if found := re.match(r"(some|each)\s*([A-Z]\w*(?:\s*,\s*[A-Z]\w*)*)?\s*:(?!-)\s*(.*)", form):
        tag += " " + found.group(1)
        if found.group(1) == "some":
            tag += " " + " ".join(sorted(re.split(r"\s*,\s*", found.group(2) or "")))
        form = found.group(3)
    head, _, body = form.partition(":-")
    left, arrow, right = head.partition("->")
    for word in (" or ", " xor "):
        if len(parts(left, word)) > 1:
            left = word.join(sorted(", ".join(sorted(parts(part, ","))) for part in parts(left, word)))
            break
    else:
        left = ", ".join(sorted(parts(left, ",")))
    tail = ", ".join(sorted(parts(body, ","))) if body.strip() else ""
    return f"{tag}|{left}|{arrow}{right.strip()}|{tail}"


def canonical(form: str) -> str:
    """The same string for forms that differ only in names of variables and in order."""
    form = re.sub(r"\s+", " ", form)
    names = sorted(set(VARIABLE.findall(form)))
    best = ""
    for chosen in itertools.permutations(range(len(names))):
        renaming = {name: f"V{index}" for name, index in zip(names, chosen, strict=True)}
        renamed = shape(VARIABLE.sub(lambda m, r=renaming: r[m.group()], form))  # type: ignore[misc]
        best = min(best or renamed, renamed)
    return best


def outcome(reader: EnglishReader, sentence: str) -> tuple[list[str] | None, str]:
    """The forms of the single reading, or None and why."""
    if sentence.rstrip().endswith("?"):
        asked = reader.ask(sentence)
        if len(asked.readings) == 1:
            return [asked.readings[0].logic], ""
        return None, asked.problem.reason if asked.problem else "ambiguous"
    read = reader.read(sentence)
    if read.status == "read":
        return list(read.readings[0].logic), ""
    return None, read.problem.reason if read.problem else "ambiguous"


def score(path: Path) -> tuple[dict[str, int], list[str]]:
    """Counts, and a line for every sentence that is not as it should be."""
    reader = EnglishReader()
    counts = {"right": 0, "wrong": 0, "refused": 0, "refused_as_should": 0, "read_but_should_not": 0}
    lines: list[str] = []
    for text in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        forms, why = outcome(reader, row["sentence"])
        gold = row["forms"]
        if forms is None:
            kind = "refused_as_should" if gold is None else "refused"
        elif gold is None:
            kind = "read_but_should_not"
        else:
            kind = "right" if {*map(canonical, gold)} == {*map(canonical, forms)} else "wrong"
        counts[kind] += 1
        if kind not in ("right", "refused_as_should"):
            lines.append(f"{kind}\t{row['id']}\t{row['sentence']}\n\tgold {gold}\n\tread {forms or why}")
    return counts, lines


def main() -> None:
    """Prints the figures; with ``--show`` also each sentence that is not as it should be."""
    named = [name for name in sys.argv[1:] if name.endswith(".jsonl")]
    counts, lines = score(Path(__file__).with_name(named[0] if named else "english.jsonl"))
    should = counts["right"] + counts["wrong"] + counts["refused"]
    if "--show" in sys.argv:
        print("\n".join(lines))
    print(json.dumps(counts))
    print(
        f"read correctly {100 * counts['right'] / should:.1f} % of {should}; wrongly read "
        f"{counts['wrong'] + counts['read_but_should_not']}"
    )


if __name__ == "__main__":
    main()
