"""Untrusted provers: deduction that finds answers, goal-directed and tabled, and writes the proofs the kernel checks."""
