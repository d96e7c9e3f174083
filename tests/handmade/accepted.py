"""Accepted proofs of logic: clauses, negation, absence, closures, questions, assumptions."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

from build import *
from worlds import *


def clauses_and_negation() -> None:
    o = theory(Birds, "bird/1")
    accept("ok_fact", "a stated fact", Birds, [holds(atom("bird", "tweety"))], apply(the(o, TWEETY), {}))

    o = theory(Birds, "bird/1", "penguin/1")
    accept(
        "ok_rule",
        "a rule with one premise",
        Birds,
        [holds(atom("bird", "pingu"))],
        apply(the(o, BIRDS), {"X": "pingu"}, pingu(o)),
    )

    o = theory(People, "man/1", "mortal/1", "die/1")
    accept("ok_chain", "two rules in a chain", People, [holds(atom("die", "socrates"))], socrates_dies(o))

    o = theory(People, "man/1", "mortal/1", "die/1", "~man/1", "~mortal/1", "~die/1")
    accept(
        "ok_chain_uncontested",
        "`proved`: no complement of the three atoms has a leaf",
        People,
        [proved(atom("die", "socrates"))],
        uncontested(o, socrates_dies(o), atoms=3),
    )

    o = theory(Birds, "~fly/1", "penguin/1")
    no = apply(the(o, NOFLY), {"X": "pingu"}, pingu(o))
    accept("ok_negation", "a negative conclusion", Birds, [holds(atom("~fly", "pingu"))], no)

    # Nothing flies but Tweety: FLY is replayed with abnormal(pingu) proved.
    o = theory(Birds, "~fly/1", "penguin/1", "~penguin/1", "fly/1", "bird/1", "abnormal/1")
    odd = apply(the(o, ODD), {"X": "pingu"}, pingu(o))
    listed = [
        (atom("fly", V), [atom("fly", "tweety")]),
        (atom("bird", V), [atom("bird", "tweety"), atom("bird", "pingu")]),
        (atom("penguin", V), [atom("penguin", "pingu")]),
    ]
    used = [the(o, cl) for cl in (FLY, TWEETY, BIRDS, PINGU)]
    # FLY 1 + 2 birds; TWEETY 1; BIRDS 1 + 1 penguin; PINGU 1
    flyers = tables(listed, o, *used, odd, work=7)
    no = apply(the(o, NOFLY), {"X": "pingu"}, pingu(o))
    accept(
        "ok_refuted_by_negation",
        "`refuted` by the complement, uncontested: fly/1 has clauses, so a table excludes fly(pingu)",
        Birds,
        [refuted(atom("fly", "pingu"))],
        uncontested(o, no, flyers, atoms=2),
    )
    accept(
        "ok_refuted_negation_of_negation",
        "`refuted ~fly(tweety)`: its complement fly(tweety) is derived; an open table of ~fly/1 lists only Pingu",
        Birds,
        [refuted(atom("~fly", "tweety"))],
        uncontested(
            theory(Birds, "~bird/1", "bird/1", "fly/1"),
            tweety_flies(o),
            tables(
                [(atom("~fly", V), [atom("~fly", "pingu")]), (atom("penguin", V), [atom("penguin", "pingu")])],
                o,
                the(o, NOFLY),
                the(o, PINGU),
                work=3,
            ),
            atoms=2,
        ),
        defaults=["abnormal/1"],
    )

    o = theory(Anne, "cold/1", "~cold/1", "red/1")
    cold, not_cold = cold_and_not(o)
    accept("ok_contested", "Anne is cold and is not", Anne, [both(atom("cold", "anne"))], contested(cold, not_cold))
    accept(
        "ok_contested_other_way",
        "the complement as the first of the two; and both sides hold in the same proof",
        Anne,
        [both(atom("~cold", "anne")), holds(atom("cold", "anne")), holds(atom("~cold", "anne"))],
        contested(not_cold, cold),
        cold,
        not_cold,
    )


def absence() -> None:
    o = theory(ShutBirds, "bird/1", "fly/1", "abnormal/1", "penguin/1")
    accept(
        "ok_absent_closed",
        "absence from a closed table is no default",
        ShutBirds,
        [holds(atom("fly", "tweety"))],
        tweety_flies(o),
    )
    o = theory(Birds, "bird/1", "fly/1", "abnormal/1", "penguin/1")
    accept(
        "ok_absent_open",
        "absence from an open table is a default, which the goal names",
        Birds,
        [holds(atom("fly", "tweety"))],
        tweety_flies(o),
        defaults=["abnormal/1"],
    )
    accept(
        "ok_absent_any_default",
        "the goal allows every default",
        Birds,
        [holds(atom("fly", "tweety"))],
        tweety_flies(o),
        defaults=["*"],
    )
    accept(
        "ok_not_derivable",
        "an open table is enough for `not derivable`",
        Birds,
        [not_derivable(atom("abnormal", "tweety"))],
        odd_birds(o),
    )
    accept(
        "ok_two_goals_one_table",
        "two goals shown by one step, the second with a variable for an argument",
        Roads,
        [not_derivable(atom("lead", "c", V)), not_derivable(atom("road", "c", "a"))],
        *[all_leads(theory(Roads, "road/2", "lead/2"))] * 2,
    )
    o = theory(ShutBirds, "abnormal/1", "penguin/1")
    accept(
        "ok_refuted_closed",
        "`refuted` by a closed table",
        ShutBirds,
        [refuted(atom("abnormal", "tweety"))],
        odd_birds(o),
    )
    o = theory(Birds, "unicorn/1", "bird/1")
    accept(
        "ok_absent_no_leaf",
        "a predicate without a leaf: the table over it has no clauses to replay",
        Birds,
        [not_derivable(atom("unicorn", V))],
        tables([(atom("unicorn", V), [])], o, work=0),
    )
    o = theory(Bar, *BAR_PREDICATES)
    accept(
        "ok_two_strata",
        "eligible rests on the absence of barred, which rests on the absence of pardoned",
        Bar,
        [refuted(atom("eligible", "yan")), holds(atom("eligible", "zoe"))],
        eligible(o, yan_barred(o)),
        zoe_eligible(o),
    )
    o = theory(OpenBar, *BAR_PREDICATES)
    accept(
        "ok_two_strata_open",
        "the same with open predicates: both absences are defaults",
        OpenBar,
        [not_derivable(atom("eligible", "yan")), holds(atom("eligible", "zoe"))],
        eligible(o, yan_barred(o)),
        zoe_eligible(o),
        defaults=["barred/1", "pardoned/1"],
    )


def closures() -> None:
    free = ("~road/2", "~lead/2")
    o = theory(Roads, "road/2", "lead/2", *free)
    listing = exact(all_leads(o), *lead_proofs(o))
    accept(
        "ok_exactly_open",
        "transitive closure: exactly these, as far as is written",
        Roads,
        [exactly(atom("lead", "a", V), [atom("lead", "a", "c"), atom("lead", "a", "b")])],
        uncontested(o, listing, atoms=5),
    )
    o = theory(ShutRoads, "road/2", "lead/2", *free)
    listing = uncontested(o, exact(all_leads(o), *lead_proofs(o)), atoms=5)
    accept(
        "ok_exactly_closed",
        "transitive closure over closed predicates; and a second `exactly` with no answers",
        ShutRoads,
        [exactly(atom("lead", V, W), LEAD_LIST, "yes"), exactly(atom("lead", "c", V), [], "yes")],
        listing,
        listing,
    )
    # FAR in reverse: lead(Y,Z) first (3 answers), then road(X,Y) (2 answers) for each.
    order = ["0", ShutRoads.place(FAR), ["1", "0"]]
    listed = [(atom("lead", V, W), LEAD_LIST), (atom("road", V, W), ROAD_LIST)]
    backwards = tables(listed, o, *road_clauses(o), orders=[order], work=4 + 2 + 3 + 3 * 2)
    accept(
        "ok_order",
        "a body replayed in another order",
        ShutRoads,
        [refuted(atom("lead", "b", "a"))],
        backwards,
    )
    # With the start bound, the calls are road(a,Y) and lead(Y,Z): NEAR 1 + 1, FAR 1 + 1 road + 1 lead(b,Z);
    # lead(b,_): 1 + 1 road(b,Y), 1 + 1 road + 0 lead(c,Z); lead(c,_): 1 + 0, 1 + 0; road: 3 patterns of 2 facts.
    listed = [
        (atom("lead", "a", V), [atom("lead", "a", "b"), atom("lead", "a", "c")]),
        (atom("lead", "b", V), [atom("lead", "b", "c")]),
        (atom("lead", "c", V), []),
        (atom("road", "a", V), [atom("road", "a", "b")]),
        (atom("road", "b", V), [atom("road", "b", "c")]),
        (atom("road", "c", V), []),
    ]
    work = (2 + 3) + (2 + 2) + (1 + 1) + 3 * 2
    accept(
        "ok_bound_patterns",
        "patterns with a bound argument: only what is called is listed",
        ShutRoads,
        [refuted(atom("lead", "a", "a"))],
        tables(listed, o, *road_clauses(o), work=work),
    )
    o = theory(Rates, "rate/1", "due/1", "~rate/1", "~due/1")
    both_rates = [the(o, OLD), the(o, NEW)]
    rate6 = [atom("rate", n(6))]
    six = apply(both_rates[1], {})
    due = apply(the(o, DUE), {"X": n(6)}, six)
    listed = [(atom("due", V), [atom("due", n(6))]), (atom("rate", V), rate6)]
    listing = exact(tables(listed, o, *both_rates, the(o, DUE), work=4), due, six)
    accept(
        "ok_half_open",
        "on 1 July the old rate is over and the new one in force",
        Rates,
        [exactly(atom("rate", V), rate6, "yes"), holds(atom("due", n(6)))],
        uncontested(o, listing, atoms=2),
        due,
        now="2026-07-01",
    )
    o = theory(Rates, "rate/1")
    five = apply(the(o, OLD), {})
    accept(
        "ok_since_included",
        "a clause is in force from its first day",
        Rates,
        [holds(atom("rate", n(5)))],
        five,
        now="2026-01-01",
    )
    accept(
        "ok_last_day",
        "and still on the day before `until`, when the new rate is not: the table lists only 5",
        Rates,
        [holds(atom("rate", n(5))), refuted(atom("rate", n(6)))],
        five,
        tables([(atom("rate", V), [atom("rate", n(5))])], o, the(o, OLD), the(o, NEW), work=2),
        now="2026-06-30",
    )
    waiting = [pending("Some birds sing or hop.", "sing/1", kind="unused")]
    th = Theory(*BIRD_CLAUSES, closed=("abnormal/1", "penguin/1"), waiting=waiting)
    accept(
        "ok_pending_elsewhere",
        "a sentence deduction does not use, but which bears on nothing consulted",
        th,
        [refuted(atom("abnormal", "tweety"))],
        odd_birds(theory(th, "abnormal/1", "penguin/1")),
    )
    # Not `uncontested` nor a table: what is only derived does not mind a pending sentence.
    th = Theory(*BIRD_CLAUSES, waiting=[pending("Gribble.", "*")])
    o = theory(th, "bird/1")
    accept(
        "ok_pending_holds",
        "`holds` rests on no absence, so an unread sentence does not stand in its way",
        th,
        [holds(atom("bird", "tweety"))],
        apply(the(o, TWEETY), {}),
    )
    # Even and odd: mutual recursion over compound terms is bounded by the answers listed.
    even = clause("Two after an odd step is even.", atom("even", X), pos("next", Y, X), pos("odd", Y))
    odd = clause("After an even step is an odd one.", atom("odd", X), pos("next", Y, X), pos("even", Y))
    zero = clause("Zero is even.", atom("even", n(0)))
    steps = [clause(f"After {i} comes {i + 1}.", atom("next", n(i), n(i + 1))) for i in range(2)]
    th = Theory(even, odd, zero, *steps, closed=("even/1", "odd/1", "next/2"))
    o = theory(th, "even/1", "odd/1", "next/2")
    listed = [
        (atom("even", V), [atom("even", n(0)), atom("even", n(2))]),
        (atom("odd", V), [atom("odd", n(1))]),
        (atom("next", V, W), [atom("next", n(0), n(1)), atom("next", n(1), n(2))]),
    ]
    # even: 1 + 2 next + 2 * 1 odd; zero 1; odd: 1 + 2 next + 2 * 2 even; next: 2 facts
    accept(
        "ok_mutual_recursion",
        "two predicates that need each other in one closure",
        th,
        [refuted(atom("odd", n(2)))],
        tables(listed, o, *[the(o, cl) for cl in (even, odd, zero, *steps)], work=5 + 1 + 7 + 2),
    )
    # A listed answer is only an upper bound: one too many is allowed where exactness is not asked.
    o = theory(ShutBirds, "abnormal/1", "penguin/1")
    listed = [(atom("penguin", V), [atom("penguin", "pingu"), atom("penguin", "pengo")])]
    accept(
        "ok_upper_bound",
        "an answer listed without proof does no harm to what is not listed",
        ShutBirds,
        [refuted(atom("penguin", "tweety"))],
        tables(listed, o, the(o, PINGU), work=1),
    )


def questions() -> None:
    o = theory(ShutRoads, "road/2", "lead/2", "~road/2", "~lead/2")
    leads = all_leads(o)
    ab, _, _, road_ab, road_bc = lead_proofs(o)
    conj = clause("?", atom("?", X), pos("lead", "a", X), pos("road", X, Y))
    listed = [(atom("?", V), [atom("?", "b")])]
    # lead(a,X): 3 tried, b and c match; road(b,Y), road(c,Y): 2 tried each
    asked = tables(listed, o, ask(0), leads, work=1 + 3 + 4)
    found = apply(ask(0), {"X": "b", "Y": "c"}, ab, road_bc)
    accept(
        "ok_question_and",
        "a question with *and*: exactly one answer; the question predicate needs no complement",
        ShutRoads,
        [exactly(atom("?", V), [atom("?", "b")], "yes")],
        uncontested(o, exact(asked, found)),
        question=[conj],
    )
    accept(
        "ok_question_holds",
        "the same question, one answer shown",
        ShutRoads,
        [holds(atom("?", "b"))],
        found,
        question=[conj],
    )
    either = [
        clause("?", atom("?", X), pos("road", X, "c")),
        clause("?", atom("?", X), pos("lead", X, "b")),
    ]
    asks = [ask(0), ask(1)]
    listed = [(atom("?", V), [atom("?", "b"), atom("?", "a")])]
    # road(X,c): 2 tried; lead(X,b): 3 tried
    asked = tables(listed, o, *asks, leads, work=2 + 2 + 3)
    answers = [apply(asks[0], {"X": "b"}, road_bc), apply(asks[1], {"X": "a"}, ab)]
    accept(
        "ok_question_or",
        "a question with *or*: two clauses with one head",
        ShutRoads,
        [exactly(atom("?", V), [atom("?", "a"), atom("?", "b")], "yes")],
        uncontested(o, exact(asked, *answers)),
        question=either,
    )
    some = clause("?", atom("?"), pos("road", X, Y), pos("road", Y, Z))
    accept(
        "ok_question_some",
        "does anything lead on? The witnesses are bound, not shown",
        ShutRoads,
        [proved(atom("?"))],
        uncontested(o, apply(ask(0), {"X": "a", "Y": "b", "Z": "c"}, road_ab, road_bc)),
        question=[some],
    )
    loop = clause("?", atom("?"), pos("lead", X, X))
    # lead(X,X): 3 tried, none matches
    accept(
        "ok_question_none",
        "is there a loop? No: the closed table of the question is empty",
        ShutRoads,
        [refuted(atom("?"))],
        tables([(atom("?"), [])], o, ask(0), leads, work=1 + 3),
        question=[loop],
    )
    far = clause("?", atom("?", X), pos("lead", "a", X), absent("road", "a", X))
    ac = lead_proofs(o)[1]
    roads = tables([(atom("road", V, W), ROAD_LIST)], o, the(o, AB), the(o, BC), work=2)
    accept(
        "ok_question_absent",
        "a question with *not*",
        ShutRoads,
        [holds(atom("?", "c"))],
        apply(ask(0), {"X": "c"}, ac, roads),
        question=[far],
    )


def grades() -> None:
    o = theory(People, "mortal/1", "die/1")
    man = assume(atom("man", "plato"))
    mortal = apply(the(o, MEN), {"X": "plato"}, man)
    accept(
        "ok_assume",
        "under an assumption that the goal allows",
        People,
        [holds(atom("mortal", "plato"))],
        mortal,
        assumptions=[atom("man", "plato")],
    )
    accept(
        "ok_assume_fewer",
        "the goal may allow more than was assumed; assumptions may be negative",
        People,
        [holds(atom("die", "plato")), holds(atom("~man", "zeus"))],
        apply(the(o, DIE), {"X": "plato"}, mortal),
        assume(atom("~man", "zeus")),
        assumptions=[atom("~man", "zeus"), atom("man", "plato"), atom("man", "aristotle")],
    )
    seen = claim(atom("man", "the_statue"), "vision-2", n("17/20"))
    accept(
        "ok_claim",
        "what a model says is `claimed`, and so is what follows",
        People,
        [holds(atom("mortal", "the_statue"))],
        apply(the(o, MEN), {"X": "the_statue"}, seen),
        grade="claimed",
    )
    accept(
        "ok_claim_bounds",
        "probabilities 0 and 1 are allowed and are not combined",
        People,
        [holds(atom("respected", "ann"))],
        apply(
            the(theory(People, "respected/1"), WED),
            {"X": "ann", "Y": "bo"},
            claim(atom("married", "ann", "bo"), "m", n(0)),
            claim(atom("judge", "bo"), "m", n(1)),
        ),
        grade="claimed",
    )
    man = assume(atom("man", s("!X")))
    accept(
        "ok_each",
        "all men die: a generic man is assumed and discharged",
        People,
        [always([atom("man", X)], atom("die", X))],
        each(
            [atom("man", X)],
            atom("die", X),
            o,
            apply(the(o, DIE), {"X": s("!X")}, apply(the(o, MEN), {"X": s("!X")}, man)),
        ),
    )
    wed = [atom("married", X, Y), atom("judge", Y), atom("rich", X)]
    o2 = theory(People, "respected/1")
    married = [assume(atom("married", s("!X"), s("!Y"))), assume(atom("judge", s("!Y")))]
    accept(
        "ok_each_two",
        "two variables, and a condition that was not needed",
        People,
        [always(wed, atom("respected", X))],
        each(wed, atom("respected", X), o2, apply(the(o2, WED), {"X": s("!X"), "Y": s("!Y")}, *married)),
    )


def all_cases() -> None:
    clauses_and_negation()
    absence()
    closures()
    questions()
    grades()
