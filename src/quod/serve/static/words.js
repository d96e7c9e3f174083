// What verdicts, goals and rejections are called in English.

import { atom } from "./notation.js";
import { code, counted, datum, h } from "./text.js";

const VERDICTS = new Map(Object.entries({
  proved: ["Proved", "Yes. The book shows it, and nothing in the book says the opposite."],
  refuted: ["Refuted", "No. The book shows that it is false."],
  unknown: ["Unknown", "Neither it nor its opposite can be derived from the book."],
  conflict: ["Conflict", "The book shows both it and its opposite."],
  holds: ["Holds", "It follows from the book. Whether the opposite follows too was not asked."],
  underivable: ["Not derivable", "It cannot be derived from the book. Whether the opposite can was not asked."],
  ambiguous: ["Ambiguous", "The question can be read in more than one way."],
  undecided: ["Undecided", "The budget was spent before an answer was found."],
}));

/** The verdict that the goal, which was checked, amounts to; "" if it is of no single kind. */
export function verdictOf(goal) {
  const kinds = new Set(goal.goals.map((g) => (g.kind === "each" ? "proved" : g.kind)));
  if (kinds.size !== 1) return "";
  const [kind] = kinds;
  if (kind === "not_derivable") return areOpposites(goal.goals) ? "unknown" : "underivable";
  if (kind === "holds") return goal.goals.every((g) => g.atom[0].startsWith("?/")) ? "proved" : "holds";
  return kind === "contested" ? "conflict" : kind === "exactly" ? "answers" : kind;
}

