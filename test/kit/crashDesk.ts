/**
 * The desk of the kill harness: which market, which account, and where its processes may die.
 * In: nothing. Out: options shared by the harness and by the process that it kills.
 */
import { instrumentById } from "../../src/domain/Instrument.ts"
import { invariant } from "../../src/engine/invariant.ts"
import { profileSettings } from "./profile.ts"
import { FIFTEEN_MINUTES } from "./syntheticBars.ts"

/** Where a process dies; `passed` counts from its own start. */
export const CRASH_SITES = [
  "beforeSubmit",
  "afterSubmit",
  "afterOpenFill",
  "afterCloseFill",
  "betweenBars"
] as const
export type CrashSite = typeof CRASH_SITES[number]

/** Sites between an intent's commit and its recorded answer. */
export const IN_FLIGHT: ReadonlySet<string> = new Set<CrashSite>(["beforeSubmit", "afterSubmit"])

export const CRASH_SEED = 11
export const CRASH_BARS = 2_400
export const CRASH_KEY = "crash"

export const crashDesk = () => {
  const instrument = instrumentById("bitbank:BTC/JPY")
  invariant(instrument !== undefined, "the instrument is known")
  const settings = profileSettings("balanced", { capital: 5_000_000 })
  return { account: "crash-spot", instrument, settings, baseMillis: FIFTEEN_MINUTES }
}
