// Commitments: the tree of keys, opening a part of it, the keys of rows, and making roots (commitments).

import {
  H, Sink, compareUtf8, fromBase64url, hashBytes, hashed, hashing, quote, reject, toBase64url, unquote, write,
} from "./bytes.js";
import { abs, euclid, floorDiv, parseNumber } from "./numbers.js";
import { Reader, Values, malformed } from "./values.js";

// ---------------------------------------------------------------- digests of a tree

const NO_VALUE = new Uint8Array(0);

export const emptyDigest = () => hashed(hashing("quod1.empty\n"));

const leafDigest = (key, value) => hashed(hashing("quod1.leaf\n").word(key.length).bytes(key).bytes(value));

const nodeDigest = (bit, left, right) => hashed(hashing("quod1.node\n").word(bit).bytes(left).bytes(right));

/** A bit of a key; beyond its end, 0. */
function bitOf(key, bit) {
  const byte = Math.floor(bit / 8);
  return byte < key.length ? (key[byte] >> (7 - (bit & 7))) & 1 : 0;
}

/** The first bit on which two keys differ, at most `limit`; beyond their ends they read as 0. */
function firstDifference(a, b, limit) {
  const bytes = Math.ceil(Math.min(limit, 8 * Math.max(a.length, b.length)) / 8);
  for (let i = 0; i < bytes; i++) {
    const x = (a[i] ?? 0) ^ (b[i] ?? 0);
    if (x !== 0) return Math.min(limit, 8 * i + Math.clz32(x) - 24);
  }
  return limit;
}

// ---------------------------------------------------------------- opening a part

/** A tree of which a part was shown: its root digest, and the pruned subtrees as (sample, bit, side). */
export class Opened {
  constructor(root, pruned) {
    this.root = root;
    this.pruned = pruned;
  }

  /** Whether every key with this prefix would be among the opened leaves. */
  shows(prefix) {
    const n = 8 * prefix.length;
    return this.pruned.every(({ sample, bit, side }) => {
      const common = Math.min(n, bit);
      return firstDifference(prefix, sample, common) < common || (bit < n && bitOf(prefix, bit) !== side);
    });
  }
}

const badTree = (fields) => reject("malformed_tree", fields);

/** Opens the tree at the reader. `readLeaf` reads what follows the tag of a leaf and gives its key and value. */
export function openTree(reader, leafTag, leafParts, readLeaf) {
  const stack = [];
  const pruned = [];
  const make = {
    h: () => ({ digest: fromBase64url(reader.digest()), sample: null }),
    n: () => openNode(stack, reader, pruned),
    [leafTag]: () => {
      const { key, value } = readLeaf(reader);
      return { digest: leafDigest(key, value), sample: key };
    },
  };
  reader.list(() => {
    const tag = itemTag(reader, leafTag, leafParts);
    stack.push(make[tag]());
    reader.close();
  });
  if (stack.length === 0) return new Opened(emptyDigest(), pruned);
  if (stack.length !== 1 || stack[0].sample === null) badTree({ left: String(stack.length) });
  return new Opened(stack[0].digest, pruned);
}

/** The tag of an item of a known form; the reader then stands behind it. */
function itemTag(reader, leafTag, leafParts) {
  if (!reader.is(91)) badTree();
  const start = reader.at++;
  let parts = 0;
  let tag = "";
  if (reader.is(34)) tag = reader.text[reader.at + 1];
  if (!reader.is(93)) {
    do {
      const from = reader.skip();
      if (++parts === 1 && reader.at !== from + 3) tag = "";
    } while (reader.more());
  }
  const wanted = tag === "h" || tag === "n" ? 2 : tag === leafTag ? leafParts : 0;
  if (parts !== wanted || wanted === 0) badTree({ tag });
  reader.at = start + 5; // behind `["x",`
  return tag;
}

function openNode(stack, reader, pruned) {
  if (stack.length < 2) badTree();
  const bit = reader.natural();
  if (bit > 0xffffffff) badTree({ bit: String(bit) });
  const right = stack.pop();
  const left = stack.pop();
  if (left.sample === null && right.sample === null) badTree();
  if (left.sample === null) pruned.push({ sample: right.sample, bit, side: 0 });
  if (right.sample === null) pruned.push({ sample: left.sample, bit, side: 1 });
  return { digest: nodeDigest(bit, left.digest, right.digest), sample: left.sample ?? right.sample };
}

// ---------------------------------------------------------------- keys

export function predicateKey(text) {
  return new Sink(text.length + 1).text(text).byte(0).taken();
}

/** The key, or the start of it, of ground cells in this order. */
export function cellsKey(cells) {
  const sink = new Sink(32);
  for (const cell of cells) encode(cell, sink);
  return sink.taken();
}

/** The encoding of one ground term, which keeps the order within its sort. */
function encode(term, sink) {
  switch (term.sort) {
    case "b":
      return sink.byte(1).byte(term.content() === "true" ? 1 : 0);
    case "n":
      return encodeNumber(parseNumber(term.content()), sink.byte(2));
    case "d":
      return sink.byte(3).text(term.content());
    case "u": {
      const [months, days] = term.content();
      sink.byte(4);
      encodeInteger(BigInt(months), sink, 0);
      return encodeInteger(BigInt(days), sink, 0);
    }
    case "s":
      return sink.byte(5).text(term.content()).byte(0);
    case "t":
      return sink.byte(6).text(term.content()).byte(0);
    case "f":
      sink.byte(7).text(unquote(term.name)).byte(0);
      for (const arg of term.args) encode(arg, sink);
      return sink.byte(0);
    default:
      return sink.byte(8).text(term.content());
  }
}

