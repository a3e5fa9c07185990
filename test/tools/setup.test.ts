/**
 * The setup script as a user meets it: first run, second run, changed lockfile, no network, two at once.
 * In: a scratch checkout and a stand-in npm that records its calls. Out: what setup says, its exit code, the calls.
 * The real npm is exercised by every fresh clone; its failures cannot be had on order.
 */
import { assert, describe, it } from "@effect/vitest"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { repository } from "../kit/sourceTree.ts"
import { runIn, scratch } from "../kit/scratch.ts"

const installs = `#!/bin/sh
echo "$@" >> calls
sleep 0.4
mkdir -p node_modules/.bin
touch node_modules/.bin/vitest node_modules/.bin/daruma
`
const offline = `#!/bin/sh
echo "npm error code ENOTFOUND" >&2
echo "npm error request to https://registry.example/x failed" >&2
exit 1
`
const broken = `#!/bin/sh
echo "npm error code EUSAGE" >&2
exit 1
`

const checkout = (npm: string) =>
  scratch({
    "bin/setup.mjs": readFileSync(`${repository}bin/setup.mjs`, "utf8"),
    "package-lock.json": "{}\n",
    "programs/npm": npm,
    "temporary/.keep": ""
  })

const setup = (folder: string) =>
  runIn(folder, process.execPath, ["bin/setup.mjs"], {
    PATH: `${join(folder, "programs")}:${process.env["PATH"] ?? ""}`,
    TMPDIR: join(folder, "temporary")
  })

const calls = (folder: string) =>
  existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n") : []

describe("setup", () => {
  it("installs with npm ci on the first run, says so, and is silent on the second", async () => {
    const folder = checkout(installs)
    const first = await setup(folder)
    assert.strictEqual(first.code, 0)
    assert.match(first.output, /installing .* npm ci \(first run\)\nsetup: done in \d+\.\d s\n$/)
    assert.match(calls(folder)[0] ?? "", /^ci /)
    const second = await setup(folder)
    assert.deepStrictEqual(second, { code: 0, output: "" })
    assert.strictEqual(calls(folder).length, 1)
  })

  it("installs again when the lockfile has changed", async () => {
    const folder = checkout(installs)
    await setup(folder)
    writeFileSync(join(folder, "package-lock.json"), "{ \"changed\": true }\n")
    const again = await setup(folder)
    assert.match(again.output, /it changed/)
    assert.strictEqual(calls(folder).length, 2)
  })

  it("takes packages that were installed by hand after the lockfile was written", async () => {
    const folder = checkout(installs)
    mkdirSync(join(folder, "node_modules/.bin"), { recursive: true })
    for (const name of [".bin/vitest", ".bin/daruma", ".package-lock.json"]) {
      writeFileSync(join(folder, "node_modules", name), "")
    }
    assert.deepStrictEqual(await setup(folder), { code: 0, output: "" })
    assert.deepStrictEqual(calls(folder), [])
  })

  it("ends with code 1, npm's own words and two ways out when the registry cannot be reached", async () => {
    const folder = checkout(offline)
    const { code, output } = await setup(folder)
    assert.strictEqual(code, 1)
    assert.include(output, "npm error code ENOTFOUND")
    assert.match(output, /Two ways out:\nsetup: {3}1\. .*\n.*\nsetup: {3}2\. /)
    assert.isFalse(existsSync(join(folder, "node_modules/.daruma-setup")))
  })

  it("does not blame the network when npm fails for another reason", async () => {
    const { code, output } = await setup(checkout(broken))
    assert.strictEqual(code, 1)
    assert.include(output, "EUSAGE")
    assert.notInclude(output, "Two ways out")
  })

  it("installs once when two start together, and the second says that it waits", async () => {
    const folder = checkout(installs)
    const both = await Promise.all([setup(folder), setup(folder)])
    assert.deepStrictEqual(both.map((each) => each.code), [0, 0])
    assert.strictEqual(calls(folder).length, 1)
    assert.strictEqual(both.filter((each) => each.output.includes("waiting for it")).length, 1)
  })

  it("takes over a lock whose process is gone", async () => {
    const folder = checkout(installs.replace("sleep 0.4", "ls \"$TMPDIR\" > lockname"))
    await setup(folder)
    const lock = join(folder, "temporary", readFileSync(join(folder, "lockname"), "utf8").trim())
    const gone = await runIn(folder, process.execPath, ["-p", "process.pid"], {})
    mkdirSync(lock)
    writeFileSync(join(lock, "pid"), gone.output.trim())
    writeFileSync(join(folder, "package-lock.json"), "{ \"changed\": true }\n")
    assert.strictEqual((await setup(folder)).code, 0)
    assert.strictEqual(calls(folder).length, 2)
    assert.isFalse(existsSync(lock), "the lock is given back")
  })
})
