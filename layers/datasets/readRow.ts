/**
 * One candle row, byte by byte, straight into columns.
 * In: bytes that hold a line with its line break. Out: where the next line begins, or -1 for a row that is odd in any way.
 * Here, apart, because it is the one inner loop of reading; numbers come out as `Number(text)` would give them, bit for bit.
 */
import type { GrowingColumns } from "./GrowingColumns.ts"
import { MAX_LINE } from "./row.ts"

/** Integers below it, and their products with and quotients by the powers, are exact or rounded once: the nearest double. */
const EXACT = 2 ** 53
const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))
/** Times of more digits are judged by the row reader. */
const TIME_DIGITS = 15

const LINE_BREAK = 10
const RETURN = 13
const PLUS = 43
const COMMA = 44
const MINUS = 45
const POINT = 46
const ZERO = 48
const EXPONENT = 101
const CAPITAL = 32

/** Writes the row at `into.count` and counts it, when it is a candle later than the one above. */
export const readRow = (bytes: Uint8Array, from: number, into: GrowingColumns): number => {
  const { close, count, high, low, open, openTime, volume } = into
  let at = from
  let time = 0
  for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[at]! - ZERO) {
    time = time * 10 + digit
    at += 1
  }
  const timeDigits = at - from
  if (timeDigits === 0 || timeDigits > TIME_DIGITS || bytes[at] !== COMMA) return -1
  if ((at = readNumber(bytes, at + 1, open, count)) < 0 || bytes[at] !== COMMA) return -1
  if ((at = readNumber(bytes, at + 1, high, count)) < 0 || bytes[at] !== COMMA) return -1
  if ((at = readNumber(bytes, at + 1, low, count)) < 0 || bytes[at] !== COMMA) return -1
  if ((at = readNumber(bytes, at + 1, close, count)) < 0 || bytes[at] !== COMMA) return -1
  const volumeAt = at + 1
  if ((at = readNumber(bytes, volumeAt, volume, count)) < 0) return -1
  into.volumeDigits[count] = digitsIn(bytes, volumeAt, at)
  const end = bytes[at] === RETURN ? at + 1 : at
  if (bytes[end] !== LINE_BREAK || at - from > MAX_LINE) return -1
  const top = high[count]!
  const bottom = low[count]!
  const sane = time > (count === 0 ? 0 : openTime[count - 1]!) && bottom > 0 && top < Infinity &&
    volume[count]! < Infinity && bottom <= open[count]! && bottom <= close[count]! && top >= open[count]! &&
    top >= close[count]!
  if (!sane) return -1
  openTime[count] = time
  into.count = count + 1
  return end + 1
}

/** Writes the number that begins at `from`; returns where it ends, or -1 when none begins there. */
const readNumber = (bytes: Uint8Array, from: number, into: Float64Array, index: number): number => {
  let at = from
  let mantissa = 0
  let digit = bytes[at]! - ZERO
  while (digit >= 0 && digit <= 9) {
    mantissa = mantissa * 10 + digit
    digit = bytes[++at]! - ZERO
  }
  if (at === from) return -1
  let decimals = 0
  if (digit === POINT - ZERO) {
    const first = at + 1
    digit = bytes[++at]! - ZERO
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit
      digit = bytes[++at]! - ZERO
    }
    decimals = at - first
    if (decimals === 0) return -1
  }
  let exponent = 0
  if ((bytes[at]! | CAPITAL) === EXPONENT) {
    const sign = bytes[at + 1] === MINUS ? -1 : 1
    const first = sign < 0 || bytes[at + 1] === PLUS ? at + 2 : at + 1
    at = first
    digit = bytes[at]! - ZERO
    while (digit >= 0 && digit <= 9) {
      exponent = exponent * 10 + digit
      digit = bytes[++at]! - ZERO
    }
    if (at === first) return -1
    exponent *= sign
  }
  into[index] = valueOf(bytes, from, at, mantissa, decimals - exponent)
  return at
}

// A product or quotient of two exact doubles is rounded once; anything longer is left to the engine's own reader.
// Counted so that no index is -0, which would throw the compiled loop away at each integer.
const valueOf = (
  bytes: Uint8Array,
  from: number,
  to: number,
  mantissa: number,
  decimals: number
): number => {
  if (mantissa < EXACT && decimals >= -22 && decimals <= 22) {
    return decimals < 0 ? mantissa * POWERS[-decimals]! : mantissa / POWERS[decimals]!
  }
  return Number(String.fromCharCode(...bytes.subarray(from, to)))
}

/** As `volumeDigits` of a text: 12 with an exponent, else the digits after the point, at most 12. */
const digitsIn = (bytes: Uint8Array, from: number, to: number): number => {
  let digits = 0
  for (let at = to - 1; at >= from; at--) {
    const byte = bytes[at]!
    if ((byte | CAPITAL) === EXPONENT) return 12
    if (byte === POINT) digits = to - 1 - at
  }
  return Math.min(digits, 12)
}
