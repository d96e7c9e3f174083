#!/usr/bin/env node
// Writes the checker as one classic script that sets globalThis.quodCheck, for embedding in a page.
//   node bundle.js PATH

import { readFileSync, writeFileSync } from "node:fs";

const MODULES = ["bytes", "numbers", "computation", "values", "commit", "closure", "steps", "goals", "check"];
const IMPORT = /^import (\{[^}]*\}) from "\.\/([a-z]+)\.js";$/gm;
const EXPORT = /^export (?:class|const|function) (\w+)/gm;

/** A module as a function called at once that gives what the module exports. */
function closed(name, done) {
  const source = readFileSync(new URL(`./${name}.js`, import.meta.url), "utf8");
  for (const [, , needed] of source.matchAll(IMPORT))
    if (!done.includes(needed)) throw new Error(`${name}.js imports ${needed}.js, which comes later`);
  const names = [...source.matchAll(EXPORT)].map(([, exported]) => exported);
  const body = source.replace(IMPORT, "const $1 = $2Module;").replace(/^export /gm, "");
  return `const ${name}Module = (() => {\n${body}return { ${names.join(", ")} };\n})();`;
}

/** The text of the script: the modules, each before those that import it. */
export function bundle() {
  const parts = MODULES.map((name, i) => closed(name, MODULES.slice(0, i)));
  const script = `(() => {\n"use strict";\n${parts.join("\n")}\nglobalThis.quodCheck = checkModule.check;\n})();\n`;
  if (/<\/script|<!--/i.test(script)) throw new Error("the script could not stand in a page");
  return script;
}

if (process.argv[1]?.endsWith("bundle.js")) {
  if (process.argv.length === 3) writeFileSync(process.argv[2], bundle());
  else {
    process.stderr.write("usage: bundle.js PATH\n");
    process.exitCode = 2;
  }
}
