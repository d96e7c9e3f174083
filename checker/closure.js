// Tables: what covers a call, matching, the replay of a clause's body, and aggregates (primitives, closure).

import { reject } from "./bytes.js";
import { fold } from "./computation.js";
import { OPAQUE, PRIVATE, isGround } from "./values.js";

// ---------------------------------------------------------------- listings

/** Whether a pattern covers the atom, pattern or call of this predicate with these arguments. */
function covers(pattern, predicate, args) {
  if (pattern.predicate !== predicate) return false;
  for (let i = 0; i < args.length; i++) {
    const own = pattern.args[i];
    if (own !== args[i] && own.sort !== "v") return false;
  }
  return true;
}

const groundPositions = (args) => [...args.keys()].filter((i) => isGround(args[i]));
const keyAt = (args, positions) => positions.map((i) => args[i].id).join();
const FEW = 4;

/** Patterns, each with its answers: what a table and the rows of a relation have in common. */
export class Listing {
  constructor(patterns, answers, pending = false) {
    this.patterns = patterns;
    this.answers = answers;
    this.pending = pending; // whether a pending sentence may add to it
    this.sets = new Array(patterns.length);
    this.groups = null; // predicate → groups of patterns ground at the same positions
    this.roots = new Map(); // by pattern and ground positions of those who ask
  }

  /** The number of the first pattern that covers the call, or −1. Fails: pending_sentence. */
  first(predicate, args) {
    const number = this.find(predicate, args);
    if (number >= 0 && this.pending) reject("pending_sentence", { predicate: predicate.text });
    return number;
  }

  find(predicate, args) {
    const { patterns } = this;
    if (patterns.length <= FEW) {
      for (let i = 0; i < patterns.length; i++) if (covers(patterns[i], predicate, args)) return i;
      return -1;
    }
    let best = -1;
    for (const { positions, numbers } of this.grouped().get(predicate) ?? []) {
      if (!positions.every((i) => isGround(args[i]))) continue;
      const found = numbers.get(keyAt(args, positions)) ?? -1;
      if (found >= 0 && (best < 0 || found < best)) best = found;
    }
    return best;
  }

  grouped() {
    if (this.groups) return this.groups;
    this.groups = new Map();
    this.patterns.forEach(({ predicate, args }, number) => {
      const positions = groundPositions(args);
      if (!this.groups.has(predicate)) this.groups.set(predicate, []);
      const groups = this.groups.get(predicate);
      let group = groups.find((other) => other.positions.join() === positions.join());
      if (!group) groups.push((group = { positions, numbers: new Map() }));
      const key = keyAt(args, positions);
      if (!group.numbers.has(key)) group.numbers.set(key, number);
    });
    return this.groups;
  }

  /** Whether the atom itself is among the answers of a pattern (undefined: an atom that nothing ever mentioned). */
  has(number, atom) {
    this.sets[number] ??= new Set(this.answers[number]);
    return this.sets[number].has(atom);
  }

  /** Whether the answers of a pattern list a ground atom; `not_comparable` if a private cell leaves that open. */
  lists(number, values, predicate, args) {
    return this.has(number, values.existing(predicate, args)) || !this.matching(number, args).next().done;
  }

  /** The answers of a pattern that match these arguments, in order; fails at one where a private cell leaves it open. */
  *matching(number, args) {
    const answers = this.answers[number];
    const positions = groundPositions(args);
    const place = number + ":" + positions.join();
    let node = this.roots.get(place);
    if (!node) this.roots.set(place, (node = new Node([...answers.keys()])));
    let open = Infinity;
    for (const position of positions) {
      open = Math.min(open, node.split(answers, position).firstOpen(args[position]));
      node = node.next.get(args[position]) ?? NOTHING;
    }
    for (const i of node.numbers) {
      if (i > open) break;
      yield answers[i];
    }
    if (open < Infinity) reject("not_comparable");
  }
}

/** Numbers of answers, told apart by the terms at one position after another, as far as someone asks. */
class Node {
  constructor(numbers) {
    this.numbers = numbers;
    this.next = null; // by term
    this.secret = null; // those of the terms with private cells
  }

  split(answers, position) {
    if (this.next) return this;
    this.next = new Map();
    for (const i of this.numbers) {
      const term = answers[i].args[position];
      const node = this.next.get(term);
      if (node) node.numbers.push(i);
      else this.next.set(term, new Node([i]));
    }
    this.secret = [...this.next.keys()].filter(({ flags }) => flags & PRIVATE);
    return this;
  }

  /** The first number whose term a private cell keeps from being told apart from this one. */
  firstOpen(term) {
    for (const other of term.flags & PRIVATE ? this.next.keys() : this.secret)
      if (undecided(term, other)) return this.next.get(other).numbers[0];
    return Infinity;
  }
}

