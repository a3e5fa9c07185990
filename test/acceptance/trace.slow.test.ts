/**
 * Traces as a collector sees them: the real program trades, its spans are joined with its journal.
 * In: a process of its own, a collector, the journal file by plain SQL. Out: assertions, and one trade and one veto as trees.
 * Nothing here knows how a span was made: only what arrived and what was written.
 */
import { createHash } from "node:crypto"
import { join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { printTrace } from "../../observability/printTrace.ts"
import { startCollector } from "../kit/collector.ts"
import { plainRows } from "../kit/journalFile.ts"
import type { PlainRow } from "../kit/journalFile.ts"
import type { ReceivedSpan } from "../kit/otlpProtobuf.ts"
import { scratch } from "../kit/scratch.ts"
import { journalUnder, startProgram } from "./program.ts"

const STAGES = ["observe", "predict", "vote", "check", "plan", "append", "submit", "ack", "fill", "settle"]
const VETO_STAGES = ["observe", "predict", "vote", "check", "append"]

interface Made {
  readonly id: string
  readonly verdict: string
  readonly reason: string
  readonly refusals: ReadonlyArray<string>
  readonly checks: ReadonlyArray<{ readonly rule: string; readonly verdict: string }>
  readonly order: { readonly side: string; readonly amount: number; readonly intentId: string } | null
}

const traceIdOf = (decisionId: string): string =>
  createHash("sha256").update(decisionId).digest().subarray(0, 16).toString("hex")

const bodyOf = <A>(row: PlainRow): A => JSON.parse(row.body) as A

/** One run of four seconds: what it wrote and what it sent. */
const run = async () => {
  const folder = scratch({})
  const collector = await startCollector()
  const program = startProgram(
    folder,
    "trade --market synthetic --speed 200 --for 4s --home home --port 0",
    { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint }
  )
  const code = await program.ended
  const spans = collector.spans()
  await collector.close()
  assert.strictEqual(code, 0, program.output())
  const rows = plainRows(journalUnder(join(folder, "home")))
  const made = rows.filter((row) => row.kind === "DecisionMade").map((row) =>
    bodyOf<{ record: Made }>(row).record
  )
  const traces = new Map<string, Array<ReceivedSpan>>()
  for (const span of spans) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span])
  return { rows, made, spans, traces }
}

const namesOf = (spans: ReadonlyArray<ReceivedSpan>): ReadonlyArray<string> =>
  spans.filter((span) => span.parentSpanId !== null)
    .toSorted((a, b) =>
      a.startNanos < b.startNanos
        ? -1
        : a.startNanos > b.startNanos
        ? 1
        : STAGES.indexOf(a.name) - STAGES.indexOf(b.name)
    )
    .map((span) => span.name)

const rootOf = (spans: ReadonlyArray<ReceivedSpan>): ReceivedSpan => {
  const roots = spans.filter((span) => span.name === "decision")
  const [root] = roots
  assert.strictEqual(roots.length, 1)
  assert.isDefined(root)
  return root
}

describe("traces of a running program", () => {
  it("each ordered and each refused decision has one trace, no trace is without its decision, and times nest", async () => {
    const { made, rows, spans, traces } = await run()
    const ordered = made.filter((record) => record.order !== null)
    const refused = made.filter((record) => record.verdict === "Refused")
    assert.isAbove(ordered.length, 3, "the market gave too few orders to judge")
    assert.isAbove(refused.length, 0, "the market gave no veto to judge")

    const journaled = new Map(made.map((record) => [traceIdOf(record.id), record]))
    const roots = spans.filter((span) => span.name === "decision")
    const rootsOf = (id: string) => roots.filter((root) => root.traceId === traceIdOf(id)).length
    for (const { id } of [...ordered, ...refused]) assert.strictEqual(rootsOf(id), 1, id)
    for (const root of roots) {
      assert.strictEqual(root.attributes["decision.id"], journaled.get(root.traceId)?.id)
      assert.isNull(root.parentSpanId)
      assert.isTrue(root.attributes["trading.demo"])
      assert.strictEqual(root.resource["service.name"], "daruma")
    }
    for (const stage of spans.filter((span) => STAGES.includes(span.name))) {
      assert.isTrue(journaled.has(stage.traceId), `${stage.name} of ${stage.traceId} has no decision`)
    }
    for (const [id, trace] of traces) {
      if (!journaled.has(id)) continue
      const root = rootOf(trace)
      for (const child of trace.filter((span) => span !== root)) {
        assert.strictEqual(child.parentSpanId, root.spanId)
        assert.isTrue(
          root.startNanos <= child.startNanos && child.startNanos <= child.endNanos &&
            child.endNanos <= root.endNanos,
          child.name
        )
      }
    }
    judgeTrade(ordered, rows, traces)
    judgeVeto(refused, traces)
  })
})

