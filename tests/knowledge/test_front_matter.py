"""Front matter is checked key by key, and all its scalars are text."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot

from quod.knowledge.errors import FrontMatter
from quod.knowledge.front_matter import split_front

FULL = """\
---
title: "Orders: all"
description: what we sell
closed: [red/1, order]
open:
  - blue/1
relations:
  order:
    file: data/orders.csv
    key: id
    private: [customer]
    index: [[customer, on], amount]
    columns: {id: symbol, amount: number, on: date}
  yes:
---
Anne is cold.
"""


def test_everything():
    front, body, line = split_front(FULL, "a.md")
    assert (front.title, body, line) == ("Orders: all", "Anne is cold.\n", 16)
    assert [(one.kind, one.name, str(one.place)) for one in front.declared] == snapshot(
        [
            ("closed", "red/1", "a.md:4:10"),
            ("closed", "order", "a.md:4:17"),
            ("open", "blue/1", "a.md:6:5"),
        ]
    )
    order, yes = front.relations
    assert (order.name, order.file, order.key, order.private) == ("order", "data/orders.csv", ("id",), ("customer",))
    assert order.indexes == (("customer", "on"), ("amount",))
    assert order.sorts == {"id": "symbol", "amount": "number", "on": "date"}
    assert (yes.name, yes.file) == ("yes", "")


def test_a_list_of_relations():
    front, _, _ = split_front("---\nrelations: [order, customer]\n---\n", "a.md")
    assert [spec.name for spec in front.relations] == ["order", "customer"]


def test_none_and_empty():
    assert split_front("Anne.\n---\n", "a.md")[1:] == ("Anne.\n---\n", 1)
    assert split_front("---\n---\nAnne.", "a.md")[1:] == ("Anne.", 3)
    assert split_front("---\nclosed:\n...\nAnne.", "a.md")[0].declared == []
    assert split_front("---\nclosed: red\n---\n", "a.md")[0].declared[0].name == "red"


@pytest.mark.parametrize(
    ("head", "line", "column", "message"),
    [
        ("close: [red]", 2, 1, "'close' is not a key"),
        ("title: [a]", 2, 8, "expected a text"),
        ("title: ''", 2, 8, "expected a text"),
        ("title: a\ntitle: b", 3, 1, "given twice"),
        ("just text", 2, 1, "expected a key"),
        ("relations: {order: {keys: id}}", 2, 21, "'keys' is not a key of the relation 'order'"),
        ("relations: {order: {columns: {id: integer}}}", 2, 35, "'integer' is not a sort"),
        ("relations: text", 2, 12, "expected a relation"),
        ("a: [", 2, 5, "not YAML"),
        ("a: b: c", 2, 5, "not YAML"),
        ("title: \x07", 2, 1, "not YAML"),
        ("[" * 1500, 2, 1, "nested too deeply"),
        ("a: *b", 2, 4, "not YAML"),
    ],
)
def test_refused(head, line, column, message):
    with pytest.raises(FrontMatter) as caught:
        split_front(f"---\n{head}\n---\n", "a.md")
    assert caught.value.code == "front_matter"
    assert (caught.value.place.line, caught.value.place.column) == (line, column)
    assert message in caught.value.message
    assert caught.value.remedy


def test_never_closed():
    with pytest.raises(FrontMatter, match="never closed"):
        split_front("---\ntitle: a\n\nAnne.", "a.md")


def test_an_error_as_it_is_shown():
    with pytest.raises(FrontMatter) as caught:
        split_front("---\ntitel: Cats\n---\n", "a.md")
    assert str(caught.value) == snapshot(
        """\
a.md:2:1: 'titel' is not a key of the front matter [front_matter]
    titel: Cats
    ^
  fix: Did you mean 'title'?\
"""
    )
