"""Rejected at the end: contested premises, other goals, what the goal does not allow, spent fuel."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

from build import *
from worlds import *


def contests() -> None:
    o = theory(Anne, "cold/1", "~cold/1", "red/1", "~red/1", "kind/1", "~kind/1")
    cold, _ = cold_and_not(o)
    kind = apply(the(o, KIND), {"X": "anne"}, cold)
    step = uncontested(o, cold)
    reject(
        "contest_not_excluded_clauses",
        "the complement has clauses and no table excludes it",
        "contest_not_excluded",
        step,
        Anne,
        [proved(atom("cold", "anne"))],
        step,
    )
    step = uncontested(o, kind)
    reject(
        "contest_not_excluded_premise",
        "nobody says Anne is not kind; but that she is cold is contested",
        "contest_not_excluded",
        step,
        Anne,
        [proved(atom("kind", "anne"))],
        step,
    )
    listed = [(atom("~cold", V), [atom("~cold", "anne")]), (atom("red", V), [atom("red", "anne")])]
    step = uncontested(o, cold, tables(listed, o, the(o, NOT_COLD), the(o, RED)))
    reject(
        "contest_not_excluded_listed",
        "the table excludes nothing: it lists that Anne is not cold",
        "contest_not_excluded",
        step,
        Anne,
        [proved(atom("cold", "anne"))],
        step,
    )
    shut = Theory(TWEETY, closed=("~bird/1",))
    o = theory(shut, "bird/1", "~bird/1")
    step = uncontested(o, apply(the(o, TWEETY), {}))
    reject(
        "contest_not_excluded_declared",
        "a complement that is only declared has a leaf too",
        "contest_not_excluded",
        step,
        shut,
        [proved(atom("bird", "tweety"))],
        step,
    )


def goals() -> None:
    o = theory(Birds, "bird/1", "penguin/1", "abnormal/1", "fly/1", "~bird/1")
    fact = apply(the(o, TWEETY), {})
    goal = [holds(atom("bird", "tweety"))]

    def case(name: str, why: str, wanted: list[Json], *shown: Step, th: Theory = Birds, **more: Any) -> None:
        reject(f"wrong_goal_{name}", why, "wrong_goal", "last", th, wanted, *shown, **more)

    case("other", "another atom", [holds(atom("bird", "rex"))], fact)
    case("no_conclude", "the last step concludes nothing", goal, last=fact)
    case("few", "two goals, one shown", [*goal, holds(atom("penguin", "pingu"))], fact)
    case("many", "one goal, two shown", goal, fact, pingu(o))
    case("order", "two goals, shown in the other order", [holds(atom("penguin", "pingu")), *goal], fact, pingu(o))
    case("not_uncontested", "`proved` of what is only shown to hold", [proved(atom("bird", "tweety"))], fact)
    case("table_for_holds", "a table lists it, which is no proof", [holds(atom("abnormal", "pingu"))], odd_birds(o))
    case("listed", "it is listed", [not_derivable(atom("abnormal", "pingu"))], odd_birds(o))
    case("uncovered", "the table does not cover it", [not_derivable(atom("fly", "tweety"))], odd_birds(o))
    case(
        "refuted_listed",
        "refuted, though listed",
        [refuted(atom("abnormal", "pingu"))],
        odd_birds(theory(ShutBirds, "abnormal/1", "penguin/1")),
        th=ShutBirds,
    )
    case(
        "refuted_by_itself",
        "the atom in place of its complement",
        [refuted(atom("bird", "tweety"))],
        uncontested(o, fact),
    )
    case(
        "not_exact",
        "exactly these: but the table is an upper bound",
        [exactly(atom("abnormal", V), [atom("abnormal", "pingu")])],
        odd_birds(o),
    )
    case(
        "not_contested",
        "exactly these: but it may be contested",
        [exactly(atom("abnormal", V), [atom("abnormal", "pingu")])],
        exact(odd_birds(o), apply(the(o, ODD), {"X": "pingu"}, pingu(o)), pingu(o)),
    )
    o = theory(Birds, "penguin/1", "~penguin/1", "~fly/1")
    no = apply(the(o, NOFLY), {"X": "pingu"}, pingu(o))
    case("refuted_contestable", "refuted by a complement that may be contested", [refuted(atom("fly", "pingu"))], no)
    o = theory(Roads, "road/2", "lead/2", "~road/2", "~lead/2")
    listing = uncontested(o, exact(all_leads(o), *lead_proofs(o)))
    case("too_few", "one answer less than there are", [exactly(atom("lead", V, W), LEAD_LIST[:2])], listing, th=Roads)
    case(
        "too_many",
        "one answer more than there are",
        [exactly(atom("lead", "a", V), [*LEAD_LIST[:2], atom("lead", "a", "a")])],
        listing,
        th=Roads,
    )
    reject(
        "not_closed_exactly",
        "all there is, as far as is written: the roads are open",
        "not_closed",
        "last",
        Roads,
        [exactly(atom("lead", V, W), LEAD_LIST, "yes")],
        listing,
    )
    reject(
        "not_closed_refuted",
        "no, as far as is written: the roads are open",
        "not_closed",
        "last",
        Roads,
        [refuted(atom("lead", "c", "a"))],
        all_leads(o),
    )
    half = Theory(*ROAD_CLAUSES, closed=("lead/2",))
    o = theory(half, "road/2", "lead/2")
    reject(
        "not_closed_consulted",
        "leading is closed, but the roads it rests on are not",
        "not_closed",
        "last",
        half,
        [refuted(atom("lead", "c", "a"))],
        all_leads(o),
    )
    o = theory(Anne, "cold/1", "~cold/1", "red/1")
    case(
        "contested_side",
        "contested, but the other side is asked for",
        [both(atom("~cold", "anne"))],
        contested(*cold_and_not(o)),
        th=Anne,
    )
    case("contested_holds", "contested, shown by one side", [both(atom("cold", "anne"))], cold_and_not(o)[0], th=Anne)
    body = [atom("man", X)]
    o = theory(People, "mortal/1")
    step = each(body, atom("mortal", X), o, apply(the(o, MEN), {"X": s("!X")}, assume(atom("man", s("!X")))))
    case("each_other", "all of other ones", [always([atom("woman", X)], atom("mortal", X))], step, th=People)
    null = f("sk:1", "a")
    some = clause("Somebody called.", atom("called", null))
    th = Theory(some, closed=("called/1",))
    o = theory(th, "called/1", "~called/1")
    listed = tables([(atom("called", V), [atom("called", null)])], o, the(o, some))
    listing = uncontested(o, exact(listed, apply(the(o, some), {})))
    reject(
        "not_comparable_exactly",
        "exactly one caller, unknown: it may be anyone",
        "not_comparable",
        "last",
        th,
        [exactly(atom("called", V), [atom("called", null)])],
        listing,
    )
    reject(
        "not_comparable_exactly_closed",
        "exactly one caller, unknown: it may be anyone; this comes before that the table is not closed",
        "not_comparable",
        "last",
        th,
        [exactly(atom("called", V), [atom("called", null)], "yes")],
        listing,
    )


def nulls_and_assumptions() -> None:
    null = f("sk:1", "a")
    some = clause("Somebody called.", atom("called", null))
    th = Theory(some, closed=("called/1",))
    o = theory(th, "called/1")
    step = tables([(atom("called", V), [atom("called", null)])], o, the(o, some))
    reject(
        "not_closed_null",
        "the unknown caller may be Bob: no closure of somebody is closed",
        "not_closed",
        "last",
        th,
        [refuted(atom("called", "bob"))],
        step,
    )
    for name, inner, why in (
        ("none_apart", ["ann", "ann"], "two unknown callers of Ann may be one"),
        ("one_known", ["ann", "ann"], "an unknown caller of Ann may be the known one"),
    ):
        callers = [null, f("sk:2", "b") if name == "none_apart" else s("bob")]
        calls = [
            clause(f"Call {i}.", atom("call", x, who)) for i, (x, who) in enumerate(zip(callers, inner, strict=True))
        ]
        called = clause("The called.", atom("called", N), agg("count", N, ONE, pos("call", X, Y)))
        th = Theory(*calls, called, closed=("called/1",))
        o = theory(th, "call/2", "called/1")
        used = [the(o, cl) for cl in calls]
        listed = tables([(atom("call", V, W), [cl["head"] for cl in calls])], o, *used)
        step = apply(the(o, called), {"N": n(2)}, exact(listed, *[apply(cl, {}) for cl in used]))
        reject(
            f"not_comparable_count_{name}",
            why,
            "not_comparable",
            step,
            th,
            [holds(atom("called", n(2)))],
            step,
            defaults=["*"],
        )
    o = theory(ShutBirds, "abnormal/1", "penguin/1")
    reject(
        "assumption_in_closure_goals",
        "one goal by a closure, the other by an assumption that may change it",
        "assumption_in_closure",
        "last",
        ShutBirds,
        [refuted(atom("abnormal", "rex")), holds(atom("penguin", "rex"))],
        odd_birds(o),
        assume(atom("penguin", "rex")),
        assumptions=[atom("penguin", "rex")],
    )
    reject(
        "assumption_not_allowed_first",
        "the same, and the assumption is not allowed: that comes first",
        "assumption_not_allowed",
        "last",
        ShutBirds,
        [refuted(atom("abnormal", "rex")), holds(atom("penguin", "rex"))],
        odd_birds(o),
        assume(atom("penguin", "rex")),
    )


def ends() -> None:
    o = theory(Birds, "bird/1", "fly/1", "abnormal/1", "penguin/1")
    goal = [holds(atom("fly", "tweety"))]
    shown = tweety_flies(o)
    reject("default_not_allowed_none", "a default nobody allowed", "default_not_allowed", "last", Birds, goal, shown)
    reject(
        "default_not_allowed_other",
        "other defaults than those allowed",
        "default_not_allowed",
        "last",
        Birds,
        goal,
        shown,
        defaults=["bird/1", "fly/1"],
    )
    o = theory(Office, "staff/3")
    ann = row(rows(o, Staff, "ann"), *ANN)
    goal = [holds(atom("staff", *ANN))]
    reject(
        "grade_too_low_root",
        "recomputed is less than proved",
        "grade_too_low",
        "last",
        Office,
        goal,
        ann,
        roots=OFFICE_ROOT,
    )
    reject(
        "grade_too_low_unknown",
        "rows of an unknown root are claimed",
        "grade_too_low",
        "last",
        Office,
        goal,
        ann,
        grade="attested",
    )
    said = claim(atom("bird", "rex"))
    reject(
        "grade_too_low_claim",
        "a model said so",
        "grade_too_low",
        "last",
        Birds,
        [holds(atom("bird", "rex"))],
        said,
        grade="attested",
    )
    reject(
        "grade_too_low_quorum",
        "attested is less than quorum",
        "grade_too_low",
        "last",
        Office,
        goal,
        ann,
        roots=[[Staff.digest, "attested"]],
        grade="quorum",
    )
    o = theory(Birds, "bird/1", "fly/1", "abnormal/1", "penguin/1")
    shown = tweety_flies(o)
    total = sum(step.cost or 0 for step in sequence(conclude(shown)))
    goal = [holds(atom("fly", "tweety"))]
    accept("ok_fuel_to_spare", "exactly as much fuel as is needed", Birds, goal, shown, defaults=["*"], fuel=str(total))
    reject(
        "fuel_exhausted_by_one",
        "one less than is needed: the last step has none",
        "fuel_exhausted",
        "last",
        Birds,
        goal,
        shown,
        defaults=["*"],
        fuel=str(total - 1),
    )
    reject("fuel_exhausted_none", "no fuel at all", "fuel_exhausted", o, Birds, goal, shown, fuel="0")
    reject(
        "fuel_exhausted_tree",
        "not enough to open the theory",
        "fuel_exhausted",
        o,
        Birds,
        goal,
        shown,
        fuel=str(o.cost - 1),
    )
    shut = theory(ShutRoads, "road/2", "lead/2")
    step = all_leads(shut)
    before = sum(p.cost or 0 for p in sequence(step))
    wanted = [refuted(atom("lead", "c", "a"))]
    reject(
        "fuel_exhausted_replay",
        "it runs out in the replay",
        "fuel_exhausted",
        step,
        ShutRoads,
        wanted,
        step,
        fuel=str(before - 1),
    )
    reject(
        "fuel_exhausted_conclude",
        "it runs out at the end",
        "fuel_exhausted",
        "last",
        ShutRoads,
        wanted,
        step,
        fuel=str(before),
    )
    spoiled = theory(Birds, tree=[["x"]])
    reject(
        "fuel_exhausted_before_form",
        "a step's fuel is counted before its fields are looked at",
        "fuel_exhausted",
        spoiled,
        Birds,
        goal,
        apply(the(spoiled, TWEETY), {}),
        fuel="0",
    )


def all_cases() -> None:
    contests()
    goals()
    nulls_and_assumptions()
    ends()
