from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world import Relation, World, plain, private

from quod.kernel import commit
from quod.kernel.canonical import digest, spell, unspell
from quod.kernel.commit import Leaf, Opened, RelationInfo, cell_key, open_index, open_map, row_key
from quod.kernel.rejection import Rejection
from quod.kernel.tree import Tree, first_difference
from quod.kernel.values import Term, duration, number

keys = st.lists(st.binary(min_size=1, max_size=6).map(lambda key: key.replace(b"\0", b"\1") + b"\0"), max_size=20).map(
    lambda found: sorted(set(found))
)
fractions = st.fractions(max_denominator=1000) | st.fractions()
names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=5)
dates = st.dates().map(lambda day: ("d", day.isoformat()))
texts = names.map(lambda text: ("t", text)) | st.just(("t", ""))
terms: st.SearchStrategy[Term] = st.recursive(
    fractions.map(number)
    | dates
    | texts
    | names.map(lambda name: ("s", name))
    | st.sampled_from([("b", "true"), ("b", "false")])
    | st.builds(duration, st.integers(), st.integers())
    | st.binary(min_size=32, max_size=32).map(lambda raw: ("h", spell(raw))),
    lambda inner: st.tuples(st.just("f"), names, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    max_leaves=4,
)


def kind(call: Any, *args: Any) -> str:
    try:
        call(*args)
    except Rejection as rejection:
        return rejection.kind
    return ""


def by_hand(found: Iterable[bytes], value: bytes = b"") -> bytes:
    """The root, from the definition of the specification."""
    listed = sorted(set(found))
    if not listed:
        return hashlib.sha256(b"quod1.empty\n").digest()
    if len(listed) == 1:
        key = listed[0]
        return hashlib.sha256(b"quod1.leaf\n" + len(key).to_bytes(4, "big") + key + value).digest()
    size = 8 * max(map(len, listed))
    bits = {key: bin(int.from_bytes(b"\1" + key.ljust(size // 8, b"\0"), "big"))[3:] for key in listed}
    bit = next(at for at in range(size) if len({bits[key][at] for key in listed}) == 2)
    sides = [by_hand((key for key in listed if bits[key][bit] == side), value) for side in "01"]
    return hashlib.sha256(b"quod1.node\n" + bit.to_bytes(4, "big") + sides[0] + sides[1]).digest()


# Keys ---------------------------------------------------------------------------------------------------------


@given(fractions, fractions)
def test_number_keys_keep_their_order(a: Fraction, b: Fraction) -> None:
    assert (cell_key(number(a)) < cell_key(number(b))) == (a < b)
    assert (cell_key(number(a)) == cell_key(number(b))) == (a == b)


@given(st.integers(), st.integers(min_value=1))
def test_numbers_close_to_each_other_keep_their_order(above: int, below: int) -> None:
    near = [Fraction(above, below) + Fraction(step, below * (below + 1)) for step in (-1, 0, 1)]
    assert [cell_key(number(each)) for each in near] == sorted(cell_key(number(each)) for each in near)


@given(dates, dates)
def test_date_keys_keep_their_order(a: Term, b: Term) -> None:
    assert (cell_key(a) < cell_key(b)) == (a < b)


@given(texts, texts)
def test_text_keys_keep_their_order(a: Term, b: Term) -> None:
    assert (cell_key(a) < cell_key(b)) == (a[1].encode() < b[1].encode())


@given(st.integers(), st.integers())
def test_duration_keys_keep_the_order_of_months_and_of_days(a: int, b: int) -> None:
    assert (cell_key(duration(a, 7)) < cell_key(duration(b, 7))) == (a < b)
    assert (cell_key(duration(7, a)) < cell_key(duration(7, b))) == (a < b)


@given(terms, terms)
def test_keys_are_one_to_one_and_none_is_a_prefix_of_another(a: Term, b: Term) -> None:
    assert (cell_key(a) == cell_key(b)) == (a == b)
    assert a == b or not cell_key(a).startswith(cell_key(b))


@given(st.lists(terms, min_size=3, max_size=3), st.lists(terms, min_size=3, max_size=3))
def test_row_keys_are_one_to_one(a: list[Term], b: list[Term]) -> None:
    assert (row_key(a, (2, 0, 1)) == row_key(b, (2, 0, 1))) == (a == b)
    assert row_key(a, (2, 0, 1)) == cell_key(a[2]) + cell_key(a[0]) + cell_key(a[1])


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (number(0), "02 80 00"),
        (number(1), "02 8101 00"),
        (number(-1), "02 7ffe 00"),
        (number(256), "02 820100 00"),
        (number(-256), "02 7efeff 00"),
        (number(Fraction(1, 2)), "02 80 7efd ff"),
        (number(Fraction(-1, 2)), "02 7ffe 7efd ff"),
        (number(Fraction(5, 3)), "02 8101 7efe 8102 00"),
        (("b", "true"), "01 01"),
        (("b", "false"), "01 00"),
        (("d", "2026-01-31"), "03 323032362d30312d3331"),
        (duration(1, -1), "04 8101 7ffe"),
        (("s", "a"), "05 61 00"),
        (("t", "a"), "06 61 00"),
        (("f", "f", (("s", "a"), ("t", ""))), "07 66 00 05 61 00 06 00 00"),
        (("h", "A" * 43), "08 " + "41" * 43),
    ],
)
def test_keys_by_hand(value: Term, key: str) -> None:
    assert cell_key(value) == bytes.fromhex(key)


def test_numbers_of_three_hundred_digits_have_keys() -> None:
    big = "9" * 300
    assert cell_key(("n", "-" + big)) < cell_key(("n", "-1")) < cell_key(("n", f"1/{big}")) < cell_key(("n", big))


# Roots --------------------------------------------------------------------------------------------------------


@given(keys)
def test_the_root_is_that_of_the_definition(found: list[bytes]) -> None:
    assert unspell(Tree(found).root) == by_hand(found)
    values = [bytes(32)] * len(found)
    assert unspell(Tree(found, values).root) == by_hand(found, bytes(32))


@given(keys, keys, st.randoms(use_true_random=False))
def test_the_root_does_not_depend_on_the_order_of_changes(
    kept: list[bytes], gone: list[bytes], order: random.Random
) -> None:
    tree = Tree(sorted(kept[::2]))
    changes = [(True, key) for key in kept[1::2] + gone if key not in kept[::2]]
    order.shuffle(changes)
    for _, key in changes:
        tree.insert(key)
    leaving = [key for key in gone if key not in kept]
    order.shuffle(leaving)
    for key in leaving:
        assert tree.remove(key)
        assert not tree.remove(key)
    assert unspell(tree.root) == by_hand(kept)
    for key in kept:
        assert not tree.insert(key)
        assert tree.remove(key)
    assert unspell(tree.root) == by_hand([])
    assert not tree.remove(b"x\0")


@given(keys.filter(bool), st.data())
def test_a_value_can_be_replaced(found: list[bytes], data: st.DataObject) -> None:
    tree = Tree(found, [bytes(32)] * len(found))
    key = data.draw(st.sampled_from(found))
    new = bytes(range(32))
    assert not tree.insert(key, new)
    assert tree.insert(key + b"x\0", new)
    assert tree.remove(key + b"x\0")
    assert tree.insert(b"\1" + key, new) and tree.remove(b"\1" + key) or b"\1" + key in found
    assert tree.root == Tree(found, [new if each == key else bytes(32) for each in found]).root


def test_an_empty_tree_grows() -> None:
    tree = Tree()
    assert list(tree.open([b"a"])) == [] and tree.below(b"") == []
    assert tree.insert(b"a\0") and not tree.insert(b"a\0")
    assert tree.root == Tree([b"a\0"]).root
    assert tree.remove(b"a\0") and not tree.remove(b"a\0")
    assert unspell(tree.root) == commit.EMPTY


@given(keys, st.binary(max_size=3))
def test_below_finds_the_keys_with_a_prefix(found: list[bytes], prefix: bytes) -> None:
    tree = Tree(found)
    assert [tree.keys[at] for at in tree.below(prefix)] == [key for key in found if key.startswith(prefix)]


def test_long_keys() -> None:
    found = sorted(bytes([65 + at % 3]) * (60 + at) + b"\0" for at in range(12))
    tree = Tree(found)
    assert unspell(tree.root) == by_hand(found)
    assert first_difference(b"a\0", b"ab\0") == 8 + 1


# Openings -----------------------------------------------------------------------------------------------------


def opened(tree: Tree, items: Iterable[Any], hidden: Iterable[bytes] = ()) -> Opened:
    """Open a tree whose leaves are bare keys."""
    away = set(hidden)
    written: list[Any] = []
    for item in items:
        if not isinstance(item, int):
            written.append(list(item))
        elif tree.keys[item] in away:
            written.append(["h", spell(commit.leaf_hash(tree.keys[item]))])
        else:
            written.append(["k", tree.keys[item]])
    return Opened(written, "k", lambda item: (item[1], b"", item[1]))


@given(keys, st.binary(max_size=3))
def test_an_opening_shows_the_prefix_and_every_key_that_has_it(found: list[bytes], prefix: bytes) -> None:
    tree = Tree(found)
    shown = opened(tree, tree.open([prefix]))
    assert spell(shown.root) == tree.root
    assert shown.shows(prefix)
    assert [key for key in shown.leaves if key.startswith(prefix)] == [key for key in found if key.startswith(prefix)]
    for other in (bytes([byte]) for byte in range(256)):
        if shown.shows(other):
            assert {key for key in found if key.startswith(other)} <= set(shown.leaves)


@given(keys.filter(lambda found: len(found) > 1), st.data())
def test_a_dropped_leaf_is_noticed(found: list[bytes], data: st.DataObject) -> None:
    tree = Tree(found)
    prefix = data.draw(st.sampled_from(found))[: data.draw(st.integers(0, 4))]
    hidden = data.draw(st.sampled_from([key for key in found if key.startswith(prefix)]))
    try:
        shown = opened(tree, tree.open([prefix]), [hidden])
    except Rejection as rejection:
        assert rejection.kind == "malformed_tree"
    else:
        assert spell(shown.root) == tree.root
        assert not shown.shows(prefix)
        assert not shown.shows(hidden)


@given(keys, keys.filter(bool))
def test_several_prefixes_are_opened_together(found: list[bytes], wanted: list[bytes]) -> None:
    tree = Tree(found)
    shown = opened(tree, tree.open(wanted))
    assert all(map(shown.shows, wanted)) or not found
    assert set(found) & set(wanted) <= set(shown.leaves)


def test_what_a_pruned_side_may_hold() -> None:
    """One leaf 01100001 00000000 and a pruned side at bit 6."""
    sample, away = b"a\0", spell(bytes(32))
    for side, items in ((1, [["k", sample], ["h", away], ["n", "6"]]), (0, [["h", away], ["k", sample], ["n", "6"]])):
        shown = Opened(items, "k", lambda item: (item[1], b"", item[1]))
        assert not shown.shows(b"")
        assert shown.shows(b"b") == (side == 0)
        assert shown.shows(b"a") == (side == 1)
        assert shown.shows(b"c") == (side == 0)
        assert shown.shows(b"q") and shown.shows(b"\0") and shown.shows(b"A")
    far = Opened([["k", sample], ["h", away], ["n", "20"]], "k", lambda item: (item[1], b"", item[1]))
    assert not far.shows(b"a") and not far.shows(b"a\0") and far.shows(b"b")
    assert far.shows(b"a\0\0") and not far.shows(b"a\0\x08") and far.shows(b"a\0\x10")
    both = Opened(
        [["h", away], ["k", sample], ["n", "9"], ["h", away], ["n", "7"]], "k", lambda item: (item[1], b"", item[1])
    )
    assert both.shows(b"`") and both.shows(b"b")
    assert not both.shows(b"a") and not both.shows(b"a\0") and not both.shows(b"a\x40")


TWO = Relation([("a", "1"), ("b", "2")], 2)


@pytest.mark.parametrize(
    ("items", "wanted"),
    [
        ("x", "malformed_value"),
        ([["h", "x"]], "malformed_value"),
        ([["h", TWO.trees[0].root]], "malformed_tree"),
        (["h"], "malformed_tree"),
        ([[]], "malformed_tree"),
        ([["x", "y"]], "malformed_tree"),
        ([["h"]], "malformed_tree"),
        ([["n", "1"]], "malformed_tree"),
        ([["r", plain(TWO.rows[0])], ["n", "1"]], "malformed_tree"),
        ([["r", plain(TWO.rows[0])], ["r", plain(TWO.rows[1])]], "malformed_tree"),
        ([["r", plain(TWO.rows[0])], ["r", plain(TWO.rows[1])], ["n", "x"]], "malformed_value"),
        ([["r", plain(TWO.rows[0])], ["r", plain(TWO.rows[1])], ["n", "01"]], "malformed_value"),
        ([["r", plain(TWO.rows[0])], ["r", plain(TWO.rows[1])], ["n", "4294967295"]], ""),
        ([["r", plain(TWO.rows[0])], ["r", plain(TWO.rows[1])], ["n", "4294967296"]], "malformed_tree"),
        ([["r", plain(TWO.rows[0])], ["r", plain(TWO.rows[1])], ["n", "12345678901"]], "malformed_value"),
        ([["r", plain(TWO.rows[0])], ["r", plain(TWO.rows[1])], ["n", "1", "2"]], "malformed_tree"),
        ([["h", TWO.trees[0].root], ["h", TWO.trees[0].root], ["n", "1"]], "malformed_tree"),
        ([["r", plain(TWO.rows[0]), "x"]], "malformed_tree"),
        ([["r", "x"]], "malformed_value"),
        ([["r", [["s", "a"]]]], "malformed_value"),
        ([["r", [["s", "a"], ["v", "X"]]]], "malformed_value"),
        ([["r", [["s", "a"], ["f", "f", [["v", "X"]]]]]], "malformed_value"),
        ([["l", "p/1", {}]], "malformed_tree"),
        ([], ""),
        ([["r", plain(TWO.rows[0])]], ""),
    ],
)
def test_index_trees(items: Any, wanted: str) -> None:
    assert kind(open_index, items, (0, 1), int) == wanted


def leaf(**changed: Any) -> dict[str, Any]:
    return {"clauses": [], "closed": "no", "relation": ""} | changed


def relation(**changed: Any) -> dict[str, Any]:
    return plain(TWO.json) | changed


A, B = sorted([digest("x", "1"), digest("x", "2")])


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (leaf(), ""),
        ("x", "malformed_value"),
        ({"clauses": [], "closed": "no"}, "malformed_value"),
        (leaf(more=""), "malformed_value"),
        (leaf(closed="maybe"), "malformed_value"),
        (leaf(closed=["yes"]), "malformed_value"),
        (leaf(clauses="x"), "malformed_value"),
        (leaf(clauses=["x"]), "malformed_value"),
        (leaf(clauses=[A, B]), ""),
        (leaf(clauses=[B, A]), "malformed_value"),
        (leaf(clauses=[A, A]), "malformed_value"),
        (leaf(relation={}), "malformed_value"),
        (leaf(relation=[]), "malformed_value"),
        (leaf(relation=relation()), ""),
        (leaf(relation=relation(columns=["a"])), "malformed_value"),
        (leaf(relation=relation(columns=["a", "a"])), "malformed_value"),
        (leaf(relation=relation(columns=["a", ["b"]])), "malformed_value"),
        (leaf(relation=relation(columns="ab")), "malformed_value"),
        (leaf(relation=relation(columns=["a", "b", "c"])), "malformed_value"),
        (leaf(relation=relation(count="-1")), "malformed_value"),
        (leaf(relation=relation(count=["1"])), "malformed_value"),
        (leaf(relation=relation(key=["2"])), "malformed_value"),
        (leaf(relation=relation(key="0")), "malformed_value"),
        (leaf(relation=relation(private=["2"])), "malformed_value"),
        (leaf(relation=relation(private=["0"])), ""),
        (leaf(relation=relation(indexes=[])), "malformed_value"),
        (leaf(relation=relation(indexes="x")), "malformed_value"),
        (leaf(relation=relation(indexes=["x"])), "malformed_value"),
        (leaf(relation=relation(indexes=[[["0", "1"]]])), "malformed_value"),
        (leaf(relation=relation(indexes=[[["0"], A]])), "malformed_value"),
        (leaf(relation=relation(indexes=[[["0", "0"], A]])), "malformed_value"),
        (leaf(relation=relation(indexes=[[["1", "0"], A]])), ""),
        (leaf(relation=relation(indexes=[[["1", "0"], "x"]])), "malformed_value"),
    ],
)
def test_leaves(value: Any, wanted: str) -> None:
    assert kind(Leaf.read, value, 2) == wanted
    assert kind(open_map, [["l", "p/2", value]]) == wanted


def test_what_a_leaf_says() -> None:
    read = Leaf.read(leaf(clauses=[A], closed="yes", relation=relation(private=["1"])), 2)
    assert (read.clauses, read.closed) == ((A,), True)
    assert read.relation == RelationInfo(
        digest("relation", relation(private=["1"])), (((0, 1), TWO.trees[0].root),), (1,)
    )
    assert Leaf.read(leaf(), 2) == Leaf((), False, None)


@pytest.mark.parametrize(
    ("items", "wanted"),
    [
        ([["l", "p/1"]], "malformed_tree"),
        ([["l", "p/1", leaf(), "x"]], "malformed_tree"),
        ([["l", "p", leaf()]], "malformed_value"),
        ([["l", "?/1", leaf()]], "malformed_value"),
        ([["r", []]], "malformed_tree"),
    ],
)
def test_map_trees(items: Any, wanted: str) -> None:
    assert kind(open_map, items) == wanted


def test_a_map_keeps_what_it_shows() -> None:
    world = World("p(a)", "q(a)")
    shown = open_map(world.open())
    assert spell(shown.root) == world.tree.root
    assert [name for name, _ in shown.leaves] == ["p/1", "q/1"]


def test_a_private_cell_is_a_salted_digest() -> None:
    assert private("bob") == ("h", digest("cell", ["0123456789abcdef", ["s", "bob"]]))
    assert commit.cell_digest("s" * 16, ("s", "bob")) != commit.cell_digest("t" * 16, ("s", "bob"))


def test_a_prefix_that_ends_inside_an_edge() -> None:
    tree = Tree([b"abcde\0", b"abcdf\0", b"z\0"])
    shown = opened(tree, tree.open([b"ax"]))
    assert shown.shows(b"ax") and not shown.shows(b"abcd") and not shown.shows(b"z")
    assert shown.leaves == [b"abcde\0"]
    assert [tree.number(key) for key in tree.keys] == [0, 1, 2]


@given(keys.filter(bool), st.binary(max_size=2), st.integers(0, 40))
def test_openings_of_keys_that_share_much(found: list[bytes], prefix: bytes, long: int) -> None:
    start = b"a" * long
    tree = Tree([start + key for key in found])
    for wanted in (start + prefix, start[: long // 2] + prefix, start[: long // 2] + b"b", start[: long // 2]):
        shown = opened(tree, tree.open([wanted]))
        assert spell(shown.root) == tree.root and shown.shows(wanted)
        assert [key for key in shown.leaves if key.startswith(wanted)] == [
            key for key in tree.keys if key.startswith(wanted)
        ]
