/**
 * Numbers as a person reads them: money, shares, durations, instants.
 * In: plain numbers and their unit. Out: one line of text, the same on every machine (no locale, no time zone of the host).
 * One place, so that terminal, page and files never print one figure in two ways.
 */
import type { MetricUnit } from "./TearSheet.ts"

/** What stands where there is no value. */
export const NOT_AVAILABLE = "N/A"

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** From here on a plain number is unreadable and is written as a power of ten. */
const POWERS_FROM = 1e15

/** Below this size the digits of a plain number say nothing more. */
const LEAST = 0.0001

/** Below this amount whole units would hide the figure. */
const SMALL_MONEY = 100

/**
 * A value by its unit: `share` 0.1234 as `12.34 %`, `quote` as `1,234.50 USDT` with `decimals` places, `duration` and
 * `instant` from milliseconds. Null and what is not finite are N/A.
 */
export const formatValue = (
  value: number | null,
  unit: MetricUnit,
  quote: string,
  decimals: number
): string => {
  if (value === null || !Number.isFinite(value)) return NOT_AVAILABLE
  switch (unit) {
    case "number":
      return formatNumber(value)
    case "share":
      return formatShare(value)
    case "quote":
      return formatMoney(value, quote, decimals)
    case "count":
      return Number.isInteger(value) ? fixed(value, 0) : fixed(value, 1)
    case "duration":
      return formatDuration(value)
    case "instant":
      return formatInstant(value)
  }
}

/**
 * Two decimals with grouped thousands; what would read as zero keeps two significant digits (`0.0042`), down to `<
 * 0.0001`.
 */
export const formatNumber = (value: number): string => {
  const size = Math.abs(value)
  return size > 0 && size < 0.005 ? small(value) : fixed(value, 2)
}

/** A share as per cent, `0.1234` as `12.34 %`. */
export const formatShare = (share: number): string => `${formatNumber(share * 100)} %`

/**
 * Money with its currency, `-1234.5` as `-1,234.50 USDT`. Small amounts of a currency without decimals, such as averages a
 * trade, are shown with two.
 */
export const formatMoney = (amount: number, quote: string, decimals: number): string => {
  const isSmall = amount !== 0 && Math.abs(amount) < SMALL_MONEY
  return `${fixed(amount, isSmall ? Math.max(2, decimals) : decimals)} ${quote}`
}

/** `fraction` decimals, thousands grouped by commas, never `-0`. */
export const fixed = (value: number, fraction: number): string => {
  if (Math.abs(value) >= POWERS_FROM) return value.toExponential(2)
  const text = Math.abs(value).toFixed(fraction)
  const point = text.indexOf(".")
  const whole = point < 0 ? text : text.slice(0, point)
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",") + (point < 0 ? "" : text.slice(point))
  return value < 0 && /[1-9]/.test(text) ? `-${grouped}` : grouped
}

/** The two largest units that say something: `412 d 3 h`, `4 h 15 min`, `15 min`, `45 s`, `250 ms`. */
export const formatDuration = (millis: number): string => {
  if (millis < 0) return `-${formatDuration(-millis)}`
  if (millis > 0 && millis < SECOND) return `${Math.round(millis)} ms`
  const [unit, part] = UNITS.find(([size]) => millis >= size[0]) ?? LAST
  const units = Math.floor(millis / unit[0])
  const parts = Math.floor((millis - units * unit[0]) / part[0])
  const first = `${fixed(units, 0)} ${unit[1]}`
  return parts === 0 ? first : `${first} ${parts} ${part[1]}`
}

type Unit = readonly [millis: number, name: string]
const LAST: readonly [Unit, Unit] = [[SECOND, "s"], [SECOND, "s"]]
const UNITS: ReadonlyArray<readonly [Unit, Unit]> = [
  [[DAY, "d"], [HOUR, "h"]],
  [[HOUR, "h"], [MINUTE, "min"]],
  [[MINUTE, "min"], [SECOND, "s"]],
  LAST
]

/** UTC to the minute as RFC 3339 allows, `2024-03-01T12:34Z`; seconds are dropped. */
export const formatInstant = (instant: number): string => {
  const minutes = Math.floor((instant - Math.floor(instant / DAY) * DAY) / MINUTE)
  return `${formatDate(instant)}T${padded(Math.floor(minutes / 60), 2)}:${padded(minutes % 60, 2)}Z`
}

/**
 * The UTC calendar date that holds `instant`, `2024-03-01`; years 0 to 9999. Source: Hinnant, "chrono-compatible date
 * algorithms".
 */
export const formatDate = (instant: number): string => {
  const day = Math.floor(instant / DAY) + 719_468
  const era = Math.floor(day / 146_097)
  const dayOfEra = day - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(date, 2)}`
}

const padded = (value: number, width: number): string => String(value).padStart(width, "0")

const small = (value: number): string => {
  if (Math.abs(value) >= LEAST) return value.toPrecision(2)
  return value > 0 ? `< ${LEAST}` : `> -${LEAST}`
}
