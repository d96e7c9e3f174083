"""Routing: from a question to a checked answer.

`load` reads a theory; the `Handle` it returns is asked. An `Answer` carries the verdict, the proof the kernel accepted,
and the reasons in English; an answer file carries it to somebody else, who checks it against a lock.
"""

from quod.routing.answers import (
    Answer,
    Carried,
    Cost,
    UnusableProof,
    carried,
    context_fields,
    load_carried,
    under_lock,
)
from quod.routing.handle import FUEL, Handle, NotADate, NotAQuestion, ProofRejected, load, loads
from quod.routing.reasons import Reason, Say, Told, draw, tell
from quod.routing.shown import can_carry, say_goal
from quod.routing.tested import Outcome, Tested
from quod.routing.what_if import Supposed, WhatIf
from quod.routing.why import Why
from quod.routing.why_not import Lack, NotOneThing, Way, WhyNot

__all__ = [
    "FUEL",
    "Answer",
    "Carried",
    "Cost",
    "Handle",
    "Lack",
    "NotADate",
    "NotAQuestion",
    "NotOneThing",
    "Outcome",
    "ProofRejected",
    "Reason",
    "Say",
    "Supposed",
    "Tested",
    "Told",
    "UnusableProof",
    "Way",
    "WhatIf",
    "Why",
    "WhyNot",
    "can_carry",
    "carried",
    "context_fields",
    "draw",
    "load",
    "load_carried",
    "loads",
    "say_goal",
    "tell",
    "under_lock",
]
