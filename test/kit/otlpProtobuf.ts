/**
 * A minimal protobuf reader for OTLP traces, written from the wire format and the published field numbers.
 * In: bytes of an ExportTraceServiceRequest. Out: spans with their resource attributes.
 * Our own, so that what the exporters write is judged by code they do not share.
 */
import type { Attributes, AttributeValue, SpanData } from "../../observability/SpanData.ts"

export interface ReceivedSpan extends SpanData {
  readonly resource: Attributes
}

/** One field of a message: varint as bigint, fixed 64/32 as little-endian bytes, the rest as bytes. */
interface Field {
  readonly number: number
  readonly varint: bigint
  readonly bytes: Uint8Array
}

const NOTHING = new Uint8Array(0)

const readVarint = (bytes: Uint8Array, from: number): readonly [value: bigint, next: number] => {
  let value = 0n
  for (let index = from; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0
    value |= BigInt(byte & 0x7f) << BigInt(7 * (index - from))
    if (byte < 0x80) return [value, index + 1]
  }
  throw new Error("the message ends inside a varint")
}

function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0
  while (at < bytes.length) {
    const [key, start] = readVarint(bytes, at)
    const number = Number(key >> 3n)
    const wire = Number(key & 7n)
    if (wire === 0) {
      const [varint, next] = readVarint(bytes, start)
      yield { number, varint, bytes: NOTHING }
      at = next
    } else {
      const [length, body] = wire === 2 ? readVarint(bytes, start) : [wire === 1 ? 8n : 4n, start]
      if (wire !== 1 && wire !== 2 && wire !== 5) throw new Error(`wire type ${wire} at byte ${at}`)
      at = body + Number(length)
      if (at > bytes.length) throw new Error("the message ends inside a field")
      yield { number, varint: 0n, bytes: bytes.subarray(body, at) }
    }
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true })
const text = (bytes: Uint8Array): string => utf8.decode(bytes)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const fixed64 = (bytes: Uint8Array): bigint => view(bytes).getBigUint64(0, true)

const anyValue = (bytes: Uint8Array): AttributeValue => {
  for (const field of fields(bytes)) {
    if (field.number === 1) return text(field.bytes)
    if (field.number === 2) return field.varint !== 0n
    if (field.number === 3) return Number(BigInt.asIntN(64, field.varint))
    if (field.number === 4) return view(field.bytes).getFloat64(0, true)
  }
  return ""
}

const keyValue = (bytes: Uint8Array): readonly [string, AttributeValue] => {
  let key = ""
  let value: AttributeValue = ""
  for (const field of fields(bytes)) {
    if (field.number === 1) key = text(field.bytes)
    if (field.number === 2) value = anyValue(field.bytes)
  }
  return [key, value]
}

const KINDS: ReadonlyArray<SpanData["kind"]> = [
  "internal",
  "internal",
  "server",
  "client",
  "producer",
  "consumer"
]
const CODES: ReadonlyArray<SpanData["status"]["code"]> = ["unset", "ok", "error"]

type Draft = { -readonly [K in keyof ReceivedSpan]: ReceivedSpan[K] }

const readEvent = (bytes: Uint8Array): SpanData["events"][number] => {
  let name = ""
  let atNanos = 0n
  const attributes: Array<readonly [string, AttributeValue]> = []
  for (const field of fields(bytes)) {
    if (field.number === 1) atNanos = fixed64(field.bytes)
    if (field.number === 2) name = text(field.bytes)
    if (field.number === 3) attributes.push(keyValue(field.bytes))
  }
  return { name, atNanos, attributes: Object.fromEntries(attributes) }
}

const readStatus = (bytes: Uint8Array): SpanData["status"] => {
  let message = ""
  let code = 0
  for (const field of fields(bytes)) {
    if (field.number === 2) message = text(field.bytes)
    if (field.number === 3) code = Number(field.varint)
  }
  return { code: CODES[code] ?? "unset", message }
}

const readLink = (bytes: Uint8Array): SpanData["links"][number] => {
  const link = { traceId: "", spanId: "" }
  for (const field of fields(bytes)) {
    if (field.number === 1) link.traceId = hex(field.bytes)
    if (field.number === 2) link.spanId = hex(field.bytes)
  }
  return link
}

const readSpan = (bytes: Uint8Array, resource: Attributes): ReceivedSpan => {
  const span: Draft = {
    traceId: "",
    spanId: "",
    parentSpanId: null,
    name: "",
    kind: "internal",
    startNanos: 0n,
    endNanos: 0n,
    attributes: {},
    events: [],
    links: [],
    status: { code: "unset", message: "" },
    resource
  }
  const attributes: Array<readonly [string, AttributeValue]> = []
  for (const field of fields(bytes)) {
    if (field.number === 1) span.traceId = hex(field.bytes)
    if (field.number === 2) span.spanId = hex(field.bytes)
    if (field.number === 4) span.parentSpanId = field.bytes.length === 0 ? null : hex(field.bytes)
    if (field.number === 5) span.name = text(field.bytes)
    if (field.number === 6) span.kind = KINDS[Number(field.varint)] ?? "internal"
    if (field.number === 7) span.startNanos = fixed64(field.bytes)
    if (field.number === 8) span.endNanos = fixed64(field.bytes)
    if (field.number === 9) attributes.push(keyValue(field.bytes))
    if (field.number === 11) span.events = [...span.events, readEvent(field.bytes)]
    if (field.number === 13) span.links = [...span.links, readLink(field.bytes)]
    if (field.number === 15) span.status = readStatus(field.bytes)
  }
  return { ...span, attributes: Object.fromEntries(attributes) }
}

const resourceOf = (bytes: Uint8Array): Attributes =>
  Object.fromEntries(
    [...fields(bytes)].filter((field) => field.number === 1).map((field) => keyValue(field.bytes))
  )

/** Spans of an ExportTraceServiceRequest. Throws on malformed bytes. */
export const readTraces = (bytes: Uint8Array): ReadonlyArray<ReceivedSpan> =>
  [...fields(bytes)].filter((field) => field.number === 1).flatMap((resourceSpans) => {
    const parts = [...fields(resourceSpans.bytes)]
    const resource = parts.filter((part) => part.number === 1).map((part) => resourceOf(part.bytes))[0] ?? {}
    return parts.filter((part) => part.number === 2).flatMap((scope) =>
      [...fields(scope.bytes)].filter((part) => part.number === 2).map((span) =>
        readSpan(span.bytes, resource)
      )
    )
  })
