// Commitments: the tree of keys, opening a part of it, the keys of rows, and making roots (commitments).

import { H, Sink, hashed, hashing, quote, reject, unquote } from "./bytes.js";
import { abs, euclid, floorDiv, parseNumber } from "./numbers.js";
import { malformed } from "./values.js";

// ---------------------------------------------------------------- digests of a tree

const emptyDigest = () => hashed(hashing("quod1.empty\n"));

/** `value` is a digest, or "" for none. */
export function leafDigest(key, value) {
  const sink = hashing("quod1.leaf\n").word(key.length).bytes(key);
  return hashed(value ? sink.digest(value) : sink);
}

export const nodeDigest = (bit, left, right) => hashed(hashing("quod1.node\n").word(bit).digest(left).digest(right));

/** A bit of a key; beyond its end, 0. */
export function bitOf(key, bit) {
  const byte = Math.floor(bit / 8);
  return byte < key.length ? (key[byte] >> (7 - (bit & 7))) & 1 : 0;
}

/** The first bit on which two keys differ, at most `limit`; beyond their ends they read as 0. */
export function firstDifference(a, b, limit) {
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
  constructor(root, pruned, keyOf) {
    this.root = root;
    this.pruned = pruned;
    this.keyOf = keyOf;
    this.keys = new Map(); // of samples
  }

  /** Whether every key with this prefix would be among the opened leaves. */
  shows(prefix) {
    const n = 8 * prefix.length;
    return this.pruned.every(({ sample, bit, side }) => {
      const common = Math.min(n, bit);
      return firstDifference(prefix, this.key(sample), common) < common || (bit < n && bitOf(prefix, bit) !== side);
    });
  }

  key(sample) {
    let key = this.keys.get(sample);
    if (!key) this.keys.set(sample, (key = this.keyOf(sample)));
    return key;
  }
}

const badTree = (fields) => reject("malformed_tree", fields);

/**
 * Opens the tree at the reader. `readLeaf` reads what follows the tag of a leaf and gives its digest and its sample, of
 * which `keyOf` makes the key where it is needed.
 */
export function openTree(reader, leafTag, leafParts, readLeaf, keyOf) {
  const stack = [];
  const pruned = [];
  const make = {
    h: () => ({ digest: reader.digest(), sample: null }),
    n: () => openNode(stack, reader, pruned),
    [leafTag]: () => readLeaf(reader),
  };
  reader.each(() => {
    const tag = itemTag(reader, leafTag, leafParts);
    stack.push(make[tag]());
    reader.close();
  });
  if (stack.length === 0) return new Opened(emptyDigest(), pruned, keyOf);
  if (stack.length !== 1 || stack[0].sample === null) badTree({ left: String(stack.length) });
  return new Opened(stack[0].digest, pruned, keyOf);
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

/** The key, or the start of it, of ground cells in this order; `spend` is told the work of cells that take long. */
export function cellsKey(cells, spend = null) {
  const sink = new Sink(32);
  let work = 0;
  for (const cell of cells) {
    const start = sink.length;
    encode(cell, sink);
    work += Math.floor((sink.length - start) / 64);
  }
  spend?.(work);
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

/** The leaf of a predicate: its clauses' digests by position, whether it is closed, its relation; and its own digest. */
export function readLeaf(reader, predicate) {
  const start = reader.at;
  const leaf = reader.record(
    ["clauses", () => reader.list(() => reader.digest())],
    ["closed", () => reader.oneOf("yes", "no") === "yes"],
    ["relation", () => readRelation(reader, predicate.arity)],
  );
  for (let i = 1; i < leaf.clauses.length; i++) if (leaf.clauses[i - 1] >= leaf.clauses[i]) malformed();
  return { leaf, digest: H("predicate", reader.text.slice(start, reader.at)) };
}

const readBears = (reader) => (reader.text.startsWith('"*"', reader.at) ? reader.raw() : reader.ordinary().raw);

/** The pending sentences: what they bear on, and their text for the theory's digest. */
export function readPending(reader) {
  const start = reader.at;
  const bears = new Set();
  let some = false;
  reader.each(() => {
    some = true;
    reader.record(
      ["bears", () => reader.each(() => bears.add(readBears(reader)))],
      ["kind", () => reader.oneOf("unread", "ambiguous", "unused")],
      ["sentence", () => reader.string()],
    );
  });
  return { bears, some, text: reader.text.slice(start, reader.at) };
}

/** The rows tree at the reader, opened for an index: the tree and the rows' cells. */
export function openRows(reader, arity, order, spend) {
  const rows = [];
  const keyOf = (cells, spent) => cellsKey(order.map((column) => cells[column]), spent);
  const open = () => {
    const cells = reader.list(() => reader.groundTerm());
    if (cells.length !== arity) malformed({ cells: String(cells.length) });
    rows.push(cells);
    return { digest: leafDigest(keyOf(cells, spend), ""), sample: cells };
  };
  return { tree: openTree(reader, "r", 2, open, keyOf), rows };
}

/** The predicates tree at the reader: the tree and the opened leaves. */
export function openPredicates(reader) {
  const leaves = new Map();
  const keyOf = (predicate) => predicateKey(predicate.text);
  const open = () => {
    const predicate = reader.ordinary();
    reader.comma();
    const { leaf, digest } = readLeaf(reader, predicate);
    leaves.set(predicate, leaf);
    return { digest: leafDigest(keyOf(predicate), digest), sample: predicate };
  };
  return { tree: openTree(reader, "l", 3, open, keyOf), leaves };
}

/** The digest of a theory from the text of its pending sentences and the root of its predicates. */
export function rootedTheoryDigest(pending, root) {
  return H("theory", `{"pending":${pending},"predicates":${quote(root)}}`);
}
