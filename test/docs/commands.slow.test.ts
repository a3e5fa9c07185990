/**
 * Every command line of README.md and docs/*.md, run as it stands there.
 * In: the `sh` blocks of each page, in order, in one folder a page. Out: exit codes; 0 unless the line's comment says `exit N`.
 * Bounds are added to runs that name none. npm's own scripts are only looked up: `.ci/run` and the house's tests run them.
 */
import { assert, describe, it } from "@effect/vitest"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { scriptedMarket } from "../../src/simulator/markets/scripted.ts"
import { runIn, scratch } from "../kit/scratch.ts"

const ROOT = fileURLToPath(new URL("../../", import.meta.url))
const PAGES = [
  "README.md",
  ...readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)
]

/** Programs that a page may call besides ours; they are the reader's, and not run here. */
const FOREIGN = new Set(["cp", "curl", "git", "kill", "node", "npx", "printf", "script", "sqlite3"])

interface Line {
  readonly words: string
  readonly exit: number
}

/** The lines of all `sh` blocks, without comments; `# ... exit N` says with which code one ends. */
const linesOf = (text: string): ReadonlyArray<Line> =>
  [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap((block) =>
    (block[1] ?? "").split("\n").flatMap((line) => {
      const [words = "", comment = ""] = line.split(/(?:^|\s+)#\s/)
      const exit = Number(/\bexit (\d)\b/.exec(comment)?.[1] ?? 0)
      return words.trim() === "" ? [] : [{ words: words.trim(), exit }]
    })
  )

const isOurs = ({ words }: Line): boolean => words.startsWith("bin/daruma ")

/** A run that names no end gets one, and never the port that somebody else may hold. */
const bounded = (words: string): string =>
  words.startsWith("bin/daruma trade") && !words.includes("--help")
    ? `${words}${words.includes("--for") ? "" : " --for 1s"}${words.includes("--port") ? "" : " --port 0"}`
    : words

const csvOf = (startPrice: number): string => {
  const market = { startPrice, startTime: Date.UTC(2024, 0, 1), baseMillis: 900_000, tick: 0.01, volume: 20 }
  const rows = scriptedMarket(market, "calm 200; down 12 by 4%; up 20 by 6%")
  const lines = rows.map(({ openTime, text }) => `${openTime},${text}`)
  return ["timestamp_ms,open,high,low,close,volume", ...lines, ""].join("\n")
}

/** A folder with what the pages call their files. */
const withFiles = (): string =>
  scratch({
    "binance-btcusdt-15m.csv": csvOf(60_000),
    "binance-ethusdt-15m.csv": csvOf(3_000),
    "candles.csv": csvOf(9_000_000)
  })

/** Words as a shell parts them: at spaces, but not inside double quotes. */
const partsOf = (words: string): ReadonlyArray<string> =>
  [...words.matchAll(/"([^"]*)"|\S+/g)].map(([whole, quoted]) => quoted ?? whole)

describe("commands of the documents", () => {
  for (const page of PAGES) {
    const lines = linesOf(readFileSync(join(ROOT, page), "utf8"))
    const ours = lines.filter(isOurs)
    if (ours.length === 0) continue
    it(`${page}: each of its ${ours.length} daruma lines ends as it says`, async () => {
      const folder = withFiles()
      for (const { exit, words } of ours) {
        const [program, ...parameters] = partsOf(bounded(words))
        const { code, output } = await runIn(folder, join(ROOT, program ?? ""), parameters, {
          PATH: process.env["PATH"] ?? ""
        })
        assert.strictEqual(code, exit, `${words}\n${output.slice(-2_000)}`)
      }
    }, 240_000)
  }

  it("npm's scripts exist under the names that the pages use", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      readonly scripts: Readonly<Record<string, string>>
    }
    const named = PAGES.flatMap((page) => linesOf(readFileSync(join(ROOT, page), "utf8")))
      .map(({ words }) => /^npm (?:run )?(\S+)/.exec(words)?.[1])
      .filter((name) => name !== undefined)
    assert.includeMembers(named, ["start", "test", "check"])
    assert.deepStrictEqual(named.filter((name) => scripts[name] === undefined), [])
  })

  it("a page calls nothing that nobody looked at", () => {
    const unknown = PAGES.flatMap((page) =>
      linesOf(readFileSync(join(ROOT, page), "utf8"))
        .filter((line) =>
          !isOurs(line) && !line.words.startsWith("npm ") && !FOREIGN.has(line.words.split(" ")[0] ?? "")
        )
        .map(({ words }) => `${page}: ${words}`)
    )
    assert.deepStrictEqual(unknown, [])
  })

  it("every link to a file of this repository leads to one", () => {
    const pages = [...PAGES, "src/README.md", "CHANGELOG.md", "CONTRIBUTING.md"]
    const dead = pages.flatMap((page) => {
      const folder = join(ROOT, page, "..")
      return [...readFileSync(join(ROOT, page), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map((link) => link[1] ?? "")
        .filter((link) => !existsSync(join(folder, link)))
        .map((link) => `${page}: ${link}`)
    })
    assert.deepStrictEqual(dead, [])
  })
})
