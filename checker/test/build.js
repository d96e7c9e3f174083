// Building documents for the tests: terms, clauses, opened trees, proofs in post-order.

import { H } from "../bytes.js";
import { check } from "../check.js";
import { cellsKey, predicateKey } from "../commit.js";
import { Reader, Values } from "../values.js";
import { theoryDigest, theoryLeaves, treeRoot, write } from "./roots.js";

export const s = (name) => ["s", name];
export const t = (text) => ["t", text];
export const n = (number) => ["n", String(number)];
export const d = (date) => ["d", date];
export const v = (name) => ["v", name];
export const f = (name, ...args) => ["f", name, args];
export const atom = (name, ...args) => [`${name}/${args.length}`, args];
export const plus = (name, ...args) => ["+", ...atom(name, ...args)];
export const minus = (name, ...args) => ["-", ...atom(name, ...args)];
export const c = (op, ...args) => ["c", op, args];

export function clause(head, body = [], more = {}) {
  return { body, head, paraphrase: "", reader: "test", sentence: `${head[0]} holds.`, since: "", until: "", ...more };
}

// ---------------------------------------------------------------- trees

const bits = (key) => [...key].map((byte) => byte.toString(2).padStart(8, "0")).join("");

/** The items that open the shown entries (`{key, value, item}`) of a tree. */
export function openedItems(entries, shown) {
  const all = entries.map((entry) => ({ ...entry, bits: bits(entry.key) }));
  const walk = (part) => {
    if (!part.some((entry) => shown(entry))) return [["h", treeRoot(part)]];
    if (part.length === 1) return [part[0].item];
    let bit = 0;
    while (part.every((entry) => entry.bits[bit] === part[0].bits[bit])) bit++;
    const side = (digit) => walk(part.filter((entry) => entry.bits[bit] === digit));
    return [...side("0"), ...side("1"), ["n", String(bit)]];
  };
  return all.length === 0 ? [] : walk(all);
}

/** Opens what starts with each prefix; where nothing does, the entry that is nearest. */
function openAt(entries, prefixes) {
  const shown = new Set();
  for (const prefix of prefixes.map(bits)) {
    const common = ({ key }) => {
      const own = bits(key);
      let i = 0;
      while (i < prefix.length && own[i] === prefix[i]) i++;
      return i;
    };
    const matching = entries.filter((entry) => common(entry) === prefix.length);
    if (matching.length > 0) for (const { key } of matching) shown.add(bits(key));
    else if (entries.length > 0)
      shown.add(bits(entries.reduce((best, entry) => (common(entry) > common(best) ? entry : best)).key));
  }
  return openedItems(entries, (entry) => shown.has(entry.bits));
}

export function terms(cells) {
  const values = new Values();
  return cells.map((cell) => new Reader(write(cell), values).groundTerm());
}

export function rowsTree(rows, order, prefix) {
  const key = (row) => cellsKey(terms(order.map((column) => row[column])));
  const entries = rows.map((row) => ({ key: key(row), value: "", item: ["r", row] }));
  return openAt(entries, [cellsKey(terms(prefix))]);
}

/** The `theory` step of a theory, opened at some predicates. */
export function theoryStep(theory, predicates) {
  const entries = theoryLeaves(theory).map(([predicate, leaf]) => ({
    key: predicateKey(predicate),
    value: H("predicate", write(leaf)),
    item: ["l", predicate, leaf],
  }));
  const pending = [...new Set((theory.pending ?? []).map(write))].sort().map((text) => JSON.parse(text));
  return { by: "theory", premises: [], pending, tree: openAt(entries, predicates.map(predicateKey)) };
}

// ---------------------------------------------------------------- proofs

/** A proof from steps whose premises are steps, numbered in post-order. */
export function proof(last) {
  const numbers = new Map();
  const steps = [];
  const visit = (step) => {
    if (typeof step === "string") return step;
    if (!numbers.has(step)) {
      const premises = step.premises.map(visit);
      numbers.set(step, String(steps.length));
      steps.push({ ...step, premises });
    }
    return numbers.get(step);
  };
  visit(last);
  return { quod: "1", steps };
}

export const conclude = (...premises) => ({ by: "conclude", premises });
export const assume = (a) => ({ by: "assume", premises: [], atom: a });

export function context(theory, more = {}) {
  return { fuel: "100000", now: "2024-06-01", roots: [], theory: theoryDigest(theory), ...more };
}

export function goal(goals, more = {}) {
  return { assumptions: [], defaults: [], goals, grade: "claimed", question: [], ...more };
}

export const run = (proofDocument, contextDocument, goalDocument) =>
  check(write(proofDocument), write(contextDocument), write(goalDocument));

/** Checks the premises of `conclude` against goals; gives "accepted" or the kind of the rejection. */
export function outcome(premises, theory, goals, { context: c = {}, goal: g = {} } = {}) {
  const result = run(proof(conclude(...premises)), context(theory, c), goal(goals, g));
  if (result.kind === "internal") throw new Error(JSON.stringify(result));
  return result.accepted ? "accepted" : result.kind;
}
