import { assert, describe, it } from "vitest"
import { fingerprintOf } from "../../../src/backtest/fingerprint.ts"
import { endCurve, makeCurveTape, tapePoint } from "../../../src/backtest/tape/curve.ts"
import { makeDayTape, tapeDays } from "../../../src/backtest/tape/days.ts"
import { makeFallTape, tapeEquity } from "../../../src/backtest/tape/falls.ts"
import { buyOnce, makeHolding, valueOf } from "../../../src/backtest/tape/hold.ts"
import { makeTradeTape, tapeHeldBar, tapeTrade } from "../../../src/backtest/tape/trades.ts"
import { instrumentById } from "../../../src/domain/Instrument.ts"
import type { Base, Quote } from "../../../src/domain/money.ts"
import type { ClosedTrade } from "../../../src/engine/portfolio/ClosedTrade.ts"
import { makeRandom, nextDouble } from "../../../src/simulator/random.ts"

const instrument = instrumentById("bitbank:BTC/JPY")!
const HOUR = 3_600_000

describe("days", () => {
  it("carry the equity over days without a bar", () => {
    const start = Date.UTC(2024, 0, 1)
    const tape = makeDayTape("UTC", start)
    assert.strictEqual(tapeDays(tape, 100, 90, start + 3 * 24 * HOUR + 1), 3)
    assert.deepStrictEqual(tape.days.map(({ date, equity }) => [date, equity]), [
      ["2024-01-01", 100],
      ["2024-01-02", 100],
      ["2024-01-03", 100]
    ])
  })

  it("end where the zone's clock does: 15:00 UTC in Tokyo, an hour earlier in New York's summer", () => {
    const tokyo = makeDayTape("Asia/Tokyo", Date.UTC(2024, 0, 1, 14, 45))
    assert.strictEqual(tokyo.end, Date.UTC(2024, 0, 1, 15))
    const york = makeDayTape("America/New_York", Date.UTC(2024, 2, 9, 12))
    tapeDays(york, 1, 1, Date.UTC(2024, 2, 12, 12))
    assert.deepStrictEqual(york.days.map(({ end }) => end), [
      Date.UTC(2024, 2, 10, 5),
      Date.UTC(2024, 2, 11, 4),
      Date.UTC(2024, 2, 12, 4)
    ])
  })
})

describe("the deepest fall", () => {
  it("is the largest share below an earlier peak, as a plain search finds it", () => {
    const random = makeRandom(11)
    for (let round = 0; round < 50; round++) {
      const values = Array.from({ length: 200 }, () => 50 + 100 * nextDouble(random))
      const tape = makeFallTape(100, 0)
      values.forEach((value, at) => tapeEquity(tape, value, at + 1))
      let worst = 0
      let peak = 100
      for (const value of values) {
        peak = Math.max(peak, value)
        worst = Math.max(worst, 1 - value / peak)
      }
      assert.closeTo(tape.deepest?.share ?? 0, worst, 1e-12)
      const { peakAt = 0, share = 0, troughAt = 0 } = tape.deepest ?? {}
      const top = peakAt === 0 ? 100 : values[peakAt - 1]!
      assert.closeTo(1 - values[troughAt - 1]! / top, share, 1e-12)
    }
  })

  it("knows when it was made good, and that it was not", () => {
    const tape = makeFallTape(100, 0)
    for (const [at, value] of [[1, 120], [2, 90], [3, 110], [4, 121]] as const) tapeEquity(tape, value, at)
    assert.deepStrictEqual(tape.deepest, { share: 0.25, amount: 30, peakAt: 1, troughAt: 2, recoveredAt: 4 })
    for (const [at, value] of [[5, 80], [6, 120]] as const) tapeEquity(tape, value, at)
    assert.strictEqual(tape.deepest?.recoveredAt, null)
    assert.strictEqual(tape.deepest?.troughAt, 5)
  })

  it("is none while equity only rises", () => {
    const tape = makeFallTape(100, 0)
    for (let at = 1; at < 10; at++) tapeEquity(tape, 100 + at, at)
    assert.isNull(tape.deepest)
  })
})

