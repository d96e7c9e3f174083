import assert from "node:assert/strict";
import test from "node:test";

import { cellDigest, relation, relationDigest, write } from "./roots.js";
import {
  assume, atom, c, clause, conclude, context, d, f, goal, minus, n, outcome, plus, proof, rowsTree, run, s, theoryStep, v,
} from "./build.js";

const X = v("X");
const SALT = "0123456789abcdef";
const hidden = ["h", cellDigest(SALT, n(3000))];
const PAY = [[s("anne"), hidden], [s("bob"), ["h", cellDigest(SALT, n(10))]], [s("cy"), ["h", cellDigest(SALT, n(5))]]];
const payTable = relation(["who", "pay"], PAY, [[0, 1], [1, 0]], [0], [1]);

const kind = clause(atom("kind", X), [plus("cold", X)]);
const cold = clause(atom("cold", s("anne")));
const late = clause(atom("late", s("anne")), [], { since: "2024-06-02" });
const ended = clause(atom("late", s("bob")), [], { until: "2024-06-01" });
const fine = clause(atom("fine", X), [plus("cold", X), minus("late", X), c("lt", n(1), n(2))]);
const warm = clause(["~cold/1", [s("bob")]]);
const tagged = clause(atom("odd", s("!X")));
const THEORY = {
  clauses: [kind, cold, late, ended, fine, warm, tagged],
  relations: [["pay/2", payTable]],
  closed: ["late/1"],
};
const ALL = ["kind/1", "cold/1", "late/1", "fine/1", "~cold/1", "odd/1", "pay/2", "~kind/1", "none/1", "~fine/1"];
const whole = theoryStep(THEORY, ALL);

const use = (stated, theory = whole) => ({ by: "clause", premises: [theory], clause: stated });
const apply = (rule, bindings, ...premises) => ({ by: "apply", premises: [rule, ...premises], bindings });
const fact = (stated) => apply(use(stated), []);
const anne = [["X", s("anne")]];
const holds = (a) => [{ kind: "holds", atom: a }];
const expect = (wanted, premise, goals, more, theory = THEORY) =>
  assert.equal(outcome([premise].flat(), theory, goals, more), wanted);

test("theory, clause and apply", () => {
  const shown = apply(use(kind), anne, fact(cold));
  expect("accepted", shown, holds(atom("kind", s("anne"))));
  expect("wrong_goal", shown, holds(atom("kind", s("bob"))));
  expect("wrong_theory", shown, holds(atom("kind", s("anne"))), {}, { clauses: [kind] });
  expect("bad_bindings", apply(use(kind), [], fact(cold)), holds(atom("kind", s("anne"))));
  expect("bad_bindings", apply(use(kind), [...anne, ["Y", s("anne")]], fact(cold)), holds(atom("kind", s("anne"))));
  expect("malformed_value", apply(use(kind), [...anne, ...anne], fact(cold)), holds(atom("kind", s("anne"))));
  expect("malformed_value", apply(use(kind), [["X", X]], fact(cold)), holds(atom("kind", s("anne"))));
  expect("premise_mismatch", apply(use(kind), [["X", s("bob")]], fact(cold)), holds(atom("kind", s("bob"))));
  expect("bad_premise", apply(use(kind), anne), holds(atom("kind", s("anne"))));
  expect("bad_premise", apply(use(kind), anne, use(cold)), holds(atom("kind", s("anne"))));
  expect("bad_premise", apply(fact(cold), anne), holds(atom("kind", s("anne"))));
  expect("not_in_force", fact(late), holds(atom("late", s("anne"))));
  expect("accepted", fact(late), holds(atom("late", s("anne"))), { context: { now: "2024-06-02" } });
  expect("not_in_force", fact(ended), holds(atom("late", s("bob"))));
  expect("clause_not_in_theory", fact(clause(atom("cold", s("bob")))), holds(atom("cold", s("bob"))));
  expect("clause_not_in_theory", fact(clause(atom("none", s("bob")))), holds(atom("none", s("bob"))));
  const partial = theoryStep(THEORY, ["kind/1"]);
  expect("not_opened", apply(use(cold, partial), []), holds(atom("cold", s("anne"))));
  expect("reserved_symbol", fact(tagged), holds(atom("odd", s("!X"))));
  expect("malformed_value", fact(clause(["?/0", []])), holds(["?/0", []]));
});

