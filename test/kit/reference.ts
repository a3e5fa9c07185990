/**
 * Where recorded markets and reference results lie on this machine, if they do.
 * In: a path inside the reference folder. Out: its absolute path, or undefined when it is not here (the test is skipped).
 * One place, so that no test guesses a folder and none passes silently without its data (decisions 40).
 */
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { fileURLToPath } from "node:url"

const repository = fileURLToPath(new URL("../../", import.meta.url))

/** `$DARUMA_REFERENCE`, else the folder `shared` beside the repository; it need not exist. */
export const referenceRoot: string = resolve(repository, process.env["DARUMA_REFERENCE"] ?? "../shared")

/** Absolute path of `relative` (such as `golden/talipp.json`) in the reference folder; undefined when it is absent. */
export const referencePath = (relative: string): string | undefined => {
  const path = resolve(referenceRoot, relative)
  return existsSync(path) ? path : undefined
}
