import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

import { bundle } from "../bundle.js";
import { check } from "../check.js";
import { atom, c, clause, conclude, context, goal, minus, n, plus, proof, s, theoryStep, v } from "./build.js";
import { write } from "./roots.js";

const X = v("X");
const Y = v("Y");
const clauses = [
  clause(atom("q", s("a"), n("1/2"))),
  clause(atom("p", X, Y), [plus("q", X, Y), minus("r", X), c("lt", Y, n(1)), c("add", Y, n(1), v("Z"))]),
  clause(atom("m", X), [["a", "sum", X, Y, [plus("q", v("W"), Y)]]]),
];
const theory = { clauses, pending: [{ bears: ["z/1"], kind: "unused", sentence: "Zed." }] };
const opened = theoryStep(theory, ["q/2", "p/2", "r/1", "m/1", "~q/2", "~p/2"]);
const use = (stated) => ({ by: "clause", premises: [opened], clause: stated });
const tables = (patterns, answers, premises) => ({ by: "tables", premises: [opened, ...premises], answers, orders: [["0", "0", []]], patterns });
const q = { by: "apply", premises: [use(clauses[0])], bindings: [] };
const qs = tables([atom("q", X, Y)], [[atom("q", s("a"), n("1/2"))]], [use(clauses[0])]);
const r = { ...tables([atom("r", X)], [[]], []), orders: [] };
const p = { by: "apply", premises: [use(clauses[1]), q, r], bindings: [["X", s("a")], ["Y", n("1/2")], ["Z", n("3/2")]] };
const sum = { by: "apply", premises: [use(clauses[2]), { by: "exact", premises: [qs, q] }], bindings: [["X", n("1/2")]] };
const sure = { by: "uncontested", premises: [opened, p] };
const DOCUMENTS = [
  proof(conclude(sure, sum, qs)),
  context(theory),
  goal(
    [
      { kind: "proved", atom: atom("p", s("a"), n("1/2")) },
      { kind: "holds", atom: atom("m", n("1/2")) },
      { kind: "not_derivable", atom: atom("q", s("b"), Y) },
    ],
    { defaults: ["*"] },
  ),
];
const texts = DOCUMENTS.map(write);

test("a proof of everything is accepted, as texts and as bytes", () => {
  const outcome = check(...texts);
  assert.ok(outcome.accepted, JSON.stringify(outcome));
  assert.deepEqual(outcome.report.defaults, ["q/2", "r/1"]);
  assert.deepEqual(check(...texts.map((text) => new TextEncoder().encode(text))), outcome);
});

