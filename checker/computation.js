// Computation literals: tests and functions on ground terms. A term has `sort`, `flags`, `args` and `content()`.

import { compareUtf8, quote, reject } from "./bytes.js";
import {
  abs, addMonths, dateText, dayNumber, floorDiv, numberText, parseDate, parseNumber,
} from "./numbers.js";

const MAX_TEXT = 65_536; // code points of a joined text
const MARKS = /^\p{M}{31}/u; // putting so many combining marks in order takes quadratic time

const outside = () => reject("domain_error");

// ---------------------------------------------------------------- reading arguments

/** A ground term as a value: `sort` is n, q (quantity), d, u, t, s or "" for what nothing is computed of. */
function valueOf(term) {
  switch (term.sort) {
    case "n":
      return { sort: "n", unit: null, ...parseNumber(term.content()) };
    case "d":
      return { sort: "d", date: term.content() };
    case "u": {
      const [months, days] = term.content();
      return { sort: "u", months: BigInt(months), days: BigInt(days) };
    }
    case "t":
      return { sort: "t", text: term.content() };
    case "s":
      return { sort: "s", text: term.content() };
    case "f":
      if (term.name === '"quantity"' && term.args.length === 2) {
        const [amount, unit] = term.args;
        if (amount.sort === "n" && unit.sort === "s")
          return { sort: "q", unit, ...parseNumber(amount.content()) };
      }
  }
  return { sort: "" };
}

function want(value, sort) {
  if (value.sort !== sort) outside();
  return value;
}

// ---------------------------------------------------------------- making results

const leaf = (make, sort, text) => (text === null ? outside() : make.leaf(`["${sort}",${quote(text)}]`));
const number = (make, n, d = 1n) => leaf(make, "n", numberText(n, d));
const date = (make, day) => leaf(make, "d", dateText(day));

/** A number, or a quantity if there is a unit. */
function amount(make, n, d, unit) {
  const result = number(make, n, d);
  return unit ? make.compound('"quantity"', [result, unit]) : result;
}

function duration(make, months, days) {
  const texts = [numberText(months), numberText(days)];
  return texts.includes(null) ? outside() : make.leaf(`["u","${texts[0]}","${texts[1]}"]`);
}

const text = (make, result) => leaf(make, "t", result);

// ---------------------------------------------------------------- order

const sign = (x) => (x < 0n ? -1 : x > 0n ? 1 : 0);

/** −1, 0 or 1 for two numbers, quantities of one unit, dates, texts, or durations of one kind. */
export function compareTerms(a, b) {
  const x = valueOf(a);
  const y = valueOf(b);
  if (x.sort !== y.sort) outside();
  switch (x.sort) {
    case "n":
    case "q":
      if (x.unit !== y.unit) outside();
      return sign(x.n * y.d - y.n * x.d);
    case "d":
      return x.date < y.date ? -1 : x.date > y.date ? 1 : 0;
    case "t":
      return compareUtf8(x.text, y.text);
    case "u":
      if (x.months === 0n && y.months === 0n) return sign(x.days - y.days);
      if (x.days === 0n && y.days === 0n) return sign(x.months - y.months);
  }
  return outside();
}

// ---------------------------------------------------------------- arithmetic

/** a + b, or a − b with `by` = −1. */
function sum(a, b, make, by) {
  const x = valueOf(a);
  const y = valueOf(b);
  if ((x.sort === "n" || x.sort === "q") && x.sort === y.sort && x.unit === y.unit)
    return amount(make, x.n * y.d + by * y.n * x.d, x.d * y.d, x.unit);
  if (x.sort === "u" && y.sort === "u") return duration(make, x.months + by * y.months, x.days + by * y.days);
  if (x.sort === "d" && y.sort === "u")
    return date(make, dayNumber(addMonths(parseDate(x.date), Number(by * y.months)) ?? outside()) + Number(by * y.days));
  if (x.sort === "d" && y.sort === "d" && by === -1n)
    return duration(make, 0n, BigInt(dayNumber(parseDate(x.date)) - dayNumber(parseDate(y.date))));
  return outside();
}

function product(a, b, make) {
  const x = valueOf(a);
  const y = valueOf(b);
  const numeric = (v) => v.sort === "n" || v.sort === "q";
  if (!numeric(x) || !numeric(y) || (x.unit && y.unit)) outside();
  return amount(make, x.n * y.n, x.d * y.d, x.unit ?? y.unit);
}

function quotient(a, b, make) {
  const x = valueOf(a);
  const y = valueOf(b);
  const known = (x.sort === "n" || x.sort === "q") && (y.sort === "n" || (x.sort === "q" && x.unit === y.unit));
  if (!known || y.n === 0n) outside();
  return amount(make, x.n * y.d, x.d * y.n, y.sort === "q" ? null : x.unit);
}

/** The integer that n/d is rounded to. */
function roundTo(n, d, mode) {
  const floor = floorDiv(n, d);
  const rest = n - floor * d;
  if (rest === 0n) return floor;
  const away = n < 0n ? floor : floor + 1n;
  const toward = n < 0n ? floor + 1n : floor;
  const nearest = (tie) => (2n * rest === d ? tie : 2n * rest < d ? floor : floor + 1n);
  switch (mode) {
    case "up": return away;
    case "down": return toward;
    case "ceiling": return floor + 1n;
    case "floor": return floor;
    case "half_up": return nearest(away);
    case "half_down": return nearest(toward);
    case "half_even": return nearest(floor % 2n === 0n ? floor : floor + 1n);
  }
  return outside();
}

