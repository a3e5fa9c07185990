/**
 * How a command ends: its exit code as a value, its failure as words a person can act on.
 * In: results and faults. Out: stdout for results, stderr for faults; `CommandEnded` carries the code to the runner.
 * One place, so that every verb fails alike, in words and in JSON.
 */
import * as Cause from "effect/Cause"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import type { AnyFault } from "../domain/Fault.ts"
import { EXIT, exitCodeOf } from "./exitCodes.ts"
import type { ExitCode } from "./exitCodes.ts"

/** Not a failure of its own: the code that a finished command wants the process to end with. */
export class CommandEnded {
  readonly _tag = "CommandEnded"
  readonly code: ExitCode
  constructor(code: ExitCode) {
    this.code = code
  }
}

/** Runs a command body: its code, or the code of the fault it failed with after the fault was said. */
export const ending = <R>(
  body: Effect.Effect<ExitCode, AnyFault, R>,
  json: boolean
): Effect.Effect<void, CommandEnded, R> =>
  body.pipe(
    Effect.catchCause((cause) => {
      const failure = cause.reasons.find(Cause.isFailReason)
      if (failure !== undefined) {
        return Effect.as(sayFault(failure.error, json), exitCodeOf(failure.error._tag))
      }
      if (Cause.hasInterruptsOnly(cause)) return Effect.succeed(EXIT.ok)
      return Effect.as(sayDefect(cause, json), EXIT.failed)
    }),
    Effect.flatMap((code) => code === EXIT.ok ? Effect.void : Effect.fail(new CommandEnded(code)))
  )

const sayFault = (fault: AnyFault, json: boolean): Effect.Effect<void> =>
  json
    ? Console.error(
      JSON.stringify({
        error: fault._tag,
        severity: fault.severity,
        runbook: fault.runbook,
        words: fault.message
      })
    )
    : Console.error(
      `${fault.message}\n(${fault._tag}, ${fault.severity}; runbook observability/runbooks/${fault.runbook}.md)`
    )

const sayDefect = (cause: Cause.Cause<unknown>, json: boolean): Effect.Effect<void> =>
  json
    ? Console.error(
      JSON.stringify({ error: "Defect", severity: "Critical", runbook: "defect", words: Cause.pretty(cause) })
    )
    : Console.error(`a defect in daruma itself:\n${Cause.pretty(cause)}`)
