"""Locked readings: another reading under another version is an error that shows both."""

from __future__ import annotations

import json

import pytest
from inline_snapshot import snapshot

from quod.knowledge.errors import LockFile, ReadingChanged
from quod.knowledge.lock import (
    Change,
    Lock,
    LockedReading,
    compare,
    make_lock,
    read_lock,
    require_unchanged,
    show_lock,
    write_lock,
)
from quod.knowledge.readings import Read, Reading, Unread


def read(sentence: str, *forms: str, version: str = "english 1", paraphrase: str = "So it is.") -> Read:
    readings = tuple(Reading(sentence, paraphrase, version, (form,)) for form in forms)
    return Read(sentence, readings, None if forms else Unread(sentence, sentence, 0, "no"))


COLD = read("Anne is cold.", "cold(anne).")
RED = read("Bob is red.", "red(bob).")
BANK = read("Anne is at the bank.", "at_river(anne).", "at_money(anne).")
ODD = read("Odd.")


def test_the_file():
    assert show_lock(make_lock([RED, COLD, ODD, COLD], "digest")) == snapshot(
        """\
{
 "quod.lock": "1",
 "readings": [
  {
   "logic": [
    "cold(anne)."
   ],
   "paraphrase": "So it is.",
   "reader": "english 1",
   "sentence": "Anne is cold."
  },
  {
   "logic": [
    "red(bob)."
   ],
   "paraphrase": "So it is.",
   "reader": "english 1",
   "sentence": "Bob is red."
  }
 ],
 "roots": [],
 "theory": "digest"
}
"""
    )


def test_moving_sentences_changes_nothing():
    assert show_lock(make_lock([RED, COLD, BANK])) == show_lock(make_lock([BANK, COLD, RED]))


def test_write_and_read(tmp_path):
    lock = make_lock([COLD, BANK, read("Zoé ist kalt.", "cold('zoé').")], "d")
    write_lock(lock, tmp_path / "book.lock")
    assert read_lock(tmp_path / "book.lock") == lock


def test_the_same_readings_are_no_change():
    lock = make_lock([COLD, RED, BANK, ODD])
    assert compare(lock, [BANK, RED, COLD, ODD]) == []
    require_unchanged(lock, [COLD])


def test_another_version_or_paraphrase_alone_is_no_change():
    lock = make_lock([COLD])
    assert compare(lock, [read("Anne is cold.", "cold(anne).", version="english 2", paraphrase="Other.")]) == []


def test_added_and_removed_sentences_are_no_change():
    assert compare(make_lock([COLD]), [RED]) == []


@pytest.mark.parametrize(
    "now", [("chilly(anne).",), ("cold(anne).", "rude(anne)."), ()], ids=["other", "ambiguous", "unread"]
)
def test_changes(now):
    again = read("Anne is cold.", *now, version="english 2")
    (change,) = compare(make_lock([COLD, RED]), [RED, again, again])
    assert change.sentence == "Anne is cold."
    assert [one.logic for one in change.before] == [("cold(anne).",)]
    assert sorted(one.logic[0] for one in change.after) == sorted(now)


def test_the_error_shows_both():
    now = read("Anne is cold.", "chilly(anne).", version="english 2", paraphrase="Anne is chilly.")
    with pytest.raises(ReadingChanged) as caught:
        require_unchanged(make_lock([COLD, RED]), [now, read("Bob is red.")])
    assert caught.value.code == "reading_changed"
    assert isinstance(caught.value.fields["changes"][0], Change)
    assert str(caught.value) == snapshot(
        """\
book.lock: 2 sentences are not read as locked:
    «Anne is cold.»
      was read as  cold(anne).   (So it is. — english 1)
      is read as   chilly(anne).   (Anne is chilly. — english 2)
    «Bob is red.»
      was read as  red(bob).   (So it is. — english 1)
      is read as   nothing: it is not read [reading_changed]
  fix: review the new readings, then lock them again with `quod read --lock`\
"""
    )


def test_many_changes_are_counted():
    before = [read(f"S{i}.", f"s{i}.") for i in range(9)]
    with pytest.raises(ReadingChanged, match="and 4 more"):
        require_unchanged(make_lock(before), [read(f"S{i}.", "t.") for i in range(9)])


GOOD = json.loads(show_lock(Lock((LockedReading("S.", ("s.",), "P.", "r"),))))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        json.dumps({**GOOD, "quod.lock": "2"}),
        json.dumps({**GOOD, "readings": {}}),
        json.dumps({**GOOD, "readings": ["x"]}),
        json.dumps({**GOOD, "readings": [{**GOOD["readings"][0], "more": ""}]}),
        json.dumps({**GOOD, "readings": [{**GOOD["readings"][0], "logic": [1]}]}),
        json.dumps({**GOOD, "readings": [{**GOOD["readings"][0], "logic": 1}]}),
        json.dumps({**GOOD, "theory": 1}),
        json.dumps({**GOOD, "roots": {}}),
        json.dumps({**GOOD, "roots": [["digest"]]}),
        json.dumps({**GOOD, "roots": [["digest", 1]]}),
        json.dumps({**GOOD, "roots": ["digest"]}),
    ],
)
def test_what_is_no_lock_file(tmp_path, content):
    path = tmp_path / "book.lock"
    path.write_text(content)
    with pytest.raises(LockFile) as caught:
        read_lock(path)
    assert caught.value.code == "lock_file"
    assert caught.value.remedy


def test_no_file_and_no_text(tmp_path):
    with pytest.raises(LockFile, match="cannot be read"):
        read_lock(tmp_path / "book.lock")
    (tmp_path / "book.lock").write_bytes(b"\xff")
    with pytest.raises(LockFile, match="not a lock file"):
        read_lock(tmp_path / "book.lock")
