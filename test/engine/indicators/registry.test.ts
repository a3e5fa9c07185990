/**
 * Names of indicators: how they are read, how they are written back, and what is said of wrong ones.
 * In: text as people type it. Out: one spelling a thing, or a sentence that says what to change.
 * A column name must not depend on how somebody typed it.
 */
import { assert, describe, it } from "@effect/vitest"
import {
  indicatorNamed,
  indicatorOf,
  INDICATORS,
  parseIndicatorList
} from "../../../src/engine/indicators/registry.ts"

const problemOf = (text: string): string => {
  const found = indicatorOf(text)
  return "problem" in found ? found.problem : `no problem: ${found.id}`
}

describe("indicatorOf", () => {
  it.each(
    [
      ["sma", "sma(20)"],
      ["sma(20)", "sma(20)"],
      [" SMA ( 20 ) ", "sma(20)"],
      ["sma()", "sma(20)"],
      ["sma(period=50)", "sma(50)"],
      ["ema(20, seed=sma)", "ema(20)"],
      ["ema(20, seed=first)", "ema(20,seed=first)"],
      ["ema(20,source=hl2,seed=first)", "ema(20,seed=first,source=hl2)"],
      ["rsi(14, smoothing=wilder)", "rsi(14)"],
      ["rsi(14, smoothing=simple)", "rsi(14,smoothing=simple)"],
      ["macd", "macd(12,26,9)"],
      ["macd(slow=30)", "macd(12,30,9)"],
      ["bollinger(20, 2.50)", "bollinger(20,2.5)"],
      ["psar(.02,0.2)", "psar(0.02,0.2)"],
      ["adxr(14,lag=n-1)", "adxr(14,lag=n-1)"],
      ["obv", "obv"],
      ["obv()", "obv"],
      ["bb(20,2)", "bollinger(20,2)"],
      ["smma(20)", "rma(20)"],
      ["willr(14)", "williamsr(14)"]
    ] as const
  )("%s is written %s", (text, id) => {
    assert.strictEqual(indicatorNamed(text).id, id)
    assert.strictEqual(indicatorNamed(id).id, id)
  })

  it.each(
    [
      ["smaa(20)", "there is no indicator \"smaa\"; the nearest is \"sma\""],
      ["bolinger", "there is no indicator \"bolinger\"; the nearest is \"bollinger\""],
      ["sma(0)", "sma: period must be a whole number from 1 to 100000, not \"0\""],
      ["sma(2.5)", "sma: period must be a whole number from 1 to 100000, not \"2.5\""],
      ["sma(-3)", "sma: period must be a whole number from 1 to 100000, not \"-3\""],
      ["sma(1e9)", "sma: period must be a whole number from 1 to 100000, not \"1e9\""],
      ["sma(NaN)", "sma: period must be a whole number from 1 to 100000, not \"nan\""],
      ["sma(0x10)", "sma: period must be a whole number from 1 to 100000, not \"0x10\""],
      ["linreg(1)", "linreg: period must be a whole number from 2 to 100000, not \"1\""],
      ["bollinger(20,-2)", "bollinger: width must be a number from 0.001 to 1000, not \"-2\""],
      ["sma(20,30)", "sma takes at most 1: period"],
      ["obv(3)", "obv takes no numbers"],
      ["ema(20,seed=mean)", "ema: seed must be one of sma, first, not \"mean\""],
      ["sma(20,seed=sma)", "sma has no parameter \"seed\"; it has period, source"],
      ["sma(20,period=30)", "sma: period is given twice"],
      ["sma(period=20,period=30)", "sma: period is given twice"],
      ["macd(26,12,9)", "macd: fast must be shorter than slow"],
      ["ultosc(7,28,14)", "ultosc: short, medium and long must rise"],
      ["psar(0.3,0.2)", "psar: step must not exceed most"],
      ["stddev(1,ddof=1)", "stddev: a sample deviation needs a period of at least 2"],
      ["ema(seed=first,20)", "ema: \"20\" stands behind a named parameter; name it too"],
      ["ema(20,seed=)", "ema: \"seed=\" is neither a value nor name=value"],
      ["sma(20,)", "sma: \"\" is neither a value nor name=value"],
      ["sma(20", "\"sma(20\" is not written like \"sma(20)\" or \"ema(20, seed=first)\""],
      ["sma 20", "\"sma 20\" is not written like \"sma(20)\" or \"ema(20, seed=first)\""],
      ["", "\"\" is not written like \"sma(20)\" or \"ema(20, seed=first)\""]
    ] as const
  )("%s is refused: %s", (text, problem) => {
    assert.strictEqual(problemOf(text), problem)
  })

  it("one output is a column of the indicator's name, several are told apart behind a dot", () => {
    assert.deepStrictEqual(indicatorNamed("sma(20)").columns, ["sma(20)"])
    assert.deepStrictEqual(indicatorNamed("macd").columns, [
      "macd(12,26,9).macd",
      "macd(12,26,9).signal",
      "macd(12,26,9).histogram"
    ])
  })
})

describe("parseIndicatorList", () => {
  const idsOf = (text: string): ReadonlyArray<string> | string => {
    const parsed = parseIndicatorList(text)
    return "problem" in parsed ? parsed.problem : parsed.map(({ id }) => id)
  }

  it("splits at commas outside parentheses and keeps the order", () => {
    assert.deepStrictEqual(idsOf("sma(20),macd(12,26,9), ema(20, seed=first) ,obv"), [
      "sma(20)",
      "macd(12,26,9)",
      "ema(20,seed=first)",
      "obv"
    ])
  })

  it.each(
    [
      ["", "no indicator is named"],
      [" , ", "no indicator is named"],
      ["sma(20),", "nothing stands between two commas in \"sma(20),\""],
      ["sma(20),,obv", "nothing stands between two commas in \"sma(20),,obv\""],
      ["sma(20", "parentheses do not match in \"sma(20\""],
      ["sma(20)),obv", "parentheses do not match in \"sma(20)),obv\""],
      ["sma((20))", "parentheses do not match in \"sma((20))\""],
      ["sma(20),SMA", "sma(20) is asked for twice"],
      ["sma(20),macdd", "there is no indicator \"macdd\"; the nearest is \"macd\""]
    ] as const
  )("%s is refused: %s", (text, problem) => {
    assert.strictEqual(idsOf(text), problem)
  })
})

describe("INDICATORS", () => {
  it("has at least the twenty-five of the field and no name twice", () => {
    const names = INDICATORS.flatMap(({ also, name }) => [name, ...also])
    assert.strictEqual(new Set(names).size, names.length)
    const usual =
      "sma wma dema ema roc stochastic cci williamsr adx obv cmf mfi vwap donchian keltner supertrend psar slope "
      + "rsi atr bollinger macd tema hma aroon"
    assert.deepStrictEqual(usual.split(" ").filter((name) => !names.includes(name)), [])
    assert.isAtLeast(INDICATORS.length, 25)
  })

  it.each(INDICATORS.map((definition) => [definition.name, definition] as const))(
    "%s says what it is, whence it comes, and how it is written with its defaults",
    (name, { formula, origin, outputs, usage, words }) => {
      for (const text of [formula, origin, words]) assert.isAbove(text.trim().length, 3)
      const indicator = indicatorNamed(name)
      assert.deepStrictEqual(outputs, indicator.outputs)
      for (const [key, value] of Object.entries(indicator.parameters)) {
        assert.include(usage, `${key}=${value}`)
      }
    }
  )
})
