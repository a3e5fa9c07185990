/**
 * What can go wrong with the journal; books and promises rest on it, so most of it is Critical.
 * In: the file and what was found. Out: typed faults; nothing is repaired in silence.
 * Critical halts first and fails then (architecture 6).
 */
import { Schema } from "effect"
import { Fault } from "../domain/Fault.ts"

/** The chain is broken or the file is no intact database; `seq` is the first bad row, 0 when no row can be named. */
export class JournalCorrupt extends Fault<JournalCorrupt>()("JournalCorrupt", "Critical", "journal-corrupt", {
  path: Schema.String,
  seq: Schema.Int,
  words: Schema.String
}) {
  override get message() {
    return `journal ${this.path}: row ${this.seq}: ${this.words}`
  }
}

/** It cannot be opened, read or written. */
export class JournalUnavailable
  extends Fault<JournalUnavailable>()("JournalUnavailable", "Critical", "journal-unavailable", {
    path: Schema.String,
    words: Schema.String,
    cause: Schema.Defect()
  })
{
  override get message() {
    return `journal ${this.path}: ${this.words}`
  }
}

/** No room left for a row; nothing may be sent that cannot be written. */
export class DiskFull
  extends Fault<DiskFull>()("DiskFull", "Critical", "disk-full", { path: Schema.String })
{
  override get message() {
    return `${this.path}: the disk is full`
  }
}

/** An event that cannot be written exactly (a number that is not finite); a defect of the writer. */
export class DraftInvalid extends Fault<DraftInvalid>()("DraftInvalid", "Critical", "journal-draft-invalid", {
  kind: Schema.String,
  words: Schema.String
}) {
  override get message() {
    return `${this.kind} cannot be journaled: ${this.words}`
  }
}

/** The file belongs to another account or market; High because the start is refused, nothing is lost (decisions 8). */
export class JournalForeign extends Fault<JournalForeign>()("JournalForeign", "High", "journal-foreign", {
  path: Schema.String,
  expected: Schema.String,
  found: Schema.String
}) {
  override get message() {
    return `journal ${this.path} belongs to ${this.found}, not to ${this.expected}`
  }
}

export type JournalFault = JournalCorrupt | JournalUnavailable | DiskFull | DraftInvalid | JournalForeign
