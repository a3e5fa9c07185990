/**
 * Where values and instants fall on a chart, and the few of them that are written at its edges.
 * In: the extent of what is drawn. Out: scales to shares of the plot (0 to 1, y downwards), ticks with their words.
 * One place, so that all charts round, label and leave room alike. Instants are UTC.
 */
import { scaleLinear, scaleLog, scaleUtc } from "d3-scale"
import { fixed, formatInstant } from "../format.ts"

export interface Tick {
  /** Share of the plot's width or height. */
  readonly place: number
  readonly words: string
  /** 1 is always written; 2 when the plot is four times as wide, 3 when sixteen times. */
  readonly level: 1 | 2 | 3
  /** Every second one of level 1 is left out on a narrow screen. */
  readonly spare: boolean
}

export interface TimeAxis {
  readonly from: number
  readonly to: number
  readonly x: (instant: number) => number
  readonly ticks: ReadonlyArray<Tick>
}

export interface ValueAxis {
  readonly low: number
  readonly high: number
  readonly log: boolean
  readonly y: (value: number) => number
  readonly ticks: ReadonlyArray<Tick>
}

/** `step` is the distance of two ticks, `largest` the size of the axis' furthest end: all ticks are written alike. */
export type TickWords = (value: number, step: number, largest: number) => string

const DAY = 86_400_000

/** Instants from `from` to `to`, UTC milliseconds; an empty stretch is widened to a day. */
const timeAxis = (from: number, to: number): TimeAxis => {
  const end = to > from ? to : from + DAY
  const scale = scaleUtc().domain([from, end]).range([0, 1])
  const x = (instant: number) => Math.min(1, Math.max(0, (instant - from) / (end - from)))
  const ticks: Array<Tick> = []
  const add = (count: number, level: Tick["level"]): void => {
    for (const [index, date] of scale.ticks(count).entries()) {
      const place = x(date.getTime())
      // A finer tick that would touch a coarser one gives way.
      if (ticks.some((tick) => Math.abs(tick.place - place) < 0.55 / count)) continue
      const year = level === 1 && ticks.length === 0
      ticks.push({ place, words: timeWords(date.getTime(), year), level, spare: index % 2 === 1 })
    }
  }
  add(8, 1)
  add(32, 2)
  add(128, 3)
  return { from, to: end, x, ticks }
}

/** Values from `low` to `high` with a little room around; logarithmic when the range is above LOG_FROM and positive. */
const valueAxis = (low: number, high: number, words: TickWords): ValueAxis => {
  const log = low > 0 && high / low > LOG_FROM
  const [bottom, top] = roomAround(low, high, log)
  const scale = (log ? scaleLog() : scaleLinear()).domain([bottom, top]).range([1, 0])
  const values = log ? logTicks(scale.ticks(5)) : scale.ticks(5)
  const step = Math.abs((values[1] ?? top) - (values[0] ?? bottom)) || Math.abs(top) || 1
  const y = (value: number) => Math.min(1, Math.max(0, scale(value)))
  const largest = Math.max(Math.abs(bottom), Math.abs(top))
  const ticks = values.map((value, index): Tick => ({
    place: y(value),
    words: words(value, log ? value : step, largest),
    level: 1,
    spare: index % 2 === 1
  }))
  return { low: bottom, high: top, log, y, ticks }
}

/** From this ratio of highest to lowest on, equal steps are equal ratios. */
const LOG_FROM = 5

/** Value ticks with the decimals that their step needs: `65,000`, `0.0125`, `12.5M`. */
const plainTick = (value: number, step: number, largest: number): string => {
  if (value === 0) return "0"
  if (largest >= 10_000_000 && step >= 10_000) {
    const decimals = Math.max(0, -Math.floor(Math.log10(step / 1e6)))
    return `${fixed(value / 1e6, Math.min(decimals, 3))}M`
  }
  return fixed(value, decimalsOf(step))
}

/** Share ticks, `0.05` as `5 %`. */
const shareTick = (value: number, step: number): string =>
  value === 0 ? "0 %" : `${fixed(value * 100, decimalsOf(step * 100))} %`

/** Decimal places that tell two values apart that lie `step` from each other. */
const decimalsOf = (step: number): number => Math.min(10, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))

const roomAround = (low: number, high: number, log: boolean): readonly [number, number] => {
  if (log) {
    const ratio = (high / low) ** 0.04
    return [low / ratio, high * ratio]
  }
  const room = (high - low) * 0.06 || Math.abs(high) * 0.02 || 1
  return [low - room, high + room]
}

/** Of the nine ticks of each power of ten, 1, 2 and 5; when that is still too many, 1. */
const logTicks = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const leads = (digits: ReadonlyArray<number>) =>
    values.filter((value) => digits.includes(Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9))))
  const three = leads([1, 2, 5])
  return three.length > 9 ? leads([1]) : three
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const

/** `2024`, `Mar`, `5 Mar` or `14:30`, by the coarsest border the instant lies on; `year` is added where it is asked for. */
const timeWords = (instant: number, year: boolean): string => {
  const text = formatInstant(instant)
  const [months, days, time] = [text.slice(5, 7), text.slice(8, 10), text.slice(11, 16)]
  const month = MONTHS[Number(months) - 1] ?? ""
  const late = year ? ` ${text.slice(0, 4)}` : ""
  if (time !== "00:00") return year ? `${Number(days)} ${month} ${time}` : time
  if (days !== "01") return `${Number(days)} ${month}${late}`
  return months === "01" ? text.slice(0, 4) : `${month}${late}`
}

export { MONTHS, plainTick, shareTick, timeAxis, valueAxis }
