from __future__ import annotations

import re
from pathlib import Path

import pytest
from world import Proof, World, holds, run

from quod.kernel.errors import NotUsable, Place, QuodError
from quod.kernel.rejection import Rejection, reject

ROOT = Path(__file__).resolve().parents[2]


def test_a_rejection_says_what_and_where() -> None:
    proof = Proof(World("p(a)"))
    outcome = run(proof, proof.apply("p(a)"), holds("p(b)"))
    assert isinstance(outcome, Rejection)
    assert not outcome.accepted
    assert outcome.json() == {"accepted": False, "fields": {"goal": "holds"}, "kind": "wrong_goal", "step": "3"}
    assert str(outcome) == "rejected: wrong_goal at step 3, goal: holds"
    assert str(Rejection("too_deep")) == "rejected: too_deep"
    with pytest.raises(Rejection, match="too_deep"):
        reject("too_deep")


def test_every_kind_is_documented_and_every_documented_kind_is_used() -> None:
    documented = set(
        re.findall(r"`([a-z_]+)`", re.sub(r"(?m)^(?!\| `).*$", "", (ROOT / "spec/rejections.md").read_text()))
    )
    source = "".join(path.read_text() for path in sorted((ROOT / "src/quod/kernel").glob("*.py")))
    used = set(re.findall(r'reject\(\s*"([a-z_]+)"', source)) | set(re.findall(r'_read\(raw, \w+, "([a-z_]+)"', source))
    assert used == documented


def test_an_error_shows_its_place_and_what_would_fix_it() -> None:
    error = NotUsable("No such word.", remedy="Say `bird`.", place=Place("a.md", 3, 5, "The brd flies."), word="brd")
    assert str(error) == ("a.md:3:5: No such word. [not_usable]\n    The brd flies.\n        ^\n  fix: Say `bird`.")
    assert error.fields == {"word": "brd"} and error.message == "No such word."
    assert str(QuodError("Plain.")) == "Plain. [quod]"
    assert str(QuodError("In a file.", place=Place("a.md"))) == "a.md: In a file. [quod]"
    assert str(Place("a.md", 1, 0)) == "a.md:1:0"
    assert str(QuodError("x", place=Place("f", 1, 0, "line"))) == "f:1:0: x [quod]\n    line\n    ^"
