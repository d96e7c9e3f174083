"""Bulk deduction: rules compiled to SQL, for many cases at once.

`BulkProgram` evaluates the same clauses as the goal-directed prover, stratum by stratum, on an `SqlEngine`. It writes no
proofs and shares no evaluation code with the prover, so that each can be compared with the other. What has no exact SQL
is refused (`NotInBulk`), and cases that meet a computation outside its domain are named, never guessed.
"""
