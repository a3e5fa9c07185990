/**
 * One log event as plain facts, before it becomes a line of any shape.
 * In: what Effect hands a logger. Out: time, severity, words, fields, span ids; a fault's own severity overrules the level.
 * Pure except for reading the fiber's annotations; the three shapes beside it only arrange these facts.
 */
import { Cause, Context, Formatter, Option, References, Tracer } from "effect"
import type { Logger, LogLevel } from "effect"
import { SEVERITY_TABLE } from "../../src/domain/severityTable.ts"
import type { Severity } from "../../src/domain/severityTable.ts"
import { LOG_LABELS } from "../../src/ports/logFacts.ts"

type LogSeverity = "DEBUG" | "INFO" | "NOTICE" | "WARNING" | "ERROR" | "CRITICAL"

interface LogLine {
  readonly date: Date
  readonly severity: LogSeverity
  readonly message: string
  /** Facts with a name of ours, as strings: actor, epoch, stage, decisionId, … */
  readonly labels: Readonly<Record<string, string>>
  /** Every other annotation. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly runbook: string | null
  readonly cause: string | null
  readonly span: { readonly traceId: string; readonly spanId: string; readonly sampled: boolean } | null
  /** True when the line is shown whatever the level is. */
  readonly mustSee: boolean
}

const OF_LEVEL: Readonly<Record<LogLevel.LogLevel, LogSeverity>> = {
  All: "DEBUG",
  Trace: "DEBUG",
  Debug: "DEBUG",
  Info: "INFO",
  Warn: "WARNING",
  Error: "ERROR",
  Fatal: "CRITICAL",
  None: "DEBUG"
}

const RANK: Readonly<Record<LogSeverity, number>> = {
  DEBUG: 0,
  INFO: 1,
  NOTICE: 2,
  WARNING: 3,
  ERROR: 4,
  CRITICAL: 5
}
const OWN_NAMES: ReadonlySet<string> = new Set([...LOG_LABELS, "mustSee", "severity"])

const isSeverity = (value: unknown): value is Severity => typeof value === "string" && value in SEVERITY_TABLE

/** What a Fault says of itself, wherever it stands: as an argument or in the cause. */
const faultOf = (
  values: ReadonlyArray<unknown>
): { readonly severity: Severity; readonly runbook: string } | null => {
  for (const value of values) {
    if (typeof value !== "object" || value === null || !("severity" in value) || !("runbook" in value)) {
      continue
    }
    if (isSeverity(value.severity) && typeof value.runbook === "string") {
      return { severity: value.severity, runbook: value.runbook }
    }
  }
  return null
}

const words = (value: unknown): string => {
  if (typeof value === "string") return value
  if (value instanceof Error) return `${"_tag" in value ? `${String(value._tag)}: ` : ""}${value.message}`
  return Formatter.format(value)
}

/** Arranges nothing and loses nothing: a logger below decides how it looks. */
const readLine = ({ cause, date, fiber, logLevel, message }: Logger.Options<unknown>): LogLine => {
  const parts = Array.isArray(message) ? message : [message]
  const annotations = fiber.getRef(References.CurrentLogAnnotations)
  const failures = cause.reasons.map((reason) =>
    reason._tag === "Fail" ? reason.error : reason._tag === "Die" ? reason.defect : null
  )
  const fault = faultOf([...parts, ...failures])
  const severity = isSeverity(annotations["severity"]) ? annotations["severity"] : fault?.severity
  const parent = Option.getOrNull(Context.getOption(fiber.context, Tracer.ParentSpan))
  return {
    date,
    severity: severity === undefined ? OF_LEVEL[logLevel] : SEVERITY_TABLE[severity].logSeverity,
    message: parts.map(words).join(" "),
    labels: Object.fromEntries(
      LOG_LABELS.flatMap((name) => annotations[name] === undefined ? [] : [[name, String(annotations[name])]])
    ),
    fields: Object.fromEntries(Object.entries(annotations).filter(([name]) => !OWN_NAMES.has(name))),
    runbook: fault?.runbook ?? null,
    cause: cause.reasons.length === 0 ? null : Cause.pretty(cause),
    span: parent === null
      ? null
      : { traceId: parent.traceId, spanId: parent.spanId, sampled: parent.sampled },
    mustSee: annotations["mustSee"] === true || severity === "Critical" || severity === "High"
  }
}

export { RANK, readLine }
export type { LogLine, LogSeverity }
