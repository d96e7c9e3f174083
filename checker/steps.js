// The primitives: each reads its fields, tests its premises, applies its rule and gives its conclusion.

import { H, compareUtf8, reject, unquote } from "./bytes.js";
import { Listing, Orders, Replay, aggregate, compute, readOrder, undo } from "./closure.js";
import { cellsKey, openPredicates, openRows, predicateKey, readPending, rootedTheoryDigest } from "./commit.js";
import { parseNumber } from "./numbers.js";
import {
  EIGEN, NULL, OPAQUE, PRIVATE, eachVariable, isGround, malformed, readAtom, readTerm, unionFlags, writeAtom, writeTerm,
} from "./values.js";

// ---------------------------------------------------------------- premises

/** What a conclusion is worth as a table: itself, or the table that rows without clauses count as; else null. */
export function tableOf(conclusion) {
  return conclusion.kind === "table" ? conclusion : conclusion.kind === "rows" ? conclusion.table : null;
}

const kind = (name) => (conclusion) => conclusion.kind === name;
const THEORY = kind("theory");
const CLAUSE = kind("clause");
const ROWS = kind("rows");
const HOLDS = kind("holds");
const TABLE = (conclusion) => tableOf(conclusion) !== null;

/** The premises, which must be as many as the tests and pass them; a last test with `many` is for all the rest. */
function premisesOf(run, step, tests, many = null) {
  const found = step.premises.map((index) => run.conclusions[index]);
  if (found.length < tests.length || (found.length > tests.length && many === null)) reject("bad_premise");
  for (let i = 0; i < found.length; i++) if (!(tests[i] ?? many)(found[i])) reject("bad_premise");
  return found;
}

// ---------------------------------------------------------------- lookups

/** A theory conclusion: the leaves that were opened, and what can be said of the others. */
class Theory {
  constructor(tree, leaves, pending) {
    this.kind = "theory";
    this.tree = tree;
    this.leaves = leaves;
    this.pending = pending;
    this.absent = new Set();
  }

  /** The leaf of a predicate, or null if it is shown that it has none; otherwise `not_opened`. */
  lookup(predicate) {
    const leaf = this.leaves.get(predicate);
    if (leaf) return leaf;
    if (!this.absent.has(predicate)) {
      if (!this.tree.shows(predicateKey(predicate.text))) reject("not_opened", { predicate: predicate.text });
      this.absent.add(predicate);
    }
    return null;
  }

  bearsOn(predicate) {
    return this.pending.bears.has('"*"') || this.pending.bears.has(predicate.raw);
  }
}

// ---------------------------------------------------------------- evidence

/** theory: the opened part of the tree hashes to the context's theory. Fails: malformed_tree, wrong_theory. */
function theory(run, step) {
  const reader = run.field(step, 0);
  const pending = readPending(reader);
  run.field(step, 1);
  if (!reader.is(91)) reject("malformed_tree");
  run.spend(reader.size());
  const { tree, leaves } = openPredicates(reader);
  premisesOf(run, step, []);
  if (rootedTheoryDigest(pending.text, tree.root) !== run.context.theory) reject("wrong_theory");
  return new Theory(tree, leaves, pending);
}

/** clause: a clause committed under its head's predicate. Fails: not_opened, clause_not_in_theory, reserved_symbol. */
function clause(run, step) {
  const stated = run.field(step, 0).clause();
  if (stated.asks()) malformed();
  const [from] = premisesOf(run, step, [THEORY]);
  const leaf = from.lookup(stated.head.predicate);
  const digest = stated.digest();
  leaf && (leaf.has ??= new Set(leaf.clauses));
  if (!leaf?.has.has(digest)) reject("clause_not_in_theory", { predicate: stated.head.predicate.text });
  if (stated.hasEigen()) reject("reserved_symbol");
  run.sentences.add(stated.sentence);
  return { kind: "clause", clause: stated, name: digest };
}

/** ask: a question clause of the goal, by its number. Fails: clause_not_in_theory. */
function ask(run, step) {
  const index = run.field(step, 0).natural();
  premisesOf(run, step, []);
  const asked = run.goal.question[index];
  return asked ? { kind: "clause", clause: asked, name: `${index}` } : reject("clause_not_in_theory");
}

