/**
 * Severity is escalation: the one table that says what follows from each of the four levels.
 * In: a level. Out: trading state, response time, notification tier, log severity (architecture 6, decisions 16, 17).
 * Plain data: supervisor, risk, notifier, alerts and runbooks are checked against it.
 */

export type Severity = "Critical" | "High" | "Medium" | "Low"
export type TradingState = "Active" | "Reducing" | "Halted"
export type Tier = "Critical" | "Warning" | "Info"

export interface Escalation {
  /** What trading falls to when an error of this level declares no degraded mode of its own. */
  readonly tradingState: TradingState
  readonly respondWithinMinutes: number
  readonly tier: Tier
  /** Severity word of Cloud Logging. */
  readonly logSeverity: "CRITICAL" | "ERROR" | "WARNING" | "NOTICE"
  /** True when the level opens an incident that a person has to acknowledge. */
  readonly pages: boolean
}

const SEVERITY_TABLE: Readonly<Record<Severity, Escalation>> = {
  Critical: {
    tradingState: "Halted",
    respondWithinMinutes: 5,
    tier: "Critical",
    logSeverity: "CRITICAL",
    pages: true
  },
  High: {
    tradingState: "Reducing",
    respondWithinMinutes: 30,
    tier: "Critical",
    logSeverity: "ERROR",
    pages: true
  },
  Medium: {
    tradingState: "Active",
    respondWithinMinutes: 120,
    tier: "Warning",
    logSeverity: "WARNING",
    pages: false
  },
  Low: {
    tradingState: "Active",
    respondWithinMinutes: 1_440,
    tier: "Info",
    logSeverity: "NOTICE",
    pages: false
  }
}

const ORDER: ReadonlyArray<Severity> = ["Low", "Medium", "High", "Critical"]
const STATES: ReadonlyArray<TradingState> = ["Active", "Reducing", "Halted"]

/** The graver of two levels. */
const graver = (a: Severity, b: Severity): Severity => ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b

/** The stricter of two trading states. */
const stricter = (a: TradingState, b: TradingState): TradingState =>
  STATES.indexOf(a) >= STATES.indexOf(b) ? a : b

export { graver, SEVERITY_TABLE, stricter }
