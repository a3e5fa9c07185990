/**
 * The hash of the code that decides.
 * In: small source trees. Out: assertions on what changes it and what does not.
 */
import { assert, describe, it } from "@effect/vitest"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { codeHash } from "../../../layers/backtest/codeHash.ts"
import { scratch } from "../../kit/scratch.ts"

const tree = { "engine/a.ts": "1", "engine/risk/b.ts": "2", "simulator/c.ts": "3", "domain/d.ts": "4" }

describe("codeHash", () => {
  it("is the same for the same files wherever they lie", () => {
    assert.strictEqual(codeHash(scratch(tree)), codeHash(scratch(tree)))
    assert.match(codeHash(), /^[0-9a-f]{64}$/)
  })

  it("changes with a letter, with a name, with a file, and with a piece moved to its neighbour", () => {
    const hashes = [
      tree,
      { ...tree, "engine/a.ts": "0" },
      { ...tree, "backtest/e.ts": "" },
      { "engine/b.ts": "1", "engine/risk/b.ts": "2", "simulator/c.ts": "3", "domain/d.ts": "4" },
      { ...tree, "engine/a.ts": "12", "engine/risk/b.ts": "" }
    ].map((files) => codeHash(scratch(files)))
    assert.strictEqual(new Set(hashes).size, hashes.length)
  })

  it("rooms that only show, and files that are no source, are not in it", () => {
    const folder = scratch(tree)
    const before = codeHash(folder)
    const beside = scratch({
      ...tree,
      "report/page/page.ts": "x",
      "cli/main.ts": "x",
      "engine/README.md": "x"
    })
    assert.strictEqual(codeHash(beside), before)
    writeFileSync(join(folder, "engine/a.ts"), "changed")
    assert.notStrictEqual(codeHash(folder), before)
  })
})
