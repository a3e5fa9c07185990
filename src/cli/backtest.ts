/**
 * `daruma backtest`: reads flags and settings, then hands over to the run that Profiles provides.
 * In: flags. Out: the exit code of the run; what is computed, printed and kept is decided in layers/backtest.
 * Thin, so that `--help` costs nothing and every setting is read in the one way.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import {
  filled,
  homeFlag,
  isFilled,
  outputFlags,
  outputOf,
  requestOf,
  settingFlags,
  sourceFlags,
  toggle
} from "./flags.ts"
import { parseInstant } from "./instants.ts"
import { ending } from "./output.ts"
import { Profiles } from "./Profiles.ts"

const instant = (name: string, words: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar("DATE"),
    Flag.withDescription(words),
    Flag.filterMap(
      (text) => Option.fromNullishOr(parseInstant(text)),
      (text) =>
        `a UTC date or time such as 2024-03-01 or 2024-03-01T12:30${
          isFilled(text) ? `, not ${text}` : "; the value is empty"
        }`
    ),
    Flag.optional
  )

const several = (name: string, metavar: string, words: string) =>
  filled(name, metavar, words).pipe(Flag.atLeast(0))

const count = (name: string, most: number, words: string) =>
  Flag.Int(name).pipe(
    Flag.withMetavar("N"),
    Flag.withDescription(words),
    Flag.filter((value) => value >= 1 && value <= most, (value) => `a number from 1 to ${most}, not ${value}`)
  )

const MAX_BARS = 10_000_000
const MAX_TRIALS = 1_000_000

const { account, capital, fees, higher, market, seed, slippage, timeframe } = settingFlags

const runFlags = {
  data: several("data", "FILE", "Candle file, csv or csv.gz; several share one account (default: synthetic)"),
  instrument: several("instrument", "ID", "What each file trades, such as bitbank:BTC/JPY, in order"),
  from: instant("from", "First UTC date or time to trade; bars before it warm the features"),
  to: instant("to", "UTC date or time before which the last bar closes"),
  bars: count("bars", MAX_BARS, "Bars of the synthetic market to trade (default 35040)").pipe(Flag.optional),
  decisions: Flag.Literals("decisions", ["acted", "all"]).pipe(
    Flag.withDescription("Lines of decisions.jsonl: all but plain holds, or all"),
    Flag.withDefault("acted" as const)
  ),
  out: filled("out", "DIR", "Folder of the results (default: one in backtests/ under the home)").pipe(
    Flag.optional
  ),
  force: toggle("force", "Replace the results of another run in --out"),
  noCache: toggle("no-cache", "Parse the data files anew, remember nothing"),
  noReport: toggle("no-report", "Write no report.html"),
  trials: count("trials", MAX_TRIALS, "How many variants were tried before this one").pipe(
    Flag.withDefault(1)
  ),
  progress: Flag.Literals("progress", ["auto", "json", "off"]).pipe(
    Flag.withDescription("Progress on stderr: a line on a terminal, JSON lines, or none"),
    Flag.withDefault("auto" as const)
  )
}

export const backtest = Command.make("backtest", {
  ...runFlags,
  account,
  capital,
  fees,
  higher,
  market,
  seed,
  slippage,
  timeframe,
  ...sourceFlags,
  ...homeFlag,
  ...outputFlags
}, ({ data, instrument, ...input }) =>
  ending(
    Effect.gen(function*() {
      const profiles = yield* Profiles
      // The first file's instrument stands in the settings; every further file brings its own.
      const { loaded } = yield* profiles.settings(requestOf({
        ...input,
        data: Option.fromNullishOr(data[0]),
        instrument: Option.fromNullishOr(instrument[0])
      }))
      return yield* profiles.backtest({
        ...outputOf(input),
        data,
        instruments: instrument,
        from: Option.getOrNull(input.from),
        to: Option.getOrNull(input.to),
        bars: Option.getOrNull(input.bars),
        decisions: input.decisions,
        out: Option.getOrNull(input.out),
        home: Option.getOrElse(input.home, () => profiles.defaultHome),
        force: input.force,
        cache: !input.noCache,
        report: !input.noReport,
        trials: input.trials,
        progress: input.progress
      }, loaded)
    }),
    input.json
  )).pipe(
    Command.withDescription("Backtest: a file of candles in, an honest page of results out"),
    Command.withExamples([
      {
        command: "daruma backtest",
        description: "Trade about a year of the synthetic market: a look at the tool, not at a market"
      },
      {
        command: "daruma backtest --data binance-btcusdt-15m-2024.csv.gz --from 2024-03-01 --to 2024-07-01",
        description: "Four months of a recorded market"
      },
      {
        command: "daruma backtest --data binance-btcusdt-15m.csv --data binance-ethusdt-15m.csv",
        description: "Two markets, one account"
      }
    ])
  )
