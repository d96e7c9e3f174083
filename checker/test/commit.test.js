import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";

import { Rejection } from "../bytes.js";
import { cellsKey, leafDigest, openRows, openTree } from "../commit.js";
import { Reader, Values } from "../values.js";
import { d, f, n, openedItems, rowsTree, s, t, terms } from "./build.js";
import { cellDigest, indexRoot, treeRoot, write } from "./roots.js";

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
const key = (term) => cellsKey(terms([term]));
const sha = (...parts) => createHash("sha256").update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest();

test("cells are encoded as the table says", () => {
  assert.equal(hex(key(["b", "false"])), "0100");
  assert.equal(hex(key(n(0))), "028000");
  assert.equal(hex(key(n(1))), "02810100");
  assert.equal(hex(key(n(256))), "0282010000");
  assert.equal(hex(key(n(-1))), "027ffe00");
  assert.equal(hex(key(n("1/2"))), "02807efdff"); // [0; 2]
  assert.equal(hex(key(n("7/3"))), "0281027efcff"); // [2; 3]
  assert.equal(hex(key(n("2/3"))), "02807efe810200"); // [0; 1, 2]
  assert.equal(hex(key(d("2024-01-02"))), "03" + hex(Buffer.from("2024-01-02")));
  assert.equal(hex(key(["u", "-1", "300"])), "047ffe82012c");
  assert.equal(hex(key(s("ab"))), "05616200");
  assert.equal(hex(key(t(""))), "0600");
  assert.equal(hex(key(f("g", s("a"), n(0)))), "07670005610002800000");
  const cell = cellDigest("0123456789abcdef", n(1));
  assert.equal(hex(key(["h", cell])), "08" + hex(Buffer.from(cell)));
});

test("the encoding keeps the order of numbers", () => {
  const numbers = [];
  for (let a = -40; a <= 40; a++)
    for (let b = 1; b <= 12; b++) {
      const gcd = (x, y) => (y ? gcd(y, x % y) : Math.abs(x));
      if (gcd(a, b) === 1) numbers.push([a / b, b === 1 ? String(a) : `${a}/${b}`]);
    }
  for (const big of [255n, 256n, 65535n, 65536n, 10n ** 40n, 10n ** 299n]) {
    numbers.push([Number(big), String(big)], [-Number(big), String(-big)]);
    numbers.push([1 / Number(big), `1/${big}`], [-1 / Number(big), `-1/${big}`]);
  }
  numbers.sort(([a], [b]) => a - b);
  const keys = numbers.map(([, text]) => Buffer.from(key(n(text))));
  for (let i = 1; i < keys.length; i++) assert.equal(Buffer.compare(keys[i - 1], keys[i]), -1, numbers[i].join(" "));
});

test("long fractions have the continued fraction that plain division gives", () => {
  let seed = 7n;
  const random = (digits) => {
    seed = (seed * 6364136223846793005n + 1442695040888963407n) % (1n << 64n);
    return (seed ** 20n % 10n ** BigInt(digits)) + 1n;
  };
  for (let i = 0; i < 200; i++) {
    let a = random(1 + i);
    let b = random(200 - i) + 1n;
    const gcd = (x, y) => (y ? gcd(y, x % y) : x);
    const common = gcd(a, b);
    [a, b] = [a / common, b / common];
    if (b === 1n) continue;
    let wanted = "02";
    for (let k = 0, x = a, y = b; ; k++) {
      const q = x / y;
      let bytes = q.toString(16);
      if (bytes.length % 2) bytes = "0" + bytes;
      let part = q === 0n ? "80" : (0x80 + bytes.length / 2).toString(16) + bytes;
      if (k % 2) part = hex(Buffer.from(part, "hex").map((byte) => byte ^ 255));
      wanted += part;
      [x, y] = [y, x % y];
      if (y === 0n) {
        wanted += k % 2 ? "ff" : "00";
        break;
      }
    }
    assert.equal(hex(key(n(`${a}/${b}`))), wanted);
  }
});

