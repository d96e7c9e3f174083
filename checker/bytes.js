// Bytes: the caps, canonical JSON, SHA-256, base64url and the order of texts (format §1).

/** What a checker throws when a document is refused; `check` turns it into its answer. */
export class Rejection {
  constructor(kind, fields) {
    this.kind = kind;
    this.fields = fields;
  }
}

export function reject(kind, fields = {}) {
  throw new Rejection(kind, fields);
}

// ---------------------------------------------------------------- the document

const MAX_BYTES = 16_777_216;
const MAX_COMMAS = 400_000;
const MAX_OPENING = 400_000;
const MAX_QUOTES = 2_000_000;
const MAX_DEPTH = 64;
const MAX_DIGITS = 300;

/** The text of a document that is canonical JSON within the caps; otherwise a Rejection. */
export function canonicalText(input) {
  if (input.length > MAX_BYTES) reject("too_large");
  const given = typeof input === "string";
  const bytes = given ? new TextEncoder().encode(input) : input;
  if (bytes.length > MAX_BYTES) reject("too_large");
  scanCaps(bytes);
  let text;
  try {
    text = given ? input : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    reject("malformed_bytes");
  }
  if ((given && /\p{Cs}/u.test(text)) || !isNfc(text)) reject("malformed_bytes");
  const end = canonicalValue(text, 0);
  if (end !== text.length) reject("malformed_bytes", { at: String(end) });
  return text;
}

/** Sizes before depth before digits, wherever they are; strings are skipped for the depth only. */
function scanCaps(bytes) {
  const counts = new Uint32Array(256); // of each byte but the digits
  let depth = 0;
  let digits = 0;
  let deep = false;
  let long = false;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i];
    if (c >= 48 && c <= 57) {
      if (++digits > MAX_DIGITS) long = true;
      continue;
    }
    digits = 0;
    counts[c]++;
    if (inString) {
      if (c === 34) inString = false;
      else if (c === 92) {
        const next = bytes[i + 1]; // escaped: neither closes the string nor escapes what follows
        if (next === 34 || next === 92) {
          i++;
          counts[next]++;
        }
      }
    } else if (c === 34) inString = true;
    else if (c === 91 || c === 123) {
      if (++depth > MAX_DEPTH) deep = true;
    } else if (c === 93 || c === 125) depth--;
  }
  const opening = counts[91] + counts[123];
  if (counts[44] > MAX_COMMAS || opening > MAX_OPENING || counts[34] > MAX_QUOTES) reject("too_large");
  if (deep) reject("too_deep");
  if (long) reject("too_many_digits");
}

/**
 * Normal form C is closed under taking substrings, so short overlapping windows are looked at first: normalising one
 * long run of unordered marks takes quadratic time, and such a run fails in its first window.
 */
function isNfc(text) {
  if (!/[^\u0000-\u02ff]/.test(text)) return true;
  const window = 2048;
  for (let i = 0; i < text.length; i += window - 8) {
    const part = text.slice(i, i + window);
    if (part.normalize("NFC") !== part) return false;
  }
  return text.length <= window || text.normalize("NFC") === text;
}

/** The end of the canonical value that starts at `at`. The recursion is bounded by the depth cap. */
function canonicalValue(text, at) {
  const open = text.charCodeAt(at);
  if (open === 34) return canonicalString(text, at);
  if (open !== 91 && open !== 123) reject("malformed_bytes", { at: String(at) });
  const close = open + 2;
  if (text.charCodeAt(++at) === close) return at + 1;
  let before = null;
  for (;;) {
    if (open === 123) {
      const end = canonicalString(text, at);
      const key = unquote(text.slice(at, end));
      if (before !== null && compareUtf8(before, key) >= 0) reject("malformed_bytes", { at: String(at) });
      before = key;
      if (text.charCodeAt(end) !== 58) reject("malformed_bytes", { at: String(end) });
      at = end + 1;
    }
    at = canonicalValue(text, at);
    const c = text.charCodeAt(at++);
    if (c === close) return at;
    if (c !== 44) reject("malformed_bytes", { at: String(at - 1) });
  }
}

function canonicalString(text, at) {
  const start = at;
  if (text.charCodeAt(at) === 34) {
    for (at++; ; at++) {
      const c = text.charCodeAt(at);
      if (c === 34) return at + 1;
      if (c === 92) {
        const e = text.charCodeAt(++at);
        if (e === 117) {
          // \u00xx: only what has no shorter escape, in lower case, and never U+0000
          if (!/^00(0[1-7bef]|1[0-9a-f])$/.test(text.slice(at + 1, at + 5))) break;
          at += 4;
        } else if (!(e === 34 || e === 92 || e === 98 || e === 102 || e === 110 || e === 114 || e === 116)) break;
      } else if (!(c >= 32)) break; // a bare control character, or the end of the text (NaN)
    }
  }
  return reject("malformed_bytes", { at: String(start) });
}

/** The text of a canonical JSON string. */
export function unquote(raw) {
  return raw.includes("\\") ? JSON.parse(raw) : raw.slice(1, -1);
}

/** A text as a canonical JSON string: JSON.stringify escapes exactly as the format says. */
export function quote(text) {
  return JSON.stringify(text);
}

/** The order of the UTF-8 bytes: that of UTF-16 code units, but surrogates come after all others. */
export function compareUtf8(a, b) {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const high = (c) => c >= 0xd800 && c <= 0xdfff;
      return high(x) === high(y) ? x - y : high(x) ? 1 : -1;
    }
  }
  return a.length - b.length;
}

// ---------------------------------------------------------------- a sink of bytes

/** Collects bytes; texts as UTF-8. */
export class Sink {
  constructor(size = 256) {
    this.buffer = new Uint8Array(size);
    this.length = 0;
  }

