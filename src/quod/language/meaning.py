"""Meaning: from syntax trees to formulas, left to right, with quantifier scope and anaphora decided.

Subjects outscope negation and objects, left outscopes right; what is said under "not", in a condition or in a
question is tracked in ``Mode``, because "a", "any" and definite descriptions depend on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from quod.kernel.values import Term, symbol, variable
from quod.language import words
from quod.language.discourse import Choices, Discourse, Referent
from quod.language.formulas import (
    FLIPPED,
    TRUE,
    Absent,
    Cmp,
    Conj,
    Disj,
    Every,
    Formula,
    Lit,
    Neg,
    Refused,
    Rule,
    Some,
    Unclear,
    Xor,
    conj,
)
from quod.language.noun_phrases import GENERIC
from quod.language.syntax import (
    AnyOf,
    Aside,
    Attribute,
    Both,
    Compares,
    Constant,
    Excepting,
    Gap,
    If,
    Is,
    IsA,
    Joined,
    Negated,
    Nominal,
    Not,
    NounPhrase,
    Predicate,
    Pronoun,
    Quantified,
    Relates,
    Says,
    Sentence,
    Sequence,
    There,
)

Scope = Callable[[Term], Formula]


class Mode(NamedTuple):
    """Where we are: ``place`` is assert, then (a conclusion), if, or ask; ``negated`` under a "not"."""

    place: str
    negated: bool = False

    @property
    def open(self) -> bool:
        """Whether indefinites here are mere variables (conditions and questions)."""
        return self.place in ("if", "ask")


class Meaning:
    """One interpretation of one sentence; ``kinds`` and ``shown`` are the vocabulary it used."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.discourse = Discourse(choices)
        self.kinds: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.presupposed: list[Lit] = []
        self.asked: list[Term] = []
        self.must_conclude: list[tuple[Term, int]] = []
        self._fresh = 0
        self._barred: tuple[Term, ...] = ()
        self._attributes: set[Term] = set()

    def fresh(self) -> Term:
        """A variable of no other name."""
        self._fresh += 1
        return variable(str(self._fresh))

    def lit(self, name: str, kind: str, *args: Term) -> Lit:
        """An atom, its kind of word remembered."""
        predicate = f"{name}/{len(args)}"
        if self.kinds.get(predicate, "adj") == "adj":
            self.kinds[predicate] = kind
        return Lit(predicate, args)

    # ---- sentences

    def sentence(self, node: Sentence, mode: Mode) -> Formula:
        """The formula of a sentence."""
        if isinstance(node, Says):
            return self._says(node, mode)
        if isinstance(node, Sequence):
            return self._sequence(node, mode)
        if isinstance(node, If):
            return self._if(node)
        if isinstance(node, There):
            return self._there(node, mode)
        if isinstance(node, Not):
            return self._scoped(lambda: Neg(self.sentence(node.body, Mode(mode.place, not mode.negated))))
        mark = self.discourse.mark()
        body = self.sentence(node.body, mode)
        if not mode.open:
            self.discourse.close(mark)
        return Some(node.letter.term, TRUE, body)

    def _sequence(self, node: Sequence, mode: Mode) -> Formula:
        for item in node.items[:-1]:
            last = node.items[-1]
            if isinstance(item, Says) and isinstance(last, Says) and _lacks_object(item.predicate, words.VERBS):
                if _has_object(last.predicate) and node.op != "iff":
                    raise Unclear("it is not clear whether the first verb has the same object; say it twice", node.at)
        if node.op in ("and", "iff"):
            items: list[Formula] = []
            for item in node.items:
                mark = self.discourse.mark()
                items.append(self.sentence(item, mode))
                if node.op == "iff":
                    self.discourse.close(mark)
            return conj(*items)
        return self._joined(node.op, [lambda m, i=item: self.sentence(i, m) for item in node.items], mode)  # type: ignore[misc]

    def _joined(self, op: str, items: list[Callable[[Mode], Formula]], mode: Mode) -> Formula:
        """Alternatives; variables mentioned in one are not accessible in the next."""
        if op == "nor":
            if mode.negated:
                raise Refused("two negations in one clause are not read")
            inner = Mode(mode.place, True)
            return conj(*[Neg(self._scoped(lambda i=item: i(inner))) for item in items])  # type: ignore[misc]
        parts = tuple(self._scoped(lambda i=item: i(mode)) for item in items)  # type: ignore[misc]
        return Xor(parts) if op == "xor" else Disj(parts)

    def _scoped(self, build: Callable[[], Formula]) -> Formula:
        mark = self.discourse.mark()
        built = build()
        self.discourse.close(mark)
        return built

    def _there(self, node: There, mode: Mode) -> Formula:
        """There is a cat: existence; there is no cat: nothing is one."""
        np = node.np
        if not isinstance(np, Quantified) or not isinstance(np.nominal, Nominal):
            raise Refused('"there is" with a joined noun phrase is not read', node.at)
        x = self.fresh()
        mode = Mode(mode.place, mode.negated or np.det == "no")
        mark = self.discourse.mark()
        self._mention(x, np)
        whole = self.nominal(np.nominal, x, Mode("if"))
        parts = list(whole.items) if isinstance(whole, Conj) else [whole]
        head = f"{np.nominal.noun}/1"
        parts.sort(key=lambda part: not (isinstance(part, Lit) and part.predicate == head))
        if not mode.open:
            self.discourse.close(mark)
        some = Some(x, conj(*parts[:-1]), parts[-1]) if len(parts) > 1 else Some(x, TRUE, whole)
        return Neg(some) if np.det == "no" else some

    def _says(self, node: Says, mode: Mode) -> Formula:
        inner = _after(node.subject, mode)
        if isinstance(node.subject, Pronoun) and node.subject.word == "it" and _is_weather(node.predicate):
            return self.noun_phrase(node.subject, lambda x: self._weather(node, x, inner), mode)
        return self._subject(node, mode, lambda x: self.predicate(node.predicate, x, inner))

    def _weather(self, node: Says, x: Term, mode: Mode) -> Formula:
        """ "it is cold" of a thing just mentioned; of a named thing it may be meant of the weather."""
        if x[0] != "v" or isinstance(node.predicate, Relates):
            raise Refused('"it" may mean the weather or the hour here; name what is meant', node.at)
        return self.predicate(node.predicate, x, mode)

    def _subject(self, node: Says, mode: Mode, scope: Scope) -> Formula:
        """The subject applied to *scope*, with what a subject may be beyond any noun phrase."""
        subject, predicate = node.subject, node.predicate
        together = isinstance(subject, Joined) and subject.op in ("and", "or", "nor")
        together = together or (
            isinstance(subject, Quantified)
            and subject.det in ("bare", "every")
            and subject.word not in ("every", "each")
        )
        if together and _is_reciprocal(predicate):
            raise Refused("it is not clear whether each or each other is meant", node.at)
        exact = self._exact(subject, predicate, mode)
        if exact is not None:
            return exact
        if not mode.open and _is_comparison(predicate) and isinstance(subject, Quantified) and subject.det == "the":
            if isinstance(subject.nominal, Nominal) and subject.nominal.of is not None:
                return self._relational(subject.nominal, subject.nominal.of, scope, mode, exists=True)
        if mode.place == "assert" and not mode.negated:
            subject = self._generic(subject, _is_stative(predicate))
        return self.noun_phrase(subject, scope, mode)

    def _generic(self, subject: NounPhrase, stative: bool) -> NounPhrase:
        """ "A cat is an animal" speaks of every cat; "a cat sleeps" may or may not."""
        if isinstance(subject, Joined) and subject.op == "or" and stative:
            if all(isinstance(item, Quantified) and item.det == "a" for item in subject.items):
                return Joined("and", tuple(self._generic(item, True) for item in subject.items), subject.at)
        if isinstance(subject, Quantified) and subject.det == "a" and (stative or self.choices.choose(2) == 0):
            return subject._replace(det="every")
        return subject

    def _exact(self, subject: NounPhrase, predicate: Predicate, mode: Mode) -> Formula | None:
        """ "Bob's mother is Anne", "the price of the book is 20": one fact about both."""
        negated = isinstance(predicate, Negated)
        inner = predicate.predicate if isinstance(predicate, Negated) else predicate
        if not isinstance(inner, Compares) or inner.op != "eq" or not isinstance(inner.value, Constant):
            return None
        value = inner.value
        if mode.open and not inner.plain:
            return None
        if not isinstance(subject, Quantified) or subject.det != "the" or isinstance(subject.nominal, AnyOf):
            return None
        nominal = subject.nominal
        if nominal.of is None or nominal.before is not None or nominal.after or value.term[0] == "v":
            return None
        self._show(value)
        inside = Mode(mode.place, mode.negated or negated)
        formula = self.noun_phrase(
            nominal.of, lambda owner: self.lit(f"{nominal.noun}_of", "rel", value.term, owner), inside
        )
        return Neg(formula) if negated else formula

    def _if(self, node: If) -> Formula:
        """Condition, conclusion and exception."""
        if not node.late and (node.conditions or node.unless is None):
            conditions = [self.sentence(c, Mode("if")) for c in node.conditions]
            conclusion = self.sentence(node.conclusion, Mode("then"))
            if node.unless is not None:
                conditions.append(Absent(self._scoped(lambda: self._exception(node))))
            return Rule(conj(*conditions), conclusion)
        says = node.conclusion
        if not isinstance(says, Says):
            raise Refused('the condition must stand before joined sentences: "If …, then …"', node.at)
        subject = says.subject
        if isinstance(subject, Quantified) and subject.det == "a":
            says = says._replace(subject=subject._replace(det="every"))
        elif isinstance(subject, Quantified) and subject.det not in ("every", "bare", "mass", "the", "any", "no"):
            raise Refused('with this subject the condition must stand first: "If …, then …"', node.at)

        def scope(x: Term) -> Formula:
            mode = _after(says.subject, Mode("then"))
            conclusion = self.predicate(says.predicate, x, mode)
            conditions = [self.sentence(c, Mode("if")) for c in node.conditions]
            if node.unless is not None:
                conditions.append(Absent(self._scoped(lambda: self._exception(node))))
            if mode.negated:
                return Neg(Rule(conj(*conditions), Neg(conclusion)))
            return Rule(conj(*conditions), conclusion)

        return self._subject(says, Mode("then"), scope)

    def _exception(self, node: If) -> Formula:
        if node.unless is None:
            return TRUE
        return self.sentence(node.unless, Mode("if"))

    # ---- noun phrases

    def noun_phrase(self, node: NounPhrase, scope: Scope, mode: Mode) -> Formula:
        """The noun phrase applied to *scope*."""
        if isinstance(node, Constant):
            self._show(node)
            if node.term[0] == "s":
                the = node.shown.startswith("the ")
                self.discourse.add(Referent((node.term,), "thing" if the else ""))
            return scope(node.term)
        if isinstance(node, Pronoun):
            return self._pronoun(node, scope)
        if isinstance(node, Joined):
            return self._joined_phrases(node, scope, mode)
        if isinstance(node, Excepting):
            return self._excepting(node, scope, mode)
        if isinstance(node, Aside):
            return self._aside(node, scope, mode)
        return self._quantified(node, scope, mode, TRUE)

    def _show(self, node: Constant) -> None:
        if node.term[0] == "s":
            self.shown[node.term[1]] = node.shown

    def _pronoun(self, node: Pronoun, scope: Scope) -> Formula:
        if node.reflexive:
            if not self._barred:
                raise Refused(f'"{node.word}" has no subject to refer to', node.at)
            return scope(self._barred[0])
        word = {"him": "he", "her": "she", "them": "they"}.get(node.word, node.word)
        terms = self.discourse.pronoun(word, self._barred, node.at)
        return conj(*[scope(term) for term in terms])

    def _joined_phrases(self, node: Joined, scope: Scope, mode: Mode) -> Formula:
        if node.op == "and":
            if mode.negated and self._barred and self.choices.choose(2) == 1:
                return Disj(tuple(self.noun_phrase(item, scope, mode) for item in node.items))
            if all(isinstance(item, Constant) for item in node.items):
                built = conj(*[self.noun_phrase(item, scope, mode) for item in node.items])
                terms = tuple(item.term for item in node.items if isinstance(item, Constant))
                self.discourse.add(Referent(terms, "person", False, True))
                return built
            return conj(*[self.noun_phrase(item, scope, mode) for item in node.items])
        if any(isinstance(i, Quantified) and i.det in ("bare", "mass", "only", "not-every") for i in node.items):
            if node.op == "nor" and not mode.negated:
                return conj(*[self._neither(item, scope, mode) for item in node.items])
            if node.op != "nor":
                raise Refused('say "all … and all …" or name them', node.at)
        return self._joined(
            node.op,
            [lambda m, i=item: self.noun_phrase(i, lambda x: scope(x), m) for item in node.items],  # type: ignore[misc]
            mode,
        )

    def _neither(self, item: NounPhrase, scope: Scope, mode: Mode) -> Formula:
        """One of "neither cats nor Anne": plurals mean all of them and outscope the negation."""
        inside = Mode(mode.place, True)
        if isinstance(item, Quantified) and item.det in ("bare", "mass"):
            return self._scoped(lambda: self.noun_phrase(item, lambda x: Neg(scope(x)), mode))
        return self._scoped(lambda: Neg(self.noun_phrase(item, scope, inside)))

    def _aside(self, node: Aside, scope: Scope, mode: Mode) -> Formula:
        """What is said beside the sentence is claimed too; it has no place in a condition or question."""
        if mode.place != "assert" or mode.negated:
            raise Refused("a clause between commas belongs in a sentence of its own", node.at)
        return self.noun_phrase(node.np, lambda x: conj(self.predicate(node.predicate, x, mode), scope(x)), mode)

    def _excepting(self, node: Excepting, scope: Scope, mode: Mode) -> Formula:
        """Whoever is meant, without those who are excepted."""

        def without(x: Term) -> Formula:
            parts = node.but.items if isinstance(node.but, Joined) and node.but.op == "and" else (node.but,)
            left_out: list[Formula] = []
            for part in parts:
                if isinstance(part, Constant):
                    self._show(part)
                    left_out.append(Cmp("ne", x, part.term))
                elif (
                    isinstance(part, Quantified) and part.det in ("bare", "the") and not isinstance(part.nominal, AnyOf)
                ):
                    if part.det == "the":
                        built = self._definite(part, lambda c: Cmp("ne", x, c), Mode("if"))
                        left_out.append(built)
                    else:
                        left_out.append(Absent(self.nominal(part.nominal, x, Mode("if"))))
                else:
                    raise Refused("only names and plurals can be excepted", node.at)
            return conj(*left_out)

        return self._quantified(node.np, scope, mode, without)

    def _mention(self, x: Term, node: Quantified) -> None:
        nominal = node.nominal
        if isinstance(nominal, AnyOf):
            nouns = {n.noun for n in nominal.items}
            person = all(n in words.PERSON_NOUNS for n in nouns)
            self.discourse.add(Referent((x,), "person" if person else "either", False, node.det == "bare"))
            return
        generic = nominal.noun == ""
        noun = (nominal.kind if nominal.kind in ("person", "thing") else "thing") if generic else nominal.noun
        plural = node.det == "bare" or node.word == "all"
        said = noun if not generic else "" if node.word in GENERIC else nominal.kind
        self.discourse.add(Referent((x,), noun, generic, plural, said))

    def _quantified(self, node: Quantified, scope: Scope, mode: Mode, extra: Formula | Scope) -> Formula:
        det = node.det
        if det == "unclear":
            raise Unclear('without "some", "every" or "the" it is not clear which are meant', node.at)
        if det == "the":
            return self._definite(node, scope, mode)
        if det == "some" and mode.negated and mode.place != "ask":
            raise Refused('"some" under a negation can be meant in two ways; say "any" or "no"', node.at)
        if det == "any":
            det = "some" if mode.negated or mode.open else "every"
        if det in ("bare", "mass"):
            det = "some" if mode.place == "if" else "every"
        if det == "no" and mode.negated:
            raise Refused("two negations in one clause are not read", node.at)
        if det in ("every", "not-every", "only") and mode.place == "if":
            raise Refused(f'"{node.word or det}" in a condition is not read', node.at)
        x = self.fresh()
        mark = self.discourse.mark()
        self._mention(x, node)
        if node.det in ("bare", "mass") and mode.place == "if":
            self.must_conclude.append((x, node.at))
        if det == "what":
            self.asked.append(x)
        outer, self._barred = self._barred, ()
        restriction = self.nominal(node.nominal, x, Mode("ask" if det == "what" else "if"))
        self._barred = outer
        more = extra(x) if callable(extra) else extra
        restriction = conj(restriction, more) if more != TRUE else restriction
        formula = self._apply(det, x, restriction, scope)
        if not mode.open or det in ("every", "no", "not-every", "only"):
            self.discourse.close(mark)
        return formula

    def _apply(self, det: str, x: Term, restriction: Formula, scope: Scope) -> Formula:
        """The quantifier itself."""
        if det in ("some", "a"):
            return Some(x, restriction, scope(x))
        if det == "what":
            return conj(restriction, scope(x))
        if det == "every":
            return Every(x, restriction, scope(x))
        if det == "only":
            return Every(x, scope(x), restriction)
        if det == "not-every":
            return Neg(Every(x, restriction, scope(x)))
        return Neg(Some(x, restriction, scope(x)))

    def _definite(self, node: Quantified, scope: Scope, mode: Mode) -> Formula:
        """ "the cat" (constant or antecedent) and "the age of a person" (whoever stands in the relation)."""
        nominal = node.nominal
        if isinstance(nominal, AnyOf):
            raise Refused('"the" with joined nouns is not read', node.at)
        if nominal.of is not None:
            return self._relational(nominal, nominal.of, scope, mode)
        noun = nominal.noun or nominal.kind
        known = self.discourse.definite(noun, node.at)
        if known is not None:
            if nominal.before is not None:
                raise Refused(f'"the {node.word}" may or may not be the {noun} mentioned before', node.at)
            return scope(known)
        name = "the_" + node.word.replace(" ", "_").replace("-", "_")
        constant = symbol(name)
        self.shown[name] = "the " + node.word
        if nominal.noun:
            presupposed = self.lit(nominal.noun, "noun", constant)
            if presupposed not in self.presupposed:
                self.presupposed.append(presupposed)
        self.discourse.add(Referent((constant,), noun))
        return scope(constant)

    def _relational(self, nominal: Nominal, of: NounPhrase, scope: Scope, mode: Mode, exists: bool = False) -> Formula:
        """The age of a person: any A with age_of(A, person); universal in claims, a variable in conditions."""
        outer, self._barred = self._barred, ()

        def owned(owner: Term) -> Formula:
            self._barred = outer
            x = self.fresh()
            self._attributes.add(x)
            self.discourse.add(Referent((x,), nominal.noun))
            parts: list[Formula] = [self.lit(f"{nominal.noun}_of", "rel", x, owner)]
            if nominal.before is not None:
                parts.append(self.predicate(nominal.before, x, Mode("if")))
            parts += [self.predicate(p, x, Mode("if")) for p in nominal.after]
            quantifier = Some if exists or mode.open or mode.negated else Every
            return quantifier(x, conj(*parts), scope(x))

        mark = self.discourse.mark()
        built = self.noun_phrase(of, owned, mode)
        self._barred = outer
        if not mode.open:
            self.discourse.close(mark)
        return built

    # ---- nominals and predicates

    def nominal(self, node: Nominal | AnyOf, x: Term, mode: Mode) -> Formula:
        """A nominal said of *x*."""
        if isinstance(node, AnyOf):
            return self._joined("or", [lambda m, i=item: self.nominal(i, x, m) for item in node.items], mode)  # type: ignore[misc]
        parts: list[Formula] = []
        if node.before is not None:
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
        if any(map(_lacks_object, node.items[:-1])) and _has_object(node.items[-1]):
            raise Unclear("it is not clear whether the first verb has the same object; say it twice", node.at)
        if node.op in ("and", "both"):
            return conj(*[self.predicate(item, x, mode) for item in node.items])
        return self._joined(node.op, [lambda m, i=item: self.predicate(i, x, m) for item in node.items], mode)  # type: ignore[misc]

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
        if node.kind == "verb" and head not in words.TIMED and any(map(_is_time, phrases)):
            raise Refused("when or how much is not read", node.at)
        if not node.passive:
            return self._arguments(node.name, node.kind, (x,), phrases, (), mode)
        if node.agent is None:
            y = self.fresh()
            return Some(y, TRUE, self._arguments(node.name, node.kind, (y, x), phrases, (x,), mode))
        outer, self._barred = self._barred, (x,)
        inner = _after(node.agent, mode)
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
        inner = _after(first, mode)
        built = self.noun_phrase(
            first, lambda o: self._arguments(name, kind, (*done, o), rest[1:], barred, inner, gap), mode
        )
        self._barred = outer
        return built

    def _gap(self, node: Gap, x: Term, mode: Mode) -> Formula:
        """ "that Anne likes" said of *x*: the subject outscopes the verb's negation."""
        if node.negated and mode.negated:
            raise Refused("two negations in one clause are not read", node.at)
        after = _after(node.subject, mode)
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


