"""Questions about everything: answered in general, case by case where all is closed, or by a counterexample."""

from __future__ import annotations

import pytest

from quod.routing import loads

CATS = "Jack is a volunteer. Tom is a cat. No volunteer walks a cat."
CLOSED = "---\nclosed: [cat/1, tame/1, dog/1]\n---\nTom is a cat. Kit is a cat. Tom is tame. Kit is tame. Rex is a dog."


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        (CATS, "Does no volunteer walk a cat?", "proved"),
        (CATS, "Does any volunteer walk a cat?", "refuted"),
        (CATS, "Does Jack walk a cat?", "refuted"),
        (CATS, "Does Tom walk a cat?", "unknown"),
        (CLOSED, "Are all cats tame?", "proved"),
        ("Cats are tame. Tom is a cat.", "Are all cats tame?", "proved"),
        ("Tom is a cat. Tom is not tame.", "Are all cats tame?", "refuted"),
        ("Tom is a cat. Tom is tame.", "Are all cats tame?", "unknown"),
    ],
)
def test_verdict(text: str, question: str, verdict: str) -> None:
    answer = loads(text, now="2026-01-01").ask(question)
    assert answer.verdict == verdict
    assert bool(answer.proof) == (verdict != "unknown" or bool(answer.report))
