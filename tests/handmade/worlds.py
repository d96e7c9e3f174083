"""The small theories that several hand-made proofs are about."""

from build import (
    ONE,
    D,
    E,
    Json,
    N,
    Relation,
    S,
    Step,
    T,
    Theory,
    V,
    W,
    X,
    Y,
    Z,
    absent,
    agg,
    apply,
    atom,
    c,
    clause,
    d,
    f,
    n,
    pos,
    private,
    rows,
    t,
    tables,
    the,
    u,
)

# Birds: a default with an exception, and classical negation.
TWEETY = clause("Tweety is a bird.", atom("bird", "tweety"))
PINGU = clause("Pingu is a penguin.", atom("penguin", "pingu"))
BIRDS = clause("Penguins are birds.", atom("bird", X), pos("penguin", X))
FLY = clause("Birds fly unless they are abnormal.", atom("fly", X), pos("bird", X), absent("abnormal", X))
ODD = clause("Penguins are abnormal.", atom("abnormal", X), pos("penguin", X))
NOFLY = clause("Penguins do not fly.", atom("~fly", X), pos("penguin", X))
BIRD_CLAUSES = (TWEETY, PINGU, BIRDS, FLY, ODD, NOFLY)
Birds = Theory(*BIRD_CLAUSES)
ShutBirds = Theory(*BIRD_CLAUSES, closed=("abnormal/1", "bird/1", "fly/1", "penguin/1"))


def odd_birds(opened: Step, *more: Step) -> Step:
    """Nothing is abnormal but Pingu. Work: 1 clause + 1 answer tried, and 1 clause."""
    listed = [
        (atom("abnormal", V), [atom("abnormal", "pingu")]),
        (atom("penguin", V), [atom("penguin", "pingu")]),
    ]
    return tables(listed, opened, the(opened, ODD), the(opened, PINGU), *more, work=3)


def tweety_flies(opened: Step) -> Step:
    bird = apply(the(opened, TWEETY), {})
    return apply(the(opened, FLY), {"X": "tweety"}, bird, odd_birds(opened))


def pingu(opened: Step) -> Step:
    return apply(the(opened, PINGU), {})


# Roads: recursion.
AB = clause("There is a road from A to B.", atom("road", "a", "b"))
BC = clause("There is a road from B to C.", atom("road", "b", "c"))
NEAR = clause("What has a road to a place leads there.", atom("lead", X, Y), pos("road", X, Y))
FAR = clause(
    "What has a road to what leads somewhere leads there.",
    atom("lead", X, Z),
    pos("road", X, Y),
    pos("lead", Y, Z),
)
ROAD_CLAUSES = (AB, BC, NEAR, FAR)
Roads = Theory(*ROAD_CLAUSES)
ShutRoads = Theory(*ROAD_CLAUSES, closed=("road/2", "lead/2"))
ROAD_LIST = [atom("road", "a", "b"), atom("road", "b", "c")]
LEAD_LIST = [atom("lead", "a", "b"), atom("lead", "a", "c"), atom("lead", "b", "c")]


def road_clauses(opened: Step) -> list[Step]:
    return [the(opened, cl) for cl in ROAD_CLAUSES]


def all_leads(opened: Step, *more: Step) -> Step:
    """Work: NEAR 1 + 2 roads; FAR 1 + 2 roads + for each road 3 leads; 2 facts: 14."""
    listed = [(atom("lead", V, W), LEAD_LIST), (atom("road", V, W), ROAD_LIST)]
    return tables(listed, opened, *road_clauses(opened), *more, work=14)


def lead_proofs(opened: Step) -> list[Step]:
    """Proofs of the five answers, in the order of `all_leads`."""
    ab, bc = apply(the(opened, AB), {}), apply(the(opened, BC), {})
    near_ab = apply(the(opened, NEAR), {"X": "a", "Y": "b"}, ab)
    near_bc = apply(the(opened, NEAR), {"X": "b", "Y": "c"}, bc)
    far = apply(the(opened, FAR), {"X": "a", "Y": "b", "Z": "c"}, ab, near_bc)
    return [near_ab, far, near_bc, ab, bc]


