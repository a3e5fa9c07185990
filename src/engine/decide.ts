/**
 * The second verb: vote, then check, then plan. From one bar's observation to an order or a reasoned nothing.
 * In: books, observation, prediction, market time. Out: a Decision; the books are read, never written.
 * Here the wish of the ballot meets what is held; the rules are risk/checks.ts, the numbers execution/plan.ts.
 */
import type { Check } from "../domain/Decision.ts"
import type { DecisionReason } from "../domain/decisionReasons.ts"
import { toStep } from "../domain/money.ts"
import type { Base } from "../domain/money.ts"
import type { ApprovedOrder } from "../domain/Order.ts"
import type { Prediction } from "../domain/Vote.ts"
import type { Ballot } from "./Ballot.ts"
import type { Decision } from "./Decision.ts"
import { amountWorking, hasUnresolved } from "./execution/orders.ts"
import { entryOrder, reducingOrder } from "./execution/plan.ts"
import { invariant } from "./invariant.ts"
import type { Observation } from "./Observation.ts"
import { closableOf, sideHeld } from "./portfolio/Books.ts"
import type { Books } from "./portfolio/Books.ts"
import { checkEntry } from "./risk/checks.ts"
import { gatherEntry } from "./risk/entryCase.ts"
import { approveEntry, approveReduction } from "./risk/verdict.ts"
import { vote } from "./strategy/tally.ts"

/** Vote and judge: the whole decision of one closed, marked bar. `now` in market time. */
export const decide = (
  books: Books,
  observation: Observation,
  prediction: Prediction | null,
  now: number
): Decision => judge(books, observation, vote(books.settings, observation, prediction), now)

/** Check and plan for a ballot, in one breath. */
export const judge = (books: Books, observation: Observation, ballot: Ballot, now: number): Decision => {
  const checked = check(books, observation, ballot, now)
  return typeof checked === "function" ? checked() : checked
}

/** Plans the order of a wish that passed its checks; to be called at once, before the books move. */
export type Plan = () => Decision

/** The checks alone. A side while flat wants an entry, the opposite of what is held wants out, all else holds. */
export const check = (
  books: Books,
  observation: Observation,
  ballot: Ballot,
  now: number
): Decision | Plan => {
  const { closeTime } = observation.bar
  invariant(books.markedAt >= closeTime, "a bar is marked before it is judged")
  const id = `${books.idPrefix}${closeTime}`
  const { side } = ballot
  if (side === "hold") return hold(id, observation, ballot, ballot.reason)
  const held = sideHeld(books)
  if (held === null) {
    if (side === "sell" && books.settings.account === "spot") {
      return hold(id, observation, ballot, "nothingToClose")
    }
    if (isEntryWorking(books)) return hold(id, observation, ballot, "entryInFlight")
    return enter(id, books, observation, ballot, side, now)
  }
  if ((held === "long") === (side === "buy")) return hold(id, observation, ballot, "alreadyIn")
  return leave(id, books, observation, ballot, held, now)
}

const NO_REASONS: ReadonlyArray<DecisionReason> = Object.freeze([])
const NO_CHECKS: ReadonlyArray<Check> = Object.freeze([])

const hold = (id: string, observation: Observation, ballot: Ballot, reason: DecisionReason): Decision => ({
  id,
  observation,
  ballot,
  verdict: "None",
  reason,
  refusals: NO_REASONS,
  checks: NO_CHECKS,
  riskScore: null,
  order: null
})

const enter = (
  id: string,
  books: Books,
  observation: Observation,
  ballot: Ballot,
  side: "buy" | "sell",
  now: number
): Decision | Plan => {
  const entry = gatherEntry(books, observation, ballot, side, now)
  const checks = checkEntry(entry)
  const refusals = checks.filter((check) => check.verdict === "refuse").map((check) =>
    check.rule as DecisionReason
  )
  const first = refusals[0]
  if (first !== undefined) {
    return outcome(id, observation, ballot, "Refused", first, refusals, checks, entry.riskScore, null)
  }
  const { edge, prices, sized } = entry
  invariant(
    prices !== null && sized?._tag === "Sized",
    "an entry that passed every check has prices and a size"
  )
  invariant(ballot.attribution !== null, "a ballot with a side names the strategy it follows")
  const strategy = ballot.attribution
  return () => {
    const order = entryOrder({
      decisionId: id,
      instrument: books.instrument,
      side,
      amount: sized.amount,
      prices,
      strategy,
      edge: edge.edge,
      validUntil: now + books.baseMillis
    })
    const verdict = checks.some((check) => check.verdict === "reduce") ? "Reduced" : "Approved"
    const approved = approveEntry(order, checks, books.instrument)
    return outcome(id, observation, ballot, verdict, "ordered", NO_REASONS, checks, entry.riskScore, approved)
  }
}

// Strategy exits: allowed while Active and Reducing; Halted leaves only protection and the operator (decisions 15).
const leave = (
  id: string,
  books: Books,
  observation: Observation,
  ballot: Ballot,
  held: "long" | "short",
  now: number
): Decision | Plan => {
  const { instrument, position } = books
  invariant(position !== null, "what is held has a position")
  const rest = toStep(closableOf(books) - amountWorking(books, "exit", null), instrument.lot, "down") as Base
  if (hasUnresolved(books, "exit") || rest < instrument.minAmount) {
    return hold(id, observation, ballot, "exitInFlight")
  }
  const refusal = leaveRefusal(books, observation.bar.closeTime, now)
  if (refusal !== null) {
    const checks: ReadonlyArray<Check> = [{ rule: refusal, verdict: "refuse", value: null, limit: null }]
    return outcome(id, observation, ballot, "Refused", refusal, [refusal], checks, null, null)
  }
  return () => {
    const order = reducingOrder({
      decisionId: id,
      instrument,
      leg: "exit",
      attempt: 1,
      held,
      amount: rest,
      at: null,
      strategy: position.strategy,
      validUntil: now + books.baseMillis
    })
    const approved = approveReduction(order, position, instrument)
    return outcome(id, observation, ballot, "Approved", "ordered", NO_REASONS, NO_CHECKS, null, approved)
  }
}

const leaveRefusal = (books: Books, closeTime: number, now: number): "halted" | "expired" | null => {
  if (books.account.tradingState === "Halted") return "halted"
  return now - closeTime > books.baseMillis ? "expired" : null
}

const isEntryWorking = (books: Books): boolean => {
  for (const { order, status } of books.working.values()) {
    if (order.purpose === "entry" && status !== "Sending" && status !== "Unknown") return true
  }
  return false
}

const outcome = (
  id: string,
  observation: Observation,
  ballot: Ballot,
  verdict: Decision["verdict"],
  reason: DecisionReason,
  refusals: ReadonlyArray<DecisionReason>,
  checks: ReadonlyArray<Check>,
  riskScore: number | null,
  order: ApprovedOrder | null
): Decision => ({ id, observation, ballot, verdict, reason, refusals, checks, riskScore, order })
