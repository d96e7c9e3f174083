// The proof in the document: a tree of lists to fold.

import { atom, bound, clause, instance, literal, nameOf, term } from "./notation.js";
import { below } from "./outline.js";
import { code, counted, datum, h } from "./text.js";

const EAGER = 1500; // nodes drawn at once; beyond, the inside of a fold is drawn when it is first opened
const OPEN_AT_FIRST = 44; // nodes in view before the reader unfolds anything
const ROWS_AT_FIRST = 12;

/** Draw an outline into `place`; answers with what shows one step of it. */
export function draw(place, proof, { roots, homes }, labels) {
  const nodes = [...roots];
  for (let i = 0; i < nodes.length; i++) for (const child of nodes[i].children) nodes.push(child);
  const openTo = openDepth(nodes);
  const drawing = { proof, labels, homes, openTo, eager: nodes.length <= EAGER, items: new Map() };
  const goals = proof.goal.goals.length;
  const groups = [];
  for (const root of roots) {
    if (!root.role.guard || !groups.length) groups.push([]);
    groups[groups.length - 1].push(root);
  }
  place.replaceChildren(...groups.map((group) => groupItem(drawing, group, goals)));
  return (step) => shownAt(drawing, step);
}

/** The depth down to which folds start open. */
function openDepth(nodes) {
  const count = [];
  for (const node of nodes) if (!node.tucked && !node.later) count[node.depth] = (count[node.depth] ?? 0) + 1;
  let seen = 0;
  let depth = 0;
  while (depth < count.length && seen + count[depth] <= OPEN_AT_FIRST) seen += count[depth++];
  return depth - 1;
}

function groupItem(drawing, [main, ...guards], goals) {
  const list = h("ol", "steps", item(drawing, main));
  const title = main.role.continued ? "continued" : goals > 1 ? `${main.role.goal + 1} of ${goals}` : "";
  const box = h("div", "group", title && h("p", "group-title", title), list);
  if (guards.length) list.append(...guards.map((each) => item(drawing, each)));
  return box;
}

/** One node: its statement, what it rests on, and below it its reasons. */
function item(drawing, node) {
  const li = h("li", node.depth > 7 ? "step deep narrow" : node.depth > 3 ? "step narrow" : "step");
  const says = statement(drawing, node);
  if (node.home) {
    li.classList.add("again");
    li.append(h("div", "says", ...says, " ", reference(drawing, node.home)));
    return li;
  }
  li.id = `s${node.at}`;
  const rests = restsOn(drawing, node);
  const closure = isClosure(drawing, node);
  if (!node.children.length && !closure) {
    li.append(h("div", "says", ...says, number(node.at)), rests);
  } else {
    const fold = h("details", closure ? "closure" : "");
    const count = below(node);
    const hint = count ? h("span", "hint", counted(count, "step")) : null;
    fold.append(h("summary", "says", ...says, hint, number(node.at)));
    const inside = { fold, node, rests, filled: false };
    drawing.items.set(node.at, inside);
    fold.open = !node.tucked && !node.later && node.depth < drawing.openTo;
    if (drawing.eager || fold.open) fill(drawing, inside);
    else fold.addEventListener("toggle", () => fill(drawing, inside));
    li.append(fold);
  }
  return li;
}

function fill(drawing, inside) {
  if (inside.filled) return;
  inside.filled = true;
  inside.fold.append(inside.rests);
  const { children } = inside.node;
  if (!children.length) return;
  if (isClosure(drawing, inside.node)) inside.fold.append(h("p", "lead", "Taken into account:"));
  const brief = drawing.proof.steps[inside.node.at].by === "exact" ? children.filter((child) => child.home) : [];
  const full = children.filter((child) => !brief.includes(child));
  inside.fold.append(h("ol", "steps", ...full.map((child) => item(drawing, child))));
  if (brief.length) inside.fold.append(alsoShown(drawing, brief));
}

