/**
 * A decision as decide.ts makes it: one small object a bar that spells out only what somebody reads.
 * In: what was voted and checked. Out: the Decision that drivers act on and record.ts writes down.
 * Apart from decide.ts so that its rules stand alone; nobody reads what a hold is called, and few why an entry was refused.
 */
import type { Check } from "../domain/Decision.ts"
import type { DecisionReason } from "../domain/decisionReasons.ts"
import type { ApprovedOrder } from "../domain/Order.ts"
import type { Ballot } from "./Ballot.ts"
import type { Decision } from "./Decision.ts"
import type { Observation } from "./Observation.ts"

const NO_REASONS: ReadonlyArray<DecisionReason> = Object.freeze([])
const NO_CHECKS: ReadonlyArray<Check> = Object.freeze([])

/** What the checks of a wish found; `NOT_CHECKED` where none was asked. */
export interface Findings {
  readonly refusals: ReadonlyArray<DecisionReason>
  readonly checks: ReadonlyArray<Check>
  readonly riskScore: number | null
}

export const NOT_CHECKED: Findings = Object.freeze({
  refusals: NO_REASONS,
  checks: NO_CHECKS,
  riskScore: null
})

export class MadeDecision implements Decision {
  readonly idPrefix: string
  readonly closeTime: number
  readonly observation: Observation
  readonly ballot: Ballot
  readonly verdict: Decision["verdict"]
  readonly reason: DecisionReason
  readonly order: ApprovedOrder | null
  private found: Findings | (() => Findings)

  constructor(
    idPrefix: string,
    observation: Observation,
    ballot: Ballot,
    verdict: Decision["verdict"],
    reason: DecisionReason,
    found: Findings | (() => Findings),
    order: ApprovedOrder | null
  ) {
    this.idPrefix = idPrefix
    this.closeTime = observation.bar.closeTime
    this.observation = observation
    this.ballot = ballot
    this.verdict = verdict
    this.reason = reason
    this.order = order
    this.found = found
  }

  /** What the checks found; looked for now if nobody has asked before, so ask before the books move. */
  findings(): Findings {
    if (typeof this.found === "function") this.found = this.found()
    return this.found
  }

  get refusals(): ReadonlyArray<DecisionReason> {
    return this.findings().refusals
  }

  get checks(): ReadonlyArray<Check> {
    return this.findings().checks
  }

  get riskScore(): number | null {
    return this.findings().riskScore
  }

  get id(): string {
    return decisionIdOf(this.idPrefix, this.closeTime)
  }
}

/** What a decision is called; a number into text costs a tenth of a microsecond, so no bar pays for it unasked. */
export const decisionIdOf = (idPrefix: string, closeTime: number): string => `${idPrefix}${closeTime}`
