/**
 * Where decisions go: how often each strategy said what and why, and what the votes came to.
 * In: ballots. Out: counts that show a silent strategy, a one-sided week (P-27) or a gate that lets nothing through.
 * Bounded: at most MAX_REASONS reasons a strategy, the rest are counted together.
 */
import type { DecisionReason } from "../../domain/decisionReasons.ts"
import type { Vote } from "../../domain/Vote.ts"
import type { Ballot } from "../Ballot.ts"
import { count, countsOf, makeCounts } from "./Counts.ts"
import type { Counts } from "./Counts.ts"

/** Distinct reasons kept a strategy. */
export const MAX_REASONS = 64
/** Under which further reasons are counted. */
export const OTHER_REASONS = "other reasons"

export interface StrategyCounts {
  readonly sides: Record<Vote["side"], number>
  /** By the vote's reason, in order of first appearance. */
  readonly reasons: Map<string, number>
}

interface Row {
  readonly strategy: string
  readonly sides: Record<Vote["side"], number>
  readonly reasons: Counts<string>
}

/** Counted in place at every bar; its maps are copies, made when somebody looks. */
export class Funnel {
  ballots = 0
  /** Ballots that wanted each side. */
  buy = 0
  sell = 0
  readonly ends = makeCounts<DecisionReason>()
  readonly rows: Array<Row> = []

  /** By the ballot's reason; `ordered` = a side was wanted. */
  get outcomes(): Map<DecisionReason, number> {
    return countsOf(this.ends)
  }

  /** By strategy, in order of first appearance. */
  get strategies(): Map<string, StrategyCounts> {
    return new Map(this.rows.map((
      { reasons, sides, strategy }
    ) => [strategy, { sides: { ...sides }, reasons: countsOf(reasons) }]))
  }
}

/** A funnel that has counted nothing. */
const makeFunnel = (): Funnel => new Funnel()

/** Counts one ballot. */
const countBallot = (funnel: Funnel, ballot: Pick<Ballot, "side" | "reason" | "votes">): void => {
  const { reason, side, votes } = ballot
  funnel.ballots += 1
  if (side === "buy") funnel.buy += 1
  else if (side === "sell") funnel.sell += 1
  count(funnel.ends, reason)
  for (let seat = 0; seat < votes.length; seat++) {
    const vote = votes[seat]!
    const { reasons, sides } = rowOf(funnel, seat, vote.strategy)
    if (vote.side === "hold") sides.hold += 1
    else if (vote.side === "buy") sides.buy += 1
    else if (vote.side === "sell") sides.sell += 1
    else sides.silent += 1
    count(reasons, vote.reason)
  }
}

// Votes come in table order, so a strategy's row mostly stands where its vote does.
const rowOf = (funnel: Funnel, seat: number, strategy: string): Row => {
  const { rows } = funnel
  const row = rows[seat]
  if (row !== undefined && row.strategy === strategy) return row
  const known = rows.find((other) => other.strategy === strategy)
  if (known !== undefined) return known
  const fresh: Row = {
    strategy,
    sides: { buy: 0, sell: 0, hold: 0, silent: 0 },
    reasons: makeCounts(MAX_REASONS, OTHER_REASONS)
  }
  rows.push(fresh)
  return fresh
}

export { countBallot, makeFunnel }
