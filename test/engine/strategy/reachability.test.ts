/**
 * Every branch of every strategy is reached by some market under some settings that a user may choose.
 * In: seeded markets of many tempers, the two profiles and bolder settings. Out: the set of reasons that came up.
 * A branch that no market reaches is a rule that nobody has (L-35); a new reason must be added here to pass.
 */
import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { makeMarketState, observe } from "../../../src/engine/observe.ts"
import type { Bar } from "../../../src/engine/Observation.ts"
import { countBallot, makeFunnel } from "../../../src/engine/strategy/funnel.ts"
import { vote } from "../../../src/engine/strategy/tally.ts"
import { barAt, barsThrough, chance, MINUTE, walk, zigzag } from "../../kit/markets.ts"
import { profileSettings } from "../../kit/profile.ts"

const options = { baseMillis: MINUTE, higherMillis: 4 * MINUTE, spec: "phase19" } as const

const BELOW = "confidence is below the strategy's minimum"
const REASONS: Readonly<Record<string, { readonly file: string; readonly reasons: ReadonlyArray<string> }>> =
  {
    ATRBased: {
      file: "atrBased",
      reasons: [
        "band and RSI are both neutral",
        "band and RSI disagree",
        "volatility is low for this market",
        "stronger of band and RSI, which disagree",
        "band alone",
        "RSI alone",
        "band and RSI agree",
        BELOW
      ]
    },
    MochipoyAlert: {
      file: "mochipoyAlert",
      reasons: [
        "no vote",
        "one vote each way",
        "one vote alone",
        "one vote, none against",
        "two of three votes agree",
        "three votes agree",
        BELOW
      ]
    },
    MultiTimeframe: {
      file: "multiTimeframe",
      reasons: [
        "neither trend nor entry",
        "trend and entry do not agree",
        "trend and entry agree",
        "weighted score of trend and entry",
        BELOW
      ]
    },
    FibonacciRetracement: {
      file: "fibonacciRetracement",
      reasons: [
        "swing is not wider than 1 % of the price",
        "highest and lowest price fell in one bar",
        "no level within 1 %",
        "no reversal sign",
        "reversal signs disagree",
        "reversal at a strong level",
        "reversal at a weak level",
        BELOW
      ]
    }
  }

/** A market without bounds: stretches of rest, drift, storm and shock, as seeds decide. */
const wild = (seed: number, length: number): Array<Bar> => {
  const next = chance(seed)
  let close = 10_000
  let step = 0
  let drift = 0
  return Array.from({ length }, (_, index) => {
    if (index % 40 === 0) {
      step = next() < 0.2 ? 0 : 0.03 * next() * next()
      drift = step * 0.6 * (next() - 0.5)
    }
    const open = close * (1 + step * 0.2 * (next() - 0.5))
    close = open * (1 + drift + step * (next() - 0.5))
    const shock = next() < 0.02 ? 8 : 0.5
    const high = Math.max(open, close) * (1 + step * next() * shock)
    const low = Math.min(open, close) * (1 - step * next() * Math.min(shock, 4))
    return barAt(index, { open, high, low, close, volume: next() < 0.08 ? 20 : 1 + next() })
  })
}

/** A slow climb below an old level: RSI at its end, band in its middle, and one restless bar at the last. */
const climbBelowOldLevel = (): Array<Bar> => {
  const closes = Array.from({ length: 80 }, (_, index) => index < 66 ? 100 : 96.9 + 0.15 * (index - 65))
  const bars = barsThrough(closes.map((close, index) => index === 65 ? 96.9 : close), 0.05)
  const last = bars.at(-1)!
  return [...bars.slice(0, -1), { ...last, high: last.high + 12 }]
}

/** A crash, a rest, and less than half of it back: RSI still low, the close already above its band. */
const crashAndPartBack = (reach: number): Array<Bar> => {
  const closes = [
    ...Array.from({ length: 66 }, () => 100),
    110,
    ...Array.from({ length: 13 }, () => 100),
    104.2
  ]
  const bars = barsThrough(closes, 0.4)
  const last = bars.at(-1)!
  return [...bars.slice(0, -1), { ...last, high: last.high + reach }]
}

/** One move, then closes that rest so long that MACD has met zero while the slower averages have not, nor then they. */
const longRest = (): Array<Bar> =>
  barsThrough([...Array.from({ length: 60 }, () => 100), ...Array.from({ length: 1_200 }, () => 101)], 0.1)

const markets: ReadonlyArray<ReadonlyArray<Bar>> = [
  ...Array.from({ length: 30 }, (_, seed) => wild(seed, 700)),
  ...Array.from({ length: 6 }, (_, seed) => walk(seed, 420)),
  ...Array.from({ length: 6 }, (_, seed) => zigzag(seed, 420)),
  climbBelowOldLevel(),
  crashAndPartBack(0),
  crashAndPartBack(60),
  longRest()
]

const settings = [
  profileSettings("balanced"),
  profileSettings("aggressive"),
  profileSettings("aggressive", { strategies: { mochipoyAlert: { minConfidence: 0.8 } } })
]

describe("reachability", () => {
  const funnel = makeFunnel()
  for (const chosen of settings) {
    for (const bars of markets) {
      const state = makeMarketState(options)
      for (const bar of bars) countBallot(funnel, vote(chosen, observe(state, bar), null))
    }
  }

  for (const [id, { file, reasons }] of Object.entries(REASONS)) {
    it(`L-35: every reason of ${id} is reached`, () => {
      const reached = funnel.strategies.get(id)!.reasons
      assert.deepStrictEqual(reasons.filter((reason) => !reached.has(reason)), [])
    })

    it(`L-35: ${id} has no reason that this grid does not ask for`, () => {
      const source = readFileSync(new URL(`../../../src/engine/strategy/${file}.ts`, import.meta.url), "utf8")
      const code = source.slice(source.indexOf("*/"))
      const strings = [...code.matchAll(/"([^"\n]*)"/g)].map((match) => match[1]!)
      const sentences = strings.filter((text) => text.includes(" "))
      assert.deepStrictEqual(sentences.filter((sentence) => !reasons.includes(sentence)), [])
      assert.isAtLeast(sentences.length, reasons.length - 1)
    })
  }

  it("L-35: every strategy votes for both sides", () => {
    for (const [id, { sides }] of funnel.strategies) {
      assert.isAbove(Math.min(sides.buy, sides.sell), 0, id)
    }
  })

  it("L-35: the vote reaches every outcome that needs no model and no missing strategy", () => {
    for (const reason of ["notWarm", "noSide", "conflict", "belowMinimum", "ordered"] as const) {
      assert.isAbove(funnel.outcomes.get(reason) ?? 0, 0, reason)
    }
  })
})