test("roots of small trees, by hand", () => {
  const leaf = (k, value = []) => sha("quod1.leaf\n", [0, 0, 0, k.length], k, value);
  const node = (bit, left, right) => sha("quod1.node\n", [0, 0, 0, bit], left, right);
  const entry = (...bytes) => ({ key: Uint8Array.from(bytes), value: "" });
  assert.equal(treeRoot([]), base64url(sha("quod1.empty\n")));
  assert.equal(treeRoot([entry(5)]), base64url(leaf([5])));
  const wanted = node(0, node(6, node(7, leaf([0]), leaf([1])), leaf([2])), leaf([0x80]));
  assert.equal(treeRoot([entry(2), entry(0x80), entry(1), entry(0)]), base64url(wanted));
});

function open(items, arity, order) {
  const reader = new Reader(write(items), new Values());
  return openRows(reader, arity, order);
}

function kindOf(act) {
  try {
    act();
    return "";
  } catch (error) {
    if (error instanceof Rejection) return error.kind;
    throw error;
  }
}

test("every range of a relation can be opened, and shows just itself", () => {
  const rows = [];
  for (let i = 0; i < 6; i++) for (let j = 0; j < 5; j++) if ((i * j) % 3 !== 1) rows.push([s("k" + i), n(j)]);
  for (const order of [[0, 1], [1, 0]]) {
    const root = indexRoot(rows, order);
    const firsts = order[0] === 0 ? ["k0", "k3", "k9", "a"].map(s) : [0, 4, 7, "1/2"].map(n);
    for (const prefix of [[], ...firsts.map((first) => [first])]) {
      const { tree, rows: shown } = open(rowsTree(rows, order, prefix), 2, order);
      assert.equal(tree.root, root);
      assert.ok(tree.shows(cellsKey(terms(prefix))));
      const wanted = rows.filter((row) => prefix.every((cell, i) => write(row[order[i]]) === write(cell)));
      if (wanted.length > 0) assert.equal(shown.length, wanted.length);
      if (prefix.length > 0) assert.ok(!tree.shows(new Uint8Array(0)));
      const other = order[0] === 0 ? s("k1") : n(1);
      if (prefix.length > 0) assert.ok(!tree.shows(cellsKey(terms([other]))));
    }
  }
});

test("trees that are none", () => {
  const h = ["h", "A".repeat(43)];
  const r = (name) => ["r", [s(name)]];
  const kind = (items) => kindOf(() => open(items, 1, [0]));
  assert.equal(kind([]), "");
  assert.equal(kind([r("a")]), "");
  for (const items of [
    [h], [h, h, ["n", "3"]], [r("a"), r("b")], [r("a"), ["n", "3"]], [["n", "3"]], [["x", "y"]], ["h"], [[]], [["h"]], [{}],
    [["l", "p/1", {}]], [["h", "A".repeat(43), ""]], [["r"]], [["hh", "a"]], [[["h"], "A".repeat(43)]],
  ])
    assert.equal(kind(items), "malformed_tree", write(items));
  for (const items of [
    [["h", "A"]], [r("a"), h, ["n", "03"]], [r("a"), h, ["n", "42949672960"]], [["r", [["v", "X"]]]], [["r", [s("a"), s("b")]]], [["r", "a"]],
    [r("a"), h, ["n", ["3"]]], [["r", [s("")]]],
  ])
    assert.equal(kind(items), "malformed_value", write(items));
});

test("a tree of the map kind takes values", () => {
  const entries = ["p", "q", "r"].map((name) => ({
    key: Uint8Array.from([name.charCodeAt(0), 0]), value: cellDigest("0123456789abcdef", s(name)), item: ["l", name, name],
  }));
  const items = openedItems(entries, ({ item }) => item[1] === "q");
  const reader = new Reader(write(items), new Values());
  const tree = openTree(reader, "l", 3, () => {
    const name = reader.string();
    reader.comma();
    reader.string();
    const { key: bytes, value } = entries.find(({ item }) => item[1] === name);
    return { digest: leafDigest(bytes, value), sample: bytes };
  }, (bytes) => bytes);
  assert.equal(tree.root, treeRoot(entries));
  assert.ok(tree.shows(Uint8Array.of(0x71, 0)) && !tree.shows(Uint8Array.of(0x70, 0)));
});
