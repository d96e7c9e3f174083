"""Sentences and questions: clauses joined, conditions, "unless", "it is not the case that", yes/no and wh."""

from __future__ import annotations

from quod.language import words
from quod.language.cursor import Found
from quod.language.syntax import (
    Constant,
    Excepting,
    If,
    IsA,
    Negated,
    Nominal,
    Not,
    Predicate,
    Quantified,
    Query,
    Relates,
    Says,
    Sentence,
    Sequence,
    Such,
    There,
)
from quod.language.verb_phrases import PAST_STATE, VerbPhrases

_IF = ("if", "when", "whenever")


class Sentences(VerbPhrases):
    """The whole grammar of statements."""

    def statement(self, index: int) -> Found[Sentence]:
        """A whole statement with its conditions."""
        low = self.low(index)
        if low in _IF:
            return self._conditional(index)
        if low == "for" and self.low(index + 1) == "every" and self.word(index + 2).kind == "variable":
            return self.statement(self._comma(index + 3))
        if low == "unless":
            return [
                (If((), conclusion, exception, index), end)
                for exception, middle in self.sequence(index + 1)
                for conclusion, end in self.sequence(self._comma(middle))
            ]
        found: Found[Sentence] = []
        for conclusion, end in self.sequence(index):
            found.append((conclusion, end))
            found += self._tails(conclusion, end, index)
        return found

    def _comma(self, index: int) -> int:
        """The index behind an optional comma and an optional "then"."""
        index += self.low(index) == ","
        return index + (self.low(index) == "then")

    def _conditional(self, index: int) -> Found[Sentence]:
        """If A then B, unless C."""
        found: Found[Sentence] = []
        for condition, middle in self.sequence(index + 1):
            start = self._comma(middle)
            for conclusion, end in self.sequence(start):
                found.append((If((condition,), conclusion, None, index), end))
                found += self._exceptions((condition,), conclusion, end, index)
        return found

    def _exceptions(self, conditions: tuple[Sentence, ...], conclusion: Sentence, end: int, at: int) -> Found[Sentence]:
        start = end + (self.low(end) == ",")
        if self.low(start) != "unless":
            return []
        return [(If(conditions, conclusion, exception, at), stop) for exception, stop in self.sequence(start + 1)]

    def _tails(self, conclusion: Sentence, end: int, at: int) -> Found[Sentence]:
        """Conditions behind the conclusion: if, only if, if and only if, unless."""
        start = end + (self.low(end) == ",")
        both = self.phrase(start, "if and only if")
        only = self.phrase(start, "only if")
        found: Found[Sentence] = []
        if both >= 0:
            for condition, stop in self.sequence(both):
                pair = (If((condition,), conclusion, None, at), If((conclusion,), condition, None, at))
                found.append((Sequence("iff", pair, at), stop))
        elif only >= 0:
            found += [(If((conclusion,), condition, None, at), stop) for condition, stop in self.sequence(only)]
        elif self.low(start) in _IF:
            for condition, stop in self.sequence(start + 1):
                found.append((If((condition,), conclusion, None, at, True), stop))
                found += [
                    (node._replace(late=True) if isinstance(node, If) else node, e)
                    for node, e in self._exceptions((condition,), conclusion, stop, at)
                ]
        elif self.low(start) == "except":
            found += self._late_except(conclusion, start, at)
        return found + self._exceptions((), conclusion, end, at)

    def _late_except(self, conclusion: Sentence, start: int, at: int) -> Found[Sentence]:
        """ "All birds fly except penguins"."""
        if not isinstance(conclusion, Says) or not isinstance(conclusion.subject, Quantified):
            return []
        if conclusion.subject.det not in ("every", "bare"):
            return []
        after = start + 2 if self.low(start + 1) == "for" else start + 1
        return [
            (conclusion._replace(subject=Excepting(conclusion.subject, but, start)), end)
            for (but, _), end in self.noun_phrase(after, "except")
        ]

    # ---- sentences joined

    def sequence(self, index: int) -> Found[Sentence]:
        """Clauses joined; *and* binds tighter than *or*."""
        return self.charted("sequence", index, "", lambda: self._sequence(index))

    def _sequence(self, index: int) -> Found[Sentence]:
        if self.low(index) in ("either", "neither"):
            low = self.low(index)
            link, operator = ("or", "xor") if low == "either" else ("nor", "nor")
            paired: Found[Sentence] = [
                (Sequence(operator, tuple(items), index), end)
                for joint, items, end in self.joined(index + 1, self.clause, link)
                if joint == link
            ]
            return paired + self._or(index)
        return self._or(index)

    def _or(self, index: int) -> Found[Sentence]:
        found = list(self._and(index))
        if found:
            for _, items, end in self.joined(index, self._and, "or"):
                found.append((Sequence("or", tuple(items), index), end))
        return found

    def _and(self, index: int) -> Found[Sentence]:
        return self.charted("and", index, "", lambda: self._and_sequence(index))

    def _and_sequence(self, index: int) -> Found[Sentence]:
        found = list(self.clause(index))
        if found:
            for _, items, end in self.joined(index, self.clause, "and", but=True):
                found.append((Sequence("and", tuple(items), index), end))
        return found

    def clause(self, index: int) -> Found[Sentence]:
        """One subject with its verb phrase, "there is …", "it is not the case that …"."""
        return self.charted("clause", index, "", lambda: self._clause(index))

    def _clause(self, index: int) -> Found[Sentence]:
        low = self.low(index)
        if low == "there":
            return self._there(index)
        if low in ("it", "not"):
            for text, negative in (
                ("it is not the case that", True),
                ("it is not true that", True),
                ("it is false that", True),
                ("it is the case that", False),
                ("it is true that", False),
            ):
                after = self.phrase(index, text)
                if after >= 0:
                    return [(Not(body, index) if negative else body, end) for body, end in self.clause(after)]
        found: Found[Sentence] = []
        for (subject, count), middle in self.noun_phrase(index, "subject"):
            for predicate, end in self.verb_phrase(middle, count):
                found.append((Says(subject, predicate, index), end))
        return found

    def _there(self, index: int) -> Found[Sentence]:
        """There is a cat; there is some Y such that …"""
        verb = self.low(index + 1)
        if verb not in ("is", "are"):
            return []
        negated = self.low(index + 2) in ("not", "n't")
        start = index + 3 if negated else index + 2
        if self.low(start) == "some" and self.word(start + 1).kind == "variable":
            letter = self.simple(start + 1, "subject")[0][0][0]
            after = self.phrase(start + 2, "such that")
            if after >= 0 and isinstance(letter, Constant):
                bodies = self.sequence(after)
                last = max((end for _, end in bodies), default=0)  # "such that" reaches as far as it can
                return [(Such(letter, body, index), end) for body, end in bodies if end == last]
        found: Found[Sentence] = []
        for (phrase, count), end in self.noun_phrase(start, "subject"):
            if not isinstance(phrase, Quantified) or phrase.det not in ("a", "some", "no", "any", "bare"):
                continue
            if (count in "pqt") == (verb == "are") and not (negated and phrase.det in ("no", "some")):
                there = There(phrase, index)
                found.append((Not(there, index) if negated else there, end))
        return found

    # ---- questions

    def question(self, index: int) -> Found[Query]:
        """A whole question."""
        low = self.low(index)
        for text in ("is it true that", "is it the case that"):
            after = self.phrase(index, text)
            if after >= 0:
                return [(Query("yesno", body, at=index), end) for body, end in self.statement(after)]
        if low == "which" and self.word(index + 1).kind == "variable":
            after = self.phrase(index + 2, "is such that")
            letter = self.simple(index + 1, "subject")[0][0][0]
            if after < 0 or not isinstance(letter, Constant):
                return []
            return [(Query("which", body, letter, index), end) for body, end in self.sequence(after)]
        if low in ("is", "are", "was", "were"):
            return self._be_question(index, low)
        if low in ("does", "do", "did"):
            return [
                (Query("yesno", Says(subject, predicate, index), at=index), end)
                for (subject, count), middle in self.noun_phrase(index + 1, "subject")
                if low == "did" or (low == "do") == (count in "pqt")
                for predicate, end in self._base(middle, index)
            ]
        return self._wh(index, low)

    def _base(self, index: int, auxiliary: int) -> Found[Predicate]:
        """A base-form verb phrase, "not" before it allowed."""
        negated = self.low(index) == "not"
        inner = self.verb_phrase(index + negated, "b")
        found: Found[Predicate] = [(Negated(p, index) if negated else p, end) for p, end in inner]
        return self.events(found, auxiliary) if self.low(auxiliary) == "did" else found

    def _be_question(self, index: int, low: str) -> Found[Query]:
        if self.low(index + 1) == "there":
            return [
                (Query("yesno", There(phrase, index), at=index), end)
                for (phrase, _), end in self.noun_phrase(index + 2, "subject")
                if isinstance(phrase, Quantified) and phrase.det in ("a", "some", "any", "bare")
            ]
        singular = low in ("is", "was")
        return [
            (Query("yesno", Says(subject, predicate, index), at=index), end)
            for (subject, count), middle in self.noun_phrase(index + 1, "subject")
            if singular == (count not in "pqt")
            for predicate, end in self._now(self.predicative(middle, count), index)
        ]

    def _now(self, found: Found[Predicate], index: int) -> Found[Predicate]:
        """*found* after the form of *be* at *index*: in the past only what tells an event."""
        return self.events(found, index) if self.low(index) in ("was", "were") else found

    def _wh(self, index: int, low: str) -> Found[Query]:
        if low == "how":
            return self._how_old(index)
        found: Found[Query] = []
        if low == "whose":
            for nominal, middle in self.nominal(index + 1, "s", after=False, of=False):
                if self.low(middle) == "is" and nominal.noun:
                    for (subject, _), end in self.noun_phrase(middle + 1, "subject"):
                        asked = Quantified("what", Nominal(None, "", None, (), "person", index), index)
                        relation = IsA(nominal._replace(of=asked))
                        found.append((Query("which", Says(subject, relation, index), at=index), end))
            return found
        for asked, counts, middle in self._asked(index, low):
            for count in counts:
                for predicate, end in self.verb_phrase(middle, count):
                    found.append((Query("which", Says(asked, predicate, index), at=index), end))
            found += self._object_question(asked, middle, index)
            found += self._stranded(asked, middle, index)
        return found

    def _stranded(self, asked: Quantified, middle: int, at: int) -> Found[Query]:
        """ "Who is the goat chased by?", "Who is Anne afraid of?", "Who is Anne older than?"."""
        if self.low(middle) not in ("is", "are", "was", "were"):
            return []
        found: Found[Query] = []
        for (subject, count), start in self.noun_phrase(middle + 1, "subject"):
            if (self.low(middle) in ("are", "were")) != (count in "pqt"):
                continue
            senses, last = self.word(start).senses, self.low(start + 1)
            relation: Relates | None = None
            if last == "by" and senses.participle:
                relation = Relates(senses.participle, "verb", (), asked, True, start)
            elif last == "than" and self.low(start).endswith("er"):
                relation = Relates(f"{self.low(start)}_than", "comp", (asked,), at=start)
            elif senses.adjective and (last in words.PREPOSITIONS or last == "of"):
                relation = Relates(f"{self.low(start)}_{last}", "adjprep", (asked,), at=start)
            if relation is not None and self._now([(relation, start + 2)], middle):
                found.append((Query("which", Says(subject, relation, at), at=at), start + 2))
        return found

    def _asked(self, index: int, low: str) -> list[tuple[Quantified, str, int]]:
        """What is asked for: who, what, which cats."""
        if low in ("who", "whom", "what"):
            kind = "thing" if low == "what" else "person"
            plain = Quantified("what", Nominal(None, "", None, (), kind, index), index)
            asked = [(plain, "" if low == "whom" else "sp", index + 1)]
            if low != "what":
                return asked
        elif low == "which":
            asked = []
        else:
            return []
        for count in "sp":
            for nominal, end in self.nominal(index + 1, count, after=True):
                asked.append((Quantified("what", nominal, index), count, end))
        return asked

    def _object_question(self, asked: Quantified, middle: int, at: int) -> Found[Query]:
        """ "Who does Anne like?", "Which city does Anne live in?"."""
        low = self.low(middle)
        if low not in ("does", "do", "did"):
            return []
        found: Found[Query] = []
        for (subject, count), start in self.noun_phrase(middle + 1, "subject"):
            if low != "did" and (low == "do") != (count in "pqt"):
                continue
            negated = self.low(start) == "not"
            for verb in self._verbs(start + negated, "b"):
                if low == "did" and verb in words.STATIVE:
                    self.note(middle, PAST_STATE)
                    continue
                for gap, end in self._gaps(subject, verb, start + negated, negated):
                    found.append((Query("which", Says(asked, gap, at), at=at), end))
        return found

    def _how_old(self, index: int) -> Found[Query]:
        """ "How old is Anne?" asks for her age."""
        if self.phrase(index, "how old is") < 0:
            return []
        asked = Quantified("what", Nominal(None, "", None, (), "thing", index), index)
        return [
            (Query("which", Says(asked, IsA(Nominal(None, "age", subject, (), "noun", index)), index), at=index), end)
            for (subject, _), end in self.noun_phrase(index + 3, "subject")
        ]
