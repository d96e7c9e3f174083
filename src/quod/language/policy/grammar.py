"""Sentences of policy English: conditions and lists, claims, definitions, questions."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from quod.language.policy.nouns import HOLE, Found
from quod.language.policy.predicates import BE, MODALS, Predicates, join
from quod.language.policy.tokens import Token
from quod.language.policy.tree import (
    All,
    Any,
    Compare,
    Condition,
    Expression,
    Has,
    Is,
    IsA,
    Kindred,
    Name,
    Not,
    Pronoun,
    Relates,
    Set,
    Several,
    Statement,
    There,
    Thing,
    Tree,
    Value,
)
from quod.language.policy.units import NUMBER

_IF: Final = ("if", "when", "whenever", "where", "provided that", "as long as", "in case", "once")
_LISTS: Final = {
    "all of": "all",
    "each of": "all",
    "both of": "all",
    "any of": "1",
    "any one of": "1",
    "one of": "1",
    "one or more of": "1",
    "either of": "1",
    "at least one of": "1",
    "none of": "none",
    "neither of": "none",
    "at least two of": "2",
    "at least three of": "3",
    "at least four of": "4",
}


class Statements(Predicates):
    """Whole sentences."""

    # ---- conditions

    def condition(self, index: int) -> Found[Condition]:
        """Clauses joined by *and*, those joined by *or*; or a list."""
        return self.charted("condition", index, "", lambda: self._condition(index))

    def _condition(self, index: int) -> Found[Condition]:
        found: Found[Condition] = list(self._listed(index))
        todo: list[tuple[str, list[Condition], int]] = [("", [node], end) for node, end in self.clause(index)]
        while todo:
            link, items, end = todo.pop(0)
            found.append((join(link, items, index), end))
            after = end + (self.low(end) == ",")
            word = {"but": "and"}.get(self.low(after), self.low(after))
            if word in ("and", "or") and link in ("", word) and len(items) < 8:
                start = after + 1
                start += self.low(start) in ("if", "that")
                todo += [(word, [*items, node], stop) for node, stop in self.clause(start)]
        return found

    def clause(self, index: int) -> Found[Condition]:
        """A subject with one or more verb phrases; existence; a list in its place."""
        return self.charted("clause", index, "", lambda: self._clause(index))

    def _clause(self, index: int) -> Found[Condition]:
        found: Found[Condition] = []
        low = self.low(index)
        if low == "there":
            return self._there(index)
        if self.phrase(index, "it is not the case that") >= 0:
            return [(Not(node, index), end) for node, end in self.clause(index + 6)]
        if low in ("no", "nobody"):
            return self._no(index)
        for subject, middle in self.expression(index):
            if isinstance(subject, Value):
                continue
            if isinstance(subject, Thing) and subject.det == "no":
                continue
            plural = isinstance(subject, Thing) and subject.plural
            plural = plural or (isinstance(subject, Pronoun) and subject.word == "they")
            found += self.verb_phrases(middle, subject, plural)
        return found

    def _no(self, index: int) -> Found[Condition]:
        """ "no loan of the member is overdue"."""
        zero = Value(Token("0", "0", self.token(index).column, "value", Fraction(0), NUMBER), index)
        found: Found[Condition] = []
        things: Found[Expression] = []
        if self.low(index) == "no":
            things = self.thing(index + 2, "a") if self.low(index + 1) == "one" else self.thing(index + 1, "bare")
        elif self.low(index) == "nobody":
            nobody = Thing("a", (), "", False, None, (), index)
            things = [(nobody, index + 1), *self._filtered(nobody, index + 1)]
        for thing, middle in things:
            if isinstance(thing, Thing):
                for node, end in self.filters_of(middle, thing.plural):
                    whole = thing._replace(filters=(*thing.filters, node))
                    found.append((There("eq", zero, whole, index), end))
        return found

    def filters_of(self, index: int, plural: bool) -> Found[Condition]:
        """A verb phrase with a hole for its subject."""

        return self.verb_phrases(index, HOLE, plural)

    def _there(self, index: int) -> Found[Condition]:
        if self.low(index + 1) not in BE:
            return []
        at = index + 2
        zero = Value(Token("0", "0", self.token(index).column, "value", Fraction(0), NUMBER), index)
        found: Found[Condition] = []
        low = self.low(at)
        if low in ("a", "an", "no", "any", "some"):
            for thing, end in self.thing(at + 1, "bare"):
                if isinstance(thing, Thing):
                    found.append((There("eq" if low == "no" else "gt", zero, thing, index), end))
        for op, value, start in self._counts(at):
            for thing, end in self.thing(start, "bare"):
                if isinstance(thing, Thing):
                    found.append((There(op, value, thing, index), end))
        return found

    # ---- lists

    def _listed(self, index: int) -> Found[Condition]:
        """ "all of the following apply: • … • …"."""
        found: Found[Condition] = []
        for text, kind in _LISTS.items():
            after = self.phrase(index, text)
            if after < 0:
                continue
            start = self._introduced(after)
            if start >= 0:
                for items, end in self.bullets(start):
                    found.append((_gather(kind, items, index), end))
        return found

    def _introduced(self, index: int) -> int:
        """The index behind "the following conditions are met:"."""
        at = index
        if self.low(at) in ("the", "these", "those"):
            at += 1
        at += self.low(at) == "following"
        at += self.low(at) in ("conditions", "condition", "statements", "things", "criteria", "requirements", "points")
        at += self.low(at) in ("hold", "holds", "apply", "applies")
        if self.low(at) in BE and self.low(at + 1) in ("met", "true", "satisfied", "fulfilled", "the"):
            at += 2
            at += self.low(at) == "case"
        if self.low(at) == ":" or self.token(at).kind == "bullet":
            return at + (self.low(at) == ":")
        return -1

    def bullets(self, index: int, subject: Expression | None = None) -> Found[tuple[Condition, ...]]:
        """The items of the list at *index*: whole clauses, or verb phrases of *subject*."""
        level = self.token(index)
        if level.kind != "bullet":
            return []
        found: Found[tuple[Condition, ...]] = []
        todo: list[tuple[tuple[Condition, ...], int]] = [((), index)]
        while todo:
            items, at = todo.pop(0)
            here: Found[Condition] = list(self.condition(at + 1))
            if subject is not None:
                here += self.verb_phrases(at + 1, subject, isinstance(subject, Pronoun) and subject.word == "they")
            for node, end in here:
                stop = end + (self.low(end) in (",", ";", "."))
                stop += self.low(stop) in ("and", "or") and self.token(stop + 1).kind == "bullet"
                following = self.token(stop)
                if following.kind == "bullet" and following.text == level.text:
                    todo.append(((*items, node), stop))
                elif following.kind == "bullet" and len(following.text) > len(level.text):
                    continue
                else:
                    found.append(((*items, node), stop))
            if len(todo) > 20:
                return []
        return found

    def _conditional(self, index: int) -> Found[Condition]:
        """A condition behind *if*; a list may follow the colon, joined by the *and* or *or* of its items."""
        found = list(self.condition(index))
        if self.low(index) == ":":
            found += self._plain_list(index + 1, None)
        for subject, middle in self.thing(index):
            start = middle
            if self.low(start) == ":":
                found += self._plain_list(start + 1, subject)
            for text, kind in _LISTS.items():
                for verb in ("meets", "meet", "satisfies", "satisfy", "fulfils"):
                    if self.low(start) == verb and (after := self.phrase(start + 1, text)) >= 0:
                        begin = self._introduced(after)
                        if begin >= 0:
                            found += [(_gather(kind, i, index), e) for i, e in self.bullets(begin, subject)]
        return found

    def _plain_list(self, index: int, subject: Expression | None) -> Found[Condition]:
        """A list without "all of": the *and* or *or* at the end of its last item but one decides."""
        links = {
            self.low(at)
            for at in range(index, self.size)
            if self.token(at + 1).kind == "bullet" and self.low(at) in ("and", "or")
        }
        if len(links) != 1:
            return []
        kind = "all" if links == {"and"} else "1"
        return [(_gather(kind, items, index), end) for items, end in self.bullets(index, subject)]

    # ---- statements

    def statement(self, index: int) -> Found[Tree]:
        """A whole sentence."""
        found: Found[Tree] = []
        found += self._set(index)
        found += self._kindred(index)
        after = self._begins(index, _IF)
        if after >= 0:
            for condition, middle in self._conditional(after):
                start = middle + (self.low(middle) == ",")
                start += self.low(start) == "then"
                for claims, end in self.claims(start):
                    tree = Statement(claims, (condition,), at=index)
                    found.append((tree, end))
                    found += self._tails(tree, end)
        elif self.low(index) == "unless":
            for exception, middle in self._conditional(index + 1):
                for claims, end in self.claims(middle + (self.low(middle) == ",")):
                    found.append((Statement(claims, (), exception, at=index), end))
        elif self.low(index) == "only":
            found += self._only(index)
        else:
            for claims, end in self.claims(index):
                tree = Statement(claims, at=index)
                found.append((tree, end))
                found += self._tails(tree, end)
            found += self._each(index)
        return found

    def _each(self, index: int) -> Found[Tree]:
        """ "Milk, eggs and cheese are perishable goods": the same of each."""
        found: Found[Tree] = []
        subjects: list[tuple[tuple[Thing | Name, ...], int]] = [
            ((thing,), end) for thing, end in self.thing(index) if isinstance(thing, (Thing, Name)) and _plain(thing)
        ]
        while subjects:
            things, end = subjects.pop(0)
            after = end + (self.low(end) == ",")
            last = self.low(after) == "and"
            after += last
            if after == end or len(things) > 12:
                continue
            for thing, stop in self.thing(after):
                if not _plain(thing) or not isinstance(thing, (Thing, Name)):
                    continue
                if not last:
                    subjects.append(((*things, thing), stop))
                    continue
                whole = [_kind(each) for each in (*things, thing)]
                columns = [self.verb_phrases(stop, each, True) for each in whole]
                for row in zip(*columns, strict=False):
                    parts = tuple(Statement((node,), at=index) for node, _ in row)
                    ends = [end for _, end in row]
                    found.append((Several(parts), max(ends)))
        return found

    def _begins(self, index: int, texts: tuple[str, ...]) -> int:
        return self.phrase(index, *texts)

    def _tails(self, tree: Statement, end: int) -> Found[Tree]:
        """What follows a claim: if, only if, if and only if, unless, otherwise."""
        start = end + (self.low(end) == ",")
        found: Found[Tree] = []
        if not tree.conditions:
            for text, whole in (("if and only if", True), ("only if", True), ("only when", True), ("only where", True)):
                after = self.phrase(start, text)
                if after >= 0:
                    for condition, stop in self._conditional(after):
                        found.append((tree._replace(conditions=(condition,), whole=whole, late=True), stop))
            after = self._begins(start, _IF)
            if after >= 0 and not found:
                for condition, stop in self._conditional(after):
                    later = tree._replace(conditions=(condition,), late=True)
                    found.append((later, stop))
                    found += self._tails(later, stop)
        after = self.phrase(start, "unless", "except if", "except when", "except where")
        if after >= 0 and tree.unless is None:
            for exception, stop in self._conditional(after):
                found.append((tree._replace(unless=exception), stop))
        if self.low(start) == "except" and tree.unless is None and len(tree.claims) == 1:
            subject = _subject(tree.claims[0])
            for thing, stop in self.thing(start + 1 + (self.low(start + 1) == "for")):
                if isinstance(subject, Thing) and isinstance(thing, Thing) and thing.plural:
                    found.append((tree._replace(unless=IsA(subject, thing._replace(det="a"), start)), stop))
        claim = tree.claims[0]
        if not tree.conditions and start == end and isinstance(claim, Is) and claim.modal != "must":
            for when, stop in self.adjunct(start) if len(tree.claims) == 1 else []:
                found.append((tree._replace(conditions=(when,), late=True), stop))
        after = self.phrase(start, "otherwise", "; otherwise", "and otherwise", ". otherwise")
        if after >= 0 and tree.conditions and not tree.whole:
            after += self.low(after) == ","
            for (other, *more), stop in self.claims(after):
                if not more:
                    found.append((tree._replace(otherwise=other), stop))
            claim = tree.claims[0]
            if len(tree.claims) == 1 and isinstance(claim, Compare) and claim.op == "eq":
                start = self.phrase(after, "it is", "they are", "is")
                for value, stop in self.expression(start if start >= 0 else after):
                    found.append((tree._replace(otherwise=claim._replace(right=value)), stop))
        return found

    def claims(self, index: int) -> Found[tuple[Condition, ...]]:
        """What is claimed: one clause, or several joined by *and*."""
        return self.charted("claims", index, "", lambda: self._claims(index))

    def _claims(self, index: int) -> Found[tuple[Condition, ...]]:
        found: Found[tuple[Condition, ...]] = []
        for node, end in self.clause(index):
            found.append(((node,), end))
            after = end + (self.low(end) == ",")
            if self.low(after) in ("and", "but"):
                found += [((node, *more), stop) for more, stop in self._claims(after + 1)]
        return found

    def _only(self, index: int) -> Found[Tree]:
        """ "Only members may borrow a book."."""
        found: Found[Tree] = []
        for thing, middle in self.thing(index + 1):
            if not isinstance(thing, Thing) or self.low(middle) not in MODALS:
                continue
            anyone = Thing("a", (), "", False, None, (), index)
            for node, end in self.verb_phrases(middle, anyone, False):
                kind: Condition = IsA(anyone, thing._replace(det="a"), index)
                found.append((Statement((node,), (kind,), None, True, at=index, late=True), end))
        return found

    def _kindred(self, index: int) -> Found[Tree]:
        """Definitions of kinds: "A checked bag is a bag whose number is more than 1.", "X means Y"."""
        found: Found[Tree] = []
        for thing, middle in self.thing(index):
            if not isinstance(thing, Thing) or thing.owner is not None or thing.filters or not thing.head:
                continue
            if thing.det not in ("a", "every", "bare"):
                continue
            means = self.phrase(middle, "means")
            start = means if means >= 0 else middle + 1 if self.low(middle) in ("is", "are") else -1
            if start < 0:
                continue
            if means >= 0:
                start += self.low(start) in ("any", "every") and self.low(start) != "a"
            if means >= 0 and not thing.plural and thing.det in ("a", "bare"):
                for same, end in self._noun(start, "a"):
                    if not same.plural:
                        found.append((Kindred(thing, same, True, index), end))
            genera: Found[Expression] = (
                self.thing(start + 1, "bare")
                if self.low(start) in ("a", "an", "any")
                else self.thing(start, "bare")
                if thing.plural
                else []
            )
            for genus, end in genera:
                if isinstance(genus, Thing) and genus.plural == thing.plural and genus.owner is None:
                    whole = means >= 0 or bool(genus.filters)
                    if means >= 0 or genus.filters:
                        found.append((Kindred(thing, genus, whole, index), end))
        return found

    def _set(self, index: int) -> Found[Tree]:
        """ "The bags of a passenger are the bags whose passenger is the passenger."."""
        found: Found[Tree] = []
        if self.low(index) != "the":
            return []
        for thing, middle in self.thing(index):
            if not isinstance(thing, Thing) or not thing.plural or not isinstance(thing.owner, Thing):
                continue
            if self.low(middle) != "are" or thing.filters:
                continue
            start = middle + 1 + (self.low(middle + 1) in ("the", "all"))
            start += self.low(start) == "the"
            for members, end in self.thing(start, "bare"):
                if isinstance(members, Thing) and members.plural:
                    found.append((Set(thing.slug, thing.owner, members, index), end))
        return found

    # ---- questions


def _plain(thing: Expression) -> bool:
    """Whether *thing* is a mere noun or name, as in a list of kinds."""
    if isinstance(thing, Name):
        return True
    return isinstance(thing, Thing) and thing.det == "bare" and thing.owner is None and not thing.filters


def _kind(thing: Thing | Name) -> Thing | Name:
    """A mere noun as all things of its kind: "milk" is whatever is milk."""
    return thing._replace(det="a") if isinstance(thing, Thing) else thing


def _subject(node: Condition) -> Expression | None:
    """What a claim is about."""
    if isinstance(node, Not):
        return _subject(node.body)
    return node.subject if isinstance(node, (Is, IsA, Relates, Has)) else None


def _gather(kind: str, items: tuple[Condition, ...], at: int) -> Condition:
    if kind == "all":
        return items[0] if len(items) == 1 else All(items, at)
    if kind == "none":
        return Not(Any(items, 1, at), at)
    return Any(items, int(kind), at)
