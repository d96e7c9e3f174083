"""Trees of policy sentences: expressions that denote a value or a thing, and conditions.

``at`` is the index of the token a problem would point to.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from quod.kernel.values import Term
from quod.language.policy.tokens import Token


class Value(NamedTuple):
    """An amount, date or span written down."""

    token: Token
    at: int = 0


class Name(NamedTuple):
    """A thing called by its name: "Anne", "order 17"."""

    symbol: str
    shown: str
    at: int = 0


class Pronoun(NamedTuple):
    """it, they, he, she, and the owner in its, their …; ``it`` also stands for what a relative clause is about."""

    word: str
    at: int = 0


class Hole(NamedTuple):
    """What a relative clause is said of."""


class Known(NamedTuple):
    """A thing whose term is settled."""

    term: Term


class Thing(NamedTuple):
    """A noun with what stands before it, its owner (of …, 's, its) and relative clauses."""

    det: str
    words: tuple[str, ...]
    head: str
    plural: bool
    owner: Expression | None = None
    filters: tuple[Condition, ...] = ()
    at: int = 0

    @property
    def slug(self) -> str:
        """The noun with all that stands before it, as a name."""
        return "_".join((*self.words, self.head)).replace("-", "_")


class Arithmetic(NamedTuple):
    """add, sub, mul, div, least or greatest of two."""

    op: str
    left: Expression
    right: Expression
    at: int = 0


class Rounded(NamedTuple):
    """A value rounded to a multiple of ``step`` as ``mode`` says."""

    value: Expression
    mode: str
    step: Token
    at: int = 0


class Total(NamedTuple):
    """sum, count, max, min or average over the things that a plural noun phrase speaks of."""

    op: str
    over: Thing
    at: int = 0


class Between(NamedTuple):
    """The number of whole days, months or years from one date to another."""

    unit: str
    start: Expression
    end: Expression
    at: int = 0


class Lookup(NamedTuple):
    """A column of the one row of a table where other columns are as given."""

    column: str
    table: str
    keys: tuple[tuple[str, Expression], ...]
    at: int = 0


class Place(NamedTuple):
    """The place of a thing among others, by an attribute: 1 for the first."""

    thing: Expression
    among: Thing
    orders: tuple[tuple[str, str], ...]
    at: int = 0


class Event(NamedTuple):
    """The day on which something happened to a thing: "delivered" of an order; None where only one thing suits."""

    word: str
    subject: Expression | None = None
    at: int = 0


class Today(NamedTuple):
    """The present day."""


Expression: TypeAlias = (
    Value
    | Name
    | Pronoun
    | Hole
    | Thing
    | Arithmetic
    | Rounded
    | Total
    | Between
    | Lookup
    | Place
    | Event
    | Known
    | Today
)


class Compare(NamedTuple):
    """A comparison; ``op`` as in the kernel."""

    op: str
    left: Expression
    right: Expression
    at: int = 0


class Is(NamedTuple):
    """One-place word said of a thing; ``modal`` is "", may, must."""

    subject: Expression
    word: str
    kind: str
    modal: str = ""
    at: int = 0


class IsA(NamedTuple):
    """A thing is of a kind."""

    subject: Expression
    thing: Thing
    at: int = 0


class Relates(NamedTuple):
    """A two-place word between things or a thing and a value."""

    subject: Expression
    word: str
    kind: str
    object: Expression
    modal: str = ""
    at: int = 0


class Has(NamedTuple):
    """A thing has so many of something: ``op`` and ``number`` compare the count."""

    subject: Expression
    op: str
    number: Expression
    thing: Thing
    at: int = 0


class There(NamedTuple):
    """There are so many of something."""

    op: str
    number: Expression
    thing: Thing
    at: int = 0


class Not(NamedTuple):
    """Denial."""

    body: Condition
    at: int = 0


class All(NamedTuple):
    """All of them hold."""

    items: tuple[Condition, ...]
    at: int = 0


class Any(NamedTuple):
    """At least ``least`` of them hold."""

    items: tuple[Condition, ...]
    least: int = 1
    at: int = 0


Condition: TypeAlias = Compare | Is | IsA | Relates | Has | There | Not | All | Any


class Statement(NamedTuple):
    """A claim under conditions; ``whole`` where the condition is the whole definition (only if, means)."""

    claims: tuple[Condition, ...]
    conditions: tuple[Condition, ...] = ()
    unless: Condition | None = None
    whole: bool = False
    otherwise: Condition | None = None
    late: bool = False
    at: int = 0


class Set(NamedTuple):
    """ "The bags of a passenger are the bags whose passenger is the passenger." """

    noun: str
    owner: Thing
    members: Thing
    at: int = 0


class Kindred(NamedTuple):
    """ "A checked bag is a bag whose number is more than 1.", "Gold members are members." """

    thing: Thing
    genus: Thing
    whole: bool
    at: int = 0


class Asking(NamedTuple):
    """A question: ``yesno`` with a condition, ``value`` with an expression, ``which`` with things that satisfy one."""

    kind: str
    condition: Condition | None = None
    expression: Expression | None = None
    at: int = 0


class Several(NamedTuple):
    """Sentences in one: "Milk, eggs and cheese are perishable." """

    items: tuple[Statement, ...]


Tree: TypeAlias = Statement | Set | Kindred | Several
