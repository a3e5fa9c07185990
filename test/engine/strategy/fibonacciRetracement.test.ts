/**
 * The arithmetic of FibonacciRetracement and of the candles it reads, one branch a line.
 * In: views written by hand. Out: side, confidence, reason, as phase19.md 3.3 gives them without its defects.
 */
import { assert, describe, it } from "@effect/vitest"
import { candleSide } from "../../../src/engine/strategy/candlePattern.ts"
import { fibonacciRetracement } from "../../../src/engine/strategy/fibonacciRetracement.ts"
import { profileSettings } from "../../kit/profile.ts"
import { answers, view } from "./view.ts"

const balanced = profileSettings("balanced").strategies

const twenty = (value: number): Array<number> => new Array<number>(20).fill(value)

describe("candleSide", () => {
  const side = (
    open: number,
    high: number,
    low: number,
    close: number,
    before: readonly [number, number] = [0, 0]
  ) => candleSide(view({ open: [open, before[0]], high: [high], low: [low], close: [close, before[1]] }))

  it("knows hammer, pin bar and engulfing, and their mirror images", () => {
    assert.strictEqual(side(99, 100, 90, 99.5), 1)
    assert.strictEqual(side(91, 100, 90, 90.5), -1)
    assert.strictEqual(side(96.5, 100, 90, 98.9), 1)
    assert.strictEqual(side(93.5, 100, 90, 91.1), -1)
    assert.strictEqual(side(97, 101, 96.5, 100.5, [99, 97.5]), 1)
    assert.strictEqual(side(100.5, 101, 96.5, 97, [98, 99]), -1)
  })

  it("says nothing of a candle without range, without wick, or equally long both ways", () => {
    assert.strictEqual(side(100, 100, 100, 100), 0)
    assert.strictEqual(side(90, 100, 90, 100), 0)
    assert.strictEqual(side(95, 100, 90, 95), 0)
    assert.strictEqual(side(97.5, 101, 97, 100.5, [99, 97.5]), 0)
  })
})

describe("a swing around 1 % of the price", () => {
  /** Twenty bars of one price, but one that reaches `up` above it and one that falls `down` below it. */
  const answerTo = (up: number, down: number) => {
    const [high, low] = [twenty(100), twenty(100)]
    high[7] = 100 + up
    low[12] = 100 - down
    const features = { rsi_14: 50 }
    return fibonacciRetracement.decide(
      view({ open: twenty(100), high, low, close: twenty(100), volume: twenty(1), features }),
      balanced.fibonacciRetracement
    ).reason
  }
  const narrow = "swing is not wider than 1 % of the price"

  it("is narrow up to 1 %, on whichever side of the close it lies", () => {
    for (
      const [up, down] of [[0, 0], [0.49, 0.49], [0.5, 0.499], [0.99, 0], [0, 0.99], [0.8, 0.19]] as const
    ) {
      assert.strictEqual(answerTo(up, down), narrow, `${up} up, ${down} down`)
    }
  })

  it("is wide beyond 1 %, however near to the close", () => {
    for (const [up, down] of [[0.501, 0.501], [0.499, 0.502], [1.01, 0], [0, 1.01]] as const) {
      assert.notStrictEqual(answerTo(up, down), narrow, `${up} up, ${down} down`)
    }
  })
})

describe("fibonacciRetracement", () => {
  /** High 110 and low 100 in the last 20 bars, `rose` = the high came later; the newest candle is a small step to `close`. */
  const sight = (
    close: number,
    rose: boolean,
    more: { rsi?: number; volume?: number; open?: number } = {}
  ) => {
    const high = twenty(105)
    const low = twenty(104)
    high[rose ? 3 : 15] = 110
    low[rose ? 15 : 3] = 100
    const open = more.open ?? close - 0.2
    high[0] = Math.max(open, close)
    low[0] = Math.min(open, close)
    return view({
      open: [open, 104.5],
      high,
      low,
      close: [close, 104.5],
      volume: [more.volume ?? 1, ...twenty(1)],
      features: { rsi_14: more.rsi ?? 50 }
    })
  }
  const decide = (...args: Parameters<typeof sight>) =>
    fibonacciRetracement.decide(sight(...args), balanced.fibonacciRetracement)
  const near = (close: number, level: number) => 0.1 * (1 - Math.abs(close - level) / close / 0.01)

  it("L-34: measures a rise from its high and a fall from its low", () => {
    assert(answers(decide(107.64, true, { rsi: 20 }), "buy", 0.3 + 10 / 30 + 0.1, "reversal at a weak level"))
    assert(
      answers(decide(102.36, false, { rsi: 80 }), "sell", 0.3 + 10 / 30 + 0.1, "reversal at a weak level")
    )
    assert(answers(decide(102.36, true, { rsi: 20 }), "hold", 0, "no level within 1 %"))
    assert(answers(decide(107.64, false, { rsi: 80 }), "hold", 0, "no level within 1 %"))
  })

  it("L-34: counts a level once: nearness, strength, further levels, and a tenth for going against the swing", () => {
    assert(
      answers(
        decide(105, true, { rsi: 30 }),
        "buy",
        0.3 + 0.15 + near(105, 105) + 0,
        "reversal at a strong level"
      )
    )
    assert(answers(
      decide(105, true, { rsi: 70 }),
      "sell",
      0.3 + 0.15 + near(105, 105) + 0.1,
      "reversal at a strong level"
    ))
    assert(answers(decide(105.6, true, { rsi: 24 }), "buy", 0.3 + 0.2 + 0.15 + near(105.6, 106.18) + 0.05))
  })

  it("L-34: a volume spike takes the candle's side, up or down", () => {
    assert(answers(decide(107.64, true, { volume: 3 }), "buy", 0.3 + 0.3 + 0.1))
    assert(answers(decide(107.64, true, { volume: 3, open: 107.84 }), "sell", 0.3 + 0.3 + 0.1 + 0.1))
    assert(answers(decide(107.64, true, { volume: 1.5 }), "hold", 0, "no reversal sign"))
    assert(answers(decide(107.64, true, { volume: 3, open: 107.64 }), "hold", 0, "no reversal sign"))
    assert(answers(decide(107.64, true, { volume: 3, rsi: 80 }), "hold", 0, "reversal signs disagree"))
  })

  it("holds below its minimum: a sign without strength at a far, weak level", () => {
    assert(answers(decide(108.4, true, { rsi: 30 }), "hold", 0, "confidence is below the strategy's minimum"))
  })

  it("holds without a swing or without its direction", () => {
    const flat = {
      open: twenty(100),
      high: twenty(100.4),
      low: twenty(99.6),
      close: twenty(100),
      volume: twenty(1)
    }
    const features = { rsi_14: 20 }
    const params = balanced.fibonacciRetracement
    assert(answers(
      fibonacciRetracement.decide(view({ ...flat, features }), params),
      "hold",
      0,
      "swing is not wider than 1 % of the price"
    ))
    const high = twenty(100.4)
    const low = twenty(99.6)
    high[5] = 102
    low[5] = 98
    const answer = fibonacciRetracement.decide(view({ ...flat, high, low, features }), params)
    assert(answers(answer, "hold", 0, "highest and lowest price fell in one bar"))
  })
})
