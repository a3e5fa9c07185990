/**
 * Bar lengths and trading days, as arithmetic on UTC milliseconds.
 * In: names such as `15m`, instants, IANA zones. Out: milliseconds, period starts, day bounds.
 * Plain, so that engine and simulator agree on when a period or a day begins without owning a clock.
 */

export type TimeframeName =
  | "1m"
  | "3m"
  | "5m"
  | "15m"
  | "30m"
  | "1h"
  | "2h"
  | "4h"
  | "6h"
  | "8h"
  | "12h"
  | "1d"

/** Milliseconds of each named bar length. */
const TIMEFRAMES: Readonly<Record<TimeframeName, number>> = {
  "1m": 60_000,
  "3m": 180_000,
  "5m": 300_000,
  "15m": 900_000,
  "30m": 1_800_000,
  "1h": 3_600_000,
  "2h": 7_200_000,
  "4h": 14_400_000,
  "6h": 21_600_000,
  "8h": 28_800_000,
  "12h": 43_200_000,
  "1d": 86_400_000
}

const NAMES: ReadonlyMap<number, TimeframeName> = new Map(
  (Object.keys(TIMEFRAMES) as Array<TimeframeName>).map((name) => [TIMEFRAMES[name], name])
)

/** The name of a bar length in milliseconds, or undefined when no named timeframe has it. */
const timeframeOf = (millis: number): TimeframeName | undefined => NAMES.get(millis)

/** The higher frame of decisions 24: 1m looks at 15m, every other one at sixteen of its bars (15m at 4h). */
const higherMillis = (baseMillis: number): number => baseMillis === 60_000 ? 900_000 : baseMillis * 16

/** Start of the period of `millis` length that holds `instant` (UTC grid). */
const periodStart = (instant: number, millis: number): number =>
  instant - (((instant % millis) + millis) % millis)

/** A trading day: `[start, end)` in UTC milliseconds, and its calendar date in the zone. */
export interface TradingDay {
  readonly start: number
  readonly end: number
  readonly date: string
}

/** The calendar day of `zone` that holds `instant`; exact across daylight saving, to the minute. */
const tradingDay = (zone: string, instant: number): TradingDay => {
  const known = newest.get(zone)
  if (known !== undefined && instant >= known.start && instant < known.end) return known
  const date = dateIn(zone, instant)
  const start = known !== undefined && follows(zone, known, instant, date)
    ? known.end
    : dayStart(zone, instant, date)
  const end = start + DAY
  const day = { start, end: changesAt(zone, end, date, 1) ? end : boundary(zone, instant, date, 1), date }
  newest.set(zone, day)
  return day
}

// Whoever walks through time asks for one day many times, and then for the next: the day found last is kept, a zone.
const newest = new Map<string, TradingDay>()

const follows = (zone: string, known: TradingDay, instant: number, date: string): boolean =>
  instant === known.end || instant > known.end && dateIn(zone, known.end) === date

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

// The wall clock says how long the day has run; the calendar is asked whether that is true, and halved where it is not.
const dayStart = (zone: string, instant: number, date: string): number => {
  const [hours = 0, minutes = 0] = inZone(clocks, zone, CLOCK, instant).split(":").map(Number)
  const guess = (Math.floor(instant / MINUTE) - 60 * hours - minutes) * MINUTE
  return changesAt(zone, guess, date, -1) ? guess : boundary(zone, instant, date, -1)
}

/** Whether `date` begins (-1) or ends (1) at that minute. */
const changesAt = (zone: string, at: number, date: string, direction: -1 | 1): boolean =>
  (dateIn(zone, at) === date) === (direction < 0) && (dateIn(zone, at - MINUTE) === date) === (direction > 0)

const calendars = new Map<string, Intl.DateTimeFormat>()
const clocks = new Map<string, Intl.DateTimeFormat>()
const CALENDAR = { year: "numeric", month: "2-digit", day: "2-digit" } as const
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const

const dateIn = (zone: string, instant: number): string => inZone(calendars, zone, CALENDAR, instant)

// A formatter costs a thousand times its use, so each zone has one of each kind.
const inZone = (
  formats: Map<string, Intl.DateTimeFormat>,
  zone: string,
  parts: Intl.DateTimeFormatOptions,
  instant: number
): string => {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, ...parts })
    formats.set(zone, format)
  }
  return format.format(instant)
}

// Bisects to the minute at which the zone's date changes, before (-1) or after (+1) the instant.
const boundary = (zone: string, instant: number, today: string, direction: -1 | 1): number => {
  let inside = Math.floor(instant / MINUTE)
  let outside = inside + direction * 26 * 60
  while (Math.abs(outside - inside) > 1) {
    const middle = Math.trunc((inside + outside) / 2)
    if (dateIn(zone, middle * MINUTE) === today) inside = middle
    else outside = middle
  }
  return Math.max(inside, outside) * MINUTE
}

export { higherMillis, periodStart, timeframeOf, TIMEFRAMES, tradingDay }
