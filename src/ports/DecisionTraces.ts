/**
 * Where finished decisions become traces: the record plus the machine times its stages took.
 * In: one timeline a decision, once its outcome is known. Out: nothing; a full queue drops and counts, trading never waits.
 * Contract only, with a default that keeps none; observability/ builds the spans (decisions 7).
 */
import { Context } from "effect"
import type { DecisionRecord } from "../domain/Decision.ts"

export type StageName =
  | "observe"
  | "predict"
  | "vote"
  | "check"
  | "plan"
  | "append"
  | "submit"
  | "ack"
  | "fill"
  | "settle"

/** One stage's work in machine time, Unix nanoseconds as milliseconds with fraction (performance.timeOrigin + now). */
export interface StageMark {
  readonly stage: StageName
  readonly startMillis: number
  readonly endMillis: number
  readonly attributes: Readonly<Record<string, string | number | boolean>>
}

export interface DecisionTimeline {
  readonly record: DecisionRecord
  readonly account: string
  readonly epoch: number
  readonly demo: boolean
  readonly marks: ReadonlyArray<StageMark>
  readonly outcome: "hold" | "refused" | "ordered" | "error"
  readonly words: string
}

export const DecisionTraces = Context.Reference<{ readonly record: (timeline: DecisionTimeline) => void }>(
  "daruma/ports/DecisionTraces",
  { defaultValue: () => ({ record: () => {} }) }
)
