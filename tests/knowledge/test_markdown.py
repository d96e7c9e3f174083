"""Documents are taken apart: sentences, logic, notes; nothing is swallowed silently."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot

from quod.knowledge.documents import parse_document
from quod.knowledge.errors import DocumentUnclosed

BOOK = """\
---
title: The cats
closed: [cold]
---
# Heading. Not a sentence.

Anne is *cold*. Bob is
**red**, and [Carl](http://x.example) is `kind`.

- Every cat sleeps
- Dogs bark. Dogs
  bite.
  1. Nested items count.

Note: this is never read. Anne is green.

> A quotation is a note.
> Anne is blue.

```quod
big(anne).

small(bob).
```

```python
print("Anne is yellow.")
```

<!-- Anne is
black. -->

Last one.
"""


def sentences(text: str, kind: str = ".md") -> list[str]:
    return [sentence.text for sentence in parse_document(text, "a.md", kind).sentences]


def test_a_book():
    document = parse_document(BOOK, "book.md")
    assert document.title == "The cats"
    assert [(str(one.place), one.text) for one in document.sentences] == snapshot(
        [
            ("book.md:7:1", "Anne is cold."),
            ("book.md:7:17", "Bob is red, and Carl is kind."),
            ("book.md:10:3", "Every cat sleeps"),
            ("book.md:11:3", "Dogs bark."),
            ("book.md:11:14", "Dogs bite."),
            ("book.md:13:6", "Nested items count."),
            ("book.md:33:1", "Last one."),
        ]
    )
    assert [(str(item.place), item.value.sentence) for item in document.items] == [
        ("book.md:21:1", "big(anne)."),
        ("book.md:23:1", "small(bob)."),
    ]
    assert document.notes == snapshot(
        (
            "Note: this is never read. Anne is green.",
            "> A quotation is a note.\n> Anne is blue.",
            'print("Anne is yellow.")\n',
        )
    )


def test_the_place_of_a_word_inside():
    sentence = parse_document(BOOK, "book.md").sentences[1]
    assert str(sentence.place_at(sentence.text.index("red"))) == "book.md:8:3"
    assert str(sentence.place_at(sentence.text.index("kind"))) == "book.md:8:43"
    assert sentence.place_at(0).text == "Anne is *cold*. Bob is"


def test_a_heading_gives_the_title_if_front_matter_does_not():
    assert parse_document("# The *cats*\n\nAnne is cold.\n", "a.md").title == "The cats"


def test_an_underlined_sentence_is_still_a_sentence():
    assert sentences("Anne is cold.\n---\nBob is red.\n===\n") == ["Anne is cold.", "Bob is red."]
    assert sentences("A title\n===\n") == []


def test_indentation_does_not_hide_a_sentence():
    assert sentences("A list.\n\n    Anne is cold.\n") == ["A list.", "Anne is cold."]


def test_text_in_html_is_not_hidden():
    assert sentences("<div>Anne is cold.</div>\n") == ["<div>Anne is cold.</div>"]
    assert sentences("<!-- x --> Anne is cold.\n") == ["Anne is cold."]
    assert sentences("Anne <!-- not --> is <b>cold</b>.\n") == ["Anne is cold."]


def test_entities_and_escapes_are_decoded():
    assert sentences("Tom &amp; Anne are \\*cold\\*.") == ["Tom & Anne are *cold*."]


def test_line_ends_and_normal_form():
    assert sentences("Zoe\u0301 is cold.\r\nBob is red.\r") == ["Zo\u00e9 is cold.", "Bob is red."]


def test_hard_line_breaks():
    assert sentences("Anne is  \ncold.") == ["Anne is cold."]


def test_wrapping_changes_no_sentence():
    assert sentences("Anne\n   is\ncold.") == sentences("Anne is cold.")


def test_a_note_may_be_bold_and_in_a_list():
    assert sentences("**Note:** no.\n\n- Note: no.\n- Yes.\n") == ["Yes."]


def test_a_logic_block_in_a_list():
    document = parse_document("- Text.\n  ```quod\n  a(b).\n  ```\n", "a.md")
    assert [str(item.place) for item in document.items] == ["a.md:3:1"]


def test_a_logic_block_in_a_quotation_is_a_note():
    assert parse_document("> ```quod\n> a(b).\n> ```\n", "a.md").items == ()


def test_plain_text():
    text = "Anne is cold. # Bob\nis *red*.\n\nNote: no.\n\n> no\n> no\n\n  Carl is kind"
    document = parse_document(text, "a.txt", ".txt")
    assert [(str(one.place), one.text) for one in document.sentences] == snapshot(
        [("a.txt:1:1", "Anne is cold."), ("a.txt:1:15", "# Bob is *red*."), ("a.txt:9:3", "Carl is kind")]
    )
    assert len(document.notes) == 2


def test_a_logic_file():
    document = parse_document("---\ntitle: T\n---\na(b).\n", "a.quod", ".quod")
    assert document.title == "T"
    assert [str(item.place) for item in document.items] == ["a.quod:4:1"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Anne.\n\n```quod\na(b).\n\nBob is red.\n", 3, "block is never closed"),
        ("~~~\nx\n```\n", 1, "block is never closed"),
        ("- a\n  ```\n  x\n\nBob is red.\n", 2, "block is never closed"),
        ("Anne.\n\n<!-- x\n\nBob is red.\n", 3, "comment is never closed"),
        ("> A note.\nBob is red.\n", 2, "continues the quotation"),
        ("".join(" " * (2 * i) + "- a\n" for i in range(40)), 29, "nested too deeply"),
        ("> - A note.\n  Bob is red.\n", 2, "continues the quotation"),
    ],
)
def test_what_would_swallow_sentences_is_refused(text, line, message):
    with pytest.raises(DocumentUnclosed) as caught:
        parse_document(text, "a.md")
    assert caught.value.code == "document_unclosed"
    assert caught.value.place.line == line
    assert message in caught.value.message
    assert caught.value.remedy


def test_an_error_as_it_is_shown():
    with pytest.raises(DocumentUnclosed) as caught:
        parse_document("> A note.\nBob is red.\n", "a.md")
    assert str(caught.value) == snapshot(
        """\
a.md:2:1: this line continues the quotation above it, and quotations are not read [document_unclosed]
    Bob is red.
    ^
  fix: put an empty line before it, or begin it with `>`\
"""
    )