/** Answers of the inner patterns, which were shown on the way. */
function alsoShown(drawing, nodes) {
  const line = h("p", "also", "What they rest on is listed and shown too: ");
  nodes.forEach((node, i) => line.append(i ? ", " : "", code(formalOf(drawing.proof.shown[node.at])), " ", reference(drawing, node.home)));
  return line;
}

function isClosure({ proof }, node) {
  const { by } = proof.steps[node.at];
  return by === "tables" || by === "rows";
}

function number(at) {
  return h("span", "number", String(at));
}

/** A link to the one place where a step is drawn. */
function reference(drawing, node) {
  const link = h("a", "reference", `see ${node.at}`);
  link.setAttribute("href", `#s${node.at}`);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    visit(shownAt(drawing, node.at));
  });
  return link;
}

/** Bring an item of the tree into view, with the keyboard on it. */
export function visit(li) {
  if (!li) return;
  const target = li.querySelector("summary, .says");
  if (target.tagName !== "SUMMARY") target.tabIndex = -1;
  target.focus({ preventScroll: true });
  li.scrollIntoView({ block: "center" });
  li.classList.remove("visited");
  void li.offsetWidth; // so that the mark of a visit starts anew
  li.classList.add("visited");
}

/** The item that shows a step, or the first that rests on it; every fold around it is opened. */
function shownAt(drawing, step) {
  const { homes, proof } = drawing;
  let at = step;
  while (at !== undefined && !homes.has(at)) at = nextUse(proof, at);
  if (at === undefined) return null;
  const path = [];
  for (let node = homes.get(at).parent; node; node = node.parent) path.unshift(node);
  for (const node of path) {
    const inside = drawing.items.get(node.at);
    if (!inside) continue;
    fill(drawing, inside);
    inside.fold.open = true;
  }
  return document.getElementById(`s${at}`);
}

function nextUse(proof, at) {
  for (let later = at + 1; later < proof.steps.length; later++) if (proof.premises[later].includes(at)) return later;
  return undefined;
}

// ---------------------------------------------------------------- statements

/** What a node says: English if there is some, and the notation that was checked. */
function statement({ proof, labels }, node) {
  const shown = proof.shown[node.at];
  const { role } = node;
  const label = labels.get(String(node.at));
  if (shown.kind === "table" && proof.steps[node.at].by !== "exact") return closureStatement(shown, node, label);
  if (shown.kind === "rows") return [tableWords(shown)];
  if (shown.exact) return [h("span", "label", exactly(shown)), " ", code(exactShape(shown, role, proof.goal))];
  const formal = formalOf(shown);
  if (shown.kind === "holds" && shown.atom[0].startsWith("?/")) {
    return [h("span", "label", shown.atom[1].length ? "An answer: " : "", code(shown.atom[1].map(term).join(", ") || "what was asked"))];
  }
  const said = label ? [datum(capital(label), "label"), " ", code(formal)] : [h("span", "label", code(formal))];
  if (role.guard) return ["Nothing says otherwise: ", ...said];
  return said;
}

/** English that starts with a word of its own, not with a name, as a sentence starts. */
function capital(label) {
  return /^(?:an?|everything|it|no|nothing|some|something|someone|the|this)\b/.test(label) ? label[0].toUpperCase() + label.slice(1) : label;
}

function exactly({ patterns, answers }) {
  const n = patterns.length === 0 ? 0 : (answers[0] ?? []).length;
  return n ? `Exactly ${counted(n, "answer")}` : "No answer at all";
}

function exactShape(shown, role, goal) {
  return atom(goal.goals[role.goal]?.pattern ?? shown.patterns[0]);
}

function formalOf(shown) {
  if (shown.kind === "contested") return `${atom(shown.atom)} and its opposite`;
  if (shown.kind === "each") return `${shown.body.map(atom).join(", ")} → ${atom(shown.head)}`;
  if (shown.kind === "table") return shown.patterns.map(atom).join(", ");
  return atom(shown.atom);
}