/** rows: all rows that start with the prefix in an index. Fails: rows_missing, wrong_root, range_not_complete, … */
function rows(run, step) {
  const reader = run.field(step, 0);
  const number = reader.natural();
  const predicate = run.field(step, 1).ordinary();
  const prefix = run.field(step, 2).list(() => reader.groundTerm());
  if (!run.field(step, 3).is(91)) reject("malformed_tree");
  const [from] = premisesOf(run, step, [THEORY]);

  const leaf = from.lookup(predicate);
  const index = leaf?.relation?.indexes[number];
  if (!index || prefix.length > predicate.arity) reject("rows_missing", { predicate: predicate.text });
  const { secret, digest } = leaf.relation;
  if (prefix.some(({ flags }, i) => flags & PRIVATE || secret.has(index.order[i]))) reject("not_comparable");
  run.spend(run.field(step, 3).size());
  const opened = openRows(reader, predicate.arity, index.order, (units) => run.spend(units));
  if (opened.tree.root !== index.root) reject("wrong_root");
  if (!opened.tree.shows(cellsKey(prefix))) reject("range_not_complete");
  if (opened.rows.some((cells) => unionFlags(cells) & (EIGEN | NULL))) reject("reserved_symbol");
  const misplaced = (cell, column) => (secret.has(column) ? cell.sort !== "h" : cell.flags & PRIVATE);
  if (opened.rows.some((cells) => cells.some(misplaced))) reject("malformed_tree");

  const inRange = (cells) => prefix.every((cell, i) => cells[index.order[i]] === cell);
  const atoms = opened.rows.filter(inRange).map((cells) => run.values.atom(predicate, cells));
  if (new Set(atoms).size !== atoms.length) reject("malformed_tree");
  const args = index.order.map((column, i) => [column, prefix[i] ?? run.values.variable(`"${column}"`)]);
  const pattern = run.values.atom(predicate, args.sort(([a], [b]) => a - b).map(([, term]) => term));

  const grade = run.context.roots.get(digest);
  run.lower(grade ?? "claimed");
  run.sources.add(digest);
  const closed = leaf.closed && grade !== undefined;
  const listing = new Listing([pattern], [atoms], from.bearsOn(predicate));
  const table = { kind: "table", listing, exact: true, closed, uncontested: false };
  return { kind: "rows", predicate, listing, closed, table: leaf.clauses.length === 0 ? table : null };
}

/** row: one of the rows shown. Fails: row_not_found. */
function row(run, step) {
  const reader = run.field(step, 0);
  const args = reader.list(readTerm);
  const [{ predicate, listing }] = premisesOf(run, step, [ROWS]);
  const atom = run.values.existing(predicate, args);
  return listing.has(0, atom) ? { kind: "holds", atom, cells: true } : reject("row_not_found");
}

/** reveal: a private cell of a row replaced by what was committed in it. Fails: wrong_salt. */
function reveal(run, step) {
  const reader = run.field(step, 0);
  const column = reader.natural();
  const salt = run.field(step, 1).raw();
  if ([...unquote(salt)].length < 16) malformed();
  const value = run.field(step, 2).groundTerm();
  if (value.flags & OPAQUE) malformed();
  const [{ atom }] = premisesOf(run, step, [(conclusion) => HOLDS(conclusion) && conclusion.cells]);
  if (column >= atom.args.length) malformed();
  const cell = atom.args[column];
  if (cell.sort !== "h" || cell.content() !== H("cell", `[${salt},${writeTerm(value)}]`)) reject("wrong_salt");
  const args = atom.args.map((arg, i) => (i === column ? value : arg));
  return { kind: "holds", atom: run.values.atom(atom.predicate, args), cells: true };
}

/** assume: anything ground, as an open assumption. */
function assume(run, step) {
  const atom = run.field(step, 0).atom();
  if (!isGround(atom) || atom.predicate.question) malformed();
  premisesOf(run, step, []);
  step.open = { atoms: [atom] };
  return { kind: "holds", atom };
}

