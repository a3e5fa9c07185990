/**
 * The rules between the rooms, once, as data; and the proof that each can fail.
 * In: every source file; small trees that break one rule each. Out: no break in the first, that break in each of the second.
 * Here because a ring that only a document draws is crossed within a month (architecture 3, decisions 12).
 */
import { assert, describe, it } from "@effect/vitest"
import { judge, roomOf } from "./kit/rooms.ts"
import type { Break, Room, Rules } from "./kit/rooms.ts"
import { readTree } from "./kit/sourceTree.ts"
import type { SourceFile } from "./kit/sourceTree.ts"

const pure: Room = { rooms: [], types: ["src/domain"], packages: [], node: false }
const contract: Room = { rooms: ["src/domain", "src/errors"], packages: ["effect"], node: false }
const beneath = ["src/domain", "src/errors", "src/engine", "src/simulator", "src/ports", "src/supervision"]
const bench: Room = { rooms: ["bin", "src/*", "layers", "observability"], packages: ["*"], node: true }

const RULES: Rules = {
  rooms: {
    "src/domain": { rooms: [], packages: ["effect"], node: false },
    "src/errors": { rooms: ["src/domain"], packages: ["effect"], node: false },
    "src/engine": pure,
    "src/simulator": pure,
    "src/report": pure,
    "src/report/page": { ...pure, rooms: ["src/report"], packages: ["d3-scale", "d3-shape"] },
    "src/ports": contract,
    "src/supervision": contract,
    "src/actors": { rooms: beneath, packages: ["effect"], node: false },
    "src/backtest": { rooms: [...beneath, "src/report"], packages: ["effect", "node:crypto"], node: false },
    "src/cli": { rooms: ["src/*"], packages: ["effect"], node: false },
    observability: { rooms: ["src/*"], packages: ["*"], node: true },
    layers: { rooms: ["src/*", "observability"], packages: ["*"], node: true },
    bin: { rooms: [], packages: ["vitest", "puppeteer-core"], node: true },
    test: bench
  },
  plain: ["money", "Instrument", "timeframe", "severityTable", "orderStatus", "decisionReasons"].map(
    (name) => `src/domain/${name}.ts`
  ),
  forbiddenNames: ["util", "utils", "helper", "helpers", "common", "misc", "shared", "index"],
  headed: ["src", "layers", "observability", "bin"]
}

const header = "/**\n * A thing.\n * In: nothing. Out: nothing.\n * Here for the test.\n */\n"
const file = (path: string, ...lines: ReadonlyArray<string>): SourceFile => ({
  path,
  text: header + lines.join("\n") + "\n"
})
const words = (breaks: ReadonlyArray<Break>) =>
  breaks.map((each) => `${each.file}: [${each.rule}] ${each.words}`)

