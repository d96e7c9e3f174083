import assert from "node:assert/strict";
import test from "node:test";

import { Rejection } from "../bytes.js";
import { compute } from "../closure.js";
import { Reader, Values, writeTerm } from "../values.js";
import { c, d, f, n, s, t, v } from "./build.js";
import { write } from "./roots.js";

const q = (amount, unit) => f("quantity", n(amount), s(unit));
const u = (months, days) => ["u", String(months), String(days)];

/** The result of an op as JSON text; of a test "true" or "false"; or the kind of the rejection. */
function of(op, ...args) {
  const values = new Values();
  const tests = ["eq", "ne", "lt", "le", "gt", "ge", "starts_with", "contains"];
  const given = tests.includes(op) ? args : [...args, v("R")];
  try {
    const outcome = compute({ values, trail: [] }, new Reader(write(c(op, ...given)), values).literal());
    return given === args ? String(outcome) : writeTerm(values.variable('"R"').bound);
  } catch (error) {
    if (error instanceof Rejection) return error.kind;
    throw error;
  }
}

const equal = (wanted, ...call) => assert.equal(of(...call), typeof wanted === "string" ? wanted : write(wanted), write(call));

test("tests", () => {
  equal("true", "eq", s("a"), s("a"));
  equal("true", "ne", s("a"), t("a"));
  equal("true", "lt", n("1/3"), n("1/2"));
  equal("true", "ge", n(-1), n("-3/2"));
  equal("true", "lt", t("\uffff"), t("😀"));
  equal("true", "lt", u(0, 3), u(0, 4));
  equal("domain_error", "lt", u(1, 0), u(0, 4));
  equal("domain_error", "lt", u(1, 1), u(1, 1));
  equal("true", "le", q(2, "kg"), q(2, "kg"));
  equal("domain_error", "lt", q(2, "kg"), q(2, "g"));
  equal("domain_error", "lt", s("a"), s("b"));
  equal("domain_error", "lt", n(1), d("2024-01-01"));
  equal("not_comparable", "eq", s("!X"), s("!X"));
  equal("not_comparable", "lt", f("g", f("sk:1", n(1))), n(1));
  equal("not_comparable", "ne", ["h", "A".repeat(43)], n(1));
  equal("true", "starts_with", t("abc"), t("ab"));
  equal("false", "contains", t("abc"), t("ac"));
  equal("unbound_builtin", "eq", v("X"), n(1));
});

test("numbers and quantities", () => {
  equal(n("5/6"), "add", n("1/2"), n("1/3"));
  equal(n(0), "sub", n("1/2"), n("1/2"));
  equal(q("7/2", "kg"), "add", q(3, "kg"), q("1/2", "kg"));
  equal("domain_error", "add", q(3, "kg"), n(1));
  equal(q(6, "kg"), "mul", n(2), q(3, "kg"));
  equal("domain_error", "mul", q(2, "kg"), q(3, "kg"));
  equal(n("-3/2"), "div", n(3), n(-2));
  equal(n("2/3"), "div", q(2, "kg"), q(3, "kg"));
  equal(q("2/3", "kg"), "div", q(2, "kg"), n(3));
  equal("domain_error", "div", n(2), q(3, "kg"));
  equal("domain_error", "div", n(2), n(0));
  equal(n(2), "least", n(3), n(2));
  equal(n(3), "greatest", n(3), n(2));
  equal(n("1/2"), "abs", n("-1/2"));
  equal(n(-2), "floor", n("-3/2"));
  equal(n(-1), "ceiling", n("-3/2"));
  const nines = "9".repeat(300);
  equal("domain_error", "add", n(nines), n(1));
  equal(n(nines), "add", n(nines), n(0));
  equal("domain_error", "div", n(`1/${nines}`), n(2));
});

test("rounding", () => {
  const cases = { up: [3, -3], down: [2, -2], ceiling: [3, -2], floor: [2, -3], half_up: [3, -3], half_down: [2, -2], half_even: [2, -2] };
  for (const [mode, [plus, minus]] of Object.entries(cases)) {
    equal(n(plus), "round", n("5/2"), n(0), s(mode));
    equal(n(minus), "round", n("-5/2"), n(0), s(mode));
    equal(n(4), "round", n(4), n(0), s(mode));
  }
  equal(n(4), "round", n("7/2"), n(0), s("half_even"));
  equal(n("333/1000"), "round", n("1/3"), n(3), s("half_up"));
  equal(n(1200), "round", n(1234), n(-2), s("half_up"));
  equal(n(-1300), "round", n(-1234), n(-2), s("floor"));
  equal("domain_error", "round", n(1), n(51), s("up"));
  equal("domain_error", "round", n(1), n("1/2"), s("up"));
  equal("domain_error", "round", n(1), n(0), s("sideways"));
});

