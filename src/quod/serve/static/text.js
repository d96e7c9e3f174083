// Text into the document: only ever as text, and with nothing hidden in it.

// Controls, format characters (direction overrides, zero width), unpaired surrogates, private use, line and paragraph
// separators, letters that look like nothing, and heaps of combining marks.
const HIDDEN = /\p{M}{5,}|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu;

function codeOf(run) {
  const codes = Array.from(run, (c) => "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0"));
  return codes.length > 1 ? `${codes[0]} and ${codes.length - 1} more marks` : codes[0];
}

/** The text with every hidden character spelled out. */
export function plain(text) {
  return text.replace(HIDDEN, (run) => `⟨${codeOf(run)}⟩`);
}

/** Data from the file: isolated in its direction, hidden characters spelled out and marked. */
export function datum(text, name = "") {
  const box = document.createElement("bdi");
  if (name) box.className = name;
  let from = 0;
  for (const found of text.matchAll(HIDDEN)) {
    box.append(text.slice(from, found.index), h("span", "hidden-character", codeOf(found[0])));
    from = found.index + found[0].length;
  }
  box.append(text.slice(from));
  return box;
}

/** An element of the page's own; children are elements or the page's own words, never data (for that: `datum`). */
export function h(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** Notation: data too, in the face of code. */
export function code(text) {
  return h("code", "", datum(text));
}

export function counted(n, one, many = one + "s") {
  return `${n === 0 ? "no" : n} ${n === 1 ? one : many}`;
}