/** Imports that a room must refuse: what is wrong in words, the importing file, the line. */
const REFUSED_IMPORTS: ReadonlyArray<readonly [string, string, string]> = [
  ["engine imports effect", "src/engine/a.ts", "import { Effect } from 'effect'"],
  ["engine imports a part of effect", "src/engine/a.ts", "import * as S from 'effect/Schema'"],
  ["engine imports effect as a type", "src/engine/a.ts", "import type { Effect } from 'effect'"],
  ["simulator imports effect", "src/simulator/a.ts", "import { Effect } from 'effect'"],
  ["report imports effect", "src/report/a.ts", "import { Effect } from 'effect'"],
  ["engine reads a file", "src/engine/a.ts", "import { readFileSync } from 'node:fs'"],
  ["engine takes a value of a schema file", "src/engine/a.ts", "import { Side } from '../domain/Vote.ts'"],
  [
    "engine takes an inline type, which loads the file",
    "src/engine/a.ts",
    "import { type Side } from '../domain/Vote.ts'"
  ],
  ["engine imports simulator", "src/engine/a.ts", "import type { Book } from '../simulator/orderBook.ts'"],
  ["simulator imports engine", "src/simulator/a.ts", "import { settle } from '../engine/settle.ts'"],
  ["report imports simulator", "src/report/a.ts", "import { fees } from '../simulator/fees.ts'"],
  ["the page imports effect", "src/report/page/a.ts", "import { Effect } from 'effect'"],
  ["a metric draws", "src/report/metrics/a.ts", "import { scaleLinear } from 'd3-scale'"],
  ["a metric imports the page", "src/report/a.ts", "import { page } from './page/page.ts'"],
  ["domain imports errors", "src/domain/a.ts", "import { Stale } from '../errors/FeedError.ts'"],
  ["domain imports another package", "src/domain/a.ts", "import ccxt from 'ccxt'"],
  ["errors imports ports", "src/errors/a.ts", "import { Venue } from '../ports/Venue.ts'"],
  ["ports imports supervision", "src/ports/a.ts", "import { Lane } from '../supervision/Lane.ts'"],
  ["supervision imports ports", "src/supervision/a.ts", "import { Venue } from '../ports/Venue.ts'"],
  ["ports imports engine", "src/ports/a.ts", "import type { Row } from '../engine/Observation.ts'"],
  ["actors imports backtest", "src/actors/a.ts", "import { loop } from '../backtest/loop.ts'"],
  ["backtest reads a file", "src/backtest/a.ts", "import { readFileSync } from 'node:fs'"],
  ["backtest imports actors", "src/backtest/a.ts", "import { feed } from '../actors/FeedActor.ts'"],
  ["actors imports cli", "src/actors/a.ts", "import { trade } from '../cli/trade.ts'"],
  ["src imports layers", "src/cli/a.ts", "import { layer } from '../../layers/paper.ts'"],
  ["src imports layers at run time", "src/cli/a.ts", "const a = await import('../../layers/paper.ts')"],
  ["src imports observability", "src/actors/a.ts", "import { m } from '../../observability/m.ts'"],
  ["src imports test", "src/backtest/a.ts", "import { r } from '../../test/kit/reference.ts'"],
  ["observability imports layers", "observability/a.ts", "import { layer } from '../layers/paper.ts'"],
  ["layers imports test", "layers/a.ts", "import { r } from '../test/kit/reference.ts'"],
  ["an import leads out of the rooms", "layers/a.ts", "import { r } from '../docs/a.ts'"]
]

/** One broken tree for every other rule: what is wrong, the rule that must say so, the file. */
const BROKEN: ReadonlyArray<readonly [string, Break["rule"], SourceFile]> = [
  ...REFUSED_IMPORTS.map(([what, path, line]) => [what, "import", file(path, line)] as const),
  [
    "src passes on an export of layers",
    "import",
    file("src/cli/a.ts", "const b = 1", "export { layer } from '../../layers/paper.ts'")
  ],
  ["a plain file imports effect", "plain", file("src/domain/money.ts", "import { Schema } from 'effect'")],
  [
    "a plain file imports a plain value",
    "plain",
    file("src/domain/timeframe.ts", "import { mulDiv } from './money.ts'")
  ],
  [
    "a plain file imports a schema type",
    "plain",
    file("src/domain/money.ts", "import type { Side } from './Vote.ts'")
  ],
  ["a file stands in an undeclared room", "room", file("src/stuff/a.ts", "export const a = 1")],
  ["a file stands in no room", "room", file("src/main.ts", "export const a = 1")],
  ["a folder is called utils", "name", file("src/engine/utils/a.ts", "export const a = 1")],
  ["a file is called helpers", "name", file("src/engine/helpers.ts", "export const a = 1")],
  ["a test kit is called common", "name", file("test/common.ts", "export const a = 1")],
  ["an index gathers a folder", "name", file("src/engine/index.ts", "export const a = 1")],
  [
    "a file only passes on exports",
    "barrel",
    file("src/engine/all.ts", "export { a } from './a.ts'", "export type { B } from './b.ts'")
  ],
  [
    "a file passes on everything",
    "barrel",
    file("src/engine/all.ts", "export const c = 1", "export * from './a.ts'")
  ],
  ["a file has no header", "header", { path: "src/engine/a.ts", text: "export const a = 1\n" }],
  ["a header does not say what goes in", "header", {
    path: "layers/a.ts",
    text: "/**\n * A thing.\n */\nexport const a = 1\n"
  }]
]

