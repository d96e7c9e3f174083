"""The logic notation: what parses to what, and printing it back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quod.kernel.values import (
    Clause,
    absent,
    aggregate,
    boolean,
    complement,
    compound,
    compute,
    date,
    duration,
    holds,
    number,
    symbol,
    text,
    variable,
)
from quod.knowledge.builtin import FUNCTIONS, TESTS
from quod.knowledge.logic import READER, Declaration, Unused, parse_logic, show_unused
from quod.knowledge.notation import KEYWORDS, show_atom, show_clause, show_literal, show_predicate, show_term

X, Y, Z = variable("X"), variable("Y"), variable("Z")


def values(source: str) -> list:
    return [item.value for item in parse_logic(source)]


def clause(source: str) -> Clause:
    (value,) = values(source)
    assert isinstance(value, Clause)
    return value


def body(source: str) -> tuple:
    return clause(f"h :- {source}.").body


def test_fact():
    assert clause("cold(anne).") == Clause(("cold/1", (symbol("anne"),)), (), "cold(anne).", "cold(anne).", READER)


def test_negated_fact():
    assert clause("neg cold(anne).").head == ("~cold/1", (symbol("anne"),))


def test_rule_keeps_its_source_and_paraphrases_canonically():
    rule = clause("round( X ):-red(X) ,\n  absent cold(X), neg kind(X).")
    assert rule.head == ("round/1", (X,))
    assert rule.body == (holds(("red/1", (X,))), absent(("cold/1", (X,))), holds(("~kind/1", (X,))))
    assert rule.sentence == "round( X ):-red(X) ,\n  absent cold(X), neg kind(X)."
    assert rule.paraphrase == "round(X) :- red(X), absent cold(X), neg kind(X)."
    assert rule.reader == "logic 1"


def test_absent_of_a_negated_atom():
    assert body("absent neg p(a)") == (absent(("~p/1", (symbol("a"),))),)


def test_comments_and_several_items_on_a_line():
    assert len(values("% a comment. with(stuff).\na. b. % c.\nd.")) == 3


@pytest.mark.parametrize(
    ("source", "term"),
    [
        ("anne", symbol("anne")),
        ("'New York'", symbol("New York")),
        (r"'it\'s'", symbol("it's")),
        ("müller", symbol("müller")),
        ('"a \\"b\\"\\n\\u0041\\u{1f600}"', text('a "b"\nA😀')),
        ("12", number(12)),
        ("-1.5", ("n", "-3/2")),
        ("3/4", ("n", "3/4")),
        ("6/4", ("n", "3/2")),
        ("007", ("n", "7")),
        ("-0", ("n", "0")),
        ("true", boolean(True)),
        ("false", boolean(False)),
        ("date(2026-11-24)", date("2026-11-24")),
        ("duration(12, -3)", duration(12, -3)),
        ("f(a, g(b))", compound("f", symbol("a"), compound("g", symbol("b")))),
        ("'sk:car'(a)", compound("sk:car", symbol("a"))),
        ("quantity(5, usd)", compound("quantity", number(5), symbol("usd"))),
        ("(a)", symbol("a")),
    ],
)
def test_terms(source, term):
    assert clause(f"p({source}).").head == ("p/1", (term,))


@pytest.mark.parametrize("word", sorted(KEYWORDS - {"true", "false", "date", "duration"}))
def test_keywords_are_ordinary_predicates_and_names(word):
    assert clause(f"{word}(the_door).").head == (f"{word}/1", (symbol("the_door"),))
    assert clause(f"p({word}, {word}).").head[1] == (symbol(word), symbol(word))
    assert clause(f"neg {word}(a) :- absent {word}(a), neg {word}(a).").head[0] == f"~{word}/1"


def test_bare_keywords_as_predicates_where_they_are_not_keywords():
    assert [one.head[0] for one in values("open. closed :- open. count :- neg.")] == ["open/0", "closed/0", "count/0"]


@pytest.mark.parametrize(
    ("sign", "op"), [("=", "eq"), ("!=", "ne"), ("<", "lt"), ("<=", "le"), (">", "gt"), (">=", "ge")]
)
def test_comparisons(sign, op):
    assert body(f"p(X), X {sign} 30")[1] == compute(op, X, number(30))


def test_arithmetic_is_flattened_in_order():
    one = variable("_1")
    assert body("p(X), Z = X * 2 + 1/3")[1:] == (
        compute("mul", X, number(2), one),
        compute("add", one, ("n", "1/3"), Z),
    )


def test_arithmetic_on_either_side_of_an_equation():
    assert body("p(X), X - 1 = Z") == body("p(X), Z = X - 1")
    assert [literal[1] for literal in body("p(X, Y), X + 1 = Y + 2")[1:]] == ["add", "add", "eq"]


def test_precedence_and_parentheses():
    assert [lit[1] for lit in body("p(X), Z = X + 2 * 3")[1:]] == ["mul", "add"]
    assert [lit[1] for lit in body("p(X), Z = (X + 2) * 3")[1:]] == ["add", "mul"]
    assert body("p(X), Z = X - 1 - 2")[1:] == body("p(X), Z = (X - 1) - 2")[1:]


def test_minus_without_spaces_is_subtraction():
    assert body("p(X), Z = X-1")[1] == compute("sub", X, number(1), Z)
    assert body("p(X), Z = X - -1")[1] == compute("sub", X, number(-1), Z)


def test_arithmetic_inside_arguments_comes_before_the_literal_and_after_the_body_for_a_head():
    rule = clause("p(X + 1) :- q(X * 2, X).")
    assert rule.head == ("p/1", (variable("_1"),))
    assert [literal[:2] for literal in rule.body] == [("c", "mul"), ("+", "q/2"), ("c", "add")]


def test_fresh_variables_avoid_those_of_the_clause():
    rule = clause("p(_1) :- q(_1, _, _).")
    assert rule.body == (holds(("q/3", (variable("_1"), variable("_2"), variable("_3")))),)


def test_builtins():
    assert body("p(D), Y = #year(D)")[1] == compute("year", variable("D"), Y)
    assert body('p(X), #contains(X, "a")')[1] == compute("contains", X, text("a"))
    assert body("p(X), Y = #round(X, 2, half_up) + 1")[1:] == (
        compute("round", X, number(2), symbol("half_up"), variable("_1")),
        compute("add", variable("_1"), number(1), Y),
    )


def test_aggregates():
    order = holds(("order/3", (variable("O"), variable("C"), variable("A"))))
    assert body("customer(C), T = sum A, O : order(O, C, A)")[1] == aggregate(
        "sum", variable("T"), variable("A"), (order,)
    )
    counted = holds(("order/3", (variable("O"), variable("C"), variable("_1"))))
    for source in ("N = count O : order(O, C, _)", "N = count : order(O, C, _)", "N = count : { order(O, C, _) }"):
        assert body(f"customer(C), {source}")[1] == aggregate("count", variable("N"), number(1), (counted,))


def test_braces_end_an_aggregate():
    literals = body("c(C), N = count : { o(O, C), O > 1 }, N > 3")
    assert [literal[0] for literal in literals] == ["+", "a", "c"]
    assert len(literals[1][4]) == 2


def test_an_unbraced_aggregate_takes_the_rest():
    literals = body("c(C), T = sum A : o(O, C, A), A > 3")
    assert [literal[0] for literal in literals] == ["+", "a"]


def test_a_computed_value_is_computed_inside_the_aggregate():
    (_, (_, op, _, value, inner)) = body("c(C), T = sum A * B : o(C, A, B)")
    assert (op, value) == ("sum", variable("_1"))
    assert inner[1] == compute("mul", variable("A"), variable("B"), variable("_1"))


def test_declarations():
    assert values("closed red/1, 'big-cat'/2. open neg blue/1.") == [
        Declaration("closed", "red/1"),
        Declaration("closed", "big-cat/2"),
        Declaration("open", "~blue/1"),
    ]


def test_validity():
    rule = clause("since date(2026-01-01) until date(2027-01-01): p(a).")
    assert (rule.since, rule.until) == ("2026-01-01", "2027-01-01")
    assert clause(rule.paraphrase)[:2] == rule[:2]
    assert clause("until date(2027-01-01): p(a) :- q.").since == ""


@pytest.mark.parametrize(
    "source",
    [
        "unused: red(anne) or blue(anne).",
        "unused: red(anne) xor neg blue(anne).",
        "unused: some Y: car(Y), have(anne, Y).",
        "unused: X: some Y: car(Y), have(X, Y) :- rich(X), X != bob.",
        "unused: X: red(X) or blue(X) :- cat(X).",
        "unused: X, Y: some Z, W: p(X, Y, Z, W).",
    ],
)
def test_unused_statements_print_back(source):
    (value,) = values(source)
    assert isinstance(value, Unused)
    assert show_unused(value) == source


def test_unused_statements_bear_on_their_conclusions_both_signs():
    (value,) = values("unused: X: some Y: car(Y), neg have(X, Y) :- rich(X).")
    assert value.bears == ("car/1", "have/2", "~car/1", "~have/2")
    assert (value.universal, value.existential) == (("X",), ("Y",))


def test_question_yes_no():
    (question,) = values("? neg cold(anne).")
    assert (question.kind, question.atom) == ("holds", ("~cold/1", (symbol("anne"),)))
    assert question.sentence == question.logic == "? neg cold(anne)."


def test_question_which():
    (question,) = values("? X: cold(X), kind(X).")
    assert (question.kind, question.variables) == ("which", ("X",))
    (only,) = question.clauses
    assert only.head == ("?/1", (X,))
    assert only.body == (holds(("cold/1", (X,))), holds(("kind/1", (X,))))


def test_question_or_some_each():
    either, some, each, conjunction, compared = values(
        "? red(anne) or blue(anne). ? some X: cold(X). ? each X: cold(X) -> neg kind(X). ? a, b. ? 1 < 2, a."
    )
    assert [either.kind, len(either.clauses), either.clauses[0].head] == ["some", 2, ("?/0", ())]
    assert [some.kind, some.variables] == ["some", ()]
    assert [each.kind, each.head, each.body] == ["each", ("~kind/1", (X,)), (holds(("cold/1", (X,))),)]
    assert [conjunction.kind, compared.kind] == ["some", "some"]


@pytest.mark.parametrize("source", ["? X: a(X) or b(X).", "? some X, Y: p(X, Y).", "? each X: p(X), q(X) -> r(X)."])
def test_questions_print_back(source):
    (question,) = values(source)
    assert question.logic == source


def test_text_is_normalised():
    decomposed = unicodedata.normalize("NFD", "café(zoé).\r\nb.")
    first, second = parse_logic(decomposed, "f.quod", 10)
    assert first.value.head == ("café/1", (symbol("zoé"),))
    assert str(second.place) == "f.quod:11:1"


def test_places_have_their_line():
    first, second = parse_logic("a.\n   b(c) :- d.\n", "f.quod", 5)
    assert (first.place.line, first.place.column, first.place.text) == (5, 1, "a.")
    assert (second.place.line, second.place.column, second.place.text) == (6, 4, "   b(c) :- d.")


# ---------------------------------------------------------------------- round trip

letters = st.characters(codec="utf-8", exclude_characters="\0", categories=["L", "M", "N", "P", "S", "Z", "Cc"])
names = (
    (st.text(letters, min_size=1, max_size=6) | st.sampled_from(sorted(KEYWORDS)))
    .map(lambda name: unicodedata.normalize("NFC", name))
    .filter(lambda name: not name.startswith("!"))
)
predicate_names = names.filter(lambda name: not any(c in " \t\n\r\f\v/" for c in name) and name[0] not in "~?")
rationals = st.fractions(max_denominator=1000)
variables = st.sampled_from(["X", "Y", "Z9", "_1", "Long_name"]).map(variable)
leaves = st.one_of(
    names.map(symbol),
    st.text(letters, max_size=6).map(lambda value: text(unicodedata.normalize("NFC", value))),
    st.booleans().map(boolean),
    rationals.map(number),
    st.dates().map(lambda day: date(day.isoformat())),
    st.builds(duration, st.integers(), st.integers()),
    variables,
)
terms = st.recursive(
    leaves,
    lambda inner: st.builds(lambda name, args: compound(name, *args), names, st.lists(inner, min_size=1, max_size=3)),
)


@st.composite
def atoms(draw):
    args = draw(st.lists(terms, max_size=3))
    predicate = f"{draw(predicate_names)}/{len(args)}"
    return (complement(predicate) if draw(st.booleans()) else predicate, tuple(args))


@st.composite
def computations(draw):
    op, places = draw(st.sampled_from(sorted({**TESTS, **FUNCTIONS}.items())))
    return compute(op, *draw(st.lists(terms, min_size=places, max_size=places)))


@st.composite
def aggregates(draw):
    op = draw(st.sampled_from(["count", "sum", "min", "max"]))
    value = number(1) if op == "count" else draw(terms)
    local = holds((f"{draw(predicate_names)}/1", (variable("Local"),)))
    return aggregate(op, variable("R"), value, (local, *draw(st.lists(atoms().map(holds), max_size=1))))


literals = st.one_of(atoms().map(holds), atoms().map(absent), computations(), aggregates())
days = st.just("") | st.dates().map(lambda day: day.isoformat())
clauses = st.builds(
    lambda head, body, since, until: Clause(head, tuple(body), since=since, until=until),
    atoms(),
    st.lists(literals, max_size=4),
    days,
    days,
)


def is_clear(one: Clause) -> bool:
    """The parser refuses an aggregate without braces whose later conditions could belong after it."""
    return not (one.body and one.body[-1][0] == "a" and len(one.body[-1][4]) > 1)


@settings(max_examples=120, deadline=None)
@given(clauses.filter(is_clear))
def test_every_clause_reads_back_from_its_notation(one):
    shown = show_clause(one)
    read = clause(shown)
    assert (read.head, read.body, read.since, read.until) == (one.head, one.body, one.since, one.until)
    assert read.paraphrase == read.sentence == shown


@settings(max_examples=80, deadline=None)
@given(terms, atoms(), literals)
def test_terms_atoms_and_literals_read_back(term, atom, literal):
    assert clause(f"p({show_term(term)}).").head[1] == (term,)
    assert clause(show_atom(atom) + ".").head == atom
    assert body(show_literal(literal) + ", last") == (literal, holds(("last/0", ())))


@settings(max_examples=120, deadline=None)
@given(st.text(st.sampled_from("aX_ ()[]{}.,:-=<>'\"%?#~/\\1 \n"), max_size=30))
def test_any_text_parses_or_is_refused_politely(source):
    from quod.knowledge.errors import LogicError

    try:
        parse_logic(source)
    except LogicError as error:
        assert error.place is not None and error.remedy


def test_private_cells_show_but_do_not_parse():
    assert show_term(("h", "abc")) == "#abc"


def test_predicates_are_shown_as_people_write_them():
    assert [show_predicate(p) for p in ("red/1", "~red/2", "big-cat/1")] == ["red/1", "neg red/2", "'big-cat'/1"]


@pytest.mark.parametrize("wrong", [(), ("x",)])
def test_what_is_no_term_or_literal_is_a_programming_error(wrong):
    with pytest.raises(ValueError, match="not a"):
        show_term(wrong)
    with pytest.raises(ValueError, match="not a"):
        show_literal(wrong)
