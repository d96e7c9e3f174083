// Rationals and dates: how they are written, and the little arithmetic that their forms need (format §2).

const NUMBER = /^(?:0|-?[1-9][0-9]*)(?:\/([1-9][0-9]*))?$/;
export const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;
const MOST = 10n ** 300n;

export const abs = (n) => (n < 0n ? -n : n);

export function floorDiv(a, b) {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

export const floorMod = (a, b) => a - floorDiv(a, b) * b;

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
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The days of a month (from 1) of a year; the year may be a number or a big integer. */
export function daysOfMonth(year, month) {
  const y = Number(BigInt(year) % 400n);
  return month === 2 && y % 4 === 0 && (y % 100 !== 0 || y === 0) ? 29 : MONTHS[month - 1];
}

export function parseDate(text) {
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), day: Number(text.slice(8)) };
}

export function isDate(text) {
  if (!DATE.test(text)) return false;
  const { year, month, day } = parseDate(text);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month);
}

/** The number of a day, counted from 0000-03-01; years of any size. */
export function dayNumber({ year, month, day }) {
  const y = BigInt(year) - (month <= 2 ? 1n : 0n);
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365n * y + floorDiv(y, 4n) - floorDiv(y, 100n) + floorDiv(y, 400n) + BigInt(inYear);
}

/** The text of a day number, or null outside 0001-01-01 … 9999-12-31. */
export function dateText(number) {
  if (number < 306n || number > 3652364n) return null;
  const era = Math.floor(Number(number) / 146097);
  const inEra = Number(number) - era * 146097;
  const yearInEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36524) - Math.floor(inEra / 146096)) / 365,
  );
  const inYear = inEra - (365 * yearInEra + Math.floor(yearInEra / 4) - Math.floor(yearInEra / 100));
  const shifted = Math.floor((5 * inYear + 2) / 153);
  const day = inYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearInEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The date `months` months later, keeping the day or clamping it to the last day of the month. */
export function addMonths({ year, month, day }, months) {
  const total = BigInt(year) * 12n + BigInt(month - 1) + months;
  const y = floorDiv(total, 12n);
  const m = Number(floorMod(total, 12n)) + 1;
  return { year: y, month: m, day: Math.min(day, daysOfMonth(floorMod(y, 400n), m)) };
}
