"""Questions of policy English."""

from __future__ import annotations

from quod.language.policy.grammar import Statements
from quod.language.policy.nouns import Found
from quod.language.policy.predicates import BE, MODALS
from quod.language.policy.tree import (
    Asking,
    Condition,
    Expression,
    Name,
    Pronoun,
    Relates,
    Thing,
    Total,
    Value,
)


class Grammar(Statements):
    """Statements and questions."""

    def question(self, index: int) -> Found[Asking]:
        """A whole question."""
        low = self.low(index)
        found: Found[Asking] = []
        if low in BE:
            for subject, middle in self.expression(index + 1):
                plural = isinstance(subject, Thing) and subject.plural
                for node, end in self._being(middle, subject, plural):
                    found.append((Asking("yesno", node, at=index), end))
        elif low in ("does", "do", "did"):
            for subject, middle in self.thing(index + 1):
                for node, end in [*self._acting(middle, subject, ""), *self._has_base(middle, subject)]:
                    found.append((Asking("yesno", node, at=index), end))
        elif low in MODALS or low == "need":
            modal = MODALS.get(low, "must")
            for subject, middle in self.thing(index + 1):
                for node, end in self._modal(middle, subject, modal):
                    found.append((Asking("yesno", node, at=index), end))
        elif low in ("has", "have"):
            for subject, middle in self.thing(index + 1):
                for node, end in self._has(middle, subject):
                    found.append((Asking("yesno", node, at=index), end))
        elif low == "what" and self.low(index + 1) in ("is", "are"):
            for value, end in self.expression(index + 2):
                if not isinstance(value, (Value, Name, Pronoun)):
                    found.append((Asking("value", expression=value, at=index), end))
        elif low == "what" and self.low(index + 1) in ("does", "do"):
            found += self._done(index, index + 2)
        elif low == "how" and self.low(index + 1) in ("many", "much", "old"):
            found += self._how(index)
        elif low in ("which", "who"):
            found += self._which(index)
        elif low == "when" and self.low(index + 1) in ("is", "are"):
            for value, end in self.expression(index + 2):
                if isinstance(value, Thing) and value.owner is not None:
                    found.append((Asking("value", expression=value, at=index), end))
        return found

    def _done(self, index: int, start: int) -> Found[Asking]:
        """ "What does Anne pay?"."""
        asked = Thing("what", (), "", False, None, (), index)
        return [
            (Asking("which", Relates(subject, self.low(middle), "verb", asked, "", index), at=index), middle + 1)
            for subject, middle in self.thing(start)
            if self.lexicon.senses(self.low(middle)).base
        ]

    def _has_base(self, index: int, subject: Expression) -> Found[Condition]:
        return self._having(index + 1, subject) if self.low(index) == "have" else []

    def _how(self, index: int) -> Found[Asking]:
        if self.low(index + 1) == "old" and self.low(index + 2) == "is":
            return [
                (Asking("value", expression=Thing("the", (), "age", False, who, (), index), at=index), end)
                for who, end in self.thing(index + 3)
            ]
        found: Found[Asking] = []
        if self.low(index + 1) == "much" and self.low(index + 2) in ("does", "do"):
            found += self._done(index, index + 3)
        if self.low(index + 1) == "much" and self.low(index + 2) in ("is", "are"):
            found += [
                (Asking("value", expression=value, at=index), end)
                for value, end in self.expression(index + 3)
                if isinstance(value, Thing) and value.owner is not None
            ]
        if self.low(index + 1) == "many":
            for noun, middle in self._noun(index + 2, "every"):
                if noun.plural and self.low(middle) in ("does", "do"):
                    for owner, end in self.thing(middle + 1):
                        if self.low(end) == "have":
                            counted = Total("count", noun._replace(owner=owner), index)
                            found.append((Asking("value", expression=counted, at=index), end + 1))
        return found

    def _which(self, index: int) -> Found[Asking]:
        found: Found[Asking] = []
        if self.low(index) == "who":
            someone = Thing("what", (), "", False, None, (), index)
            return [
                (Asking("which", node, at=index), end) for node, end in self.verb_phrases(index + 1, someone, False)
            ]
        for noun, middle in self._noun(index + 1, "what"):
            for node, end in self.verb_phrases(middle, noun, noun.plural):
                found.append((Asking("which", node, at=index), end))
        return found
