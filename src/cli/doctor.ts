/**
 * `daruma doctor`: is everything in place to trade?
 * In: findings of Profiles.doctor. Out: one line a finding with what to do; exit 0, 3 degraded, 1 failed.
 * Read-only: it looks at a home and never makes one (L-45).
 */
import * as Command from "effect/cli/Command"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { exitCodeOfFindings } from "./Finding.ts"
import type { Finding } from "./Finding.ts"
import { homeFlag, outputFlags, requestOf, settingFlags, sourceFlags } from "./flags.ts"
import { ending } from "./output.ts"
import { Profiles } from "./Profiles.ts"

export const doctor = Command.make(
  "doctor",
  { ...settingFlags, ...sourceFlags, ...homeFlag, ...outputFlags },
  (input) =>
    ending(
      Effect.gen(function*() {
        const profiles = yield* Profiles
        const home = Option.getOrElse(input.home, () => profiles.defaultHome)
        const findings = yield* profiles.doctor(requestOf(input), home)
        const code = exitCodeOfFindings(findings)
        const shown = input.quiet ? findings.filter((finding) => finding.state !== "ok") : findings
        yield* Console.log(input.json ? JSON.stringify({ exit: code, findings: shown }) : findingsText(shown))
        return code
      }),
      input.json
    )
).pipe(Command.withDescription("Check settings, journals, disk and program; changes nothing"))

/** `ok    journal   ...`, with the advice on a line of its own. */
export const findingsText = (findings: ReadonlyArray<Finding>): string => {
  const width = Math.max(0, ...findings.map((finding) => finding.name.length))
  return findings.map((finding) => {
    const line = `${finding.state.padEnd(4)}  ${finding.name.padEnd(width)}  ${
      finding.words.replaceAll("\n", "\n" + " ".repeat(width + 8))
    }`
    return finding.advice === "" ? line : `${line}\n${" ".repeat(width + 8)}to do: ${finding.advice}`
  }).join("\n")
}
