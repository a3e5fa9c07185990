/**
 * docs/backtest.md beside what the command really writes.
 * In: the page, one run of the demo market. Out: assertions that columns, keys and printed lines are the same.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { equityCsv, ordersCsv, tradesCsv } from "../../../layers/backtest/tables.ts"
import { scratch } from "../../kit/scratch.ts"
import { backtestIn } from "./stage.ts"

const page = readFileSync(fileURLToPath(new URL("../../../docs/backtest.md", import.meta.url)), "utf8")

/** The text below a heading, up to the next one. */
const below = (heading: string): string => page.split(`\n${heading}\n`)[1]?.split(/\n#+ /)[0] ?? ""

/** First cells of the table below a heading. */
const columnsBelow = (heading: string): ReadonlyArray<string> =>
  [...below(heading).matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name ?? "")

describe("docs/backtest.md", () => {
  it.each([
    ["### trades.csv", tradesCsv([], new Map())],
    ["### orders.csv", ordersCsv([], new Map())],
    ["### equity.csv", equityCsv([], 8)]
  ])("%s lists the columns in their order", (heading, text) => {
    assert.deepStrictEqual(columnsBelow(heading), text.trimEnd().split(","))
  })

  it.effect(
    "lists the keys of result.json and of a decision, and shows lines that are printed",
    () =>
      Effect.gen(function*() {
        const cwd = scratch({})
        const { out } = yield* backtestIn({ cwd, options: { bars: null, out: "r", report: false } })
        const result = JSON.parse(readFileSync(join(cwd, "r/result.json"), "utf8")) as object
        const [line = ""] = readFileSync(join(cwd, "r/decisions.jsonl"), "utf8").split("\n")
        const named = (text: string) => Object.keys(result).filter((key) => !text.includes(`\`${key}\``))
        assert.deepStrictEqual(named(below("### result.json")), [])
        const keys = Object.keys(JSON.parse(line) as object).filter((key) =>
          !below("### decisions.jsonl").includes(`\`${key}\``)
        )
        assert.deepStrictEqual(keys, [])
        const shown = (page.split("```\nDEMO MARKET")[1] ?? "").split("\n```")[0] ?? ""
        const lines = `DEMO MARKET${shown}`.split("\n").filter((text) => text !== "...")
        assert.isAbove(lines.length, 15)
        assert.deepStrictEqual(lines.filter((text) => !out.split("\n").includes(text)), [])
      }),
    180_000
  )
})
