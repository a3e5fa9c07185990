/**
 * What the system says when it does not let us write, in plain words.
 * In: a platform error, the path that was asked for, and the file of it that failed. Out: OutputUnwritable.
 * One place, so that a full disk reads the same for a folder and for a file.
 */
import type { PlatformError } from "effect"
import { OutputUnwritable } from "../../src/errors/BacktestError.ts"

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file is larger than the system allows",
  EACCES: "this user may not write here",
  EPERM: "this user may not write here",
  EROFS: "the file system is read-only",
  ENOENT: "there is no such place",
  ENOTDIR: "the path leads through a file",
  EISDIR: "a folder stands there",
  EEXIST: "something stands there already",
  ENOTEMPTY: "something stands there already",
  ENAMETOOLONG: "the name is too long"
}

export const unwritable =
  (path: string, file: string | null = null) => (error: PlatformError.PlatformError): OutputUnwritable => {
    const code = codeOf(error.reason.cause)
    const words = WORDS[code] ?? `it cannot be written (${code || error.message})`
    return new OutputUnwritable({ path, words: file === null ? words : `${words} (at ${file})` })
  }

const codeOf = (cause: unknown): string =>
  typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : ""
