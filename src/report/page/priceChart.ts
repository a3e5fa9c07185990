/**
 * A market's price with every entry and exit where it happened.
 * In: the reduced price of one market, the trades in it. Out: a chart over time that can be widened, and its data.
 * Entries point up and are full, exits point down and are hollow: shape says what colour says.
 */
import { fixed } from "../format.ts"
import type { PageModel, PriceSeries } from "../PageModel.ts"
import { plainTick, valueAxis } from "./axis.ts"
import type { TimeAxis, ValueAxis } from "./axis.ts"
import { packed } from "./chartData.ts"
import { extent } from "./equityChart.ts"
import type { Drawn } from "./equityChart.ts"
import { ENTRY, EXIT, figure, legend, legendItem, nothing, path, section, stretched } from "./frame.ts"
import { html } from "./markup.ts"
import type { Markup } from "./markup.ts"
import { columnsOf, markers, spans } from "./marks.ts"
import { areaPath, linePath } from "./path.ts"
import type { Point } from "./path.ts"
import { counted, drawnWords, priceDecimals } from "./words.ts"

/** `index` is the market's place in the model. */
const priceChart = (model: PageModel, index: number, x: TimeAxis): Drawn => {
  const series = model.prices[index]!
  const id = `price-${index + 1}`
  const title = model.prices.length === 1 ? "Price, entries and exits" : `Price: ${series.instrument}`
  const own = (some: PageModel["trades"]) => some.filter((trade) => trade.instrument === series.instrument)
  const [all, trades] = [own(model.ledger.trades), own(model.trades)]
  const cut = drawnWords(trades, all)
  const columns = columnsOf(all, trades, x)
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
    } and ${fixed(high, decimals)}; ${counted(all.length, "trade")}${
      cut === null ? "" : `; ${cut}`
    }. The table of trades lists each that is drawn.`,
    legend: legend(
      legendItem("price", "Close and range", null),
      legendItem(ENTRY, "Entry", null),
      legendItem(EXIT, "Exit", null),
      legendItem("winning", "Winner", null),
      legendItem("losing", "Loser", null),
      y.log ? html`<li class="aside">logarithmic scale</li>` : null,
      [cut, columns?.words ?? null].map((words) =>
        words === null ? null : html`<li class="aside">${words}</li>`
      )
    ),
    size: "tall",
    across: x.ticks,
    up: y.ticks,
    drawn: [
      stretched(columns?.markup ?? null, ...priceLines(series, x, y), ...spans(trades, x, y)),
      markers(trades, x, y)
    ],
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

/** Where bars are missing nothing is drawn: indexes before which the time step is far above the usual one. */
const holesOf = (at: ReadonlyArray<number>): ReadonlySet<number> => {
  const steps = at.slice(1).map((instant, index) => instant - (at[index] ?? 0))
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  return new Set(steps.flatMap((step, index) => step > HOLE * usual ? [index + 1] : []))
}

/** A step this many times the median one is a hole. */
const HOLE = 8

export { priceChart }
