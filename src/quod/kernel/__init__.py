"""The kernel: values, canonical bytes, commitments, the proof format, the primitives and `check`.

This is the only room that is trusted. It imports no other room and nothing outside the standard library; it reads no
clock, no file and no randomness. Start with `check`, which reads top to bottom.
"""

from quod.kernel.canonical import canonical, digest
from quod.kernel.check import Report, check, proof_digest
from quod.kernel.rejection import Rejection

__all__ = ["Rejection", "Report", "canonical", "check", "digest", "proof_digest"]
