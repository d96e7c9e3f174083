"""Traits of predicates: what decides whether a reading is clear, and whether "a cat" means every cat."""

from __future__ import annotations

from quod.language import words
from quod.language.syntax import (
    Both,
    Compares,
    Constant,
    Is,
    IsA,
    Negated,
    Nominal,
    NounPhrase,
    Predicate,
    Quantified,
    Relates,
)


def is_time(node: NounPhrase) -> bool:
    """Whether an object says when or how much."""
    if isinstance(node, Constant):
        return node.term[1] in words.TIMES
    return isinstance(node, Quantified) and isinstance(node.nominal, Nominal) and node.nominal.noun in words.TIMES


def lacks_object(node: Predicate, among: frozenset[str] | None = None) -> bool:
    """Whether *node* is a bare verb that usually has an object (any unknown one, or one *among* the known)."""
    inner = node.predicate if isinstance(node, Negated) else node
    if not isinstance(inner, Relates) or inner.kind != "verb" or inner.objects or inner.passive:
        return False
    return inner.name not in words.INTRANSITIVE and (among is None or inner.name in among)


def has_object(node: Predicate) -> bool:
    """Whether *node* ends in a verb with an object."""
    inner = node.predicate if isinstance(node, Negated) else node
    if isinstance(inner, Both):
        return has_object(inner.items[-1])
    return isinstance(inner, Relates) and inner.kind == "verb" and bool(inner.objects) and not inner.passive


def is_stative(node: Predicate) -> bool:
    """Whether *node* says what something is, not what it does or where it is."""
    if isinstance(node, Negated):
        return is_stative(node.predicate)
    if isinstance(node, Both):
        return all(is_stative(item) for item in node.items)
    return isinstance(node, (Is, IsA))


def is_event(node: Predicate) -> bool:
    """Whether *node* tells what happens or is done, not what something is or has: a past event stays true."""
    if isinstance(node, Negated):
        return is_event(node.predicate)
    if isinstance(node, Both):
        return all(is_event(item) for item in node.items)
    return isinstance(node, Relates) and node.kind == "verb" and node.name.partition("_")[0] not in words.STATIVE


def is_weather(node: Predicate) -> bool:
    """Whether *node* is often said of the weather or the hour."""
    if isinstance(node, Negated):
        return is_weather(node.predicate)
    if isinstance(node, Both):
        return any(is_weather(item) for item in node.items)
    return (isinstance(node, Is) and node.word in words.WEATHER) or (
        isinstance(node, Relates) and node.name in words.WEATHER and not node.objects
    )


def is_comparison(node: Predicate) -> bool:
    """Whether *node* compares amounts."""
    return isinstance(node.predicate if isinstance(node, Negated) else node, Compares)


def is_reciprocal(node: Predicate) -> bool:
    """Whether said of several things *node* could mean "of each other" ("are friends")."""
    if isinstance(node, Negated):
        return is_reciprocal(node.predicate)
    if isinstance(node, Both):
        return any(is_reciprocal(item) for item in node.items)
    if isinstance(node, Is):
        return node.word in words.RECIPROCAL
    if isinstance(node, IsA) and isinstance(node.nominal, Nominal):
        return node.nominal.of is None and node.nominal.noun in words.RECIPROCAL
    return isinstance(node, Relates) and not node.objects and not node.passive and node.name in words.RECIPROCAL