# Barring: two strata of absence.
BAR_CLAUSES = (
    ZOE := clause("Zoe applies.", atom("apply", "zoe")),
    YAN := clause("Yan applies.", atom("apply", "yan")),
    BAN_ZOE := clause("Zoe is banned.", atom("banned", "zoe")),
    BAN_YAN := clause("Yan is banned.", atom("banned", "yan")),
    PARDON := clause("Zoe is pardoned.", atom("pardoned", "zoe")),
    BARRED := clause(
        "Who is banned is barred unless pardoned.", atom("barred", X), pos("banned", X), absent("pardoned", X)
    ),
    FIT := clause("Who applies is eligible unless barred.", atom("eligible", X), pos("apply", X), absent("barred", X)),
)
BAR_PREDICATES = ("apply/1", "banned/1", "pardoned/1", "barred/1", "eligible/1")
Bar = Theory(*BAR_CLAUSES, closed=BAR_PREDICATES)
OpenBar = Theory(*BAR_CLAUSES)


def pardoned(opened: Step) -> Step:
    return tables([(atom("pardoned", V), [atom("pardoned", "zoe")])], opened, the(opened, PARDON), work=1)


def yan_barred(opened: Step) -> Step:
    banned = apply(the(opened, BAN_YAN), {})
    return apply(the(opened, BARRED), {"X": "yan"}, banned, pardoned(opened))


def barred(opened: Step) -> Step:
    """Only Yan is barred, because Zoe is pardoned. Work: 1 clause + 2 banned, and 2 facts."""
    zoe = apply(the(opened, PARDON), {})
    listed = [
        (atom("barred", V), [atom("barred", "yan")]),
        (atom("banned", V), [atom("banned", "zoe"), atom("banned", "yan")]),
    ]
    return tables(listed, opened, the(opened, BARRED), the(opened, BAN_ZOE), the(opened, BAN_YAN), zoe, work=5)


def eligible(opened: Step, *proofs: Step) -> Step:
    """Only Zoe is eligible, if `proofs` show that Yan is barred. Work: 1 clause + 2, and 2 facts."""
    listed = [
        (atom("eligible", V), [atom("eligible", "zoe")]),
        (atom("apply", V), [atom("apply", "zoe"), atom("apply", "yan")]),
    ]
    return tables(listed, opened, the(opened, FIT), the(opened, ZOE), the(opened, YAN), *proofs, work=5)


def zoe_eligible(opened: Step) -> Step:
    return apply(the(opened, FIT), {"X": "zoe"}, apply(the(opened, ZOE), {}), barred(opened))


# Staff: a relation with two indexes, and aggregates over it.
ANN = ["ann", "sales", n(100)]
BOB = ["bob", "sales", n(100)]
CY = ["cy", "it", n("250/3")]
Staff = Relation("staff", ["name", "team", "pay"], [ANN, BOB, CY], ["012", "102"])
STAFF_CALL = pos("staff", E, D, S)
STAFF_CLAUSES = (
    SALES := clause("Sales is a team.", atom("team", "sales")),
    HR := clause("HR is a team.", atom("team", "hr")),
    SIZE := clause(
        "The size of a team is its staff.",
        atom("size", D, N),
        pos("team", D),
        agg("count", N, ONE, STAFF_CALL),
    ),
    COST := clause("A team costs its pay.", atom("cost", D, T), pos("team", D), agg("sum", T, S, STAFF_CALL)),
    LOW := clause("The least pay.", atom("least_pay", D, T), pos("team", D), agg("min", T, S, STAFF_CALL)),
    TOP := clause("The top pay.", atom("top_pay", D, T), pos("team", D), agg("max", T, S, STAFF_CALL)),
    RICH := clause(
        "The rich of a team are paid over 90.",
        atom("rich", D, N),
        pos("team", D),
        agg("count", N, ONE, STAFF_CALL, c("gt", S, n(90))),
    ),
)
Office = Theory(Staff, *STAFF_CLAUSES, closed=("staff/3", "team/1", "size/2"))
OFFICE_ROOT: list[Json] = [[Staff.digest, "recomputed"]]
TRUSTED: list[Json] = [[Staff.digest, "proved"]]


