/**
 * Runs one program of the check and waits for it.
 * In: its name and arguments. Out: exit code, everything it wrote, and how long it took.
 * Here so that colours, the package's own programs and the kept output are decided once.
 */
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "")
export const terminal = process.stdout.isTTY === true

export interface Finished {
  /** 127 when the program could not be started. */
  readonly code: number
  readonly output: string
  readonly millis: number
}

const environment = (): NodeJS.ProcessEnv => {
  const { FORCE_COLOR: _forced, ...rest } = process.env
  const kept = { ...rest, DPRINT_CACHE_DIR: `${root}/node_modules/.cache/dprint` }
  return terminal ? kept : { ...kept, NO_COLOR: "1" }
}

/** `show: true` lets the program write to the terminal while it runs, and keeps nothing. */
export const command = (
  program: string,
  parameters: ReadonlyArray<string>,
  options: { readonly show?: boolean } = {}
): Promise<Finished> =>
  new Promise((resolve) => {
    const start = performance.now()
    let output = ""
    const child = spawn(program, parameters, {
      cwd: root,
      env: environment(),
      stdio: options.show === true ? "inherit" : ["ignore", "pipe", "pipe"]
    })
    const keep = (chunk: Buffer) => {
      output += chunk.toString("utf8")
    }
    child.stdout?.on("data", keep)
    child.stderr?.on("data", keep)
    const finish = (code: number) => resolve({ code, output, millis: performance.now() - start })
    child.on("error", (error) => {
      output += `${program}: ${error.message}\n`
      finish(127)
    })
    child.on("close", (code) => finish(code ?? 1))
  })
