"""The meaning of predicates and nominals: adjectives, verbs with their objects, relative clauses, comparisons."""

from __future__ import annotations

from functools import partial
from typing import Final

from quod.kernel.values import Term
from quod.language import words
from quod.language.discourse import acts
from quod.language.formulas import FLIPPED, TRUE, Cmp, Formula, Neg, Refused, Some, Unclear, conj
from quod.language.interpretation import Mode, following
from quod.language.phrase_meaning import PhraseMeaning
from quod.language.syntax import (
    AnyOf,
    Attribute,
    Both,
    Compares,
    Constant,
    Gap,
    Is,
    IsA,
    Negated,
    Nominal,
    NounPhrase,
    Predicate,
    Quantified,
    Relates,
)
from quod.language.traits import has_object, is_time, lacks_object

SAYS_NOTHING: Final = "this says nothing: whatever there is counts as a person or thing; name a kind"


class PredicateMeaning(PhraseMeaning):
    """What is said of one thing."""

    def nominal(self, node: Nominal | AnyOf, x: Term, mode: Mode) -> Formula:
        """A nominal said of *x*."""
        if isinstance(node, AnyOf):
            return self._joined("or", [partial(self.nominal, item, x) for item in node.items], mode)
        parts: list[Formula] = []
        if node.before is not None:
            _check_manner(node)
            parts.append(self.predicate(node.before, x, mode))
        if node.of is not None:
            outer, self._barred = self._barred, (x,)
            parts.append(self.noun_phrase(node.of, lambda o: self.lit(f"{node.noun}_of", "rel", x, o), mode))
            self._barred = outer
        elif node.noun:
            parts.append(self.lit(node.noun, "mass" if node.kind == "mass" else "noun", x))
        parts += [self.predicate(p, x, mode) for p in node.after]
        return conj(*parts)

    def predicate(self, node: Predicate, x: Term, mode: Mode) -> Formula:
        """A predicate said of *x*."""
        if isinstance(node, Is):
            return self.lit(node.word, node.kind, x)
        if isinstance(node, Relates):
            return self._relates(node, x, mode)
        if isinstance(node, IsA):
            if says_nothing(node.nominal):
                raise Unclear(SAYS_NOTHING, node.nominal.at)
            return self.nominal(node.nominal, x, mode)
        if isinstance(node, Negated):
            return self._negated(node, x, mode)
        if isinstance(node, Both):
            return self._both(node, x, mode)
        if isinstance(node, Compares):
            return self._compares(node, x, mode)
        if isinstance(node, Attribute):
            return self._attribute(node, x, node.op)
        if isinstance(node, Gap):
            return self._gap(node, x, mode)
        of = Constant(x, "")
        owned = Quantified("the", node.nominal._replace(of=of), node.nominal.at)
        exact = self._exact(owned, node.predicate, mode)
        if exact is not None:
            return exact
        return self._relational(node.nominal, of, lambda y: self.predicate(node.predicate, y, mode), mode)

    def _both(self, node: Both, x: Term, mode: Mode) -> Formula:
        if any(map(lacks_object, node.items[:-1])) and has_object(node.items[-1]):
            raise Unclear("it is not clear whether the first verb has the same object; say it twice", node.at)
        if node.op in ("and", "both"):
            return conj(*[self.predicate(item, x, mode) for item in node.items])
        return self._joined(node.op, [partial(self.predicate, item, x) for item in node.items], mode)

    def _negated(self, node: Negated, x: Term, mode: Mode) -> Formula:
        """not: "not red or blue" denies both, "not red and blue" is ambiguous."""
        if mode.negated:
            raise Refused("two negations in one clause are not read", node.at)
        inside = Mode(mode.place, True)
        inner = node.predicate
        if isinstance(inner, Compares) and not (isinstance(inner.value, Constant) and inner.value.term[0] == "s"):
            return self._compares(inner._replace(op=FLIPPED[inner.op]), x, mode)
        if isinstance(inner, Attribute) and inner.op != "eq":
            return self._attribute(inner, x, FLIPPED[inner.op])
        if isinstance(inner, Both) and inner.op in ("xor", "nor"):
            raise Refused('"not" with "either" or "neither" is not read', node.at)
        if isinstance(inner, Both) and inner.op == "and" and self.choices.choose(2) == 1:
            first = Neg(self.predicate(inner.items[0], x, inside))
            return conj(first, *[self.predicate(item, x, mode) for item in inner.items[1:]])
        return self._scoped(lambda: Neg(self.predicate(inner, x, inside)))

    def _compares(self, node: Compares, x: Term, mode: Mode) -> Formula:
        value = node.value
        if isinstance(value, Constant) and value.term[0] == "s":
            if node.op == "ne" and x[0] == "v":
                self._show(value)
                return Cmp("ne", x, value.term)
            raise Refused("that two names mean the same thing is not read", node.at)
        if x not in self._attributes and x[0] != "v":
            raise Refused('a number can only be compared with an attribute, such as "the age of …"', node.at)
        if x[0] == "v" and x not in self._attributes and x[1].isdigit():
            raise Refused('a number can only be compared with an attribute, such as "the age of …"', node.at)
        if isinstance(value, Constant):
            self.discourse.forget(x)
        return self.noun_phrase(value, lambda v: Cmp(node.op, x, v), mode)

    def _attribute(self, node: Attribute, x: Term, op: str) -> Formula:
        if op == "eq":
            return self.lit(node.name, "rel", node.value.term, x)
        y = self.fresh()
        return Some(y, self.lit(node.name, "rel", y, x), Cmp(op, y, node.value.term))

    def _relates(self, node: Relates, x: Term, mode: Mode) -> Formula:
        phrases: tuple[NounPhrase, ...] = node.objects
        head = node.name.split("_")[0]
        if head in words.OPAQUE and any(isinstance(p, Quantified) and p.det not in ("the",) for p in phrases):
            raise Refused(f'what one may {head} need not exist; name it or say "the …"', node.at)
        if node.kind == "verb" and head not in words.TIMED and any(map(is_time, phrases)):
            raise Refused("when or how much is not read", node.at)
        if node.name.endswith("without") and any(isinstance(p, Quantified) and p.det != "the" for p in phrases):
            raise Refused('"without" denies; say it with "not" or "no": "does not have a …"', node.at)
        if not node.passive:
            return self._arguments(node.name, node.kind, (x,), phrases, (), mode)
        if node.agent is None:
            y = self.fresh()
            return Some(y, TRUE, self._arguments(node.name, node.kind, (y, x), phrases, (x,), mode))
        outer, self._barred = self._barred, (x,)
        inner = following(node.agent, mode)
        built = self.noun_phrase(
            node.agent, lambda a: self._arguments(node.name, node.kind, (a, x), phrases, (x, a), inner), mode
        )
        self._barred = outer
        return built

    def _arguments(
        self,
        name: str,
        kind: str,
        done: tuple[Term, ...],
        rest: tuple[NounPhrase | None, ...],
        barred: tuple[Term, ...],
        mode: Mode,
        gap: Term | None = None,
    ) -> Formula:
        """The atom once every object has been put in place, left to right."""
        if not rest:
            return self.lit(name, kind, *done)
        first = rest[0]
        if first is None:
            return self._arguments(name, kind, (*done, gap or done[0]), rest[1:], barred, mode, gap)
        outer, self._barred = self._barred, (*done, *barred)
        inner = following(first, mode)
        built = self.noun_phrase(
            first, lambda o: self._arguments(name, kind, (*done, o), rest[1:], barred, inner, gap), mode
        )
        self._barred = outer
        return built

    def _gap(self, node: Gap, x: Term, mode: Mode) -> Formula:
        """ "that Anne likes" said of *x*: the subject outscopes the verb's negation."""
        if node.negated and mode.negated:
            raise Refused("two negations in one clause are not read", node.at)
        after = following(node.subject, mode)
        if node.negated and after.negated:
            raise Refused("two negations in one clause are not read", node.at)
        inside = Mode(mode.place, after.negated or node.negated)

        def scope(subject: Term) -> Formula:
            built = self._arguments(node.name, "verb", (subject,), node.objects, (x,), inside, x)
            return Neg(built) if node.negated else built

        outer, self._barred = self._barred, (x,)
        built = self.noun_phrase(node.subject, scope, mode)
        self._barred = outer
        return built


def says_nothing(node: Nominal | AnyOf) -> bool:
    """Whether *node* is "a person", "a thing" … with nothing that restricts it."""
    if isinstance(node, AnyOf):
        return any(map(says_nothing, node.items))
    return not node.noun and node.before is None and not node.after


def _check_manner(node: Nominal) -> None:
    """A heavy smoker smokes a lot, whatever the smoker weighs: such adjectives do not restrict by themselves."""
    noun = node.noun.rpartition("_")[2]
    if noun in words.HUMANS or not (noun in words.PERSON_NOUNS or acts(noun)):
        return
    items = node.before.items if isinstance(node.before, Both) else (node.before,)
    for item in items:
        if not isinstance(item, Is):
            continue
        if item.word in words.SUBSECTIVE or (item.word in ("old", "new") and noun in words.RECIPROCAL):
            raise Unclear(f'"{item.word}" before "{noun}" may tell how, not what; say it with "is"', node.at - 1)
