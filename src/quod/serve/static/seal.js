// The check itself, and what it was made against: the context of the file, or the lock that the reader trusts.

import { REJECTIONS } from "./words.js";

const MOST_BYTES = 64 * 1024 * 1024;

/** A lock's theory and roots; throws an Error that says why a file is none. */
export async function readLock(file) {
  if (file.size > MOST_BYTES) throw new Error("it is too large");
  let lock;
  try {
    lock = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()));
  } catch {
    throw new Error("it is not JSON");
  }
  const field = (name) => (lock !== null && typeof lock === "object" && Object.hasOwn(lock, name) ? lock[name] : undefined);
  const isPair = (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((each) => typeof each === "string");
  if (field("quod") !== "1") throw new Error("it does not say that it is one of version 1");
  if (typeof field("theory") !== "string") throw new Error("it names no theory");
  const roots = field("roots") ?? [];
  if (!Array.isArray(roots) || !roots.every(isPair)) throw new Error("its roots are not pairs of digest and grade");
  return { name: file.name, theory: lock.theory, roots };
}

/** The context to check against: of a lock, with the fuel and the date of the file. */
function contextFor(context, lock) {
  if (!lock) return context;
  const { fuel, now } = JSON.parse(context);
  return JSON.stringify({ fuel, now, roots: lock.roots, theory: lock.theory });
}

/** Check the proof text: `{state, report}` with state consistent or accepted, or `{state: "rejected", kind, step, why}`. */
export function checked(answer, proof, lock) {
  const encoder = new TextEncoder();
  const started = performance.now();
  try {
    const context = contextFor(answer.context, lock);
    const found = globalThis.quodCheck(encoder.encode(proof), encoder.encode(context), encoder.encode(answer.goal));
    const took = performance.now() - started;
    if (found.accepted !== true) return rejected(found.kind, found.step, REJECTIONS.get(found.kind) ?? "the checker failed");
    if (found.report.theory !== JSON.parse(context).theory) throw new Error("the report is about another book");
    return { state: lock ? "accepted" : "consistent", report: found.report, took };
  } catch (error) {
    return rejected("not_checked", "", `the check failed: ${error instanceof Error ? error.message : "unknown"}`);
  }
}

function rejected(kind, step, why) {
  return { state: "rejected", kind, step, why };
}
