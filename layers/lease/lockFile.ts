/**
 * The lock file beside a journal: who trades there, readable without opening a database.
 * In: a path and a holder. Out: the holder found, if it is one that lives.
 * The lease row decides; this file also protects a folder whose journal was deleted or is about to be moved.
 */
import { Schema } from "effect"
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { judge } from "./processes.ts"
import type { Holder } from "./processes.ts"

const Written = Schema.fromJsonString(Schema.Struct({
  host: Schema.String,
  pid: Schema.Int,
  start: Schema.String,
  since: Schema.String,
  instance: Schema.Int
}))
const decode = Schema.decodeUnknownOption(Written)

/** A holder as text; the lease row and the lock file hold the same. */
const holderText = (holder: Holder): string => JSON.stringify(holder)

/** The holder in a text, or null when it is none of ours. */
const holderOf = (text: string): Holder | null => {
  const found = decode(text)
  return found._tag === "Some" ? found.value : null
}

/** Whoever holds the lock and lives, or may live on another host; null when the folder is free. */
const liveHolder = (path: string): Holder | null => {
  const holder = holderIn(path)
  return holder === null || judge(holder) === "gone" ? null : holder
}

const holderIn = (path: string): Holder | null => {
  try {
    return holderOf(readFileSync(path, "utf8"))
  } catch {
    return null
  }
}

/** Writes the lock as a whole, so that no reader sees half of it. */
const writeLock = (path: string, holder: Holder): void => {
  const draft = `${path}.${holder.pid}.${holder.instance}`
  writeFileSync(draft, holderText(holder))
  renameSync(draft, path)
}

/** Removes the lock if it is this holder's. */
const removeLock = (path: string, holder: Holder): void => {
  const found = holderIn(path)
  if (found !== null && holderText(found) === holderText(holder)) rmSync(path, { force: true })
}

export { holderOf, holderText, liveHolder, removeLock, writeLock }
