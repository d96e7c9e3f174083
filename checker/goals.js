// The context and the goal: what they may look like, and when a conclusion shows a goal (format §3).

import { reject } from "./bytes.js";
import { tableOf } from "./steps.js";
import { OPAQUE, isGround, malformed, readAtom } from "./values.js";

/** From high to low. */
export const GRADES = ["proved", "recomputed", "quorum", "attested", "claimed"];

const readGrade = (reader) => reader.oneOf(...GRADES);

/** A natural number of any length; beyond 2^53 it is never spent, whatever its last digits. */
function readFuel(reader) {
  const text = reader.string();
  return /^(?:0|[1-9][0-9]*)$/.test(text) ? Number(text) : malformed({ fuel: text });
}

/** The context: fuel, day, roots by digest, theory. */
export function readContext(reader) {
  const roots = new Map();
  const root = () => {
    reader.open();
    const digest = reader.digest();
    reader.comma();
    const grade = readGrade(reader);
    reader.close();
    if (roots.has(digest)) malformed({ root: digest });
    roots.set(digest, grade);
  };
  const { fuel, now, theory } = reader.record(
    ["fuel", readFuel],
    ["now", () => reader.day()],
    ["roots", () => reader.list(root)],
    ["theory", () => reader.digest()],
  );
  return { fuel, now, roots, theory };
}

// ---------------------------------------------------------------- the goal

const readGround = (reader) => {
  const atom = reader.atom();
  return isGround(atom) ? atom : malformed();
};
const readOrdinary = (reader) => {
  const atom = reader.atom();
  return atom.predicate.question ? malformed() : atom;
};
const readPattern = (reader) => reader.pattern();
const atomic = (read, kind) => [["atom", read], ["kind", (reader) => reader.oneOf(kind)]];

/** The shape of each kind of goal. */
const SHAPES = {
  holds: atomic(readGround, "holds"),
  proved: atomic(readGround, "proved"),
  not_derivable: atomic(readPattern, "not_derivable"),
  refuted: atomic(readGround, "refuted"),
  contested: atomic(readGround, "contested"),
  exactly: [
    ["answers", (reader) => reader.list(readAtom)],
    ["closed", (reader) => reader.oneOf("yes", "no")],
    ["kind", (reader) => reader.oneOf("exactly")],
    ["pattern", readPattern],
  ],
  each: [
    ["body", (reader) => reader.list(readOrdinary)],
    ["head", readOrdinary],
    ["kind", (reader) => reader.oneOf("each")],
  ],
};

/** The first key tells the three forms apart; within the first, the kind, looked up before the atom is read. */
function readGoalItem(reader) {
  const { at } = reader;
  reader.expect(123);
  const key = reader.string();
  if (key === "answers") return again(reader, at, "exactly");
  if (key === "body") return again(reader, at, "each");
  if (key !== "atom") malformed({ key });
  reader.expect(58);
  reader.skip();
  reader.comma();
  if (reader.raw() !== '"kind"') malformed();
  reader.expect(58);
  return again(reader, at, reader.oneOf("holds", "proved", "not_derivable", "refuted", "contested"));
}

function again(reader, at, kind) {
  reader.at = at;
  return reader.record(...SHAPES[kind]);
}

function readQuestion(reader) {
  const clause = reader.clause();
  if (!clause.head.predicate.question || clause.hasEigen()) malformed();
  return clause;
}

/** A list of predicates, or ["*"] for null: any. */
function readDefaults(reader) {
  if (!reader.text.startsWith('["*"]', reader.at)) return new Set(reader.list(() => reader.ordinary().raw));
  reader.at += 5;
  return null;
}

export function readGoal(reader) {
  const goal = reader.record(
    ["assumptions", () => reader.list(readOrdinary)],
    ["defaults", readDefaults],
    ["goals", () => reader.list(readGoalItem)],
    ["grade", readGrade],
    ["question", () => reader.list(readQuestion)],
  );
  if (goal.goals.length === 0) malformed();
  const byHead = new Map();
  goal.question.forEach(({ head }, i) => {
    if (!byHead.has(head.predicate)) byHead.set(head.predicate, []);
    byHead.get(head.predicate).push(String(i));
  });
  goal.questionsOn = (predicate) => byHead.get(predicate) ?? [];
  return goal;
}

// ---------------------------------------------------------------- what shows a goal

/** Rejects unless the conclusion shows the goal. */
export function testGoal(values, goal, conclusion) {
  if (!SHOWS[goal.kind](goal, conclusion, values)) reject("wrong_goal", { goal: goal.kind });
}

const holds = ({ atom }, conclusion) => conclusion.kind === "holds" && conclusion.atom === atom;

/** The table and the number of the pattern that covers an atom or pattern, or null. */
function coveringTable({ predicate, args }, conclusion) {
  const table = tableOf(conclusion);
  const number = table ? table.listing.first(predicate, args) : -1;
  return number < 0 ? null : { table, number };
}

const answersIn = ({ table, number }, { args }) => [...table.listing.matching(number, args)];
const listsNone = ({ table, number }, { args }) => table.listing.matching(number, args).next().done;

function refuted({ atom }, conclusion, values) {
  if (conclusion.kind === "holds") {
    if (!conclusion.uncontested || atom.predicate.question) return false;
    return conclusion.atom === values.atom(values.complement(atom.predicate), atom.args);
  }
  const found = coveringTable(atom, conclusion);
  if (!found || !listsNone(found, atom)) return false;
  return found.table.closed || reject("not_closed");
}

function exactly({ answers, closed, pattern }, conclusion) {
  const found = coveringTable(pattern, conclusion);
  if (!found || !found.table.exact || !found.table.uncontested) return false;
  const shown = new Set(answersIn(found, pattern));
  const wanted = new Set(answers);
  if (shown.size !== wanted.size || ![...shown].every((atom) => wanted.has(atom))) return false;
  if (answers.some(({ flags }) => flags & OPAQUE)) reject("not_comparable");
  return closed === "no" || found.table.closed || reject("not_closed");
}

function eachShown({ body, head }, conclusion) {
  if (conclusion.kind !== "each" || conclusion.head !== head) return false;
  return conclusion.body.length === body.length && conclusion.body.every((atom, i) => atom === body[i]);
}

function notDerivable({ atom }, conclusion) {
  const found = coveringTable(atom, conclusion);
  return found !== null && listsNone(found, atom);
}

const SHOWS = {
  holds,
  proved: (goal, conclusion) => holds(goal, conclusion) && conclusion.uncontested === true,
  not_derivable: notDerivable,
  refuted,
  contested: ({ atom }, conclusion) => conclusion.kind === "contested" && conclusion.atom === atom,
  exactly,
  each: eachShown,
};
