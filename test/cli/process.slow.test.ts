/**
 * The executable as a user starts it: exit codes, speed of help, and what help must not load.
 * In: command lines in a scratch folder. Out: assertions on codes and output of real processes.
 */
import { assert, describe, it } from "@effect/vitest"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { runIn, scratch } from "../kit/scratch.ts"

const MAIN = fileURLToPath(new URL("../../layers/main.ts", import.meta.url))
const QUIET = "--disable-warning=ExperimentalWarning"

const daruma = (folder: string, line: string, env: Readonly<Record<string, string>> = {}) =>
  runIn(folder, process.execPath, [QUIET, MAIN, ...line.split(" ").filter((word) => word !== "")], {
    PATH: process.env["PATH"] ?? "",
    ...env
  })

describe("daruma, the process", () => {
  it("--help ends with 0 and loads neither SQLite nor telemetry nor the schemas", async () => {
    const listing =
      "const { registerHooks } = await import('node:module'); registerHooks({ load(url, context, next) { process.stderr.write('loaded ' + url + '\\n'); return next(url, context) } })"
    const folder = scratch({ "hooks.mjs": listing })
    const { code, output } = await runIn(folder, process.execPath, [
      QUIET,
      "--import",
      `file://${join(folder, "hooks.mjs")}`,
      MAIN,
      "--help"
    ], {})
    assert.strictEqual(code, 0)
    assert.include(output, "SUBCOMMANDS")
    const loaded = output.split("\n").filter((line) => line.startsWith("loaded "))
    assert.isNotEmpty(loaded)
    assert.isEmpty(
      loaded.filter((url) =>
        /node:sqlite|opentelemetry|domain\/Settings|layers\/(journal|settings|http|console)|engine\//.test(
          url
        )
      )
    )
  })

  it("ends usage with 2, a refusal with 4, and says why on the way", async () => {
    const folder = scratch({})
    const [wrong, refused, cloud, mode] = await Promise.all([
      daruma(folder, "trade --nonsense"),
      daruma(folder, "trade --stage live"),
      daruma(folder, "trade", { K_SERVICE: "daruma" }),
      daruma(folder, "trade", { MODE: "backtest" })
    ])
    assert.deepStrictEqual([wrong.code, refused.code, cloud.code, mode.code], [2, 4, 4, 2])
    assert.include(refused.output, "runbooks/start-refused.md")
    assert.isFalse(existsSync(join(folder, ".daruma")), "nothing is made by a start that was refused")
  })

  it("L-45: doctor and config change nothing, not even a home", async () => {
    const folder = scratch({ "daruma.config.jsonc": "{ \"capital\": 1 } // mine" })
    const doctor = await daruma(folder, "doctor --json")
    assert.strictEqual(doctor.code, 0, doctor.output)
    const shown = await daruma(folder, "config show --effective --redact --json")
    assert.include(shown.output, "\"origin\":\"./daruma.config.jsonc:1\"")
    assert.deepStrictEqual(readdirSync(folder), ["daruma.config.jsonc"])
  })

  it("a reader that goes away early is no failure", async () => {
    const folder = scratch({})
    const script = `"${process.execPath}" ${QUIET} "${MAIN}" config show --effective | head -n 1`
    const { code, output } = await runIn(folder, "bash", ["-o", "pipefail", "-c", script], {
      PATH: process.env["PATH"] ?? ""
    })
    assert.strictEqual(code, 0, output)
    assert.strictEqual(output.trim().split("\n").length, 1, output)
  })

  it("a paper run on the demo market stops by itself with 0, its journal is whole, and every JSON line is one event", async () => {
    const folder = scratch({})
    const { code, output } = await daruma(
      folder,
      "trade --market synthetic --speed 200 --for 1s --port 0 --json --home home"
    )
    assert.strictEqual(code, 0, output)
    const events = output.split("\n").filter((line) => line.startsWith("{\"kind\"")).map((line) =>
      JSON.parse(line) as Record<string, unknown>
    )
    assert.isAbove(events.length, 20)
    assert.isTrue(events.every((event) => event["demo"] === true))
    assert.strictEqual(events.at(-1)?.["kind"], "Report")
    const files = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((
          entry
        ) => [
          entry.name,
          createHash("sha256").update(readFileSync(join(entry.parentPath, entry.name))).digest("hex")
        ])
        .toSorted()
    const before = files()
    const verified = await daruma(folder, "journal verify --home home")
    assert.strictEqual(verified.code, 0, verified.output)
    assert.include(verified.output, "the chain is whole")
    const tail = await daruma(folder, "journal tail --home home --rows 3 --json")
    assert.include(tail.output, "SessionEnded")
    assert.strictEqual((await daruma(folder, "doctor --home home")).code, 0)
    assert.deepStrictEqual(files(), before, "looking changes nothing (L-45)")
  })

  it("Ctrl-C before a run has begun says that nothing was written", async () => {
    // The module that runs a backtest is loaded last: here it stands still, and the signal comes from within.
    const hooks = `
      import { registerHooks } from "node:module"
      registerHooks({ load(url, context, next) {
        if (!url.endsWith("/backtestRun.ts")) return next(url, context)
        setTimeout(() => process.kill(process.pid, "SIGINT"), 50)
        return { format: "module", shortCircuit: true, source: "await new Promise((go) => setTimeout(go, 20_000))" }
      } })`
    const folder = scratch({ "hooks.mjs": hooks })
    const { code, output } = await runIn(folder, process.execPath, [
      QUIET,
      "--import",
      `file://${join(folder, "hooks.mjs")}`,
      MAIN,
      "backtest"
    ], {})
    assert.strictEqual(output.trim(), "stopped; nothing was written")
    assert.strictEqual(code, 0)
    assert.deepStrictEqual(readdirSync(folder), ["hooks.mjs"])
  })

  it("SIGTERM and Ctrl-C drain: the report is printed and the code is 0", async () => {
    for (const signal of ["TERM", "INT"]) {
      const folder = scratch({
        "stop.mjs": `
          import { spawn } from "node:child_process"
          const child = spawn(process.execPath, ${
          JSON.stringify([QUIET, MAIN, "trade", "--market", "synthetic", "--port", "0"])
        }, { stdio: ["ignore", "pipe", "inherit"] })
          let text = ""
          let told = false
          child.stdout.on("data", (chunk) => {
            text += chunk
            if (!told && text.includes("verdict")) told = child.kill("SIG${signal}")
          })
          child.on("close", (code, killed) => console.log(text, "code", code, "killed", killed))`
      })
      const { output } = await runIn(folder, process.execPath, ["stop.mjs"], {
        PATH: process.env["PATH"] ?? ""
      })
      assert.include(output, "session ended: drained", output.slice(0, 600))
      assert.include(output, "DEMO MARKET  Report of this run")
      assert.include(output, "code 0 killed null")
    }
  })
})
