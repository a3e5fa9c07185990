/**
 * The doctor's checks on real folders and journals.
 * In: scratch folders, damaged files. Out: assertions on findings, and that looking changes nothing.
 */
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { diskFindingOf, examine, nodeFinding } from "../../layers/doctor/checks.ts"
import { journalsOf, verifyJournal } from "../../layers/doctor/journals.ts"
import type { Environment } from "../../layers/settings/environment.ts"
import { exitCodeOfFindings } from "../../src/cli/Finding.ts"
import { PROFILES } from "../settings/reading.ts"
import { scratch } from "../kit/scratch.ts"

const look = (cwd: string, home: string, env: Environment = {}) =>
  examine({ profile: "balanced", config: null, flags: {} }, home, {
    env,
    cwd,
    profiles: PROFILES,
    nodeVersion: process.version,
    journals: (folder) => journalsOf(folder, null),
    verifyJournal
  }).pipe(Effect.provide(NodeServices.layer))

describe("examine", () => {
  it.effect("L-45: a home that is absent stays absent, and all is well", () =>
    Effect.gen(function*() {
      const cwd = scratch({})
      const findings = yield* look(cwd, "not/yet")
      assert.strictEqual(
        exitCodeOfFindings(findings.filter((finding) => finding.name !== "disk")),
        0,
        JSON.stringify(findings)
      )
      assert.deepStrictEqual(findings.map((finding) => finding.name), [
        "node",
        "settings",
        "features",
        "home",
        "disk",
        "journal",
        "backtests",
        "dataset cache"
      ])
      assert.deepStrictEqual(readdirSync(cwd), [])
    }))

  it.effect("wrong settings, a home that is a file and a journal that is none fail, each with something to do", () =>
    Effect.gen(function*() {
      const cwd = scratch({
        "daruma.config.jsonc": "{ \"capitol\": 1 }",
        "home/a/journal.sqlite": "not a database",
        file: ""
      })
      const findings = yield* look(cwd, "home")
      const failed = findings.filter((finding) => finding.state === "fail")
      assert.deepStrictEqual(failed.map((finding) => finding.name), ["settings", "journal"])
      assert.isTrue(failed.every((finding) => finding.advice !== ""))
      assert.include(failed[0]?.words, "did you mean capital?")
      const onFile = yield* look(cwd, "file")
      assert.include(onFile.find((finding) => finding.name === "home")?.words, "is a file")
      assert.deepStrictEqual(readdirSync(join(cwd, "home", "a")), ["journal.sqlite"])
    }))

  it.effect("backtests: counts what is kept, names what a killed run left, and fails on a file of that name", () =>
    Effect.gen(function*() {
      const cwd = scratch({
        "home/backtests/one/result.json": "{}",
        "home/backtests/.last_result.json": "{}",
        "home/backtests/.daruma-partial-77-1/trades.csv": "",
        "other/backtests": "a file"
      })
      const found = (yield* look(cwd, "home")).filter((finding) => finding.name === "backtests")
      assert.deepStrictEqual(found.map(({ state, words }) => [state, words.replace(cwd, "")]), [
        ["ok", "1 kept in /home/backtests"],
        ["warn", "1 unfinished: .daruma-partial-77-1"]
      ])
      assert.include(found[1]?.advice, "delete them")
      const file = (yield* look(cwd, "other")).find((finding) => finding.name === "backtests")
      assert.deepStrictEqual([file?.state, file?.advice === ""], ["fail", false])
    }))

  it.effect("a disagreement of settings is a warning: exit 3", () =>
    Effect.gen(function*() {
      const findings = yield* look(scratch({}), "home", { MODE: "live" })
      assert.deepStrictEqual(
        findings.filter((finding) => finding.state === "warn").map((finding) => finding.words),
        ["env MODE says live; the stage is paper"]
      )
      assert.strictEqual(exitCodeOfFindings(findings), 3)
    }))
})

describe("findings", () => {
  it("an old Node fails, ours does not", () => {
    assert.strictEqual(nodeFinding("v20.19.0").state, "fail")
    assert.strictEqual(nodeFinding("v24.13.9").state, "fail")
    assert.strictEqual(nodeFinding("v24.14.0").state, "ok")
    assert.strictEqual(nodeFinding("v25.0.0").state, "ok")
  })

  it("a disk warns below 1 GiB and fails below 64 MiB", () => {
    const mebibyte = 1_048_576
    assert.strictEqual(diskFindingOf(1_024 * mebibyte).state, "ok")
    assert.strictEqual(diskFindingOf(1_024 * mebibyte - 1).state, "warn")
    assert.strictEqual(diskFindingOf(64 * mebibyte - 1).state, "fail")
  })
})

describe("journalsOf", () => {
  it.effect("finds every journal of a home in order, none where there is none, and refuses a path that is not there", () =>
    Effect.gen(function*() {
      const cwd = scratch({ "home/b/journal.sqlite": "", "home/a/journal.sqlite": "", "home/c/other": "" })
      assert.deepStrictEqual(
        yield* journalsOf(join(cwd, "home"), null),
        ["a", "b"].map((key) => join(cwd, "home", key, "journal.sqlite"))
      )
      assert.deepStrictEqual(yield* journalsOf(join(cwd, "none"), null), [])
      const fault = yield* Effect.flip(journalsOf(cwd, join(cwd, "x.sqlite")))
      assert.strictEqual(fault._tag, "JournalUnavailable")
    }))
})