const NOTHING = new Node([]);
NOTHING.split([], 0);

// ---------------------------------------------------------------- matching

/** Whether the first difference of two ground terms is a private cell, which may hide the very thing it is compared with. */
function undecided(a, b) {
  if (a === b || !((a.flags | b.flags) & PRIVATE)) return false;
  if (a.sort === "h" || b.sort === "h") return true;
  if (a.sort !== "f" || b.sort !== "f" || a.name !== b.name || a.args.length !== b.args.length) return false;
  const i = a.args.findIndex((arg, k) => arg !== b.args[k]);
  return undecided(a.args[i], b.args[i]);
}

/** One-way matching of a term against a ground term; bindings made go on the trail. Fails: not_comparable. */
export function match(pattern, ground, trail) {
  if (pattern.sort === "v") {
    if (pattern.bound === null) {
      pattern.bound = ground;
      trail.push(pattern);
      return true;
    }
    pattern = pattern.bound;
  }
  if (pattern === ground) return true;
  if (isGround(pattern)) return undecided(pattern, ground) && reject("not_comparable");
  if (ground.sort === "h") reject("not_comparable");
  return ground.sort === "f" && pattern.name === ground.name && pattern.args.length === ground.args.length
    && matchAll(pattern.args, ground.args, trail);
}

export function matchAll(patterns, grounds, trail) {
  for (let i = 0; i < patterns.length; i++) if (!match(patterns[i], grounds[i], trail)) return false;
  return true;
}

export function undo(trail, mark) {
  while (trail.length > mark) trail.pop().bound = null;
}

/**
 * Every way to go through literals in order. `enter` gives true or false, or the answers to try; `found` is called with
 * each way's bindings in place. No recursion: a body may be as long as the proof.
 */
function solve(run, literals, enter, found) {
  const { trail } = run;
  const start = trail.length;
  const choices = [];
  for (let at = 0; ; at++) {
    // Forward from literal `at`, until one of them has answers to choose from, fails, or all are done.
    let outcome = true;
    while (outcome === true && at < literals.length) {
      outcome = enter(literals[at]);
      if (outcome === true) at++;
    }
    if (outcome === true) found();
    else if (outcome !== false) {
      const { args } = literals[at].atom;
      choices.push({ at, args, answers: outcome, next: 0, mark: trail.length });
    }
    // Back to the latest choice with an answer that matches.
    for (;;) {
      const choice = choices[choices.length - 1];
      undo(trail, choice ? choice.mark : start);
      if (!choice) return;
      if (choice.next === choice.answers.length) {
        choices.pop();
        continue;
      }
      run.spend(1);
      if (matchAll(choice.args, choice.answers[choice.next++].args, trail)) {
        at = choice.at;
        break;
      }
    }
  }
}

// ---------------------------------------------------------------- computation and aggregates

/** A computation literal under the current bindings: whether it comes out, a function's result being matched. */
export function compute(run, { op, args }, agrees = match) {
  const { values, trail } = run;
  const given = values.substituteAll(args);
  const inputs = op.test ? given : given.slice(0, -1);
  if (!inputs.every(isGround)) reject("unbound_builtin");
  if (inputs.some((term) => term.flags & OPAQUE)) reject("not_comparable");
  if (op.test) return op.run(...inputs);
  return agrees(given[given.length - 1], op.run(...inputs, values), trail);
}

/** The value of an aggregate, or null if there is none; `answersOf` are the answers for each inner `+` in order. */
export function aggregate(run, literal, answersOf) {
  const { values } = run;
  const sources = new Map(literal.body.filter(({ kind }) => kind === "+").map((inner, i) => [inner, answersOf[i]]));
  const found = new Map(); // the ids of the local bindings → the value term
  const enter = (inner) => (inner.kind === "+" ? sources.get(inner) : compute(run, inner));
  solve(run, literal.body, enter, () => {
    const binding = literal.locals.map(({ bound }) => bound);
    const key = bindingKey(binding);
    if (!found.has(key)) found.set(key, { binding, term: values.substitute(literal.value) });
  });
  if (literal.op === "count" || literal.op === "sum") testApart([...found.values()].map(({ binding }) => binding));
  if (literal.op === "count") return values.leaf(`["n","${found.size}"]`);
  for (const { term } of found.values()) {
    if (!isGround(term)) reject("unbound_builtin");
    if (term.flags & OPAQUE) reject("not_comparable");
  }
  return fold(literal.op, [...found.values()].map(({ term }) => term), values);
}

const bindingKey = (binding) => binding.map((term) => term?.id ?? "").join();

