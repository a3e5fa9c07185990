/**
 * bin/daruma as npm installs it: through a link, from another folder, with arguments, signals and exit codes.
 * In: a scratch checkout whose program says what it was given. Out: what it said, and how it ended.
 * Here because a launcher that loses a signal turns every orderly stop into a kill.
 */
import { assert, describe, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { runIn, scratch } from "../kit/scratch.ts"
import { repository } from "../kit/sourceTree.ts"

const launcher = readFileSync(`${repository}bin/daruma`, "utf8")
const path = process.env["PATH"] ?? ""

const installed = (program: string) => {
  const folder = scratch({ "bin/daruma": launcher, "layers/main.ts": program, "elsewhere/.keep": "" })
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true })
  symlinkSync(process.execPath, join(folder, "node_modules/.bin/node"))
  symlinkSync("..", join(folder, "node_modules/daruma"))
  symlinkSync("../daruma/bin/daruma", join(folder, "node_modules/.bin/daruma"))
  return folder
}

const says = "const given: ReadonlyArray<string> = process.argv.slice(2)\n" +
  "console.log(JSON.stringify({ given, cache: process.env.NODE_COMPILE_CACHE, warn: process.execArgv }))\n" +
  "process.exitCode = 3\n"

describe("bin/daruma", () => {
  it("finds its project through npm's link, and passes on arguments and exit code", async () => {
    const folder = installed(says)
    const link = join(folder, "node_modules/.bin/daruma")
    const { code, output } = await runIn(join(folder, "elsewhere"), link, ["trade", "--for", "a b"], {
      PATH: path
    })
    const said = JSON.parse(output) as Readonly<Record<string, unknown>>
    assert.strictEqual(code, 3)
    assert.deepStrictEqual(said["given"], ["trade", "--for", "a b"])
    assert.strictEqual(said["cache"], join(realpathSync(folder), "node_modules/.cache/daruma"))
  })

  it("silences notices that something in Node is experimental, and no other warning", async () => {
    const program =
      "process.emitWarning(\"look here\")\nprocess.emitWarning(\"new\", \"ExperimentalWarning\")\n"
    const { output } = await runIn(installed(program), "bin/daruma", [], { PATH: path })
    assert.include(output, "look here")
    assert.notInclude(output, "ExperimentalWarning")
  })

  it("is replaced by the program, so that a signal reaches it and its answer is the exit code", async () => {
    const folder = installed(
      "process.on(\"SIGTERM\", () => process.exit(7))\nconsole.log(\"up\")\nsetTimeout(() => process.exit(9), 4000)\n"
    )
    const child = spawn(join(folder, "bin/daruma"), [], {
      env: { PATH: path },
      stdio: ["ignore", "pipe", "inherit"]
    })
    await once(child.stdout, "data")
    child.kill("SIGTERM")
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null]
    assert.deepStrictEqual([code, signal], [7, null])
  })

  it("says which command to type when the packages are missing", async () => {
    const folder = scratch({ "bin/daruma": launcher })
    const { code, output } = await runIn(folder, "bin/daruma", [], { PATH: path })
    assert.strictEqual(code, 1)
    assert.include(output, `cd ${realpathSync(folder)} && node bin/setup.mjs`)
  })

  it("refuses an older Node when npm has none for the platform", async () => {
    const folder = scratch({
      "bin/daruma": launcher,
      "node_modules/.keep": "",
      "old/node": "#!/bin/sh\nexit 1\n"
    })
    const { code, output } = await runIn(folder, "bin/daruma", [], { PATH: `${join(folder, "old")}:${path}` })
    assert.strictEqual(code, 1)
    assert.include(output, "needs Node 24.14 or later")
  })
})
