/**
 * A small non-cryptographic checksum, the same on every machine.
 * In: numbers (hashed as IEEE-754 little-endian words) or text. Out: 16 lower-case hex digits.
 * Pure; says whether two inputs were the same. It proves nothing against a forger: the journal's chain does.
 */

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))

const finish = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b | 0)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35 | 0)
  return mixed ^ (mixed >>> 16)
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, "0")

const FIRST_SEED = 0x9e3779b9 | 0
const SECOND_SEED = 0x85ebca6b | 0

// Two independent 32-bit lanes fold one 32-bit word each; plain functions, for this runs over whole snapshots.
const foldFirst = (lane: number, word: number): number =>
  Math.imul(rotate(lane ^ Math.imul(word, 0xcc9e2d51 | 0), 13), 5) + (0xe6546b64 | 0) | 0
const foldSecond = (lane: number, word: number): number =>
  Math.imul(rotate(lane ^ Math.imul(word, 0x1b873593), 15), 9) + 0x38b34ae5 | 0

const floats = new Float64Array(1)
const words = new Int32Array(floats.buffer)
const NAN_HIGH = 0x7ff80000

/** Checksum of numbers by their bits: 0 and -0 differ, every NaN is the same NaN. */
const checksumOf = (...parts: ReadonlyArray<ArrayLike<number>>): string => {
  let first = FIRST_SEED
  let second = SECOND_SEED
  let count = 0
  for (const part of parts) {
    for (let index = 0; index < part.length; index++) {
      const value = part[index] as number
      floats[0] = value
      const isNumber = value === value
      const low = isNumber ? words[0] as number : 0
      const high = isNumber ? words[1] as number : NAN_HIGH
      first = foldFirst(foldFirst(first, low), high)
      second = foldSecond(foldSecond(second, low), high)
      count += 2
    }
  }
  const mixed = finish(first ^ count ^ Math.imul(second, 31))
  return hex(mixed) + hex(finish(second ^ Math.imul(mixed, 17) ^ count))
}

/** Checksum of text by its UTF-16 code units. */
const checksumOfText = (text: string): string => checksumOf(Array.from(text, (unit) => unit.charCodeAt(0)))

export { checksumOf, checksumOfText }
