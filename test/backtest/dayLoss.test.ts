import { assert, describe, it } from "vitest"
import { finish } from "../../src/backtest/finish.ts"
import { advance, makeBacktest } from "../../src/backtest/run.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import { higherMillis, tradingDay } from "../../src/domain/timeframe.ts"
import { equityOf } from "../../src/engine/portfolio/Account.ts"
import { columnsOf } from "../kit/columnsOf.ts"
import { profileSettings } from "../kit/profile.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../kit/syntheticBars.ts"

// Below what settings allow: the demo market never loses a hundredth of a day with these sizes.
const LIMIT = 0.0003
/** A day begins with the equity after the fills of its first bar: their costs may lie between that and the last mark. */
const COSTS = 0.00003
const instrument = instrumentById("bitbank:BTC/JPY")!
const wild = profileSettings("aggressive", { capital: 5_000_000 })
const bars = syntheticBars(8, 9_000)

/** What each bar's decision was, and the equity it was made with. */
const decisionsIn = (zone: string) => {
  const said: Array<{ readonly reason: string; readonly isEntry: boolean; readonly equity: number }> = []
  const backtest = makeBacktest({
    account: "day",
    settings: {
      ...wild,
      tradingDayZone: zone,
      risk: { ...wild.risk, maxDayLoss: LIMIT, lossStreak: 50 },
      sizing: { ...wild.sizing, bootstrap: 0.1, maxPosition: 0.1, kellyMinTrades: 100 }
    },
    series: [{ instrument, columns: columnsOf(bars), from: 0, to: bars.length }],
    higherMillis: higherMillis(FIFTEEN_MINUTES),
    trials: 1,
    parameterCount: 1,
    onDecision: (_, { order, reason }, books) =>
      said.push({
        reason,
        isEntry: order?.leg === "entry",
        equity: equityOf(books.account)
      })
  })
  while (advance(backtest, 1_000_000)) {
    // all at once
  }
  const { fingerprint } = finish(backtest)
  return { fingerprint, said: said.map((one, index) => ({ ...one, at: bars[index]!.closeTime })) }
}

const ZONES = ["Asia/Tokyo", "UTC"] as const

describe("the loss limit of a day", () => {
  for (const zone of ZONES) {
    it(`stops entries from the bar that reached it until midnight in ${zone}, and not a bar longer`, () => {
      const { said } = decisionsIn(zone)
      let [end, start, worst, before] = [-1, 0, 0, 50_000_000_000]
      let [stopped, resumed, entries] = [0, 0, 0]
      for (const { at, equity, isEntry, reason } of said) {
        if (at >= end) {
          if (worst >= LIMIT + COSTS) resumed += 1
          end = tradingDay(zone, at).end
          start = before
          worst = 0
        }
        before = equity
        worst = Math.max(worst, (start - equity) / start)
        if (worst >= LIMIT + COSTS) assert.isFalse(isEntry, `an entry at ${new Date(at).toISOString()}`)
        if (worst < LIMIT - COSTS) assert.notStrictEqual(reason, "dayLoss", new Date(at).toISOString())
        if (reason === "dayLoss") stopped += 1
        if (isEntry) entries += 1
      }
      assert.isAbove(stopped, 3, "the limit was reached and an entry was wanted after it")
      assert.isAbove(resumed, 1, "a day after a stopped day began")
      assert.isAbove(entries, 20)
    })
  }

  it("is another rule in another zone", () => {
    const [tokyo, utc] = ZONES.map(decisionsIn)
    assert.notStrictEqual(tokyo?.fingerprint, utc?.fingerprint)
  })
})
