/**
 * `daruma features`: the feature rows of a candle file, and indicators beside them, as a csv.
 * In: flags. Out: the exit code; what is computed and written is decided in layers/backtest.
 * Takes no settings: features depend on the bars alone.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { TIMEFRAMES } from "../domain/timeframe.ts"
import type { TimeframeName } from "../domain/timeframe.ts"
import { filled, homeFlag, outputFlags, outputOf, toggle } from "./flags.ts"
import { ending } from "./output.ts"
import { Profiles } from "./Profiles.ts"

const timeframes = Object.keys(TIMEFRAMES) as Array<TimeframeName>

export const features = Command.make("features", {
  data: filled("data", "FILE", "Candle file, csv or csv.gz"),
  spec: Flag.Literals("spec", ["phase19", "stationary"]).pipe(
    Flag.withDescription("Which twelve features make a row"),
    Flag.withDefault("phase19" as const)
  ),
  indicators: filled("indicators", "LIST", "Indicators beside them, such as \"sma(20),macd(12,26,9)\"").pipe(
    Flag.optional
  ),
  timeframe: Flag.Literals("timeframe", timeframes).pipe(
    Flag.withDescription("Bar length (default: the file's own)"),
    Flag.optional
  ),
  out: filled("out", "FILE", "The csv to write").pipe(
    Flag.filter(
      (name) => !/\.gz$/i.test(name),
      (name) => `a name without .gz, because the csv is written as plain text, not ${name}`
    )
  ),
  force: toggle("force", "Replace the file when it is there"),
  noCache: toggle("no-cache", "Parse the data file anew, remember nothing"),
  ...homeFlag,
  ...outputFlags
}, (input) =>
  ending(
    Effect.gen(function*() {
      const profiles = yield* Profiles
      const timeframe = Option.getOrNull(input.timeframe)
      return yield* profiles.features({
        ...outputOf(input),
        data: input.data,
        spec: input.spec,
        indicators: Option.getOrNull(input.indicators),
        timeframeMillis: timeframe === null ? null : TIMEFRAMES[timeframe],
        out: input.out,
        home: Option.getOrElse(input.home, () => profiles.defaultHome),
        force: input.force,
        cache: !input.noCache
      })
    }),
    input.json
  )).pipe(
    Command.withDescription("Write the features of every bar as a csv"),
    Command.withExamples([
      {
        command: "daruma features --data binance-btcusdt-15m.csv --spec stationary --out features.csv",
        description: "The stationary spec of a recorded market"
      }
    ])
  )
