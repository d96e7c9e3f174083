// Values: terms and atoms, each made once, so that equal is identical; and the reader of canonical text (format §2).

import { OPS } from "./computation.js";
import { H, isDigest, reject, unquote } from "./bytes.js";
import { INTEGER, isDate, isNumber } from "./numbers.js";

export const malformed = (fields) => reject("malformed_value", fields);

// What a term contains.
export const VARIABLE = 1;
export const PRIVATE = 2;
export const NULL = 4;
export const EIGEN = 8;
export const OPAQUE = PRIVATE | NULL | EIGEN;

/** A term that contains no other. `sort` is its tag, `text` its canonical JSON. */
class Leaf {
  constructor(id, text) {
    this.id = id;
    this.sort = text[2];
    this.flags = 0;
    this.text = text;
    this.bound = null; // of a variable: the ground term it stands for just now
  }

  /** The text inside a leaf; of a duration, its two texts. */
  content() {
    if (this.sort === "u") return this.text.slice(6, -2).split('","');
    return unquote(this.text.slice(5, -1));
  }
}

class Compound {
  constructor(id, name, args) {
    this.id = id;
    this.sort = "f";
    this.flags = unionFlags(args) | (name.startsWith('"sk:') ? NULL : 0);
    this.name = name; // with its quotes
    this.args = args;
  }
}

class Predicate {
  constructor(raw, arity) {
    this.raw = raw; // with its quotes
    this.arity = arity;
    this.question = raw[1] === "?";
    this.atoms = null; // atoms of this predicate by their arguments' ids
  }

  get text() {
    return unquote(this.raw);
  }
}

class Atom {
  constructor(predicate, args) {
    this.predicate = predicate;
    this.args = args;
    this.flags = unionFlags(args);
  }
}

const PREDICATE = /^(?:~?[^ \t\n\r\f\v/~?][^ \t\n\r\f\v/]*|\?)\/(?:0|[1-9][0-9]?)$/u;

/** A key for terms: a number for one or two, which is fast, otherwise a text. */
function idKey(args) {
  if (args.length === 1) return args[0].id;
  if (args.length === 2) return args[0].id * 0x4000000 + args[1].id; // there are fewer terms than that in 16 MB
  let key = "";
  for (let i = 0; i < args.length; i++) key += args[i].id + ",";
  return key;
}

export function unionFlags(args) {
  let flags = 0;
  for (let i = 0; i < args.length; i++) flags |= args[i].flags;
  return flags;
}

/** Makes every term, atom and predicate of one check, each exactly once. */
export class Values {
  constructor() {
    this.leaves = new Map(); // canonical text → term
    this.compounds = new Map(); // quoted name and argument ids → term
    this.predicates = new Map(); // quoted text → predicate
    this.count = 0;
  }

  /** The leaf with this canonical text, which must have the form of its sort. */
  leaf(text) {
    const known = this.leaves.get(text);
    if (known !== undefined) return known;
    const term = new Leaf(this.count++, text);
    term.flags = leafFlags(term);
    this.leaves.set(text, term);
    return term;
  }

  compound(name, args) {
    const key = name + idKey(args) + "," + args.length;
    let term = this.compounds.get(key);
    if (term === undefined) {
      term = new Compound(this.count++, name, args);
      this.compounds.set(key, term);
    }
    return term;
  }

  atom(predicate, args) {
    const atoms = (predicate.atoms ??= new Map());
    const key = idKey(args);
    let atom = atoms.get(key);
    if (atom === undefined) atoms.set(key, (atom = new Atom(predicate, args)));
    return atom;
  }

  /** The atom if it was ever made, else undefined. */
  existing(predicate, args) {
    return args.length === predicate.arity ? predicate.atoms?.get(idKey(args)) : undefined;
  }

  predicate(raw) {
    let predicate = this.predicates.get(raw);
    if (predicate === undefined) {
      const text = unquote(raw);
      if (!PREDICATE.test(text)) malformed({ predicate: text });
      predicate = new Predicate(raw, Number(text.slice(text.lastIndexOf("/") + 1)));
      this.predicates.set(raw, predicate);
    }
    return predicate;
  }

