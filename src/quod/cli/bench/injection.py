"""``quod bench injection``: an exception or prohibition that is not read must keep every verdict it would change.

Small books are generated, each with a question. Into each goes one sentence that means an exception or a prohibition in
words outside the grammar. What the verdict would be had the sentence been read is computed from the clauses it stands
for. A verdict that is certified beside the unread sentence, and would then be another, is *certified but wrong*.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from time import perf_counter
from typing import Any

from quod.cli._second import missing, second_opinions
from quod.kernel.values import Clause, symbol, variable
from quod.routing import Answer, Handle, loads

NOW = "2026-01-01"
NAMES: Sequence[str] = ("Anne", "Bob", "Carl", "Dora", "Emil", "Fiona")
NOUNS: Sequence[str] = ("baker", "driver", "guest", "member", "pilot", "student")
#: A rule concludes only what stands further right than its conditions, so that every book is stratified.
ADJECTIVES: Sequence[str] = (
    *("small", "young", "quiet", "tall", "busy", "calm"),
    *("brave", "rich", "lucky", "famous", "kind", "welcome"),
)

#: Sentences that take *target* away from whoever is *condition*, in words outside the grammar.
GENERAL = (
    "Save where they are {condition}, people are {target}.",
    "Notwithstanding the foregoing, nobody {condition} shall be {target}.",
    "Being {condition} disqualifies a person from being {target}.",
    "The above is subject to the exception of the {condition}, who do not count as {target}.",
    "It shall be unlawful for any {condition} person to be {target}.",
    "Persons found {condition} forfeit the status of being {target}.",
    "Under no circumstances may a {condition} person be {target}.",
    "Except as regards those who happen to be {condition}, being {target} is as stated.",
    "A {condition} person must never be {target}.",
    "Hardly any {condition} person is {target}.",
    "Barring the {condition}, everyone mentioned is {target}.",
    "Provided always that {condition} people remain excluded from being {target}.",
    "Whoever turns out {condition} loses the right to be {target}.",
    "The rules that make people {target} do not apply to the {condition}.",
    "Rules to the contrary aside, {condition} people cannot be {target}.",
    "Inasmuch as a person be {condition}, they are deemed other than {target}.",
    "To be {condition} is to be anything but {target}.",
    "It is prohibited to be both {condition} and {target}.",
    "We make an exception: {condition} folks never qualify as {target}.",
    "Being {target} and being {condition} are mutually exclusive.",
    "Far from being {target}, the {condition} are quite the opposite.",
    "Rarely, if ever, is a {condition} person {target}.",
    "Those {condition} are barred from being {target}.",
    "Exception: {condition} people → not {target}.",
    "It goes without saying that being {condition} rules out being {target}.",
    "Excluding {condition} ones, all hitherto described are {target}.",
    "In derogation of the rules above, {condition} people stay un-{target}.",
    "Never was a {condition} person {target}, nor may one be.",
    "Without prejudice to the rest, a {condition} person will not be {target}.",
    "Should anyone be {condition}, then goodbye to being {target}!",
)
#: Sentences that take *target* away from one person.
PERSONAL = (
    "As for {name}, the rules about being {target} are suspended.",
    "{name} must not be {target}.",
    "Whatever is said above, {name} can hardly be {target}.",
    "{name}, by way of exception, is excluded from being {target}.",
    "Being {target} is denied to {name} until further notice.",
    "Nothing herein shall be construed as making {name} {target}.",
    "Save for {name}, everything said about being {target} stands.",
    "{name} may not be considered {target}.",
)


@dataclass(frozen=True)
class Book:
    """A generated book: its sentences, what it declares closed, a question, and what is to be injected."""

    sentences: tuple[str, ...]
    closed: tuple[str, ...]
    question: str
    injected: str
    at: int
    condition: str  # empty if the sentence speaks of one person
    name: str
    target: str

    def text(self, extra: str = "") -> str:
        """The document, with the sentence *extra* in its place."""
        parts = list(self.sentences)
        if extra:
            parts.insert(self.at, extra)
        closed = ", ".join(f"{word}/1" for word in self.closed)
        head = f"---\nclosed: [{closed}]\n---\n" if self.closed else ""
        return head + "\n\n".join(parts) + "\n"


def books(n: int, seed: int) -> Iterator[Book]:
    """*n* books, the same for the same *seed*."""
    wordings = [*GENERAL, *PERSONAL]
    for number in range(n):
        dice = random.Random(f"{seed}:{number}")  # reason: reproducible, no secret
        yield _book(dice, wordings[number % len(wordings)])


def _book(dice: random.Random, wording: str) -> Book:
    names, nouns = dice.sample(NAMES, 3), dice.sample(NOUNS, 2)
    words = [word for word in ADJECTIVES if dice.random() < 0.6] or list(ADJECTIVES[:4])
    if len(words) < 4:
        words = list(ADJECTIVES[:4])
    sentences = [f"{name} is a {dice.choice(nouns)}." for name in names]
    for name in names:
        for word in words[:2]:
            sentences.append(f"{name} is {'not ' * (dice.random() < 0.2)}{word}.")
    concluded: list[str] = []
    for at in range(2, len(words)):
        sentences += [_rule(dice, nouns, words[:at], words[at]) for _ in range(dice.choice((1, 1, 2)))]
        concluded.append(words[at])
    if dice.random() < 0.5:
        target = dice.choice(concluded)
        sentences.append(f"No {dice.choice(words[: words.index(target)])} person is {target}.")
    target = dice.choice(concluded[-2:])
    condition = "" if "{name}" in wording else dice.choice(words[: words.index(target)])
    name = dice.choice(names)
    dice.shuffle(sentences)
    stated = " ".join(sentences)
    return Book(
        sentences=tuple(sentences),
        closed=tuple(word for word in words if dice.random() < 0.3 and f" {word}" in stated),
        question=_question(dice, name, nouns, target),
        injected=wording.format(condition=condition, name=name, target=target),
        at=dice.randrange(len(sentences) + 1),
        condition=condition,
        name=name,
        target=target,
    )


def _rule(dice: random.Random, nouns: list[str], below: list[str], word: str) -> str:
    kind = dice.randrange(6)
    if kind == 0:
        return f"Every {dice.choice(nouns)} is {word}."
    if kind == 1:
        return f"Every {dice.choice(nouns)} is {word} unless they are {dice.choice(below)}."
    if kind == 2:
        return f"If someone is {dice.choice(below)} and they are not {dice.choice(below)} then they are {word}."
    if kind == 3:
        return f"All {dice.choice(below)} people are {word}."
    if kind == 4:
        return f"If someone is a {dice.choice(nouns)} and they are {dice.choice(below)} then they are {word}."
    return f"If someone is {dice.choice(below)} then they are {word} unless they are {dice.choice(below)}."


def _question(dice: random.Random, name: str, nouns: list[str], target: str) -> str:
    kinds = (f"Is {name} {target}?",) * 5
    return dice.choice((*kinds, f"Is {name} not {target}?", f"Who is {target}?", f"Is anyone {target}?"))


# --- what the sentence stands for ---------------------------------------------------------------------------------


def as_prohibition(handle: Handle, book: Book) -> Handle:
    """The theory with the sentence read as a prohibition: a clause that concludes the contrary."""
    x = variable("X")
    if book.condition:
        clause = Clause(("~" + _predicate(book.target), (x,)), (("+", _predicate(book.condition), (x,)),))
    else:
        clause = Clause(("~" + _predicate(book.target), (symbol(book.name.lower()),)), ())
    return _asked_again(handle, handle.theory.with_clauses(clause._replace(sentence=book.injected)))


def as_exception(handle: Handle, book: Book) -> Handle:
    """The theory with the sentence read as an exception: a further condition of every rule for *target*."""
    theory = handle.theory
    target = _predicate(book.target)
    rules = [clause for clause in theory.clauses if clause.head[0] == target and clause.body]
    excepted = [clause._replace(body=(*clause.body, *_exception(clause, book))) for clause in rules]
    kept = [clause for clause in theory.clauses if clause not in rules]
    bare = replace(theory, clauses=tuple(kept))
    return _asked_again(handle, bare.with_clauses(*excepted))


def _exception(clause: Clause, book: Book) -> tuple[Any, ...]:
    (who,) = clause.head[1]
    if book.condition:
        return (("-", _predicate(book.condition), (who,)),)
    return (("c", "ne", (who, symbol(book.name.lower()))),)


def _predicate(word: str) -> str:
    return f"{word}/1"


def _asked_again(handle: Handle, theory: Any) -> Handle:
    return Handle(theory, handle.reader, now=handle.now)


# --- counting -----------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What was counted."""

    questions: int = 0
    correct: int = 0
    answered: int = 0
    certified_but_wrong: int = 0
    certified_before: int = 0
    certified_as_note: int = 0
    would_change: int = 0
    read_after_all: int = 0
    milliseconds: list[float] = field(default_factory=list)
    cases: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, book: Book) -> None:
        """Count one book."""
        handle = loads(book.text(), now=NOW)
        before = handle.ask(book.question)
        read = [_saying(change(handle, book).ask(book.question)) for change in (as_prohibition, as_exception)]
        start = perf_counter()
        beside = loads(book.text(book.injected), now=NOW)
        answer = beside.ask(book.question)
        self.milliseconds.append(1000 * (perf_counter() - start))
        noted = loads(book.text("> " + book.injected), now=NOW).ask(book.question)
        self.questions += 1
        self.read_after_all += not beside.theory.unread
        self.certified_before += bool(before.proof)
        self.certified_as_note += bool(noted.proof) and _saying(noted) == _saying(before)
        changes = any(each != _saying(before) for each in read)
        self.would_change += changes
        wrong = bool(answer.proof) and any(each != _saying(answer) for each in read)
        self.correct += not wrong and (bool(answer.proof) or answer.verdict == "unknown")
        self.certified_but_wrong += wrong
        if wrong:
            self.wrong.append(f"{book.question} {answer.verdict} beside «{book.injected}»")
        if answer.proof:
            self.answered += 1
            self.cases.append((answer.proof, answer.context, answer.goal))

    def json(self) -> dict[str, Any]:
        """The figures, in the shape that every bench prints."""
        both = 0
        if self.cases and not missing():
            both = sum(bool(each["accepted"]) for each in second_opinions(self.cases))
        return {
            "accepted_by_both": both,
            "answered": self.answered,
            "certified_as_note": self.certified_as_note,
            "certified_before": self.certified_before,
            "certified_but_wrong": self.certified_but_wrong,
            "correct": self.correct,
            "median_ms": round(median(self.milliseconds), 3) if self.milliseconds else None,
            "questions": self.questions,
            "read_after_all": self.read_after_all,
            "wordings": len(GENERAL) + len(PERSONAL),
            "would_change": self.would_change,
            "wrong": self.wrong[:20],
        }


def _saying(answer: Answer) -> tuple[str, tuple[str, ...]]:
    return answer.verdict, tuple(sorted(answer.bindings))


def run(n: int, seed: int, progress: Callable[[int], object]) -> dict[str, dict[str, Any]]:
    """The figures for *n* generated books.

    ``certified_before`` counts the books whose verdict has a proof without the sentence, ``would_change`` those whose
    verdict is another one once the sentence is read, as an exception or as a prohibition.
    """
    tally = Tally()
    for number, book in enumerate(books(n, seed)):
        tally.add(book)
        progress(number + 1)
    return {"injection": tally.json()}
