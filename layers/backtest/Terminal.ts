/**
 * What a batch command sees of the process it runs in.
 * In: handed down by layers/main.ts. Out: where to print, where relative paths begin, what the environment says.
 * Types only; a test hands down its own.
 */

export interface Output {
  readonly write: (text: string) => unknown
  readonly isTTY?: boolean | undefined
  /** Width in characters, where the terminal says it. */
  readonly columns?: number | undefined
}

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdout: Output
  readonly stderr: Output
}
