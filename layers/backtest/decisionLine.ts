/**
 * One decision as a line of decisions.jsonl: what was wanted, by whom, and which checks spoke against it.
 * In: a decision and its instrument. Out: JSON with a line end, keys in a fixed order.
 * By hand, because a million bars leave a hundred thousand lines, and the journal's full record is four times as long:
 * checks that passed and the features (`daruma features` writes those) are left out, and money is in units.
 */
import type { Instrument } from "../../src/domain/Instrument.ts"
import { toFloat } from "../../src/domain/money.ts"
import type { Order } from "../../src/domain/Order.ts"
import type { Decision } from "../../src/engine/Decision.ts"

export const decisionLine = (decision: Decision, instrument: Instrument): string => {
  const { ballot, checks, id, observation, order, reason, refusals, riskScore, verdict } = decision
  const { bar } = observation
  const votes = ballot.votes.map(({ confidence, reason: why, side, strategy }) =>
    `{"strategy":${text(strategy)},"side":"${side}","confidence":${confidence},"reason":${text(why)}}`
  )
  const spoke = checks.filter((check) => check.verdict !== "pass").map((
    { limit, rule, value, verdict: said }
  ) => `{"rule":"${rule}","verdict":"${said}","value":${number(value)},"limit":${number(limit)}}`)
  return `{"id":${JSON.stringify(id)},"instrument":${text(instrument.id)},"closeTime":${bar.closeTime},`
    + `"close":${bar.close},"side":"${ballot.side}","score":${ballot.score},"buy":${ballot.buy},"sell":${ballot.sell},`
    + `"strategy":${ballot.attribution === null ? "null" : text(ballot.attribution)},"mode":"${ballot.mode}",`
    + `"verdict":"${verdict}","reason":"${reason}","refusals":[${refusals.map(text).join(",")}],`
    + `"checks":[${spoke.join(",")}],"riskScore":${number(riskScore)},"votes":[${votes.join(",")}],`
    + `"order":${order === null ? "null" : orderText(order, instrument)}}\n`
}

const orderText = (order: Order, { amountScale, priceScale }: Instrument): string => {
  const price = (scaled: number | null) => scaled === null ? null : toFloat(scaled, priceScale)
  return JSON.stringify({
    intentId: order.intentId,
    leg: order.leg,
    type: order.type,
    amount: toFloat(order.amount, amountScale),
    stop: price(order.plannedStop),
    target: price(order.plannedTarget),
    edge: order.edge
  })
}

// JSON has no NaN.
const number = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? "null" : String(value)

// Strategies, rules and reasons are few: each is escaped once.
const texts = new Map<string, string>()
const MAX_TEXTS = 4_096

const text = (words: string): string => {
  const known = texts.get(words)
  if (known !== undefined) return known
  const made = JSON.stringify(words)
  if (texts.size < MAX_TEXTS) texts.set(words, made)
  return made
}
