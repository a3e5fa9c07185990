/**
 * What the desk counts: each row once under its state, each latency from its marks, equity in its currency.
 * In: rows, marks and books of the kit. Out: assertions on the series that /metrics prints.
 * Counters belong to the process, so every case judges what its own rows added.
 */
import { globSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { PrometheusMetrics } from "effect/observability"
import {
  countRow,
  gaugeEquity,
  LATENCY_PHASES,
  measureOrder,
  ORDER_STATES
} from "../../src/actors/metrics.ts"
import { DECISION_REASONS } from "../../src/domain/decisionReasons.ts"
import type { JournalEvent, JournalRow } from "../../src/domain/Event.ts"
import type { Base, Price, Quote } from "../../src/domain/money.ts"
import { emptyBooks } from "../engine/desk.ts"
import { recordOfBar } from "../kit/record.ts"
import { orderOf } from "../kit/rows.ts"
import { mark } from "../kit/timelines.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

const text = (): string => Effect.runSync(PrometheusMetrics.format())
/** Value of one printed series; 0 while nothing was counted. */
const valueOf = (series: string): number =>
  Number(text().split("\n").find((line) => line.startsWith(`${series} `))?.slice(series.length + 1) ?? 0)

let seq = 100
const row = (event: JournalEvent): JournalRow => ({ seq: seq++, event }) as JournalRow

const intentId = "paper-spot/bitbank:BTC/JPY/15m/900000#entry.1"
const fill = (complete: boolean) =>
  ({
    _tag: "VenueReported",
    report: { _tag: "Filled", intentId, complete }
  }) as JournalEvent
const events: ReadonlyArray<readonly [(typeof ORDER_STATES)[number], JournalEvent]> = [
  ["Sending", { _tag: "OrderSending", order: orderOf(), t0: 0, settleBy: 1 }],
  ["Denied", { _tag: "OrderDenied", intentId, reason: "halted", words: "no" }],
  ["Accepted", { _tag: "OrderAccepted", intentId, venueOrderId: "V-1" }],
  ["Refused", { _tag: "OrderRefused", intentId, code: "1", words: "no" }],
  ["Unknown", { _tag: "OrderUnknown", intentId, words: "no answer" }],
  ["Expired", { _tag: "OrderExpired", intentId }],
  ["Absent", { _tag: "OrderAbsent", intentId }],
  ["PartiallyFilled", fill(false)],
  ["Filled", fill(true)],
  ["Canceled", { _tag: "VenueReported", report: { _tag: "Canceled", intentId } } as JournalEvent]
]

describe("countRow", () => {
  it.each(events)("counts an order as %s once, and as nothing else", (state, event) => {
    const before = ORDER_STATES.map((name) => valueOf(`daruma_orders_total{state="${name}"}`))
    countRow(row(event))
    const added = ORDER_STATES.map((name, index) =>
      valueOf(`daruma_orders_total{state="${name}"}`) - (before[index] ?? 0)
    )
    assert.deepStrictEqual(added, ORDER_STATES.map((name) => name === state ? 1 : 0))
  })

  it("every state that is printed is reached by some row", () => {
    assert.sameMembers(events.map(([state]) => state), [...ORDER_STATES])
  })

  it("counts a refused decision once, and each rule that refused it", () => {
    const names = [
      "daruma_decisions_total{outcome=\"refused\"}",
      "daruma_decisions_total{outcome=\"hold\"}",
      "daruma_risk_denied_total{rule=\"coolDown\"}",
      "daruma_risk_denied_total{rule=\"exposure\"}",
      "daruma_risk_denied_total{rule=\"drawdown\"}"
    ]
    const before = names.map(valueOf)
    const record = {
      ...recordOfBar(1),
      verdict: "Refused",
      reason: "coolDown",
      refusals: ["coolDown", "exposure"]
    } as const
    countRow(row({ _tag: "DecisionMade", foldedSeq: 1, record }))
    assert.deepStrictEqual(names.map((name, index) => valueOf(name) - (before[index] ?? 0)), [1, 0, 1, 1, 0])
  })

  it("shows the newest row's number as the journal's head", () => {
    countRow({ seq: 4_711, event: { _tag: "DecisionClosed", decisionId: "x" } } as JournalRow)
    assert.strictEqual(valueOf("daruma_journal_head"), 4_711)
  })

  it("costs a bar less than a hundredth of a millisecond", () => {
    const decided = row({ _tag: "DecisionMade", foldedSeq: 1, record: recordOfBar(1) })
    for (let bar = 0; bar < 20_000; bar++) countRow(decided)
    const start = performance.now()
    for (let bar = 0; bar < 20_000; bar++) countRow(decided)
    assert.isBelow((performance.now() - start) / 20_000, 0.01)
  })
})

describe("measureOrder", () => {
  const sumOf = (phase: string) => valueOf(`daruma_order_latency_seconds_sum{phase="${phase}"}`)
  const countOf = (phase: string) => valueOf(`daruma_order_latency_seconds_count{phase="${phase}"}`)

  it("takes each phase from the marks that bound it, in seconds", () => {
    const before = LATENCY_PHASES.map(sumOf)
    measureOrder([
      mark("observe", 0, 1),
      mark("plan", 3, 1),
      mark("append", 5, 2),
      mark("submit", 8, 16),
      mark("ack", 24, 8),
      mark("fill", 100, 0)
    ])
    const added = LATENCY_PHASES.map((phase, index) => sumOf(phase) - (before[index] ?? 0))
    const expected = [0.004, 0.002, 0.016, 0.008, 0.076]
    added.forEach((seconds, index) =>
      assert.approximately(seconds, expected[index] ?? 0, 1e-6, LATENCY_PHASES[index])
    )
  })

  it("does not measure a phase that lacks a mark", () => {
    const before = LATENCY_PHASES.map(countOf)
    measureOrder([mark("observe", 0, 1), mark("plan", 1, 1), mark("submit", 2, 1)])
    assert.deepStrictEqual(LATENCY_PHASES.map((phase, index) => countOf(phase) - (before[index] ?? 0)), [
      1,
      0,
      1,
      0,
      0
    ])
  })
})

describe("gaugeEquity", () => {
  it("shows cash plus position in the instrument's currency, and what is lost from the peak", () => {
    const books = emptyBooks()
    const { priceScale, quote } = books.instrument
    const unit = 10 ** priceScale
    books.account.quote = 300_000 * unit as Quote
    books.base = 0 as Base
    books.markPrice = 0 as Price
    books.account.drawdown.peak = 400_000 * unit as Quote
    gaugeEquity(books)
    assert.strictEqual(valueOf(`daruma_equity{currency="${quote}"}`), 300_000)
    assert.strictEqual(valueOf(`daruma_drawdown_ratio{currency="${quote}"}`), 0.25)
  })
})

describe("alerts", () => {
  const files = globSync("observability/alerts/*.yaml", { cwd: root }).map((file) =>
    readFileSync(root + file, "utf8")
  ).join("\n")
  const named = (pattern: RegExp) => Array.from(files.matchAll(pattern), ([, name]) => name ?? "")

  it("on orders name only states that are counted", () => {
    const states = named(/daruma_orders_total\{state="(\w+)"\}/g)
    assert.isNotEmpty(states)
    for (const state of states) assert.include(ORDER_STATES as ReadonlyArray<string>, state)
  })

  it("on refusals name only rules that exist", () => {
    const rules = named(/daruma_risk_denied_total\{rule="(\w+)"\}/g)
    assert.isNotEmpty(rules)
    for (const rule of rules) assert.property(DECISION_REASONS, rule)
  })

  it("read no label that its metric does not have", () => {
    const labels: Readonly<Record<string, string>> = {
      daruma_orders_total: "state",
      daruma_risk_denied_total: "rule",
      daruma_decisions_total: "outcome"
    }
    const strange = [...files.matchAll(/(daruma_\w+)\{(\w+)=/g)].filter(([, metric, label]) =>
      metric !== undefined && metric in labels && label !== labels[metric]
    )
    assert.deepStrictEqual(strange, [])
  })
})
