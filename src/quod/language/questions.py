"""Questions: a formula as a question the reasoner can answer, with its notation and paraphrase."""

from __future__ import annotations

from quod.kernel.values import Atom, Clause, Literal, Term
from quod.knowledge.readings import Question
from quod.language.forms import Form, claims, conditions, rename, spell_literal, variables
from quod.language.formulas import Every, Formula, Lit, Neg, Refused, Rule, Some
from quod.language.saying import Vocabulary

Bodies = list[tuple[Literal, ...]]


class Asking:
    """Builds the question of one sentence."""

    def __init__(self, sentence: str, reader: str, vocabulary: Vocabulary) -> None:
        self.sentence = sentence
        self.reader = reader
        self.vocabulary = vocabulary

    def which(self, formula: Formula, asked: list[Term]) -> Question:
        """Which values of *asked* satisfy the formula."""
        if len(asked) != 1:
            raise Refused("a question asks for one thing at a time")
        bodies = [rename(Form("", (), body), (asked[0],)).body for body in conditions(formula)]
        name = "X"
        if not all(any(("v", name) in literal[2] for literal in body) for body in bodies):
            raise Refused("not every alternative says something about what is asked for")
        said = self._either(bodies, (("v", name),))
        return self._build(
            f"Which {name} is such that {said}?", f"? {name}: {self._notation(bodies)}.", "which", bodies, (name,)
        )

    def yes_no(self, formula: Formula) -> Question:
        """Whether the formula holds."""
        if isinstance(formula, (Lit, Neg)) and (fact := self._fact(formula)) is not None:
            return self._holds(fact)
        free = isinstance(formula, (Lit, Neg)) and not isinstance(getattr(formula, "body", None), (Some, Every))
        if isinstance(formula, (Every, Rule)) or free:
            return self._each(claims(formula))
        if isinstance(formula, Neg) and isinstance(formula.body, Some):
            return self._each(claims(formula))
        bodies = [rename(Form("", (), body)).body for body in conditions(formula)]
        return self._some(bodies)

    def statement(self, forms: list[Form]) -> Question:
        """Whether a statement is so."""
        if len(forms) == 1:
            form = forms[0]
            if form.op == "" and not form.body and not variables(form.heads):
                return self._holds(form.head)
            if form.op == "":
                return self._each(forms)
            if form.body:
                raise Refused('whether a rule with "or" or "some" in its conclusion holds is not asked')
            if form.op == "some":
                return self._some([form.heads])
            if form.op == "or":
                return self._some([(literal,) for literal in form.heads])
            raise Refused('"either … or" cannot be asked; ask with "or"')
        if all(form.op == "" and not form.body and not variables(form.heads) for form in forms):
            return self._some([tuple(form.heads[0] for form in forms)])
        raise Refused("a question asks for one thing at a time")

    # ---- the kinds

    def _fact(self, formula: Formula) -> Atom | None:
        forms = claims(formula)
        if len(forms) == 1 and forms[0].op == "" and not forms[0].body and not variables(forms[0].heads):
            return forms[0].head
        return None

    def _holds(self, atom: Atom) -> Question:
        said = self.vocabulary.say_atom(atom)
        return Question(
            self.sentence,
            f"Is it true that {said}?",
            self.reader,
            f"? {spell_literal(('+', *atom))}.",
            "holds",
            atom=atom,
        )

    def _each(self, forms: list[Form]) -> Question:
        if len(forms) != 1 or forms[0].op:
            raise Refused("a question asks for one thing at a time")
        form = rename(forms[0])
        if any(literal[0] == "-" for literal in form.body):
            raise Refused('"unless" in a question is not read')
        names = [term[1] for term in variables((*form.body, *form.heads))]
        body = ", ".join(map(spell_literal, form.body))
        bound = f"each {', '.join(names)}: " if names else "each: "
        arrow = f"{body} -> " if body else "-> "
        return Question(
            self.sentence,
            f"Is it true that {self.vocabulary.say_form(form)}?",
            self.reader,
            f"? {bound}{arrow}{spell_literal(form.heads[0])}.",
            "each",
            variables=tuple(names),
            body=form.body,
            head=form.head,
        )

    def _some(self, bodies: Bodies) -> Question:
        if not bodies or not all(bodies):
            raise Refused("the question says nothing")
        if len(bodies) == 1 and len(bodies[0]) == 1 and not variables(bodies[0]) and bodies[0][0][0] == "+":
            return self._holds((bodies[0][0][1], bodies[0][0][2]))
        said = self._either(bodies, ())
        return self._build(f"Is it true that {said}?", f"? {self._some_notation(bodies)}.", "some", bodies, ())

    def _some_notation(self, bodies: Bodies) -> str:
        names = list(dict.fromkeys(term[1] for body in bodies for term in variables(body)))
        return (f"some {', '.join(names)}: " if names else "") + " or ".join(
            ", ".join(map(spell_literal, body)) for body in bodies
        )

    def _notation(self, bodies: Bodies) -> str:
        return " or ".join(", ".join(map(spell_literal, body)) for body in bodies)

    def _either(self, bodies: Bodies, asked: tuple[Term, ...]) -> str:
        """The alternatives in English, existence spelled out."""
        said: list[str] = []
        for body in bodies:
            inner = [term[1] for term in variables(body) if term not in asked]
            such = "".join(f"there is some {name} such that " for name in inner)
            said.append(such + " and ".join(map(self.vocabulary.say_literal, body)))
        return " or ".join(said)

    def _build(self, paraphrase: str, logic: str, kind: str, bodies: Bodies, names: tuple[str, ...]) -> Question:
        head: Atom = (f"?/{len(names)}", tuple(("v", name) for name in names))
        clauses = tuple(Clause(head, body, self.sentence, paraphrase, self.reader) for body in bodies)
        return Question(self.sentence, paraphrase, self.reader, logic, kind, clauses=clauses, variables=names)
