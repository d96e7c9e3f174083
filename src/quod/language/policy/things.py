"""The meaning of noun phrases: things, their attributes, and what has been mentioned."""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple

from quod.kernel.values import Literal, Term, number, variable
from quod.knowledge.shape import literal_variables
from quod.language import words
from quod.language.formulas import Refused
from quod.language.policy.formulas import And, Body, Formula, bodies
from quod.language.policy.knowledge import Knowledge
from quod.language.policy.tree import (
    Condition,
    Event,
    Expression,
    Pronoun,
    Thing,
)
from quod.language.policy.units import DATE, Kind

TRUE: Final = And(())
ONE: Final = number(1)
_WORDS: Final = {"add": "add to", "sub": "subtract from", "mul": "multiply by", "div": "divide by"}


class Referent(NamedTuple):
    """Something mentioned: its noun, its term, and whether it is a thing rather than a value."""

    slug: str
    head: str
    term: Term
    entity: bool
    plural: bool = False


class Meant(NamedTuple):
    """What an expression denotes: the term, what kind of value, and the attribute it is a value of."""

    term: Term
    kind: Kind | None = None
    attribute: str = ""


class Things:
    """The things of one sentence; literals go to the innermost open list."""

    def value(self, node: Expression) -> Meant:
        """What an expression denotes (``values`` gives the body)."""
        raise NotImplementedError

    def __init__(self, book: Knowledge, adjectives: frozenset[str], sentence: str) -> None:
        self.book = book
        self.adjectives = adjectives
        self.sentence = sentence
        self.referents: list[Referent] = []
        self.base: list[Literal] = []
        self.out: list[Literal] = []
        self._depth = 0
        self._things: dict[Thing, Meant] = {}
        self._outside: list[Literal] = []
        self.helpers: list[tuple[str, tuple[Term, ...], list[Body]]] = []
        self.holes: list[Term] = []
        self.asked: list[Term] = []
        self._fresh = 0

    def fresh(self) -> Term:
        """A new variable."""
        self._fresh += 1
        return variable(f"V{self._fresh}")

    def condition(self, node: Condition) -> Formula:
        """A condition (``conditions`` gives the body)."""
        raise NotImplementedError

    def mention(self, referent: Referent) -> None:
        """Make something available to "the …" and "it"."""
        if referent not in self.referents:
            self.referents.append(referent)

    def _pronoun(self, node: Pronoun) -> Term:
        things = [r for r in self.referents if r.entity]
        terms = list(dict.fromkeys(r.term for r in things))
        if self.holes and not terms:
            return self.holes[-1]
        if not terms:
            raise Refused(f'"{node.word}" has nothing in this sentence to refer to', node.at)
        if len(terms) > 1:
            raise Refused(f'"{node.word}" could mean more than one thing here; name it', node.at)
        return terms[0]

    def split(self, thing: Thing) -> tuple[list[str], str]:
        """The adjectives and the noun of *thing*; a noun the book defines or uses keeps its words."""
        words = [word.replace("-", "_") for word in thing.words]
        adjectives: list[str] = []
        while words:
            slug = "_".join([*words, thing.head])
            if slug in self.book.kinds or slug in self.book.attributes or slug in self.book.sets:
                break
            if words[0] not in self.adjectives and not self.book.describes(words[0]):
                break
            adjectives.append(words.pop(0))
        return adjectives, "_".join([*words, thing.head])

    def thing(self, node: Thing) -> Meant:
        """A noun phrase as a term; said twice of the same words, it is the same thing."""
        if self._depth or node.owner is not None:
            return self._thing(node)
        known = self._things.get(node)
        if known is None:
            known = self._things[node] = self._thing(node)
        return known

    def _thing(self, node: Thing) -> Meant:
        if node.det == "no":
            raise Refused('"no" is not read here', node.at)
        if node.owner is not None:
            return self._owned(node)
        adjectives, noun = self.split(node)
        if node.det == "the":
            known = self._known(node, noun)
            if known is not None and node.filters:
                raise Refused(f'what belongs to "the {noun.replace("_", " ")}" here is not clear', node.at)
            if known is not None:
                self._restrict(known.term, adjectives if known.attribute == "" else [], node)
                return known
        if node.det == "bare" and not node.plural:
            raise Refused(f'say "a {noun.replace("_", " ")}" or "the {noun.replace("_", " ")}"', node.at)
        x = self.fresh()
        start = len(self.out)
        if node.det == "what":
            self.asked.append(x)
        if noun:
            self.out.append(("+", f"{noun}/1", (x,)))
            self.book.kinds.add(noun)
        self.mention(Referent(noun or "person", node.head or "person", x, True, node.plural))
        self._restrict(x, adjectives, node)
        self._share(start)
        return Meant(x)

    def _share(self, start: int) -> None:
        """What introduces a thing is given for the whole sentence, not for one alternative of a condition."""
        if not self._depth:
            self.base += self.out[start:]
            del self.out[start:]

    def _known(self, node: Thing, noun: str) -> Meant | None:
        """What "the …" takes up: something mentioned, or an attribute of the only thing mentioned."""
        for alike in (
            [r for r in self.referents if r.slug == node.slug],
            [r for r in self.referents if r.slug == noun],
            [r for r in self.referents if r.head == node.head and r.entity],
        ):
            alike = [r for r in alike if r.entity] or alike
            terms = list(dict.fromkeys(r.term for r in alike))
            if len(terms) == 1:
                return Meant(terms[0], self.book.types.get(alike[0].slug), "" if alike[0].entity else alike[0].slug)
            if len(terms) > 1:
                raise Refused(f'"the {noun.replace("_", " ")}" could mean more than one thing here', node.at)
        if node.slug in self.book.globals and node.slug not in self.book.attributes:
            x = self.fresh()
            self.out.append(("+", f"{node.slug}/1", (x,)))
            return Meant(x, self.book.kind(node.slug, node.at), node.slug)
        things = list(dict.fromkeys(r.term for r in self.referents if r.entity)) or self.holes[-1:]
        if node.slug in self.book.attributes and (things or node.slug not in self.book.kinds):
            if len(things) != 1:
                raise Refused(f"say whose {node.slug.replace('_', ' ')} is meant", node.at)
            return self._attribute(node.slug, things[0], node.at)
        if things:
            raise Refused(f"say which {node.slug.replace('_', ' ')} is meant", node.at)
        return None

    def _restrict(self, x: Term, adjectives: list[str], node: Thing) -> None:
        for word in adjectives:
            self.out.append(("+", f"{word}/1", (x,)))
        for condition in node.filters:
            self.holes.append(x)
            formula = self.condition(condition)
            self.holes.pop()
            alternatives = bodies(formula)
            if len(alternatives) == 1:
                self.out += alternatives[0]
            else:
                self.out.append(self.helper(node.head, alternatives, {x[1]} if x[0] == "v" else set()))

    def own(self, slug: str, owner: Term) -> None:
        """Remember that things of the owner's kind have this attribute."""
        for referent in self.referents:
            if referent.term == owner and referent.entity:
                self.book.owners.setdefault(referent.head, set()).add(slug)
                if slug == "age":
                    self.book.aged.add(referent.head)

    def _attribute(self, slug: str, owner: Term, at: int) -> Meant:
        """The value of an attribute; looked up once."""
        predicate = f"{slug}_of/2"
        for literal in self.out:
            if literal[0] == "+" and literal[1] == predicate and literal[2][1] == owner:
                return Meant(literal[2][0], self.book.kind(slug, at), slug)
        x = self.fresh()
        self.own(slug, owner)
        self.out.append(("+", predicate, (x, owner)))
        self.mention(Referent(slug, slug.rpartition("_")[2], x, False))
        return Meant(x, self.book.kind(slug, at), slug)

    def _worth(self, node: Thing) -> Meant:
        """The one attribute of a thing that is counted so: "an order over $50", "persons under 18"."""
        holder = self.holes[-1]
        kinds = {r.slug for r in self.referents if r.term == holder} | {
            r.head for r in self.referents if r.term == holder
        }
        sort = node.head[1:]
        if sort == "number":
            if "age" not in self.book.attributes or not kinds & (words.PERSON_NOUNS | self.book.aged):
                raise Refused("say what is counted here, as in: whose age is under 18", node.at)
            return self._attribute("age", holder, node.at)
        owned = {slug for kind in sorted(kinds) for slug in self.book.owners.get(kind, ())}
        suits = [slug for slug in sorted(owned) if (known := self.book.types.get(slug)) and known.sort == sort]
        if len(suits) != 1:
            raise Refused("say what is counted here, as in: whose total is over $50", node.at)
        return self._attribute(suits[0], holder, node.at)

    def _owned(self, node: Thing) -> Meant:
        if node.owner is None:
            raise Refused("this has no owner", node.at)
        if node.head.startswith("?"):
            return self._worth(node)
        given = node.owner
        if node.slug == "cost" and "cost" not in self.book.attributes and "price" in self.book.attributes:
            node = node._replace(head="price")
        if node.slug not in self.book.sets and node.head in self.book.sets:
            adjectives, slug = [w.replace("-", "_") for w in node.words], node.head
        else:
            adjectives, slug = [], node.slug
        if slug in self.book.sets and node.det not in ("a", "every", "what"):
            raise Refused('say "the number of …", "the total of …" or "each": these may be several', node.at)
        owner = self.value(given).term
        if node.plural and node.owner is not None and slug in self.book.kinds and slug not in self.book.attributes:
            node = node._replace(det="every")
        if node.det in ("a", "every", "what"):
            x = self.fresh()
            start = len(self.out)
            if node.det == "what":
                self.asked.append(x)
            if slug in self.book.sets or slug in self.book.attributes:
                self.out.append(("+", f"{slug}_of/2", (x, owner)))
            else:
                self._belonging(slug, x, owner, node.at)
            self.mention(Referent(slug, node.head, x, True))
            self._restrict(x, adjectives, node)
            self._share(start)
            return Meant(x)
        self.book.attributes.add(slug)
        found = self._attribute(slug, owner, node.at)
        self._restrict(found.term, adjectives, node)
        return found

    def _event(self, node: Event) -> Meant:
        if node.subject is not None:
            owner = self.value(node.subject).term
        else:
            things = list(dict.fromkeys(r.term for r in self.referents if r.entity))
            if len(things) != 1:
                raise Refused("say what this happened to", node.at)
            owner = things[0]
        predicate = f"{node.word}_on/2"
        for literal in self.out:
            if literal[0] == "+" and literal[1] == predicate and literal[2][0] == owner:
                return Meant(literal[2][1], DATE)
        x = self.fresh()
        self.out.append(("+", predicate, (owner, x)))
        return Meant(x, DATE)

    def _belonging(self, slug: str, x: Term, holder: Term, at: int) -> None:
        """The loans of a member, where each loan has a member."""
        kinds = [r.slug for r in self.referents if r.term == holder and r.slug in self.book.owners.get(slug, ())]
        if not kinds:
            raise Refused(f'say what these are: "The {slug.replace("_", " ")}s of … are the …"', at)
        self.out.append(("+", f"{slug}/1", (x,)))
        self.out.append(("+", f"{kinds[0]}_of/2", (holder, x)))

    def helper(self, noun: str, alternatives: list[Body], keep: set[str]) -> Literal:
        """A literal that holds under any of *alternatives*."""
        outer = set().union(*(literal_variables(literal) for literal in (*self.out, *self._outside, *self.base)))
        used = [
            name
            for name in dict.fromkeys(
                n for body in alternatives for lit in body for n in sorted(literal_variables(lit))
            )
            if name in keep or name in outer
        ]
        args = tuple(variable(name) for name in used)
        digest = hashlib.sha256(f"{self.sentence}#{len(self.helpers)}".encode()).hexdigest()[:6]
        name = f"{noun or 'case'}_meant_{digest}/{len(args)}"
        self.helpers.append((name, args, alternatives))
        return ("+", name, args)
