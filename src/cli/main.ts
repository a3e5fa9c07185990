/**
 * The command tree, and the one place where a command line becomes an exit code.
 * In: arguments. Out: 0 ok, 1 failed, 2 usage, 3 degraded, 4 refused by safety (decisions 41); never anything else.
 * Requires only Profiles and the platform's services, so help loads nothing that trades.
 */
import * as Cause from "effect/Cause"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { backtest } from "./backtest.ts"
import { config } from "./config.ts"
import { data } from "./data.ts"
import { doctor } from "./doctor.ts"
import { EXIT } from "./exitCodes.ts"
import type { ExitCode } from "./exitCodes.ts"
import { features } from "./features.ts"
import { journal } from "./journal.ts"
import { CommandEnded } from "./output.ts"
import type { Profiles } from "./Profiles.ts"
import { trade } from "./trade.ts"
import { usagePresenter } from "./usage.ts"

export const daruma = Command.make("daruma").pipe(
  Command.withDescription("A trading runtime that gets back up"),
  Command.withSubcommands([trade, backtest, features, data, config, doctor, journal])
)

/** The log level is a setting (log.level, LOG_LEVEL), so it is not a second flag here. */
const builtIns = [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions]

/** Runs one command line; what went wrong has been said when this succeeds with its code. */
export const runCli = (
  args: ReadonlyArray<string>,
  version: string
): Effect.Effect<ExitCode, never, Command.Environment | Profiles> =>
  Command.runWith(daruma, { version })(args).pipe(
    Effect.as<ExitCode>(EXIT.ok),
    Effect.catchCause((cause) => {
      const failure = cause.reasons.find(Cause.isFailReason)?.error
      if (failure instanceof CommandEnded) return Effect.succeed(failure.code)
      if (failure !== undefined && CliError.isCliError(failure)) return Effect.succeed(usageCode(failure))
      if (Cause.hasInterruptsOnly(cause)) return Effect.succeed<ExitCode>(EXIT.ok)
      return Effect.as(Console.error(Cause.pretty(cause)), EXIT.failed)
    }),
    Effect.provideService(CliOutput.Presenter, usagePresenter(args)),
    Effect.provideService(CliConfig.CliConfig, CliConfig.make({ builtIns }))
  )

// Asking for help is no mistake; effect/cli ends usage errors with 1, we with 2.
const usageCode = (error: CliError.CliError): ExitCode =>
  error._tag === "ShowHelp" && error.errors.length === 0 ? EXIT.ok : EXIT.usage
