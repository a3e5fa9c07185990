/**
 * The hash of the code that decides: two runs with the same one were computed by the same program.
 * In: the installed source tree. Out: sha256 over the files of four rooms, in path order.
 * Here because only layers may read files; what is printed, kept or drawn is not in it.
 */
import { createHash } from "node:crypto"
import { globSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** The rooms whose arithmetic makes every figure of a run but its statistics. */
const ROOMS = ["domain", "engine", "simulator", "backtest"]

const SOURCE = fileURLToPath(new URL("../../src/", import.meta.url))

/** Of `source` (a `src` folder), or of this program's own. Each file counts with its path and length. */
export const codeHash = (source: string = SOURCE): string => {
  const hash = createHash("sha256")
  const files = ROOMS.flatMap((room) => globSync(`${room}/**/*.ts`, { cwd: source }))
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted()
  for (const file of files) {
    const bytes = readFileSync(`${source}/${file}`)
    hash.update(`${file}\n${bytes.length}\n`).update(bytes)
  }
  return hash.digest("hex")
}