/** claim: what a model says, with the grade `claimed`. */
function claim(run, step) {
  const atom = run.field(step, 0).atom();
  if (!isGround(atom) || atom.predicate.question || atom.flags & EIGEN) malformed();
  const model = run.field(step, 1).raw();
  const probability = run.field(step, 2).term();
  if (model === '""' || probability.sort !== "n") malformed();
  const { n, d } = parseNumber(probability.content());
  if (n < 0n || n > d) malformed();
  premisesOf(run, step, []);
  run.lower("claimed");
  run.claims.add(`[${writeAtom(atom)},${model},${probability.text}]`);
  return { kind: "holds", atom };
}

// ---------------------------------------------------------------- logic

/** apply: the head of a clause under bindings that make its body true. */
function apply(run, step) {
  const { values, trail } = run;
  const bindings = readBindings(run.field(step, 0));
  const first = run.conclusions[step.premises[0]];
  if (first?.kind !== "clause") reject("bad_premise");
  const rule = first.clause;
  const premises = premisesOf(run, step, rule.premises ??= premiseTests(rule.body));

  if (!rule.inForce(run.context.now)) reject("not_in_force");
  for (const { variable, term } of bindings) {
    variable.bound = term;
    trail.push(variable);
  }
  if (rule.outer.length !== bindings.length) reject("bad_bindings");
  for (const { bound } of rule.outer) if (bound === null) reject("bad_bindings");
  let at = 1;
  const counted = []; // the rows that an aggregate ranges over
  for (const literal of rule.body) {
    if (literal.kind === "+") applyHolds(values, literal.atom, premises[at++].atom);
    else if (literal.kind === "-") applyAbsent(run, literal.atom, tableOf(premises[at++]));
    else if (literal.kind === "c") {
      if (!compute(run, literal, (result, value) => result === value)) reject("computation_false");
    } else at = applyAggregate(run, literal, premises, at, counted);
    if (literal.kind === "-" || literal.kind === "a") step.usesTable = true;
  }
  if (run.open(step) && run.usesTable(step)) reject("assumption_in_closure");
  const atom = values.atom(rule.head.predicate, values.substituteAll(rule.head.args));
  undo(trail, 0);
  return { kind: "holds", atom, counted };
}

/** What the premises of `apply` have to be for a clause with this body. */
function premiseTests(body) {
  const tests = [CLAUSE];
  for (const literal of body) {
    if (literal.kind === "+") tests.push(HOLDS);
    else if (literal.kind === "-") tests.push(TABLE);
    else if (literal.kind === "a") for (const inner of literal.body) if (inner.kind === "+") tests.push(TABLE);
  }
  return tests;
}

const NO_VARIABLE = { bound: null }; // with an empty name

function readBindings(reader) {
  let before = null;
  return reader.list(() => {
    reader.open();
    const name = reader.raw();
    const text = unquote(name);
    if (before !== null && compareUtf8(before, text) >= 0) malformed({ name: text });
    before = text;
    reader.comma();
    const term = reader.groundTerm();
    reader.close();
    return { variable: text === "" ? NO_VARIABLE : reader.values.variable(name), term };
  });
}

/** `+`: the premise is the instance. Fails: premise_mismatch. */
function applyHolds(values, { predicate, args }, shown) {
  let same = shown.predicate === predicate;
  for (let i = 0; same && i < args.length; i++) same = values.substitute(args[i]) === shown.args[i];
  if (!same) reject("premise_mismatch", { literal: predicate.text });
}

/** `-`: a table covers the instance and does not list it. Fails: not_covered, listed_as_answer. */
function applyAbsent(run, { predicate, args }, table) {
  const given = run.values.substituteAll(args);
  const number = table.listing.first(predicate, given);
  if (number < 0) reject("not_covered", { literal: predicate.text });
  if (table.listing.lists(number, run.values, predicate, given)) reject("listed_as_answer");
  if (!table.closed) run.defaults.add(predicate.raw);
}

/** `a`: over exact tables that cover the inner calls. Fails: not_exact, not_covered, computation_false. */
function applyAggregate(run, literal, premises, at, counted) {
  const answersOf = [];
  for (const { kind: inner, atom } of literal.body) {
    if (inner !== "+") continue;
    if (premises[at].kind === "rows") counted.push(premises[at].listing);
    const { listing, exact, closed } = tableOf(premises[at++]);
    if (!exact) reject("not_exact");
    const number = listing.first(atom.predicate, run.values.substituteAll(atom.args));
    if (number < 0) reject("not_covered", { literal: atom.predicate.text });
    if (!closed) run.defaults.add(atom.predicate.raw);
    answersOf.push(listing.answers[number]);
  }
  const value = aggregate(run, literal, answersOf);
  if (value === null || value !== run.values.substitute(literal.result)) reject("computation_false");
  return at;
}

