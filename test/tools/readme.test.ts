/**
 * How the numbers of the documents are made anew: markers, the excerpt of a backtest, rows of the bench.
 * In: made-up documents and outputs. Out: the same with their blocks replaced, or what is wrong in words.
 * That the documents of today hold the numbers of today is test/docs/readme.slow.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { excerptOf } from "../../bin/readme/backtestBlock.ts"
import { benchBlock } from "../../bin/readme/benchBlock.ts"
import { namesIn, withBlocks } from "../../bin/readme/markers.ts"
import { repository } from "../kit/sourceTree.ts"

const page = [
  "# A page",
  "<!-- begin one -->",
  "old",
  "<!-- end one -->",
  "between",
  "<!-- begin two -->",
  "<!-- end two -->",
  ""
].join("\n")
const blocks = new Map([["one", "new\nlines\n"], ["two", "more"]])

describe("withBlocks", () => {
  it("replaces what stands between the markers and nothing else", () => {
    const made = "# A page\n<!-- begin one -->\n\nnew\nlines\n\n<!-- end one -->\nbetween\n"
      + "<!-- begin two -->\n\nmore\n\n<!-- end two -->\n"
    assert.strictEqual(withBlocks(page, blocks), made)
  })

  it("changes nothing the second time", () => {
    const once = withBlocks(page, blocks)
    assert.strictEqual(withBlocks(once, blocks), once)
  })

  it("leaves a document without markers as it is, byte for byte", () => {
    const text = "no marker\n\nbut `<!-- begin one -->` in a line\n"
    assert.strictEqual(withBlocks(text, blocks), text)
  })
})

describe("namesIn", () => {
  it("names the blocks in their order", () => {
    assert.deepStrictEqual(namesIn(page), ["one", "two"])
  })

  it.each([
    ["never closed", "<!-- begin one -->\ntext\n"],
    ["never begun", "text\n<!-- end one -->\n"],
    ["closed under another name", "<!-- begin one -->\n<!-- end two -->\n"],
    ["begun twice", "<!-- begin one -->\n<!-- begin two -->\n<!-- end two -->\n"]
  ])("refuses a block that is %s", (_, text) => {
    assert.throws(() => namesIn(text), "has no partner")
  })
})

const EQUITY = [
  "Starting capital        1",
  "Final equity            2",
  "Net return              3",
  "Market change           4",
  "Sharpe ratio            5",
  "Sortino ratio           6",
  "Max drawdown            7",
  "Max drawdown, duration  8",
  "Volatility (annual)     9",
  "Value at risk 95 % (day)  10"
]
const TRADES = [
  "Closed trades  1",
  "Win rate       2",
  "Profit factor  3",
  "Average trade  4",
  "Exposure time  5",
  "Costs, all     6"
]
const printed = (equity: ReadonlyArray<string>): string =>
  [
    "DEMO MARKET  a title",
    "! a notice",
    "",
    "Equity  strategy",
    ...equity.map((line) => `  ${line}`),
    "  (1) a note",
    "",
    "Trades  strategy",
    ...TRADES.map((line) => `  ${line}`),
    "",
    "Read with care",
    "  - a doubt",
    "",
    "fingerprint 0123"
  ].join("\n")

describe("excerptOf", () => {
  it("keeps the title, the chosen lines and every doubt, and counts the rest", () => {
    const text = excerptOf(printed(EQUITY))
    assert.include(text, "DEMO MARKET  a title")
    assert.include(text, "  Max drawdown            7\n  Max drawdown, duration  8\n")
    assert.include(text, "  Value at risk 95 % (day)  10\n  ... and 1 more\n")
    assert.include(text, "  - a doubt\n```")
    assert.notInclude(text, "Starting capital")
    assert.include(text, "! a notice")
    assert.notInclude(text, "fingerprint")
  })

  it("refuses a backtest that no longer prints a chosen line", () => {
    assert.throws(
      () => excerptOf(printed(EQUITY.filter((line) => !line.startsWith("Sharpe")))),
      "Sharpe ratio"
    )
  })
})

describe("benchBlock", () => {
  const benchmarks = readFileSync(`${repository}docs/benchmarks.md`, "utf8")

  it("shows the figures of docs/benchmarks.md, with day and machine", () => {
    const speed = /^\| features, four strategies, vote, risk, fills +\| ([^|]*?) +\|/m.exec(benchmarks)?.[1]
    assert.isDefined(speed)
    assert.include(benchBlock(benchmarks), `| features, strategies, vote, risk, fills`)
    assert.include(benchBlock(benchmarks), `| ${speed}`)
    assert.match(benchBlock(benchmarks), /\n\n\d{4}-\d\d-\d\d: .* cores, Node v24/)
  })

  it("refuses a page that lacks one of its rows", () => {
    const without = benchmarks.split("\n").filter((line) => !line.startsWith("| features, both frames")).join(
      "\n"
    )
    assert.throws(() => benchBlock(without), "features, both frames")
  })
})
