/**
 * The steps that read the sources without running them: structure, types, lint, format.
 * In: the working tree. Out: one row each, with the tool's own words when it is red.
 * The canary stands here because a patched compiler that reports nothing looks exactly like a clean tree (decisions 43).
 */
import { command } from "./command.ts"
import { verdict } from "./Row.ts"
import type { Row } from "./Row.ts"

/** What the compiler must say about test/canary: file, diagnostic. */
const CANARY: ReadonlyArray<readonly [file: string, diagnostic: string]> = [
  ["floatingEffect.ts", "TS377001"],
  ["errorWithoutSeverity.ts", "TS2554"]
]

/** The canary's missing diagnostics, in words; empty when the compiler sees what it must. */
export const canaryGaps = (output: string): ReadonlyArray<string> =>
  CANARY
    .filter(([file, code]) =>
      !output.split("\n").some((line) => line.includes(file) && line.includes(`error ${code}`))
    )
    .map(([file, code]) => `test/canary/${file} must be refused with ${code}, and was not`)

export const structure = async (): Promise<Row> => {
  const run = await command("vitest", ["run", "test/architecture.test.ts", "--reporter=default"])
  return {
    name: "structure",
    state: verdict(run.code === 0),
    words: run.code === 0 ? "rooms, imports, circles, headers" : "a rule between the rooms is broken",
    millis: run.millis,
    details: run.output
  }
}

export const types = async (): Promise<Row> => {
  const patch = await command("effect-tsgo", ["patch"])
  const tree = await command("tsc", ["--noEmit"])
  const canary = await command("tsc", ["--noEmit", "--project", "test/canary/tsconfig.json"])
  const errors = tree.output.split("\n").filter((line) => /error TS\d+/.test(line)).length
  const gaps = canaryGaps(canary.output)
  const words = patch.code !== 0
    ? "the compiler could not be patched"
    : tree.code !== 0
    ? `${errors} errors`
    : gaps.length > 0
    ? "the canary compiled: floating effects go unseen"
    : "no errors; canary refused"
  return {
    name: "types",
    state: verdict(patch.code === 0 && tree.code === 0 && gaps.length === 0),
    words,
    millis: patch.millis + tree.millis + canary.millis,
    details: [patch.code === 0 ? "" : patch.output, tree.output, ...gaps].filter((part) => part !== "").join(
      "\n"
    )
  }
}

export const lint = async (): Promise<Row> => {
  const run = await command("oxlint", ["--deny-warnings"])
  return {
    name: "lint",
    state: verdict(run.code === 0),
    words: run.code === 0 ? "no warnings" : /Found \d+ warnings?[^\n]*/.exec(run.output)?.[0] ?? "not clean",
    millis: run.millis,
    details: run.output
  }
}

export const format = async (): Promise<Row> => {
  const run = await command("dprint", ["check", "--list-different"])
  return {
    name: "format",
    state: verdict(run.code === 0),
    words: run.code === 0
      ? "as dprint writes it"
      : `${
        run.output.split("\n").filter((line) => /\.\w+$/.test(line)).length
      } files; npx dprint fmt mends them`,
    millis: run.millis,
    details: run.output
  }
}
