/**
 * docs/indicators.md: its tables are the registry's, its programs run and do what the page says.
 * In: the page, INDICATORS, made bars. Out: equality, cell by cell and line by line.
 * Here so that an indicator cannot be added, changed or renamed without its page.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { indicatorColumns } from "../../../src/engine/indicators/batch.ts"
import { crossedAbove, crossedBelow } from "../../../src/engine/indicators/crossings.ts"
import type { PriceBar } from "../../../src/engine/indicators/Indicator.ts"
import { lookBack } from "../../../src/engine/indicators/lookBack.ts"
import { indicatorNamed } from "../../../src/engine/indicators/registry.ts"
import { makeMarketState, observe } from "../../../src/engine/observe.ts"
import { contextOf } from "../../../src/engine/strategy/StrategyContext.ts"
import type { StrategyContext } from "../../../src/engine/strategy/StrategyContext.ts"
import { MINUTE, walk } from "../../kit/markets.ts"
import { documentTables } from "./documentTable.ts"
import { barsOf, madeColumns, outputsOf } from "./series.ts"

const page = readFileSync(new URL("../../../docs/indicators.md", import.meta.url), "utf8")
const self = readFileSync(new URL(import.meta.url), "utf8")

const columns = madeColumns(31, 3_000)

// columns
const [macd, signal] = indicatorColumns(indicatorNamed("macd(12,26,9)"), columns)
// end

// stream
const fast = indicatorNamed("sma(20)").make()
const slow = indicatorNamed("sma(50)").make()
const before = { fast: NaN, slow: NaN }

const wanted = (bar: PriceBar): "buy" | "sell" | "hold" => {
  fast.step(bar)
  slow.step(bar)
  const now = { fast: fast.values[0]!, slow: slow.values[0]! }
  const up = crossedAbove(before.fast, before.slow, now.fast, now.slow)
  const down = crossedBelow(before.fast, before.slow, now.fast, now.slow)
  Object.assign(before, now)
  return up ? "buy" : down ? "sell" : "hold"
}
// end

// strategy
const channel = lookBack(indicatorNamed("donchian(20,current=exclude)"))

const breakout = (ctx: StrategyContext): "buy" | "sell" | "hold" => {
  const [lower = NaN, , upper = NaN] = channel(ctx)
  return ctx.close(0) > upper ? "buy" : ctx.close(0) < lower ? "sell" : "hold"
}
// end

const exampleOf = (name: string): string => self.split(`\n// ${name}\n`)[1]?.split("\n// end\n")[0] ?? ""

/** The rows of every table whose header begins with Name, as cells. */
const tablesOf = (text: string): ReadonlyArray<ReadonlyArray<ReadonlyArray<string>>> =>
  text.split("\n\n").filter((block) => block.startsWith("| Name ")).map((block) =>
    block.trim().split("\n").filter((line) => !/^\| -+/.test(line)).map((line) =>
      line.replace(/^\| /, "").replace(/ +\|$/, "").split(/(?<!\\)\|/).map((cell) => cell.trim())
    )
  )

describe("docs/indicators.md", () => {
  it("shows every indicator of the registry with its parameters, values, first bar, formula, source, agreement", () => {
    assert.deepStrictEqual(tablesOf(page), documentTables)
  })

  it("no indicator stands alone: each equals some library in some test", () => {
    const alone = documentTables[1]!.filter((cells) => cells.at(-1) === "")
    assert.deepStrictEqual(alone, [])
  })

  it.each(["columns", "stream", "strategy"])(
    "the program over %s stands on the page as it runs here",
    (name) => {
      assert.isAbove(exampleOf(name).length, 60)
      assert.include(page, `\`\`\`ts\n${exampleOf(name)}\n\`\`\``)
    }
  )

  it("the program over columns gives what the names say", () => {
    const expected = outputsOf("macd(12,26,9)", columns)
    assert.deepStrictEqual([macd, signal], [expected["macd"], expected["signal"]])
  })

  it("the program over a stream buys and sells in turns, at the crossings of both columns", () => {
    const sides = barsOf(columns).map(wanted)
    const [quick, steady] = [outputsOf("sma(20)", columns)["sma"]!, outputsOf("sma(50)", columns)["sma"]!]
    const trades = sides.filter((side) => side !== "hold")
    assert.isAbove(trades.length, 10)
    trades.forEach((side, index) => assert.notStrictEqual(side, trades[index - 1]))
    sides.forEach((side, index) => {
      const above = quick[index]! > steady[index]!
      if (side !== "hold") assert.strictEqual(above, side === "buy", `bar ${index}`)
    })
  })

  it("the strategy sees closes beyond the channel of the bars before, and nothing else", () => {
    const market = makeMarketState({ baseMillis: MINUTE, higherMillis: 16 * MINUTE, spec: "phase19" })
    const bars = walk(8, 400)
    const sides = bars.map((bar, index) => {
      observe(market, bar)
      if (index < 20) return null
      const former = bars.slice(index - 20, index)
      const expected = bar.close > Math.max(...former.map(({ high }) => high))
        ? "buy"
        : bar.close < Math.min(...former.map(({ low }) => low))
        ? "sell"
        : "hold"
      const side = breakout(contextOf(market.observation))
      assert.strictEqual(side, expected, `bar ${index}`)
      return side
    })
    for (const side of ["buy", "sell", "hold"]) assert.include(sides, side)
  })
})
