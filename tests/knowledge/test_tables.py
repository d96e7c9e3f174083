"""CSV files become typed rows, or one error that lists every row that does not."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot

from quod.kernel.values import number, symbol, text
from quod.knowledge.cells import converted, inferred
from quod.knowledge.errors import TableHeader, TableKeys, TableMissing, TableRows
from quod.knowledge.tables import RelationSpec, parse_relation, read_relation

ORDERS = "id,customer,amount,on,paid\no1,Anne,3.50,2026-01-02,true\no2,Bob B.,-2,2026-02-01,FALSE\n"


def table(source: str, **spec):
    return parse_relation(RelationSpec("order", **spec), source, "order.csv")


def test_sorts_are_inferred():
    relation = table(ORDERS, key=("id",))
    assert relation.predicate == "order/5"
    assert relation.sorts == ("symbol", "symbol", "number", "date", "boolean")
    assert relation.rows == (
        (symbol("o1"), symbol("Anne"), ("n", "7/2"), ("d", "2026-01-02"), ("b", "true")),
        (symbol("o2"), symbol("Bob B."), ("n", "-2"), ("d", "2026-02-01"), ("b", "false")),
    )


def test_sorts_are_declared():
    relation = table("a,b,c,d\n1,2,1/3,P1Y2M10D\n", sorts={"a": "symbol", "b": "text", "c": "number", "d": "duration"})
    assert relation.rows == ((symbol("1"), text("2"), ("n", "1/3"), ("u", "14", "10")),)


@pytest.mark.parametrize(
    ("cells", "sort"),
    [
        (["1", "2.50", "-3"], "number"),
        (["0", "0.5"], "number"),
        (["007", "12"], "symbol"),
        (["1e5"], "symbol"),
        (["1,000"], "symbol"),
        (["1/3"], "symbol"),
        (["٣"], "symbol"),
        (["+1"], "symbol"),
        (["1."], "symbol"),
        (["2026-01-02"], "date"),
        (["2026-02-30"], "symbol"),
        (["2026-1-2"], "symbol"),
        (["true", "False"], "boolean"),
        (["yes", "no"], "symbol"),
        (["1", ""], "number"),
        (["", ""], "symbol"),
        ([], "symbol"),
    ],
)
def test_inference(cells, sort):
    assert inferred(cells) == sort


@pytest.mark.parametrize(
    ("sort", "cell"),
    [
        ("number", "x"),
        ("number", "1/0"),
        ("number", ""),
        ("date", "2026-02-30"),
        ("boolean", "yes"),
        ("duration", "P"),
        ("duration", "PT5M"),
        ("symbol", ""),
        ("symbol", "!x"),
        ("text", "\0"),
    ],
)
def test_cells_that_do_not_have_their_sort(sort, cell):
    assert converted([cell], sort) == [None]


def test_negative_duration():
    assert converted(["-P1M2W"], "duration") == [("u", "-1", "-14")]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.text('ab,"\n é', min_size=1), st.decimals(-999, 999, places=2)), unique=True))
def test_every_row_arrives(rows):
    out = io.StringIO()
    csv.writer(out).writerows([("name", "amount"), *rows])
    relation = table(out.getvalue(), sorts={"name": "text", "amount": "number"})
    from fractions import Fraction

    assert list(relation.rows) == [(text(name), number(Fraction(str(amount)))) for name, amount in rows]


def test_all_bad_rows_are_listed_at_once():
    source = "id,amount\no1,1\no2,x\no3\no4,2,3\n"
    with pytest.raises(TableRows) as caught:
        table(source)
    assert str(caught.value) == snapshot(
        """\
order.csv:4:1: 2 cells or rows cannot be used:
    row 4: 1 cells where the header has 2
    row 5: 3 cells where the header has 2 [table_rows]
  fix: correct these rows; quote cells that contain commas\
