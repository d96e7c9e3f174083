"""Meaning: from syntax trees to formulas, left to right, with quantifier scope and anaphora decided.

Subjects outscope negation and objects, left outscopes right; what is said under "not", in a condition or in a
question is tracked in ``Mode``, because "a", "any" and definite descriptions depend on it.
"""

from __future__ import annotations

from functools import partial

from quod.kernel.values import Term
from quod.language import words
from quod.language.formulas import TRUE, Absent, Conj, Formula, Lit, Neg, Refused, Rule, Some, Unclear, conj
from quod.language.interpretation import Mode, Scope, following
from quod.language.predicate_meaning import SAYS_NOTHING, PredicateMeaning, says_nothing
from quod.language.syntax import (
    If,
    Joined,
    Nominal,
    Not,
    NounPhrase,
    Pronoun,
    Quantified,
    Relates,
    Says,
    Sentence,
    Sequence,
    There,
)
from quod.language.traits import has_object, is_comparison, is_reciprocal, is_stative, is_weather, lacks_object


class Meaning(PredicateMeaning):
    """One interpretation of one sentence; ``kinds`` and ``shown`` are the vocabulary it used."""

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
        last = node.items[-1]
        bare = [i for i in node.items[:-1] if isinstance(i, Says) and lacks_object(i.predicate, words.VERBS)]
        if bare and isinstance(last, Says) and has_object(last.predicate):
            raise Unclear("it is not clear whether the first verb has the same object; say it twice", node.at)
        if node.op in ("and", "iff"):
            items: list[Formula] = []
            for item in node.items:
                mark = self.discourse.mark()
                items.append(self.sentence(item, mode))
                if node.op == "iff":
                    self.discourse.close(mark)
            return conj(*items)
        return self._joined(node.op, [partial(self.sentence, item) for item in node.items], mode)

    def _there(self, node: There, mode: Mode) -> Formula:
        """There is a cat: existence; there is no cat: nothing is one."""
        np = node.np
        if not isinstance(np, Quantified) or not isinstance(np.nominal, Nominal):
            raise Refused('"there is" with a joined noun phrase is not read', node.at)
        if says_nothing(np.nominal):
            raise Unclear(SAYS_NOTHING, np.nominal.at)
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
        inner = following(node.subject, mode)
        if isinstance(node.subject, Pronoun) and node.subject.word == "it" and is_weather(node.predicate):
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
        if together and is_reciprocal(predicate):
            raise Refused("it is not clear whether each or each other is meant", node.at)
        exact = self._exact(subject, predicate, mode)
        if exact is not None:
            return exact
        if not mode.open and is_comparison(predicate) and isinstance(subject, Quantified):
            nominal = subject.nominal
            if subject.det == "the" and isinstance(nominal, Nominal) and nominal.of is not None:
                if isinstance(nominal.of, Quantified) and nominal.of.det == "a":
                    raise Refused('"a" may mean every or some here; say which', nominal.of.at)
                return self._relational(nominal, nominal.of, scope, mode, exists=True)
        if mode.place == "ask" and isinstance(subject, Quantified) and subject.det == "a" and is_stative(predicate):
            raise Refused('"a" may mean every or some in this question; say which', subject.at)
        if mode.place == "assert" and not mode.negated:
            subject = self._generic(subject, is_stative(predicate))
        return self.noun_phrase(subject, scope, mode)

    def _generic(self, subject: NounPhrase, stative: bool) -> NounPhrase:
        """ "A cat is an animal" speaks of every cat; "a cat sleeps" may or may not."""
        items = subject.items if isinstance(subject, Joined) and subject.op == "or" and stative else ()
        if items and all(isinstance(item, Quantified) and item.det == "a" for item in items):
            return Joined("and", tuple(self._generic(item, True) for item in items))
        if isinstance(subject, Quantified) and subject.det == "a" and (stative or self.choices.choose(2) == 0):
            return subject._replace(det="every")
        return subject

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
            mode = following(says.subject, Mode("then"))
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


__all__ = ["Meaning", "Mode"]