const CIRCLE: ReadonlyArray<SourceFile> = [
  file("src/engine/a.ts", "import { b } from './b.ts'"),
  file("src/engine/b.ts", "import type { C } from './deep/c.ts'"),
  file("src/engine/deep/c.ts", "import { a } from '../a.ts'")
]

/** What the rules allow, next to each thing they forbid: a rule that refuses everything proves nothing. */
const SOUND: ReadonlyArray<SourceFile> = [
  file("src/domain/money.ts", "export const quote = 1"),
  file("src/domain/Instrument.ts", "import type { Price } from './money.ts'"),
  file("src/domain/Vote.ts", "import { Schema } from 'effect'", "import { quote } from './money.ts'"),
  file(
    "src/errors/FeedError.ts",
    "import { Fault } from '../domain/Fault.ts'",
    "import { Schema } from 'effect'"
  ),
  file(
    "src/engine/decide.ts",
    "import type { Side } from '../domain/Vote.ts'",
    "import {\n  quote\n} from '../domain/money.ts'",
    "import { b } from './b.ts'"
  ),
  file(
    "src/ports/Venue.ts",
    "import { Context } from 'effect'",
    "import type { Side } from '../domain/Vote.ts'"
  ),
  file(
    "src/actors/Feed.ts",
    "import { decide } from '../engine/decide.ts'",
    "import { Lane } from '../supervision/Lane.ts'"
  ),
  file(
    "src/cli/trade.ts",
    "import { feed } from '../actors/Feed.ts'",
    "import { Command } from 'effect/cli'"
  ),
  file(
    "layers/main.ts",
    "import { trade } from '../src/cli/trade.ts'",
    "import { readFileSync } from 'node:fs'",
    "const p = import('./paper.ts')"
  ),
  file(
    "src/engine/words.ts",
    "// import { Effect } from 'effect'",
    "export const words = `import('effect')`"
  ),
  { path: "test/engine/decide.test.ts", text: "import { decide } from '../../src/engine/decide.ts'\n" }
]

describe("architecture", () => {
  it("every source file keeps the rules between the rooms", () => {
    const files = readTree(["src", "layers", "observability", "bin", "config", "test"])
    assert.isAbove(files.length, 0, "sources were found")
    assert.deepStrictEqual(words(judge(RULES, files)), [])
  })

  it("a tree that keeps every rule is not refused", () => {
    assert.deepStrictEqual(words(judge(RULES, SOUND)), [])
  })

  it.each(BROKEN)("is refused: %s", (_, rule, source) => {
    const breaks = judge(RULES, [source])
    assert.isTrue(
      breaks.some((each) => each.rule === rule && each.file === source.path),
      words(breaks).join("\n")
    )
  })

  it("is refused: three files import one another in a circle", () => {
    const breaks = judge(RULES, CIRCLE).filter((each) => each.rule === "circle")
    assert.deepStrictEqual(breaks.map((each) => each.words), [
      "src/engine/a.ts -> src/engine/b.ts -> src/engine/deep/c.ts -> src/engine/a.ts"
    ])
  })

  it("every rule and every room is broken by a tree above", () => {
    const shown = new Set([...BROKEN.map(([, rule]) => rule), "circle"])
    assert.deepStrictEqual([...shown].toSorted(), [
      "barrel",
      "circle",
      "header",
      "import",
      "name",
      "plain",
      "room"
    ])
    const fenced = Object.keys(RULES.rooms).filter((room) => RULES.rooms[room] !== bench && room !== "bin")
    const broken = new Set(BROKEN.map(([, , source]) => roomOf(RULES, source.path)))
    assert.deepStrictEqual(fenced.filter((room) => !broken.has(room)), [])
  })
})
