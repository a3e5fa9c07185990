/**
 * A market's price with every entry and exit where it happened.
 * In: the reduced price of one market, the trades in it. Out: a chart over time that can be widened, and its data.
 * Entries point up and are full, exits point down and are hollow: shape says what colour says.
 */
import { symbol, symbolTriangle } from "d3-shape"
import { fixed } from "../format.ts"
import type { LedgerTrade } from "../Ledger.ts"
import type { PageModel, PriceSeries } from "../PageModel.ts"
import { plainTick, valueAxis } from "./axis.ts"
import type { TimeAxis, ValueAxis } from "./axis.ts"
import { packed } from "./chartData.ts"
import { extent } from "./equityChart.ts"
import type { Drawn } from "./equityChart.ts"
import {
  ENTRY,
  EXIT,
  figure,
  legend,
  legendItem,
  nothing,
  path,
  percent,
  section,
  stretched
} from "./frame.ts"
import { html, raw } from "./markup.ts"
import type { Markup } from "./markup.ts"
import { areaPath, linePath } from "./path.ts"
import type { Point } from "./path.ts"
import { counted, priceDecimals } from "./words.ts"

/** `index` is the market's place in the model. */
const priceChart = (model: PageModel, index: number, x: TimeAxis): Drawn => {
  const series = model.prices[index]!
  const id = `price-${index + 1}`
  const title = model.prices.length === 1 ? "Price, entries and exits" : `Price: ${series.instrument}`
  const trades = model.trades.filter(({ instrument }) => instrument === series.instrument)
  const [low] = extent(series.low)
  const [, high] = extent(series.high)
  if (low === null || high === null) {
    return { markup: section(id, title, null, nothing("No price was recorded.")), data: null }
  }
  const y = valueAxis(low, high, plainTick)
  const { quote } = model.ledger
  const decimals = priceDecimals([...series.high, ...series.low])
  const [first, last] = [series.close[0] ?? low, series.close.at(-1) ?? low]
  const markup = figure({
    id,
    title: `Price of ${series.instrument} with entries and exits`,
    description: `From ${fixed(first, decimals)} to ${fixed(last, decimals)} ${quote}, between ${
      fixed(low, decimals)
    } and ${fixed(high, decimals)}; ${counted(trades.length, "trade")}. The table of trades lists each.`,
    legend: legend(
      legendItem("price", "Close and range", null),
      legendItem(ENTRY, "Entry", null),
      legendItem(EXIT, "Exit", null),
      legendItem("winning", "Winner", null),
      legendItem("losing", "Loser", null),
      y.log ? html`<li class="aside">logarithmic scale</li>` : null
    ),
    size: "tall",
    across: x.ticks,
    up: y.ticks,
    drawn: [stretched(...priceLines(series, x, y), ...spans(trades, x, y)), markers(trades, x, y)],
    time: { x, y, values: id, lines: 1, told: 3 },
    zoom: true
  })
  const lines = [
    { name: "Close", places: decimals, unit: quote, value: series.close },
    { name: "Highest", places: decimals, unit: quote, value: series.high },
    { name: "Lowest", places: decimals, unit: quote, value: series.low }
  ]
  return {
    markup: section(id, title, `${series.instrument} in ${quote}. ${LEDE}`, markup),
    data: packed(series.at, lines)
  }
}

const LEDE =
  "Full triangles point up at entries, hollow ones down at exits; the line between them is the trade."

const priceLines = (series: PriceSeries, x: TimeAxis, y: ValueAxis): ReadonlyArray<Markup> => {
  const points = (values: ReadonlyArray<number>): ReadonlyArray<Point> => {
    const pieces: Array<Point> = []
    values.forEach((value, index) => {
      if (holes.has(index)) pieces.push(null)
      pieces.push([x.x(series.at[index] ?? 0), y.y(value)])
    })
    return pieces
  }
  const holes = holesOf(series.at)
  return [
    path("range", areaPath(points(series.high), points(series.low))),
    path("line price", linePath(points(series.close)))
  ]
}

/** From each entry to its exit. */
const spans = (trades: ReadonlyArray<LedgerTrade>, x: TimeAxis, y: ValueAxis): ReadonlyArray<Markup> => {
  const drawn = (kind: string, some: ReadonlyArray<LedgerTrade>) =>
    path(
      `span ${kind}`,
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

/** Where bars are missing nothing is drawn: indexes before which the time step is far above the usual one. */
const holesOf = (at: ReadonlyArray<number>): ReadonlySet<number> => {
  const steps = at.slice(1).map((instant, index) => instant - (at[index] ?? 0))
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  return new Set(steps.flatMap((step, index) => step > HOLE * usual ? [index + 1] : []))
}

/** A step this many times the median one is a hole. */
const HOLE = 8

/** Markers at the same place are drawn once. */
const markers = (trades: ReadonlyArray<LedgerTrade>, x: TimeAxis, y: ValueAxis): Markup => {
  const placed = (instant: number, price: number) => `x=${percent(x.x(instant))} y=${percent(y.y(price))}`
  const drawn = (name: string, places: ReadonlyArray<string>) =>
    html`<g class="${name}">${[...new Set(places)].map((place) => raw(`<use href=#${name} ${place} />`))}</g>`
  return html`<g class="marks ${trades.length > CROWD ? "crowd" : "few"}">${
    drawn(ENTRY, trades.map((trade) => placed(trade.entryTime, trade.entryPrice)))
  }${drawn(EXIT, trades.map((trade) => placed(trade.exitTime, trade.exitPrice)))}</g>`
}

/** From this many trades on, markers are small. */
const CROWD = 150

/** The two markers that the charts point to by name; the tip of each touches the price. */
const markShapes = (): Markup => {
  const triangle = symbol(symbolTriangle, 44)() ?? ""
  const shape = (name: string, turned: string) =>
    html`<g id="${name}"><g class="shape"><path d="${triangle}" transform="${turned}"/></g></g>`
  return html`<svg class="shapes" width="0" height="0" aria-hidden="true" focusable="false"><defs>${
    shape(ENTRY, "translate(0 6)")
  }${shape(EXIT, "translate(0 -6) rotate(180)")}</defs></svg>`
}

export { markShapes, priceChart }
