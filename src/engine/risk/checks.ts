/**
 * The rules an entry must pass, as a table: each one compares a value with its limit and says pass, reduce or refuse.
 * In: an EntryCase. Out: one Check a rule, in the order in which refusals are named.
 * The whole of what may forbid an entry stands here; exits and protection are never asked.
 */
import type { Check } from "../../domain/Decision.ts"
import type { RefusalReason } from "../../domain/decisionReasons.ts"
import { isUnresolved } from "../../domain/orderStatus.ts"
import type { EntryCase, Standing } from "./entryCase.ts"
import { lossShare } from "./drawdown.ts"
import { barsLeft } from "./protections.ts"
import { isPaused } from "./streak.ts"

type Rule = (entry: EntryCase) => Check
/** A rule that forbids entries as such, whatever is wanted. */
type StandingRule = (standing: Standing) => Check

/** Runs every rule, also after a refusal: the record names all that stood in the way. */
export const checkEntry = (entry: EntryCase): ReadonlyArray<Check> => RULES.map((rule) => rule(entry))

/** The reason of `checkEntry`'s first refusal when the account as such forbids entries, else null; costs a tenth of it. */
export const standingRefusal = (standing: Standing): RefusalReason | null => {
  for (const rule of STANDING_RULES) {
    const check = rule(standing)
    if (check.verdict === "refuse") return check.rule as RefusalReason
  }
  return null
}

const answer = (
  rule: RefusalReason,
  verdict: Check["verdict"],
  value: number | null = null,
  limit: number | null = null
): Check => ({ rule, verdict, value, limit })

const unless = (refused: boolean): Check["verdict"] => refused ? "refuse" : "pass"

const halted: StandingRule = ({ books }) => answer("halted", unless(books.account.tradingState === "Halted"))

const reducing: StandingRule = ({ books }) =>
  answer("reducing", unless(books.account.tradingState === "Reducing"))

/** Value: entries of unknown outcome. */
const unresolvedEntry: StandingRule = ({ books }) => {
  let count = 0
  for (const state of books.working.values()) {
    if (state.order.purpose === "entry" && isUnresolved(state.status)) count += 1
  }
  return answer("unresolvedEntry", unless(count > 0), count, 0)
}

/** Value and limit: share of peak equity. Stays refused after a recovery until an operator resumes. */
const drawdown: StandingRule = (entry) => {
  const limit = entry.books.settings.risk.maxDrawdown
  return answer(
    "drawdown",
    unless(entry.books.account.drawdown.stopped || entry.drawdown >= limit),
    entry.drawdown,
    limit
  )
}

/** Value and limit: share of the day's first equity. Stays refused until the next trading day. */
const dayLoss: StandingRule = ({ books, equity }) => {
  const limit = books.settings.risk.maxDayLoss
  const value = lossShare(books.account.day.startEquity, equity)
  return answer("dayLoss", unless(books.account.day.stopped || value >= limit), value, limit)
}

/** Value: losses in a row. */
const lossStreak: StandingRule = ({ books, now }) =>
  answer(
    "lossStreak",
    unless(isPaused(books.account.streak, now)),
    books.account.streak.losses,
    books.settings.risk.lossStreak
  )

const paused = (rule: RefusalReason, entry: Standing, until: number): Check => {
  const left = barsLeft(until, entry.now, entry.books.baseMillis)
  return answer(rule, unless(left > 0), left, 0)
}

/** Value of the four pauses: bars still to wait, this one included. */
const coolDown: StandingRule = (entry) => paused("coolDown", entry, entry.books.pauses.coolDownUntil)
const stoplossGuard: StandingRule = (entry) => paused("stoplossGuard", entry, entry.books.pauses.guardUntil)
const lowProfitPairs: StandingRule = (entry) =>
  paused("lowProfitPairs", entry, entry.books.pauses.lowProfitUntil)
const dataGap: StandingRule = (entry) => paused("dataGap", entry, entry.books.pauses.gapUntil)

/** Value: entries of the trading day. */
const entryLimit: StandingRule = ({ books }) => {
  const limit = books.settings.risk.entriesPerDay
  return answer("entryLimit", unless(books.account.day.entries >= limit), books.account.day.entries, limit)
}

/** Value and limit: share of price that the bar moved. Warnings only raise the score. */
const anomaly: Rule = ({ anomalies, books }) =>
  answer("anomaly", unless(anomalies.criticals > 0), anomalies.move, books.settings.risk.anomalyMove)

/** Value: the score; limit: the one it reached, else the next. */
const score: Rule = ({ books, riskScore }) => {
  const { conditionalScore, denyScore } = books.settings.risk
  if (riskScore >= denyScore) return answer("riskScore", "refuse", riskScore, denyScore)
  return answer("riskScore", riskScore >= conditionalScore ? "reduce" : "pass", riskScore, conditionalScore)
}

const unsized = (reason: "exposure" | "belowMinimumAmount" | "noEdge"): Rule => ({ sized }) =>
  sized?._tag === "Unsized" && sized.reason === reason
    ? answer(reason, "refuse", sized.value, sized.limit)
    : answer(reason, "pass")

/** Value: quote money the order may take; limit: what is free. */
const insufficientFunds: Rule = (entry) =>
  answer("insufficientFunds", unless(entry.fundsNeeded > entry.fundsFree), entry.fundsNeeded, entry.fundsFree)

/** Value: stop distance as a share of price; limit: the bound it broke, else the upper one (P-62: refused, never placed anyway). */
const planOutOfBounds: Rule = ({ books, prices }) => {
  const { maxStopDistance, minStopDistance } = books.settings.risk
  if (prices === null) return answer("planOutOfBounds", "refuse", null, minStopDistance)
  const near = prices.distanceShare < minStopDistance
  const far = prices.distanceShare > maxStopDistance
  return answer(
    "planOutOfBounds",
    unless(near || far),
    prices.distanceShare,
    near ? minStopDistance : maxStopDistance
  )
}

/** Value: age of the bar in milliseconds; limit: one bar (C40). */
const expired: Rule = ({ books, closeTime, now }) =>
  answer("expired", unless(now - closeTime > books.baseMillis), now - closeTime, books.baseMillis)

// These before those: what forbids every entry is named first, and decides without sizing anything.
const STANDING_RULES: ReadonlyArray<StandingRule> = [
  halted,
  reducing,
  unresolvedEntry,
  drawdown,
  dayLoss,
  lossStreak,
  coolDown,
  stoplossGuard,
  lowProfitPairs,
  entryLimit,
  dataGap
]

const RULES: ReadonlyArray<Rule> = [
  ...STANDING_RULES,
  anomaly,
  score,
  unsized("exposure"),
  unsized("belowMinimumAmount"),
  unsized("noEdge"),
  insufficientFunds,
  planOutOfBounds,
  expired
]