  /** The classical negation of a predicate that is no question. */
  complement(predicate) {
    const { raw } = predicate;
    return this.predicate(raw[1] === "~" ? '"' + raw.slice(2) : '"~' + raw.slice(1));
  }

  variable(name) {
    return this.leaf(`["v",${name}]`);
  }

  /** The term with its bound variables replaced. */
  substitute(term) {
    if (!(term.flags & VARIABLE)) return term;
    if (term.sort === "v") return term.bound ?? term;
    return this.compound(term.name, this.substituteAll(term.args));
  }

  substituteAll(args) {
    const result = new Array(args.length);
    for (let i = 0; i < args.length; i++) result[i] = this.substitute(args[i]);
    return result;
  }

  /** The atom with each variable X replaced by the eigen symbol !X. */
  eigen(atom) {
    const replace = (term) => {
      if (!(term.flags & VARIABLE)) return term;
      if (term.sort === "v") return this.leaf('["s","!' + term.text.slice(6));
      return this.compound(term.name, term.args.map(replace));
    };
    return this.atom(atom.predicate, atom.args.map(replace));
  }
}

/** Checks the form of a leaf and says what it contains. */
function leafFlags(term) {
  const content = term.content();
  let good = false;
  switch (term.sort) {
    case "s":
      if (content === "") break;
      return content[0] === "!" ? EIGEN : 0;
    case "v":
      if (content === "") break;
      return VARIABLE;
    case "h":
      if (!isDigest(content)) break;
      return PRIVATE;
    case "t":
      return 0;
    case "b":
      good = content === "true" || content === "false";
      break;
    case "n":
      good = isNumber(content);
      break;
    case "d":
      good = isDate(content);
      break;
    case "u":
      good = content.length === 2 && INTEGER.test(content[0]) && INTEGER.test(content[1]);
  }
  return good ? 0 : malformed({ term: term.text.slice(0, 200) });
}

export function writeTerm(term) {
  return term.text ?? `["f",${term.name},[${term.args.map(writeTerm).join(",")}]]`;
}

export function writeAtom(atom) {
  return `[${atom.predicate.raw},[${atom.args.map(writeTerm).join(",")}]]`;
}

export const isGround = (thing) => !(thing.flags & VARIABLE);

/** An atom whose arguments are ground or distinct variables. */
export function isPattern(atom) {
  const variables = new Set();
  for (const arg of atom.args) {
    if (isGround(arg)) continue;
    if (arg.sort !== "v" || variables.has(arg)) return false;
    variables.add(arg);
  }
  return true;
}

/** The number of a canonical decimal text of at most 10 digits, or −1. */
export function naturalNumber(text) {
  return /^(?:0|[1-9][0-9]{0,9})$/.test(text) ? Number(text) : -1;
}

// ---------------------------------------------------------------- the reader

const OPEN = 91;
const CLOSE = 93;
const COMMA = 44;
const QUOTE = 34;

/**
 * Reads values off a text known to be canonical JSON, so that brackets and quotes are known to match and only the shape
 * is in question. Every method reads one value at `at` and moves behind it, or rejects as `malformed_value`.
 */
export class Reader {
  constructor(text, values) {
    this.text = text;
    this.values = values;
    this.at = 0;
    this.items = []; // of all lists that are just being read
    this.top = 0;
  }

  is(code) {
    return this.text.charCodeAt(this.at) === code;
  }

  expect(code) {
    if (this.text.charCodeAt(this.at) !== code) malformed();
    this.at++;
  }

  open() {
    this.expect(OPEN);
  }

  comma() {
    this.expect(COMMA);
  }

  close() {
    this.expect(CLOSE);
  }

  /** A string as it stands, with its quotes. */
  raw() {
    const start = this.at;
    this.skipString();
    return this.text.slice(start, this.at);
  }

  skipString() {
    const { text } = this;
    this.expect(QUOTE);
    let at = this.at;
    for (let c = text.charCodeAt(at); c !== QUOTE; c = text.charCodeAt(at)) at += c === 92 ? 2 : 1;
    this.at = at + 1;
  }