/** Numbers that look random and are the same in every run. */
function lottery(seed) {
  return (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
}

/** Changes one place of a document: drops, doubles, swaps or replaces a part. */
function mutate(document, random) {
  const copy = JSON.parse(JSON.stringify(document));
  const places = [];
  const visit = (part) => {
    if (typeof part === "string") return;
    for (const key of Object.keys(part)) {
      places.push([part, key]);
      visit(part[key]);
    }
  };
  visit(copy);
  const pick = () => places[random(places.length)];
  const [part, key] = pick();
  const [other, from] = pick();
  const change = random(5);
  if (change === 0 && Array.isArray(part)) part.splice(Number(key), 1);
  else if (change === 1 && Array.isArray(part)) part.splice(Number(key), 0, part[key]);
  else if (change === 2) part[key] = ["", "0", [], {}, "~p/1", ["v", "X"], ["s", "!X"], "-1"][random(8)];
  else part[key] = JSON.parse(JSON.stringify(other[from]));
  return copy;
}

test("changed documents never raise an internal error", () => {
  const random = lottery(11);
  const kinds = new Set();
  for (let i = 0; i < 6000; i++) {
    const changed = [...texts];
    const which = random(8) < 6 ? 0 : 1 + random(2);
    changed[which] = write(mutate(DOCUMENTS[which], random));
    const outcome = check(...changed);
    assert.notEqual(outcome.kind, "internal", JSON.stringify([outcome, changed]));
    kinds.add(outcome.accepted ? "accepted" : outcome.kind);
  }
  assert.ok(kinds.size >= 20, [...kinds].join(" "));
});

test("changed bytes never raise an internal error", () => {
  const random = lottery(5);
  const bytes = new TextEncoder().encode(texts[0]);
  for (let i = 0; i < 2000; i++) {
    const changed = bytes.slice(0, random(4) ? bytes.length : random(bytes.length));
    for (let k = random(3); k >= 0; k--) if (changed.length) changed[random(changed.length)] = random(256);
    assert.notEqual(check(changed, texts[1], texts[2]).kind, "internal");
  }
  for (const odd of [undefined, null, 7, {}, []]) assert.equal(check(odd, odd, odd).accepted, false);
});

test("long chains of literals and of steps are no matter of the stack", () => {
  const long = clause(atom("p"), Array.from({ length: 50_000 }, () => plus("q")));
  const chain = { clauses: [long, clause(atom("q"))] };
  const root = theoryStep(chain, ["p/0", "q/0"]);
  const step = (stated) => ({ by: "clause", premises: [root], clause: stated });
  const table = { by: "tables", premises: [root, step(long), step(chain.clauses[1])], answers: [[atom("p")], [atom("q")]], orders: [], patterns: [atom("p"), atom("q")] };
  const goals = [{ kind: "not_derivable", atom: atom("p") }];
  const outcome = check(...[proof(conclude(table)), context(chain), goal(goals)].map(write));
  assert.equal(outcome.kind, "wrong_goal");
  const rule = clause(atom("s", X), [plus("s", X)]);
  const loop = { clauses: [rule] };
  const from = theoryStep(loop, ["s/1"]);
  const steps = [from, { by: "clause", premises: ["0"], clause: rule }, { by: "assume", premises: [], atom: atom("s", s("a")) }];
  for (let i = 0; i < 60_000; i++) steps.push({ by: "apply", premises: ["1", String(steps.length - 1)], bindings: [["X", s("a")]] });
  steps.push({ by: "conclude", premises: [String(steps.length - 1)] });
  const wanted = goal([{ kind: "holds", atom: atom("s", s("a")) }], { assumptions: [atom("s", s("a"))] });
  // The first premise comes first: theory, clause, assumption are already in post-order.
  const documents = [{ quod: "1", steps }, context(loop), wanted].map(write);
  assert.ok(check(...documents).accepted);
});

test("hostile sizes are refused quickly", () => {
  const [, contextText, goalText] = texts;
  const start = Date.now();
  assert.equal(check(new Uint8Array(50_000_000), contextText, goalText).kind, "too_large");
  assert.equal(check("[".repeat(400_000), contextText, goalText).kind, "too_deep");
  assert.equal(check("9".repeat(16_000_000), contextText, goalText).kind, "too_many_digits");
  assert.equal(check('["' + "\u0301\u0323".repeat(4_000_000) + '"]', contextText, goalText).kind, "malformed_bytes");
  assert.ok(Date.now() - start < 8000);
});

test("the command line: one check and a batch", () => {
  const cli = fileURLToPath(new URL("../cli.js", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "quod-check-"));
  try {
    const paths = texts.map((text, i) => {
      const path = join(folder, String(i));
      writeFileSync(path, text);
      return path;
    });
    const one = (...args) => spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
    const accepted = one("check", ...paths);
    assert.equal(accepted.status, 0);
    assert.deepEqual(JSON.parse(accepted.stdout), check(...texts));
    assert.equal(one("check", paths[1], paths[1], paths[2]).status, 1);
    assert.equal(one("check", join(folder, "none"), paths[1], paths[2]).status, 2);
    assert.equal(one("what").status, 2);
    const base64 = texts.map((text) => Buffer.from(text).toString("base64"));
    const line = (id, [a, b, g]) => JSON.stringify({ id, proof: a, context: b, goal: g });
    const input = [line("x", base64), line(2, [base64[1], base64[1], base64[2]]), "", "what", line("z", base64)].join("\n");
    const batch = spawnSync(process.execPath, [cli, "batch"], { encoding: "utf8", input });
    const lines = batch.stdout.trim().split("\n").map((text) => JSON.parse(text));
    assert.deepEqual(lines.map(({ id }) => id), ["x", 2, null, "z"]);
    assert.deepEqual(lines.map(({ accepted: good, kind, unusable }) => good && !kind ? "yes" : kind ?? typeof unusable), ["yes", "malformed_proof", "string", "yes"]);
    assert.equal(batch.status, 2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the bundle is one classic script that does the same", () => {
  const world = vm.createContext({ TextEncoder, TextDecoder });
  vm.runInContext(bundle(), world);
  assert.equal(JSON.stringify(world.quodCheck(...texts)), JSON.stringify(check(...texts)));
});
