/**
 * Indicators against the full series of another library, over 251 days of a real share.
 * In: golden/skender-*.csv. Out: every row equal to 1e-9, undefined in the same rows.
 * Its conventions are our defaults: SMA-seeded averages, Wilder's smoothing, true range from bar 1.
 */
import { assert, describe, it } from "@effect/vitest"
import { referencePath } from "../../kit/reference.ts"
import { columnsOf, differences, outputsOf, readTable } from "./series.ts"

const quotes = referencePath("golden/skender-quotes.csv")

/** Golden file, our name, and which of its columns is which of our outputs. */
const CASES: ReadonlyArray<readonly [string, string, Readonly<Record<string, string>>]> = [
  ["sma", "sma(20)", { sma: "sma" }],
  ["ema", "ema(20)", { ema: "ema" }],
  ["macd", "macd(12,26,9)", { macd: "macd", signal: "signal", histogram: "histogram" }],
  ["macd", "ema(12)", { fastEma: "ema" }],
  ["macd", "ema(26)", { slowEma: "ema" }],
  ["rsi", "rsi(14)", { rsi: "rsi" }],
  ["bb", "bollinger(20,2)", {
    sma: "middle",
    upperBand: "upper",
    lowerBand: "lower",
    percentB: "percentB",
    zScore: "zscore",
    width: "bandwidth"
  }],
  ["tr", "tr", { tr: "tr" }],
  ["atr", "tr", { tr: "tr" }],
  ["atr", "atr(14)", { atr: "atr" }],
  ["atr", "natr(14)", { atrp: "natr" }],
  ["adx", "adx(14)", { pdi: "plusDi", mdi: "minusDi", dx: "dx", adx: "adx" }],
  ["adx", "adxr(14)", { adxr: "adxr" }]
]

describe.skipIf(quotes === undefined)("skender (needs the reference folder)", () => {
  it.each(CASES)("%s.csv equals %s on every row", (file, name, mapping) => {
    const columns = columnsOf(readTable(quotes!))
    const golden = readTable(referencePath(`golden/skender-${file}.csv`)!)
    const outputs = outputsOf(name, columns)
    for (const [theirs, ours] of Object.entries(mapping)) {
      assert.isAbove(golden[theirs]!.filter((value) => value === value).length, 200, theirs)
      assert.deepStrictEqual(differences(ours, outputs[ours]!, golden[theirs]!, 1e-9), [])
    }
  })
})