/** Bindings are counted apart only where something differs that is nowhere opaque. Fails: not_comparable. */
function testApart(bindings) {
  const known = (i) => !bindings.some((binding) => binding[i] && binding[i].flags & OPAQUE);
  const columns = [...(bindings[0] ?? []).keys()].filter(known);
  const keys = new Set(bindings.map((binding) => bindingKey(columns.map((i) => binding[i]))));
  if (keys.size < bindings.length) reject("not_comparable");
}

// ---------------------------------------------------------------- replay

/** The replay of one `tables` step. */
export class Replay {
  constructor(run, listing, tables, holds) {
    this.run = run;
    this.listing = listing; // the step's own patterns
    this.tables = tables; // the premises that are tables, or rows that count as such
    this.holds = holds; // the atoms of the holds premises
    this.byPredicate = new Map();
  }

  /** The premises with a pattern on this predicate. */
  tablesOn(predicate) {
    let found = this.byPredicate.get(predicate);
    if (!found) {
      found = this.tables.filter(({ listing }) =>
        listing.patterns.length <= FEW
          ? listing.patterns.some((pattern) => pattern.predicate === predicate)
          : listing.grouped().has(predicate),
      );
      this.byPredicate.set(predicate, found);
    }
    return found;
  }

  /** The answers of the first thing that covers an inner call of an aggregate, or a call of the body. */
  covering({ predicate, args }, exactly) {
    const call = this.run.values.substituteAll(args);
    if (!exactly) {
      const own = this.listing.first(predicate, call);
      if (own >= 0) return this.listing.answers[own];
    }
    for (const { listing, exact } of this.tablesOn(predicate)) {
      if (exactly && !exact) continue;
      const number = listing.first(predicate, call);
      if (number >= 0) return listing.answers[number];
    }
    return reject(exactly ? "not_exact" : "uncovered_call", { predicate: predicate.text });
  }

  enter(literal) {
    switch (literal.kind) {
      case "+":
        return this.covering(literal.atom, false);
      case "-":
        return this.absent(literal.atom);
      case "c":
        return compute(this.run, literal);
      default:
        return this.aggregate(literal);
    }
  }

  absent({ predicate, args }) {
    const { values } = this.run;
    const given = values.substituteAll(args);
    if (!given.every(isGround)) reject("unbound_builtin", { predicate: predicate.text });
    return !this.holds.has(values.existing(predicate, given));
  }

  aggregate(literal) {
    const { run } = this;
    if (literal.outers.some(({ bound }) => bound === null)) reject("unbound_builtin");
    const answersOf = literal.body.filter(({ kind }) => kind === "+").map(({ atom }) => this.covering(atom, true));
    const value = aggregate(run, literal, answersOf);
    if (value === null) return false;
    return match(run.values.substitute(literal.result), value, run.trail);
  }

  /** One clause for one pattern: every head that its body derives is among the pattern's answers. */
  clause(clause, body, number) {
    const { run, listing } = this;
    const { values, trail } = run;
    const { predicate, args } = listing.patterns[number];
    const agrees = (head, i) => !isGround(args[i]) || match(head, args[i], trail);
    if (clause.head.args.every(agrees)) {
      solve(run, body, (literal) => this.enter(literal), () => {
        const head = values.substituteAll(clause.head.args);
        if (!head.every(isGround)) reject("unbound_variable");
        const atom = values.existing(predicate, head);
        if (!listing.has(number, atom)) reject("unlisted_answer", { predicate: predicate.text });
      });
    }
    undo(trail, 0);
  }
}

// ---------------------------------------------------------------- orders of bodies

/** The entries of `orders` by pattern and clause number; each is used when its clause is reached. Fails: bad_order. */
export class Orders {
  constructor(entries) {
    this.byPlace = new Map(entries.map(({ place, order }) => [place, order]));
    if (this.byPlace.size < entries.length) reject("bad_order");
  }

  /** The body of a clause in the order asked for, once the clause is reached. */
  take(pattern, number, body) {
    const place = pattern + "," + number;
    const order = this.byPlace.get(place);
    if (!order) return body;
    this.byPlace.delete(place);
    const permutation = order.length === body.length && new Set(order).size === order.length;
    if (!permutation || order.some((i) => i >= body.length)) reject("bad_order");
    return order.map((i) => body[i]);
  }

  end() {
    if (this.byPlace.size > 0) reject("bad_order");
  }
}

export function readOrder(reader) {
  reader.open();
  const pattern = reader.natural();
  reader.comma();
  const clause = reader.natural();
  reader.comma();
  const order = reader.list(() => reader.natural());
  reader.close();
  return { place: pattern + "," + clause, order };
}
