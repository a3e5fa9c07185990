import { existsSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { makeFolder } from "../../layers/makeFolder.ts"
import { scratch } from "../kit/scratch.ts"

describe("makeFolder", () => {
  it("makes a folder with its parents, and again changes nothing", () => {
    const path = join(scratch({}), "a", "b c", "ü")
    makeFolder(path)
    makeFolder(path)
    assert.isTrue(existsSync(path))
  })

  it("fails at once where nothing can be made, instead of hanging", () => {
    assert.throws(() => makeFolder("/proc/daruma/home"))
    assert.throws(() => makeFolder(join(scratch({ file: "" }), "file", "below")))
  })
})
