/**
 * Turns the cause that ended an incarnation into the failure that supervision reports and counts.
 * In: a child's name and its cause. Out: tag, severity, runbook, one line of words, defect or not.
 * Here because this is the one place where a foreign defect is given a severity.
 */
import { Cause } from "effect"
import type { AnyFault } from "../domain/Fault.ts"
import { graver } from "../domain/severityTable.ts"
import type { Severity } from "../domain/severityTable.ts"
import { ChildInterrupted } from "../errors/SupervisionError.ts"
import type { Failure } from "./Group.ts"

/** A defect is at least High; whoever listens may raise it where the order path is concerned (architecture 6). */
const DEFECT_SEVERITY: Severity = "High"
const DEFECT_RUNBOOK = "defect"
const MAX_WORDS = 300

/** A defect outweighs an error in the same cause; a cause of interruptions only is `ChildInterrupted`. */
export const classify = (child: string, cause: Cause.Cause<AnyFault>): Failure => {
  for (const reason of cause.reasons) {
    if (Cause.isDieReason(reason)) return ofDefect(reason.defect)
  }
  for (const reason of cause.reasons) {
    if (Cause.isFailReason(reason)) return ofFault(reason.error)
  }
  return ofFault(new ChildInterrupted({ child }))
}

export const ofFault = (fault: AnyFault): Failure => ({
  fault: fault._tag,
  severity: fault.severity,
  runbook: fault.runbook,
  words: oneLine(fault.message),
  defect: false
})

/** A fault that was raised as a defect keeps its severity if that is graver, and its runbook. */
export const ofDefect = (defect: unknown): Failure => {
  const fault = isFault(defect) ? defect : undefined
  return {
    fault: "Defect",
    severity: fault === undefined ? DEFECT_SEVERITY : graver(fault.severity, DEFECT_SEVERITY),
    runbook: fault?.runbook ?? DEFECT_RUNBOOK,
    words: oneLine(defect instanceof Error ? `${defect.name}: ${defect.message}` : String(defect)),
    defect: true
  }
}

const isFault = (defect: unknown): defect is AnyFault =>
  defect instanceof Error && "severity" in defect && "runbook" in defect

const oneLine = (words: string): string => words.replace(/\s+/g, " ").trim().slice(0, MAX_WORDS)
