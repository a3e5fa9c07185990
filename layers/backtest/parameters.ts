/**
 * How many settings could have been tuned to the data that a backtest runs on.
 * In: effective settings. Out: a count, which deflates what a good result is worth.
 * Read off the schema, so that a new setting counts from its first day.
 */
import type { Settings } from "../../src/domain/Settings.ts"
import { SETTING_KEYS, valueAt } from "../settings/keys.ts"

/** Groups whose keys decide whether, when and how large to trade. */
const GROUPS = ["vote.", "strategies.", "sizing.", "risk."]

/** Keys of those groups; those of a strategy that is switched off do not count. */
export const parameterCount = (settings: Settings): number =>
  SETTING_KEYS.filter(({ path }) => {
    if (!GROUPS.some((group) => path.startsWith(group))) return false
    const [group, strategy] = path.split(".")
    return group !== "strategies" || valueAt(settings, `strategies.${strategy}.enabled`) !== false
  }).length
