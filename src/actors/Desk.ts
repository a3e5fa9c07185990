/**
 * What every actor of one trading desk may know: whose account, which instrument, under which settings.
 * In: made once by the profile from settings and market. Out: constants; nothing here changes while the tree runs.
 * Here because account, instrument and frames name every row, decision and journal.
 */
import { Context } from "effect"
import type { Instrument } from "../domain/Instrument.ts"
import type { Settings } from "../domain/Settings.ts"

export class Desk extends Context.Service<Desk, {
  /** Name of the account in rows and decision ids, e.g. `paper-spot`. */
  readonly account: string
  /** Fees already replaced by the settings' own. */
  readonly instrument: Instrument
  readonly settings: Settings
  /** Hash of the settings that decide. */
  readonly settingsHash: string
  readonly baseMillis: number
  readonly higherMillis: number
  readonly stage: Settings["stage"]
  /** False on paper, in simulation and in backtests. */
  readonly realMoney: boolean
}>()("daruma/actors/Desk") {}