/** The continued fraction; the odd terms complemented, as a larger one makes the number smaller. */
function encodeNumber({ n, d }, sink) {
  const whole = floorDiv(n, d);
  const quotients = [];
  euclid(d, n - whole * d, quotients);
  encodeInteger(whole, sink, 0);
  for (let i = 0; i < quotients.length; i++) encodeInteger(quotients[i], sink, i & 1 ? 0 : 0xff);
  return sink.byte(quotients.length & 1 ? 0xff : 0);
}

/** I(n), each byte xor `flip`. */
function encodeInteger(n, sink, flip) {
  if (n >= 0 && n < 256) {
    if (Number(n) === 0) return sink.byte(0x80 ^ flip);
    return sink.byte(0x81 ^ flip).byte(Number(n) ^ flip);
  }
  let hex = abs(BigInt(n)).toString(16);
  if (hex.length & 1) hex = "0" + hex;
  const length = hex.length / 2;
  sink.byte((n < 0 ? 0x80 - length : 0x80 + length) ^ flip);
  const mask = n < 0 ? 0xff ^ flip : flip;
  for (let i = 0; i < hex.length; i += 2) sink.byte(parseInt(hex.slice(i, i + 2), 16) ^ mask);
  return sink;
}

// ---------------------------------------------------------------- leaves of a theory

const readColumn = (arity) => (reader) => {
  const column = reader.natural();
  return column < arity ? column : malformed({ column: String(column) });
};

function readIndex(reader, arity) {
  reader.open();
  const order = reader.list(readColumn(arity));
  if (order.length !== arity || new Set(order).size !== arity) malformed();
  reader.comma();
  const root = reader.digest();
  reader.close();
  return { order, root };
}

/** A relation object, or null for `""`. */
function readRelation(reader, arity) {
  if (reader.is(34)) return reader.string() === "" ? null : malformed();
  const start = reader.at;
  const relation = reader.record(
    ["columns", () => reader.list(() => reader.string())],
    ["count", () => reader.natural()],
    ["indexes", () => reader.list(() => readIndex(reader, arity))],
    ["key", () => reader.list(readColumn(arity))],
    ["private", () => reader.list(readColumn(arity))],
  );
  const { columns, indexes } = relation;
  if (columns.length !== arity || new Set(columns).size !== arity || indexes.length === 0) malformed();
  return { indexes, secret: new Set(relation.private), digest: H("relation", reader.text.slice(start, reader.at)) };
}

/** The leaf of a predicate: its clauses' digests by position, whether it is closed, its relation. */
export function readLeaf(reader, predicate) {
  const start = reader.at;
  const leaf = reader.record(
    ["clauses", () => reader.list(() => reader.digest())],
    ["closed", () => reader.oneOf("yes", "no") === "yes"],
    ["relation", () => readRelation(reader, predicate.arity)],
  );
  for (let i = 1; i < leaf.clauses.length; i++) if (leaf.clauses[i - 1] >= leaf.clauses[i]) malformed();
  leaf.has = new Set(leaf.clauses);
  leaf.hash = hashBytes("predicate", reader.text.slice(start, reader.at));
  return leaf;
}

/** The pending sentences: what they bear on, and their text for the theory's digest. */
export function readPending(reader) {
  const start = reader.at;
  let before = null;
  const bears = reader.list(() => {
    const from = reader.at;
    const entry = reader.record(
      ["bears", () => reader.list(() => (reader.text.startsWith('"*"', reader.at) ? reader.raw() : reader.ordinary().raw))],
      ["kind", () => reader.oneOf("unread", "ambiguous", "unused")],
      ["sentence", () => reader.string()],
    );
    const text = reader.text.slice(from, reader.at);
    if (before !== null && compareUtf8(before, text) >= 0) malformed();
    before = text;
    return entry.bears;
  });
  return { bears: new Set(bears.flat()), some: bears.length > 0, text: reader.text.slice(start, reader.at) };
}

/** The rows tree at the reader, opened for an index: the tree and the rows' cells. */
export function openRows(reader, arity, order) {
  const rows = [];
  const tree = openTree(reader, "r", 2, () => {
    const cells = reader.list(() => reader.groundTerm());
    if (cells.length !== arity) malformed({ cells: String(cells.length) });
    rows.push(cells);
    return { key: cellsKey(order.map((column) => cells[column])), value: NO_VALUE };
  });
  return { tree, rows };
}

/** The predicates tree at the reader: the tree and the opened leaves. */
export function openPredicates(reader) {
  const leaves = new Map();
  const tree = openTree(reader, "l", 3, () => {
    const predicate = reader.ordinary();
    reader.comma();
    const leaf = readLeaf(reader, predicate);
    leaves.set(predicate, leaf);
    return { key: predicateKey(predicate.text), value: leaf.hash };
  });
  return { tree, leaves };
}

// ---------------------------------------------------------------- making roots, from documents

/** The root of the tree of these `{key, value}` entries: bytes; keys distinct, none a prefix of another. */
export function treeRoot(entries) {
  if (entries.length === 0) return emptyDigest();
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
  return toBase64url(treeRoot(rows.map((row) => ({ key: key(row), value: NO_VALUE }))));
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
    value: hashBytes("predicate", write(leaf)),
  }));
  const pending = [...new Set((theory.pending ?? []).map(write))].sort(compareUtf8);
  return rootedTheoryDigest(`[${pending.join(",")}]`, treeRoot(leaves));
}

/** The digest of a theory from the text of its pending sentences and the root of its predicates. */
export function rootedTheoryDigest(pending, root) {
  return H("theory", `{"pending":${pending},"predicates":${quote(toBase64url(root))}}`);
}
