/**
 * A float64 as decimal text that loses nothing.
 * In: a number. Out: at most 17 significant digits, which any reader turns back into the very same bits; empty for NaN.
 * 17 digits, not the shortest form: both round-trip, and 17 is what the field's other tools print and compare.
 */

/** `42283.580000000002`, `0.5`, `1.25e-7`; empty when it is not finite. */
export const significant = (value: number): string => {
  if (!Number.isFinite(value)) return ""
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value === 0 ? "0" : String(value)
  const text = value.toPrecision(17)
  const power = text.indexOf("e")
  const digits = power < 0 ? text : text.slice(0, power)
  const short = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits
  return power < 0 ? short : short + text.slice(power)
}