  string() {
    return unquote(this.raw());
  }

  /** Any value, not looked into; returns where it starts. */
  skip() {
    const start = this.at;
    const { text } = this;
    let depth = 0;
    do {
      const c = text.charCodeAt(this.at);
      if (c === QUOTE) {
        this.skipString();
        continue;
      }
      if (c === OPEN || c === 123) depth++;
      else if (c === CLOSE || c === 125) depth--;
      this.at++;
    } while (depth > 0);
    return start;
  }

  /** A list; its items are collected aside, so that it takes no more room than it needs. */
  list(read) {
    this.open();
    const start = this.top;
    if (this.is(CLOSE)) this.at++;
    else {
      do {
        const item = read(this);
        this.items[this.top++] = item;
      } while (this.more());
    }
    const items = this.items.slice(start, this.top);
    this.top = start;
    return items;
  }

  /** A list of which nothing is kept but what `visit` keeps. */
  each(visit) {
    this.open();
    if (this.is(CLOSE)) this.at++;
    else {
      do visit(this);
      while (this.more());
    }
  }

  /** Behind an item of a list: goes on, or ends the list. */
  more() {
    if (this.text.charCodeAt(this.at++) === COMMA) return true;
    this.at--;
    this.close();
    return false;
  }

  /** How many items the list at `at` has, without moving. */
  size() {
    const start = this.at;
    let n = 0;
    this.each(() => {
      this.skip();
      n++;
    });
    this.at = start;
    return n;
  }

  /** An object with exactly these keys, given in canonical order, each with its reader. */
  record(...shape) {
    const found = {};
    this.expect(123);
    for (let i = 0; i < shape.length; i++) {
      const [key, read] = shape[i];
      if (i > 0) this.comma();
      if (this.raw() !== `"${key}"`) malformed({ key });
      this.expect(58);
      found[key] = read(this);
    }
    this.expect(125);
    return found;
  }

  oneOf(...texts) {
    const text = this.string();
    return texts.includes(text) ? text : malformed({ text });
  }

  digest() {
    const text = this.string();
    return isDigest(text) ? text : malformed({ digest: text });
  }

  natural() {
    const n = naturalNumber(this.string());
    return n >= 0 ? n : malformed();
  }

  term() {
    const { text } = this;
    const start = this.at;
    const tagged = text.charCodeAt(start) === OPEN && text.charCodeAt(start + 1) === QUOTE;
    if (!tagged || text.charCodeAt(start + 3) !== QUOTE) malformed();
    this.at = start + 4;
    this.comma();
    const tag = text.charCodeAt(start + 2);
    if (tag === 102) {
      const name = this.raw();
      this.comma();
      const args = this.list(readTerm);
      this.close();
      return name === '""' || args.length === 0 ? malformed() : this.values.compound(name, args);
    }
    this.skipString();
    if (tag === 117) {
      this.comma();
      this.skipString();
    }
    this.close();
    return this.values.leaf(text.slice(start, this.at));
  }

  groundTerm() {
    const term = this.term();
    return isGround(term) ? term : malformed();
  }

  predicate() {
    return this.values.predicate(this.raw());
  }

  /** A predicate that is no question. */
  ordinary() {
    const predicate = this.predicate();
    return predicate.question ? malformed({ predicate: predicate.text }) : predicate;
  }

  /** What follows `[` in an atom, and the tag in a literal. */
  atomInside() {
    const predicate = this.predicate();
    this.comma();
    const args = this.list(readTerm);
    this.close();
    if (args.length !== predicate.arity) malformed({ predicate: predicate.text });
    return this.values.atom(predicate, args);
  }

  atom() {
    this.open();
    return this.atomInside();
  }

  pattern() {
    const atom = this.atom();
    return isPattern(atom) ? atom : malformed();
  }

  literal() {
    this.open();
    const kind = this.string();
    this.comma();
    if (kind === "+" || kind === "-") return { kind, atom: this.atomInside() };
    if (kind === "c") return this.computation();
    return kind === "a" ? this.aggregate() : malformed({ literal: kind });
  }

