import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { plainRows } from "../kit/journalFile.ts"
import { scratch } from "../kit/scratch.ts"

const program = fileURLToPath(new URL("../../bin/daruma", import.meta.url))

/** Trades until `act` has been done after the first candle; returns the exit and the last row's kind. */
const until = async (act: (child: ReturnType<typeof spawn>) => void) => {
  const home = scratch({})
  const child = spawn(program, ["trade", "--market", "synthetic", "--home", home, "--port", "0"], {
    env: { PATH: process.env["PATH"] ?? "" },
    stdio: ["ignore", "pipe", "ignore"]
  })
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)))
  let text = ""
  child.stdout?.on("data", (chunk: Buffer) => {
    const before = text.includes("close ")
    text += chunk.toString("utf8")
    if (!before && text.includes("close ")) act(child)
  })
  const code = await ended
  const desk = join(home, readdirSync(home)[0] ?? "")
  const left = readdirSync(desk).toSorted()
  return { code, last: plainRows(join(desk, "journal.sqlite")).at(-1)?.kind, left }
}

const CLEAN = { code: 0, last: "SessionEnded", left: ["journal.sqlite", "venue.sqlite"] }

describe("a trading process whose reader or terminal goes away", () => {
  it("drains when its output is no longer read", async () => {
    assert.deepStrictEqual(await until((child) => child.stdout?.destroy()), CLEAN)
  }, 20_000)

  it("drains on SIGHUP", async () => {
    assert.deepStrictEqual(await until((child) => child.kill("SIGHUP")), CLEAN)
  }, 20_000)
})