test("the report", () => {
  const shown = apply(use(kind), anne, fact(cold));
  const { accepted, report } = run(proof(conclude(shown)), context(THEORY), goal(holds(atom("kind", s("anne")))));
  assert.ok(accepted);
  assert.deepEqual(report.sentences, ["cold/1 holds.", "kind/1 holds."]);
  assert.equal(report.grade, "proved");
  assert.equal(report.fuel, String(6 + whole.tree.length));
  assert.equal(report.theory, context(THEORY).theory);
  assert.deepEqual([report.assumptions, report.claims, report.defaults, report.sources], [[], [], [], []]);
});

const readPay = (prefix, index = "0") => ({
  by: "rows", premises: [whole], index, predicate: "pay/2", prefix, tree: rowsTree(PAY, payTable.indexes[index][0].map(Number), prefix),
});
const payRow = (row, source = readPay([row[0]])) => ({ by: "row", premises: [source], args: row });
const reveal = (premise, more = {}) => ({ by: "reveal", premises: [premise], column: "1", salt: SALT, value: n(3000), ...more });

test("rows, row and reveal", () => {
  const first = payRow(PAY[0]);
  expect("accepted", first, holds(atom("pay", ...PAY[0])));
  expect("grade_too_low", first, holds(atom("pay", ...PAY[0])), { goal: { grade: "attested" } });
  const vouched = { context: { roots: [[relationDigest(payTable), "attested"]] }, goal: { grade: "attested" } };
  expect("accepted", first, holds(atom("pay", ...PAY[0])), vouched);
  expect("row_not_found", payRow(PAY[1], readPay([s("anne")])), holds(atom("pay", ...PAY[1])));
  expect("accepted", payRow(PAY[2], readPay([], "1")), holds(atom("pay", ...PAY[2])));
  expect("not_comparable", payRow(PAY[2], readPay([n(5)], "1")), holds(atom("pay", ...PAY[2])));
  expect("not_comparable", payRow(PAY[2], readPay([PAY[2][1]], "1")), holds(atom("pay", ...PAY[2])));
  const none = readPay([s("dora")]);
  const goals = [{ kind: "not_derivable", atom: atom("pay", s("dora"), X) }];
  expect("accepted", none, goals);
  expect("range_not_complete", { ...none, prefix: [s("bob")] }, goals);
  expect("wrong_goal", none, [{ kind: "not_derivable", atom: atom("pay", s("anne"), X) }]);
  expect("wrong_root", { ...none, index: "1", prefix: [] }, goals);
  expect("rows_missing", { ...none, index: "2" }, goals);
  expect("rows_missing", { ...none, predicate: "cold/1" }, goals);
  expect("malformed_tree", { ...none, tree: {} }, goals);
  expect("malformed_value", { ...none, predicate: "?/2" }, goals);

  const shown = reveal(first);
  expect("accepted", shown, holds(atom("pay", s("anne"), n(3000))));
  expect("wrong_salt", reveal(first, { value: n(3001) }), holds(atom("pay", s("anne"), n(3001))));
  expect("wrong_salt", reveal(first, { column: "0" }), holds(atom("pay", s("anne"), n(3000))));
  expect("malformed_value", reveal(first, { column: "2" }), holds(atom("pay", s("anne"), n(3000))));
  expect("malformed_value", reveal(first, { salt: SALT.slice(1) }), holds(atom("pay", s("anne"), n(3000))));
  expect("malformed_value", reveal(first, { value: hidden }), holds(atom("pay", s("anne"), n(3000))));
  expect("bad_premise", reveal(assume(atom("pay", ...PAY[0]))), holds(atom("pay", s("anne"), n(3000))));
});

