/**
 * Features, the bare loop and a whole backtest beside the plain feature loop, in the same rounds over the same bars.
 * In: a million one-minute bars. Out: nanoseconds a bar, ratios, fingerprints of what was decided.
 * The plain loop is the yardstick: what a processor can do when nothing but the numbers is wanted.
 */
import { makeCursor } from "../../src/backtest/BarCursor.ts"
import { makeDriver, stepBar } from "../../src/backtest/driver.ts"
import { finish } from "../../src/backtest/finish.ts"
import { pipelineDecider } from "../../src/backtest/loop.ts"
import { makeRollingHash } from "../../src/backtest/rollingHash.ts"
import { advance, makeBacktest } from "../../src/backtest/run.ts"
import type { Settings } from "../../src/domain/Settings.ts"
import { higherMillis } from "../../src/domain/timeframe.ts"
import { profileSettings } from "../kit/profile.ts"
import { perBar, times } from "./Figure.ts"
import type { Group } from "./Figure.ts"
import { minuteMarket } from "./markets.ts"
import type { Market } from "./markets.ts"
import { plainFeatures } from "./plainFeatures.ts"
import { interleaved } from "./rounds.ts"
import { differenceOf, hashOf, observedRows, rowsFor } from "./rows.ts"

const BARS = 1_000_000
const ROUNDS = 5
const SLICE = 50_000

/** Every decision of a run through the driver, as one hash. */
export const bareLoop = ({ columns, instrument }: Market, settings: Settings): string => {
  const { barMillis } = columns
  const frames = { baseMillis: barMillis, higherMillis: higherMillis(barMillis), spec: settings.spec }
  const hash = makeRollingHash()
  const driver = makeDriver({
    account: "bench",
    instrument,
    settings,
    baseMillis: barMillis,
    decider: pipelineDecider(frames),
    onDecision: hash.add
  })
  const cursor = makeCursor(columns)
  for (let index = 0; index < columns.close.length; index++) stepBar(driver, cursor.moveTo(index))
  return hash.digest().slice(0, 16)
}

/** A backtest with everything it writes down, without the files. */
export const wholeRun = ({ columns, instrument }: Market, settings: Settings) => {
  const backtest = makeBacktest({
    account: "bench",
    settings,
    series: [{ instrument, columns, from: 0, to: columns.close.length }],
    higherMillis: higherMillis(columns.barMillis),
    trials: 1,
    parameterCount: 0
  })
  while (advance(backtest, SLICE)) {
    // the next slice
  }
  return finish(backtest)
}

export const pipelineGroup = async (): Promise<Group> => {
  const market = await minuteMarket(BARS)
  const count = market.columns.close.length
  const settings = profileSettings("balanced")
  const rows = rowsFor(count)
  const ours = rowsFor(count)
  let [loop, run, trades] = ["", "", 0]
  const medians = await interleaved([
    { name: "plain", run: () => plainFeatures(market.columns, rows) },
    { name: "features", run: () => observedRows(market.columns, ours) },
    { name: "loop", run: () => void (loop = bareLoop(market, settings)) },
    {
      name: "run",
      run: () => {
        const { ledger, rollingHashes } = wholeRun(market, settings)
        run = (rollingHashes[0] ?? "").slice(0, 16)
        trades = ledger.trades.length
      }
    }
  ], ROUNDS)
  const of = (name: string) => medians.get(name) ?? NaN
  const value = (name: string) => perBar(of(name), count)
  const ratio = (name: string) => times(of("plain") / of(name))
  return {
    title: "The pipeline",
    words: [
      `${market.words}; medians of ${ROUNDS} interleaved rounds; a ratio is to the plain loop's speed.`,
      `Features of both loops are equal to ${differenceOf(rows, ours).toExponential(1)}.`
    ],
    figures: [
      { name: "plain loop, 12 features", value: value("plain"), ratio: "1x", aim: "", proof: hashOf(rows) },
      {
        name: "features, both frames",
        value: value("features"),
        ratio: ratio("features"),
        aim: ">= 0.7x",
        proof: hashOf(ours)
      },
      {
        name: "features, four strategies, vote, risk, fills",
        value: value("loop"),
        ratio: ratio("loop"),
        aim: ">= 0.15x, at best 0.28x",
        proof: loop
      },
      {
        name: "the same with everything a backtest writes down",
        value: value("run"),
        ratio: ratio("run"),
        aim: "",
        proof: `${run}, ${trades} trades`
      }
    ],
    failed: loop !== run
  }
}
