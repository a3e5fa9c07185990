/**
 * Loading a file as a dataset: with and without the cache, from good files, spoilt files and spoilt caches.
 * In: small files and folders written here. Out: columns and facts, or one typed refusal and nothing written.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from "node:fs"
import { basename, join } from "node:path"
import { gzipSync } from "node:zlib"
import { readCached, surplusOf } from "../../../layers/datasets/cacheFolder.ts"
import { cacheFolder, loadDataset } from "../../../layers/datasets/dataset.ts"
import type { Dataset, DatasetOptions } from "../../../layers/datasets/dataset.ts"
import type { AnyFault } from "../../../src/domain/Fault.ts"
import { temporaryFolder } from "../../kit/folder.ts"
import { good, HEADER, row, SPOILT_FILES, SPOILT_ROWS } from "../../kit/spoiltFiles.ts"

const inFolder = (words: string, run: (folder: string) => Effect.Effect<void, AnyFault>) =>
  it.live(words, () => Effect.scoped(Effect.flatMap(temporaryFolder, run)))

/** What a backtest may see of a dataset: everything but where it came from. */
const seen = ({ columns, facts }: Dataset) => ({ columns, facts })
const cacheFiles = (cache: string) => existsSync(cache) ? readdirSync(cache) : []

const written = (folder: string, name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Why a file is refused, null when it is read. */
const refusalOf = (path: string, options: DatasetOptions) =>
  Effect.match(loadDataset(path, options), { onFailure: (fault) => fault, onSuccess: () => null })

/** Nine minutes, two of them without a bar; a jump of a quarter; one wide bar; one without volume. */
const eventful = [
  HEADER,
  row(0),
  row(1),
  row(4, "11,11,11,11,0"),
  row(5, "13.75,13.75,13.75,13.75,1"),
  row(6, "13.75,16.75,13.75,13.76,0.30"),
  row(8, "13,13,13,13,1")
].join("\n")

describe("loadDataset", () => {
  inFolder(
    "counts gaps, bars without volume, jumps and wide bars, and names the file by its base name",
    (folder) =>
      Effect.gen(function*() {
        const path = written(folder, "binance-btcusdt-1m.csv.gz", gzipSync(eventful))
        const { columns, facts, fromCache, notices } = yield* loadDataset(path, { cache: null })
        assert.deepStrictEqual({
          ...facts,
          fileHash: facts.fileHash.length,
          contentHash: facts.contentHash.length
        }, {
          name: "binance-btcusdt-1m.csv.gz",
          fileHash: 64,
          contentHash: 64,
          rows: 6,
          baseMillis: 60_000,
          first: 1_700_000_100_000,
          last: 1_700_000_580_000,
          gaps: { runs: 2, missing: 3, longest: 2, longestAt: 1_700_000_220_000 },
          zeroVolume: 1,
          spikes: { count: 1, largest: [{ at: 1_700_000_400_000, change: 0.25 }] },
          wideBars: 3,
          thinBars: 0
        })
        assert.notStrictEqual(facts.fileHash, facts.contentHash)
        assert.deepStrictEqual([...columns.close], [11, 11, 11, 13.75, 13.76, 13])
        assert.deepStrictEqual([fromCache, notices], [false, []])
      })
  )

  inFolder("keeps the five largest jumps, largest first", (folder) =>
    Effect.gen(function*() {
      const closes = [100, 130, 100, 140, 60, 100, 121, 100, 170]
      const rows = closes.map((close, index) => row(index, `${close},${close},${close},${close},1`))
      const { facts } = yield* loadDataset(written(folder, "m.csv", [HEADER, ...rows].join("\n")), {
        cache: null
      })
      assert.strictEqual(facts.spikes.count, 7)
      assert.deepStrictEqual(facts.spikes.largest.map(({ change }) => Math.round(change * 1_000)), [
        700,
        667,
        -571,
        400,
        300
      ])
    }))

  inFolder(
    "the second load comes from the cache and gives the same bits, at any timeframe",
    (folder) =>
      Effect.gen(function*() {
        const cache = cacheFolder(join(folder, "home"))
        const path = written(folder, "m.csv", eventful)
        for (const timeframeMillis of [undefined, 60_000, 180_000, 300_000]) {
          const plain = yield* loadDataset(path, { cache: null, timeframeMillis })
          const first = yield* loadDataset(path, { cache, timeframeMillis })
          const second = yield* loadDataset(path, { cache, timeframeMillis })
          assert.deepStrictEqual(seen(first), seen(plain))
          assert.deepStrictEqual(seen(second), seen(plain))
          assert.isTrue(second.fromCache)
          assert.deepStrictEqual([first.notices, second.notices], [[], []])
        }
        assert.strictEqual(
          cacheFiles(cache).length,
          1,
          "one file serves every timeframe, and no draft remains"
        )
      })
  )

  inFolder(
    "L-38: another content under the same name is not taken from the cache; the same under another name is",
    (folder) =>
      Effect.gen(function*() {
        const cache = join(folder, "cache")
        const path = written(folder, "m.csv", good.join("\n"))
        yield* loadDataset(path, { cache })
        written(folder, "m.csv", [...good.slice(0, 4), row(3, "10,12,9,10.5,5")].join("\n"))
        const changed = yield* loadDataset(path, { cache })
        assert.deepStrictEqual([changed.fromCache, changed.columns.close[3]], [false, 10.5])
        const copied = yield* loadDataset(written(folder, "copy.csv", good.join("\n")), { cache })
        assert.deepStrictEqual([copied.fromCache, copied.columns.close[3], copied.facts.name], [
          true,
          11,
          "copy.csv"
        ])
        const packed = yield* loadDataset(written(folder, "m.csv.gz", gzipSync(good.join("\n"))), { cache })
        assert.isFalse(packed.fromCache)
      })
  )

  inFolder("thin bars are counted at the wanted length", (folder) =>
    Effect.gen(function*() {
      const path = written(
        folder,
        "m.csv",
        [HEADER, row(0), row(1), row(2), row(3), row(8), row(12)].join("\n")
      )
      // Bars of five minutes begin at minute 0, 5 and 10 of these; the last is still open.
      const { columns, facts } = yield* loadDataset(path, { cache: null, timeframeMillis: 300_000 })
      assert.deepStrictEqual([columns.openTime.length, facts.thinBars, facts.rows], [2, 1, 6])
    }))

  inFolder(
    "a timeframe that cannot be made is refused and nothing is kept",
    (folder) =>
      Effect.gen(function*() {
        const cache = join(folder, "cache")
        const path = written(folder, "m.csv", good.join("\n"))
        for (const timeframeMillis of [90_000, 30_000]) {
          const fault = yield* refusalOf(path, { cache, timeframeMillis })
          assert.strictEqual(fault?._tag, "TimeframeUnfit")
        }
        assert.isFalse(existsSync(cache))
      })
  )
})

describe("loadDataset refuses, and writes nothing:", () => {
  const refusal = (folder: string, path: string) =>
    Effect.gen(function*() {
      const cache = join(folder, "home", "cache")
      const faults = [
        yield* refusalOf(path, { cache }),
        yield* refusalOf(path, { cache: null })
      ]
      assert.isFalse(existsSync(join(folder, "home")))
      assert.strictEqual(faults[0]?.message, faults[1]?.message)
      return faults[0]
    })

  for (const { column, content, line, words } of SPOILT_ROWS) {
    inFolder(`${words}, naming line ${line} and ${column}`, (folder) =>
      Effect.gen(function*() {
        for (const [name, bytes] of [["m.csv", content], ["m.csv.gz", gzipSync(content)]] as const) {
          const fault = yield* refusal(folder, written(folder, name, bytes))
          if (fault?._tag !== "BadRow") return assert.fail(`not refused: ${fault?.message}`)
          assert.deepStrictEqual([fault.line, fault.column, fault.severity], [line, column, "Medium"])
          assert.isTrue(fault.message.startsWith(join(folder, name)))
        }
      }))
  }

  for (const { content, name, problem, words } of SPOILT_FILES) {
    inFolder(words, (folder) =>
      Effect.gen(function*() {
        const fault = yield* refusal(folder, written(folder, name, content))
        if (fault?._tag !== "DatasetUnreadable") return assert.fail(`not refused: ${fault?.message}`)
        assert.strictEqual(fault.problem, problem)
      }))
  }

  inFolder(
    "a file that is not there, a folder, a path through a file, a link to itself",
    (folder) =>
      Effect.gen(function*() {
        const loop = join(folder, "loop.csv")
        symlinkSync(loop, loop)
        const file = written(folder, "file.csv", good.join("\n"))
        const cases = [
          [join(folder, "none.csv"), "absent"],
          [folder, "notAFile"],
          [join(file, "m.csv"), "absent"],
          [loop, "unreadable"]
        ] as const
        for (const [path, problem] of cases) {
          const fault = yield* refusal(folder, path)
          assert.strictEqual(fault?._tag === "DatasetUnreadable" ? fault.problem : fault?._tag, problem, path)
        }
      })
  )
})

describe("loadDataset, while somebody writes the file,", () => {
  inFolder(
    "refuses it as changed, and keeps nothing under the content it had before",
    (folder) =>
      Effect.gen(function*() {
        const cache = join(folder, "cache")
        const path = join(folder, "m.csv")
        let writes = 0
        let isWriting = true
        const write = () => {
          writes += 1
          const rows = Array.from(
            { length: 2_000 },
            (_, index) => row(index, `10,12,9,11,${1_000_000 + writes}`)
          )
          // In place and of one length: a reader meets rows of several writings, never half a row.
          writeFileSync(path, [HEADER, ...rows].join("\n"), { flag: writes === 1 ? "w" : "r+" })
        }
        const goOn = () => {
          if (!isWriting) return
          write()
          setImmediate(goOn)
        }
        write()
        setImmediate(goOn)
        const stop = Effect.sync(() => {
          isWriting = false
        })
        const fault = yield* Effect.ensuring(refusalOf(path, { cache }), stop)
        assert.strictEqual(fault?._tag === "DatasetUnreadable" ? fault.problem : fault?.message, "changed")
        assert.isAbove(writes, 1)
        assert.isFalse(existsSync(cache))
      })
  )
})

describe("the cache of datasets", () => {
  const load = (folder: string) =>
    Effect.gen(function*() {
      const cache = join(folder, "cache")
      const path = join(folder, "m.csv")
      if (!existsSync(path)) writeFileSync(path, eventful)
      return yield* loadDataset(path, { cache })
    })
  const onlyFile = (folder: string): string =>
    join(folder, "cache", cacheFiles(join(folder, "cache"))[0] ?? "")

  inFolder(
    "a damaged file is said, deleted and made anew; the bars are right all the while",
    (folder) =>
      Effect.gen(function*() {
        const first = yield* load(folder)
        const whole = readFileSync(onlyFile(folder))
        const middle = Buffer.from(whole)
        middle[whole.length - 30] = middle[whole.length - 30]! ^ 8
        const spoilt: ReadonlyArray<readonly [Buffer, string]> = [
          [middle, "its checksum is wrong"],
          [whole.subarray(0, -8), "its length is wrong"],
          [Buffer.alloc(0), "shorter than its header"],
          [Buffer.from(good.join("\n").repeat(3)), "no cache file of this layout"]
        ]
        for (const [bytes, words] of spoilt) {
          writeFileSync(onlyFile(folder), bytes)
          const again = yield* load(folder)
          assert.deepStrictEqual(seen(again), seen(first))
          assert.isFalse(again.fromCache)
          assert.strictEqual(again.notices.length, 1)
          assert.include(again.notices[0], words)
          assert.include(again.notices[0], "made anew")
          assert.isTrue((yield* load(folder)).fromCache)
          assert.deepStrictEqual(readFileSync(onlyFile(folder)), whole)
        }
      })
  )

  inFolder(
    "a damaged file is gone once it was seen, whether another can be written or not",
    (folder) =>
      Effect.gen(function*() {
        yield* load(folder)
        const path = onlyFile(folder)
        writeFileSync(path, readFileSync(path).fill(1, 80, 90))
        const { dataset, notice } = yield* readCached(join(folder, "cache"), basename(path, ".columns"))
        assert.isNull(dataset)
        assert.include(notice, "its checksum is wrong")
        assert.isFalse(existsSync(path))
      })
  )

  inFolder(
    "a folder that cannot be made or written is a notice, never a failure",
    (folder) =>
      Effect.gen(function*() {
        writeFileSync(join(folder, "cache"), "a file")
        const { columns, fromCache, notices } = yield* load(folder)
        assert.deepStrictEqual([columns.openTime.length, fromCache, notices.length], [6, false, 1])
        assert.include(notices[0], "cannot be written")
        assert.strictEqual(readFileSync(join(folder, "cache"), "utf8"), "a file")
      })
  )

  inFolder(
    "a folder in the place of a cache file is a notice, never a failure",
    (folder) =>
      Effect.gen(function*() {
        yield* load(folder)
        const name = onlyFile(folder)
        const other = join(folder, "other")
        mkdirSync(join(other, "cache", name.slice(name.lastIndexOf("/") + 1)), { recursive: true })
        const { columns, fromCache, notices } = yield* load(other)
        assert.deepStrictEqual([columns.openTime.length, fromCache], [6, false])
        assert.isNotEmpty(notices)
        assert.deepStrictEqual(cacheFiles(join(other, "cache")).length, 1, "no draft remains")
      })
  )

  inFolder("a cache that may only be read still serves", (folder) =>
    Effect.gen(function*() {
      yield* load(folder)
      chmodSync(onlyFile(folder), 0o444)
      chmodSync(join(folder, "cache"), 0o555)
      const again = yield* load(folder)
      chmodSync(join(folder, "cache"), 0o755)
      assert.deepStrictEqual([again.fromCache, again.notices], [true, []])
    }))

  inFolder(
    "drafts that a killed process left are removed, younger ones are another's work",
    (folder) =>
      Effect.gen(function*() {
        const cache = join(folder, "cache")
        mkdirSync(cache)
        const old = written(cache, "a.draft", "")
        written(cache, "b.draft", "")
        utimesSync(old, 1_000, 1_000)
        yield* load(folder)
        assert.deepStrictEqual(cacheFiles(cache).filter((name) => name.endsWith(".draft")), ["b.draft"])
      })
  )

  inFolder("a use keeps a file from being the oldest", (folder) =>
    Effect.gen(function*() {
      yield* load(folder)
      utimesSync(onlyFile(folder), 1_000, 1_000)
      yield* load(folder)
      const cache = join(folder, "cache")
      for (let index = 0; index < 64; index++) {
        const path = written(cache, `${index}.columns`, "")
        utimesSync(path, 2_000 + index, 2_000 + index)
      }
      const another = yield* loadDataset(written(folder, "n.csv", good.join("\n")), { cache })
      assert.isFalse(another.fromCache)
      const left = cacheFiles(cache)
      assert.strictEqual(left.length, 64)
      assert.isFalse(left.includes("0.columns") || left.includes("1.columns"))
      assert.isTrue((yield* load(folder)).fromCache)
    }))

  it("beyond its bounds the files not used for the longest time go, the newest never", () => {
    const file = (name: string, bytes: number, usedAt: number) => ({ name, bytes, usedAt })
    const files = [file("a", 10, 1), file("b", 50, 3), file("c", 30, 2), file("new", 90, 0)]
    const bounds = (most: number, bytes: number) => surplusOf(files, "new", { files: most, bytes })
    assert.deepStrictEqual(bounds(10, 1_000), [])
    assert.deepStrictEqual(bounds(3, 1_000), ["a"])
    assert.deepStrictEqual(bounds(10, 140), ["c", "a"])
    assert.deepStrictEqual(bounds(10, 1), ["b", "c", "a"])
  })
})
