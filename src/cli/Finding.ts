/**
 * One thing the doctor looked at.
 * In: made by layers/doctor. Out: read by the doctor command, which turns the gravest into the exit code.
 * Types and the one rule between them.
 */
import { EXIT } from "./exitCodes.ts"
import type { ExitCode } from "./exitCodes.ts"

export interface Finding {
  readonly name: string
  readonly state: "ok" | "warn" | "fail"
  /** What was seen. */
  readonly words: string
  /** What to do about it; empty when ok. */
  readonly advice: string
}

/** 1 when anything failed, else 3 when anything warns, else 0. */
export const exitCodeOfFindings = (findings: ReadonlyArray<Finding>): ExitCode => {
  if (findings.some((finding) => finding.state === "fail")) return EXIT.failed
  return findings.some((finding) => finding.state === "warn") ? EXIT.degraded : EXIT.ok
}