function closureStatement(shown, { role }, label) {
  if (role.guard) return ["Nothing in the book says the opposite"];
  if (role.complete) return ["These are all"];
  if (role.literal?.[0] === "-") {
    const found = instance(role.literal, role.bindings);
    return ["It cannot be derived: ", code(atom([found[1], found[2]]))];
  }
  if (role.literal?.[0] === "a") return ["All there is to count: ", code(literal(instance(role.literal, role.bindings)))];
  if (role.about) return ["It cannot be derived: ", code(atom(role.about))];
  const wanted = shown.patterns;
  const said = wanted.slice(0, 3).map((each) => code(atom(each)));
  const formal = said.flatMap((each, i) => (i ? [", ", each] : [each]));
  if (wanted.length > 3) formal.push(` and ${wanted.length - 3} more`);
  if (label) return [datum(label, "label"), " ", ...formal];
  return ["Nothing else can be derived of the shape ", ...formal];
}

function prefixWords({ prefix, order, relation }) {
  if (!prefix.length) return "";
  const named = prefix.map((cell, i) => `${relation.columns?.[Number(order[i])] ?? "column"} = ${term(cell)}`);
  return h("span", "", " with ", code(named.join(", ")));
}

// ---------------------------------------------------------------- what a step rests on

/** The evidence of a step: its sentence, row, assumption or closure. */
function restsOn(drawing, node) {
  const { proof } = drawing;
  const step = proof.steps[node.at];
  const premises = proof.premises[node.at].map((at) => proof.shown[at]);
  const box = h("div", "rests");
  switch (step.by) {
    case "apply":
      if (!premises[0].asked) box.append(...sentence(premises[0]));
      box.append(logicOf(premises[0], step));
      box.append(...computed(premises[0].clause, new Map(step.bindings)));
      break;
    case "row":
      box.append(h("p", "source", "A row of the table ", code(nameOf(premises[0].predicate)), "."), cells(premises[0], step.args));
      break;
    case "reveal":
      box.append(h("p", "source", "A private cell, opened: ", code(term(step.value)), "."));
      break;
    case "assume":
      box.append(h("p", "source", "Assumed."));
      break;
    case "claim":
      box.append(h("p", "source", "Claimed by the model ", datum(step.model), " with probability ", code(term(step.probability)), "."));
      break;
    case "contested":
      box.append(h("p", "source", "Both follow from the book."));
      break;
    case "each":
      box.append(h("p", "source", "Shown for something about which nothing else is known, so for everything."));
      break;
    case "exact":
      box.append(h("p", "source", "Each of these is shown, and there are no others."));
      break;
    case "uncontested":
      box.append(h("p", "source", "Nothing in the book says the opposite of anything this rests on."));
      break;
    case "tables":
      box.append(...closure(drawing, node));
      break;
    case "rows":
      box.append(...rowChips(proof.shown[node.at]));
      break;
  }
  return box;
}

/** The sentence of the book, how it was read, and its logic. */
function sentence({ clause: by, asked }) {
  const parts = [];
  if (by.sentence) parts.push(h("p", asked ? "sentence asked" : "sentence", datum(by.sentence)));
  if (by.paraphrase && by.paraphrase !== by.sentence) parts.push(h("p", "paraphrase", h("span", "read-as", "read as "), datum(by.paraphrase)));
  if (by.since || by.until) parts.push(h("p", "source", datum(inForce(by))));
  return parts;
}

/** The logic of a sentence that is more than the statement itself, and for what it is used. */
function logicOf({ clause: by }, step) {
  if (!by.body.length && !step.bindings.length) return "";
  const said = step.bindings.map(([name, value]) => h("span", "binding", code(`${name} = ${term(value)}`)));
  const joined = said.flatMap((each, i) => (i ? [" ", each] : [" ", h("span", "with", "with "), each]));
  return h("p", "logic", code(clause(by)), ...joined);
}

