/**
 * The bench compares equals: every library computes what we compute, and one that did not would be found out.
 * In: bars of the synthetic market, columns spoilt by hand. Out: differences and counts, as the table prints them.
 * No speed is looked at here.
 */
import { assert, describe, it } from "@effect/vitest"
import { WIDTH } from "../../src/engine/Observation.ts"
import { runIn } from "../kit/scratch.ts"
import { repository } from "../kit/sourceTree.ts"
import { syntheticColumns } from "./markets.ts"
import { apart, apartWords, together } from "./peers/apart.ts"
import { daruma, simpleAtr } from "./peers/daruma.ts"
import { COLUMNS, inputOf } from "./peers/Peer.ts"
import { PEERS } from "./peers/peers.ts"
import { differenceOf, observedRows, rowsFor } from "./rows.ts"
import { plainFeatures } from "./plainFeatures.ts"

const BARS = 3_000
const input = inputOf(syntheticColumns(BARS, 900_000))
const ours = rowsFor(BARS)
daruma.features(input, ours)

const columnOf = (rows: Float64Array, column: number): Float64Array =>
  Float64Array.from({ length: BARS }, (_, bar) => rows[bar * WIDTH + column] ?? NaN)

describe("peers of the bench", () => {
  for (const peer of PEERS) {
    it(`${peer.name} makes the same twelve columns as our indicator room`, () => {
      const rows = rowsFor(BARS)
      peer.features(input, rows)
      for (const [column, name] of COLUMNS.entries()) {
        // It rounds to two digits of 100, half a digit off at most.
        if (name === "RSI(14)" && peer.words.includes("rounds")) {
          const worst = Math.max(
            ...Array.from(
              columnOf(rows, column),
              (value, bar) => bar < 1_000 ? 0 : Math.abs(value - (ours[bar * WIDTH + column] ?? NaN))
            )
          )
          assert.isAtMost(worst, 0.005_001)
          continue
        }
        const expected = columnOf(ours, column)
        if (name === "ATR(14)" && peer.simpleAtr) simpleAtr(input, expected)
        const { off, share, undefined: missing } = apart(columnOf(rows, column), expected)
        assert.deepStrictEqual({ name, off, missing }, { name, off: 0, missing: 0 })
        assert.isBelow(share, 1e-6, name)
      }
    })

    it(`${peer.name} makes its single indicators as in its rows`, () => {
      const rows = rowsFor(BARS)
      peer.features(input, rows)
      const out = new Float64Array(BARS)
      for (const [single, column] of [["rsi", 3], ["atr", 6], ["ema", 8]] as const) {
        peer[single](input, out)
        assert.strictEqual(apartWords(apart(out, columnOf(rows, column))), "equal", single)
      }
      const upper = new Float64Array(BARS)
      daruma.bollinger(input, upper)
      peer.bollinger(input, out)
      assert.isBelow(apart(out, upper).share, 1e-6)
      assert.strictEqual(apart(out, upper).off, 0)
    })
  }

  it("the plain loop makes the engine's features", () => {
    const [plain, observed] = [rowsFor(BARS), rowsFor(BARS)]
    plainFeatures(input.columns, plain)
    observedRows(input.columns, observed)
    assert.isBelow(differenceOf(plain, observed), 1e-9)
  })
})

describe("apart", () => {
  const column = columnOf(ours, 0)
  const spoilt = (change: (values: Float64Array) => void): string => {
    const values = column.slice()
    change(values)
    return apartWords(apart(values, column))
  }

  it("finds one value that is off by more than a millionth", () => {
    assert.strictEqual(spoilt((values) => void (values[2_000]! *= 1.000_01)), "equal, 1 off")
  })

  it("finds one value that is no number", () => {
    assert.strictEqual(spoilt((values) => void (values[2_999] = NaN)), "equal, 1 undefined")
  })

  it("prints a smaller difference as it is", () => {
    assert.match(spoilt((values) => void (values[2_000]! *= 1 + 1e-9)), /^\d\.\de-(9|10)$/)
  })

  it("does not look at bars in which averages still remember how they began", () => {
    assert.strictEqual(spoilt((values) => void values.fill(0, 0, 999)), "equal")
  })

  it("adds up counts of several columns and keeps their largest difference", () => {
    const sum = together([{ share: 1e-9, off: 1, undefined: 2 }, { share: 1e-8, off: 3, undefined: 4 }])
    assert.deepStrictEqual(sum, { share: 1e-8, off: 4, undefined: 6 })
  })
})

describe("npm run bench", () => {
  const bench = (...parameters: ReadonlyArray<string>) =>
    runIn(repository, process.execPath, ["test/bench/bench.ts", ...parameters], {
      PATH: process.env["PATH"] ?? ""
    })

  it.each([
    ["a group that there is not", ["--only", "features,speed"], "there is no group \"speed\""],
    ["a table to be saved in parts", ["--only", "sma", "--save"], "--save needs every group"],
    ["an unknown flag", ["--fast"], "--fast"]
  ])("refuses %s, with exit code 2", async (_, parameters, words) => {
    const { code, output } = await bench(...parameters)
    assert.strictEqual(code, 2)
    assert.include(output, words)
  })

  it("explains itself", async () => {
    const { code, output } = await bench("--help")
    assert.strictEqual(code, 0)
    assert.include(output, "--save   writes docs/benchmarks.md")
  })
})
