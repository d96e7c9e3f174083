// Rationals and dates: how they are written, and the little arithmetic that their forms need (format §2).

const NUMBER = /^(?:0|-?[1-9][0-9]*)(?:\/([1-9][0-9]*))?$/;
export const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;
const MOST = 10n ** 300n;

export const abs = (n) => (n < 0n ? -n : n);

export function floorDiv(a, b) {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

export const gcd = (a, b) => (a < b ? euclid(b, a, null) : euclid(a, b, null));

const EXACT = 0x1fffffffffffffn; // up to here a number of floating point is an integer for certain

/**
 * Euclid's algorithm for a ≥ b ≥ 0: their greatest common divisor; the quotients go to `quotients`, unless it is null.
 * While the numbers are long, several steps are taken at a time by their leading digits (Lehmer).
 */
export function euclid(a, b, quotients) {
  while (a > EXACT && b !== 0n) {
    const [A, B, C, D] = leadingSteps(a, b, quotients);
    if (B !== 0) [a, b] = [BigInt(A) * a + BigInt(B) * b, BigInt(C) * a + BigInt(D) * b];
    else {
      const q = a / b;
      quotients?.push(q);
      [a, b] = [b, a - q * b];
    }
  }
  if (b === 0n) return a;
  let x = Number(a);
  let y = Number(b);
  while (y !== 0) {
    const rest = x % y;
    quotients?.push((x - rest) / y);
    [x, y] = [y, rest];
  }
  return BigInt(x);
}

/** Cofactors of the division steps that the leading 50 bits of `a ≥ b` determine for certain. */
function leadingSteps(a, b, quotients) {
  const shift = BigInt(Math.max(0, 4 * a.toString(16).length - 50));
  let x = Number(a >> shift);
  let y = Number(b >> shift);
  let A = 1, B = 0, C = 0, D = 1;
  while (y + C > 0 && y + D > 0) {
    const q = Math.floor((x + A) / (y + C));
    if (q !== Math.floor((x + B) / (y + D)) || Math.abs(q * D) > 1e7 || Math.abs(q * C) > 1e7) break;
    quotients?.push(q);
    [A, C] = [C, A - q * C];
    [B, D] = [D, B - q * D];
    [x, y] = [y, x - q * y];
  }
  return [A, B, C, D];
}

export function parseNumber(text) {
  const slash = text.indexOf("/");
  if (slash < 0) return { n: BigInt(text), d: 1n };
  return { n: BigInt(text.slice(0, slash)), d: BigInt(text.slice(slash + 1)) };
}

export function isNumber(text) {
  const found = NUMBER.exec(text);
  if (!found) return false;
  if (found[1] === undefined) return true;
  const { n, d } = parseNumber(text);
  return d >= 2n && gcd(abs(n), d) === 1n;
}

/** The text of n/d in lowest terms, or null if it has more than 300 digits above or below. */
export function numberText(n, d = 1n) {
  if (d !== 1n) {
    const common = gcd(abs(n), abs(d)) * (d < 0n ? -1n : 1n);
    n /= common;
    d /= common;
  }
  if (abs(n) >= MOST || d >= MOST) return null;
  return d === 1n ? String(n) : `${n}/${d}`;
}

// ---------------------------------------------------------------- dates of the proleptic Gregorian calendar

const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const DAY = 86_400_000;

export function parseDate(text) {
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), day: Number(text.slice(8)) };
}

/** The number of a day, 0 being 1970-01-01; day 0 of a month is the last one of the month before. */
export function dayNumber({ year, month, day }) {
  return new Date(0).setUTCFullYear(year, month - 1, day) / DAY;
}

const FIRST = dayNumber({ year: 1, month: 1, day: 1 });
const LAST = dayNumber({ year: 9999, month: 12, day: 31 });

/** The text of a day number, or null outside 0001-01-01 … 9999-12-31. */
export function dateText(number) {
  return number >= FIRST && number <= LAST ? new Date(number * DAY).toISOString().slice(0, 10) : null;
}

export const isDate = (text) => DATE.test(text) && dateText(dayNumber(parseDate(text))) === text;

/** The date `months` months later, keeping the day or clamping it to the last day of the month; null as above. */
export function addMonths({ year, month, day }, months) {
  const total = 12 * year + month - 1 + months;
  const later = { year: Math.floor(total / 12), month: (total % 12) + 1 };
  if (!(later.year >= 1 && later.year <= 9999)) return null;
  const last = new Date(dayNumber({ year: later.year, month: later.month + 1, day: 0 }) * DAY).getUTCDate();
  return { ...later, day: Math.min(day, last) };
}
