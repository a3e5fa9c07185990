import { createHash } from "node:crypto"
import { assert, describe, it } from "vitest"
import { makeCursor } from "../../src/backtest/BarCursor.ts"
import { makeDriver, stepBar } from "../../src/backtest/driver.ts"
import { pipelineDecider, runLoop } from "../../src/backtest/loop.ts"
import { makeRollingHash } from "../../src/backtest/rollingHash.ts"
import type { ClosedBar } from "../../src/domain/Candle.ts"
import { DECISION_REASONS } from "../../src/domain/decisionReasons.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import { higherMillis } from "../../src/domain/timeframe.ts"
import type { Decision } from "../../src/engine/Decision.ts"
import { stateHash } from "../../src/engine/portfolio/Books.ts"
import { recordOf } from "../../src/engine/record.ts"
import { accountOf } from "../../src/simulator/Exchange.ts"
import { profileSettings } from "../kit/profile.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../kit/syntheticBars.ts"

const run = (seed: number, onDecision: (decision: Decision) => void = () => {}) => {
  const instrument = instrumentById("bitbank:BTC/JPY")
  assert.isDefined(instrument)
  const bars = syntheticBars(seed, 2_000)
  return runLoop({
    account: "loop",
    instrument,
    settings: profileSettings("balanced", { capital: 5_000_000 }),
    baseMillis: FIFTEEN_MINUTES,
    higherMillis: higherMillis(FIFTEEN_MINUTES),
    history: bars.slice(0, 600),
    candles: bars.slice(600),
    onDecision
  })
}

const hashOf = (seed: number): string => {
  const hash = makeRollingHash()
  run(seed, hash.add)
  return hash.digest()
}

/** The record of decisions 31 by DataView's own writers: layout version 1, 42 bytes, little-endian. */
const plainRecord = ({ ballot, observation, order, reason }: Decision): Uint8Array => {
  const view = new DataView(new ArrayBuffer(42))
  view.setBigInt64(0, BigInt(observation.bar.closeTime), true)
  view.setInt8(8, ballot.side === "buy" ? 1 : ballot.side === "sell" ? -1 : 0)
  view.setUint8(9, DECISION_REASONS[reason].code)
  view.setFloat64(10, ballot.score, true)
  view.setBigInt64(18, BigInt(order?.amount ?? 0), true)
  view.setBigInt64(26, BigInt(order?.plannedStop ?? 0), true)
  view.setBigInt64(34, BigInt(order?.plannedTarget ?? 0), true)
  return new Uint8Array(view.buffer)
}

describe("runLoop", () => {
  it("decides once a bar, trades, and leaves both parties with the same books (I6, L-7)", () => {
    let decisions = 0
    const { bars, books, exchange, trades } = run(3, () => decisions += 1)
    const theirs = accountOf(exchange)
    assert.deepStrictEqual([bars, decisions], [1_400, 1_400])
    assert.isAbove(trades.length, 10)
    assert.strictEqual(books.account.closedCount, trades.length)
    assert.deepStrictEqual([books.account.quote, books.base], [theirs.quote, theirs.base])
  })

  it("gives every refused entry the first of its refusals as its reason, and no other decision any", () => {
    let refused = 0
    run(3, ({ reason, refusals, verdict }) => {
      assert.strictEqual(refusals.length > 0, verdict === "Refused")
      if (verdict !== "Refused") return
      assert.strictEqual(reason, refusals[0])
      refused += 1
    })
    assert.isAbove(refused, 20)
  })

  it("warms features on history: the first bar after it already votes", () => {
    let first: Decision | null = null
    run(3, (decision) => first ??= { ...decision })
    assert.notStrictEqual((first as Decision | null)?.reason, "notWarm")
  })
})

describe("stepBar over a cursor", () => {
  it("decides and books what it does over bars of their own, for nobody keeps a bar", () => {
    const bars = syntheticBars(3, 1_400)
    const column = (name: "openTime" | "open" | "high" | "low" | "close" | "volume") =>
      Float64Array.from(bars, (bar) => bar[name])
    const instrument = instrumentById("bitbank:BTC/JPY")
    assert.isDefined(instrument)
    const higher = higherMillis(FIFTEEN_MINUTES)
    const runOver = (next: (index: number) => ClosedBar) => {
      const settings = profileSettings("balanced", { capital: 5_000_000 })
      const written: Array<string> = []
      const driver = makeDriver({
        account: "loop",
        instrument,
        settings,
        baseMillis: FIFTEEN_MINUTES,
        decider: pipelineDecider({
          baseMillis: FIFTEEN_MINUTES,
          higherMillis: higher,
          spec: settings.spec
        }),
        onDecision: (decision) => written.push(JSON.stringify(recordOf(decision))),
        onEvent: (event) => written.push(JSON.stringify(event)),
        onTrade: (trade) => written.push(JSON.stringify(trade))
      })
      for (let index = 0; index < bars.length; index++) stepBar(driver, next(index))
      return { written, books: stateHash(driver.books) }
    }
    const cursor = makeCursor({
      barMillis: FIFTEEN_MINUTES,
      openTime: column("openTime"),
      open: column("open"),
      high: column("high"),
      low: column("low"),
      close: column("close"),
      volume: column("volume")
    })
    const overCursor = runOver(cursor.moveTo)
    assert.deepStrictEqual(overCursor, runOver((index) => bars[index]!))
    assert.isAbove(overCursor.written.filter((line) => line.includes("entryTime")).length, 10)
  })
})

describe("makeRollingHash", () => {
  it("is equal for equal runs and different for different ones (law 12)", () => {
    assert.strictEqual(hashOf(3), hashOf(3))
    assert.notStrictEqual(hashOf(3), hashOf(4))
  })

  it("is the sha256 of the records that decisions 31 describes, however many there are", () => {
    const rolling = makeRollingHash()
    const plain = createHash("sha256").update("daruma/decisions/1")
    run(3, (decision) => {
      rolling.add(decision)
      plain.update(plainRecord(decision))
    })
    assert.strictEqual(rolling.digest(), plain.digest("hex"))
  })
})
