/**
 * The command tree on a stage: everything behind Profiles replaced by props that note what reached them.
 * In: an argument list, props to exchange. Out: exit code, lines of both streams, and what each prop was asked.
 * Here because every command's own test begins with it.
 */
import { NodeServices } from "@effect/platform-node"
import { Console, Effect } from "effect"
import type { BacktestOptions, FeaturesOptions } from "../../src/cli/BacktestOptions.ts"
import { EXIT } from "../../src/cli/exitCodes.ts"
import { runCli } from "../../src/cli/main.ts"
import { Profiles } from "../../src/cli/Profiles.ts"
import type { SettingsRequest, TradeOptions } from "../../src/cli/TradeOptions.ts"
import { rowsOf } from "../../layers/settings/read.ts"
import { read } from "../settings/reading.ts"

export interface Stage {
  readonly out: Array<string>
  readonly err: Array<string>
  readonly requests: Array<SettingsRequest>
  readonly trades: Array<TradeOptions>
  readonly backtests: Array<BacktestOptions>
  readonly features: Array<FeaturesOptions>
}

export const run = (args: ReadonlyArray<string>, overrides: Partial<Profiles["Service"]> = {}) =>
  Effect.gen(function*() {
    const stage: Stage = { out: [], err: [], requests: [], trades: [], backtests: [], features: [] }
    const loaded = yield* Effect.orDie(read())
    const profiles = Profiles.of({
      defaultHome: "./.daruma",
      settings: (request, redact) => {
        stage.requests.push(request)
        return Effect.succeed({ loaded, rows: rowsOf(loaded, redact ?? false) })
      },
      settingsPage: Effect.succeed("# Settings\n"),
      trade: (options) => Effect.sync(() => (stage.trades.push(options), EXIT.ok)),
      backtest: (options) => Effect.sync(() => (stage.backtests.push(options), EXIT.ok)),
      features: (options) => Effect.sync(() => (stage.features.push(options), EXIT.ok)),
      doctor: () => Effect.succeed([]),
      journals: () => Effect.succeed(["a/journal.sqlite"]),
      verifyJournal: (path) =>
        Effect.succeed({ path, rows: 3, brokenAt: null, words: "3 rows, the chain is whole" }),
      checkFile: (file) =>
        Effect.succeed({
          file,
          usable: true,
          instrument: null,
          facts: null,
          refusal: null,
          runbook: null,
          rows: 0,
          unfinished: null,
          checks: []
        }),
      tailJournal: () => Effect.succeed([]),
      ...overrides
    })
    const keep = (lines: Array<string>) => (...values: ReadonlyArray<unknown>) =>
      void lines.push(values.map(String).join(" "))
    const console: Console.Console = { ...globalThis.console, log: keep(stage.out), error: keep(stage.err) }
    const code = yield* runCli(args, "1.2.3").pipe(
      Effect.provideService(Profiles, profiles),
      Effect.provideService(Console.Console, console),
      Effect.provide(NodeServices.layer)
    )
    return { code, ...stage }
  })
