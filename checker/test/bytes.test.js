import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";

import { H, Rejection, Sink, canonicalText, compareUtf8, isDigest, sha256, toBase64url } from "../bytes.js";
import { write } from "./roots.js";

const utf8 = (text) => new TextEncoder().encode(text);

function kindOf(input) {
  try {
    canonicalText(input);
    return "";
  } catch (error) {
    if (error instanceof Rejection) return error.kind;
    throw error;
  }
}

test("SHA-256 agrees with the platform's at every padding", () => {
  assert.equal(Buffer.from(sha256(utf8("abc"))).toString("hex"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  for (let n = 0; n < 200; n++) {
    const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 37) & 255);
    const wanted = createHash("sha256").update(bytes).digest("base64url");
    assert.equal(toBase64url(sha256(bytes)), wanted);
    assert.deepEqual(new Sink().digest(wanted).taken(), new Uint8Array(Buffer.from(wanted, "base64url")));
  }
});

test("H hashes the domain and the UTF-8 of the canonical text", () => {
  const text = write(["t", "naïve €😀"]);
  assert.equal(H("cell", text), createHash("sha256").update("quod1.cell\n" + text).digest("base64url"));
});

test("a digest is exactly the encoding of 32 bytes", () => {
  const good = "A".repeat(43);
  assert.ok(isDigest(good));
  for (const bad of ["A".repeat(42) + "B", "A".repeat(42), "A".repeat(44), "A".repeat(42) + "=", "+" + "A".repeat(42), "é" + "A".repeat(42)])
    assert.equal(isDigest(bad), false);
});

test("canonical documents are accepted", () => {
  for (const text of [
    '""', "[]", "{}", '{"a":"","b":[]}', '["\\b\\t\\n\\f\\r\\u0001\\u001f\\"\\\\/"]', '["\u007f\u2028é😀"]',
    '{"__proto__":"x","constructor":"y"}', '{"1":"","a":""}', '{"10":"","9":""}', '{"\ue000":"","😀":""}',
  ])
    assert.equal(kindOf(utf8(text)), "", text);
});

test("anything else is malformed_bytes", () => {
  for (const text of [
    "", " []", "[] ", "[ ]", '["a", "b"]', "1", "true", "null", "[1]", '{"a":1}', "[", '["a"', '{"a"}', "[]]", "[,]", '["a",]', '{"a":"",}',
    '{"b":"","a":""}', '{"a":"","a":""}', '["\\/"]', '["\\u0041"]', '["\\u0009"]', '["\\u001F"]', '["\\u0000"]', '["\u0000"]', '["\n"]',
    '["\\ud800"]', '["e\u0301"]', "\ufeff[]", '["\\', '"', '{"😀":"","\ue000":""}', '["\\u00"]', "[}", '{"a":""]',
  ])
    assert.equal(kindOf(utf8(text)), "malformed_bytes", text);
  assert.equal(kindOf(Uint8Array.of(34, 0xff, 34)), "malformed_bytes");
  assert.equal(kindOf(Uint8Array.of(34, 0xed, 0xa0, 0x80, 34)), "malformed_bytes");
  assert.equal(kindOf('"\ud800"'), "malformed_bytes");
});

test("the caps come first, in their order", () => {
  assert.equal(kindOf(new Uint8Array(16_777_217)), "too_large");
  assert.equal(kindOf("€".repeat(6_000_000)), "too_large");
  assert.equal(kindOf("[".repeat(65) + "1".repeat(301)), "too_deep");
  assert.equal(kindOf("1".repeat(301) + "[".repeat(65)), "too_deep");
  assert.equal(kindOf("[".repeat(64) + "]".repeat(64)), "");
  assert.equal(kindOf('["' + "[".repeat(65) + '"]'), "");
  assert.equal(kindOf('["\\"' + "[".repeat(65) + '"]'), "");
  assert.equal(kindOf('["\\\\"' + "[".repeat(65)), "too_deep");
  assert.equal(kindOf('["' + "1".repeat(300) + '"]'), "");
  assert.equal(kindOf('["' + "1".repeat(301) + '"'), "too_many_digits");
});

test("texts are ordered by their UTF-8 bytes", () => {
  const texts = ["", "a", "a\u0001", "ab", "é", "\ud7ff", "\ue000", "\uffff", "😀", "😀a", "\u{10ffff}"];
  for (let i = 0; i < texts.length; i++)
    for (let j = 0; j < texts.length; j++) {
      const wanted = Math.sign(Buffer.compare(Buffer.from(texts[i]), Buffer.from(texts[j])));
      assert.equal(Math.sign(compareUtf8(texts[i], texts[j])), wanted);
    }
});
