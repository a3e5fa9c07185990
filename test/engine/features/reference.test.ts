/**
 * The features against numbers that nobody here computed.
 * In: the sixty bars of appendix A; a year of real bars with the columns of another library. Out: agreement, digit by digit.
 * Half a unit of the last printed digit is the bound (decisions 26).
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { FEATURE_INDEX } from "../../../src/engine/features/phase19.ts"
import { makeMarketState, observe } from "../../../src/engine/observe.ts"
import { relativeVolatility } from "../../../src/engine/strategy/atrBased.ts"
import { extremeRci } from "../../../src/engine/strategy/mochipoyAlert.ts"
import { contextOf } from "../../../src/engine/strategy/StrategyContext.ts"
import { vote } from "../../../src/engine/strategy/tally.ts"
import { appendixBars, MINUTE } from "../../kit/markets.ts"
import { profileSettings } from "../../kit/profile.ts"
import { referencePath } from "../../kit/reference.ts"

const options = { baseMillis: MINUTE, higherMillis: 16 * MINUTE, spec: "phase19" } as const

const lastOfAppendix = () => {
  const state = makeMarketState(options)
  for (const bar of appendixBars()) observe(state, bar)
  return state.observation
}

/** Equal to the printed decimals: off by at most half of the last digit (and a hair for binary fractions). */
const isPrinted = (value: number, text: string): boolean => {
  const digits = text.split(".")[1]?.length ?? 0
  const bound = 0.5 * 10 ** -digits * (1 + 1e-6)
  assert.isAtMost(Math.abs(value - Number(text)), bound, `${value} is not printed as ${text}`)
  return true
}

describe("phase19", () => {
  const expected = {
    close: "10018086.394158",
    volume: "16.5",
    returns_1: "-0.005963",
    rsi_14: "5.548754",
    macd: "134.63476",
    macd_signal: "63957.622578",
    atr_14: "79681.64859",
    bb_position: "-0.046167",
    ema_20: "10254943.418671",
    ema_50: "10188660.145594",
    volume_ratio: "1.114865",
    zscore: "-2.184669"
  } as const

  it("gives the twelve numbers of appendix A at bar 59", () => {
    const { features, usable } = lastOfAppendix()
    assert.isTrue(usable)
    for (const [name, text] of Object.entries(expected)) {
      assert(isPrinted(features[FEATURE_INDEX[name as keyof typeof expected]]!, text))
    }
  })

  it("gives RCI14 and the ATR multiplier of appendix A at bar 59", () => {
    const ctx = contextOf(lastOfAppendix())
    assert(isPrinted(extremeRci(ctx, 0), "-98.6813"))
    assert(isPrinted(relativeVolatility(ctx), "0.9867"))
  })

  it("gives the strategy results of appendix A: ATRBased BUY 1.0, Mochipoy BUY 0.8 or 0.9", () => {
    for (const [name, mochipoy] of [["balanced", 0.8], ["aggressive", 0.9]] as const) {
      const { votes } = vote(profileSettings(name), lastOfAppendix(), null)
      assert.deepStrictEqual(votes[0], {
        strategy: "ATRBased",
        side: "buy",
        confidence: 1,
        reason: "band and RSI agree"
      })
      assert.strictEqual(votes[1]!.side, "buy")
      assert.closeTo(votes[1]!.confidence, mochipoy, 1e-12)
      assert.strictEqual(votes[1]!.reason, "three votes agree")
    }
  })
})

const golden = referencePath("golden/features-trading-signals-btc15m-2024.csv")

describe("recursions", () => {
  it.skipIf(golden === undefined)(
    "reach the averages, MACD and signal of another library once its other seed is forgotten",
    () => {
      const [header = "", ...lines] = readFileSync(golden!, "utf8").trim().split("\n")
      const names = header.split(",")
      const state = makeMarketState({ baseMillis: 15 * MINUTE, higherMillis: 240 * MINUTE, spec: "phase19" })
      let compared = 0
      for (const line of lines) {
        const cells = line.split(",")
        const cell = (name: string): number => Number(cells[names.indexOf(name)])
        const openTime = cell("timestamp_ms")
        const { features } = observe(state, {
          openTime,
          closeTime: openTime + 15 * MINUTE,
          open: cell("open"),
          high: cell("high"),
          low: cell("low"),
          close: cell("close"),
          volume: cell("volume")
        })
        if (state.base.frame.seen <= 900) continue
        compared += 1
        for (
          const [ours, theirs] of [["ema_20", "ema20"], ["ema_50", "ema50"], ["macd", "macd"], [
            "macd_signal",
            "macd_signal"
          ]] as const
        ) {
          assert.closeTo(
            features[FEATURE_INDEX[ours]]!,
            cell(theirs),
            1e-6 * (1 + Math.abs(cell(theirs))) * 1e-2,
            ours
          )
        }
        const mean = cell("bb_middle")
        const sampleDeviation = (cell("bb_upper") - mean) / 2 * Math.sqrt(20 / 19)
        assert.closeTo(
          features[FEATURE_INDEX.zscore]!,
          (cell("close") - mean) / sampleDeviation,
          1e-6,
          "zscore"
        )
        assert.closeTo(
          features[FEATURE_INDEX.volume_ratio]!,
          cell("volume") / cell("volume_sma20"),
          1e-6,
          "volume_ratio"
        )
      }
      assert.isAbove(compared, 500)
    }
  )
})
