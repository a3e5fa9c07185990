/**
 * How far a run has come, on stderr: one line that rewrites itself on a terminal, or JSON lines for a program.
 * In: bars done, the clock. Out: at most ten updates a second; nothing at all where nobody asked.
 * Never on stdout, and gone before the results are printed.
 */
import { Clock, Effect } from "effect"
import type { ProgressMode } from "../../src/cli/BacktestOptions.ts"
import { fixed, formatDuration } from "../../src/report/format.ts"
import type { Output } from "./Terminal.ts"

export interface Progress {
  /** Says what is being done before there is anything to count. */
  readonly say: (words: string) => void
  readonly update: (done: number, total: number) => Effect.Effect<void>
  /** Wipes the line. */
  readonly clear: () => void
}

const EVERY_MILLIS = 100
const WIPE = "\r\u001b[2K"

export const makeProgress = (mode: ProgressMode, output: Output): Progress => {
  if (mode === "off" || (mode === "auto" && output.isTTY !== true)) return SILENT
  let begun: number | null = null
  let shown = -Infinity
  const line = (words: string) => output.write(`${WIPE}${words}`)
  return {
    say: (words) => void (mode === "auto" && line(words)),
    update: (done, total) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        begun ??= now
        if (done < total && now - shown < EVERY_MILLIS) return
        shown = now
        const seconds = (now - begun) / 1_000
        const speed = seconds > 0 ? done / seconds : 0
        const left = speed > 0 ? (total - done) / speed : null
        if (mode === "json") output.write(`${JSON.stringify({ kind: "Progress", done, total, left })}\n`)
        else line(progressWords(done, total, speed, left))
      }),
    clear: () => void (mode === "auto" && output.write(WIPE))
  }
}

/** `  45 %  412,345 of 1,030,000 bars  1,200,000 bars/s  0.5 s left`. */
export const progressWords = (done: number, total: number, speed: number, left: number | null): string => {
  const share = `${Math.floor((done / total) * 100)} %`.padStart(5)
  const pace = left === null ? "" : `  ${fixed(speed, 0)} bars/s  ${formatDuration(left * 1_000)} left`
  return `${share}  ${fixed(done, 0)} of ${fixed(total, 0)} bars${pace}`
}

const SILENT: Progress = { say: () => {}, update: () => Effect.void, clear: () => {} }