/** contested: an atom and its complement. Fails: premise_mismatch. */
function contested(run, step) {
  const ordinary = (conclusion) => HOLDS(conclusion) && !conclusion.atom.predicate.question;
  const [{ atom }, { atom: other }] = premisesOf(run, step, [ordinary, HOLDS]);
  const complement = run.values.atom(run.values.complement(atom.predicate), atom.args);
  return other === complement ? { kind: "contested", atom } : reject("premise_mismatch");
}

/** each: what was shown of eigen symbols holds for all values. Fails: unbound_variable, premise_mismatch, … */
function each(run, step) {
  const body = run.field(step, 0).list(readAtom);
  const head = run.field(step, 1).atom();
  if ([head, ...body].some((atom) => atom.flags & EIGEN || atom.predicate.question)) malformed();
  const [from, { atom }] = premisesOf(run, step, [THEORY, HOLDS]);
  const bound = new Set();
  for (const { args } of body) for (const arg of args) eachVariable(arg, (variable) => bound.add(variable));
  for (const arg of head.args)
    eachVariable(arg, (variable) => bound.has(variable) || reject("unbound_variable"));
  if (run.values.eigen(head) !== atom) reject("premise_mismatch");
  const allowed = new Set(body.map((part) => run.values.eigen(part)));
  for (const assumed of run.atoms(run.open(step))) if (!allowed.has(assumed)) reject("assumption_not_allowed");
  if (run.usesTable(step)) reject("assumption_in_closure");
  if (from.pending.some) reject("pending_sentence");
  step.open = null;
  return { kind: "each", body, head };
}

/** uncontested: the complement of nothing that the conclusion rests on is derivable. Fails: contest_not_excluded, … */
function uncontested(run, step) {
  const concluded = (conclusion) => HOLDS(conclusion) || (conclusion.kind === "table" && conclusion.exact);
  const [from, second, ...others] = premisesOf(run, step, [THEORY, concluded], TABLE);
  const tables = others.map(tableOf);
  for (const { predicate, args } of run.atomsBelow(step.premises[1])) {
    if (predicate.question) continue;
    run.spend(1);
    excludeContest(run, from, tables, run.values.complement(predicate), args);
  }
  if (run.open(step)) reject("assumption_in_closure");
  return { ...second, cells: false, counted: [], uncontested: true };
}

function excludeContest(run, from, tables, complement, args) {
  for (const { listing } of tables) {
    const number = listing.first(complement, args);
    if (number < 0) continue;
    if (listing.lists(number, run.values, complement, args)) reject("contest_not_excluded");
    return;
  }
  if (from.lookup(complement) !== null) reject("contest_not_excluded", { predicate: complement.text });
  if (from.bearsOn(complement)) reject("pending_sentence", { predicate: complement.text });
}

/** conclude: one premise for each goal; what they show is tested at the end. */
function conclude(run, step) {
  if (step !== run.steps[run.steps.length - 1]) reject("bad_premise");
  return { kind: "conclude" };
}

// ---------------------------------------------------------------- closure

