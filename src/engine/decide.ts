/**
 * The second verb: vote, then check, then plan. From one bar's observation to an order or a reasoned nothing.
 * In: books, observation, prediction, market time. Out: a Decision; the books are read, never written.
 * Here the wish of the ballot meets what is held; the rules are risk/checks.ts, the numbers execution/plan.ts.
 */
import type { Check } from "../domain/Decision.ts"
import type { DecisionReason } from "../domain/decisionReasons.ts"
import { toStep } from "../domain/money.ts"
import type { Base } from "../domain/money.ts"
import type { Prediction } from "../domain/Vote.ts"
import type { Ballot } from "./Ballot.ts"
import type { Decision } from "./Decision.ts"
import { amountWorking, hasUnresolved } from "./execution/orders.ts"
import { entryOrder, reducingOrder } from "./execution/plan.ts"
import { invariant } from "./invariant.ts"
import { decisionIdOf, MadeDecision, NOT_CHECKED } from "./MadeDecision.ts"
import type { Findings } from "./MadeDecision.ts"
import type { Observation } from "./Observation.ts"
import { closableOf, sideHeld } from "./portfolio/Books.ts"
import type { Books } from "./portfolio/Books.ts"
import { checkEntry, standingRefusal } from "./risk/checks.ts"
import { gatherEntry, standingOf } from "./risk/entryCase.ts"
import type { EntryCase } from "./risk/entryCase.ts"
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
  const weighed = weigh(books, observation, ballot, now)
  return typeof weighed === "function" ? weighed() : weighed
}

/** Plans the order of a wish that passed its checks; to be called at once, before the books move. */
export type Plan = () => Decision

/** The checks alone, all of them made: the decision may be read when the books have moved on. */
export const check = (
  books: Books,
  observation: Observation,
  ballot: Ballot,
  now: number
): Decision | Plan => {
  const weighed = weigh(books, observation, ballot, now)
  if (typeof weighed !== "function") weighed.findings()
  return weighed
}

/** A side while flat wants an entry, the opposite of what is held wants out, all else holds. */
const weigh = (
  books: Books,
  observation: Observation,
  ballot: Ballot,
  now: number
): MadeDecision | Plan => {
  const { closeTime } = observation.bar
  invariant(books.markedAt >= closeTime, "a bar is marked before it is judged")
  const { side } = ballot
  if (side === "hold") return hold(books, observation, ballot, ballot.reason)
  const held = sideHeld(books)
  if (held === null) {
    if (side === "sell" && books.settings.account === "spot") {
      return hold(books, observation, ballot, "nothingToClose")
    }
    if (isEntryWorking(books)) return hold(books, observation, ballot, "entryInFlight")
    return enter(books, observation, ballot, side, now)
  }
  if ((held === "long") === (side === "buy")) return hold(books, observation, ballot, "alreadyIn")
  return leave(books, observation, ballot, held, now)
}

const hold = (books: Books, observation: Observation, ballot: Ballot, reason: DecisionReason): MadeDecision =>
  new MadeDecision(books.idPrefix, observation, ballot, "None", reason, NOT_CHECKED, null)

const enter = (
  books: Books,
  observation: Observation,
  ballot: Ballot,
  side: "buy" | "sell",
  now: number
): MadeDecision | Plan => {
  const standing = standingOf(books, now)
  const refusal = standingRefusal(standing)
  if (refusal !== null) {
    // The first of the refusals is known; the others are named when somebody keeps the record.
    const find = (): Findings => findingsOf(gatherEntry(standing, observation, ballot, side))
    return new MadeDecision(books.idPrefix, observation, ballot, "Refused", refusal, find, null)
  }
  const entry = gatherEntry(standing, observation, ballot, side)
  const findings = findingsOf(entry)
  const { checks, refusals } = findings
  const first = refusals[0]
  if (first !== undefined) {
    return new MadeDecision(books.idPrefix, observation, ballot, "Refused", first, findings, null)
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
      decisionId: decisionIdOf(books.idPrefix, observation.bar.closeTime),
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
    return new MadeDecision(books.idPrefix, observation, ballot, verdict, "ordered", findings, approved)
  }
}

// Strategy exits: allowed while Active and Reducing; Halted leaves only protection and the operator (decisions 15).
const leave = (
  books: Books,
  observation: Observation,
  ballot: Ballot,
  held: "long" | "short",
  now: number
): MadeDecision | Plan => {
  const { instrument, position } = books
  invariant(position !== null, "what is held has a position")
  const rest = toStep(closableOf(books) - amountWorking(books, "exit", null), instrument.lot, "down") as Base
  if (hasUnresolved(books, "exit") || rest < instrument.minAmount) {
    return hold(books, observation, ballot, "exitInFlight")
  }
  const refusal = leaveRefusal(books, observation.bar.closeTime, now)
  if (refusal !== null) {
    const checks: ReadonlyArray<Check> = [{ rule: refusal, verdict: "refuse", value: null, limit: null }]
    const findings = { refusals: [refusal], checks, riskScore: null }
    return new MadeDecision(books.idPrefix, observation, ballot, "Refused", refusal, findings, null)
  }
  return () => {
    const order = reducingOrder({
      decisionId: decisionIdOf(books.idPrefix, observation.bar.closeTime),
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
    return new MadeDecision(books.idPrefix, observation, ballot, "Approved", "ordered", NOT_CHECKED, approved)
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

const findingsOf = (entry: EntryCase): Findings => {
  const checks = checkEntry(entry)
  const refusals: Array<DecisionReason> = []
  for (const check of checks) if (check.verdict === "refuse") refusals.push(check.rule as DecisionReason)
  return { refusals, checks, riskScore: entry.riskScore }
}
