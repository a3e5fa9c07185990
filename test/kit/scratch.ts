/**
 * A folder for one test, and programs run in it as a user would.
 * In: files to write, a program and its environment. Out: the folder, exit code and output; the folder is gone after the test.
 * For tests of the house's own tools, which are processes and not effects.
 */
import { spawn } from "node:child_process"
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { onTestFinished } from "vitest"

/** A new empty folder holding `files` (path to text); those that begin with `#!` may be executed. */
export const scratch = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "daruma-test-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    if (text.startsWith("#!")) chmodSync(file, 0o755)
  }
  return folder
}

export interface Ended {
  readonly code: number | null
  readonly output: string
}

/** Runs a program to its end; `environment` is all it sees. */
export const runIn = (
  folder: string,
  program: string,
  parameters: ReadonlyArray<string>,
  environment: Readonly<Record<string, string>>
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"]
    })
    let output = ""
    const keep = (chunk: Buffer) => {
      output += chunk.toString("utf8")
    }
    child.stdout.on("data", keep)
    child.stderr.on("data", keep)
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, output }))
  })
