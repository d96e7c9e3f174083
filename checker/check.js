// check(proof, context, goal): the order of checks, the walk over the steps, the end and the report (primitives).

import { Rejection, canonicalText, compareUtf8, reject } from "./bytes.js";
import { GRADES, readContext, readGoal, testGoal } from "./goals.js";
import { PRIMITIVES, tableOf } from "./steps.js";
import { Reader, Values, malformed, naturalNumber, writeAtom } from "./values.js";

const MAX_STEPS = 100_000;
const MOST_KEYS = 6;
const SMALL = 64;

/** Checks a proof. The inputs are the bytes (or texts) of the three documents; never throws. */
export function check(proof, context, goal) {
  const place = { step: "" };
  try {
    return { accepted: true, report: accept(proof, context, goal, place) };
  } catch (error) {
    const refused = error instanceof Rejection;
    const kind = refused ? error.kind : "internal";
    const fields = refused ? error.fields : { error: String(error) };
    return { accepted: false, kind, step: place.step, fields };
  }
}

function accept(proof, context, goal, place) {
  const values = new Values();
  const run = new Run(
    values,
    whole("malformed_context", () => readWhole(canonicalText(context), values, readContext)),
    whole("malformed_goal", () => readWhole(canonicalText(goal), values, readGoal)),
  );
  run.reader = new Reader(canonicalText(proof), values);
  const starts = whole("malformed_proof", () => proofShape(run.reader));
  run.places = new Int32Array(starts.length * MOST_KEYS);
  starts.forEach((start, i) => {
    place.step = String(i);
    run.steps.push(stepShape(run.reader, start, i, run.places));
  });
  place.step = "";
  testPostOrder(run.steps);
  run.steps.forEach((step, i) => {
    place.step = String(i);
    run.walk(step, i);
  });
  end(run);
  return report(run);
}

/** Any refusal inside is of this kind. */
function whole(kind, read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof Rejection) reject(kind, { cause: error.kind, ...error.fields });
    throw error;
  }
}

function readWhole(text, values, read) {
  return read(new Reader(text, values));
}

// ---------------------------------------------------------------- the shape of a proof

/** Where each step starts. */
function proofShape(reader) {
  let count = 0;
  const { steps } = reader.record(
    ["quod", () => reader.oneOf("1")],
    ["steps", () => reader.list(() => (++count > MAX_STEPS ? malformed() : reader.skip()))],
  );
  return count > 0 ? steps : malformed();
}

/** A step as its primitive, the numbers of its premises and the places of its fields. */
function stepShape(reader, start, index, places) {
  reader.at = start;
  if (!reader.is(123) || reader.text.charCodeAt(start + 1) === 125) reject("malformed_step");
  const first = index * MOST_KEYS;
  const keys = [];
  do {
    if (keys.length === MOST_KEYS) reject("malformed_step");
    reader.at++; // the brace or a comma
    keys.push(reader.raw());
    reader.expect(58);
    places[first + keys.length - 1] = reader.skip();
  } while (reader.is(44));
  const by = keys.indexOf('"by"');
  reader.at = by < 0 ? start : places[first + by];
  const primitive = reader.is(34) ? PRIMITIVES.get(reader.string()) : undefined;
  if (primitive === undefined || keys.length !== primitive.keys.length) reject("malformed_step");
  for (let i = 0; i < keys.length; i++) if (keys[i] !== primitive.keys[i]) reject("malformed_step");
  reader.at = places[first + primitive.premises];
  return new Step(primitive, first, readReferences(reader, index));
}

class Step {
  constructor(primitive, first, premises) {
    this.primitive = primitive;
    this.first = first; // where the places of its values are noted
    this.premises = premises;
    this.open = undefined; // the open assumptions, once they are asked for
    this.usesTable = false;
  }
}

/** The numbers of earlier steps; first all must be texts, then all references. */
function readReferences(reader, index) {
  if (!reader.is(91)) reject("malformed_step");
  const premises = reader.list(readReference);
  for (const premise of premises) if (premise < 0 || premise >= index) reject("bad_reference");
  return premises;
}

function readReference(reader) {
  if (!reader.is(34)) reject("malformed_step");
  return naturalNumber(reader.raw().slice(1, -1));
}

/** Depth-first from the last step, premises left to right: the numbering must give the order of the array. */
function testPostOrder(steps) {
  const visited = new Uint8Array(steps.length);
  const path = [{ step: steps.length - 1, next: 0 }];
  visited[steps.length - 1] = 1;
  let number = 0;
  while (path.length > 0) {
    const place = path[path.length - 1];
    const { premises } = steps[place.step];
    if (place.next < premises.length) {
      const premise = premises[place.next++];
      if (!visited[premise]) path.push({ step: premise, next: 0 });
      visited[premise] = 1;
    } else {
      if (place.step !== number++) reject("not_post_order", { at: String(place.step) });
      path.pop();
    }
  }
  if (number !== steps.length) reject("not_post_order");
}

// ---------------------------------------------------------------- the walk

