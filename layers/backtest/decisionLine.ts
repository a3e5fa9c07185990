/**
 * One decision as a line of decisions.jsonl: what was wanted, by whom, and which checks spoke against it.
 * In: a decision and its instrument. Out: JSON in one line, keys in a fixed order.
 * Not the journal's full record, which is three times as long: a million bars leave a hundred thousand lines. Checks that
 * passed and the features (`daruma features` writes those) are left out, and money is in units.
 */
import type { Check } from "../../src/domain/Decision.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { toFloat } from "../../src/domain/money.ts"
import type { Order } from "../../src/domain/Order.ts"
import type { Decision } from "../../src/engine/Decision.ts"

export const decisionLine = (decision: Decision, instrument: Instrument): string => {
  const { ballot, observation: { bar }, order } = decision
  return JSON.stringify({
    id: decision.id,
    instrument: instrument.id,
    closeTime: bar.closeTime,
    close: bar.close,
    side: ballot.side,
    score: ballot.score,
    buy: ballot.buy,
    sell: ballot.sell,
    strategy: ballot.attribution,
    mode: ballot.mode,
    verdict: decision.verdict,
    reason: decision.reason,
    refusals: decision.refusals,
    checks: decision.checks.filter(spoke),
    riskScore: decision.riskScore,
    votes: ballot.votes,
    order: order === null ? null : orderFacts(order, instrument)
  })
}

const spoke = (check: Check): boolean => check.verdict !== "pass"

const orderFacts = (order: Order, { amountScale, priceScale }: Instrument) => {
  const price = (scaled: number | null) => scaled === null ? null : toFloat(scaled, priceScale)
  return {
    intentId: order.intentId,
    leg: order.leg,
    type: order.type,
    amount: toFloat(order.amount, amountScale),
    stop: price(order.plannedStop),
    target: price(order.plannedTarget),
    edge: order.edge
  }
}
