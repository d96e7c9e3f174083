"""Lying provers about single steps: what was assumed, claimed, applied, contested, or true last year."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

from build import *
from lies import lie
from worlds import *


def inferences() -> None:
    goal = [holds(atom("penguin", "tweety"))]
    step = assume(atom("penguin", "tweety"))
    lie("assumed", "`assume`", "The goal itself assumed.", "assumption_not_allowed", "last", Birds, goal, step)
    claims = claim(atom("bird", "rex"), "model-1", n(1)), claim(atom("tame", "rex"), "model-2", n(1))
    cl = clause("Tame birds are pets.", atom("pet", X), pos("bird", X), pos("tame", X))
    th = Theory(cl)
    step = apply(the(theory(th, "pet/1"), cl), {"X": "rex"}, *claims)
    lie(
        "sure_models",
        "model claim (model id, probability, never combined here)",
        "Two models are certain; it stays claimed.",
        "grade_too_low",
        "last",
        th,
        [holds(atom("pet", "rex"))],
        step,
        grade="attested",
    )
    o = theory(Birds, "bird/1", "abnormal/1", "penguin/1", "fly/1")
    step = apply(the(o, ODD), {"X": "tweety"}, pingu(o))
    lie(
        "other_binding",
        "`apply` (rule, explicit substitution, premises)",
        "What is shown of Pingu used of Tweety.",
        "premise_mismatch",
        step,
        Birds,
        [holds(atom("abnormal", "tweety"))],
        step,
    )
    step = apply(the(o, FLY), {"X": "pingu"}, apply(the(o, BIRDS), {"X": "pingu"}, pingu(o)))
    lie(
        "exception_skipped",
        "`apply` (rule, explicit substitution, premises)",
        "The exception simply has no premise.",
        "bad_premise",
        step,
        Birds,
        [holds(atom("fly", "pingu"))],
        step,
        defaults=["*"],
    )
    sentence = "equality, conjunction, disjunction, quantifiers"
    body = [atom("bird", X)]
    step = each(body, atom("bird", X), o, apply(the(o, TWEETY), {}))
    lie(
        "one_for_all",
        sentence,
        "All things are as Tweety is.",
        "premise_mismatch",
        step,
        Birds,
        [always(body, atom("bird", X))],
        step,
        true=True,
    )
    generic = apply(the(o, FLY), {"X": s("!X")}, assume(atom("bird", s("!X"))), odd_birds(o))
    lie(
        "all_birds",
        "No `tables` under an undischarged assumption: *what if* is a new context.",
        "All birds fly: a generic bird is not listed as abnormal.",
        "assumption_in_closure",
        generic,
        Birds,
        [always(body, atom("fly", X))],
        each(body, atom("fly", X), o, generic),
        defaults=["*"],
    )
    step = claim(atom("penguin", s("!X")), "m", n(1))
    lie(
        "generic_claim",
        sentence,
        "A model's claim about a generic individual, to reach all.",
        "malformed_value",
        step,
        Birds,
        [always([], atom("bird", "rex"))],
        each([], atom("bird", "rex"), o, step),
        grade="claimed",
    )
    o = theory(Anne, "cold/1", "~cold/1", "red/1", "kind/1", "~kind/1", "~red/1")
    red = apply(the(o, RED), {})
    step = contested(red, apply(the(o, NOT_COLD), {"X": "anne"}, red))
    lie(
        "contested",
        "`contested`",
        "Red, and not cold: no conflict.",
        "premise_mismatch",
        step,
        Anne,
        [both(atom("red", "anne"))],
        step,
    )
    kind = apply(the(o, KIND), {"X": "anne"}, apply(the(o, COLD), {}))
    step = uncontested(o, kind)
    lie(
        "contested_premise",
        "`proved` = `holds p`, and no clause derives `neg p`",
        "Anne is kind because cold, but that is contested.",
        "contest_not_excluded",
        step,
        Anne,
        [proved(atom("kind", "anne"))],
        step,
    )
    sentence = "Dates: months added to the earlier date and clamped; rounding names its mode"
    cl = clause("The term ends in March.", atom("march"), c("add", d("2025-01-31"), u(1, 0), X), c("month", X, n(3)))
    th = Theory(cl)
    step = apply(the(theory(th, "march/0"), cl), {"X": d("2025-03-03")})
    lie(
        "months_carried",
        sentence,
        "A month from 31 January carried over to March.",
        "computation_false",
        step,
        th,
        [holds(atom("march"))],
        step,
    )
    cl = clause("Rounded it is 3.", atom("three"), c("round", n("5/2"), n(0), "half_even", n(3)))
    th = Theory(cl)
    step = apply(the(theory(th, "three/0"), cl), {})
    lie(
        "other_rounding",
        sentence,
        "Rounded in another mode than the one named.",
        "computation_false",
        step,
        th,
        [holds(atom("three"))],
        step,
    )
    o = theory(Rates, "rate/1")
    step = apply(the(o, OLD), {})
    sentence = "the kernel compares with the context's date"
    lie(
        "old_now",
        sentence,
        "A proof from last year, shown again.",
        "not_in_force",
        step,
        Rates,
        [holds(atom("rate", n(5)))],
        step,
        now="2027-03-01",
    )
    step = tables([(atom("rate", V), [atom("rate", n(5))])], o, the(o, OLD), the(o, NEW))
    lie(
        "old_closure",
        sentence,
        "A closure from last year: the new rate is in force by now.",
        "unlisted_answer",
        step,
        Rates,
        [refuted(atom("rate", n(6)))],
        step,
        now="2027-03-01",
    )
    fact = apply(the(theory(Birds, "bird/1"), TWEETY), {})
    lie(
        "other_goal",
        "against a goal and a context fixed outside the proof",
        "A good proof of something else.",
        "wrong_goal",
        "last",
        Birds,
        [holds(atom("bird", "rex"))],
        fact,
    )


def all_cases() -> None:
    inferences()
