/**
 * The layout of a cached data file: header, facts, columns as they lie in memory; checked as a whole.
 * In: a file's own bars and what is known of them, or bytes that claim to hold them. Out: bytes in order, or bars, or why not.
 * Pure. Here, apart from the folder, so that every damaged byte can be tried.
 */
import { Option, Schema } from "effect"
import { createHash } from "node:crypto"
import { endianness } from "node:os"
import type { BarFacts } from "./facts.ts"
import type { Written } from "./GrowingColumns.ts"

/** What is kept of a data file; nothing in it depends on the file's name or place. */
export interface CachedDataset {
  readonly baseMillis: number
  readonly contentHash: string
  readonly facts: BarFacts
  readonly columns: Written
}

/** Part of every key: files of an older layout are never opened again. */
const LAYOUT = 1
const MAGIC = "DARUMACL"
// magic 8, layout u32, length of the facts u32, rows f64, zero to 32, then sha256 of everything but itself.
const CHECKSUM_AT = 32
const HEADER = 64
const ROW_BYTES = 6 * 8 + 1

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Known = Schema.fromJsonString(Schema.Struct({
  key: Schema.String,
  baseMillis: Count,
  contentHash: Schema.String,
  facts: Schema.Struct({
    gaps: Schema.Struct({
      runs: Count,
      missing: Count,
      longest: Count,
      longestAt: Schema.NullOr(Count)
    }),
    zeroVolume: Count,
    spikes: Schema.Struct({
      count: Count,
      largest: Schema.Array(Schema.Struct({ at: Count, change: Schema.Finite }))
    }),
    wideBars: Count
  })
}))
const decodeKnown = Schema.decodeUnknownOption(Known)

/** Name of a data file's cache: its bytes, whether they are unpacked, the layout on this machine. */
const cacheKey = (fileHash: string, isPacked: boolean): string =>
  createHash("sha256")
    .update(`${fileHash} ${isPacked ? "gz" : "csv"} layout ${LAYOUT} ${endianness()}`)
    .digest("hex")

/** The parts of the file in order; the columns are not copied. */
const encodeCache = (key: string, dataset: CachedDataset): ReadonlyArray<Uint8Array> => {
  const { baseMillis, columns, contentHash, facts } = dataset
  const json = Buffer.from(JSON.stringify({ key, baseMillis, contentHash, facts }))
  const known = Buffer.alloc(8 * Math.ceil(json.length / 8), " ")
  json.copy(known)
  const header = Buffer.alloc(HEADER)
  header.write(MAGIC, "latin1")
  header.writeUInt32LE(LAYOUT, 8)
  header.writeUInt32LE(known.length, 12)
  header.writeDoubleLE(columns.openTime.length, 16)
  const { close, high, low, open, openTime, volume, volumeDigits } = columns
  const parts = [
    known,
    ...[openTime, open, high, low, close, volume, volumeDigits].map((column) =>
      new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
    )
  ]
  header.set(checksumOf(header, parts), CHECKSUM_AT)
  return [header, ...parts]
}

const checksumOf = (header: Uint8Array, parts: ReadonlyArray<Uint8Array>): Buffer => {
  const hash = createHash("sha256").update(header.subarray(0, CHECKSUM_AT))
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The dataset in these bytes, its columns looking into them; else in words why they are not believed. */
const decodeCache = (key: string, bytes: ArrayBuffer): CachedDataset | string => {
  if (bytes.byteLength < HEADER) return "it is shorter than its header"
  const header = Buffer.from(bytes, 0, HEADER)
  if (header.toString("latin1", 0, 8) !== MAGIC || header.readUInt32LE(8) !== LAYOUT) {
    return "it is no cache file of this layout"
  }
  const knownLength = header.readUInt32LE(12)
  const rows = header.readDoubleLE(16)
  if (bytes.byteLength !== HEADER + knownLength + rows * ROW_BYTES) return "its length is wrong"
  const body = new Uint8Array(bytes, HEADER)
  if (!checksumOf(header, [body]).equals(header.subarray(CHECKSUM_AT))) return "its checksum is wrong"
  const known = Option.getOrUndefined(decodeKnown(Buffer.from(bytes, HEADER, knownLength).toString()))
  if (known === undefined || knownLength % 8 !== 0) return "its facts cannot be read"
  if (known.key !== key) return "it belongs to another data file"
  const start = HEADER + knownLength
  const column = (index: number) => new Float64Array(bytes, start + index * rows * 8, rows)
  return {
    baseMillis: known.baseMillis,
    contentHash: known.contentHash,
    facts: known.facts,
    columns: {
      openTime: column(0),
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
      volumeDigits: new Uint8Array(bytes, start + 6 * rows * 8, rows)
    }
  }
}

export { cacheKey, decodeCache, encodeCache }
