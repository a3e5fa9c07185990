/**
 * How far below its best day the account stood: the chart of what one has to sit through.
 * In: shares below the running peak, 0 or negative, of the account and of buy-and-hold. Out: an underwater chart and its data.
 * Beneath equity and on the same instants, so that a fall is found in both.
 */
import { formatDuration, formatShare } from "../format.ts"
import type { Fall } from "../Ledger.ts"
import type { PageModel } from "../PageModel.ts"
import { shareTick, valueAxis } from "./axis.ts"
import type { TimeAxis } from "./axis.ts"
import { packed } from "./chartData.ts"
import { aloneChart, extent } from "./equityChart.ts"
import type { Drawn } from "./equityChart.ts"
import { figure, legend, legendItem, nothing, path, section, stretched } from "./frame.ts"
import { levelAreaPath, linePath } from "./path.ts"
import { dayOf } from "./words.ts"

const drawdownChart = (model: PageModel, x: TimeAxis): Drawn => {
  const { drawdown, holdDrawdown, ledger } = model
  const [low] = extent([...drawdown.value, ...holdDrawdown.value])
  if (low === null) {
    return { markup: section("drawdown", "Drawdown", null, nothing("No equity was recorded.")), data: null }
  }
  const y = valueAxis(Math.min(low, LEAST), 0, shareTick)
  const points = (line: PageModel["drawdown"]): ReadonlyArray<readonly [number, number]> =>
    line.at.map((instant, index) => [x.x(instant), y.y(line.value[index] ?? 0)])
  const ours = points(drawdown)
  const deepest = ledger.deepest === null ? "none" : formatShare(ledger.deepest.share)
  // Where only day ends of buy-and-hold are known, the line is all there is.
  const holdShare = ledger.holdDeepest?.share ?? -(extent(holdDrawdown.value)[0] ?? 0)
  const holdDeepest = holdShare === 0 ? "none" : formatShare(holdShare)
  const markup = figure({
    id: "drawdown",
    title: "Share below the highest equity so far",
    description: `${fallWords(ledger.deepest)} Buy-and-hold: ${holdDeepest} at its deepest.`,
    legend: legend(
      legendItem("ours area", "Strategy, deepest", deepest),
      legendItem("kept", "Buy and hold, deepest", holdDeepest)
    ),
    size: "low",
    across: x.ticks,
    up: y.ticks,
    drawn: stretched(
      path("fall", levelAreaPath(ours, y.y(0))),
      path("line kept", linePath(points(holdDrawdown))),
      path("line ours", linePath(ours))
    ),
    time: { x, y, values: "drawdown", lines: 2, told: 2 },
    zoom: false
  })
  const alone = aloneChart({
    id: "drawdown-alone",
    line: drawdown,
    against: [low, 0],
    x,
    words: shareTick,
    values: "drawdown",
    level: 0
  })
  const lines = [
    { name: "Strategy", places: 2, unit: "%", value: drawdown.value.map((share) => share * 100) },
    { name: "Buy and hold", places: 2, unit: "%", value: holdDrawdown.value.map((share) => share * 100) }
  ]
  return {
    markup: section("drawdown", "Drawdown", fallWords(ledger.deepest), [markup, alone]),
    data: packed(drawdown.at, lines)
  }
}

/** Without a fall the axis still has an extent, and no level above zero. */
const LEAST = -0.001

/** The deepest fall in one sentence. */
const fallWords = (fall: Fall | null): string => {
  if (fall === null) return "Equity never stood below an earlier high."
  const { peakAt, recoveredAt, share, troughAt } = fall
  const end = recoveredAt === null
    ? "it has not been back there since"
    : `it was back there on ${dayOf(recoveredAt)}, after ${formatDuration(recoveredAt - peakAt)}`
  return `The deepest fall began on ${dayOf(peakAt)} and reached ${formatShare(share)} on ${
    dayOf(troughAt)
  }; ${end}.`
}

export { drawdownChart }
