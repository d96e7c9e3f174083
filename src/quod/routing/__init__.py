"""Routing: from a question to a checked answer.

`load` reads a theory; the `Handle` it returns is asked. An `Answer` carries the verdict, the proof the kernel accepted,
and the reasons in English; an answer file carries it to somebody else, who checks it against a lock.
"""

from quod.routing.answers import Answer, Carried, Cost, UnusableProof, carried, load_carried, under_lock
from quod.routing.handle import Handle, NotAQuestion, ProofRejected, load, loads
from quod.routing.reasons import Reason, Told, draw, tell

__all__ = [
    "Answer",
    "Carried",
    "Cost",
    "Handle",
    "NotAQuestion",
    "ProofRejected",
    "Reason",
    "Told",
    "UnusableProof",
    "carried",
    "draw",
    "load",
    "load_carried",
    "loads",
    "tell",
    "under_lock",
]
