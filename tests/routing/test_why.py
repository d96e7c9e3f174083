"""Why, why not and what if: asked of a loaded theory, answered in its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from quod.kernel import Report, check
from quod.knowledge.errors import UnknownSentence
from quod.routing import Handle, NotAQuestion, NotOneThing, Supposed, load, loads
from quod.routing.reasons import Reason
from quod.routing.why import LEVELS, prune

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def garden() -> Handle:
    return load(EXAMPLES / "garden.md", now="2026-11-24")


@pytest.fixture(scope="module")
def museum() -> Handle:
    return load(EXAMPLES / "museum", now="2026-11-24")


# --- why ------------------------------------------------------------------------------------------------------------


def test_why_names_the_sentences(garden: Handle) -> None:
    told = garden.why("Does Anne open the shed?").explain()
    assert "by: Every member is a keyholder unless they are suspended." in told
    assert "looked at" not in told


def test_in_full_it_is_the_whole_explanation(garden: Handle) -> None:
    found = garden.why("Does Anne open the shed?")
    assert found.explain(full=True) == found.answer.explain()
    assert found.left_out > 0
    assert f"{found.left_out} more statements" in found.explain()


def test_deep_reasons_are_cut_with_a_word_that_they_are() -> None:
    chain = Reason("end", "0", "End.")
    for at in range(6):
        chain = Reason(f"level {at}", str(at), "Rule.", because=(chain,))
    (top,) = prune([chain])
    depth = 1
    while top.because:
        (top,) = top.because
        depth += 1
    assert depth == LEVELS + 1
    assert top.text == "for reasons of its own"


def test_many_reasons_are_counted() -> None:
    shown = prune([Reason(str(at), str(at)) for at in range(10)])
    assert [each.text for each in shown][-1] == "and 4 more"


def test_json_lists_the_reasons_flat(garden: Handle) -> None:
    found = garden.why("Does Anne open the shed?").json()
    assert found["reasons"][0] == {
        "depth": 0,
        "sentence": "Keyholders open the shed.",
        "step": found["reasons"][0]["step"],
        "text": "Anne opens the shed",
    }


# --- why not --------------------------------------------------------------------------------------------------------


def test_an_exception_in_the_way(garden: Handle) -> None:
    (way,) = garden.why_not("Does Bob open the shed?").ways
    (lack,) = way.lacks
    assert (lack.kind, lack.text) == ("exception", "Bob is suspended")
    assert lack.sentence == "Every member is a keyholder unless they are suspended."
    assert lack.because[0].sentence == "Bob is suspended."
    assert way.rules == ("Keyholders open the shed.", "Every member is a keyholder unless they are suspended.")


def test_a_missing_fact_and_what_there_is_already(garden: Handle) -> None:
    found = garden.why_not("Is Dora a friend of the club?")
    assert [lack.text for lack in found.ways[0].lacks] == ["Dora is a member"]
    assert found.ways[0].met == ("Dora waters the lawn",)


def test_comparisons_name_the_values(museum: Handle) -> None:
    (way,) = museum.why_not("Is Coin urgent?").ways
    assert [lack.kind for lack in way.lacks] == ["comparison", "comparison"]
    assert way.lacks[0].text == "900 is at least 50000"
    assert any("object Coin" in each for each in way.met)


def test_the_opposite_is_shown(garden: Handle) -> None:
    found = garden.why_not("Does Carla open the shed?")
    assert found.against[0].sentence == "No guest of Anne opens the shed."


def test_nothing_is_missing(garden: Handle) -> None:
    found = garden.why_not("Does Anne open the shed?")
    assert (found.verdict, found.ways) == ("derivable", ())


def test_the_negative_of_something_closed(museum: Handle) -> None:
    found = museum.why_not("Is Mask not urgent?")
    assert [lack.text for lack in found.ways[0].lacks] == ["Mask is urgent"]


def test_a_conjunction_lacks_one_part(garden: Handle) -> None:
    found = garden.why_not("Is Anne welcome and suspended?")
    assert [lack.text for lack in found.ways[0].lacks] == ["Anne is suspended"]


@pytest.mark.parametrize("question", ["Who is welcome?", "Is every guest of Anne suspended?"])
def test_it_is_asked_of_one_thing(garden: Handle, question: str) -> None:
    with pytest.raises(NotOneThing, match="several"):
        garden.why_not(question)


def test_what_was_missing_is_enough(garden: Handle) -> None:
    for way in garden.why_not("Is Dora a friend of the club?").ways:
        if not way.conditions and all("X" not in lack.text for lack in way.lacks):
            given = [f"{lack.text}." for lack in way.lacks]
            assert garden.what_if("Is Dora a friend of the club?", with_=given).after.verdict == "proved"


# --- what if --------------------------------------------------------------------------------------------------------


def test_another_theory_with_another_digest(garden: Handle) -> None:
    found = garden.what_if("Does Bob open the shed?", without=["Bob is suspended."])
    assert (found.before.verdict, found.after.verdict) == ("unknown", "proved")
    assert found.theory_before != found.theory_after
    assert found.theory_before == garden.digest
    assert isinstance(check(found.after.proof, found.after.context, found.after.goal), Report)
    assert not isinstance(check(found.after.proof, garden.context, found.after.goal), Report)
    assert found.difference()[0] == "the answer was unknown; now it is yes"


def test_it_is_the_theory_one_would_write(garden: Handle) -> None:
    text = (EXAMPLES / "garden.md").read_text(encoding="utf-8")
    written = loads(text + "\n\nDora is a member.\n", now="2026-11-24")
    assert garden.supposing(["Dora is a member."]).digest == written.digest
    shorter = loads(text.replace("Bob is suspended.\n", "", 1), now="2026-11-24")
    assert garden.supposing(without=["Bob is suspended."]).digest == shorter.digest


def test_supposing_changes_nothing_here(garden: Handle) -> None:
    before = garden.ask("Who is welcome?").file()
    garden.what_if("Who is welcome?", with_=["Zoe is a member. Yan is a member."])
    assert garden.ask("Who is welcome?").file() == before


def test_answers_come_and_go(museum: Handle) -> None:
    row = "loan(box, 'Louvre', 90000, date(2026-01-01))."
    found = museum.what_if("Which things are urgent?", with_=[row, "insured(mask)."])
    assert found.difference()[:2] == ("now also an answer: Box", "no longer an answer: Mask")


def test_a_row_is_taken_away(museum: Handle) -> None:
    row = "loan(mask, 'Louvre', 75000, date(2026-05-20))."
    found = museum.what_if("Which things are urgent?", without=[row])
    assert found.after.bindings == ()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("loan(mask, 'Louvre', 1, date(2026-05-20)).", "has a row with this object already"),
        ("loan(box, 'Louvre', much, date(2026-05-20)).", "value is a number"),
    ],
)
def test_a_row_that_does_not_fit(museum: Handle, row: str, why: str) -> None:
    with pytest.raises(Supposed, match=why):
        museum.supposing([row])


def test_the_same_answer_stays(garden: Handle) -> None:
    found = garden.what_if("Is Dora welcome?", with_=["Zoe is a member."])
    assert not found.changed
    assert found.difference() == ("the answer stays unknown",)


def test_a_sentence_that_cannot_be_read(garden: Handle) -> None:
    with pytest.raises(Supposed):
        garden.what_if("Is Dora welcome?", with_=["Dora quickly frobnicates nearly."])


def test_a_sentence_deduction_cannot_use(garden: Handle) -> None:
    with pytest.raises(Supposed, match="cannot use"):
        garden.supposing(["Dora is a member or Dora is suspended."])


def test_a_sentence_that_is_not_there(garden: Handle) -> None:
    with pytest.raises(UnknownSentence):
        garden.supposing(without=["Bob is green."])


def test_a_question_that_cannot_be_read(garden: Handle) -> None:
    with pytest.raises(NotAQuestion):
        garden.why_not("Frobnicates xx yy zz?")
