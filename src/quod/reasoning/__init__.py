"""Untrusted provers: deduction that finds answers, goal-directed and tabled, and writes the proofs the kernel checks.

A `Program` holds compiled rules; an `Evaluation` answers calls and remembers derivations; a `Prover` turns them into
findings: a verdict, a goal, and a proof that the kernel accepts as showing it.
"""

from quod.reasoning.evaluation import Evaluation, OutOfFuel
from quod.reasoning.findings import Finding, Shown
from quod.reasoning.ports import Commitment, RowSource
from quod.reasoning.program import Program
from quod.reasoning.prover import Prover
from quod.reasoning.session import Terms

__all__ = ["Commitment", "Evaluation", "Finding", "OutOfFuel", "Program", "Prover", "RowSource", "Shown", "Terms"]