  computation() {
    const name = this.string();
    const op = OPS.get(name);
    this.comma();
    const args = this.list(readTerm);
    this.close();
    if (!op || args.length !== op.arity) malformed({ op: name });
    return { kind: "c", op, args };
  }

  aggregate() {
    const op = this.oneOf("count", "sum", "min", "max");
    this.comma();
    const result = this.term();
    this.comma();
    const value = this.term();
    this.comma();
    const body = this.list(readLiteral);
    this.close();
    if (body.some(({ kind }) => kind !== "+" && kind !== "c")) malformed();
    if (!body.some(({ kind }) => kind === "+")) malformed();
    if (op === "count" && value.text !== '["n","1"]') malformed();
    return { kind: "a", op, result, value, body, locals: [], outers: [] };
  }

  clause() {
    const start = this.at;
    const { body, head, sentence, since, until } = this.record(...CLAUSE);
    return new Clause(head, body, sentence, since, until, this.text.slice(start, this.at));
  }

  day() {
    const text = this.string();
    return isDate(text) ? text : malformed({ date: text });
  }
}

export const readTerm = (reader) => reader.term();
export const readAtom = (reader) => reader.atom();
export const readText = (reader) => reader.string();
const readLiteral = (reader) => reader.literal();
const readBound = (reader) => (reader.text.startsWith('""', reader.at) ? reader.string() : reader.day());
const CLAUSE = [
  ["body", (reader) => reader.list(readLiteral)],
  ["head", readAtom],
  ["paraphrase", readText],
  ["reader", readText],
  ["sentence", readText],
  ["since", readBound],
  ["until", readBound],
];

// ---------------------------------------------------------------- clauses

export function eachVariable(term, visit) {
  if (isGround(term)) return;
  if (term.sort === "v") visit(term);
  else for (const arg of term.args) eachVariable(arg, visit);
}

/** The terms of a literal; of an aggregate, all but its result. */
function literalTerms(literal) {
  if (literal.kind === "c") return literal.args;
  if (literal.kind !== "a") return literal.atom.args;
  return [literal.value, ...literal.body.flatMap(literalTerms)];
}

export class Clause {
  constructor(head, body, sentence, since, until, text) {
    this.head = head;
    this.body = body;
    this.sentence = sentence;
    this.since = since;
    this.until = until;
    this.text = text;
    this.outer = this.sortVariables();
  }

  /** The outer variables; and each aggregate is told which of its variables are local and which outer. */
  sortVariables() {
    const owner = new Map(); // variable → the one aggregate it occurs in, or null
    const note = (terms, place) => {
      for (const term of terms)
        eachVariable(term, (variable) => {
          if (!owner.has(variable)) owner.set(variable, place);
          else if (owner.get(variable) !== place) owner.set(variable, null);
        });
    };
    note(this.head.args, null);
    for (const literal of this.body) {
      if (literal.kind === "a") note([literal.result], null);
      note(literalTerms(literal), literal.kind === "a" ? literal : null);
    }
    for (const literal of this.body) {
      if (literal.kind !== "a") continue;
      const found = new Set();
      for (const term of literalTerms(literal)) eachVariable(term, (variable) => found.add(variable));
      for (const variable of found) (owner.get(variable) === literal ? literal.locals : literal.outers).push(variable);
    }
    return [...owner.keys()].filter((variable) => owner.get(variable) === null);
  }

  inForce(now) {
    return (this.since === "" || this.since <= now) && (this.until === "" || now < this.until);
  }

  digest() {
    return H("clause", this.text);
  }

  hasEigen() {
    const terms = [this.head, ...this.body.map((l) => l.atom ?? l)].flatMap((part) =>
      part.kind ? [...literalTerms(part), ...(part.kind === "a" ? [part.result] : [])] : part.args,
    );
    return terms.some((term) => term.flags & EIGEN);
  }

  /** Whether a question predicate occurs in the head or the body. */
  asks() {
    const inBody = (literal) =>
      literal.kind === "a" ? literal.body.some(inBody) : literal.kind !== "c" && literal.atom.predicate.question;
    return this.head.predicate.question || this.body.some(inBody);
  }
}
