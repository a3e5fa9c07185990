/**
 * A finished span as plain data: what is built from decisions, sent by either transport, and printed.
 * In: nothing. Out: types, and the ids of a decision's spans (decisions 4: trace id = first 16 hash bytes).
 * Our own shape, so that neither transport's classes reach the rooms that build or read spans.
 */
import { createHash } from "node:crypto"

type AttributeValue = string | number | boolean
type Attributes = Readonly<Record<string, AttributeValue>>

interface SpanEvent {
  readonly name: string
  /** Unix nanoseconds. */
  readonly atNanos: bigint
  readonly attributes: Attributes
}

interface SpanData {
  /** 32 and 16 lower-case hex digits. */
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | null
  readonly name: string
  readonly kind: "internal" | "server" | "client" | "producer" | "consumer"
  /** Unix nanoseconds. */
  readonly startNanos: bigint
  readonly endNanos: bigint
  readonly attributes: Attributes
  readonly events: ReadonlyArray<SpanEvent>
  readonly links: ReadonlyArray<{ readonly traceId: string; readonly spanId: string }>
  readonly status: { readonly code: "unset" | "ok" | "error"; readonly message: string }
}

const hexOf = (text: string, bytes: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, bytes * 2)

/** Trace id of a decision: the first 16 bytes of sha256 of its id. */
const traceIdOf = (decisionId: string): string => hexOf(decisionId, 16)

/** Span id of a place in a decision's trace (`decision`, `submit.0`), 8 bytes, the same in every process. */
const spanIdOf = (decisionId: string, place: string): string => hexOf(`${decisionId}\n${place}`, 8)

/** Unix milliseconds with fraction as nanoseconds, without losing the integer part to rounding. */
const nanosOf = (millis: number): bigint => {
  const whole = Math.floor(millis)
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((millis - whole) * 1_000_000))
}

export { nanosOf, spanIdOf, traceIdOf }
export type { Attributes, AttributeValue, SpanData, SpanEvent }