def _after(node: NounPhrase, mode: Mode) -> Mode:
    """The mode of what follows *node* in its clause: negated after "no", "not every", "neither … nor"."""
    negative = isinstance(node, Quantified) and node.det in ("no", "not-every")
    negative = negative or (isinstance(node, Joined) and node.op == "nor")
    if isinstance(node, Joined) and node.op != "nor":
        negative = any(_after(item, Mode("assert")).negated for item in node.items)
    if negative and mode.negated:
        raise Refused("two negations in one clause are not read")
    return Mode(mode.place, True) if negative else mode


def _is_time(node: NounPhrase) -> bool:
    """Whether an object says when or how much."""
    if isinstance(node, Constant):
        return node.term[1] in words.TIMES
    return isinstance(node, Quantified) and isinstance(node.nominal, Nominal) and node.nominal.noun in words.TIMES


def _lacks_object(node: Predicate, among: frozenset[str] | None = None) -> bool:
    """Whether *node* is a bare verb that usually has an object (any unknown one, or one *among* the known)."""
    inner = node.predicate if isinstance(node, Negated) else node
    if not isinstance(inner, Relates) or inner.kind != "verb" or inner.objects or inner.passive:
        return False
    return inner.name not in words.INTRANSITIVE and (among is None or inner.name in among)


