/**
 * A small non-cryptographic checksum, the same on every machine.
 * In: numbers (hashed as IEEE-754 little-endian words) or text. Out: 16 lower-case hex digits.
 * Pure; says whether two inputs were the same. It proves nothing against a forger: the journal's chain does.
 */

/** Two independent 32-bit lanes; `word` folds one 32-bit word into both. */
class Lanes {
  #first = 0x9e3779b9 | 0
  #second = 0x85ebca6b | 0
  #words = 0

  word(value: number): void {
    this.#first =
      Math.imul(rotate(this.#first ^ Math.imul(value, 0xcc9e2d51 | 0), 13), 5) + (0xe6546b64 | 0) | 0
    this.#second = Math.imul(rotate(this.#second ^ Math.imul(value, 0x1b873593), 15), 9) + 0x38b34ae5 | 0
    this.#words += 1
  }

  digest(): string {
    const first = finish(this.#first ^ this.#words ^ Math.imul(this.#second, 31))
    return hex(first) + hex(finish(this.#second ^ Math.imul(first, 17) ^ this.#words))
  }
}

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))

const finish = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b | 0)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35 | 0)
  return mixed ^ (mixed >>> 16)
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, "0")

/** Checksum of numbers by their bits: 0 and -0 differ, every NaN is the same NaN. */
const checksumOf = (...parts: ReadonlyArray<ArrayLike<number>>): string => {
  const lanes = new Lanes()
  const view = new DataView(new ArrayBuffer(8))
  for (const part of parts) {
    for (let index = 0; index < part.length; index++) {
      const value = part[index]!
      view.setFloat64(0, value, true)
      lanes.word(value === value ? view.getUint32(0, true) : 0)
      lanes.word(value === value ? view.getUint32(4, true) : 0x7ff80000)
    }
  }
  return lanes.digest()
}

/** Checksum of text by its UTF-16 code units. */
const checksumOfText = (text: string): string => {
  const lanes = new Lanes()
  for (let index = 0; index < text.length; index++) lanes.word(text.charCodeAt(index))
  return lanes.digest()
}

export { checksumOf, checksumOfText }
