/**
 * How far each trade went against its owner and in his favour while it was open, beside how it ended.
 * In: trades with their largest adverse and favourable moves. Out: a scatter; winners are full dots, losers are rings.
 * Shows at a glance stops that are too near (winners crowd at the stop) and profits given back (losers far up).
 */
import { scaleLinear } from "d3-scale"
import { fixed } from "../format.ts"
import type { LedgerTrade } from "../Ledger.ts"
import type { PageModel } from "../PageModel.ts"
import { shareTick } from "./axis.ts"
import type { Tick } from "./axis.ts"
import { figure, legend, legendItem, nothing, path, percent, section, stretched } from "./frame.ts"
import { tick } from "./histogram.ts"
import { html, raw } from "./markup.ts"
import type { Markup } from "./markup.ts"
import { linePath } from "./path.ts"
import { counted, drawnWords, roughShare } from "./words.ts"

const excursions = ({ ledger, trades }: PageModel): Markup => {
  const title = "Moves while open"
  if (trades.length === 0) return section("excursions", title, null, nothing("There is no trade to show."))
  const edge = { mae: edgeOf(trades.map(({ mae }) => mae)), mfe: edgeOf(trades.map(({ mfe }) => mfe)) }
  const same = Math.min(edge.mae, edge.mfe)
  const won = ({ pnl }: LedgerTrade) => pnl > 0
  const winners = ledger.trades.filter(won)
  const losers = ledger.trades.filter((trade) => !won(trade))
  const cut = drawnWords(trades, ledger.trades)
  return section(
    "excursions",
    title,
    "Each trade by the largest move against it (to the right) and the largest move in its favour (upwards), in per cent of its entry price. "
      + "Above the line a trade was further ahead than behind; a ring far up gave a profit back. What lies beyond an edge is drawn on it.",
    figure({
      id: "excursions",
      title: "Largest move against and in favour of each trade",
      description: `${counted(winners.length, "winner")}, typical move against ${
        roughShare(median(winners.map(({ mae }) => mae)))
      }; ${counted(losers.length, "loser")}, typical move in favour ${
        roughShare(median(losers.map(({ mfe }) => mfe)))
      }${cut === null ? "" : `; ${cut}`}.`,
      legend: legend(
        legendItem("won", "Winner", fixed(winners.length, 0)),
        legendItem("lost", "Loser or even", fixed(losers.length, 0)),
        cut === null ? null : html`<li class="aside">${cut}</li>`
      ),
      size: "middle",
      across: ticksOf(edge.mae),
      up: ticksOf(edge.mfe).map((each) => ({ ...each, place: 1 - each.place })),
      drawn: [
        stretched(path("level", linePath([[0, 1], [same / edge.mae, 1 - same / edge.mfe]]))),
        dots("lost", trades.filter((trade) => !won(trade)), edge),
        dots("won", trades.filter(won), edge)
      ],
      time: null,
      zoom: false
    })
  )
}

const ticksOf = (most: number): ReadonlyArray<Tick> => {
  const values = scaleLinear().domain([0, most]).ticks(5)
  return values.map((value, index) => ({
    ...tick(value / most, shareTick(value, values[1] ?? most)),
    spare: index % 2 === 1
  }))
}

/** The 98th percentile with a little room: a few wild trades do not squeeze all others into a corner. */
const edgeOf = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const high = values.length < 100 ? sorted.at(-1) : sorted[Math.ceil(0.98 * (sorted.length - 1))]
  return (high ?? 0) * 1.05 || 0.01
}

const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Dots are three pixels wide: finer places than these cannot be told apart. */
const RASTER = 400

type Edge = Pick<LedgerTrade, "mae" | "mfe">

/** Dots at the same place are drawn once. */
const dots = (kind: string, trades: ReadonlyArray<LedgerTrade>, edge: Edge): Markup => {
  const place = (value: number, most: number) => Math.round(Math.min(1, Math.max(0, value / most)) * RASTER)
  const places = new Set(trades.map(({ mae, mfe }) => `${place(mae, edge.mae)} ${place(mfe, edge.mfe)}`))
  return html`<g class="${kind}">${
    [...places].map((text) => {
      const [x = 0, y = 0] = text.split(" ").map(Number)
      return raw(`<circle cx=${percent(x / RASTER)} cy=${percent(1 - y / RASTER)} />`)
    })
  }</g>`
}

export { excursions }