test("assume and claim", () => {
  const shown = apply(use(kind), [["X", s("bob")]], assume(atom("cold", s("bob"))));
  const wanted = holds(atom("kind", s("bob")));
  expect("assumption_not_allowed", shown, wanted);
  expect("accepted", shown, wanted, { goal: { assumptions: [atom("cold", s("bob"))] } });
  expect("malformed_value", assume(atom("cold", X)), wanted);
  const claim = { by: "claim", premises: [], atom: atom("cold", s("bob")), model: "m", probability: n("9/10") };
  expect("accepted", claim, holds(atom("cold", s("bob"))));
  expect("grade_too_low", claim, holds(atom("cold", s("bob"))), { goal: { grade: "attested" } });
  expect("malformed_value", { ...claim, probability: n("11/10") }, holds(atom("cold", s("bob"))));
  expect("malformed_value", { ...claim, model: "" }, holds(atom("cold", s("bob"))));
  expect("malformed_value", { ...claim, atom: atom("cold", s("!b")) }, holds(atom("cold", s("bob"))));
  const { report } = run(proof(conclude(claim)), context(THEORY), goal(holds(atom("cold", s("bob")))));
  assert.deepEqual(report.claims, [[atom("cold", s("bob")), "m", n("9/10")]]);
});

const lateTable = (premises = [use(late), use(ended)], more = {}) => ({
  by: "tables", premises: [whole, ...premises], answers: [[]], orders: [], patterns: [atom("late", X)], ...more,
});

test("absence", () => {
  const shown = (table) => apply(use(fine), anne, fact(cold), table);
  const wanted = holds(atom("fine", s("anne")));
  expect("accepted", shown(lateTable()), wanted);
  expect("clause_missing", shown(lateTable([use(late)])), wanted);
  const on = { context: { now: "2024-06-02" } };
  expect("unlisted_answer", shown(lateTable()), wanted, on);
  expect("listed_as_answer", shown(lateTable(undefined, { answers: [[atom("late", s("anne"))]] })), wanted, on);
  expect("not_covered", shown(lateTable(undefined, { patterns: [atom("late", s("bob"))] })), wanted);
  const open = { by: "tables", premises: [whole, use(warm)], answers: [[atom("late", s("bob"))]], orders: [], patterns: [["~cold/1", [X]]] };
  expect("bad_answers", shown(open), wanted);
  const assumed = apply(use(fine), anne, assume(atom("cold", s("anne"))), lateTable());
  expect("assumption_in_closure", assumed, wanted, { goal: { assumptions: [atom("cold", s("anne"))] } });
});

test("defaults: absence from an open table", () => {
  const theory = { clauses: [clause(atom("fly", X), [plus("bird", X), minus("sick", X)]), clause(atom("bird", s("t")))] };
  const opened = theoryStep(theory, ["fly/1", "bird/1", "sick/1"]);
  const sick = { by: "tables", premises: [opened], answers: [[]], orders: [], patterns: [atom("sick", X)] };
  const shown = apply(use(theory.clauses[0], opened), [["X", s("t")]], apply(use(theory.clauses[1], opened), []), sick);
  const wanted = holds(atom("fly", s("t")));
  expect("default_not_allowed", shown, wanted, {}, theory);
  expect("accepted", shown, wanted, { goal: { defaults: ["sick/1"] } }, theory);
  expect("accepted", shown, wanted, { goal: { defaults: ["*"] } }, theory);
  const refuted = [{ kind: "refuted", atom: atom("sick", s("t")) }];
  expect("not_closed", sick, refuted, {}, theory);
});

