"""Accepted proofs that are odd: unknown individuals, strange texts, tables beside clauses."""

# ruff: noqa: F403, F405  # reason: the building blocks and worlds are the vocabulary of these files

from build import *
from worlds import *


def oddities() -> None:
    parent = clause("Everyone has a parent.", atom("parent_of", f("sk:1", X), X), pos("man", X))
    th = Theory(parent, SOCRATES)
    o = theory(th, "parent_of/2", "man/1")
    null = f("sk:1", "socrates")
    accept(
        "ok_null",
        "an unknown individual is a term like another, where nothing is computed on it",
        th,
        [holds(atom("parent_of", null, "socrates"))],
        apply(the(o, parent), {"X": "socrates"}, apply(the(o, SOCRATES), {})),
    )
    odd_text = 'tab\t quote" back\\slash line\n bell\x07 del\x7f é 🜁 \u2028 [[[[[[[[[[' + "{[" * 60
    said = clause("Odd text.", atom("said", t(odd_text)), since="0001-01-01")
    deep = clause("Deep terms.", atom("deep", f("a", f("b", f("c", f("é 1", n("9" * 300 + "/2"))))), t("")))
    th = Theory(said, deep)
    o = theory(th, "said/1", "deep/2")
    accept(
        "ok_odd_text",
        "escapes, brackets inside strings, signs beyond the first plane, and 300 digits in a row",
        th,
        [holds(said["head"]), holds(deep["head"])],
        apply(the(o, said), {}),
        apply(the(o, deep), {}),
    )
    key = Relation("key", ["id"], [["a"]])
    both_ways = clause("B is a key too.", atom("key", "b"))
    th = Theory(key, both_ways, closed=("key/1",))
    o = theory(th, "key/1")
    got = rows(o, key)
    accept(
        "ok_rows_and_clauses",
        "a predicate with a table and a clause: the closure needs both",
        th,
        [refuted(atom("key", "c"))],
        tables([(atom("key", V), [atom("key", "b"), atom("key", "a")])], o, the(o, both_ways), got, work=1),
        roots=[[key.digest, "proved"]],
    )
    variables = clause("Names of variables.", atom("pair", v("é"), v("Z"), v("a")), pos("src", v("Z"), v("a"), v("é")))
    source = clause("A source.", atom("src", n(1), n(2), n(3)))
    th = Theory(variables, source)
    o = theory(th, "pair/3", "src/3")
    accept(
        "ok_binding_order",
        "bindings are ordered by the UTF-8 bytes of the names",
        th,
        [holds(atom("pair", n(3), n(1), n(2)))],
        apply(the(o, variables), {"Z": n(1), "a": n(2), "é": n(3)}, apply(the(o, source), {})),
    )


def all_cases() -> None:
    oddities()
