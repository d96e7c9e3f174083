"""Books: all sentences of a document read together, so that each profits from what the others settle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Final

from quod.kernel.values import Clause, Term, variable
from quod.knowledge.notation import show_clause
from quod.knowledge.readings import Asked, Question, Read, Reading, Unread
from quod.knowledge.relations import Relation
from quod.language import words
from quod.language.forms import spell_number
from quod.language.formulas import Refused
from quod.language.morphology import Lexicon, singular
from quod.language.policy.decisions import table_sentences
from quod.language.policy.knowledge import Knowledge, show_amount
from quod.language.policy.meaning import Meaning, Rule, renamed
from quod.language.policy.questions import Grammar
from quod.language.policy.tokens import Token, tokenise
from quod.language.policy.tree import Asking, Kindred, Relates, Set, Several, Statement, Tree
from quod.language.policy.units import Kind
from quod.language.saying import Vocabulary, sentence

#: Words of sentences about other sentences, which would be read as if they spoke of things.
ABOUT_RULES: Final = frozenset(
    [
        "override",
        "overrides",
        "overridden",
        "supersede",
        "supersedes",
        "prevail",
        "prevails",
        "precedence",
        "despite",
        "notwithstanding",
        "section",
        "sections",
        "subsection",
        "paragraph",
        "paragraphs",
        "reasonable",
        "appropriate",
        "adequate",
        "sufficient",
        "suitable",
        "excessive",
        "substantial",
        "timely",
        "promptly",
    ]
)
VAGUE: Final = frozenset([("in", "order"), ("as", "needed"), ("in", "time"), ("on", "time")])
MAX_TOKENS: Final = 400
VERSION: Final = "english 1"


@dataclass
class _Outcome:
    """The readings of one sentence as rules, or why it has none."""

    rules: dict[tuple[Rule, ...], None] = field(default_factory=dict)
    reason: str = ""
    at: int = 0


class PolicyReader:
    """Reads the sentences of one book."""

    version = VERSION

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or Lexicon()
        self.book = Knowledge()
        self.book.lexicon = self._lexicon

    # ---- books

    def learn(self, sentences: Sequence[str], relations: Iterable[Relation] = ()) -> None:
        """Learn the words, units and kinds of value of a book."""
        for relation in relations:
            self._table(relation)
        parsed = [(text, tokens) for text in sentences if (tokens := self._tokens(text)) is not None]
        for _, tokens in parsed:
            self.book.count(tokens)
        for _ in range(3):
            before = self.book.size()
            for text, tokens in parsed:
                self._learnt(text, tokens)
            if before == self.book.size():
                return

    def _learnt(self, text: str, tokens: list[Token]) -> None:
        trees = self._trees(tokens)
        for tree in trees:
            if isinstance(tree, Set):
                self.book.sets.add(tree.noun)
            elif isinstance(tree, Kindred):
                self.book.kinds.add(tree.thing.slug)
        self._outcome(text, tokens, trees)

    def _table(self, relation: Relation) -> None:
        self.book.tables[relation.name] = relation.columns
        for column in relation.columns:
            self.book.attributes.add(column)
        for place, sort in enumerate(relation.sorts):
            if sort == "symbol":
                for row in relation.rows:
                    name = str(row[place][1])
                    slug = re.sub(r"[\s-]+", "_", name.lower()).replace(".", "")
                    self.book.symbols.setdefault(slug, name)
                    self.book.names.setdefault(name, name)

    def _tokens(self, text: str) -> list[Token] | None:
        tokens = tokenise(text)
        if not tokens or len(tokens) > MAX_TOKENS:
            return None
        return tokens

    # ---- statements

    def read(self, text: str) -> Read:
        """The reading, readings or problem of one statement."""
        tokens = self._tokens(text)
        if tokens is None:
            return Read(text, (), Unread(text, "", 0, "this is empty or too long"))
        outcome = self._outcome(text, tokens, self._trees(tokens))
        if len(outcome.rules) != 1:
            token = tokens[outcome.at] if outcome.at < len(tokens) else None
            column = token.column if token else len(text)
            reason = outcome.reason if not outcome.rules else "this can be read in more than one way"
            if len(outcome.rules) > 1:
                return Read(text, tuple(self._reading(text, rules) for rules in outcome.rules))
            return Read(text, (), Unread(text, token.text if token else "", column, reason))
        return Read(text, (self._reading(text, next(iter(outcome.rules))),))

    def consistent(self, reads: Sequence[Read]) -> list[Read]:
        """*reads*, those left unread that give one attribute two values under the same conditions."""
        values: dict[tuple[object, ...], set[Term]] = {}

        def key(clause: Clause) -> tuple[object, ...] | None:
            attribute, args = clause.head
            if len(args) != 2 or args[0][0] == "v" or attribute[:-5] in self.book.sets or attribute[-5:] != "_of/2":
                return None
            return (attribute, args[1], clause.body)

        for read in reads:
            for clause in read.readings[0].clauses if read.status == "read" else ():
                values.setdefault(key(clause) or (clause,), set()).add(clause.head[1][0] if clause.head[1] else ())
        denied: dict[str, set[str]] = {}
        for read in reads:
            for clause in read.readings[0].clauses if read.status == "read" else ():
                against = {literal[1][1:] for literal in clause.body if literal[0] == "+" and literal[1][0] == "~"}
                denied.setdefault(clause.head[0], set()).update(against)
        circular = {h for h, against in denied.items() for g in against if h in denied.get(g, ())}
        found: list[Read] = []
        for read in reads:
            heads = {clause.head[0] for clause in read.readings[0].clauses} if read.status == "read" else set()
            if heads & circular:
                reason = "these are defined by each other's absence; say what one of them is"
                found.append(Read(read.sentence, (), Unread(read.sentence, "", 0, reason)))
                continue
            keys = [key(clause) for clause in read.readings[0].clauses] if read.status == "read" else []
            if any(each is not None and len(values[each]) > 1 for each in keys):
                reason = "another sentence gives another value under the same conditions"
                read = Read(read.sentence, (), Unread(read.sentence, "", 0, reason))
            found.append(read)
        return found

    def _trees(self, tokens: list[Token]) -> list[Tree]:
        """The parses of a sentence; a sentence with a table is one with a sentence for each of its rows."""
        if any(token.low == "|" for token in tokens):
            return self._rows(tokens)
        return self._parsed(tokens)

    def _rows(self, tokens: list[Token]) -> list[Tree]:
        self._far = 0
        rows: list[Statement] = []
        for said in table_sentences(tokens):
            parsed = self._parsed(tokenise(said))
            if len(parsed) != 1 or not isinstance(parsed[0], Statement):
                return []
            rows.append(parsed[0])
        return [Several(tuple(rows))] if rows else []

    def _parsed(self, tokens: list[Token]) -> list[Tree]:
        tokens = tokens[:-1] if tokens[-1].text == "." else tokens
        grammar = Grammar(tokens, self._lexicon, self.book.tables)
        self._far = 0
        vague = [token.low for token, after in pairwise(tokens) if (token.low, after.low) in VAGUE]
        if vague or any(token.kind == "other" or token.low in ABOUT_RULES for token in tokens):
            return []
        found = [tree for tree, end in grammar.statement(0) if end == len(tokens)]
        self._far = grammar.far
        return list(dict.fromkeys(found))

    def _outcome(self, text: str, tokens: list[Token], trees: list[Tree]) -> _Outcome:
        outcome = _Outcome(reason="this is not read", at=self._far)
        refused: Refused | None = None
        for tree in trees:
            parts = tree.items if isinstance(tree, Several) else (tree,)
            try:
                made = [rule for part in parts for rule in Meaning(self.book, words.ADJECTIVES, text).rules(part)]
                rules = tuple(sorted({renamed(rule) for rule in made}, key=repr))
            except Refused as error:
                refused = refused or error
                continue
            if rules:
                outcome.rules[rules] = None
        if not outcome.rules and refused is not None:
            outcome.reason, outcome.at = refused.reason, refused.at
        return outcome

    def _reading(self, text: str, rules: tuple[Rule, ...]) -> Reading:
        vocabulary = self.vocabulary
        said = "; ".join(vocabulary.say_clause(Clause(*rule)).removesuffix(".") for rule in rules)
        paraphrase = sentence(said) if said else text
        clauses = tuple(Clause(head, body, text, paraphrase, VERSION) for head, body in rules)
        return Reading(text, paraphrase, VERSION, tuple(map(show_clause, clauses)), clauses)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the book, for saying atoms."""
        kinds = {f"{slug}_of/2": "rel" for slug in sorted(self.book.attributes | self.book.sets)}
        kinds |= {f"{slug}/1": "noun" for slug in sorted(self.book.kinds)}
        return Vocabulary(dict(self.book.names), kinds)

    # ---- tables

    def views(self, relations: Iterable[Relation]) -> list[Clause]:
        """What the rows of tables say in the words of sentences: each key is a thing, each column an attribute."""
        found: list[Clause] = []
        for relation in relations:
            found += self._views(relation)
        return found

    def ages(self, reads: Iterable[Read]) -> list[Clause]:
        """Where birthdays are known and ages are asked for: the age is the number of full years since birth."""
        used = {
            literal[1]
            for read in reads
            for reading in read.readings
            for clause in reading.clauses
            for literal in (*clause.body, ("+", *clause.head))
            if literal[0] == "+"
        }
        if not {"born_on/2", "age_of/2"} <= used:
            return []
        born, day, age, thing = (variable(name) for name in ("Y", "Z", "U", "X"))
        body = (
            ("+", "born_on/2", (thing, born)),
            ("+", "today/1", (day,)),
            ("c", "years_between", (born, day, age)),
        )
        said = "The age of a person is the number of full years from the day on which the person was born to today."
        return [Clause(("age_of/2", (age, thing)), body, said, said, VERSION)]

    def _views(self, relation: Relation) -> list[Clause]:
        if len(relation.key) != 1:
            return []
        key = relation.key[0]
        args: tuple[Term, ...] = tuple(variable(f"X{i}") for i in range(len(relation.columns)))
        thing = args[relation.columns.index(key)]
        body = (("+", relation.predicate, args),)
        noun = singular(relation.name) or relation.name
        said = f"A row of the table {relation.name} is a {noun.replace('_', ' ')}."
        found = [Clause((f"{noun}/1", (thing,)), body, said, said, VERSION)]
        self.book.kinds.add(noun)
        for column, arg in zip(relation.columns, args, strict=True):
            if column != key:
                said = f"The column {column} of the table {relation.name} is the {column} of the {noun}."
                found.append(Clause((f"{column}_of/2", (arg, thing)), body, said, said, VERSION))
        return found

    # ---- questions

    def ask(self, text: str) -> Asked:
        """The reading, readings or problem of one question."""
        tokens = self._tokens(text)
        if tokens is None or tokens[-1].text != "?":
            return Asked(text, (), Unread(text, "", 0, "this is not a question"))
        tokens = tokens[:-1]
        grammar = Grammar(tokens, self._lexicon, self.book.tables)
        trees = [tree for tree, end in grammar.question(0) if end == len(tokens)]
        found: dict[str, Question] = {}
        refused: Refused | None = None
        for tree in dict.fromkeys(trees):
            try:
                question = self._question(text, tree)
                found.setdefault(question.logic, question)
            except Refused as error:
                refused = refused or error
        if found:
            return Asked(text, tuple(found.values()))
        at = refused.at if refused is not None else grammar.far
        token = tokens[at] if at < len(tokens) else None
        reason = refused.reason if refused is not None else "this is not read"
        return Asked(text, (), Unread(text, token.text if token else "", token.column if token else len(text), reason))

    def _question(self, text: str, tree: Asking) -> Question:
        meaning = Meaning(self.book, words.ADJECTIVES, text)
        kind, bodies, asked, _ = meaning.question(tree)
        if meaning.helpers:
            raise Refused("ask this in simpler words")
        if kind == "yesno" and len(bodies) == 1 and len(bodies[0]) == 1 and bodies[0][0][0] == "+":
            _, predicate, args = bodies[0][0]
            if all(arg[0] != "v" for arg in args):
                said = self.vocabulary.say_atom((predicate, args))
                logic = f"? {show_clause(Clause((predicate, args)))}"
                return Question(text, f"Is it true that {said}?", VERSION, logic, "holds", atom=(predicate, args))
        head_args: tuple[Term, ...] = (asked,) if asked is not None else ()
        rules = [renamed(((f"?/{len(head_args)}", head_args), body)) for body in bodies]
        clauses = tuple(Clause(head, body, text, text, VERSION) for head, body in rules)
        logic = "? " + " or ".join(show_clause(clause) for clause in clauses)
        names = tuple(arg[1] for arg in rules[0][0][1] if arg[0] == "v")
        if asked is not None and not names:
            raise Refused("this asks for nothing")
        return Question(text, text, VERSION, logic, "which" if names else "some", clauses=clauses, variables=names)

    # ---- answers

    def kind_of(self, question: Question) -> Kind | None:
        """What kind of value a question asks for."""
        tokens = self._tokens(question.sentence)
        if tokens is None or question.kind != "which":
            return None
        grammar = Grammar(tokens[:-1], self._lexicon, self.book.tables)
        for tree, end in grammar.question(0):
            if end == len(tokens) - 1 and isinstance(tree.condition, Relates):
                return self.book.types.get(f"{tree.condition.word}!")
            if end == len(tokens) - 1 and tree.expression is not None:
                meaning = Meaning(self.book, words.ADJECTIVES, question.sentence)
                try:
                    return meaning.value(tree.expression).kind
                except Refused:
                    continue
        return None

    def show(self, term: Term, kind: Kind | None) -> str:
        """A value in English, with its unit."""
        if term[0] != "n":
            return self.vocabulary.say_term(term)
        value = Fraction(term[1])
        if kind is not None and kind.sort == "percent":
            return f"{spell_number(str(value * 100))}%"
        return show_amount(value, kind, spell_number(term[1]))
