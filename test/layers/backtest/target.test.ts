/**
 * Whose place is it? Folders that are free, a run's, somebody else's.
 * In: scratch folders. Out: assertions on what may be replaced and what is refused.
 */
import { NodeFileSystem } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { mayReplace, standingAt } from "../../../layers/backtest/target.ts"
import { scratch } from "../../kit/scratch.ts"

const result = JSON.stringify({ kind: "backtest", inputsHash: "i", fingerprint: "f", more: 1 })
const look = (path: string, cwd = "/somewhere/else") =>
  Effect.provide(standingAt(path, cwd), NodeFileSystem.layer)

describe("standingAt", () => {
  it.effect("nothing and an empty folder are free, a run says which one it is", () =>
    Effect.gen(function*() {
      const root = scratch({ "run/result.json": result, "run/trades.csv": "" })
      mkdirSync(join(root, "empty"))
      assert.strictEqual((yield* look(join(root, "none")))._tag, "Free")
      assert.strictEqual((yield* look(join(root, "empty")))._tag, "Free")
      assert.deepStrictEqual(yield* look(join(root, "run")), {
        _tag: "Run",
        identity: { inputsHash: "i", fingerprint: "f" }
      })
    }))

  const refused: ReadonlyArray<readonly [string, Readonly<Record<string, string>>, RegExp]> = [
    ["a file", { at: "" }, /is a file/],
    ["a foreign file alone", { "at/notes.txt": "" }, /no backtest wrote \(notes.txt\)/],
    ["a foreign file beside a run", { "at/result.json": result, "at/notes.txt": "" }, /no backtest wrote/],
    ["many foreign files", { "at/1": "", "at/2": "", "at/3": "", "at/4": "" }, /\(1, 2, 3 and more\)/],
    ["our names without a result", { "at/trades.csv": "" }, /has no result.json/],
    ["a result.json that is no JSON", { "at/result.json": "{" }, /has no result.json/],
    ["a result.json of another program", { "at/result.json": "{\"kind\":\"test\"}" }, /has no result.json/]
  ]
  it.effect.each(refused)(
    "%s is refused, and forcing changes nothing about it",
    ([, files, words]) =>
      Effect.gen(function*() {
        const fault = yield* Effect.flip(look(join(scratch(files), "at")))
        assert.strictEqual(fault._tag, "OutputTaken")
        assert.match(fault.message, words)
      })
  )

  it.effect("the folder that somebody works in, and those above it, are refused even when they are empty", () =>
    Effect.gen(function*() {
      const root = scratch({})
      for (const cwd of [root, join(root, "below")]) {
        assert.match((yield* Effect.flip(look(root, cwd))).message, /the folder you work in/)
      }
      assert.strictEqual((yield* look(root, `${root}-beside`))._tag, "Free")
    }))
})

describe("mayReplace", () => {
  it.effect("the same run may be replaced, another one only when forced", () =>
    Effect.gen(function*() {
      const run = { _tag: "Run", identity: { inputsHash: "i", fingerprint: "f" } } as const
      const same = ({ fingerprint }: { readonly fingerprint: string }) => fingerprint === "f"
      yield* mayReplace("at", { _tag: "Free" }, () => false, false)
      yield* mayReplace("at", run, same, false)
      yield* mayReplace("at", run, () => false, true)
      const fault = yield* Effect.flip(mayReplace("at", run, () => false, false))
      assert.strictEqual(
        fault.message,
        "refused: at holds the results of another run; --force replaces them"
      )
    }))
})
