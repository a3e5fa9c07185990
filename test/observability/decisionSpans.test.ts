/**
 * What the trace of a decision holds, before any transport.
 * In: timelines of the kit. Out: assertions on spans, ids and the printed tree.
 * The transports are judged separately, by what a collector receives.
 */
import { createHash } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { decisionSpans } from "../../observability/decisionSpans.ts"
import { printTrace } from "../../observability/printTrace.ts"
import { keepsTrace } from "../../observability/sampling.ts"
import { nanosOf } from "../../observability/SpanData.ts"
import { DECISION_ID, held, mark, ordered, record, START_MILLIS } from "../kit/timelines.ts"

const NAMES = [
  "decision",
  "observe",
  "predict",
  "vote",
  "check",
  "plan",
  "append",
  "submit",
  "ack",
  "fill",
  "settle"
]

describe("decisionSpans", () => {
  it("the trace id is the first 16 bytes of the hash of the decision id", () => {
    const expected = createHash("sha256").update(DECISION_ID).digest().subarray(0, 16).toString("hex")
    for (const span of decisionSpans(ordered(), 0)) assert.strictEqual(span.traceId, expected)
  })

  it("an order that filled has the root and ten stages below it, each with its own times", () => {
    const spans = decisionSpans(ordered(), 0)
    assert.deepStrictEqual(spans.map((span) => span.name), NAMES)
    const [root, ...children] = spans
    assert.strictEqual(root?.parentSpanId, null)
    assert.strictEqual(root?.startNanos, 1_700_000_000_000_500_000n)
    assert.strictEqual(root?.endNanos, 1_700_000_000_010_500_000n)
    children.forEach((child, index) => {
      assert.strictEqual(child.parentSpanId, root?.spanId)
      assert.strictEqual(child.startNanos, 1_700_000_000_000_500_000n + BigInt(index) * 1_000_000n)
      assert.strictEqual(child.endNanos - child.startNanos, 1_000_000n)
    })
  })

  it("stages that did not happen have no span", () => {
    assert.deepStrictEqual(decisionSpans(held(), 0).map((span) => span.name), [
      "decision",
      "observe",
      "predict",
      "vote"
    ])
  })

  it("two submits of one decision have two ids, and the same ids in every process", () => {
    const twice = ordered({ marks: [mark("submit", 0, 1), mark("submit", 2, 1)] })
    const ids = decisionSpans(twice, 0).map((span) => span.spanId)
    assert.strictEqual(new Set(ids).size, 3)
    assert.deepStrictEqual(decisionSpans(twice, 5).map((span) => span.spanId), ids)
    for (const id of ids) assert.match(id, /^[0-9a-f]{16}$/)
  })

  it("the root says what was decided and ordered, and leaves out what is not known", () => {
    const root = decisionSpans(ordered(), 0)[0]
    assert.strictEqual(root?.attributes["decision.id"], DECISION_ID)
    assert.strictEqual(root?.attributes["trading.side"], "buy")
    assert.strictEqual(root?.attributes["trading.score"], 0.525)
    assert.strictEqual(root?.attributes["trading.verdict"], "Approved")
    assert.strictEqual(root?.attributes["trading.mode"], "rules")
    assert.strictEqual(root?.attributes["trading.demo"], true)
    assert.strictEqual(root?.attributes["order.amount"], 4_200)
    assert.notProperty(root?.attributes, "order.price")
    assert.notProperty(root?.attributes, "model.hash")
  })

  it("each vote is an event of `vote` and each check an event of `check`, once even when a stage is marked twice", () => {
    const spans = decisionSpans(
      ordered({ marks: [mark("vote", 0, 1), mark("check", 1, 1), mark("check", 3, 1)] }),
      0
    )
    assert.deepStrictEqual(spans.map((span) => span.events.length), [0, 2, 2, 0])
    assert.deepStrictEqual(spans[1]?.events[0]?.attributes, {
      "vote.strategy": "ATRBased",
      "vote.side": "buy",
      "vote.confidence": 0.7,
      "vote.reason": "band and RSI agree"
    })
    assert.deepStrictEqual(spans[2]?.events[1]?.attributes, {
      "check.rule": "exposure",
      "check.verdict": "reduce",
      "check.limit": 0.03
    })
  })

  it("an error has an error status with its words; everything else is ok", () => {
    const failed = decisionSpans(ordered({ outcome: "error", words: "venue gone" }), 0)[0]
    assert.deepStrictEqual(failed?.status, { code: "error", message: "venue gone" })
    assert.strictEqual(decisionSpans(held(), 0)[0]?.status.code, "ok")
  })

  it("a decision without marks is dated by the caller, and a mark that ends early has no negative length", () => {
    const bare = decisionSpans(ordered({ marks: [] }), START_MILLIS)
    assert.strictEqual(bare.length, 1)
    assert.strictEqual(bare[0]?.startNanos, nanosOf(START_MILLIS))
    const odd = decisionSpans(ordered({ marks: [mark("ack", 5, -3)] }), 0)
    assert.strictEqual(odd[1]?.startNanos, odd[1]?.endNanos)
    assert.isTrue((odd[0]?.endNanos ?? 0n) >= (odd[0]?.startNanos ?? 1n))
  })
})

