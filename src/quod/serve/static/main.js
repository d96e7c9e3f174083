// The proof page: draw what the file holds, check it, and check it again when a lock is dropped or a byte is changed.

import { draw, visit } from "./draw.js";
import { clause } from "./notation.js";
import { outline } from "./outline.js";
import { parsed } from "./proof.js";
import { checked, readLock } from "./seal.js";
import { code, counted, datum, h, plain } from "./text.js";
import { allowances, goalInWords, verdict } from "./words.js";

const at = (id) => document.getElementById(id);
const { answer, labels } = JSON.parse(at("data").textContent);
const english = new Map(Object.entries(labels));
const UNFOLD_AT_ONCE = 500; // folds; a browser cannot lay out thousands inside each other
const PAUSE = 120; // milliseconds without a change before edited bytes are checked

let lock = null;
let text = answer.proof;
let show = () => null;
let timer = 0;

function header() {
  document.title = plain(answer.question) || "A proof";
  at("question").append(datum(answer.question));
  if (answer.read_as) at("read-as").append("read as ", datum(answer.read_as));
  if (!answer.proof) {
    at("verdict").append(verdict({ goals: [] }, answer.verdict, answer.answers));
    return;
  }
  try {
    const goal = JSON.parse(answer.goal);
    at("verdict").append(verdict(goal, answer.verdict, answer.answers));
    at("goals").append(...goal.goals.map((g) => goalInWords(g, inEnglish(g))), ...asked(goal));
    facts(JSON.parse(answer.context), goal);
  } catch {
    at("verdict").replaceChildren(h("p", "warning", "The goal or the context of this file cannot be read."));
  }
}

/** The English of a goal that is itself the statement of a step. */
function inEnglish(g) {
  if (!g.atom || g.atom[0].startsWith("?/")) return "";
  try {
    const wanted = JSON.stringify(g.atom);
    const step = parsed(answer).shown.findIndex((each) => each.kind === "holds" && JSON.stringify(each.atom) === wanted);
    return english.get(String(step)) ?? "";
  } catch {
    return "";
  }
}

/** What the question itself was turned into, where the goal speaks of answers. */
function asked({ question }) {
  if (!question.length) return [];
  return [h("p", "logic", "where ", ...question.flatMap((each, i) => [i ? " " : "", code(clause(each))]))];
}

function facts(context, goal) {
  fact("Date", datum(context.now));
  fact("Book", h("span", "digest", datum(context.theory)));
  fact("Grade", "at least ", datum(goal.grade));
  for (const [name, ...parts] of allowances(goal)) fact(name, ...parts.flatMap((part) => [part, " "]));
}

function fact(name, ...parts) {
  at("facts").append(h("div", "", h("dt", "", name), h("dd", "", ...parts)));
}

/** Draw the proof of these bytes; what is not a proof leaves the last drawing, marked as stale. */
function redraw() {
  try {
    const proof = parsed({ ...answer, proof: text });
    show = draw(at("tree"), proof, outline(proof), english);
    at("stale").hidden = true;
  } catch {
    at("stale").hidden = false;
  }
}

// ---------------------------------------------------------------- the seal

const AGAINST = "This proof was checked here, in your browser.";

function recheck() {
  if (!answer.proof) {
    document.body.dataset.state = "none";
    at("seal-word").textContent = "no proof";
    at("seal-short").textContent = "comes with this answer, so nothing was checked";
    return;
  }
  const found = checked(answer, text, lock);
  document.body.dataset.state = found.state;
  at("seal-word").textContent = found.state;
  at("bytes-state").textContent = found.state + (found.kind ? `: ${found.kind}` : "");
  const [short, ...long] = found.state === "rejected" ? ofRejection(found) : ofReport(found);
  at("seal-short").replaceChildren(...[short].flat());
  at("seal-text").replaceChildren(...long);
  for (const old of document.querySelectorAll(".faulty")) old.classList.remove("faulty");
  if (found.step) show(Number(found.step))?.classList.add("faulty");
}

