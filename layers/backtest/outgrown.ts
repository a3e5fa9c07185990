/**
 * Money that outgrew exact counting, told apart from a defect.
 * In: a plan and the computation of it. Out: the computation, whose overflow is a typed fault.
 * Here because engine and simulator are pure and throw: a sum that is no safe integer is their last guard, not their mistake.
 */
import { Effect } from "effect"
import { powerOfTen } from "../../src/domain/money.ts"
import { AccountOutgrown } from "../../src/errors/BacktestError.ts"
import type { RunPlan } from "./RunFacts.ts"

/** Errors: AccountOutgrown (Medium, exit 1) beside the computation's own. */
export const refuseOutgrown = <A, E, R>(
  { settings, traded }: RunPlan,
  computed: Effect.Effect<A, E, R>
): Effect.Effect<A, E | AccountOutgrown, R> =>
  Effect.catchDefect(computed, (defect) => {
    if (!isOverflow(defect)) return Effect.die(defect)
    const { priceScale = 0, quote = "" } = traded[0]?.market.instrument ?? {}
    const unit = `${(1 / powerOfTen(priceScale)).toFixed(priceScale)} ${quote}`
    return Effect.fail(new AccountOutgrown({ unit, capital: settings.capital }))
  })

// What src/domain/money.ts and the books of src/simulator throw; both say what the number no longer is.
const isOverflow = (defect: unknown): boolean =>
  defect instanceof Error && (defect.name === "RangeError" || defect.name === "ExchangeBroken")
  && /\b(no|a) safe integer\b/.test(defect.message)
