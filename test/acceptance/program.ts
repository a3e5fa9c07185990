/**
 * The real program as a separate process, started the way a user starts it.
 * In: a command line, an environment, a scratch folder. Out: what it prints, its health address, its end, its journal.
 * Beside the acceptance tests because nothing else may need a whole process to be sure of a line.
 */
import { spawn } from "node:child_process"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { onTestFinished } from "vitest"

const EXECUTABLE = fileURLToPath(new URL("../../bin/daruma", import.meta.url))

export interface Program {
  readonly output: () => string
  /** Waits for text in what it prints; fails with the output when it ends or 20 s pass before. */
  readonly printed: (text: string | RegExp) => Promise<void>
  /** Base address of its health server, once it says so. */
  readonly address: () => Promise<string>
  readonly kill: (signal: NodeJS.Signals) => void
  /** Exit code; null after a signal that it did not handle. */
  readonly ended: Promise<number | null>
}

/** Starts `daruma <line>` in `folder`; it is killed with the test when it still runs. */
export const startProgram = (
  folder: string,
  line: string,
  environment: Readonly<Record<string, string>> = {}
): Program => {
  const child = spawn(EXECUTABLE, line.split(" "), {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"]
  })
  let output = ""
  let isOver = false
  const keep = (chunk: Buffer) => {
    output += chunk.toString("utf8")
  }
  child.stdout.on("data", keep)
  child.stderr.on("data", keep)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => {
      isOver = true
      resolve(code)
    })
  })
  onTestFinished(() => void child.kill("SIGKILL"))
  const has = (text: string | RegExp) => typeof text === "string" ? output.includes(text) : text.test(output)
  const printed = async (text: string | RegExp) => {
    const deadline = performance.now() + 20_000
    while (!has(text)) {
      if (isOver || performance.now() > deadline) throw new Error(`never printed: ${text}\n${output}`)
      await new Promise((resume) => setTimeout(resume, 5))
    }
  }
  const HEALTH = /(http:\/\/127\.0\.0\.1:\d+)/
  const address = async () => {
    await printed(HEALTH)
    return HEALTH.exec(output)?.[1] ?? ""
  }
  return { output: () => output, printed, address, kill: (signal) => void child.kill(signal), ended }
}

/** The one journal under a home. */
export const journalUnder = (home: string): string => {
  const found = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.name === "journal.sqlite"
  )
  const [only] = found
  if (only === undefined || found.length > 1) throw new Error(`${found.length} journals under ${home}`)
  return join(only.parentPath, only.name)
}
