/**
 * The strategies that vote, in table order: the order of every vote table, and what breaks a tie (L-36).
 * In: the strategies and their settings groups. Out: one seat each, with its features as places in a row.
 * To add one: its file, its group in domain/Settings, a row here.
 */
import type { Settings } from "../../domain/Settings.ts"
import type { Vote } from "../../domain/Vote.ts"
import { FEATURE_INDEX } from "../features/phase19.ts"
import type { FeatureName } from "../features/phase19.ts"
import { atrBased } from "./atrBased.ts"
import { fibonacciRetracement } from "./fibonacciRetracement.ts"
import { mochipoyAlert } from "./mochipoyAlert.ts"
import { multiTimeframe } from "./multiTimeframe.ts"
import type { Answer, Basics, Strategy } from "./Strategy.ts"
import type { StrategyContext } from "./StrategyContext.ts"

type Groups = Settings["strategies"]

/** A strategy at the table, bound to its settings group. */
export interface Seat {
  readonly id: string
  readonly version: number
  readonly warmup: Strategy<Basics>["warmup"]
  /** Places in the newest base and higher row that must be finite. */
  readonly base: ReadonlyArray<number>
  readonly higher: ReadonlyArray<number>
  readonly basics: (groups: Groups) => Basics
  readonly decide: (ctx: StrategyContext, groups: Groups) => Answer
  /** Its vote for no side. */
  readonly without: (side: "hold" | "silent", reason: string) => Vote
}

const places = (names: ReadonlyArray<FeatureName>): ReadonlyArray<number> =>
  names.map((name) => FEATURE_INDEX[name])

/** Binds a strategy to where its settings stand. */
const seat = <Params extends Basics>(
  strategy: Strategy<Params>,
  params: (groups: Groups) => Params
): Seat => ({
  id: strategy.id,
  version: strategy.version,
  warmup: strategy.warmup,
  base: places(strategy.requires.base),
  higher: places(strategy.requires.higher),
  basics: params,
  decide: (ctx, groups) => strategy.decide(ctx, params(groups)),
  without: sideless(strategy.id)
})

// Most votes are holds, for one constant reason many bars in a row: the newest one is handed out again.
const sideless = (strategy: string): Seat["without"] => {
  let newest: Vote = { strategy, side: "silent", confidence: 0, reason: "" }
  return (side, reason) => {
    if (newest.reason !== reason || newest.side !== side) newest = { strategy, side, confidence: 0, reason }
    return newest
  }
}

const SEATS: ReadonlyArray<Seat> = [
  seat(atrBased, (groups) => groups.atrBased),
  seat(mochipoyAlert, (groups) => groups.mochipoyAlert),
  seat(multiTimeframe, (groups) => groups.multiTimeframe),
  seat(fibonacciRetracement, (groups) => groups.fibonacciRetracement)
]

export { seat, SEATS }
