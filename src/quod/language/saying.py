"""Saying: atoms, clauses and forms in canonical English, with the words a vocabulary knows for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from quod.kernel.values import Atom, Clause, Literal, Term
from quod.language import words
from quod.language.forms import Form, spell_number, variables
from quod.language.morphology import article, third

_OPS: Final = {
    "eq": "equal to",
    "ne": "not equal to",
    "lt": "less than",
    "le": "at most",
    "gt": "more than",
    "ge": "at least",
}


@dataclass(frozen=True)
class Vocabulary:
    """How to say symbols and predicates: ``names`` by symbol, ``kinds`` by predicate.

    A kind is noun, mass, adj, verb, rel ("mother of"), prep, adjprep ("afraid of") or comp ("older than").
    What is not known is guessed from the lists and the spelling.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    def with_words(self, names: Mapping[str, str], kinds: Mapping[str, str]) -> Vocabulary:
        """This vocabulary and more; what is known stays, "adj" yields to anything more definite."""
        merged = dict(kinds)
        for predicate, kind in self.kinds.items():
            if kind != "adj" or predicate not in merged:
                merged[predicate] = kind
        return Vocabulary({**names, **self.names}, merged)

    def kind(self, predicate: str) -> str:
        """The kind of word *predicate* is."""
        return self.kinds.get(predicate) or _guess(predicate)

    def say_term(self, term: Term) -> str:
        """A term in English: "Anne", "the cat", "30", "X"."""
        if term[0] == "s":
            name: str = term[1]
            if name in self.names:
                return self.names[name]
            if name.startswith("the_"):
                return name.replace("_", " ")
            return " ".join(part[:1].upper() + part[1:] for part in name.split("_"))
        if term[0] == "f":
            return f"{term[1]} of " + " and ".join(map(self.say_term, term[2])) if term[2] else str(term[1])
        return spell_number(term[1]) if term[0] == "n" else str(term[1])

    def say_atom(self, atom: Atom) -> str:
        """An atom as a clause without capital: "Anne is cold", "the cat does not eat the squirrel"."""
        predicate, args = atom
        negative = predicate.startswith("~")
        plain = predicate[negative:]
        name, _, arity = plain.rpartition("/")
        spoken = [self.say_term(arg) for arg in args]
        if arity == "0" or not spoken:
            return f"it is not the case that {name}" if negative else name
        kind = self.kind(plain)
        if kind == "verb" and len(spoken) <= 3:
            return _say_verb(name, spoken, negative)
        if kind == "rel" and len(spoken) == 2:
            return _say_relation(name, spoken, negative, args[0][0] == "n")
        return f"{spoken[0]} {'is not' if negative else 'is'} {_say_complement(name, kind, spoken[1:])}"

    def say_literal(self, literal: Literal) -> str:
        """A body literal; an absent one as what must not be known."""
        if literal[0] == "c":
            return _say_comparison(literal[1], [self.say_term(arg) for arg in literal[2]])
        if literal[0] == "a":
            return f"{self.say_term(literal[2])} is the {literal[1]}"
        return self.say_atom((literal[1], literal[2]))

    def say_form(self, form: Form) -> str:
        """A form as a sentence without capital and full stop."""
        if not form.body and not form.op and variables(form.heads):
            return self._say_group([form])
        if not form.body and form.op:
            free = [term for term in variables(form.heads) if term not in form.bound]
            return "".join(f"for every {term[1]}, " for term in free) + self._conclusion(form)
        return self._under(form.body, self._conclusion(form))

    def _under(self, body: tuple[Literal, ...], conclusion: str) -> str:
        """*conclusion* with its conditions and exceptions."""
        stated = [literal for literal in body if literal[0] != "-"]
        lacking = [literal for literal in body if literal[0] == "-"]
        if stated:
            conclusion = f"if {' and '.join(map(self.say_literal, stated))}, then {conclusion}"
        if lacking:
            conclusion += f", unless {' or '.join(map(self.say_literal, lacking))}"
        return conclusion

    def _conclusion(self, form: Form) -> str:
        if form.op == "some":
            such = "".join(f"there is some {term[1]} such that " for term in form.bound)
            return such + " and ".join(map(self.say_literal, form.heads))
        said = [self.say_literal(literal) for literal in form.heads]
        if form.op == "xor":
            return "either " + " or ".join(said)
        return " or ".join(said)

    def say_forms(self, forms: Iterable[Form]) -> list[str]:
        """Sentences that say *forms*; clauses with one body share a sentence."""
        grouped: dict[object, list[Form]] = {}
        for form in forms:
            grouped.setdefault((form.op, form.body, len(grouped) if form.op else 0), []).append(form)
        return [self._say_group(group) for group in grouped.values()]

    def _say_group(self, group: list[Form]) -> str:
        first = group[0]
        if first.op or (len(group) == 1 and first.body):
            return self.say_form(first)
        said = " and ".join(self.say_literal(form.heads[0]) for form in group)
        free = "".join(f"for every {v[1]}, " for v in variables([f.heads[0] for f in group])) if not first.body else ""
        return free + self._under(first.body, said)

    def say_clause(self, clause: Clause) -> str:
        """A clause as a sentence: "If X is red, then X is rough."."""
        return sentence(self.say_form(Form("", (("+", *clause.head),), clause.body)))


