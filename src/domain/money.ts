/**
 * Exact money: integers scaled by their instrument, and the few operations allowed on them.
 * In: safe integers branded by what they measure. Out: the same, never a fraction, never a float.
 * Here, plain and alone, because engine, simulator and report share the vocabulary but no arithmetic on orders or positions.
 */

declare const measures: unique symbol

/** A safe integer that counts `What` in its instrument's scale; two kinds never mix. */
export type Scaled<What extends string> = number & { readonly [measures]: What }

/** Money of the quote currency, scaled by 10^priceScale (BTC/JPY: 10^4 a yen). */
export type Quote = Scaled<"Quote">
/** An amount of the base currency, scaled by 10^amountScale (BTC/JPY: 10^8 a bitcoin). */
export type Base = Scaled<"Base">
/** Quote money for one whole base unit, scaled by 10^priceScale. */
export type Price = Scaled<"Price">
/** A dimensionless share such as 0.03; never an amount (L-4). */
export type Ratio = number & { readonly [measures]: "Ratio" }
/** Parts per million, an integer: 1,000 is 0.1 %. */
export type Ppm = Scaled<"Ppm">

/** How an exact quotient becomes an integer; `halfAway` is half away from zero. */
export type Rounding = "floor" | "ceil" | "halfAway"

export const quote = (scaled: number): Quote => integer(scaled) as Quote
export const base = (scaled: number): Base => integer(scaled) as Base
export const price = (scaled: number): Price => integer(scaled) as Price
export const ppm = (partsPerMillion: number): Ppm => integer(partsPerMillion) as Ppm
export const ratio = (share: number): Ratio => share as Ratio

/** Multiplies two integers and divides by a third, exactly; throws when the result is no safe integer. */
export const mulDiv = (a: number, b: number, divisor: number, rounding: Rounding): number => {
  const product = a * b
  return isSafe(product)
    ? divideSmall(product, divisor, rounding)
    : divideSplit(a, b, divisor, rounding) ?? divideLarge(BigInt(a) * BigInt(b), BigInt(divisor), rounding)
}

/** The quote value of an amount at a price, rounded as told. */
export const notional = (amount: Base, at: Price, amountScale: number, rounding: Rounding): Quote =>
  mulDiv(amount, at, powerOfTen(amountScale), rounding) as Quote

/** A fee or interest: `share` of a value, rounded half away from zero (decisions 31). */
export const shareOf = (value: Quote, share: Ppm): Quote =>
  mulDiv(value, share, 1_000_000, "halfAway") as Quote

/** The one way from a float to a scaled price: to the nearest integer of the scale. */
export const toPrice = (value: number, priceScale: number): Price =>
  price(Math.round(value * powerOfTen(priceScale)))

/** The one way from a float to quote money, such as a setting's capital. */
export const toQuote = (value: number, priceScale: number): Quote =>
  quote(Math.round(value * powerOfTen(priceScale)))

/** The one way from a scaled integer back to a float, for features, words and pictures. */
export const toFloat = (scaled: number, scale: number): number => scaled / powerOfTen(scale)

/** Rounds a scaled integer to a multiple of `step`, in the direction told. */
export const toStep = (scaled: number, step: number, direction: "down" | "up"): number => {
  const rest = ((scaled % step) + step) % step
  if (rest === 0) return scaled
  return direction === "down" ? scaled - rest : scaled - rest + step
}

/** 10^digits for 0..15, without floating error. */
export const powerOfTen = (digits: number): number => {
  const power = POWERS[digits]
  if (power === undefined) throw new RangeError(`money: a scale has 0 to 15 digits, not ${digits}`)
  return power
}

const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]

const integer = (value: number): number => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`money: ${value} is no safe integer`)
  return value === 0 ? 0 : value
}

const isSafe = (value: number): boolean =>
  value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER

// A float quotient of two safe integers never rounds up to the next integer, so its whole part is exact; `%` says the
// same five times slower, and an account is valued at every bar. `+ 0` makes minus zero zero.
const wholeOf = (value: number, divisor: number): number => Math.trunc(value / divisor) + 0

const divideSmall = (product: number, divisor: number, rounding: Rounding): number => {
  if (!(divisor > 0)) throw new RangeError(`money: divisor ${divisor} is not positive`)
  const truncated = wholeOf(product, divisor)
  const rest = product - truncated * divisor
  if (rest === 0) return truncated
  if (rounding === "floor") return rest < 0 ? truncated - 1 : truncated
  if (rounding === "ceil") return rest > 0 ? truncated + 1 : truncated
  if (Math.abs(rest) >= divisor - Math.abs(rest)) return truncated + (rest < 0 ? -1 : 1)
  return truncated
}

// Both factors split at the divisor, a = A d + x and b = B d + y, so that a b / d = A b + x B + x y / d. All terms have one
// sign, so a safe sum has safe terms. Undefined where x y or the sum is too large: a bigint answers then.
const divideSplit = (a: number, b: number, divisor: number, rounding: Rounding): number | undefined => {
  const wholeA = wholeOf(a, divisor)
  const wholeB = wholeOf(b, divisor)
  const restA = a - wholeA * divisor
  const restB = b - wholeB * divisor
  const rest = restA * restB
  const sum = wholeA * b + restA * wholeB
  if (!isSafe(rest) || !isSafe(sum)) return undefined
  const result = sum + divideSmall(rest, divisor, rounding)
  return isSafe(result) ? result : undefined
}

const divideLarge = (product: bigint, divisor: bigint, rounding: Rounding): number => {
  if (divisor <= 0n) throw new RangeError(`money: divisor ${divisor} is not positive`)
  const rest = product % divisor
  let result = product / divisor
  if (rest !== 0n) {
    const size = rest < 0n ? -rest : rest
    if (rounding === "floor" && rest < 0n) result -= 1n
    if (rounding === "ceil" && rest > 0n) result += 1n
    if (rounding === "halfAway" && size * 2n >= divisor) result += rest < 0n ? -1n : 1n
  }
  return integer(Number(result))
}