"""
    )
    with pytest.raises(TableRows) as caught:
        table("id,amount\no1,1\n,x\no3,\n", sorts={"amount": "number"})
    assert caught.value.fields["rows"] == (
        (3, "amount is 'x', which is not a number"),
        (3, "id is empty, which only a column declared `text` may be"),
        (4, "amount is empty, which only a column declared `text` may be"),
    )
    assert caught.value.code == "table_rows"


def test_a_long_list_is_cut_but_counted():
    with pytest.raises(TableRows, match="and 5 more") as caught:
        table("a\n" + "x\n" * 25, sorts={"a": "number"})
    assert len(caught.value.fields["rows"]) == 25


def test_rows_are_counted_as_lines_of_the_file():
    with pytest.raises(TableRows) as caught:
        table('a,b\n"one\ntwo",1\nx,y\n', sorts={"b": "number"})
    assert caught.value.fields["rows"][0][0] == 4


def test_duplicate_keys_are_listed():
    with pytest.raises(TableKeys) as caught:
        table("id,n\na,1\nb,2\na,3\na,4\n", key=("id",))
    assert caught.value.code == "table_keys"
    assert str(caught.value) == snapshot(
        """\
order.csv:4:1: 2 cells or rows cannot be used:
    row 4: the key (a) is that of row 2
    row 5: the key (a) is that of row 2 [table_keys]
  fix: keep one of them\
"""
    )


def test_equal_rows_without_a_key_are_not_dropped_but_refused():
    with pytest.raises(TableKeys, match=r"the key \(a, 1\) is that of row 2"):
        table("id,n\na,1\na,1.0\n")


@pytest.mark.parametrize(
    ("source", "spec", "message"),
    [
        ("", {}, "is empty"),
        ("a,a\n", {}, "two columns are called 'a'"),
        ("a,\n", {}, "column 2 has no name"),
        ("id,n\n", {"key": ("ident",)}, "no column 'ident'"),
        ("id,n\n", {"private": ("m",)}, "no column 'm'"),
        ("id,n\n", {"indexes": (("m",),)}, "no column 'm'"),
        ("id,n\n", {"sorts": {"m": "text"}}, "no column 'm'"),
    ],
)
def test_headers(source, spec, message):
    with pytest.raises(TableHeader) as caught:
        table(source, **spec)
    assert caught.value.code == "table_header"
    assert message in caught.value.message
    assert caught.value.remedy


def test_no_csv():
    with pytest.raises(TableRows, match="not CSV"):
        table('a,b\n"x" y,1\n')


def test_empty_lines():
    assert len(table("a,b\n1,2\n\n3,4\n").rows) == 2
    with pytest.raises(TableRows, match="could be an empty cell"):
        table("a\n1\n\n2\n")


def test_files(tmp_path):
    path = tmp_path / "o.csv"
    path.write_bytes(b"\xef\xbb\xbfid,n\r\nZoe\xcc\x81,1\r\n")
    assert read_relation(RelationSpec("o"), path).rows == ((symbol("Zo\u00e9"), number(1)),)
    path.write_bytes(b"id\nx\n\xff\n")
    with pytest.raises(TableRows, match="not UTF-8") as caught:
        read_relation(RelationSpec("o"), path)
    assert str(caught.value.place) == "o.csv:3:0"
    with pytest.raises(TableMissing) as missing:
        read_relation(RelationSpec("o"), tmp_path / "p.csv")
    assert missing.value.code == "table_missing"


def test_orders_are_whole_permutations():
    relation = table(ORDERS, indexes=(("amount", "customer"), ("paid",)))
    assert relation.orders == ((2, 1, 0, 3, 4), (4, 0, 1, 2, 3))
    assert relation.positions(("paid", "id")) == (4, 0)


def test_commitment():
    committed = table(ORDERS, key=("id",), indexes=(("amount",),)).commitment()
    assert committed.json()["columns"] == ("id", "customer", "amount", "on", "paid")
    assert len(committed.json()["indexes"]) == 2
    with pytest.raises(ValueError, match="not salted"):
        table(ORDERS, private=("customer",)).commitment()
