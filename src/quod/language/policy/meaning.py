"""From trees to clauses: statements, definitions and sets; and from questions to question clauses."""

from __future__ import annotations

from quod.kernel.values import Atom, Literal, Term, complement, variable
from quod.language.formulas import Refused
from quod.language.policy.conditions import Concluded, Conditions
from quod.language.policy.formulas import And, Body, Formula, Lit, bodies
from quod.language.policy.things import Referent
from quod.language.policy.tree import (
    Asking,
    Condition,
    Has,
    Is,
    IsA,
    Kindred,
    Not,
    Relates,
    Set,
    Statement,
    There,
    Thing,
    Tree,
)

Rule = tuple[Atom, Body]


class Meaning(Conditions):
    """One sentence."""

    def rules(self, tree: Tree) -> list[Rule]:
        """The rules of a sentence, those it needs for its own included."""
        if isinstance(tree, Statement):
            found = self._statement(tree)
        elif isinstance(tree, Set):
            found = self._set(tree)
        elif isinstance(tree, Kindred):
            found = self._kindred(tree)
        else:
            found = []
        for name, args, alternatives in self.helpers:
            found += [((name, args), body) for body in alternatives]
        return list(dict.fromkeys(settled(rule, self.book.sets) for rule in found))

    def _statement(self, tree: Statement) -> list[Rule]:
        for claim in tree.claims[1:]:
            subject = claim.subject if isinstance(claim, (Is, IsA, Relates, Has)) else None
            if isinstance(claim, (Not, There)) or (isinstance(subject, Thing) and subject.det != "the"):
                raise Refused("say this in two sentences", tree.at)
        concluded: list[Concluded] = []
        if tree.late:
            concluded = self._claims(tree.claims)
        formulas = [self.condition(condition) for condition in tree.conditions]
        if not tree.late:
            concluded = self._claims(tree.claims)
        exception = self._exception(tree.unless) if tree.unless is not None else ()
        other = self._claims((tree.otherwise,)) if tree.otherwise is not None else []
        found: list[Rule] = []
        positive: list[Body] = [()]
        for formula in formulas:
            positive = [body + more for body in positive for more in bodies(formula)]
        for each in concluded:
            found += [(each.atom, _tidy((*self.base, *body, *each.given, *exception))) for body in positive]
        if tree.whole or other:
            found += self._turned(tree, formulas, concluded, other)
        return found

    def _turned(
        self, tree: Statement, formulas: list[Formula], concluded: list[Concluded], other: list[Concluded]
    ) -> list[Rule]:
        """What follows where the condition is false."""
        if len(formulas) != 1 or tree.unless is not None:
            raise Refused("this is said under too many conditions")
        negative = bodies(formulas[0], False)
        heads = list(other)
        if tree.whole:
            if any(each.valued for each in concluded):
                raise Refused('a value "only if" is not read; say what it is otherwise', tree.at)
            heads += [each._replace(atom=(complement(each.atom[0]), each.atom[1])) for each in concluded]
        return [(each.atom, _tidy((*self.base, *body, *each.given))) for each in heads for body in negative]

    def _claims(self, claims: tuple[Condition, ...]) -> list[Concluded]:
        """What is claimed, each with what it looks up for itself."""
        found: list[Concluded] = []
        for claim in claims:
            outer, self.out = self.out, []
            concluded = self.claim(claim)
            found += [each._replace(given=tuple(self.out)) for each in concluded]
            self.out = outer
        return found

    def _exception(self, node: Condition) -> Body:
        formula = self.condition(node)
        alternatives = bodies(formula)
        if len(alternatives) == 1 and len(alternatives[0]) == 1 and alternatives[0][0][0] == "+":
            _, predicate, args = alternatives[0][0]
            if all(arg in {r.term for r in self.referents} or arg[0] != "v" for arg in args):
                return (("-", predicate, args),)
        keep = {r.term[1] for r in self.referents if r.entity and r.term[0] == "v"}
        name, args = self.helper("exception", alternatives, keep)[1:]
        return (("-", name, args),)

    def _set(self, tree: Set) -> list[Rule]:
        """ "The bags of a passenger are the bags whose passenger is that passenger"."""
        owner = self.value(tree.owner).term
        member = self.value(tree.members._replace(det="a")).term
        self.book.sets.add(tree.noun)
        return [((f"{tree.noun}_of/2", (member, owner)), _tidy((*self.base, *self.out)))]

    def _kindred(self, tree: Kindred) -> list[Rule]:
        """ "A checked bag is a bag whose number is more than 1"."""
        self.book.kinds.add(tree.thing.slug)
        x = self.fresh()
        genus = tree.genus
        adjectives, noun = self.split(genus)
        given: list[Literal] = [("+", f"{noun}/1", (x,))] if noun else []
        self.book.kinds.add(noun)
        parts: list[Formula] = [Lit(f"{word}/1", (x,)) for word in adjectives]
        self.mention(Referent(noun, genus.head, x, True))
        for each in genus.filters:
            self.holes.append(x)
            parts.append(self.condition(each))
            self.holes.pop()
        head: Atom = (f"{tree.thing.slug}/1", (x,))
        whole = And(tuple(parts))
        found: list[Rule] = [(head, _tidy((*given, *body))) for body in bodies(whole)]
        if tree.whole and not parts and noun:
            found.append(((f"{noun}/1", (x,)), ((("+"), head[0], head[1]),)))
        if tree.whole and parts:
            found += [((complement(head[0]), head[1]), _tidy((*given, *body))) for body in bodies(whole, False)]
        return found

    # ---- questions

    def question(self, tree: Asking) -> tuple[str, list[Body], Term | None, str]:
        """The kind of a question, its bodies, what is asked for, and the attribute that is a value of."""
        if tree.kind == "value" and tree.expression is not None:
            meant = self.value(tree.expression)
            body = (*self.base, *self.out)
            return "which", [body], meant.term, meant.attribute
        if tree.condition is None:
            raise Refused("this is not read as a question")
        formula = self.condition(tree.condition)
        given = (*self.base, *self.out)
        found = [_tidy((*given, *body)) for body in bodies(formula)]
        if tree.kind == "which":
            if len(self.asked) != 1:
                raise Refused("a question asks for one thing at a time")
            return "which", found, self.asked[0], ""
        return "yesno", found, None, ""


