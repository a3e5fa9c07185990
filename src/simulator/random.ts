/**
 * Seeded chance: xoshiro128**, its state filled by splitmix32, and the few draws a market needs.
 * In: a 32-bit seed. Out: integers, doubles in [0, 1), bell-shaped numbers; same seed, same bits.
 * Only + - x / and shifts, which IEEE 754 and the language fix to the last bit: no log or cosine that a new engine may round anew.
 */

/** The generator: four 32-bit words, changed by every draw; one owner. */
export interface Random {
  readonly state: Uint32Array
}

/** A generator for a seed; any integer will do, its low 32 bits count. */
const makeRandom = (seed: number): Random => {
  const state = new Uint32Array(4)
  let counter = seed >>> 0
  for (let index = 0; index < 4; index++) {
    counter = (counter + 0x9e3779b9) >>> 0
    state[index] = splitmix(counter)
  }
  return { state }
}

/** The next 32 bits, 0 to 2^32 - 1. Source: Blackman and Vigna, xoshiro128** 1.1. */
const nextUint32 = (random: Random): number => {
  const state = random.state
  const a = state[0] as number
  const b = state[1] as number
  const c = (state[2] as number) ^ a
  const d = (state[3] as number) ^ b
  const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
  state[0] = a ^ d
  state[1] = b ^ c
  state[2] = c ^ (b << 9)
  state[3] = rotateLeft(d, 11)
  return result
}

/** A double in [0, 1) with 53 random bits. */
const nextDouble = (random: Random): number => {
  const high = nextUint32(random) >>> 5
  const low = nextUint32(random) >>> 6
  return (high * 67_108_864 + low) / 9_007_199_254_740_992
}

/** An integer in [0, bound), each equally likely; `bound` 1 to 2^32. */
const nextInt = (random: Random, bound: number): number => {
  const limit = 4_294_967_296 - (4_294_967_296 % bound)
  let draw = nextUint32(random)
  while (draw >= limit) draw = nextUint32(random)
  return draw % bound
}

/** True with the given probability. */
const chance = (random: Random, probability: number): boolean =>
  nextUint32(random) < probability * 4_294_967_296

/** A nearly normal number: mean 0, variance 1, never beyond 6 (the sum of twelve uniforms). */
const nextNormal = (random: Random): number => {
  let sum = 0
  for (let index = 0; index < 12; index++) sum += nextUint32(random)
  return (sum + 6) / 4_294_967_296 - 6
}

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

const splitmix = (counter: number): number => {
  let word = counter ^ (counter >>> 16)
  word = Math.imul(word, 0x21f0aaad)
  word ^= word >>> 15
  word = Math.imul(word, 0x735a2d97)
  return (word ^ (word >>> 15)) >>> 0
}

export { chance, makeRandom, nextDouble, nextInt, nextNormal, nextUint32 }
