/**
 * The three shapes of a log line: Cloud Logging's JSON, colours for a terminal, plain text for everything else.
 * In: LogLine. Out: one line, without the line end; a cause takes further lines only where people read.
 * Pure. Field names: Cloud Logging's structured logging (conventions F1, F4).
 */
import { Formatter } from "effect"
import type { LogLine, LogSeverity } from "./LogLine.ts"

type Shape = (line: LogLine) => string

const TRACE = "logging.googleapis.com/trace"
const SPAN = "logging.googleapis.com/spanId"
const SAMPLED = "logging.googleapis.com/trace_sampled"
const LABELS = "logging.googleapis.com/labels"

/** JSON for Cloud Logging; `project` null leaves the bare trace id. */
const cloud = (project: string | null): Shape => (line) =>
  // Formatter's JSON keeps redacted values redacted and survives circular ones.
  Formatter.formatJson({
    ...line.fields,
    severity: line.severity,
    time: line.date.toISOString(),
    message: line.cause === null ? line.message : `${line.message}\n${line.cause}`,
    ...(line.runbook === null ? {} : { runbook: line.runbook }),
    ...(line.span === null ? {} : {
      [TRACE]: project === null ? line.span.traceId : `projects/${project}/traces/${line.span.traceId}`,
      [SPAN]: line.span.spanId,
      [SAMPLED]: line.span.sampled
    }),
    ...(Object.keys(line.labels).length === 0 ? {} : { [LABELS]: line.labels })
  })

const facts = (line: LogLine): string => {
  const all = { ...line.labels, ...line.fields, ...(line.runbook === null ? {} : { runbook: line.runbook }) }
  return Object.entries(all).map(([name, value]) =>
    ` ${name}=${typeof value === "string" ? value : Formatter.formatJson(value)}`
  ).join("")
}

const causeBelow = (line: LogLine): string =>
  line.cause === null ? "" : `\n${line.cause.split("\n").map((row) => `    ${row}`).join("\n")}`

/** One line of text, ISO time first; made for files and for grep. */
const plain: Shape = (line) =>
  `${line.date.toISOString()} ${line.severity.padEnd(8)} ${line.message}${facts(line)}${causeBelow(line)}`

const ESCAPE = "\u001b["
const COLOURS: Readonly<Record<LogSeverity, string>> = {
  DEBUG: `${ESCAPE}90m`,
  INFO: `${ESCAPE}32m`,
  NOTICE: `${ESCAPE}36m`,
  WARNING: `${ESCAPE}33m`,
  ERROR: `${ESCAPE}31m`,
  CRITICAL: `${ESCAPE}1;31m`
}
const DIM = `${ESCAPE}90m`
const RESET = `${ESCAPE}0m`

/** Short time, coloured severity, dimmed facts; for a terminal only. */
const pretty: Shape = (line) =>
  `${DIM}${line.date.toISOString().slice(11, 19)}${RESET} ${COLOURS[line.severity]}${
    line.severity.padEnd(8)
  }${RESET} ` +
  `${line.message}${DIM}${facts(line)}${RESET}${causeBelow(line)}`

export { cloud, plain, pretty }
export type { Shape }
