"""Bulk deduction: rules compiled to SQL, for many cases at once.

`BulkProgram` evaluates the same clauses as the goal-directed prover, stratum by stratum, on an `SqlEngine`. It writes
no proofs and shares no evaluation code with the prover, so that each can be compared with the other. What has no exact
SQL is refused (`NotInBulk`), and cases that meet a computation outside its domain are named, never guessed.
"""

from quod.reasoning.bulk.decisions import CASE, BulkDecisions, CaseQuestion, Scope
from quod.reasoning.bulk.engine import DuckDb, MissingExtra, SqlEngine
from quod.reasoning.bulk.files import BadRow, FileReader, FileTable
from quod.reasoning.bulk.program import BulkProgram
from quod.reasoning.bulk.refusals import NotInBulk

__all__ = [
    "CASE",
    "BadRow",
    "BulkDecisions",
    "BulkProgram",
    "CaseQuestion",
    "DuckDb",
    "FileReader",
    "FileTable",
    "MissingExtra",
    "NotInBulk",
    "Scope",
    "SqlEngine",
]
