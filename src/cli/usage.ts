/**
 * What a command line that cannot be read is answered with: words below the help, or one JSON object.
 * In: the arguments and effect/cli's errors. Out: a presenter for the command tree.
 * Here because a program that asked for --json must find JSON on stderr and nothing on stdout, also when its flags are wrong.
 */
import type * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"

/** Presents what is said about usage; help and version that were asked for stay as they are. */
export const usagePresenter = (args: ReadonlyArray<string>): CliOutput.Presenter => {
  const hint = hintOf(args)
  return {
    present: (event) => {
      if (event._tag !== "InvalidInvocation") return CliOutput.defaultPresenter.present(event)
      if (isJson(args)) return sayJson(event.commandPath, event.errors, hint)
      const said = CliOutput.defaultPresenter.present(event)
      return hint === null ? said : Effect.andThen(said, Console.error(`\nHINT\n  ${hint}`))
    }
  }
}

const sayJson = (
  commandPath: ReadonlyArray<string>,
  errors: ReadonlyArray<CliError.NonShowHelpErrors>,
  hint: string | null
): Effect.Effect<void> =>
  Console.error(JSON.stringify({
    error: "UsageInvalid",
    severity: "Medium",
    runbook: null,
    words: errors.map(({ message }) => message.replace(/\s*\n\s*/g, " ")).join("\n"),
    hint,
    help: `${commandPath.join(" ")} --help`
  }))

/** Did the user ask for JSON? The parser cannot say: it failed. Behind `--` stand names. */
const isJson = (args: ReadonlyArray<string>): boolean => {
  const end = args.indexOf("--")
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === "--json" || arg === "--json=true")
}

/** A rebate such as -0.02% behind a space is read as flags. */
const hintOf = (args: ReadonlyArray<string>): string | null => {
  const value = args[args.indexOf("--fees") + 1]
  return args.includes("--fees") && value !== undefined && /^-[\d.]/.test(value)
    ? `a value that begins with - is written behind =, as in --fees=${value}`
    : null
}
