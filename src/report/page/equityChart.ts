/**
 * What the account was worth, beside the same capital bought once and kept.
 * In: both lines on the same instants. Out: a chart over time, logarithmic when the range is wide, and its data.
 * The first picture of the page: whether all the trading was worth anything.
 */
import { fixed, formatMoney } from "../format.ts"
import type { PageModel } from "../PageModel.ts"
import { plainTick, valueAxis } from "./axis.ts"
import type { TickWords, TimeAxis } from "./axis.ts"
import { packed } from "./chartData.ts"
import type { PackedChart } from "./chartData.ts"
import { figure, legend, legendItem, nothing, path, section, stretched } from "./frame.ts"
import { html } from "./markup.ts"
import type { Markup } from "./markup.ts"
import { linePath } from "./path.ts"
import { dayOf, signedShare } from "./words.ts"

export interface Drawn {
  readonly markup: Markup
  readonly data: PackedChart | null
}

const equityChart = (model: PageModel, x: TimeAxis): Drawn => {
  const { equity, hold, ledger } = model
  const { capital, decimals, quote } = ledger
  const title = "Equity"
  const [low, high] = extent([...equity.value, ...hold.value])
  if (low === null || high === null) {
    return { markup: section("equity", title, null, nothing("No equity was recorded.")), data: null }
  }
  const y = valueAxis(low, high, plainTick)
  const line = (values: ReadonlyArray<number>, at: ReadonlyArray<number>) =>
    linePath(at.map((instant, index) => [x.x(instant), y.y(values[index] ?? 0)]))
  const change = (end: number) => capital > 0 ? ` (${signedShare(end / capital - 1)})` : ""
  const figures = (end: number) => `${fixed(end, decimals)} ${quote}${change(end)}`
  const markup = figure({
    id: "equity",
    title: "Equity against buy-and-hold",
    description: `From ${dayOf(x.from)} to ${dayOf(x.to)} the account went from ${
      formatMoney(capital, quote, decimals)
    } to ${figures(ledger.equity)}; buying at the start and keeping would have ended at ${
      figures(ledger.hold)
    }.${y.log ? " Logarithmic scale." : ""}`,
    legend: legend(
      legendItem("ours", "Strategy", figures(ledger.equity)),
      legendItem("kept", "Buy and hold", figures(ledger.hold)),
      y.log ? html`<li class="aside">logarithmic scale</li>` : null
    ),
    size: "tall",
    across: x.ticks,
    up: y.ticks,
    drawn: stretched(
      level(y.y(capital)),
      path("line kept", line(hold.value, hold.at)),
      path("line ours", line(equity.value, equity.at))
    ),
    time: { x, y, values: "equity", lines: 2, told: 2 },
    zoom: false
  })
  const alone = aloneChart({
    id: "equity-alone",
    line: equity,
    against: [low, high],
    x,
    words: plainTick,
    values: "equity",
    level: capital
  })
  const lines = [
    { name: "Strategy", places: decimals, unit: quote, value: equity.value },
    { name: "Buy and hold", places: decimals, unit: quote, value: hold.value }
  ]
  return {
    markup: section("equity", title, lede(model), [markup, alone]),
    data: packed(equity.at, lines)
  }
}

const lede = ({ ledger: { capital, decimals, quote } }: PageModel): string =>
  `${quote}, at the close of bars, open positions at their market value. The thin line is the capital of ${
    formatMoney(capital, quote, decimals)
  }. Buy-and-hold puts it all into the market at the first traded open, pays the cost once and waits.`

interface Alone {
  readonly id: string
  readonly line: PageModel["equity"]
  /** Lowest and highest of the chart that both are in. */
  readonly against: readonly [number, number]
  readonly x: TimeAxis
  readonly words: TickWords
  readonly values: string
  readonly level: number
}

/** The strategy on a scale of its own, when beside buy-and-hold it is nearly a straight line; null when it is not. */
const aloneChart = ({ against, id, level: begin, line, values, words, x }: Alone): Markup | null => {
  const [low, high] = extent([...line.value, begin])
  if (low === null || high === null || high === low || high - low > NARROW * (against[1] - against[0])) {
    return null
  }
  const y = valueAxis(low, high, words)
  const points = line.at.map((instant, index) => [x.x(instant), y.y(line.value[index] ?? 0)] as const)
  return figure({
    id,
    title: "The strategy alone",
    description: "The same line of the strategy as above, on a scale of its own.",
    legend: legend(legendItem("ours", "Strategy alone, on a scale of its own", null)),
    size: "low",
    across: x.ticks,
    up: y.ticks,
    drawn: stretched(level(y.y(begin)), path("line ours", linePath(points))),
    time: { x, y, values, lines: 1, told: 1 },
    zoom: false
  })
}

/** Below this share of a chart's height a line says nothing. */
const NARROW = 0.2

/** Where the account began. */
const level = (share: number): Markup => path("level", linePath([[0, share], [1, share]]))

/** Lowest and highest; null of nothing. */
const extent = (values: ReadonlyArray<number>): readonly [number, number] | readonly [null, null] => {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return low > high ? [null, null] : [low, high]
}

export { aloneChart, equityChart, extent, level }
