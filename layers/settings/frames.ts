/**
 * The second, higher frame that the settings ask for, once the base bar is known.
 * In: settings, length of the base bar. Out: milliseconds.
 * One place, because the reader checks it and the run uses it (decisions 24).
 */
import type { Settings } from "../../src/domain/Settings.ts"
import { higherMillis, TIMEFRAMES } from "../../src/domain/timeframe.ts"

export const higherFrame = (settings: Settings, baseMillis: number): number =>
  settings.higherTimeframe === "auto" ? higherMillis(baseMillis) : TIMEFRAMES[settings.higherTimeframe]
