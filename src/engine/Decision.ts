/**
 * One bar's decision in the core's own light form; the full record is made from it only when somebody keeps it.
 * In: made by decide.ts. Out: drivers send `order`, hash and count it, and `recordOf` turns it into domain/Decision.
 * Types only.
 */
import type { Check } from "../domain/Decision.ts"
import type { DecisionReason } from "../domain/decisionReasons.ts"
import type { ApprovedOrder } from "../domain/Order.ts"
import type { Ballot } from "./Ballot.ts"
import type { Observation } from "./Observation.ts"

export interface Decision {
  /** `account/instrument/timeframe/closeTime` (record.ts); spelled when it is read, so a spread copy has none. */
  readonly id: string
  readonly observation: Observation
  readonly ballot: Ballot
  readonly verdict: "None" | "Approved" | "Reduced" | "Refused"
  /** The first refusal of an entry, the ballot's reason of a hold. */
  readonly reason: DecisionReason
  /** Of a refused entry these three are found when first read: read them before the books move (`check` has done so). */
  readonly refusals: ReadonlyArray<DecisionReason>
  readonly checks: ReadonlyArray<Check>
  readonly riskScore: number | null
  readonly order: ApprovedOrder | null
}
