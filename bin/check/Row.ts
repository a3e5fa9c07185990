/**
 * One line of the check's table.
 * In: what a step found. Out: the shape that bin/check/table.ts draws and the exit code is made of.
 * Here because every step ends in the same three answers: is it green, what was seen, how long did it take.
 */

export interface Row {
  readonly name: string
  /** `note` rows explain the row above and are never red. */
  readonly state: "green" | "red" | "note"
  readonly words: string
  /** Wall time; undefined when the row is part of another step. */
  readonly millis?: number
  /** What a person needs to mend it; printed above the table when the row is red. */
  readonly details?: string
}

export const verdict = (green: boolean): "green" | "red" => green ? "green" : "red"
