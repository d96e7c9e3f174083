// What each step of a proof concludes, as far as drawing it needs. Nothing is verified here: the checker does that.

import { instance } from "./notation.js";

/** The proof, context and goal as values; throws when they are none. */
export function parsed(answer) {
  const { steps } = JSON.parse(answer.proof);
  const goal = JSON.parse(answer.goal);
  const context = JSON.parse(answer.context);
  const premises = steps.map((step, at) => step.premises.map((each) => earlier(each, at)));
  const shown = [];
  steps.forEach((step, at) => shown.push(conclusion(step, premises[at].map((each) => shown[each]), goal)));
  return { steps, premises, shown, goal, context };
}

function earlier(reference, at) {
  const n = Number(reference);
  if (!(Number.isInteger(n) && n >= 0 && n < at)) throw new Error("a reference to no earlier step");
  return n;
}

const CONCLUDES = new Map(Object.entries({
  theory: (step) => ({ kind: "theory", leaves: leavesOf(step.tree), pending: step.pending }),
  clause: (step) => ({ kind: "clause", clause: step.clause }),
  ask: (step, _, goal) => ({ kind: "clause", clause: goal.question[Number(step.index)], asked: true }),
  rows: (step, [theory]) => ({
    kind: "rows",
    predicate: step.predicate,
    prefix: step.prefix,
    relation: theory.leaves.get(step.predicate)?.relation ?? "",
    order: theory.leaves.get(step.predicate)?.relation?.indexes?.[Number(step.index)]?.[0] ?? [],
    rows: step.tree.filter((item) => item[0] === "r").map((item) => item[1]),
  }),
  row: (step, [rows]) => ({ kind: "holds", atom: [rows.predicate, step.args] }),
  reveal: (step, [from]) => ({ kind: "holds", atom: opened(from.atom, step) }),
  assume: (step) => ({ kind: "holds", atom: step.atom }),
  claim: (step) => ({ kind: "holds", atom: step.atom }),
  apply: (step, [by]) => ({ kind: "holds", atom: instance(by.clause.head, new Map(step.bindings)) }),
  contested: (step, [one]) => ({ kind: "contested", atom: one.atom }),
  each: (step) => ({ kind: "each", body: step.body, head: step.head }),
  uncontested: (step, [, from]) => ({ ...from, uncontested: true }),
  tables: (step, [theory]) => ({ kind: "table", patterns: step.patterns, answers: step.answers, leaves: theory.leaves }),
  exact: (step, [from]) => ({ ...from, exact: true }),
  conclude: () => ({ kind: "end" }),
}));

function conclusion(step, premises, goal) {
  return CONCLUDES.get(step.by)(step, premises, goal);
}

function leavesOf(tree) {
  return new Map(tree.filter((item) => item[0] === "l").map((item) => [item[1], item[2]]));
}

function opened([predicate, args], step) {
  return [predicate, args.map((cell, i) => (i === Number(step.column) ? step.value : cell))];
}
