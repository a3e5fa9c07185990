/**
 * Entries and exits in a chart of a price: a marker each, the line between them, and columns that count where markers would merge.
 * In: trades of one market, the chart's axes. Out: pieces of its drawing, and in words what is drawn and what is not.
 * Markers that cover one another say nothing and hide the price: what cannot be told apart is counted, and the reader is told.
 */
import { symbol, symbolTriangle } from "d3-shape"
import { fixed, formatDuration } from "../format.ts"
import type { LedgerTrade } from "../Ledger.ts"
import type { TimeAxis, ValueAxis } from "./axis.ts"
import { ENTRY, EXIT, path, percent } from "./frame.ts"
import { html, raw } from "./markup.ts"
import type { Markup } from "./markup.ts"
import { linePath } from "./path.ts"
import type { Point } from "./path.ts"

type Trades = ReadonlyArray<LedgerTrade>

/** From each entry to its exit. */
const spans = (trades: Trades, x: TimeAxis, y: ValueAxis): ReadonlyArray<Markup> => {
  const drawn = (kind: string, some: Trades) =>
    path(
      `span ${kind}${isCrowded(trades, x, 1) ? " thinned" : ""}`,
      linePath(some.flatMap(({ entryPrice, entryTime, exitPrice, exitTime }): ReadonlyArray<Point> => [
        [x.x(entryTime), y.y(entryPrice)],
        [x.x(exitTime), y.y(exitPrice)],
        null
      ]))
    )
  return [
    drawn("losing", trades.filter(({ pnl }) => pnl <= 0)),
    drawn("winning", trades.filter(({ pnl }) => pnl > 0))
  ]
}

/** Markers at the same place are drawn once. Crowded ones wait for 4×; what is crowded there too is small. */
const markers = (trades: Trades, x: TimeAxis, y: ValueAxis): Markup => {
  const placed = (instant: number, price: number) => `x=${percent(x.x(instant))} y=${percent(y.y(price))}`
  const drawn = (name: string, places: ReadonlyArray<string>) =>
    html`<g class="${name}">${[...new Set(places)].map((place) => raw(`<use href=#${name} ${place} />`))}</g>`
  const kinds = ZOOMS.map(([times, kind]) => isCrowded(trades, x, times) ? ` ${kind}` : "").join("")
  return html`<g class="marks${kinds}">${
    drawn(ENTRY, trades.map((trade) => placed(trade.entryTime, trade.entryPrice)))
  }${drawn(EXIT, trades.map((trade) => placed(trade.exitTime, trade.exitPrice)))}</g>`
}

/** Each width of a chart that can be widened, and the class of what is crowded there. */
const ZOOMS = [[1, "thinned"], [4, "tight"], [16, "tightest"]] as const

/** A chart's width on a desk before it is widened, CSS pixels. */
const WIDTH = 1_000

/** Markers nearer than this, CSS pixels, are a ribbon. */
const ROOM = 3

/** So few trades are always marked, however near to each other. */
const FEW = 50

/** Whether the markers, an entry and an exit a trade, have less than ROOM each in the part of the chart that they share. */
const isCrowded = (trades: Trades, { x }: TimeAxis, times: number): boolean => {
  if (trades.length <= FEW) return false
  const from = trades.reduce((least, { entryTime }) => Math.min(least, entryTime), Infinity)
  const to = trades.reduce((most, { exitTime }) => Math.max(most, exitTime), -Infinity)
  return 2 * trades.length * ROOM > (x(to) - x(from)) * WIDTH * times
}

export interface Columns {
  readonly markup: Markup
  /** What one column counts, and the most that one does. */
  readonly words: string
}

/** Columns at the foot of the chart that count all entries; null when each of the `drawn` trades can be marked. */
const columnsOf = (all: Trades, drawn: Trades, x: TimeAxis): Columns | null => {
  if (!isCrowded(drawn, x, 1)) return null
  const step = STEPS.find((each) => (x.to - x.from) / each <= MOST_COLUMNS) ?? (x.to - x.from) / MOST_COLUMNS
  const counts = new Map<number, number>()
  for (const { entryTime } of all) {
    const place = Math.floor((entryTime - x.from) / step)
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  const most = Math.max(...counts.values())
  const outline = [...counts].toSorted(([a], [b]) => a - b).flatMap(
    ([place, count]): ReadonlyArray<Point> => {
      const [left, right] = [x.x(x.from + (place + 0.1) * step), x.x(x.from + (place + 0.9) * step)]
      const top = 1 - HEIGHT * count / most
      return [[left, 1], [left, top], [right, top], [right, 1], null]
    }
  )
  return {
    markup: path("entries", linePath(outline)),
    words: `at 1× columns count all entries of every ${formatDuration(step)} (at most ${
      fixed(most, 0)
    }); markers are drawn from 4× on`
  }
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Stretches of time that a column may stand for. */
const STEPS = [
  HOUR / 4,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  DAY,
  2 * DAY,
  4 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY
]

/** A column is at least four pixels wide on a desk. */
const MOST_COLUMNS = 250

/** Share of the chart's height that the highest column takes. */
const HEIGHT = 0.22

/** The two markers that the charts point to by name; the tip of each touches the price. */
const markShapes = (): Markup => {
  const triangle = symbol(symbolTriangle, 44)() ?? ""
  const shape = (name: string, turned: string) =>
    html`<g id="${name}"><g class="shape"><path d="${triangle}" transform="${turned}"/></g></g>`
  return html`<svg class="shapes" width="0" height="0" aria-hidden="true" focusable="false"><defs>${
    shape(ENTRY, "translate(0 6)")
  }${shape(EXIT, "translate(0 -6) rotate(180)")}</defs></svg>`
}

export { columnsOf, markers, markShapes, spans }
