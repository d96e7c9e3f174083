"""Same theory and question: the same bytes under every hash seed; the same verdict in every order of sentences."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from examine import Subject
from programs import random_program

HERE = Path(__file__).parent
PRINT_DIGESTS = f"""
import sys
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parents[1] / "src")!r}]
from random import Random
from examine import Subject
from programs import random_program
from quod.kernel.canonical import canonical, digest
for seed in range(40):
    subject = Subject(random_program(Random(seed)))
    for atom in subject.program.atoms:
        shown = subject.prover.verdict(atom).shown
        print(digest("proof", [shown.goal, shown.proof]))
"""


def _digests(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = subprocess.run(
        [sys.executable, "-c", PRINT_DIGESTS], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout


def test_hash_seeds_change_nothing() -> None:
    first = _digests("0")
    assert first.count("\n") > 300
    assert first == _digests("1") == _digests("4242")


@pytest.mark.parametrize("seed", range(30))
def test_shuffled_sentences_give_the_same_verdicts(seed: int) -> None:
    program = random_program(Random(seed))
    verdicts = [Subject(program).prover.verdict(atom).verdict for atom in program.atoms]
    for _ in range(3):
        clauses = list(program.clauses)
        Random(seed).shuffle(clauses)
        program.clauses = tuple(clauses)
        assert [Subject(program).prover.verdict(atom).verdict for atom in program.atoms] == verdicts
