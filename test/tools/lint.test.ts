/**
 * The linter's fences, each broken once.
 * In: a scratch tree with the project's configuration and one line that must be refused. Out: the rule that refuses it.
 * Here because a linter passes over a rule that it does not know without a word.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { runIn, scratch } from "../kit/scratch.ts"
import { repository } from "../kit/sourceTree.ts"

const globals = [
  "Date.now()",
  "performance.now()",
  "setTimeout(run, 1)",
  "setInterval(run, 1)",
  "fetch(\"\")",
  "process.env"
]
const pureRooms = [
  "domain",
  "engine",
  "simulator",
  "report",
  "actors",
  "supervision",
  "backtest",
  "ports",
  "errors"
]

const imports: ReadonlyArray<readonly [room: string, from: string]> = [
  ["src/engine", "effect"],
  ["src/engine", "effect/Schema"],
  ["src/simulator", "effect"],
  ["src/report", "node:fs"],
  ["src/engine", "../ports/Venue.ts"],
  ["src/engine", "../../layers/paper.ts"],
  ["src/ports", "../engine/decide.ts"],
  ["src/supervision", "../actors/FeedActor.ts"],
  ["src/cli", "../../layers/paper.ts"],
  ["src/actors", "../../observability/metrics.ts"],
  ["src/actors", "../../test/kit/reference.ts"]
]

const expressions = (room: string) =>
  [...globals, "Math.random()", "console.log(1)"].map((line) => [room, line] as const)
const all = pureRooms.flatMap((name) => expressions(`src/${name}`))

/** Runs oxlint once over the files; path to the rules it names there. */
const lint = async (files: Readonly<Record<string, string>>) => {
  const folder = scratch({ ...files, ".oxlintrc.json": readFileSync(`${repository}.oxlintrc.json`, "utf8") })
  const program = `${repository}node_modules/.bin/oxlint`
  const { output } = await runIn(folder, program, ["--format=unix"], {
    PATH: process.env["PATH"] ?? "",
    NO_COLOR: "1"
  })
  const found = new Map<string, string>()
  for (const [, path = "", rule = ""] of output.matchAll(/^([^:\n]+):\d+:\d+: .*\[\w+\/(.+)\]$/gm)) {
    found.set(path, `${found.get(path) ?? ""} ${rule}`)
  }
  return found
}

describe(".oxlintrc.json", () => {
  it("refuses time, chance, network, process and console in every room that must not know them", async () => {
    const files = all.map((
      [room, line],
      index
    ) => [`${room}/a${index}.ts`, `export const a = (run: () => void) => [run, ${line}]\n`])
    const found = await lint(Object.fromEntries(files))
    const missed = all.filter(([room], index) =>
      !/no-restricted-(globals|properties)/.test(found.get(`${room}/a${index}.ts`) ?? "")
    )
    assert.deepStrictEqual(missed, [])
  })

  it("lets layers tell the time", async () => {
    assert.deepStrictEqual([...await lint({ "layers/a.ts": "export const a = Date.now()\n" })], [])
  })

  it("refuses the imports that would cross a ring", async () => {
    const files = imports.map((
      [room, from],
      index
    ) => [`${room}/a${index}.ts`, `import { x } from "${from}"\nexport const y = [x]\n`])
    const found = await lint(Object.fromEntries(files))
    const missed = imports.filter(([room], index) =>
      !(found.get(`${room}/a${index}.ts`) ?? "").includes("no-restricted-imports")
    )
    assert.deepStrictEqual(missed, [])
  })

  it.each([
    ["any", "export const a: any = 1\n", "no-explicit-any"],
    ["a silenced compiler", "// @ts-ignore\nexport const a = 1\n", "ban-ts-comment"],
    ["a loose end of correctness", "export const a = (b: number) => b === NaN\n", "use-isnan"],
    [
      "a type imported as a value",
      "import { A } from \"./b.ts\"\nexport const a: A = 1\n",
      "consistent-type-imports"
    ]
  ])("refuses %s", async (_, text, rule) => {
    assert.include((await lint({ "src/engine/a.ts": text })).get("src/engine/a.ts"), rule)
  })
})
