/**
 * Where decisions go: how often each strategy said what and why, and what the votes came to.
 * In: ballots. Out: counts that show a silent strategy, a one-sided week (P-27) or a gate that lets nothing through.
 * Bounded: at most MAX_REASONS reasons a strategy, the rest are counted together.
 */
import type { DecisionReason } from "../../domain/decisionReasons.ts"
import type { Vote } from "../../domain/Vote.ts"
import type { Ballot } from "../Ballot.ts"

/** Distinct reasons kept a strategy. */
export const MAX_REASONS = 64
/** Under which further reasons are counted. */
export const OTHER_REASONS = "other reasons"

export interface StrategyCounts {
  readonly sides: Record<Vote["side"], number>
  /** By the vote's reason, in order of first appearance. */
  readonly reasons: Map<string, number>
}

export interface Funnel {
  ballots: number
  /** Ballots that wanted each side. */
  buy: number
  sell: number
  /** By the ballot's reason; `ordered` = a side was wanted. */
  readonly outcomes: Map<DecisionReason, number>
  readonly strategies: Map<string, StrategyCounts>
}

/** A funnel that has counted nothing. */
const makeFunnel = (): Funnel => ({ ballots: 0, buy: 0, sell: 0, outcomes: new Map(), strategies: new Map() })

/** Counts one ballot. */
const countBallot = (funnel: Funnel, ballot: Pick<Ballot, "side" | "reason" | "votes">): void => {
  funnel.ballots += 1
  if (ballot.side === "buy") funnel.buy += 1
  else if (ballot.side === "sell") funnel.sell += 1
  increment(funnel.outcomes, ballot.reason)
  for (const vote of ballot.votes) {
    const counts = countsOf(funnel, vote.strategy)
    counts.sides[vote.side] += 1
    const known = counts.reasons.size < MAX_REASONS || counts.reasons.has(vote.reason)
    increment(counts.reasons, known ? vote.reason : OTHER_REASONS)
  }
}

const countsOf = (funnel: Funnel, strategy: string): StrategyCounts => {
  const known = funnel.strategies.get(strategy)
  if (known !== undefined) return known
  const fresh: StrategyCounts = { sides: { buy: 0, sell: 0, hold: 0, silent: 0 }, reasons: new Map() }
  funnel.strategies.set(strategy, fresh)
  return fresh
}

const increment = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

export { countBallot, makeFunnel }