test("contested and refuted", () => {
  const opposite = assume(["~cold/1", [s("anne")]]);
  const more = { goal: { assumptions: [["~cold/1", [s("anne")]]] } };
  const both = { by: "contested", premises: [fact(cold), opposite] };
  expect("accepted", both, [{ kind: "contested", atom: atom("cold", s("anne")) }], more);
  expect("premise_mismatch", { by: "contested", premises: [fact(cold), fact(warm)] }, holds(atom("cold", s("anne"))));
  const closed = lateTable();
  expect("accepted", closed, [{ kind: "refuted", atom: atom("late", s("anne")) }]);
  expect("wrong_goal", closed, [{ kind: "refuted", atom: atom("cold", s("anne")) }]);
});

test("each", () => {
  const body = [atom("cold", X)];
  const head = atom("kind", X);
  const shown = apply(use(kind), [["X", s("!X")]], assume(atom("cold", s("!X"))));
  const each = { by: "each", premises: [whole, shown], body, head };
  expect("accepted", each, [{ kind: "each", body, head }]);
  expect("wrong_goal", each, [{ kind: "each", body, head: atom("kind", v("Y")) }]);
  expect("assumption_not_allowed", { ...each, body: [atom("late", X)] }, [{ kind: "each", body, head }]);
  expect("unbound_variable", { ...each, body: [] }, [{ kind: "each", body, head }]);
  expect("premise_mismatch", { ...each, head: atom("cold", X) }, [{ kind: "each", body, head }]);
  const theory = { ...THEORY, pending: [{ bears: [], kind: "unread", sentence: "?" }] };
  const opened = theoryStep(theory, ALL);
  const pending = { ...each, premises: [opened, apply(use(kind, opened), [["X", s("!X")]], assume(atom("cold", s("!X"))))] };
  expect("pending_sentence", pending, [{ kind: "each", body, head }], {}, theory);
});

test("uncontested", () => {
  const shown = apply(use(kind), anne, fact(cold));
  const table = { by: "tables", premises: [whole, use(warm)], answers: [[["~cold/1", [s("bob")]]]], orders: [], patterns: [["~cold/1", [X]]] };
  const sure = (...tables) => ({ by: "uncontested", premises: [whole, shown, ...tables] });
  const wanted = [{ kind: "proved", atom: atom("kind", s("anne")) }];
  expect("accepted", sure(table), wanted);
  expect("wrong_goal", shown, wanted);
  expect("contest_not_excluded", sure(), wanted);
  const listed = { ...table, answers: [[["~cold/1", [s("bob")]], ["~cold/1", [s("anne")]]]] };
  expect("contest_not_excluded", sure(listed), wanted);
  const elsewhere = theoryStep(THEORY, ["pay/2"]);
  expect("not_opened", { by: "uncontested", premises: [elsewhere, shown] }, wanted);
  const theory = { clauses: [cold], pending: [{ bears: ["~cold/1"], kind: "unread", sentence: "?" }] };
  const opened = theoryStep(theory, ["cold/1", "~cold/1"]);
  const bearing = { by: "uncontested", premises: [opened, apply(use(cold, opened), [])] };
  expect("pending_sentence", bearing, [{ kind: "proved", atom: atom("cold", s("anne")) }], {}, theory);
});

test("questions", () => {
  const question = [clause(["?/1", [X]], [plus("cold", X)])];
  const ask = { by: "ask", premises: [], index: "0" };
  const shown = apply(ask, anne, fact(cold));
  expect("accepted", shown, holds(["?/1", [s("anne")]]), { goal: { question } });
  expect("clause_not_in_theory", apply({ ...ask, index: "1" }, anne, fact(cold)), holds(["?/1", [s("anne")]]), { goal: { question } });
  expect("malformed_value", { ...ask, index: "01" }, holds(["?/1", [s("anne")]]), { goal: { question } });
  expect("malformed_goal", shown, holds(["?/1", [s("anne")]]), { goal: { question: [cold] } });
  expect("bad_premise", { by: "contested", premises: [shown, shown] }, holds(["?/1", [s("anne")]]), { goal: { question } });
});

