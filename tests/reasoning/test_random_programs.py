"""Random stratified programs: the engine, the reference evaluator and clingo have one model, and every proof checks."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from answer_sets import clingo_model
from examine import Subject, lies_are_rejected, models_agree, question_is_right, questions, verdict_is_right
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import random_program, wrapped

PROGRAMS = 300
MANY = 10_000
PROGRESS = Path(".quod/assure/reasoning-programs.txt")


def examine(random: Random, with_compounds: bool) -> Counter:
    """One program, all round: model, verdicts, closures, questions, and lies; what was seen."""
    program = random_program(random)
    subject = Subject(wrapped(program) if with_compounds else program)
    assert subject.model == clingo_model(subject.given)
    some = list(dict.fromkeys([*sorted(subject.model)[:6], *subject.program.atoms[:6]]))
    models_agree(subject, some[:4])
    seen: Counter = Counter()
    for atom in some:
        seen[verdict_is_right(subject, atom).verdict] += 1
        if atom in subject.model:
            seen += lies_are_rejected(subject, atom)
    for question in questions(subject.program)[:2]:
        question_is_right(subject, question)
    return seen


@pytest.mark.parametrize("block", range(10))
def test_random_programs(block: int) -> None:
    """Three hundred programs, in ten blocks."""
    seen: Counter = Counter()
    for seed in range(block, PROGRAMS, 10):
        seen += examine(Random(seed), seed % 4 == 3)
    for verdict in ("proved", "refuted", "unknown", "conflict", "unlisted_answer"):
        assert seen[verdict]


@given(st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=25)
def test_random_programs_shrunk(random: Random, with_compounds: bool) -> None:
    """The same under Hypothesis, which finds small counterexamples."""
    examine(random, with_compounds)


@pytest.mark.assure
def test_ten_thousand_programs() -> None:
    """The long run; it resumes where it was stopped."""
    PROGRESS.parent.mkdir(parents=True, exist_ok=True)
    start = int(PROGRESS.read_text()) if PROGRESS.exists() else 0
    many = int(os.environ.get("QUOD_ASSURE_PROGRAMS", MANY))
    for seed in range(start, many):
        examine(Random(1_000_000 + seed), seed % 4 == 3)
        if seed % 100 == 99:
            PROGRESS.write_text(str(seed + 1))
    PROGRESS.unlink(missing_ok=True)