/** What is known while the steps are walked. */
class Run {
  constructor(values, context, goal) {
    this.values = values;
    this.context = context;
    this.goal = goal;
    this.reader = null;
    this.steps = [];
    this.places = null; // where the value of each key of each step starts, MOST_KEYS for a step
    this.conclusions = [];
    this.trail = []; // the variables bound just now
    this.fuel = 0;
    this.grade = 0;
    // Every step is reachable from the last and nothing takes these away, so one set serves for all.
    this.defaults = new Set();
    this.claims = new Set();
    this.sentences = new Set();
    this.sources = new Set();
    this.derived = { index: -1, steps: [] };
  }

  walk(step, index) {
    this.spend(1);
    this.conclusions[index] = step.primitive.rule(this, step);
    this.open(step);
    this.usesTable(step);
  }

  /** The reader, at a field of a step. */
  field(step, number) {
    this.reader.at = this.places[step.first + step.primitive.fields[number]];
    return this.reader;
  }

  spend(units) {
    this.fuel += units;
    if (this.fuel > this.context.fuel) reject("fuel_exhausted");
  }

  lower(grade) {
    this.grade = Math.max(this.grade, GRADES.indexOf(grade));
  }

  /** Whether the derivation of a step uses a table as a `-` or `a` premise. */
  usesTable(step) {
    for (const premise of step.premises) if (this.steps[premise].usesTable) step.usesTable = true;
    return step.usesTable;
  }

  /** The open assumptions of a step, null if there are none; a small set or a union of unions. */
  open(step) {
    if (step.open === undefined) {
      step.open = null;
      let parts = null; // only where there are several
      for (const premise of step.premises) {
        const { open } = this.steps[premise];
        if (open === null || open === step.open) continue;
        if (step.open === null) step.open = open;
        else (parts ??= new Set([step.open])).add(open);
      }
      if (parts) step.open = union([...parts]);
    }
    return step.open;
  }

  /** The atoms of open assumptions. */
  atoms(open) {
    const found = new Set();
    const seen = new Set();
    const waiting = open ? [open] : [];
    while (waiting.length > 0) {
      const { atoms, parts } = waiting.pop();
      for (const atom of atoms ?? []) found.add(atom);
      for (const part of parts ?? []) {
        if (seen.has(part)) continue;
        seen.add(part);
        waiting.push(part);
      }
    }
    return found;
  }

  /** The atoms that a step was derived from, its own included, in order: what holds, and the rows that were counted. */
  *atomsBelow(index) {
    if (this.derived.index !== index) {
      const seen = new Set([index]);
      for (const reached of seen) for (const premise of this.steps[reached].premises) seen.add(premise);
      this.derived = { index, steps: [...seen].sort((a, b) => a - b) };
    }
    for (const reached of this.derived.steps) {
      const { kind, atom, counted } = this.conclusions[reached];
      if (kind !== "holds") continue;
      yield atom;
      for (const listing of counted ?? []) yield* listing.answers[0];
    }
  }
}

/** One of the sets if it contains the others; a new small set; or the parts, so that long chains do not add up. */
function union(parts) {
  if (parts.some(({ atoms }) => !atoms) || parts.reduce((n, { atoms }) => n + atoms.length, 0) > SMALL) return { parts };
  const atoms = [...new Set(parts.flatMap((part) => part.atoms))];
  return parts.find((part) => part.atoms.length === atoms.length) ?? { atoms };
}

// ---------------------------------------------------------------- the end

function end(run) {
  const { goal, conclusions, steps, values } = run;
  const last = steps[steps.length - 1];
  if (conclusions[steps.length - 1].kind !== "conclude") reject("wrong_goal");
  if (last.premises.length !== goal.goals.length) reject("wrong_goal");
  goal.goals.forEach((wanted, i) => testGoal(values, wanted, conclusions[last.premises[i]]));
  const allowed = new Set(goal.assumptions);
  for (const atom of run.atoms(last.open)) if (!allowed.has(atom)) reject("assumption_not_allowed", { atom: writeAtom(atom) });
  const premises = last.premises.map((index) => conclusions[index]);
  const closes = run.usesTable(last) || premises.some((premise) => premise.uncontested || tableOf(premise));
  if (last.open && closes) reject("assumption_in_closure");
  for (const raw of run.defaults)
    if (goal.defaults && !goal.defaults.has(raw)) reject("default_not_allowed", { predicate: raw });
  if (run.grade > GRADES.indexOf(goal.grade)) reject("grade_too_low", { grade: GRADES[run.grade] });
}

function report(run) {
  const sorted = (texts) => [...texts].sort(compareUtf8);
  const assumptions = [...run.atoms(run.steps[run.steps.length - 1].open)].map(writeAtom);
  return {
    assumptions: sorted(assumptions).map((text) => JSON.parse(text)),
    claims: sorted(run.claims).map((text) => JSON.parse(text)),
    defaults: sorted(run.defaults).map((text) => JSON.parse(text)),
    fuel: String(run.fuel),
    grade: GRADES[run.grade],
    sentences: sorted(new Set([...run.sentences].map((text) => JSON.stringify(text)))).map((text) => JSON.parse(text)),
    sources: [...run.sources].sort(),
    theory: run.context.theory,
  };
}