def sentence(said: str) -> str:
    """*said* with a capital and a full stop."""
    return said[:1].upper() + said[1:] + "."


def _say_comparison(op: str, spoken: list[str]) -> str:
    if op not in _OPS or len(spoken) != 2:
        return f"{op}({', '.join(spoken)})"
    if op == "ne" and not spoken[1][-1:].isdigit():
        return f"{spoken[0]} is other than {spoken[1]}"
    return f"{spoken[0]} is {_OPS[op]} {spoken[1]}"


def _say_verb(name: str, spoken: list[str], negative: bool) -> str:
    """ "the cat eats the squirrel", "Anne does not put the book on the table"."""
    verb, _, preposition = name.partition("_")
    if preposition and preposition not in words.PREPOSITIONS and preposition != "of":
        verb, _, preposition = name.rpartition("_") if name.rpartition("_")[2] in words.PREPOSITIONS else (name, "", "")
    verb = verb.replace("_", "-")
    said = [spoken[0], f"does not {verb}" if negative else third(verb)]
    if len(spoken) == 3:
        said += [spoken[1], preposition, spoken[2]]
    elif len(spoken) == 2:
        said += [preposition, spoken[1]] if preposition else [spoken[1]]
    return " ".join(part for part in said if part)


def _say_relation(name: str, spoken: list[str], negative: bool, numeric: bool) -> str:
    """ "Anne is the mother of Bob", "the age of Anne is 30"."""
    noun = name[:-3].replace("_", "-") if name.endswith("_of") else name
    verb = "is not" if negative else "is"
    if numeric:
        return f"the {noun} of {spoken[1]} {verb} {spoken[0]}"
    determiner = article(noun) if noun in words.MANY_OF else "the"
    return f"{spoken[0]} {verb} {determiner} {noun} of {spoken[1]}"


def _say_complement(name: str, kind: str, objects: Iterable[str]) -> str:
    """What follows "is"."""
    rest = list(objects)
    if kind == "noun" and not rest:
        said = _say_noun(name)
        return f"{article(said)} {said}"
    if kind in ("adj", "mass") or not rest:
        return " ".join([name.replace("_", "-"), *rest])
    if kind == "comp":
        parts = name.split("_")
        return (
            f"{parts[0]} {'-'.join(parts[1:-1])} {parts[-1]} {rest[0]}"
            if len(parts) > 2
            else f"{parts[0]} than {rest[0]}"
        )
    if kind == "adjprep":
        adjective, _, preposition = name.rpartition("_")
        return f"{adjective.replace('_', '-')} {preposition} {rest[0]}"
    return " ".join([name.replace("_", " "), *rest])


def _say_noun(name: str) -> str:
    """A noun; a compound keeps its space only if it would be read back as one."""
    parts = name.split("_")
    known = words.NOUNS | words.MASS
    if all(part in known and part not in words.ADJECTIVES for part in parts):
        return " ".join(parts)
    return "-".join(parts)


def _guess(predicate: str) -> str:
    """The kind of word a predicate probably is."""
    name, _, arity = predicate.rpartition("/")
    head, _, tail = name.rpartition("_")
    if arity == "1":
        if name in words.ADJECTIVES:
            return "adj"
        if name in words.MASS:
            return "mass"
        last = name.rpartition("_")[2]
        return "noun" if last in words.NOUNS or last in words.PERSON_NOUNS else "verb" if name in words.VERBS else "adj"
    if arity == "2":
        if name in words.PREPOSITIONS:
            return "prep"
        if tail == "than" or (name.startswith("as_") and tail == "as"):
            return "comp"
        if tail == "of" and (head in words.NOUNS or head not in words.VERBS | words.ADJECTIVES):
            return "rel"
        if head in words.ADJECTIVES and head not in words.VERBS:
            return "adjprep"
    return "verb"
