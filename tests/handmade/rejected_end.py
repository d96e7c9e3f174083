"""Rejected for what the whole rests on: pending sentences, assumptions, exactness, aggregates."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

from build import *
from worlds import *

UNREAD = pending("Gribble the penguin.", "*")


def waiting() -> None:
    kinds = {
        "unread": pending("Gribble.", "*"),
        "ambiguous": pending("Penguins or gulls with wings swim.", "penguin/1", kind="ambiguous"),
        "unused": pending("Tweety is a penguin or abnormal.", "abnormal/1", "penguin/1", kind="unused"),
    }
    for name, sentence in kinds.items():
        th = Theory(*BIRD_CLAUSES, closed=("abnormal/1", "penguin/1"), waiting=[sentence])
        step = odd_birds(theory(th, "abnormal/1", "penguin/1"))
        reject(
            f"pending_sentence_{name}",
            "a closure in spite of a sentence deduction does not use",
            "pending_sentence",
            step,
            th,
            [refuted(atom("abnormal", "tweety"))],
            step,
        )
    th = Theory(*BAR_CLAUSES, waiting=[pending("Yan or Kim is banned.", "apply/1", kind="unused")])
    o = theory(th, "apply/1", "eligible/1")
    step = tables([(atom("apply", V), [atom("apply", "zoe"), atom("apply", "yan")])], o, the(o, ZOE), the(o, YAN))
    reject(
        "pending_sentence_facts",
        "a closure of facts a pending sentence bears on",
        "pending_sentence",
        step,
        th,
        [not_derivable(atom("apply", "kim"))],
        step,
    )
    th = Theory(Staff, SALES, waiting=[pending("Dan joins.", "staff/3")])
    o = theory(th, "staff/3")
    everyone = (atom("staff", V, W, X), [atom("staff", *who) for who in (ANN, BOB, CY)])
    step = tables([(atom("?", V), []), everyone], o, ask(0), rows(o, Staff))
    asked = clause("?", atom("?", X), pos("staff", X, "law", Y))
    reject(
        "pending_sentence_rows",
        "it bears on rows the closure consulted",
        "pending_sentence",
        step,
        th,
        [not_derivable(atom("?", V))],
        step,
        question=[asked],
        roots=TRUSTED,
    )
    th = Theory(MEN, waiting=[UNREAD])
    o = theory(th, "mortal/1")
    body = [atom("man", X)]
    step = each(body, atom("mortal", X), o, apply(the(o, MEN), {"X": s("!X")}, assume(atom("man", s("!X")))))
    reject(
        "pending_sentence_each",
        "all men, in spite of an unread sentence",
        "pending_sentence",
        step,
        th,
        [always(body, atom("mortal", X))],
        step,
    )
    th = Theory(TWEETY, waiting=[pending("No bird or no fish is a bird.", "~bird/1", kind="unused")])
    o = theory(th, "bird/1", "~bird/1")
    step = uncontested(o, apply(the(o, TWEETY), {}))
    reject(
        "pending_sentence_uncontested",
        "uncontested, in spite of a sentence about the complement",
        "pending_sentence",
        step,
        th,
        [proved(atom("bird", "tweety"))],
        step,
    )


def assumptions() -> None:
    o = theory(Bar, *BAR_PREDICATES)
    goal = [not_derivable(atom("eligible", "yan"))]
    allowed = [atom("barred", "yan"), atom("bird", "rex"), atom("man", "plato")]
    step = eligible(o, assume(atom("barred", "yan")))
    reject(
        "assumption_in_closure_tables",
        "a closure with an assumed exception",
        "assumption_in_closure",
        step,
        Bar,
        goal,
        step,
        assumptions=allowed,
    )
    o = theory(Birds, "bird/1", "fly/1", "abnormal/1", "penguin/1")
    step = apply(the(o, FLY), {"X": "rex"}, assume(atom("bird", "rex")), odd_birds(o))
    reject(
        "assumption_in_closure_apply",
        "absence under an assumption: what if is another context",
        "assumption_in_closure",
        step,
        Birds,
        [holds(atom("fly", "rex"))],
        step,
        assumptions=allowed,
        defaults=["*"],
    )
    fly = clause("What flies and is a bird is light.", atom("light", X), pos("fly", X), pos("tame", X))
    th = Theory(*BIRD_CLAUSES, fly)
    o = theory(th, "bird/1", "fly/1", "abnormal/1", "penguin/1", "light/1")
    step = apply(the(o, fly), {"X": "tweety"}, tweety_flies(o), assume(atom("tame", "tweety")))
    reject(
        "assumption_in_closure_later",
        "the absence came first, the assumption later",
        "assumption_in_closure",
        step,
        th,
        [holds(atom("light", "tweety"))],
        step,
        assumptions=[atom("tame", "tweety")],
        defaults=["*"],
    )
    o = theory(People, "mortal/1", "~man/1", "~mortal/1")
    mortal = apply(the(o, MEN), {"X": "plato"}, assume(atom("man", "plato")))
    step = uncontested(o, mortal)
    reject(
        "assumption_in_closure_uncontested",
        "uncontested under an assumption",
        "assumption_in_closure",
        step,
        People,
        [proved(atom("mortal", "plato"))],
        step,
        assumptions=allowed,
    )
    o = theory(Birds, "penguin/1", "abnormal/1")
    step = exact(odd_birds(o), assume(atom("abnormal", "pingu")), pingu(o))
    reject(
        "assumption_in_closure_exact",
        "an answer proved by assuming it",
        "assumption_in_closure",
        step,
        Birds,
        [not_derivable(atom("abnormal", "tweety"))],
        step,
        assumptions=[atom("abnormal", "pingu")],
    )
    o = theory(Office, "team/1", "staff/3", "size/2")
    step = apply(the(o, SIZE), {"D": "law", "N": n(0)}, assume(atom("team", "law")), rows(o, Staff))
    reject(
        "assumption_in_closure_count",
        "a count under an assumption",
        "assumption_in_closure",
        step,
        Office,
        [holds(atom("size", "law", n(0)))],
        step,
        roots=TRUSTED,
        assumptions=[atom("team", "law")],
    )

    man = assume(atom("man", "plato"))
    o = theory(People, "mortal/1", "respected/1")
    mortal = apply(the(o, MEN), {"X": "plato"}, man)
    goal = [holds(atom("mortal", "plato"))]
    reject(
        "assumption_not_allowed_none",
        "an assumption nobody allowed",
        "assumption_not_allowed",
        "last",
        People,
        goal,
        mortal,
    )
    reject(
        "assumption_not_allowed_other",
        "another assumption than the one allowed",
        "assumption_not_allowed",
        "last",
        People,
        goal,
        mortal,
        assumptions=[atom("man", "socrates")],
    )
    bodies = assume(atom("married", s("!X"), s("!Y"))), assume(atom("judge", s("!Y")))
    respected = apply(the(o, WED), {"X": s("!X"), "Y": s("!Y")}, *bodies)
    step = each([atom("married", X, Y)], atom("respected", X), o, respected)
    reject(
        "assumption_not_allowed_each",
        "all who are married are respected: the judge was assumed on the way",
        "assumption_not_allowed",
        step,
        People,
        [always([atom("married", X, Y)], atom("respected", X))],
        step,
    )
    step = each([atom("married", X, Y), atom("judge", X)], atom("respected", X), o, respected)
    reject(
        "assumption_not_allowed_variable",
        "the judge is another one",
        "assumption_not_allowed",
        step,
        People,
        [always([atom("married", X, Y), atom("judge", X)], atom("respected", X))],
        step,
    )


def exactness() -> None:
    o = theory(ShutRoads, "road/2", "lead/2", "~road/2", "~lead/2")
    goal = [exactly(atom("lead", V, W), LEAD_LIST, "yes")]
    shown = lead_proofs(o)
    wrong = {
        "missing": (shown[:4], "one answer without a proof"),
        "more": ([*shown, shown[0]], "a proof too many"),
        "order": ([shown[1], shown[0], *shown[2:]], "proofs in another order than the answers"),
        "repeated": ([shown[0], shown[0], *shown[2:]], "one proof for two answers"),
    }
    for name, (proofs, why) in wrong.items():
        step = exact(all_leads(o), *proofs)
        reject(f"answer_not_proved_{name}", why, "answer_not_proved", step, ShutRoads, goal, uncontested(o, step))

    price = [clause(f"{x} costs {i}.", atom("price", x, n(i))) for x, i in (("tea", 2), ("bun", 3))]
    total = clause("The total.", atom("total", T), agg("sum", T, S, pos("price", E, S)))
    th = Theory(*price, total, closed=("price/2", "total/1"))
    o = theory(th, "price/2", "total/1", "~price/2", "~total/1")
    used = [the(o, cl) for cl in price]
    upper = [*[cl["head"] for cl in price], atom("price", "cake", n(9))]
    inexact = tables([(atom("price", V, W), upper)], o, *used)
    step = apply(the(o, total), {"T": n(14)}, inexact)
    reject(
        "not_exact_apply",
        "a sum over a table that may list too much",
        "not_exact",
        step,
        th,
        [holds(atom("total", n(14)))],
        step,
    )
    listed = [(atom("total", V), [atom("total", n(14))])]
    step = tables(listed, o, the(o, total), inexact)
    reject("not_exact_replay", "the same in a closure", "not_exact", step, th, [refuted(atom("total", n(5)))], step)
    listed = [(atom("total", V), [atom("total", n(5))]), (atom("price", V, W), upper[:2])]
    step = tables(listed, o, the(o, total), *used)
    reject(
        "not_exact_own_pattern",
        "a sum over what the closure itself lists",
        "not_exact",
        step,
        th,
        [refuted(atom("total", n(14)))],
        step,
    )
    tea = tables([(atom("price", "tea", V), upper[:1])], o, *used)
    step = apply(the(o, total), {"T": n(2)}, exact(tea, apply(used[0], {})))
    reject(
        "not_covered_aggregate",
        "a sum over the price of tea only",
        "not_covered",
        step,
        th,
        [holds(atom("total", n(2)))],
        step,
    )
    step = apply(the(o, total), {"T": n(2)}, tea)
    reject(
        "not_exact_first",
        "not exact comes before not covered",
        "not_exact",
        step,
        th,
        [holds(atom("total", n(2)))],
        step,
    )
    whole = exact(tables([(atom("price", V, W), upper[:2])], o, *used), *[apply(cl, {}) for cl in used])
    step = apply(the(o, total), {"T": n(6)}, whole)
    reject(
        "computation_false_sum",
        "two and three are five",
        "computation_false",
        step,
        th,
        [holds(atom("total", n(6)))],
        step,
    )

    for name, kind, op, values, result, why in (
        ("sum_null", "not_comparable", "sum", [f("sk:1", "a"), n(1)], n(1), "a sum over an unknown"),
        ("min_cell", "not_comparable", "min", [private(SALT, n(1)), n(2)], n(2), "a minimum over a private cell"),
        ("sum_mixed", "domain_error", "sum", [eur(1), n(2)], n(3), "euros and numbers do not add up"),
        (
            "sum_units",
            "domain_error",
            "sum",
            [eur(1), f("quantity", n(2), s("usd"))],
            eur(3),
            "nor do euros and dollars",
        ),
        ("max_sorts", "domain_error", "max", [t("a"), n(2)], n(2), "a text and a number do not compare"),
        ("max_symbols", "domain_error", "max", ["a", "b"], s("b"), "symbols have no order"),
    ):
        facts = [clause(f"Fact {i}.", atom("val", n(i), x)) for i, x in enumerate(values)]
        agged = clause("All.", atom("all", T), agg(op, T, S, pos("val", E, S)))
        th = Theory(*facts, agged, closed=("val/2", "all/1"))
        o = theory(th, "val/2", "all/1")
        used = [the(o, cl) for cl in facts]
        listed = tables([(atom("val", V, W), [cl["head"] for cl in facts])], o, *used)
        step = apply(the(o, agged), {"T": result}, exact(listed, *[apply(cl, {}) for cl in used]))
        reject(f"{kind}_{name}", why, kind, step, th, [holds(atom("all", result))], step)
    o = theory(Office, "staff/3", "team/1", "least_pay/2")
    step = apply(the(o, LOW), {"D": "hr", "T": n(0)}, team(o, "hr"), staff_of(o, "hr"))
    reject(
        "computation_false_empty_min",
        "there is no least of nothing",
        "computation_false",
        step,
        Office,
        [holds(atom("least_pay", "hr", n(0)))],
        step,
        roots=TRUSTED,
    )


def all_cases() -> None:
    waiting()
    assumptions()
    exactness()
