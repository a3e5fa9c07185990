/**
 * The doctor's look at parsed data files.
 * In: homes with whole, damaged and foreign cache files. Out: findings, and files that nobody touched.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { cacheFolder, loadDataset } from "../../../layers/datasets/dataset.ts"
import { datasetCacheFindings } from "../../../layers/doctor/datasetCache.ts"
import { temporaryFolder } from "../../kit/folder.ts"
import { good } from "../../kit/spoiltFiles.ts"

const withCache = Effect.gen(function*() {
  const home = yield* temporaryFolder
  const file = join(home, "m.csv")
  writeFileSync(file, good.join("\n"))
  yield* loadDataset(file, { cache: cacheFolder(home) })
  const cached = join(cacheFolder(home), readdirSync(cacheFolder(home))[0] ?? "")
  return { home, cached }
})

describe("datasetCacheFindings", () => {
  it.effect("L-45: a home without a cache stays as it is", () =>
    Effect.gen(function*() {
      const home = yield* temporaryFolder
      assert.deepStrictEqual(yield* datasetCacheFindings(home), [
        { name: "dataset cache", state: "ok", words: "there is none yet", advice: "" }
      ])
      assert.deepStrictEqual(readdirSync(home), [])
    }))

  it.effect("counts whole files and does not touch them", () =>
    Effect.gen(function*() {
      const { cached, home } = yield* withCache
      utimesSync(cached, 1_000, 1_000)
      const [finding] = yield* datasetCacheFindings(home)
      assert.deepStrictEqual([finding?.state, finding?.words], ["ok", "1 file, 1 MiB, all whole"])
      assert.strictEqual(statSync(cached).mtimeMs, 1_000_000)
    }))

  it.effect("names the files that are damaged or another's, and keeps them", () =>
    Effect.gen(function*() {
      const { cached, home } = yield* withCache
      const whole = readFileSync(cached)
      writeFileSync(join(cacheFolder(home), "b.columns"), whole)
      const damaged = Buffer.from(whole)
      damaged[100] = damaged[100]! ^ 1
      writeFileSync(cached, damaged)
      const [finding] = yield* datasetCacheFindings(home)
      assert.strictEqual(finding?.state, "warn")
      assert.include(finding?.words, "2 files, 1 MiB, 2 not whole")
      assert.include(finding?.words, `${cached}: its checksum is wrong`)
      assert.include(finding?.words, "b.columns: it belongs to another data file")
      assert.include(finding?.advice, `delete ${cacheFolder(home)}`)
      assert.strictEqual(readdirSync(cacheFolder(home)).length, 2)
    }))

  it.effect("a file in the place of the folder is said", () =>
    Effect.gen(function*() {
      const home = yield* temporaryFolder
      mkdirSync(join(home, "cache"))
      writeFileSync(cacheFolder(home), "")
      const [finding] = yield* datasetCacheFindings(home)
      assert.deepStrictEqual([finding?.state, finding?.words], [
        "warn",
        `${cacheFolder(home)} cannot be listed`
      ])
      assert.deepStrictEqual((yield* datasetCacheFindings(cacheFolder(home)))[0]?.state, "ok")
    }))
})