/** tables: everything derivable that matches the patterns is listed. */
function tables(run, step) {
  const reader = run.field(step, 0);
  const answers = reader.list(() => reader.list(readAtom));
  const entries = run.field(step, 1).list(readOrder);
  const patterns = run.field(step, 2).list(() => reader.pattern());
  if (patterns.length === 0 || new Set(patterns).size !== patterns.length) malformed();
  if (answers.length !== patterns.length) malformed();
  const useful = ({ kind: name }) => name === "clause" || name === "rows" || name === "table" || name === "holds";
  const [from, ...premises] = premisesOf(run, step, [THEORY], useful);

  if (run.open(step)) reject("assumption_in_closure"); // 1
  const listing = new Listing(patterns, answers);
  answers.forEach((listed, i) => testAnswers(patterns[i], listed)); // 2
  const counted = premises.map(tableOf).filter((table) => table !== null);
  const held = new Set(premises.filter(HOLDS).map(({ atom }) => atom));
  const replay = new Replay(run, listing, counted, held);
  const orders = new Orders(entries); // 3
  const material = {
    rows: premises.filter(ROWS),
    clauses: new Map(premises.filter(CLAUSE).map((premise) => [premise.name, premise.clause])),
  };
  let closed = premises.every((premise) => (tableOf(premise) ?? premise).closed !== false);
  patterns.forEach((_, i) => {
    closed = closePattern(run, from, replay, orders, material, i) && closed; // 4
  });
  orders.end();
  // 5. A premise that is a table was itself tested against the same pending sentences: the theory's digest has them.
  for (const { predicate } of [...patterns, ...material.rows])
    if (from.bearsOn(predicate)) reject("pending_sentence", { predicate: predicate.text });
  return { kind: "table", listing, exact: false, closed, uncontested: false };
}

function testAnswers(pattern, listed) {
  const single = new Listing([pattern], [listed]);
  const matches = (atom) => isGround(atom) && single.first(atom.predicate, atom.args) === 0;
  if (!listed.every(matches) || new Set(listed).size !== listed.length) reject("bad_answers");
}

/** All rows and all clauses for one pattern; gives whether its predicate is closed. */
function closePattern(run, from, replay, orders, { rows: shown, clauses }, i) {
  const { listing } = replay;
  const pattern = listing.patterns[i];
  const { predicate } = pattern;
  let found = { names: run.goal.questionsOn(predicate), closed: true };
  if (!predicate.question) {
    const leaf = from.lookup(predicate);
    found = { names: leaf?.clauses ?? [], closed: leaf?.closed ?? false };
    if (leaf?.relation) {
      const source = shown.find((premise) => premise.listing.find(predicate, pattern.args) === 0); // pending sentences: 5
      if (!source) reject("rows_missing", { predicate: predicate.text });
      for (const atom of source.listing.matching(0, pattern.args))
        if (!listing.has(i, atom)) reject("unlisted_answer", { predicate: predicate.text });
      found.closed &&= run.context.roots.has(leaf.relation.digest);
    }
  }
  found.names.forEach((name, number) => {
    const rule = clauses.get(name);
    if (rule?.head.predicate !== predicate) reject("clause_missing", { predicate: predicate.text });
    found.closed &&= !(rule.head.flags & NULL);
    run.spend(1);
    const body = orders.take(i, number, rule.body);
    if (rule.inForce(run.context.now)) replay.clause(rule, body, i);
  });
  return found.closed;
}

/** exact: a proof of every answer that a table lists. Fails: answer_not_proved, assumption_in_closure. */
function exact(run, step) {
  const [table, ...proofs] = premisesOf(run, step, [kind("table")], HOLDS);
  const listed = table.listing.answers.flat();
  const proved = listed.length === proofs.length && listed.every((atom, i) => atom === proofs[i].atom);
  if (!proved) reject("answer_not_proved");
  if (run.open(step)) reject("assumption_in_closure");
  return { ...table, exact: true, uncontested: false };
}

/** Each primitive: its fields in alphabetical order, and its rule. */
export const PRIMITIVES = new Map(
  Object.entries({
    theory: [["pending", "tree"], theory],
    clause: [["clause"], clause],
    ask: [["index"], ask],
    rows: [["index", "predicate", "prefix", "tree"], rows],
    row: [["args"], row],
    reveal: [["column", "salt", "value"], reveal],
    assume: [["atom"], assume],
    claim: [["atom", "model", "probability"], claim],
    apply: [["bindings"], apply],
    contested: [[], contested],
    each: [["body", "head"], each],
    uncontested: [[], uncontested],
    conclude: [[], conclude],
    tables: [["answers", "orders", "patterns"], tables],
    exact: [[], exact],
  }).map(([by, [fields, rule]]) => [by, primitive(fields, rule)]),
);

/** The quoted keys of a step in order, and which of them are its fields and its premises. */
function primitive(fields, rule) {
  const keys = [...fields, "by", "premises"].sort();
  const place = (key) => keys.indexOf(key);
  return { rule, keys: keys.map((key) => `"${key}"`), fields: fields.map(place), premises: place("premises") };
}
