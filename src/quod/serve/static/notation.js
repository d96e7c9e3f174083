// Terms, atoms and clauses in the notation of the book's logic blocks.

const TESTS = new Map([["eq", "="], ["ne", "!="], ["lt", "<"], ["le", "<="], ["gt", ">"], ["ge", ">="]]);
const INFIX = new Map([["add", "+"], ["sub", "-"], ["mul", "*"], ["div", "/"]]);
const BARE = /^[\p{Ll}\p{Lo}\p{N}][\p{L}\p{M}\p{N}_]*$/u;

export function term(t) {
  const [tag, first, second] = t;
  if (tag === "s") return first.startsWith("!") ? `any ${first.slice(1)}` : BARE.test(first) ? first : `'${first}'`;
  if (tag === "t") return JSON.stringify(first);
  if (tag === "u") return `${first} months ${second} days`;
  if (tag === "h") return `[private ${first.slice(0, 8)}…]`;
  if (tag !== "f") return first;
  if (first === "quantity" && second.length === 2) return `${term(second[0])} ${term(second[1])}`;
  if (first.startsWith("sk:")) return `[someone or something: ${first.slice(3)}${list(second)}]`;
  return first + list(second);
}

function list(terms) {
  return `(${terms.map(term).join(", ")})`;
}

/** A predicate's name without the sign of negation and the arity. */
export function nameOf(predicate) {
  return predicate.replace(/^~/, "").replace(/\/\d+$/, "");
}

export function atom([predicate, args]) {
  if (predicate.startsWith("?/")) return args.length ? `answer${list(args)}` : "the question";
  return (predicate.startsWith("~") ? "neg " : "") + nameOf(predicate) + (args.length ? list(args) : "");
}

export function literal(l) {
  if (l[0] === "+") return atom([l[1], l[2]]);
  if (l[0] === "-") return "absent " + atom([l[1], l[2]]);
  if (l[0] === "a") {
    const value = l[1] === "count" ? "" : term(l[3]) + " : ";
    return `${term(l[2])} = ${l[1]}{ ${value}${l[4].map(literal).join(", ")} }`;
  }
  const [, op, args] = l;
  const said = args.map(term);
  if (TESTS.has(op)) return `${said[0]} ${TESTS.get(op)} ${said[1]}`;
  if (INFIX.has(op)) return `${said[0]} ${INFIX.get(op)} ${said[1]} = ${said[2]}`;
  if (op === "starts_with" || op === "contains") return `${op}(${said.join(", ")})`;
  return `${op}(${said.slice(0, -1).join(", ")}) = ${said[said.length - 1]}`;
}

export function clause(c) {
  return atom(c.head) + (c.body.length ? " :- " + c.body.map(literal).join(", ") : "") + ".";
}

/** A term or an array of terms with variables replaced by what a Map binds them to. */
export function bound(t, bindings) {
  if (t[0] === "v") return bindings.get(t[1]) ?? t;
  return t[0] === "f" ? ["f", t[1], t[2].map((each) => bound(each, bindings))] : t;
}

export function instance(l, bindings) {
  const args = (terms) => terms.map((each) => bound(each, bindings));
  if (l[0] === "a") {
    return ["a", l[1], bound(l[2], bindings), bound(l[3], bindings), l[4].map((each) => instance(each, bindings))];
  }
  return l.length === 3 ? [l[0], l[1], args(l[2])] : [l[0], args(l[1])];
}