  /** Make room for `n` more bytes. */
  room(n) {
    if (this.length + n <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * this.buffer.length, this.length + n));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
  }

  byte(b) {
    this.room(1);
    this.buffer[this.length++] = b;
    return this;
  }

  word(n) {
    return this.byte(n >>> 24).byte(n >>> 16).byte(n >>> 8).byte(n);
  }

  bytes(part) {
    this.room(part.length);
    this.buffer.set(part, this.length);
    this.length += part.length;
    return this;
  }

  text(text) {
    for (let i = 0; i < text.length; ) {
      this.room(4);
      const { buffer } = this;
      const last = buffer.length - 4;
      let n = this.length;
      for (; i < text.length && n <= last; i++) {
        let c = text.charCodeAt(i);
        if (c < 0x80) {
          buffer[n++] = c;
          continue;
        }
        if (c < 0x800) buffer[n++] = 0xc0 | (c >> 6);
        else {
          if (c >= 0xd800 && c < 0xdc00) {
            c = 0x10000 + ((c & 0x3ff) << 10) + (text.charCodeAt(++i) & 0x3ff);
            buffer[n++] = 0xf0 | (c >> 18);
            buffer[n++] = 0x80 | ((c >> 12) & 63);
          } else buffer[n++] = 0xe0 | (c >> 12);
          buffer[n++] = 0x80 | ((c >> 6) & 63);
        }
        buffer[n++] = 0x80 | (c & 63);
      }
      this.length = n;
    }
    return this;
  }

  /** The 32 bytes of a digest. */
  digest(text) {
    this.room(33);
    for (let i = 0; i < 43; i += 4) {
      let bits = 0;
      for (let k = 0; k < 4; k++) bits = (bits << 6) | SEXTETS[text.charCodeAt(i + k)]; // beyond the end: 0
      this.buffer[this.length++] = bits >> 16;
      this.buffer[this.length++] = bits >> 8;
      this.buffer[this.length++] = bits;
    }
    this.length--;
    return this;
  }

  taken() {
    return this.buffer.slice(0, this.length);
  }
}

// ---------------------------------------------------------------- SHA-256

const K = new Int32Array(64);
const START = new Int32Array(8);
for (let n = 2, found = 0; found < 64; n++) {
  // The constants are the first 32 bits of the fractions of the cube and square roots of the first primes.
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
  if (!prime) continue;
  const root = (power) => ((n ** power % 1) * 2 ** 32) | 0;
  if (found < 8) START[found] = root(1 / 2);
  K[found++] = root(1 / 3);
}
const W = new Int32Array(64);
const STATE = new Int32Array(8);

function compress(data, at) {
  for (let i = 0; i < 16; i++, at += 4)
    W[i] = (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
  for (let i = 16; i < 64; i++) {
    const x = W[i - 15];
    const y = W[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let a = STATE[0], b = STATE[1], c = STATE[2], d = STATE[3];
  let e = STATE[4], f = STATE[5], g = STATE[6], h = STATE[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + K[i] + W[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0;
    d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  STATE[0] += a; STATE[1] += b; STATE[2] += c; STATE[3] += d;
  STATE[4] += e; STATE[5] += f; STATE[6] += g; STATE[7] += h;
}

const TAIL = new Uint8Array(128);
const TAIL_VIEW = new DataView(TAIL.buffer);
const DIGEST = new Uint8Array(32);

/** SHA-256 of `length` bytes of `data`: the same array each time, good until the next call. */
export function sha256(data, length = data.length) {
  STATE.set(START);
  let at = 0;
  for (; at + 64 <= length; at += 64) compress(data, at);
  const rest = length - at;
  const end = rest < 56 ? 64 : 128;
  TAIL.fill(0);
  for (let i = 0; i < rest; i++) TAIL[i] = data[at + i];
  TAIL[rest] = 0x80;
  TAIL_VIEW.setUint32(end - 8, Math.floor(length / 2 ** 29));
  TAIL_VIEW.setUint32(end - 4, length << 3);
  compress(TAIL, 0);
  if (end === 128) compress(TAIL, 64);
  for (let i = 0; i < 32; i++) DIGEST[i] = STATE[i >> 2] >>> (24 - 8 * (i & 3));
  return DIGEST;
}

const scratch = new Sink(1 << 16);

/** A cleared sink for something to be hashed at once. */
export function hashing(prefix) {
  if (scratch.buffer.length > 1 << 20) scratch.buffer = new Uint8Array(1 << 16);
  scratch.length = 0;
  return scratch.text(prefix);
}

/** The digest, as text, of what the sink holds. */
export function hashed(sink) {
  return toBase64url(sha256(sink.buffer, sink.length));
}

/** H(domain, value), given the value's canonical text. */
export function H(domain, text) {
  return hashed(hashing("quod1." + domain + "\n").text(text));
}

// ---------------------------------------------------------------- base64url

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const CODES = Uint8Array.from(ALPHABET, (c) => c.charCodeAt(0));
const SEXTETS = new Uint8Array(128);
CODES.forEach((code, i) => (SEXTETS[code] = i));
const TEXT = new Uint8Array(44);

/** 32 bytes as 43 characters. */
export function toBase64url(digest) {
  for (let i = 0, n = 0; i < 32; i += 3) {
    const bits = (digest[i] << 16) | (digest[i + 1] << 8) | digest[i + 2]; // beyond the end: 0
    for (let shift = 18; shift >= 0; shift -= 6) TEXT[n++] = CODES[(bits >> shift) & 63];
  }
  return String.fromCharCode.apply(null, TEXT.subarray(0, 43));
}

/** Whether a text is exactly the encoding of 32 bytes. */
export function isDigest(text) {
  return text.length === 43 && /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(text);
}