describe("keepsTrace", () => {
  const holds = Array.from({ length: 20_000 }, (_, index) => held(`paper/BTC-JPY/15m/${index}`))

  it("orders, refusals and errors are kept even when no hold is", () => {
    for (const outcome of ["ordered", "refused", "error"] as const) {
      assert.isTrue(keepsTrace(ordered({ outcome, record: record({ order: null }) }), 0))
    }
    assert.isFalse(keepsTrace(held(), 0))
  })

  it("of plain holds the asked share is kept, the same ones on every run, and a larger share includes a smaller one", () => {
    const kept = holds.filter((timeline) => keepsTrace(timeline, 0.02))
    assert.isTrue(kept.length > 300 && kept.length < 500, `${kept.length} of 20,000 at 2 %`)
    assert.deepStrictEqual(holds.filter((timeline) => keepsTrace(timeline, 0.02)), kept)
    for (const timeline of kept) assert.isTrue(keepsTrace(timeline, 0.05))
    assert.strictEqual(holds.filter((timeline) => keepsTrace(timeline, 1)).length, holds.length)
  })
})

describe("printTrace", () => {
  it("draws the tree with durations, attributes and events", () => {
    const timeline = ordered({
      marks: [mark("vote", 0, 0.25), mark("submit", 0.25, 1_500, { "order.leg": "entry" })]
    })
    assert.strictEqual(
      printTrace(decisionSpans(timeline, 0).toReversed()),
      [
        `trace ${createHash("sha256").update(DECISION_ID).digest("hex").slice(0, 32)}`,
        `decision 1.50 s decision.id=${DECISION_ID} trading.side=buy trading.score=0.525 trading.verdict=Approved ` +
        "trading.reason=ordered trading.mode=rules trading.demo=true order.side=buy order.type=market order.amount=4200",
        "├─ vote 250.0 µs",
        "│     · vote strategy=ATRBased side=buy confidence=0.7 reason=band and RSI agree",
        "│     · vote strategy=MochipoyAlert side=hold confidence=0 reason=no two votes",
        "└─ submit 1.50 s order.leg=entry"
      ].join("\n")
    )
  })

  it("a span whose parent did not arrive is shown as a root and says so", () => {
    const [, child] = decisionSpans(ordered({ outcome: "error", words: "x" }), 0)
    assert.isDefined(child)
    assert.match(printTrace([child]), /parent [0-9a-f]{16} did not arrive/)
    assert.match(
      printTrace(decisionSpans(ordered({ outcome: "error", words: "venue gone" }), 0)),
      /ERROR venue gone/
    )
  })
})