def team(opened: Step, name: str = "sales") -> Step:
    return apply(the(opened, SALES if name == "sales" else HR), {})


def staff_of(opened: Step, name: str = "sales") -> Step:
    return rows(opened, Staff, name, index=1)


# Validity: a rate that changed on 2026-07-01.
OLD = clause("Until July the rate is 5.", atom("rate", n(5)), since="2026-01-01", until="2026-07-01")
NEW = clause("From July the rate is 6.", atom("rate", n(6)), since="2026-07-01")
DUE = clause("Before October what is rated is due.", atom("due", X), pos("rate", X), until="2026-10-01")
Rates = Theory(OLD, NEW, DUE, closed=("rate/1", "due/1"))

# Files: a private column.
SALT, SALT2 = "0123456789abcdef", "salt of this cell, any 16 characters or more"
SECRET = private(SALT, n(42))
SECRET2 = private(SALT2, t("flu"))
Files = Relation(
    "file",
    ["name", "number", "ill"],
    [["ann", SECRET, SECRET2], ["bob", private(SALT, n(7)), SECRET2]],
    hidden=[1, 2],
)
BIG = clause("Who has a file number over 40 is noted.", atom("noted", X), pos("file", X, Y, Z), c("gt", Y, n(40)))
Clinic = Theory(Files, BIG)
FILE_ROOT: list[Json] = [[Files.digest, "proved"]]

# Readings: every sort of cell in keys.
READINGS = [
    [n(-2), d("2024-02-29"), t("cold")],
    [n("-3/2"), d("2024-02-29"), t("")],
    [n("-1/2"), d("2025-12-31"), t("x")],
    [n(0), d("0001-01-01"), t("nought")],
    [n("1/3"), d("9999-12-31"), t("third")],
    [n("1/2"), d("2024-02-29"), t("half")],
    [n("7/3"), d("2024-03-01"), t("é")],
    [n(300), d("2024-02-28"), t("warm")],
]
Readings = Relation("reading", ["level", "day", "note"], READINGS, ["012", "102", "210"])
Lab = Theory(Readings, closed=("reading/3",))
LAB_ROOT: list[Json] = [[Readings.digest, "proved"]]
KINDS = [
    [["b", "true"], u(-1, 0), f("pair", n(1), "a")],
    [["b", "true"], u(12, -400), f("pair", n(1), f("pair", "b", t("c")))],
    [["b", "false"], u(0, 0), f("pairs", n("-255/256"))],
    [["b", "false"], u(0, 255), ["s", "a"]],
]
Kinds = Relation("kind", ["flag", "span", "thing"], KINDS, ["012", "210", "120"])
Zoo = Theory(Kinds, closed=("kind/3",))
ZOO_ROOT: list[Json] = [[Kinds.digest, "quorum"]]

# People: rules for `each`, and a contradiction.
MEN = clause("Men are mortal.", atom("mortal", X), pos("man", X))
DIE = clause("What is mortal dies.", atom("die", X), pos("mortal", X))
SOCRATES = clause("Socrates is a man.", atom("man", "socrates"))
WED = clause("Who is married to a judge is respected.", atom("respected", X), pos("married", X, Y), pos("judge", Y))
People = Theory(MEN, DIE, SOCRATES, WED)
COLD = clause("Anne is cold.", atom("cold", "anne"))
NOT_COLD = clause("Red things are not cold.", atom("~cold", X), pos("red", X))
RED = clause("Anne is red.", atom("red", "anne"))
KIND = clause("Cold things are kind.", atom("kind", X), pos("cold", X))
Anne = Theory(COLD, NOT_COLD, RED, KIND)


def cold_and_not(opened: Step) -> tuple[Step, Step]:
    red = apply(the(opened, RED), {})
    return apply(the(opened, COLD), {}), apply(the(opened, NOT_COLD), {"X": "anne"}, red)


def socrates_dies(opened: Step) -> Step:
    mortal = apply(the(opened, MEN), {"X": "socrates"}, apply(the(opened, SOCRATES), {}))
    return apply(the(opened, DIE), {"X": "socrates"}, mortal)