def _tidy(body: Body) -> Body:
    """*body* without repetitions."""
    return tuple(dict.fromkeys(body))


def settled(rule: Rule, sets: set[str]) -> Rule:
    """*rule* with each attribute of one thing looked up once, and no two names for one value."""
    head, body = rule
    while True:
        same = _same(body, sets)
        if same is None:
            return head, _tidy(body)
        old, new = same
        head = (head[0], tuple([new if arg == old else arg for arg in head[1]]))
        body = tuple([_replaced(literal, old, new) for literal in body])
        body = tuple([each for each in body if each != ("c", "eq", (new, new))])


def _same(body: Body, sets: set[str]) -> tuple[Term, Term] | None:
    """Two terms that are the same, the one to be replaced first."""
    known: dict[tuple[str, Term], Term] = {}
    bound = {arg for literal in body if literal[0] == "+" for arg in literal[2] if arg[0] == "v"}
    for literal in body:
        if literal[0] == "+" and literal[1].endswith("_of/2") and literal[1][:-5] not in sets:
            value, owner = literal[2]
            first = known.setdefault((literal[1], owner), value)
            if first != value and value[0] == "v":
                return value, first
        if literal[0] == "c" and literal[1] == "eq" and literal[2][0] != literal[2][1]:
            left, right = literal[2]
            if left in bound:
                return left, right
            if right in bound:
                return right, left
    return None


def _replaced(literal: Literal, old: Term, new: Term) -> Literal:
    if literal[0] == "a":
        _, op, result, value, inner = literal
        changed = tuple([_replaced(part, old, new) for part in inner])
        return ("a", op, new if result == old else result, new if value == old else value, changed)
    return (literal[0], literal[1], tuple([new if arg == old else arg for arg in literal[2]]))


def renamed(rule: Rule) -> Rule:
    """*rule* with its variables named X, Y, Z, … in order of occurrence, body before head."""
    names: dict[str, str] = {}
    letters = "XYZUVW"

    def term(value: Term) -> Term:
        if value[0] == "v":
            count = len(names)
            if value[1] not in names:
                names[value[1]] = letters[count % 6] + (str(count // 6) if count >= 6 else "")
            return variable(names[value[1]])
        return value

    def literal(each: Literal) -> Literal:
        if each[0] == "a":
            _, op, result, value, inner = each
            inside = tuple([literal(part) for part in inner])
            return ("a", op, term(result), term(value), inside)
        return (each[0], each[1], tuple(map(term, each[2])))

    head, body = rule
    new = tuple([literal(each) for each in body])
    return (head[0], tuple(map(term, head[1]))), new