function ofReport({ state, report, took }) {
  const rests = [counted(report.sentences.length, "sentence")];
  if (report.sources.length) rests.push(counted(report.sources.length, "table"));
  if (report.assumptions.length) rests.push(counted(report.assumptions.length, "assumption"));
  if (report.defaults.length) rests.push(counted(report.defaults.length, "default"));
  if (report.claims.length) rests.push(counted(report.claims.length, "claim of a model", "claims of models"));
  const time = took < 10 ? took.toFixed(1) : String(Math.round(took));
  const detail = ` It took ${time} ms. It rests on ${rests.join(", ")}; its grade is `;
  const end = [detail, datum(report.grade), "."];
  if (state === "accepted") {
    const short = ["against ", datum(lock.name)];
    return [short, `${AGAINST} It holds for the book that `, datum(lock.name), " names: ", h("span", "digest", datum(lock.theory)), ".", ...end];
  }
  const short = "with itself only";
  return [short, `${AGAINST} It holds for the book that this file itself names. Whether that is your book, only your book.lock can tell: drop it on this page.`, ...end];
}

function ofRejection({ kind, step, why }) {
  const short = [code(kind)];
  if (step) short.push(" at step ", stepLink(step));
  return [short, "Nothing follows from this: ", datum(why), lock ? h("span", "", ". Checked against ", datum(lock.name), ".") : "."];
}

function stepLink(step) {
  const link = h("a", "", datum(step));
  link.setAttribute("href", `#s${Number(step)}`);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    visit(show(Number(step)));
  });
  return link;
}

// ---------------------------------------------------------------- the lock

async function take(file) {
  if (!file) return;
  try {
    lock = await readLock(file);
    recheck();
  } catch (error) {
    lock = null;
    recheck();
    at("seal-short").append("; ", datum(file.name), ` is not a book.lock: ${error.message}`);
  }
}

function listenForLocks() {
  at("lock").addEventListener("change", () => take(at("lock").files[0]));
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dragging");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dragging");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dragging");
    take(event.dataTransfer.files[0]);
  });
}

// ---------------------------------------------------------------- the bytes

function edited(value) {
  text = value;
  clearTimeout(timer);
  timer = setTimeout(() => {
    redraw();
    recheck();
  }, PAUSE);
}

function listenForEdits() {
  const area = at("bytes");
  const put = (value) => {
    area.value = value;
    edited(value);
  };
  at("edit-fold").addEventListener("toggle", () => {
    if (!area.value) area.value = text;
  });
  area.addEventListener("input", () => edited(area.value));
  at("restore").addEventListener("click", () => put(answer.proof));
  at("spoil").addEventListener("click", () => {
    const from = text.search(/"sentence":"[a-yA-Y]/);
    const place = from < 0 ? text.length >> 1 : from + 12;
    put(text.slice(0, place) + String.fromCharCode(text.charCodeAt(place) + 1) + text.slice(place + 1));
  });
}

// ---------------------------------------------------------------- the tree by keyboard

function foldAll(open) {
  const folds = at("tree").getElementsByTagName("details");
  let most = UNFOLD_AT_ONCE;
  for (let i = 0; i < folds.length && most > 0; i++) {
    if (folds[i].open === open) continue;
    folds[i].open = open;
    if (!open) continue;
    most--;
    folds[i].dispatchEvent(new Event("toggle")); // draws what was left for later, which the loop then reaches
  }
}

function move(event) {
  if (event.target.tagName !== "SUMMARY" || event.altKey || event.ctrlKey || event.metaKey) return;
  const fold = event.target.parentElement;
  const inView = [...at("tree").querySelectorAll("summary")].filter((each) => each.checkVisibility());
  const here = inView.indexOf(event.target);
  const outer = fold.parentElement.closest("details")?.querySelector("summary");
  const to = new Map(Object.entries({
    ArrowDown: () => inView[here + 1],
    ArrowUp: () => inView[here - 1],
    ArrowRight: () => (fold.open ? inView[here + 1] : open(fold, true)),
    ArrowLeft: () => (fold.open ? open(fold, false) : outer),
    Home: () => inView[0],
    End: () => inView[inView.length - 1],
  })).get(event.key);
  if (!to) return;
  event.preventDefault();
  to()?.focus();
}

function open(fold, yes) {
  fold.open = yes;
  return null;
}

header();
if (answer.proof) redraw();
recheck();
listenForLocks();
listenForEdits();
at("unfold").addEventListener("click", () => foldAll(true));
at("fold").addEventListener("click", () => foldAll(false));
at("tree").addEventListener("keydown", move);
