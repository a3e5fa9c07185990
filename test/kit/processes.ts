/**
 * Child processes of tests, with the lines they print.
 * In: a script under test/ and its arguments. Out: lines as they come, kill and exit; killed with the scope.
 * Node runs the TypeScript file as it is.
 */
import { Effect } from "effect"
import type { Scope } from "effect"
import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"

export interface Child {
  readonly pid: number
  readonly lines: ReadonlyArray<string>
  /** Waits for the first line that matches; dies with all output when the process ends before. */
  readonly line: (wanted: (line: string) => boolean) => Effect.Effect<string>
  /** Exit code, or null after a signal. */
  readonly exit: Effect.Effect<number | null>
  readonly kill: (signal: NodeJS.Signals) => Effect.Effect<void>
}

/** Starts `test/<script>`. */
export const runScript = (
  script: string,
  args: ReadonlyArray<string>
): Effect.Effect<Child, never, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => start(fileURLToPath(new URL(`../${script}`, import.meta.url)), args)),
      ({ process }) => Effect.sync(() => process.kill("SIGKILL"))
    ),
    ({ child }) => child
  )

const start = (path: string, args: ReadonlyArray<string>) => {
  const started = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", path, ...args], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  const lines: Array<string> = []
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const ended = new Promise<number | null>((resolve) => {
    started.on("close", (code) => {
      resolve(code)
      tell()
    })
  })
  createInterface({ input: started.stdout }).on("line", (line) => {
    lines.push(line)
    tell()
  })
  return { process: started, child: childOf(started, lines, listeners, ended) }
}

const childOf = (
  started: ChildProcess,
  lines: Array<string>,
  listeners: Set<() => void>,
  ended: Promise<number | null>
): Child => ({
  pid: started.pid ?? -1,
  lines,
  line: (wanted) =>
    Effect.callback<string>((resume) => {
      const look = () => {
        const found = lines.find(wanted)
        if (found !== undefined) {
          listeners.delete(look)
          resume(Effect.succeed(found))
        } else if (started.exitCode !== null || started.signalCode !== null) {
          listeners.delete(look)
          resume(Effect.die(new Error(`the process ended without the line:\n${lines.join("\n")}`)))
        }
      }
      listeners.add(look)
      look()
    }),
  exit: Effect.promise(() => ended),
  kill: (signal) => Effect.sync(() => void started.kill(signal))
})