function areOpposites(goals) {
  if (goals.length !== 2) return false;
  const [one, other] = goals.map((g) => JSON.stringify(g.atom));
  return one === other.replace(/^\["~?/, (start) => (start.endsWith("~") ? '["' : '["~'));
}

/** The verdict, large; `said` is what the file calls it. */
export function verdict(goal, said, answers) {
  const found = verdictOf(goal) || said;
  const box = h("div", "verdict");
  if (found === "answers") box.append(...listOfAnswers(goal, answers));
  else {
    const [word, gloss] = VERDICTS.get(found) ?? ["", ""];
    box.append(h("p", "verdict-word", word || datum(found)), h("p", "gloss", gloss));
    if (answers.length) box.append(h("ul", "answers", ...answers.map((each) => h("li", "", datum(each)))));
  }
  if (found !== said && found !== "answers" && said) {
    box.append(h("p", "warning", "The file calls this “", datum(said), "”. What was checked is this instead."));
  }
  return box;
}

function listOfAnswers(goal, said) {
  const found = goal.goals.flatMap((g) => g.answers.map(atom));
  const closed = goal.goals.every((g) => g.closed === "yes");
  const more = closed ? "There are no others." : "The book gives no others; it does not claim to be complete on this.";
  const none = closed ? "There are none." : "The book gives none; it does not claim to be complete on this.";
  const parts = [h("p", "verdict-word", found.length ? `${counted(found.length, "answer")}` : "Nothing")];
  const fits = said.length === found.length;
  const lines = fits ? said.map((each) => datum(each)) : found.map(code);
  if (lines.length) parts.push(h("ul", "answers", ...lines.map((each) => h("li", "", each))));
  parts.push(h("p", "gloss", found.length ? more : none));
  if (!fits) parts.push(h("p", "warning", `The file names ${counted(said.length, "answer")}; these are what was checked.`));
  return parts;
}

/** One goal in words. */
export function goalInWords(g, english = "") {
  const it = g.atom && h("span", "", english ? datum(english, "label") : "", english ? " " : "", code(atom(g.atom)));
  switch (g.kind) {
    case "holds":
      return h("p", "goal", it, " holds.");
    case "proved":
      return h("p", "goal", it, " holds, and nothing in the book says the opposite of anything this rests on.");
    case "not_derivable":
      return h("p", "goal", it, " cannot be derived.");
    case "refuted":
      return h("p", "goal", it, " is false: its opposite is shown and nothing says otherwise, or the book is complete on it and does not give it.");
    case "contested":
      return h("p", "goal", "Both ", it, " and its opposite can be derived.");
    case "each":
      return h("p", "goal", "Whatever it is about: if ", code(g.body.map(atom).join(", ") || "anything"), " then ", code(atom(g.head)), ".");
    default:
      return exactlyInWords(g);
  }
}

function exactlyInWords(g) {
  const end = g.closed === "yes" ? ", and the book is complete on it." : ", as far as the book goes.";
  const many = g.answers.length === 1 ? "exactly this one answer" : `exactly these ${g.answers.length} answers`;
  const line = h("p", "goal", code(atom(g.pattern)), g.answers.length ? ` has ${many}${end}` : ` has no answer${end}`);
  if (!g.answers.length) return line;
  return h("div", "", line, h("ul", "chips", ...g.answers.map((each) => h("li", "", code(atom(each))))));
}

/** What the goal lets the proof rest on besides the book. */
export function allowances(goal) {
  const lines = [];
  if (goal.assumptions.length) lines.push(["Assuming", ...goal.assumptions.map((each) => code(atom(each)))]);
  if (goal.defaults.length === 1 && goal.defaults[0] === "*") {
    lines.push(["Defaults", "what the book does not show may be taken as absent"]);
  } else if (goal.defaults.length) {
    lines.push(["Defaults", "taken as absent where not shown:", ...goal.defaults.map(code)]);
  }
  return lines;
}

/** Every kind of rejection, as spec/rejections.md has them. */
export const REJECTIONS = new Map(Object.entries({
  too_large: "the document is too large",
  too_deep: "the document is nested too deeply",
  too_many_digits: "a number is too long",
  malformed_bytes: "these bytes are not in the canonical form",
  malformed_context: "the context is not of its form",
  malformed_goal: "the goal is not of its form",
  malformed_proof: "this is not of the form of a proof",
  malformed_step: "a step is not of a known kind with exactly its fields",
  bad_reference: "a premise is not an earlier step",
  not_post_order: "steps are out of order, or lead nowhere",
  malformed_value: "a field is not of the form it needs",
  malformed_tree: "the part of the book that is shown is not of its form",
  bad_premise: "a step rests on a step of another kind than it needs, on too few or on too many",
  wrong_theory: "this proof is about another book",
  not_opened: "a needed part of the book is not shown",
  clause_not_in_theory: "the book has no such sentence",
  reserved_symbol: "the book holds a name that is reserved",
  wrong_root: "these rows are not those of the book's table",
  range_not_complete: "rows may be missing from what is shown of a table",
  row_not_found: "the table shows no such row",
  wrong_salt: "a private cell holds another value",
  not_in_force: "a sentence is used on a date when it is not in force",
  bad_bindings: "a rule is used without saying for exactly what",
  premise_mismatch: "a step rests on something other than it needs",
  not_covered: "something is called absent that was never looked for",
  listed_as_answer: "something is called absent that may well be derivable",
  computation_false: "a computation does not come out",
  domain_error: "a computation on values it is not made for",
  not_comparable: "a comparison, count or join on a value that is not known",
  unbound_builtin: "a computation on something not yet known",
  unbound_variable: "a conclusion about nothing in particular",
  uncovered_call: "a condition was not followed up",
  clause_missing: "a sentence that bears on this was left out",
  rows_missing: "rows that bear on this were left out",
  unlisted_answer: "something that can be derived is not listed",
  bad_answers: "a listed answer is of another shape, or stands twice",
  bad_order: "the conditions of a rule are not taken each once",
  pending_sentence: "the book holds a sentence that was not used and could bear on this",
  assumption_in_closure: "something is called absent under an assumption",
  answer_not_proved: "a listed answer has no proof",
  not_exact: "a count over a list that may hold too much",
  contest_not_excluded: "the opposite of something this rests on may be derivable too",
  wrong_goal: "the proof shows something other than its goal",
  not_closed: "a “no” or “these are all” about which the book is not complete",
  assumption_not_allowed: "it assumes more than the goal allows",
  default_not_allowed: "it takes more as absent than the goal allows",
  grade_too_low: "less is known than the goal asks for",
  fuel_exhausted: "checking took more steps than the context allows",
}));
