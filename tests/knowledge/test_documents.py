"""Files and folders become theories."""

from __future__ import annotations

import pytest

from quod.kernel.values import symbol
from quod.knowledge.documents import load, read_documents
from quod.knowledge.errors import (
    DocumentEncoding,
    DocumentKind,
    DocumentMissing,
    FrontMatter,
    LogicSyntax,
    TableMissing,
)


def heads(theory) -> list[str]:
    return sorted(clause.head[0] for clause in theory.clauses)


def test_a_folder_is_one_theory(book):
    theory = book(
        {
            "b.md": "---\ntitle: Both\n---\nBob is red.\n",
            "a.txt": "Anne is cold.",
            "deep/c.quod": "big(carl). ? big(X) , X = carl.".replace("? big(X) , X = carl.", "? big(carl)."),
            ".hidden/d.md": "Dora is red.",
            "notes.csv": "x\n",
        }
    )
    assert heads(theory) == ["big/1", "cold/1", "red/1"]
    assert theory.title == "Both"
    assert str(theory.place("big(carl).")) == "deep/c.quod:1:1"
    assert [question.kind for question in theory.questions] == ["holds"]


def test_the_order_of_files_and_sentences_does_not_matter(book):
    one = book({"one/a.md": "Anne is cold. Bob is red.\n"}, "one")
    two = book({"two/a.md": "Bob is red.\n", "two/b.md": "Anne is cold.\n"}, "two")
    assert one.clauses == two.clauses


def test_relations_beside_the_document_or_named_or_in_the_data_folder(tmp_path, reader):
    (tmp_path / "book").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "book/a.md").write_text("---\nrelations:\n  order: {key: id}\n  item: {file: i.csv}\n---\n")
    (tmp_path / "book/order.csv").write_text("id,n\na,1\n")
    (tmp_path / "book/i.csv").write_text("id\nb\n")
    theory = load(tmp_path / "book/a.md", reader)
    assert [relation.predicate for relation in theory.relations] == ["item/1", "order/2"]
    (tmp_path / "data/order.csv").write_text("id,n\na,1\nb,2\n")
    theory = load(str(tmp_path / "book"), reader, tmp_path / "data")
    assert [len(relation.rows) for relation in theory.relations] == [1, 2]


@pytest.mark.parametrize("name", ["../secret.csv", "/etc/passwd", "x/../../secret.csv"])
def test_a_book_reads_no_file_outside_its_folder(tmp_path, book, name):
    (tmp_path / "secret.csv").write_text("a\nb\n")
    with pytest.raises(TableMissing, match="outside") as caught:
        book({"book/a.md": f"---\nrelations:\n  order: {{file: {name}}}\n---\n"}, "book")
    assert caught.value.place.line == 3


def test_a_table_that_is_not_there(book):
    with pytest.raises(TableMissing, match="has no file order") as caught:
        book({"a.md": "---\nrelations: [order]\n---\n"})
    assert str(caught.value.place) == "a.md:2:13"


def test_relation_names(book):
    with pytest.raises(FrontMatter, match="cannot name a relation"):
        book({"a.md": "---\nrelations: [My Order]\n---\n"})
    with pytest.raises(FrontMatter, match="declared twice"):
        book({"a.md": "---\nrelations: [o]\n---\n", "b.md": "---\nrelations: [o]\n---\n", "o.csv": "a\nb\n"})


def test_each_different_sentence_is_read_once(tmp_path, reader, bulk_reader):
    (tmp_path / "a.md").write_text("Anne is cold. Bob is red.\n\nAnne is cold.\n")
    theory = load(tmp_path, reader)
    assert reader.asked == ["Anne is cold.", "Bob is red."]
    assert [str(place) for place in theory.manifest["Anne is cold."]] == ["a.md:1:1", "a.md:3:1"]
    again = load(tmp_path, bulk_reader)
    assert (bulk_reader.calls, bulk_reader.asked) == (1, ["Anne is cold.", "Bob is red."])
    assert again.clauses == theory.clauses
    assert theory.clauses[0].head == ("cold/1", (symbol("anne"),))


def test_missing(tmp_path, reader):
    for path in (tmp_path, tmp_path / "none.md"):
        with pytest.raises(DocumentMissing) as caught:
            load(path, reader)
        assert caught.value.code == "document_missing"
        assert caught.value.remedy


def test_kind(tmp_path):
    (tmp_path / "a.docx").write_text("x")
    with pytest.raises(DocumentKind) as caught:
        read_documents(tmp_path / "a.docx")
    assert caught.value.code == "document_kind"


@pytest.mark.parametrize(("raw", "line"), [(b"Anne.\n\n\xff\n", 3), (b"Anne.\nx\0y", 2), (b"\xed\xa0\x80", 1)])
def test_encoding(tmp_path, raw, line):
    (tmp_path / "a.md").write_bytes(raw)
    with pytest.raises(DocumentEncoding) as caught:
        read_documents(tmp_path / "a.md")
    assert caught.value.code == "document_encoding"
    assert caught.value.place.line == line


def test_logic_errors_have_their_line_in_the_document(book):
    with pytest.raises(LogicSyntax) as caught:
        book({"a.md": "---\ntitle: T\n---\nText.\n\n```quod\nok(a).\nbad(.\n```\n"})
    assert str(caught.value.place) == "a.md:8:5"


def test_a_byte_order_mark_is_not_text(tmp_path, reader):
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfAnne is cold.\n")
    assert heads(load(tmp_path / "a.md", reader)) == ["cold/1"]
