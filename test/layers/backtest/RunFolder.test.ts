/**
 * A folder that appears whole or not at all, on a disk that fails at every step.
 * In: scratch folders, a file system that refuses one step. Out: assertions on what lies there afterwards.
 */
import { NodeFileSystem } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { openRunFolder } from "../../../layers/backtest/RunFolder.ts"
import { scratch } from "../../kit/scratch.ts"
import { diskFaults } from "./diskFaults.ts"
import type { Step } from "./diskFaults.ts"

const everything = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true }).map(String).toSorted()

/** Two files into `<root>/deep/runs/mine`. */
const twoFiles = (root: string, replace = false) =>
  Effect.scoped(Effect.gen(function*() {
    const folder = yield* openRunFolder(join(root, "deep", "runs"))
    const lines = yield* folder.lines("lines.jsonl")
    lines.add("{}")
    yield* lines.flush
    lines.add("{\"é\":1}")
    const written = [yield* folder.write("a.csv", "a,b\n"), yield* lines.end]
    yield* folder.publish(join(root, "deep", "runs", "mine"), replace)
    return written
  }))

describe("openRunFolder", () => {
  it.effect("gives the folder its name once everything is in it, with size and hash of each file", () =>
    Effect.gen(function*() {
      const root = scratch({})
      const written = yield* twoFiles(root)
      assert.deepStrictEqual(everything(root), [
        "deep",
        "deep/runs",
        "deep/runs/mine",
        "deep/runs/mine/a.csv",
        "deep/runs/mine/lines.jsonl"
      ])
      for (const { bytes, name, sha256 } of written) {
        const content = readFileSync(join(root, "deep", "runs", "mine", name))
        assert.strictEqual(bytes, content.length)
        assert.strictEqual(sha256, createHash("sha256").update(content).digest("hex"))
      }
      assert.strictEqual(readFileSync(join(root, "deep/runs/mine/lines.jsonl"), "utf8"), "{}\n{\"é\":1}\n")
      assert.strictEqual(statSync(join(root, "deep/runs/mine")).mode & 0o055, 0o055, "others may read it")
    }).pipe(Effect.provide(NodeFileSystem.layer)))

  it.effect("what is not published is gone, and so are the parents made for it", () =>
    Effect.gen(function*() {
      const root = scratch({})
      yield* Effect.scoped(Effect.gen(function*() {
        const folder = yield* openRunFolder(join(root, "deep", "runs"))
        yield* folder.write("a.csv", "a\n")
        assert.isAbove(everything(root).length, 2, "something lies there while it runs")
      }))
      assert.deepStrictEqual(everything(root), [])
    }).pipe(Effect.provide(NodeFileSystem.layer)))

  it.effect("a parent that somebody else uses stays", () =>
    Effect.gen(function*() {
      const root = scratch({ "deep/other.txt": "mine" })
      yield* Effect.scoped(openRunFolder(join(root, "deep", "runs")))
      assert.deepStrictEqual(everything(root), ["deep", "deep/other.txt"])
    }).pipe(Effect.provide(NodeFileSystem.layer)))

  it.effect("a parent made for the run stays when somebody else put something into it meanwhile", () =>
    Effect.gen(function*() {
      const root = scratch({})
      yield* Effect.scoped(Effect.gen(function*() {
        yield* openRunFolder(join(root, "deep", "runs"))
        writeFileSync(join(root, "deep", "other.txt"), "mine")
      }))
      assert.deepStrictEqual(everything(root), ["deep", "deep/other.txt"])
    }).pipe(Effect.provide(NodeFileSystem.layer)))

  const faults: ReadonlyArray<readonly [Step, string, string]> = [
    ["makeDirectory", "deep", "EACCES"],
    ["makeDirectory", "runs", "EROFS"],
    ["makeDirectory", "partial", "ENOSPC"],
    ["open", "lines.jsonl", "EDQUOT"],
    ["write", "lines.jsonl", "ENOSPC"],
    ["sync", "lines.jsonl", "ENOSPC"],
    ["open", "a.csv", "ENOSPC"],
    ["write", "a.csv", "EFBIG"],
    ["sync", "a.csv", "EIO"],
    ["rename", "mine", "ENOTEMPTY"]
  ]
  it.effect.each(faults)(
    "when %s of %s fails with %s, nothing is left",
    ([step, part, code]) =>
      Effect.gen(function*() {
        const root = scratch({})
        const disk = diskFaults((at, path) =>
          at === step && path.slice(root.length).includes(part) ? code : null
        )
        const fault = yield* Effect.flip(Effect.provide(twoFiles(root), disk))
        assert.strictEqual(fault._tag, "OutputUnwritable")
        assert.match(fault.message, /full|quota|may not|read-only|larger|already|cannot be written \(EIO\)/)
        assert.deepStrictEqual(everything(root), [])
      })
  )

  it.effect("an interrupt leaves nothing", () =>
    Effect.gen(function*() {
      const root = scratch({})
      const exit = yield* Effect.exit(Effect.scoped(Effect.gen(function*() {
        const folder = yield* openRunFolder(join(root, "runs"))
        yield* folder.write("a.csv", "a\n")
        return yield* Effect.interrupt
      })))
      assert.isTrue(Exit.hasInterrupts(exit))
      assert.deepStrictEqual(everything(root), [])
    }).pipe(Effect.provide(NodeFileSystem.layer)))

  it.effect("a folder that is replaced goes whole; when the new one cannot take its place it comes back whole", () =>
    Effect.gen(function*() {
      const old = { "deep/runs/mine/a.csv": "old", "deep/runs/mine/z.csv": "old" }
      const root = scratch(old)
      yield* Effect.provide(twoFiles(root, true), NodeFileSystem.layer)
      assert.deepStrictEqual(everything(join(root, "deep")), [
        "runs",
        "runs/mine",
        "runs/mine/a.csv",
        "runs/mine/lines.jsonl"
      ])
      const again = scratch(old)
      let renames = 0
      const disk = diskFaults((step) => step === "rename" && ++renames === 2 ? "EIO" : null)
      yield* Effect.flip(Effect.provide(twoFiles(again, true), disk))
      assert.deepStrictEqual(everything(join(again, "deep")), [
        "runs",
        "runs/mine",
        "runs/mine/a.csv",
        "runs/mine/z.csv"
      ])
      assert.strictEqual(readFileSync(join(again, "deep/runs/mine/a.csv"), "utf8"), "old")
    }))

  it.effect("two at once in one place do not meet", () =>
    Effect.gen(function*() {
      const root = scratch({})
      yield* Effect.scoped(Effect.gen(function*() {
        const one = yield* openRunFolder(root)
        const other = yield* openRunFolder(root)
        yield* one.write("a", "1")
        yield* other.write("a", "2")
        yield* one.publish(join(root, "one"), false)
        yield* other.publish(join(root, "other"), false)
      }))
      assert.strictEqual(readFileSync(join(root, "one/a"), "utf8"), "1")
      assert.strictEqual(readFileSync(join(root, "other/a"), "utf8"), "2")
    }).pipe(Effect.provide(NodeFileSystem.layer)))

  it.effect("what a killed process left behind goes; what a living one, another host or a swap left stays", () =>
    Effect.gen(function*() {
      const gone = spawnSync("true").pid
      const kept = [
        `.daruma-partial-${process.ppid}-1`,
        `.daruma-partial-${process.pid}-7`,
        `.daruma-partial-${gone}-1@elsewhere.example`,
        `.daruma-partial-${gone}-1-old`,
        `.daruma-partial-${gone}-1@${hostname()}-old`,
        ".daruma-partial-mine"
      ]
      const left = [`.daruma-partial-${gone}-1`, `.daruma-partial-${gone}-2@${hostname()}`]
      const root = scratch(Object.fromEntries([...kept, ...left].map((name) => [`${name}/a.csv`, "a"])))
      writeFileSync(join(root, `.daruma-partial-${gone}-9`), "a file is none of ours")
      yield* Effect.scoped(openRunFolder(root))
      assert.deepStrictEqual(readdirSync(root).toSorted(), [...kept, `.daruma-partial-${gone}-9`].toSorted())
    }).pipe(Effect.provide(NodeFileSystem.layer)))

  it.effect("one file can be published alone, over an older one", () =>
    Effect.gen(function*() {
      const root = scratch({ "f.csv": "old" })
      yield* Effect.scoped(Effect.gen(function*() {
        const folder = yield* openRunFolder(root)
        yield* folder.write("f.csv", "new")
        yield* folder.publishFile("f.csv", join(root, "f.csv"))
      }))
      assert.deepStrictEqual(everything(root), ["f.csv"])
      assert.strictEqual(readFileSync(join(root, "f.csv"), "utf8"), "new")
      assert.isTrue(existsSync(root))
    }).pipe(Effect.provide(NodeFileSystem.layer)))
})
