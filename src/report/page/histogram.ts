/**
 * How often a return of which size came: many small ones, or one that made the year.
 * In: returns as shares. Out: a chart of bars, a border of two bars always at zero, the ends gather what lies beyond.
 * One drawing for trades and for days.
 */
import { scaleLinear } from "d3-scale"
import { fixed } from "../format.ts"
import type { PageModel } from "../PageModel.ts"
import { shareTick, valueAxis } from "./axis.ts"
import type { Tick, ValueAxis } from "./axis.ts"
import { figure, legend, nothing, percent, section } from "./frame.ts"
import { html } from "./markup.ts"
import type { Markup } from "./markup.ts"
import { counted, returnOf, signedShare, toned } from "./words.ts"

const returnsSection = ({ ledger }: PageModel): Markup => {
  const ofTrades = ledger.trades.map(returnOf).filter((share) => share !== null)
  const ofDays = ledger.days.flatMap(({ equity }, index) => {
    const before = ledger.days[index - 1]?.equity ?? ledger.capital
    return before > 0 ? [equity / before - 1] : []
  })
  return section(
    "returns",
    "Returns",
    "How many trades and how many days ended with which return, after costs. The bars at the ends hold all that lies beyond.",
    html`<div class="pair">${
      histogram({ id: "trade-returns", title: "Per trade", one: "trade", shares: ofTrades })
    }${histogram({ id: "day-returns", title: "Per day", one: "day", shares: ofDays })}</div>`
  )
}

interface Histogram {
  readonly id: string
  readonly title: string
  readonly one: string
  readonly shares: ReadonlyArray<number>
}

const histogram = ({ id, one, shares, title }: Histogram): Markup => {
  if (shares.length === 0) return html`<div><h3>${title}</h3>${nothing(`There is no ${one} to count.`)}</div>`
  const sorted = shares.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  const edges = edgesOf(at(sorted.length < MANY ? 0 : 0.01), at(sorted.length < MANY ? 1 : 0.99))
  const counts = countsOf(sorted, edges)
  const most = Math.max(...counts)
  const y = countAxis(most)
  const figures = html`${counted(shares.length, one)}, mean ${toned(mean, signedShare(mean))}, median ${
    toned(at(0.5), signedShare(at(0.5)))
  }, from ${toned(at(0), signedShare(at(0)))} to ${toned(at(1), signedShare(at(1)))}`
  return html`<div><h3>${title}</h3>${
    figure({
      id,
      title: `Histogram of returns ${title.toLowerCase()}`,
      description: `${counted(shares.length, one)}; mean ${signedShare(mean)}, median ${
        signedShare(at(0.5))
      }, lowest ${signedShare(at(0))}, highest ${signedShare(at(1))}.`,
      legend: legend(html`<li class="aside">${figures}</li>`),
      size: "low",
      across: acrossOf(edges),
      up: y.ticks,
      drawn: html`<g class="bars">${counts.map((count, index) => bar({ count, edges, index, one, y }))}</g>`,
      time: null,
      zoom: false
    })
  }</div>`
}

/** From this many values on, one in a hundred at each end is gathered in the last bar. */
const MANY = 100
const BARS = 24

/** Borders of bars of equal width, zero among them whenever it lies inside. */
const edgesOf = (low: number, high: number): ReadonlyArray<number> => {
  const room = high > low ? 0 : Math.abs(low) * 0.5 || 0.001
  const edges = scaleLinear().domain([Math.min(low - room, 0), Math.max(high + room, 0)]).nice(BARS).ticks(
    BARS
  )
  return edges.length > 1 ? edges : [low - room, high + room]
}

const countsOf = (values: ReadonlyArray<number>, edges: ReadonlyArray<number>): ReadonlyArray<number> => {
  const counts = edges.slice(1).map(() => 0)
  const first = edges[0] ?? 0
  const width = (edges[1] ?? 1) - first
  for (const value of values) {
    const index = Math.min(counts.length - 1, Math.max(0, Math.floor((value - first) / width + 1e-9)))
    counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}

const countAxis = (most: number): ValueAxis => {
  const axis = valueAxis(0, most, (value) => fixed(value, 0))
  const y = (value: number) => 1 - value / (most * 1.06)
  const ticks = scaleLinear().domain([0, most * 1.06]).ticks(4).filter((value) => Number.isInteger(value))
  return { ...axis, y, ticks: ticks.map((value) => tick(y(value), fixed(value, 0))) }
}

const acrossOf = (edges: ReadonlyArray<number>): ReadonlyArray<Tick> => {
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 1]
  const scale = scaleLinear().domain([low, high])
  const many = ticksOf(scale.ticks(6), low, high)
  // Returns of a thousandth of a per cent have long words: fewer of them fit beside one another.
  return many.some(({ words }) => words.length > LONG_WORDS) ? ticksOf(scale.ticks(3), low, high) : many
}

/** Characters of a tick's words of which nine stand on half a page without touching. */
const LONG_WORDS = 7

const ticksOf = (values: ReadonlyArray<number>, low: number, high: number): ReadonlyArray<Tick> => {
  const step = (values[1] ?? high) - (values[0] ?? low)
  const zero = values.findIndex((value) => Math.abs(value) < step / 2)
  return values.map((value, index) => ({
    ...tick((value - low) / (high - low), shareTick(value, step)),
    spare: (index - zero) % 2 !== 0
  }))
}

const tick = (place: number, words: string): Tick => ({ place, words, level: 1, spare: false })

interface Bar {
  readonly count: number
  readonly edges: ReadonlyArray<number>
  readonly index: number
  readonly one: string
  readonly y: ValueAxis
}

const bar = ({ count, edges, index, one, y }: Bar): Markup | null => {
  if (count === 0) return null
  const [from, to] = [edges[index] ?? 0, edges[index + 1] ?? 0]
  const width = 1 / (edges.length - 1)
  const top = y.y(count)
  return html`<rect class="${from >= -1e-12 ? "gain" : "loss"}" x="${
    percent((index + 0.06) * width)
  }" width="${percent(0.88 * width)}" y="${percent(top)}" height="${percent(1 - top)}"><title>${
    signedShare(from)
  } to ${signedShare(to)}: ${counted(count, one)}</title></rect>`
}

export { returnsSection, tick }
