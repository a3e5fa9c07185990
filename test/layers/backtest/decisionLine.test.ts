/**
 * A decision as one line of decisions.jsonl.
 * In: decisions of a run on the synthetic market. Out: assertions on the parsed line against the decision itself.
 */
import { assert, describe, it } from "@effect/vitest"
import { decisionLine } from "../../../layers/backtest/decisionLine.ts"
import { runLoop } from "../../../src/backtest/loop.ts"
import { instrumentById } from "../../../src/domain/Instrument.ts"
import type { Instrument } from "../../../src/domain/Instrument.ts"
import { toFloat } from "../../../src/domain/money.ts"
import type { Decision } from "../../../src/engine/Decision.ts"
import { profileSettings } from "../../kit/profile.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../../kit/syntheticBars.ts"

const instrument = instrumentById("bitbank:BTC/JPY") as Instrument

/** Each decision with its line, made while its observation is valid. */
const lines = (): ReadonlyArray<readonly [Decision, string, number]> => {
  const made: Array<readonly [Decision, string, number]> = []
  runLoop({
    account: "a",
    instrument,
    settings: profileSettings("balanced"),
    baseMillis: FIFTEEN_MINUTES,
    higherMillis: 16 * FIFTEEN_MINUTES,
    history: [],
    candles: syntheticBars(42, 2_000),
    onDecision: (decision) =>
      made.push([decision, decisionLine(decision, instrument), decision.observation.bar.close])
  })
  return made
}

describe("decisionLine", () => {
  it("is one line of JSON that says who wanted what, what spoke against it, and what was ordered", () => {
    const made = lines()
    assert.strictEqual(made.length, 2_000)
    let orders = 0
    for (const [decision, line, close] of made) {
      assert.match(line, /^\{[^\n]*\}$/)
      const said = JSON.parse(line) as Record<string, unknown>
      const { ballot, checks, order } = decision
      const { buy, score, sell, side } = ballot
      assert.deepStrictEqual(
        [
          said["id"],
          said["instrument"],
          said["close"],
          said["side"],
          said["score"],
          said["buy"],
          said["sell"]
        ],
        [decision.id, instrument.id, close, side, score, buy, sell]
      )
      assert.deepStrictEqual(said["votes"], ballot.votes)
      assert.deepStrictEqual(said["checks"], checks.filter(({ verdict }) => verdict !== "pass"))
      assert.deepStrictEqual(
        [
          said["strategy"],
          said["mode"],
          said["verdict"],
          said["reason"],
          said["refusals"],
          said["riskScore"]
        ],
        [
          ballot.attribution,
          ballot.mode,
          decision.verdict,
          decision.reason,
          decision.refusals,
          decision.riskScore
        ]
      )
      if (order === null) {
        assert.isNull(said["order"])
        continue
      }
      orders += 1
      const { plannedStop, plannedTarget } = order
      assert.deepStrictEqual(said["order"], {
        intentId: order.intentId,
        leg: order.leg,
        type: order.type,
        amount: toFloat(order.amount, 8),
        stop: plannedStop === null ? null : toFloat(plannedStop, 4),
        target: plannedTarget === null ? null : toFloat(plannedTarget, 4),
        edge: order.edge
      })
    }
    assert.isAbove(orders, 10)
  })
})
