/**
 * Makes a folder with its parents, one level after the other.
 * In: a path. Out: the folder is there; throws what the system says.
 * Node's own recursion never ends below /proc or in a working folder that is gone: it would hang without a word.
 */
import { existsSync, mkdirSync } from "node:fs"
import { dirname } from "node:path"

export const makeFolder = (path: string): void => {
  if (existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent)
  mkdirSync(path)
}