const MODES = new Set(["up", "down", "ceiling", "floor", "half_up", "half_down", "half_even"]);

function round(a, places, mode, make) {
  const x = want(valueOf(a), "n");
  const p = want(valueOf(places), "n");
  const m = want(valueOf(mode), "s");
  if (p.d !== 1n || abs(p.n) > 50n || !MODES.has(m.text)) outside();
  const scale = 10n ** abs(p.n);
  if (p.n >= 0n) return number(make, roundTo(x.n * scale, x.d, m.text), scale);
  return number(make, roundTo(x.n, x.d * scale, m.text) * scale);
}

/** The greatest k ≥ 0 with a + k months ≤ b for a ≤ b, otherwise minus that of (b, a). */
function monthsBetween(a, b) {
  const from = want(valueOf(a), "d").date;
  const to = want(valueOf(b), "d").date;
  if (from > to) return -monthsBetween(b, a);
  const start = parseDate(from);
  const end = parseDate(to);
  const k = (end.year - start.year) * 12 + end.month - start.month;
  return BigInt(dayNumber(addMonths(start, k)) > dayNumber(end) ? k - 1 : k);
}

function concat(a, b, make) {
  const left = want(valueOf(a), "t").text;
  const right = want(valueOf(b), "t").text;
  if (MARKS.test(right) || left.length + right.length > 2 * MAX_TEXT + 60) outside();
  const joined = (left + right).normalize("NFC");
  return [...joined].length > MAX_TEXT ? outside() : text(make, joined);
}

const datePart = (part) => (a, make) => number(make, BigInt(part(want(valueOf(a), "d").date)));
const textTest = (test) => (a, b) => test(want(valueOf(a), "t").text, want(valueOf(b), "t").text);
const integral = (of) => (a, make) => {
  const x = want(valueOf(a), "n");
  return number(make, of(x.n, x.d));
};

// ---------------------------------------------------------------- the ops

const test = (arity, run) => ({ arity, test: true, run });
const func = (arity, run) => ({ arity, test: false, run });

/** Each op: how many arguments (with the result), whether it is a test, and what it does with its inputs. */
export const OPS = new Map([
  ["eq", test(2, (a, b) => a === b)],
  ["ne", test(2, (a, b) => a !== b)],
  ["lt", test(2, (a, b) => compareTerms(a, b) < 0)],
  ["le", test(2, (a, b) => compareTerms(a, b) <= 0)],
  ["gt", test(2, (a, b) => compareTerms(a, b) > 0)],
  ["ge", test(2, (a, b) => compareTerms(a, b) >= 0)],
  ["starts_with", test(2, textTest((t, p) => t.startsWith(p)))],
  ["contains", test(2, textTest((t, p) => t.includes(p)))],
  ["add", func(3, (a, b, make) => sum(a, b, make, 1n))],
  ["sub", func(3, (a, b, make) => sum(a, b, make, -1n))],
  ["mul", func(3, product)],
  ["div", func(3, quotient)],
  ["least", func(3, (a, b) => (compareTerms(b, a) < 0 ? b : a))],
  ["greatest", func(3, (a, b) => (compareTerms(b, a) > 0 ? b : a))],
  ["abs", func(2, (a, make) => { const x = want(valueOf(a), "n"); return number(make, abs(x.n), x.d); })],
  ["floor", func(2, integral(floorDiv))],
  ["ceiling", func(2, integral((n, d) => -floorDiv(-n, d)))],
  ["round", func(4, round)],
  ["year", func(2, datePart((d) => parseDate(d).year))],
  ["month", func(2, datePart((d) => parseDate(d).month))],
  ["day", func(2, datePart((d) => parseDate(d).day))],
  ["weekday", func(2, datePart((d) => ((dayNumber(parseDate(d)) + 719_162) % 7) + 1))], // that many days after a Monday, day 0 was a Thursday
  ["months_between", func(3, (a, b, make) => number(make, monthsBetween(a, b)))],
  ["years_between", func(3, (a, b, make) => number(make, monthsBetween(a, b) / 12n))],
  ["concat", func(3, concat)],
  ["length", func(2, (a, make) => number(make, BigInt([...want(valueOf(a), "t").text].length)))],
  ["lowercase", func(2, (a, make) => text(make, want(valueOf(a), "t").text.replace(/[A-Z]/g, (c) => c.toLowerCase())))],
  ["text_of", func(2, (a, make) => text(make, want(valueOf(a), "s").text))],
]);

// ---------------------------------------------------------------- folds of aggregates

/** `sum`, `min` or `max` of ground, known terms, in the order given; null when there is none to choose. */
export function fold(op, terms, make) {
  if (op === "sum") {
    if (terms.length === 0) return number(make, 0n);
    const sort = valueOf(terms[0]).sort;
    if (sort !== "n" && sort !== "q") outside();
    return terms.reduce((total, term) => sum(total, term, make, 1n));
  }
  let best = null;
  for (const term of terms) {
    const order = compareTerms(term, best ?? term); // compared with itself, a term shows that it has an order
    if (best === null || (op === "min" ? order < 0 : order > 0)) best = term;
  }
  return best;
}
