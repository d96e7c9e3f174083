"""Policy English: what sentences are read as, what is refused, and answers with their units."""

from __future__ import annotations

import pytest

from quod.knowledge import Read
from quod.language import EnglishReader
from quod.language.policy import PolicyReader
from quod.routing import loads

FRONT = "---\nenglish: policy\n---\n\n"

READ = {
    "The size of a bag is its length plus its width.": [
        "size_of(U, X) :- bag(X), length_of(Y, X), width_of(Z, X), U = Y + Z."
    ],
    "If the weight of a bag is more than 50 lbs and at most 70 lbs then its fee is $30.": [
        "fee_of(30, X) :- bag(X), weight_of(Y, X), Y > 50, Y <= 70."
    ],
    "A checked bag is a bag whose number is more than 1.": [
        "checked_bag(X) :- bag(X), number_of(Y, X), Y > 1.",
        "neg checked_bag(X) :- bag(X), number_of(Y, X), Y <= 1.",
    ],
    "The discount of an order is 10% of its total.": ["discount_of(Z, X) :- order(X), total_of(Y, X), Z = 1/10 * Y."],
    "An order is refundable unless it is opened.": ["refundable(X) :- order(X), absent opened(X)."],
    "A driver is insured only if the driver is at least 25 years old.": [
        "insured(X) :- driver(X), age_of(Y, X), Y >= 25.",
        "neg insured(X) :- driver(X), age_of(Y, X), Y < 25.",
    ],
    "Only members may enter the gym.": [
        "may_enter_gym(X) :- member(X).",
        "neg may_enter_gym(X) :- neg member(X).",
    ],
    "Milk, eggs and cheese are perishable goods.": [
        "perishable_good(X) :- cheese(X).",
        "perishable_good(X) :- egg(X).",
        "perishable_good(X) :- milk(X).",
    ],
    "Claims filed after 2026-06-30 are rejected.": ["rejected(X) :- claim(X), filed_on(X, Y), Y > date(2026-06-30)."],
    "Order 17 was delivered on 2026-03-01.": ["delivered_on(order_17, date(2026-03-01))."],
    "Ben has a family card.": ["have_family_card(ben)."],
    "Lea has no medical note.": ["neg have_medical_note(lea)."],
    "Today is 2026-03-31.": ["today(date(2026-03-31))."],
}

REFUSED = (
    "The late fee of a loan is usually $5.",
    "If a customer is late, the order is cancelled.",
    "Despite section 2, a member may enter.",
    "The number of loans of a member must not exceed 5.",
    "A claim is late if it was filed more than 30 days after the accident.",
    "An order over $100 is large.",
)


def read(sentence: str) -> Read:
    reader = PolicyReader()
    reader.learn([sentence])
    return reader.read(sentence)


@pytest.mark.parametrize("sentence", READ)
def test_reads(sentence: str) -> None:
    found = read(sentence)
    assert found.status == "read", found.problem
    assert list(found.readings[0].logic) == READ[sentence]


@pytest.mark.parametrize("sentence", REFUSED)
def test_refuses(sentence: str) -> None:
    assert read(sentence).status == "unread"


def test_a_date_is_not_compared_with_money() -> None:
    reader = PolicyReader()
    sentences = [
        "The deadline of order 1 is 2026-03-01.",
        "If the deadline of an order is more than $5 then it is late.",
    ]
    reader.learn(sentences)
    problem = reader.read(sentences[1]).problem
    assert problem is not None
    assert "money" in problem.reason
    assert "date" in problem.reason


def answer(text: str, question: str) -> tuple[str, tuple[str, ...]]:
    found = loads(FRONT + text, now="2026-01-01").ask(question)
    return found.verdict, found.bindings


def test_money_is_shown_with_its_unit() -> None:
    text = (
        "The late fee of a loan is $0.50 times the number of days between its due date and today, "
        "but not more than $10."
    )
    facts = " Loan 5 is a loan. The due date of loan 5 is 2026-03-01. Today is 2026-03-08."
    assert answer(text + facts, "What is the late fee of loan 5?") == ("proved", ("$3.50",))


def test_weights_are_converted() -> None:
    text = "If the weight of a parcel is more than 2 kg then it is heavy. "
    text += "If the weight of a parcel is more than 9 kg then it is huge."
    facts = " Parcel 1 is a parcel. The weight of parcel 1 is 2500 g."
    assert answer(text + facts, "Is parcel 1 heavy?") == ("proved", ())
    assert answer(text + facts, "Is parcel 1 huge?")[0] == "unknown"


def test_nested_lists() -> None:
    text = (
        "An order is refundable if all of the following apply:\n- the order is paid\n- any of the following:\n"
        "  - its total is at least $20\n  - its customer is a member\n- the order is not opened\n\n"
        "The customer of order 17 is Anne. Order 17 is an order. Order 17 is paid. Order 17 is not opened.\n"
    )
    assert answer(text + "The total of order 17 is $40.", "Is order 17 refundable?") == ("proved", ())
    assert answer(text + "The total of order 17 is $19.", "Is order 17 refundable?")[0] == "unknown"


def test_decision_tables() -> None:
    text = (
        "The shipping fee of a parcel is given by this table:\n\n"
        "| weight | shipping fee |\n|---|---|\n| up to 1 kg | $3 |\n"
        "| over 1 kg up to 5 kg | $5.50 |\n\nParcel 1 is a parcel. The weight of parcel 1 is 3 kg.\n"
    )
    assert answer(text, "What is the shipping fee of parcel 1?") == ("proved", ("$5.50",))


def test_within_thirty_days() -> None:
    text = "An item may be returned within 30 days of delivery. Item 1 is an item. Item 1 was delivered on 2026-03-01. "
    assert answer(text + "Today is 2026-03-31.", "May item 1 be returned?") == ("proved", ())
    assert answer(text + "Today is 2026-04-01.", "May item 1 be returned?")[0] == "unknown"


def test_a_total_over_part_of_the_things_is_no_total() -> None:
    text = "The total of an order is the sum of the prices of its items. "
    text += "Order 1 is an order. Item 1 is an item of order 1. "
    more = "The price of item 1 is $3. Item 2 is an item of order 1. "
    assert answer(text + more, "What is the total of order 1?")[0] == "unknown"
    assert answer(text + more + "The price of item 2 is $4.50.", "What is the total of order 1?") == (
        "proved",
        ("$7.50",),
    )


def test_plain_books_stay_plain() -> None:
    assert EnglishReader().read("Anne must leave.").status == "unread"