/** A decision whose order filled in one piece: all ten stages in their order, with the journal's own ids. */
const judgeTrade = (
  ordered: ReadonlyArray<Made>,
  rows: ReadonlyArray<PlainRow>,
  traces: Map<string, Array<ReceivedSpan>>
) => {
  const filled = new Set(
    rows.filter((row) =>
      row.kind === "VenueReported" && bodyOf<{ report: { _tag: string } }>(row).report._tag === "Filled"
    )
      .map((row) => row.decision_id)
  )
  const trades = ordered.filter(({ id }) => filled.has(id))
  assert.isAbove(trades.length, 2)
  for (const { id } of trades) {
    // A protective leg may follow its entry before the trace is closed, so stages may come twice, never be absent.
    assert.deepStrictEqual([...new Set(namesOf(traces.get(traceIdOf(id)) ?? []))], STAGES, id)
  }
  const [trade] = trades
  assert.isDefined(trade)
  const tree = printTrace(traces.get(traceIdOf(trade.id)) ?? [])
  console.log(`one trade\n${tree}`)
  const { order } = trade
  const lines = tree.split("\n")
  assert.strictEqual(lines[0], `trace ${traceIdOf(trade.id)}`)
  assert.match(
    lines[1] ?? "",
    new RegExp(
      `^decision .* decision\\.id=${trade.id} .*trading\\.reason=ordered .*order\\.side=${order?.side} .*order\\.amount=${order?.amount}$`
    )
  )
  assert.include(tree, `order.intent_id=${order?.intentId} order.leg=`)
  assert.match(tree, /[├└]─ ack .* order\.answer=OrderAccepted/)
  assert.match(tree, /[├└]─ fill .* trade\.id=/)
  assert.match(lines.at(-1) ?? "", /^└─ settle /)
}

/** A refused decision: no stage after the append, and every rule of its record as an event of `check`. */
const judgeVeto = (refused: ReadonlyArray<Made>, traces: Map<string, Array<ReceivedSpan>>) => {
  for (const veto of refused) {
    const trace = traces.get(traceIdOf(veto.id)) ?? []
    assert.deepStrictEqual(namesOf(trace), VETO_STAGES, veto.id)
    const root = rootOf(trace)
    assert.strictEqual(root.attributes["trading.outcome"], "refused")
    assert.strictEqual(root.attributes["trading.refusals"], veto.refusals.join(" "))
    const events = trace.find((span) => span.name === "check")?.events ?? []
    assert.deepStrictEqual(
      events.map(({ attributes }) => [attributes["check.rule"], attributes["check.verdict"]]),
      veto.checks.map(({ rule, verdict }) => [rule, verdict])
    )
  }
  const [veto] = refused
  assert.isDefined(veto)
  const tree = printTrace(traces.get(traceIdOf(veto.id)) ?? [])
  console.log(`one veto\n${tree}`)
  assert.match(tree, new RegExp(`trading\\.verdict=Refused trading\\.reason=${veto.reason}`))
  assert.include(tree, `· check rule=${veto.refusals[0]} verdict=refuse`)
  assert.notInclude(tree, "submit")
}
