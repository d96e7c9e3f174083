#!/usr/bin/env node
// The checker on the command line.
//   node cli.js check PROOF CONTEXT GOAL   one check of three files; exit 0 accepted, 1 rejected, 2 unusable
//   node cli.js batch                      JSON lines {"id","proof","context","goal"} (base64) in, one line each out

import { closeSync, openSync, readSync } from "node:fs";
import { check } from "./check.js";

const MOST = 16_777_217; // one byte more than any document may have

/** The bytes of a file, as far as a checker needs them. */
function readCapped(path) {
  const file = openSync(path, "r");
  try {
    let bytes = Buffer.alloc(1 << 16);
    let length = 0;
    for (;;) {
      const n = readSync(file, bytes, length, Math.min(bytes.length, MOST) - length, null);
      length += n;
      if (n === 0 || length >= MOST) return bytes.subarray(0, length);
      if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(length)]);
    }
  } finally {
    closeSync(file);
  }
}

function checkFiles(paths) {
  let documents;
  try {
    documents = paths.map(readCapped);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  const outcome = check(...documents);
  process.stdout.write(JSON.stringify(outcome) + "\n");
  return outcome.accepted ? 0 : 1;
}

function checkLine(line) {
  let item;
  try {
    item = JSON.parse(line);
    const documents = [item.proof, item.context, item.goal].map((text) => Buffer.from(text, "base64"));
    return { id: item.id, ...check(...documents) };
  } catch (error) {
    return { id: item?.id ?? null, unusable: String(error.message) };
  }
}

async function checkBatch() {
  let status = 0;
  let parts = [];
  const answer = async () => {
    const line = Buffer.concat(parts).toString("utf8");
    parts = [];
    if (line.trim() === "") return;
    const outcome = checkLine(line);
    if (outcome.unusable) status = 2;
    if (!process.stdout.write(JSON.stringify(outcome) + "\n")) {
      await new Promise((resolve) => process.stdout.once("drain", resolve));
    }
  };
  for await (const chunk of process.stdin) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, at));
      from = at + 1;
      await answer();
    }
    parts.push(chunk.subarray(from));
  }
  await answer();
  return status;
}

const [command, ...rest] = process.argv.slice(2);
if (command === "check" && rest.length === 3) process.exitCode = checkFiles(rest);
else if (command === "batch" && rest.length === 0) process.exitCode = await checkBatch();
else {
  process.stderr.write("usage: cli.js check PROOF CONTEXT GOAL | cli.js batch\n");
  process.exitCode = 2;
}
