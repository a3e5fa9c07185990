/**
 * Where a desk's files lie, and what `--fresh` does to them.
 * In: folders of our own. Out: paths and moved files.
 * The rule behind it: demo, file and live never meet, and nothing old is ever deleted (decisions 8).
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { deskKey, homeLayout, layoutAround, prepareHome } from "../../layers/home.ts"
import { holderText } from "../../layers/lease/lockFile.ts"
import { ourselves } from "../../layers/lease/processes.ts"
import { temporaryFolder } from "../kit/folder.ts"

const inFolder = (words: string, run: (folder: string) => Effect.Effect<void, never>) =>
  it.effect(words, () => Effect.scoped(Effect.flatMap(temporaryFolder, run)))

const prepared = (layout: Parameters<typeof prepareHome>[0], fresh: boolean) =>
  Effect.match(prepareHome(layout, { fresh }), {
    onFailure: (fault) => fault._tag,
    onSuccess: ({ kept }) => kept
  })

describe("home", () => {
  it("desks of another account, source or market have other folders", () => {
    const keys = [
      deskKey("paper-spot", { source: "synthetic", key: "15m-42" }),
      deskKey("paper-spot", { source: "file", key: "15m-42" }),
      deskKey("paper-margin", { source: "synthetic", key: "15m-42" }),
      deskKey("paper-spot", { source: "synthetic", key: "15m-43" })
    ]
    assert.strictEqual(keys[0], "paper-spot-synthetic-15m-42")
    assert.strictEqual(new Set(keys).size, 4)
    const { folder, journal, lock, venue } = homeLayout("/h", keys[0] as string)
    assert.deepStrictEqual(
      [journal, venue, lock],
      ["journal.sqlite", "venue.sqlite", "lock"].map((name) => join(folder, name))
    )
  })

  it("a key cannot leave the home folder", () => {
    assert.strictEqual(deskKey("../x", { source: "file", key: "a/b" }), ".._x-file-a_b")
  })

  inFolder("without fresh an existing journal stays", (folder) =>
    Effect.gen(function*() {
      const layout = homeLayout(folder, "desk")
      assert.isNull(yield* prepared(layout, false))
      writeFileSync(layout.journal, "kept")
      assert.isNull(yield* prepared(layout, false))
      assert.strictEqual(readFileSync(layout.journal, "utf8"), "kept")
    }))

  inFolder(
    "fresh moves journal and ledger aside under the next number, and nothing else",
    (folder) =>
      Effect.gen(function*() {
        const layout = layoutAround(join(folder, "mine.sqlite"))
        const other = join(folder, "letter.txt")
        for (const number of [1, 2]) {
          for (const path of [layout.journal, `${layout.journal}-wal`, layout.venue, other]) {
            writeFileSync(path, String(number))
          }
          const kept = yield* prepared(layout, true)
          assert.strictEqual(kept, join(folder, `old-${number}`))
          assert.strictEqual(readFileSync(join(kept ?? "", "mine.sqlite"), "utf8"), String(number))
          assert.isTrue(existsSync(join(kept ?? "", "mine.sqlite-wal")))
          assert.isFalse(existsSync(layout.journal) || existsSync(layout.venue))
          assert.isTrue(existsSync(other))
        }
        assert.isNull(yield* prepared(layout, true))
      })
  )

  inFolder("fresh is refused while somebody trades there", (folder) =>
    Effect.gen(function*() {
      const layout = homeLayout(folder, "desk")
      yield* prepared(layout, false)
      writeFileSync(layout.journal, "kept")
      writeFileSync(layout.lock, holderText(ourselves(0)))
      assert.strictEqual(yield* prepared(layout, true), "LeaseHeld")
      writeFileSync(layout.lock, holderText({ ...ourselves(0), host: hostname(), start: "long ago" }))
      assert.strictEqual(yield* prepared(layout, true), join(layout.folder, "old-1"))
    }))
})