def _has_object(node: Predicate) -> bool:
    inner = node.predicate if isinstance(node, Negated) else node
    if isinstance(inner, Both):
        return _has_object(inner.items[-1])
    return isinstance(inner, Relates) and inner.kind == "verb" and bool(inner.objects) and not inner.passive


def _is_stative(node: Predicate) -> bool:
    """Whether *node* says what something is, not what it does or where it is."""
    if isinstance(node, Negated):
        return _is_stative(node.predicate)
    if isinstance(node, Both):
        return all(_is_stative(item) for item in node.items)
    return isinstance(node, (Is, IsA))


def _is_weather(node: Predicate) -> bool:
    """Whether *node* is often said of the weather or the hour."""
    if isinstance(node, Negated):
        return _is_weather(node.predicate)
    if isinstance(node, Both):
        return any(_is_weather(item) for item in node.items)
    return (isinstance(node, Is) and node.word in words.WEATHER) or (
        isinstance(node, Relates) and node.name in words.WEATHER and not node.objects
    )


def _is_comparison(node: Predicate) -> bool:
    return isinstance(node.predicate if isinstance(node, Negated) else node, Compares)


def _is_reciprocal(node: Predicate) -> bool:
    """Whether said of several things *node* could mean "of each other" ("are friends")."""
    if isinstance(node, Negated):
        return _is_reciprocal(node.predicate)
    if isinstance(node, Both):
        return any(_is_reciprocal(item) for item in node.items)
    if isinstance(node, Is):
        return node.word in words.RECIPROCAL
    if isinstance(node, IsA) and isinstance(node.nominal, Nominal):
        return node.nominal.of is None and node.nominal.noun in words.RECIPROCAL
    return isinstance(node, Relates) and not node.objects and not node.passive and node.name in words.RECIPROCAL