test("dates and durations", () => {
  equal(d("2024-02-29"), "add", d("2024-01-31"), u(1, 0));
  equal(d("2023-03-01"), "add", d("2023-01-31"), u(1, 1));
  equal(d("2023-02-28"), "sub", d("2024-02-29"), u(12, 0));
  equal(u(0, 366), "sub", d("2025-01-01"), d("2024-01-01"));
  equal(u(3, -1), "add", u(1, 1), u(2, -2));
  equal("domain_error", "add", d("2024-01-01"), d("2024-01-01"));
  equal("domain_error", "add", d("9999-12-31"), u(0, 1));
  equal("domain_error", "sub", d("0001-01-01"), u(1, 0));
  equal("domain_error", "add", d("2024-01-01"), u("9".repeat(300), 0));
  equal(n(2024), "year", d("2024-05-17"));
  equal(n(5), "month", d("2024-05-17"));
  equal(n(17), "day", d("2024-05-17"));
  equal(n(5), "weekday", d("2024-05-17"));
  equal(n(1), "weekday", d("0001-01-01"));
  equal(n(1), "months_between", d("2023-01-31"), d("2023-02-28"));
  equal(n(0), "months_between", d("2023-01-31"), d("2023-02-27"));
  equal(n(-1), "months_between", d("2023-02-28"), d("2023-01-28"));
  equal(n(1), "years_between", d("2023-02-28"), d("2024-02-29"));
  equal(n(0), "years_between", d("2024-02-01"), d("2023-02-02"));
});

test("texts", () => {
  equal(t("é"), "concat", t("e"), t("\u0301"));
  equal(n(2), "length", t("😀é"));
  equal(t("abcÄ"), "lowercase", t("aBCÄ"));
  equal(t("a b"), "text_of", s("a b"));
  equal("domain_error", "text_of", t("a"));
  equal("domain_error", "concat", t("x".repeat(65536)), t("x"));
});

test("a result that is already given is compared; a private cell in its place decides nothing", () => {
  const values = new Values();
  const literal = (...args) => new Reader(write(c("add", ...args)), values).literal();
  assert.equal(compute({ values, trail: [] }, literal(n(1), n(2), n(3))), true);
  assert.equal(compute({ values, trail: [] }, literal(n(1), n(2), n(4))), false);
  assert.equal(compute({ values, trail: [] }, literal(n(1), n(2), f("sk:x", n(1)))), false);
  assert.throws(() => compute({ values, trail: [] }, literal(n(1), n(2), ["h", "A".repeat(43)])), { kind: "not_comparable" });
});

test("the forms of terms", () => {
  const good = [s("a"), t(""), ["b", "true"], n("-3/4"), n(0), d("2000-02-29"), u(-1, 0), f("g", n(1)), v("X"), ["h", "A".repeat(43)]];
  const bad = [
    s(""), ["b", "yes"], n("01"), n("-0"), n("2/4"), n("1/1"), n("0/5"), n("1/-2"), n("+1"), d("1900-02-29"), d("0000-01-01"), d("2024-1-1"),
    ["u", "1", "1/2"], ["u", "1"], ["f", "g", []], ["f", "", [n(1)]], v(""), ["h", "A"], ["x", "a"], ["s"], ["s", "a", "b"], [], "a", {}, ["s", ["a"]],
    ["f", "g", n(1)], ["", "a"], ["__proto__", "a"], ["\\", "a"],
  ];
  const read = (term) => new Reader(write(term), new Values()).term();
  for (const term of good) assert.equal(writeTerm(read(term)), write(term));
  for (const term of bad) assert.throws(() => read(term), { kind: "malformed_value" }, write(term));
});

test("the forms of predicates", () => {
  const read = (text) => new Reader(write(text), new Values()).predicate();
  for (const text of ["p/0", "~p/1", "a~b?/99", "?/3", "\u00a0/1"]) assert.equal(read(text).text, text);
  for (const text of ["p", "p/", "p/01", "p/100", "~~p/1", "?p/1", "p q/1", "/1", "~/1", "~?/1", "p/1/1", "p/1\n", "p\v/1"])
    assert.throws(() => read(text), { kind: "malformed_value" }, text);
});
