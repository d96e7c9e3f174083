"""The reader: sentences and questions to readings, by the grammar, its meanings and its refusals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from quod.kernel.values import Clause, Literal, Term, complement
from quod.knowledge.readings import Asked, Question, Read, Reading, Unread
from quod.knowledge.relations import Relation
from quod.language import words
from quod.language.cursor import TooManyWays
from quod.language.discourse import Choices
from quod.language.forms import Form, claims, rename, spell, variables
from quod.language.formulas import Formula, Refused, Unclear
from quod.language.lexer import MAX_WORDS, Word, tokenise
from quod.language.meaning import Meaning, Mode
from quod.language.morphology import Lexicon
from quod.language.policy import PolicyReader
from quod.language.questions import Asking
from quod.language.refusals import explain
from quod.language.saying import Vocabulary, sentence
from quod.language.sentences import Sentences
from quod.language.suggestions import advise
from quod.language.syntax import Query, Sentence

VERSION = "english 1"
MAX_READINGS = 16
_JUDGED = re.compile(r"\s*true or false:", re.IGNORECASE)


class EnglishReader:
    """Reads controlled English; the same sentence always reads the same.

    ``lexicon`` holds the words a document settles; ``read_all`` makes the right one by itself.
    """

    version = VERSION

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or Lexicon()
        self._names: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self.policy: PolicyReader | None = None

    @property
    def vocabulary(self) -> Vocabulary:
        """The words learnt from everything read so far, for saying answers."""
        plain = Vocabulary(dict(self._names), dict(self._kinds))
        if self.policy is None:
            return plain
        words_of_policy = self.policy.vocabulary
        return words_of_policy.with_words(plain.names, plain.kinds)

    def show(self, question: Question, term: Term) -> str | None:
        """A value that answers *question* with its unit, where the book says what unit that is."""
        if self.policy is None or term[0] != "n":
            return None
        return self.policy.show(term, self.policy.kind_of(question))

    # ---- statements

    def read(self, sentence: str) -> Read:
        """The reading, readings or problem of one statement."""
        outcome = self._read(sentence)
        if outcome.problem is not None and not outcome.problem.suggestion:
            tokens = tokenise(sentence, self._lexicon)
            return Read(sentence, (), advise(outcome.problem, tokens, self._logic))
        return outcome

    def _logic(self, sentence: str) -> tuple[str, ...]:
        """What a sentence with one reading says, else nothing."""
        readings = self._read(sentence).readings
        return readings[0].logic if len(readings) == 1 else ()

    def read_all(self, sentences: Iterable[str]) -> list[Read]:
        """Every sentence read with the vocabulary of all of them; their order changes nothing."""
        listed = list(sentences)
        settled = EnglishReader(document_lexicon([self._read(s) for s in listed], self._kinds_of))
        found = [settled.read(s) for s in listed]
        self._lexicon = settled._lexicon
        self._names.update(settled._names)
        self._learn(settled._names, settled._kinds)
        return found

    def read_book(
        self, sentences: Sequence[str], relations: Sequence[Relation]
    ) -> tuple[Sequence[Read], Sequence[Clause]]:
        """Every sentence of a book beside its tables, and what the rows of the tables say in its words.

        The book says that it is a policy: its sentences are read as policy English and, where that leaves them
        unread, as plain English.
        """
        plain = self.read_all(sentences)
        policy = PolicyReader(self._lexicon)
        views = policy.views(relations)
        policy.learn([read.sentence for read in plain], relations)
        found = policy.consistent([policy.read(read.sentence) for read in plain])
        pairs = list(zip(plain, found, strict=True))
        self.policy = policy
        views = [*views, *policy.ages(found)]
        return [old if new.status == "unread" and old.status == "read" else new for old, new in pairs], views

    def _kinds_of(self, reading: Reading) -> dict[str, str]:
        """The kinds of the predicates of *reading*, as learnt."""
        return {p: self._kinds[p] for p in predicates(reading) if p in self._kinds}

    def _read(self, text: str) -> Read:
        tokens = tokenise(text, self._lexicon)
        problem = _unreadable(text, tokens)
        if problem is not None:
            return Read(text, (), problem)
        tokens = _without_end(tokens, ".")
        grammar = Sentences(tokens)
        try:
            trees = _statements(grammar)
        except TooManyWays as many:
            return Read(text, (), _problem(text, tokens, many.index, "this can be read in too many ways"))
        if not trees:
            index, reason = explain(grammar, tokens)
            return Read(text, (), _problem(text, tokens, index, reason))
        readings: dict[tuple[str, ...], Reading] = {}
        refusal: Refused | None = None
        for parts in trees:
            for outcome in self._meanings(text, parts):
                if isinstance(outcome, Unclear):
                    return Read(text, (), _refusal(text, tokens, outcome))
                if isinstance(outcome, Refused):
                    refusal = refusal or outcome
                else:
                    readings.setdefault(tuple(sorted(outcome.logic)), outcome)
        if not readings:
            return Read(text, (), _refusal(text, tokens, refusal or Refused("this is not read")))
        return Read(text, tuple(readings.values()))

    def _meanings(self, text: str, parts: list[Sentence]) -> Iterator[Reading | Refused]:
        choices = Choices()
        for _ in range(MAX_READINGS):
            try:
                yield self._reading(text, parts, choices)
            except Refused as refused:
                yield refused
            if not choices.advance():
                return
        raise TooManyWays(0)

    def _reading(self, text: str, parts: list[Sentence], choices: Choices) -> Reading:
        """One reading of the sentences between semicolons."""
        forms: list[Form] = []
        presupposed: list[Form] = []
        names: dict[str, str] = {}
        kinds: dict[str, str] = {}
        for part in parts:
            meaning = Meaning(choices)
            formula = meaning.sentence(part, Mode("assert"))
            found = [rename(form) for form in claims(formula)]
            _check_conclusions(meaning, claims(formula))
            _check_exceptions(claims(formula))
            names.update(meaning.shown)
            kinds.update(meaning.kinds)
            forms = list(dict.fromkeys([*forms, *found]))
            presupposed += [Form("", (("+", lit.predicate, lit.args),)) for lit in meaning.presupposed]
        if not forms:
            raise Refused("this says nothing")
        vocabulary = Vocabulary(names, kinds)
        self._learn(names, kinds)
        return self._build(
            text, forms, list(dict.fromkeys(presupposed)), sentence("; ".join(vocabulary.say_forms(forms)))
        )

    def _build(self, text: str, forms: list[Form], presupposed: list[Form], paraphrase: str) -> Reading:
        clauses = [Clause(f.head, f.body, text, paraphrase, VERSION) for f in forms if not f.op]
        unused = [spell(form) for form in forms if form.op]
        bears = [
            p
            for form in forms
            if form.op
            for literal in (*form.heads, *form.body)
            if literal[0] != "c"
            for p in (literal[1], complement(literal[1]))
        ]
        return Reading(
            text,
            paraphrase,
            VERSION,
            tuple(("unused: " if form.op else "") + spell(form) for form in forms),
            tuple(clauses),
            tuple(unused),
            tuple(sorted(set(bears))),
            tuple(Clause(f.head, (), text, paraphrase, VERSION) for f in presupposed if f not in forms),
        )

    def _learn(self, names: dict[str, str], kinds: dict[str, str]) -> None:
        self._names.update(names)
        for predicate, kind in kinds.items():
            if kind != "adj" or predicate not in self._kinds:
                self._kinds[predicate] = kind

    # ---- questions

    def ask(self, sentence: str) -> Asked:
        """The reading, readings or problem of one question, or of a statement to be judged."""
        if self.policy is not None:
            asked = self.policy.ask(sentence)
            if asked.readings:
                return asked
        outcome = self._ask(sentence)
        problem = outcome.problem
        if problem is None or problem.suggestion:
            return outcome
        return Asked(sentence, (), advise(problem, tokenise(sentence, self._lexicon), self._question_logic))

    def _question_logic(self, sentence: str) -> tuple[str, ...]:
        """What a question with one reading asks, else nothing."""
        readings = self._ask(sentence).readings
        return (readings[0].logic,) if len(readings) == 1 else ()

    def _ask(self, sentence: str) -> Asked:
        tokens = tokenise(_JUDGED.sub("", sentence), self._lexicon)
        problem = _unreadable(sentence, tokens)
        if problem is not None:
            return Asked(sentence, (), problem)
        asks = tokens[-1].text == "?"
        tokens = _without_end(_without_end(tokens, "?"), ".")
        grammar = Sentences(tokens)
        readings: dict[str, Question] = {}
        refusal: Refused | None = None
        try:
            trees: list[tuple[Query | Sentence, int]] = [*(grammar.question(0) if asks else grammar.statement(0))]
            if not asks and not any(end == len(tokens) for _, end in trees):
                trees = [*grammar.question(0)]
        except TooManyWays as many:
            return Asked(sentence, (), _problem(sentence, tokens, many.index, "this can be read in too many ways"))
        for tree, end in trees:
            if end != len(tokens):
                continue
            for outcome in self._questions(sentence, tree):
                if isinstance(outcome, Unclear):
                    return Asked(sentence, (), _refusal(sentence, tokens, outcome))
                if isinstance(outcome, Refused):
                    refusal = refusal or outcome
                else:
                    readings.setdefault(outcome.logic, outcome)
        if readings:
            return Asked(sentence, tuple(readings.values()))
        if refusal is not None:
            return Asked(sentence, (), _refusal(sentence, tokens, refusal))
        index, reason = explain(grammar, tokens)
        return Asked(sentence, (), _problem(sentence, tokens, index, reason))

    def _questions(self, text: str, tree: Query | Sentence) -> Iterator[Question | Refused]:
        choices = Choices()
        for _ in range(MAX_READINGS):
            try:
                yield self._question(text, tree, choices)
            except Refused as refused:
                yield refused
            if not choices.advance():
                return

    def _question(self, text: str, tree: Query | Sentence, choices: Choices) -> Question:
        meaning = Meaning(choices)
        if not isinstance(tree, Query):
            formula = meaning.sentence(tree, Mode("assert"))
            _check_conclusions(meaning, claims(formula))
            _check_exceptions(claims(formula))
            self._learn(meaning.shown, meaning.kinds)
            return self._asking(text, meaning).statement([rename(form) for form in claims(formula)])
        formula = self._query(tree, meaning)
        asking = self._asking(text, meaning)
        self._learn(meaning.shown, meaning.kinds)
        if tree.kind == "which":
            return asking.which(formula, meaning.asked)
        return asking.yes_no(formula)

    def _query(self, tree: Query, meaning: Meaning) -> Formula:
        if tree.letter is not None:
            meaning.asked.append(tree.letter.term)
        return meaning.sentence(tree.body, Mode("ask"))

    def _asking(self, text: str, meaning: Meaning) -> Asking:
        return Asking(text, VERSION, Vocabulary(meaning.shown, meaning.kinds))


def predicates(reading: Reading) -> list[str]:
    """The predicates a reading mentions, positive."""
    found: list[str] = []
    for clause in reading.clauses:
        found += [clause.head[0], *(literal[1] for literal in clause.body if literal[0] in "+-")]
    return list(dict.fromkeys(p.removeprefix("~") for p in found))


def document_lexicon(reads: list[Read], kinds_of: Callable[[Reading], dict[str, str]]) -> Lexicon:
    """The words that unambiguous sentences settle: nouns and verbs in clear position; conflicts settle nothing."""
    nouns: set[str] = set()
    verbs: set[str] = set()
    for read in reads:
        for reading in read.readings if len(read.readings) == 1 else ():
            for predicate, kind in kinds_of(reading).items():
                name = predicate.rpartition("/")[0]
                if "_" in name or name in words.ADJECTIVES:
                    continue
                if kind == "noun":
                    nouns.add(name)
                elif kind == "verb":
                    verbs.add(name)
    return Lexicon(frozenset(nouns - verbs), frozenset(), frozenset(verbs - nouns))


def _statements(grammar: Sentences) -> list[list[Sentence]]:
    """The parses of the sentences between semicolons, combined."""
    size = grammar.size
    rows: list[tuple[list[Sentence], int]] = [([], 0)]
    complete: list[list[Sentence]] = []
    while rows:
        done, start = rows.pop(0)
        for tree, end in grammar.statement(start):
            if end == size:
                complete.append([*done, tree])
            elif grammar.low(end) == ";":
                rows.append(([*done, tree], end + 1))
        if len(rows) + len(complete) > MAX_READINGS:
            raise TooManyWays(start)
    return complete


def _check_conclusions(meaning: Meaning, forms: list[Form]) -> None:
    """A bare plural in a condition is only read when the conclusion speaks of the same things."""
    for term, at in meaning.must_conclude:
        if not all(any(term in literal[2] for literal in form.heads) for form in forms):
            raise Refused('say "some …" or "every …": the conclusion does not speak of these', at)


def _check_exceptions(forms: list[Form]) -> None:
    """Of a thing that only an exception mentions, several things cannot be said: each would be lacking by itself."""
    literals: dict[Term, set[Literal]] = {}
    for form in forms:
        known = variables([*form.heads, *(literal for literal in form.body if literal[0] == "+")])
        for literal in form.body:
            for term in literal[2] if literal[0] == "-" else ():
                if term[0] == "v" and term not in known:
                    literals.setdefault(term, set()).add(literal)
    if any(len(each) > 1 for each in literals.values()):
        raise Refused('"unless" here speaks of something that the rule does not mention; say first what it is: "If …"')


def _unreadable(text: str, tokens: list[Word]) -> Unread | None:
    if not tokens or (len(tokens) == 1 and tokens[0].kind == "mark"):
        return Unread(text, "", 0, "there is no sentence")
    if len(tokens) > MAX_WORDS:
        return Unread(
            text, tokens[MAX_WORDS].text, tokens[MAX_WORDS].column, f"a sentence has at most {MAX_WORDS} words"
        )
    for token in tokens:
        if token.kind == "other":
            short = "'" in token.text and token.text[-1].isalpha()
            reason = "this short form is not read; write it out" if short else "this sign is not read"
            return Unread(text, token.text, token.column, reason)
    words_only = _without_end(tokens, ".")
    if _trails_a_name(words_only):
        last = words_only[-1]
        return Unread(text, last.text, last.column, "this may be one name, or two that lack a verb between them")
    return None


def _trails_a_name(tokens: list[Word]) -> bool:
    """Whether the sentence ends in "…, and Oscar Greta" behind its only comma."""
    if len(tokens) < 4 or [token.text for token in tokens].count(",") != 1:
        return False
    comma, joint, *names = tokens[-4:]
    return comma.text == "," and joint.low in ("and", "or", "but") and all(name.capital for name in names)


def _without_end(tokens: list[Word], mark: str) -> list[Word]:
    return tokens[:-1] if tokens and tokens[-1].text == mark else tokens


def _refusal(text: str, tokens: list[Word], refused: Refused) -> Unread:
    """The problem a refused meaning is, at the word its reason quotes where it names no other."""
    index = refused.at
    quoted = re.findall(r"[a-z]+", " ".join(re.findall(r'"([^"]+)"', refused.reason)))
    if index == 0:
        index = next((i for i, token in enumerate(tokens) if token.low in quoted), 0)
    return _problem(text, tokens, index, refused.reason, refused.suggestion)


def _problem(text: str, tokens: list[Word], index: int, reason: str, suggestion: str = "") -> Unread:
    if index < len(tokens):
        return Unread(text, tokens[index].text, tokens[index].column, reason, suggestion)
    return Unread(text, "", len(text.rstrip()), reason, suggestion)
