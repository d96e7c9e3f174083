// Making roots and digests of theories and relations, given as documents.

import { H, compareUtf8, quote } from "../bytes.js";
import { bitOf, cellsKey, firstDifference, leafDigest, nodeDigest, openRows, predicateKey, rootedTheoryDigest } from "../commit.js";
import { Reader, Values } from "../values.js";

const EMPTY = openRows(new Reader("[]", new Values()), 0, []).tree.root;

/** Canonical JSON of strings, arrays and plain objects. */
export function write(value) {
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return "[" + value.map(write).join(",") + "]";
  const keys = Object.keys(value).sort(compareUtf8);
  return "{" + keys.map((key) => quote(key) + ":" + write(value[key])).join(",") + "}";
}

/** The root of the tree of these `{key, value}` entries (`value` a digest or ""); keys distinct, none a prefix of another. */
export function treeRoot(entries) {
  if (entries.length === 0) return EMPTY;
  const compare = (a, b) => bitOf(a, firstDifference(a, b, Infinity)) - bitOf(b, firstDifference(a, b, Infinity));
  const sorted = [...entries].sort((a, b) => compare(a.key, b.key));
  const digests = [];
  const bits = []; // where each waiting digest parts from the next one
  const join = () => {
    const right = digests.pop();
    digests.push(nodeDigest(bits.pop(), digests.pop(), right));
  };
  sorted.forEach(({ key, value }, i) => {
    if (i > 0) {
      const bit = firstDifference(sorted[i - 1].key, key, Infinity);
      while (bits.length > 0 && bits[bits.length - 1] > bit) join();
      bits.push(bit);
    }
    digests.push(leafDigest(key, value));
  });
  while (bits.length > 0) join();
  return digests[0];
}

function readTerms(cells) {
  const values = new Values();
  return cells.map((cell) => new Reader(write(cell), values).groundTerm());
}

/** The root of an index over rows (arrays of terms as documents), for an order of column numbers. */
export function indexRoot(rows, order) {
  const key = (row) => cellsKey(order.map((column) => readTerms([row[column]])[0]));
  return treeRoot(rows.map((row) => ({ key: key(row), value: "" })));
}

/** The relation object of rows, with one index for each of the orders. */
export function relation(columns, rows, orders, key = [], secret = []) {
  return {
    columns,
    count: String(rows.length),
    indexes: orders.map((order) => [order.map(String), indexRoot(rows, order)]),
    key: key.map(String),
    private: secret.map(String),
  };
}

export const relationDigest = (object) => H("relation", write(object));
export const clauseDigest = (clause) => H("clause", write(clause));
export const cellDigest = (salt, term) => H("cell", write([salt, term]));

/** The leaves of a theory, as `[predicate, leaf]` in order: one for each head, relation and closed predicate. */
export function theoryLeaves({ clauses = [], relations = [], closed = [] }) {
  const digests = new Map([...relations.map(([p]) => p), ...closed].map((predicate) => [predicate, new Set()]));
  for (const clause of clauses) {
    const [predicate] = clause.head;
    if (!digests.has(predicate)) digests.set(predicate, new Set());
    digests.get(predicate).add(clauseDigest(clause));
  }
  const tables = new Map(relations);
  return [...digests.keys()].sort(compareUtf8).map((predicate) => {
    const found = [...digests.get(predicate)].sort();
    const isClosed = closed.includes(predicate) ? "yes" : "no";
    return [predicate, { clauses: found, closed: isClosed, relation: tables.get(predicate) ?? "" }];
  });
}

/** The digest of a theory from its clauses, relations (`[predicate, object]`), closed predicates and pending sentences. */
export function theoryDigest(theory) {
  const leaves = theoryLeaves(theory).map(([predicate, leaf]) => ({
    key: predicateKey(predicate),
    value: H("predicate", write(leaf)),
  }));
  const pending = [...new Set((theory.pending ?? []).map(write))].sort(compareUtf8);
  return rootedTheoryDigest(`[${pending.join(",")}]`, treeRoot(leaves));
}
