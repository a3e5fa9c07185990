/**
 * The words of a scripted market and the bars they stand for.
 * In: scripts. Out: assertions on the text and time of every bar.
 * The scripts here are the documentation of the words.
 */
import { assert, describe, it } from "@effect/vitest"
import { scriptedMarket } from "../../../src/simulator/markets/scripted.ts"

const told = (script: string): ReadonlyArray<string> =>
  scriptedMarket({ startPrice: 1_000_000, startTime: 0, baseMillis: 1, tick: 1, volume: 5 }, script)
    .map((candle) => `${candle.openTime}: ${candle.text}`)

describe("scriptedMarket", () => {
  it.each([
    ["flat 2", ["0: 1000000,1000000,1000000,1000000,5", "1: 1000000,1000000,1000000,1000000,5"]],
    ["calm 2", ["0: 1000000,1001000,1000000,1001000,5", "1: 1001000,1001000,1000000,1000000,5"]],
    ["up 2 by 3%", ["0: 1000000,1015000,1000000,1015000,5", "1: 1015000,1030000,1015000,1030000,5"]],
    ["down 2 by 3%", ["0: 1000000,1000000,985000,985000,5", "1: 985000,985000,970000,970000,5"]],
    ["rally 8%", ["0: 1000000,1080000,1000000,1080000,5"]],
    ["crash 20%", ["0: 1000000,1000000,800000,800000,5"]],
    ["spike 5%", ["0: 1000000,1050000,1000000,1000000,5"]],
    ["dip 5%", ["0: 1000000,1000000,950000,1000000,5"]],
    ["gap 4", ["4: 1000000,1000000,1000000,1000000,5"]],
    ["gap 1 by -2.5%", ["1: 975000,975000,975000,975000,5"]],
    ["silent", ["0: 1000000,1000000,1000000,1000000,0"]],
    ["nan; flat", ["0: NaN,NaN,NaN,NaN,NaN", "1: 1000000,1000000,1000000,1000000,5"]]
  ])("%s", (script, bars) => assert.deepStrictEqual(told(script), bars))

  it("steps follow one another on lines or after semicolons", () => {
    assert.deepStrictEqual(told("up 1 by 1%; flat\n\n gap 2 by 1% "), [
      "0: 1000000,1010000,1000000,1010000,5",
      "1: 1010000,1010000,1010000,1010000,5",
      "4: 1020100,1020100,1020100,1020100,5"
    ])
  })

  it("prices stand on the tick, and close times one bar after the open", () => {
    const bars = scriptedMarket(
      { startPrice: 100, startTime: 60, baseMillis: 60, tick: 0.01, volume: 1 },
      "up 3 by 0.1%; crash 100%"
    )
    assert.deepStrictEqual(bars.map((bar) => bar.close), [100.03, 100.07, 100.1, 0.01])
    assert.deepStrictEqual(bars.map((bar) => bar.closeTime), [120, 180, 240, 300])
  })

  it.each(["sideways 3", "up 3", "flat 0", "flat 3 by 2%", "up by", "constructor 3", "flat 1.5"])(
    "%s is refused",
    (script) => {
      assert.throws(() => told(script), RangeError, `"${script}"`)
    }
  )
})