test("shapes, references and order", () => {
  const a = atom("cold", s("anne"));
  const step = { atom: a, by: "assume", premises: [] };
  const last = { by: "conclude", premises: ["0"] };
  const allowed = goal(holds(a), { assumptions: [a] });
  const of = (document, c = context({}), g = allowed) => {
    const { accepted, kind: why, step: at } = run(document, c, g);
    return accepted ? "accepted" : `${why} ${at}`.trim();
  };
  const steps = (...list) => of({ quod: "1", steps: list });
  assert.equal(steps(step, last), "accepted");
  assert.equal(of({ quod: "2", steps: [step, last] }), "malformed_proof");
  assert.equal(of({ quod: "1", steps: [] }), "malformed_proof");
  assert.equal(of({ quod: "1", steps: [step, last], more: "" }), "malformed_proof");
  assert.equal(of([]), "malformed_proof");
  assert.equal(steps(step, "conclude"), "malformed_step 1");
  assert.equal(steps({}, last), "malformed_step 0");
  assert.equal(steps(step, { ...last, by: "constructor" }), "malformed_step 1");
  assert.equal(steps(step, { ...last, extra: "" }), "malformed_step 1");
  assert.equal(steps(step, { ...last, premises: "0" }), "malformed_step 1");
  assert.equal(steps(step, { ...last, premises: [["0"]] }), "malformed_step 1");
  for (const reference of ["1", "00", "-1", "", "x", "9".repeat(200)])
    assert.equal(steps(step, { ...last, premises: [reference] }), "bad_reference 1");
  assert.equal(steps({ ...step, atom: "x" }, { ...last, premises: ["1"] }), "bad_reference 1");
  assert.equal(steps(step, step, last), "not_post_order");
  assert.equal(steps(step, step, { ...last, premises: ["1", "0"] }), "not_post_order");
  assert.equal(steps(step), "wrong_goal 0");
  assert.equal(steps({ ...step, atom: "x" }, last), "malformed_value 0");
  assert.equal(steps(step, last, { ...last, premises: ["1"] }), "bad_premise 1");
  assert.equal(steps(step, { ...last, premises: ["0", "0"] }), "wrong_goal 1");
  const document = { quod: "1", steps: [step, last] };
  assert.equal(of(document, context({}, { fuel: "1" })), "fuel_exhausted 1");
  assert.equal(of(document, context({}, { fuel: "2" })), "accepted");
  for (const more of [{ fuel: "01" }, { fuel: "-1" }, { now: "2024-02-30" }, { theory: "x" }, { roots: [["x", "proved"]] }, { extra: "" }])
    assert.equal(of(document, context({}, more)), "malformed_context");
  const pattern = atom("p", X, X);
  const malformed = [
    { goals: [] }, { grade: "best" }, { defaults: ["p"] }, { defaults: ["*", "p/1"] }, { assumptions: [a, "x"] }, { question: "x" }, { more: "" },
    { goals: holds(atom("p", X)) }, { goals: [{ kind: "not_derivable", atom: pattern }] }, { goals: [{ kind: "each", atom: a }] }, { goals: [{}] },
    { goals: [{ kind: "exactly", answers: [], closed: "maybe", pattern: a }] }, { goals: [{ kind: "sure", atom: a }] },
  ];
  for (const more of malformed) assert.equal(of(document, context({}), { ...allowed, ...more }), "malformed_goal", write(more));
});

test("eigen symbols, nulls and dates are just terms to apply", () => {
  const theory = { clauses: [clause(atom("p", f("sk:1", X)), [plus("q", X)])] };
  const opened = theoryStep(theory, ["p/1"]);
  const shown = apply(use(theory.clauses[0], opened), [["X", d("2024-01-01")]], assume(atom("q", d("2024-01-01"))));
  expect("accepted", shown, holds(atom("p", f("sk:1", d("2024-01-01")))), { goal: { assumptions: [atom("q", d("2024-01-01"))] } }, theory);
});
