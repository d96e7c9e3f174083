"""Scores policy English on ``policy.jsonl``: probes answered as they should be, items read correctly, wrongly read.

An item is read correctly if every probe is answered rightly; wrongly read if any probe is answered, with a proof, by
something that is neither right nor accepted, or if an item that must be refused is read. Everything else is unread.
Run: ``python tests/unseen/score_policy.py [--show]``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from quod.kernel.errors import QuodError
from quod.routing import loads

NOW = "2026-01-01"
FRONT = "---\nenglish: policy\n---\n\n"
VERDICTS = {"proved": "yes", "refuted": "no", "unknown": "unknown", "conflict": "conflict"}


def texts(value: Any) -> list[str]:
    """A field that is a text or a list of texts."""
    return [value] if isinstance(value, str) else [str(each) for each in value or []]


def plain(value: str) -> str:
    """A value without what is only a way of writing it."""
    low = value.strip().removesuffix(".").lower().replace("_", " ")
    if low.startswith("$") and "." in low:
        low = low.rstrip("0").rstrip(".")
    return low


def answered(item: dict[str, Any], probe: dict[str, Any]) -> str:
    """The answer to one probe, or "unread"."""
    blocks = [*texts(item.get("book")), item["sentence"], *texts(probe.get("facts"))]
    try:
        answer = loads(FRONT + "\n\n".join(blocks), now=NOW).ask(probe["question"])
    except QuodError:
        return "unread"
    if answer.blocked_by or answer.verdict in ("ambiguous", "undecided"):
        return "unread"
    if answer.verdict == "proved" and answer.bindings:
        return ", ".join(answer.bindings)
    asks = probe["question"].split()[0].lower() in ("what", "which", "who", "how", "when")
    if asks and answer.verdict in ("proved", "refuted"):
        return "unknown"
    return VERDICTS[answer.verdict]


def is_read(item: dict[str, Any]) -> tuple[bool, str]:
    """Whether the sentence of an item is read, and the suggestion where it is not."""
    blocks = [*texts(item.get("book")), item["sentence"]]
    try:
        handle = loads(FRONT + "\n\n".join(blocks), now=NOW)
    except QuodError:
        return False, ""
    problems = [sourced.read for sourced in handle.theory.reads if sourced.read.status != "read"]
    suggestion = next((each.problem.suggestion for each in problems if each.problem), "")
    return not problems, suggestion


def score(path: Path) -> tuple[dict[str, int], dict[str, Counter[str]], list[str]]:
    """Counts, counts by topic, and a line for each item that is not as it should be."""
    counts: Counter[str] = Counter()
    topics: dict[str, Counter[str]] = {}
    lines: list[str] = []
    for text in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(text)
        kind, why = judge(item)
        counts[kind] += 1
        topics.setdefault(item["topic"], Counter())[kind] += 1
        if kind not in ("right", "refused_as_should"):
            lines.append(f"{kind}\t{item['id']}\t{item['topic']}\t{item['sentence']!r}\n\t{why}")
            if kind == "unread":
                counts["suggested"] += bool(is_read(item)[1])
    return dict(counts), topics, lines


def judge(item: dict[str, Any]) -> tuple[str, str]:
    """What became of one item, and why."""
    if item.get("refuse"):
        return ("read_but_should_not", item.get("why", "")) if is_read(item)[0] else ("refused_as_should", "")
    wrong: list[str] = []
    missed: list[str] = []
    for probe in item["probes"]:
        found = answered(item, probe)
        right = plain(str(probe["answer"]))
        accepted = {right, *(plain(each) for each in texts(probe.get("accept")))}
        if plain(found) == right:
            continue
        note = f"{probe['facts']} {probe['question']} right {probe['answer']!r}, found {found!r}"
        if found in ("unread", "unknown") or plain(found) in accepted:
            if plain(found) not in accepted:
                missed.append(note)
        else:
            wrong.append(note)
    if wrong:
        return "wrong", "\n\t".join(wrong)
    if missed:
        return "unread", "\n\t".join(missed)
    return "right", ""


def main() -> None:
    """Prints the figures; with ``--show`` also each item that is not as it should be."""
    counts, topics, lines = score(Path(__file__).with_name("policy.jsonl"))
    if "--show" in sys.argv:
        print("\n".join(lines))
    for topic in sorted(topics):
        print(topic, dict(topics[topic]))
    readable = counts.get("right", 0) + counts.get("wrong", 0) + counts.get("unread", 0)
    print(json.dumps(counts, sort_keys=True))
    wrong = counts.get("wrong", 0) + counts.get("read_but_should_not", 0)
    print(f"read correctly {100 * counts.get('right', 0) / readable:.1f} % of {readable}; wrongly read {wrong}")


if __name__ == "__main__":
    main()
