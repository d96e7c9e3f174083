"""The meaning of noun phrases: names, pronouns, quantifiers, definite descriptions, joined phrases."""

from __future__ import annotations

from functools import partial
from typing import Final

from quod.kernel.values import Term, symbol
from quod.language import words
from quod.language.discourse import Referent
from quod.language.formulas import TRUE, Absent, Cmp, Disj, Every, Formula, Neg, Refused, Some, Unclear, conj
from quod.language.interpretation import Interpretation, Mode, Scope
from quod.language.noun_phrases import GENERIC
from quod.language.syntax import (
    AnyOf,
    Aside,
    Compares,
    Constant,
    Excepting,
    Joined,
    Negated,
    Nominal,
    NounPhrase,
    Predicate,
    Pronoun,
    Quantified,
)

UNCLEAR_WHICH: Final = 'without "some", "every" or "the" it is not clear which are meant'


class PhraseMeaning(Interpretation):
    """Noun phrases applied to what is said of them."""

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
            [partial(self.noun_phrase, item, scope) for item in node.items],
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
            raise Unclear(UNCLEAR_WHICH, node.at)
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
            if restriction == TRUE:
                raise Refused('"only" says nothing here: whatever there is counts as a person or thing; name a kind')
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