describe("the thinned curve", () => {
  it("has few points, in time, and both extremes of the whole run", () => {
    const random = makeRandom(5)
    for (const bars of [1, 3, 4_000, 10_007]) {
      const tape = makeCurveTape(bars, 1_000)
      const values: Array<number> = []
      for (let bar = 1; bar <= bars; bar++) {
        values.push(nextDouble(random))
        tapePoint(tape, bar, values[bar - 1]!, 7)
      }
      const curve = endCurve(tape, bars, values[bars - 1]!, 7)
      assert.isAtMost(curve.at.length, 1_000)
      assert.strictEqual(Math.min(...curve.equity), Math.min(...values))
      assert.strictEqual(Math.max(...curve.equity), Math.max(...values))
      assert.strictEqual(curve.at.at(-1), bars)
      assert.isTrue(curve.at.every((at, index) => index === 0 || at > curve.at[index - 1]!))
      assert.isTrue(curve.at.every((at, index) => values[at - 1] === curve.equity[index]))
    }
  })
})

describe("buy and hold", () => {
  it("buys whole lots with fee and slippage at the first open, and keeps the rest in cash", () => {
    const holding = makeHolding(1_000_000)
    buyOnce(holding, instrument, 10_000_000, 0.0005)
    const price = 10_000_000 * 1.0005 * 1.001
    assert.closeTo(holding.amount, 0.0998, 1e-12)
    assert.closeTo(holding.rest, 1_000_000 - 0.0998 * price, 1e-6)
    holding.close = 12_000_000
    assert.closeTo(valueOf([holding]), holding.rest + 0.0998 * 12_000_000, 1e-6)
  })

  it("is worth its capital in cash before the market has a bar", () => {
    assert.strictEqual(valueOf([makeHolding(500)]), 500)
  })
})

const trade = (side: "long" | "short", entryPrice: number, exitPrice: number): ClosedTrade => ({
  id: "d#1",
  decisionId: "d",
  exitIntentId: "d#exit.1",
  instrument: instrument.id,
  strategy: "ATRBased",
  edge: null,
  side,
  entryTime: 0,
  exitTime: 1,
  entryPrice,
  exitPrice,
  amount: 1_000 as Base,
  cost: 1 as Quote,
  proceeds: 1 as Quote,
  fees: 0 as Quote,
  interest: 0 as Quote,
  pnl: 0 as Quote,
  barsHeld: 1,
  exitLeg: "exit"
})

const heldBar = (low: number, high: number) => ({
  openTime: 0,
  closeTime: 1,
  open: low,
  high,
  low,
  close: high,
  volume: 1
})

describe("how far the price went", () => {
  it("counts bars held to their close and the exit price, for long and short", () => {
    const tape = makeTradeTape(instrument)
    tapeHeldBar(tape, heldBar(90, 105))
    tapeHeldBar(tape, heldBar(95, 120))
    tapeTrade(tape, trade("long", 100, 110))
    tapeHeldBar(tape, heldBar(90, 105))
    tapeTrade(tape, trade("short", 100, 130))
    const [long, short] = tape.trades
    assert.closeTo(long?.mae ?? NaN, 0.1, 1e-12)
    assert.closeTo(long?.mfe ?? NaN, 0.2, 1e-12)
    assert.closeTo(short?.mae ?? NaN, 0.3, 1e-12)
    assert.closeTo(short?.mfe ?? NaN, 0.1, 1e-12)
  })

  it("is only the exit for a trade that never saw a close, and never negative", () => {
    const tape = makeTradeTape(instrument)
    tapeTrade(tape, trade("long", 100, 90))
    assert.closeTo(tape.trades[0]?.mae ?? NaN, 0.1, 1e-12)
    assert.strictEqual(tape.trades[0]?.mfe, 0)
  })
})

describe("fingerprintOf", () => {
  const days = [{ date: "2024-01-01", equity: 5 }]
  it("changes with a trade, a decision or a day, and with nothing else", () => {
    const one = fingerprintOf([trade("long", 1, 2)], ["aa"], days)
    assert.strictEqual(fingerprintOf([{ ...trade("long", 1, 2) }], ["aa"], days), one)
    const { id, ...others } = trade("long", 1, 2)
    assert.strictEqual(fingerprintOf([{ ...others, id }], ["aa"], days), one)
    assert.notStrictEqual(fingerprintOf([trade("long", 1, 3)], ["aa"], days), one)
    assert.notStrictEqual(fingerprintOf([trade("long", 1, 2)], ["ab"], days), one)
    assert.notStrictEqual(
      fingerprintOf([trade("long", 1, 2)], ["aa"], [{ date: "2024-01-01", equity: 6 }]),
      one
    )
  })
})
