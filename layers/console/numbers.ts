/**
 * Numbers for people: scaled integers, instants and shares as short text.
 * In: integers with their scale, UTC milliseconds, shares. Out: text with thousands separated by commas, UTC to the minute.
 * Pure; money stays exact because it is formatted from its digits, never through a float.
 */

/** An exact decimal: `1234567890` at scale 4 is `123,456.789`; at least `digits` decimals. */
export const decimal = (scaled: number, scale: number, digits = 0): string => {
  const text = String(Math.abs(scaled)).padStart(scale + 1, "0")
  const whole = text.slice(0, text.length - scale).replace(/\B(?=(\d{3})+$)/g, ",")
  const fraction = text.slice(text.length - scale).replace(/0+$/, "").padEnd(digits, "0")
  return `${scaled < 0 ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`
}

/** The same with its sign always shown. */
export const signed = (scaled: number, scale: number): string =>
  `${scaled > 0 ? "+" : ""}${decimal(scaled, scale)}`

/** `+0.12 %`. */
export const percent = (share: number): string => `${share > 0 ? "+" : ""}${(share * 100).toFixed(2)} %`

/** A confidence or score: two decimals. */
export const score = (value: number): string => value.toFixed(2)

/** `2026-01-31 09:15`, UTC. */
export const minute = (instant: number): string =>
  new Date(instant).toISOString().slice(0, 16).replace("T", " ")

/** `15:04:05`, UTC. */
export const second = (instant: number): string => new Date(instant).toISOString().slice(11, 19)
