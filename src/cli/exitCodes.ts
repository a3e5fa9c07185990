/**
 * The five exit codes and which failure ends in which (decisions 41); nothing else ever leaves the process.
 * In: a fault's tag. Out: 0 ok, 1 failed, 2 usage, 3 degraded or not promoted, 4 refused by safety.
 * By tag, so that `--help` need not load the rooms whose errors these are.
 */

export type ExitCode = 0 | 1 | 2 | 3 | 4

export const EXIT = { ok: 0, failed: 1, usage: 2, degraded: 3, refused: 4 } as const satisfies Record<
  string,
  ExitCode
>

/** Faults that do not mean "failed". */
const BY_TAG: ReadonlyMap<string, ExitCode> = new Map<string, ExitCode>([
  ["SettingsInvalid", EXIT.usage],
  ["SettingsUnreadable", EXIT.usage],
  ["TelemetryEndpointInvalid", EXIT.usage],
  ["StartRefused", EXIT.refused],
  ["LeaseHeld", EXIT.refused],
  ["JournalForeign", EXIT.refused],
  ["VenueLedgerForeign", EXIT.refused],
  ["InstrumentUnknown", EXIT.usage],
  ["TimeframeUnfit", EXIT.usage],
  ["IndicatorUnknown", EXIT.usage],
  ["OutputTaken", EXIT.refused]
])

/** The code a fault of that tag ends in; 1 unless the table says otherwise. */
export const exitCodeOf = (tag: string): ExitCode => BY_TAG.get(tag) ?? EXIT.failed