function inForce({ since, until }) {
  const from = since ? ` from ${since}` : "";
  return `in force${from}${until ? ` until before ${until}` : ""}`;
}

function computed(by, bindings) {
  const done = by.body.filter((each) => each[0] === "c");
  return done.map((each) => {
    const [, op, args] = each;
    const values = args.map((arg) => bound(arg, bindings));
    return h("p", "computed", "computed: ", code(literal(["c", op, values])));
  });
}

function cells({ relation }, args) {
  const list = h("dl", "cells");
  args.forEach((cell, i) => {
    list.append(h("div", "", h("dt", "", datum(relation.columns?.[i] ?? `column ${i}`)), h("dd", "", code(term(cell)))));
  });
  return list;
}

// ---------------------------------------------------------------- closures

/** Everything a closure looked at, predicate by predicate. */
function closure({ proof }, node) {
  const { patterns, answers, leaves } = proof.shown[node.at];
  const consulted = proof.premises[node.at].map((at) => proof.shown[at]);
  const parts = [h("p", "source", "Every sentence and row that could lead here was tried. Of each shape, this is all that comes out:")];
  for (const predicate of new Set(patterns.map(([name]) => name))) {
    const section = h("section", "shape");
    patterns.forEach((pattern, i) => {
      if (pattern[0] === predicate) section.append(patternLine(pattern, answers[i] ?? []));
    });
    const asked = predicate.startsWith("?/") ? proof.goal.question : null;
    section.append(...sourcesOf(predicate, leaves.get(predicate), consulted, asked));
    parts.push(section);
  }
  return parts;
}

function patternLine(pattern, answers) {
  if (answers.length === 1 && same(answers[0], pattern)) return h("p", "pattern", code(atom(pattern)), ": listed");
  const found = answers.map((each) => h("li", "", code(atom(each))));
  const line = h("p", "pattern", code(atom(pattern)), answers.length ? `: ${answers.length}` : ": nothing");
  return found.length ? h("div", "", line, h("ul", "chips", ...found)) : line;
}

function sourcesOf(predicate, leaf, consulted, asked) {
  const clauses = asked ?? consulted.filter((each) => each.kind === "clause").map((each) => each.clause);
  const fitting = clauses.filter((each) => each.head[0] === predicate);
  const parts = [];
  if (fitting.length) {
    parts.push(h("ul", "clauses", ...fitting.map((each) => h("li", "", ...sentence({ clause: each, asked: asked !== null }), h("p", "logic", code(clause(each)))))));
  }
  for (const each of consulted) if (each.kind === "rows" && each.predicate === predicate) parts.push(rowsOf(each));
  if (!parts.length) parts.push(h("p", "source", "No sentence or row of the book leads to this."));
  if (leaf?.closed === "yes") parts.push(h("p", "source", "The book is complete on this: what it does not say is false."));
  return parts;
}

function rowsOf(shown) {
  return h("div", "", h("p", "source", tableWords(shown), ":"), ...rowChips(shown));
}

function tableWords(shown) {
  const count = wantedRows(shown).length;
  return h("span", "", count === 1 ? "The only row of the table " : count ? `All ${count} rows of the table ` : "No row of the table ", code(nameOf(shown.predicate)), prefixWords(shown));
}

function wantedRows({ rows, prefix, order }) {
  return rows.filter((row) => prefix.every((cell, i) => same(cell, row[Number(order[i])])));
}

function rowChips(shown) {
  const wanted = wantedRows(shown);
  const line = (row) => h("li", "", code(row.map(term).join(", ")));
  const parts = wanted.length ? [h("ul", "chips", ...wanted.slice(0, ROWS_AT_FIRST).map(line))] : [];
  const rest = wanted.slice(ROWS_AT_FIRST);
  if (rest.length) {
    const fold = h("details", "more", h("summary", "", `${counted(rest.length, "more row", "more rows")}`));
    fold.append(h("ul", "chips", ...rest.map(line)));
    parts.push(fold);
  }
  return parts;
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
