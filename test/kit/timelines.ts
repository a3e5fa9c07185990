/**
 * Decision timelines for tests: an order that filled, a refusal, a hold and an error, with real-looking machine times.
 * In: what a test wants to be different. Out: DecisionTimeline.
 * One place, so that a change of the record is mended once.
 */
import type { DecisionRecord } from "../../src/domain/Decision.ts"
import type { Order } from "../../src/domain/Order.ts"
import type { DecisionTimeline, StageMark, StageName } from "../../src/ports/DecisionTraces.ts"

/** Unix milliseconds with a fraction that a double holds exactly. */
export const START_MILLIS = 1_700_000_000_000.5

export const mark = (
  stage: StageName,
  fromMillis: number,
  lengthMillis: number,
  attributes: StageMark["attributes"] = {}
): StageMark => ({
  stage,
  startMillis: START_MILLIS + fromMillis,
  endMillis: START_MILLIS + fromMillis + lengthMillis,
  attributes
})

export const DECISION_ID = "paper/BTC-JPY/15m/1700000000000"

const order = {
  intentId: `${DECISION_ID}#entry.1`,
  decisionId: DECISION_ID,
  instrument: "bitbank:BTC/JPY",
  leg: "entry",
  purpose: "entry",
  attempt: 1,
  side: "buy",
  type: "market",
  amount: 4_200,
  price: null,
  trigger: null,
  reduceOnly: false,
  postOnly: false,
  validUntil: 1_700_000_010_000,
  plannedStop: 118_000_000_000,
  plannedTarget: 124_000_000_000,
  strategy: "ATRBased",
  edge: "bootstrap"
} as unknown as Order

export const record = (over: Partial<DecisionRecord> = {}): DecisionRecord => ({
  version: 1,
  id: DECISION_ID,
  closeTime: 1_700_000_000_000,
  seededAt: 1_690_000_000_000,
  inputs: { base: 1_699_999_100_000, higher: null, checksum: "00" },
  spec: "phase19",
  mode: "rules",
  prediction: null,
  features: [],
  votes: [
    { strategy: "ATRBased", side: "buy", confidence: 0.7, reason: "band and RSI agree" },
    { strategy: "MochipoyAlert", side: "hold", confidence: 0, reason: "no two votes" }
  ],
  tally: { buy: 0.525, sell: 0, score: 0.525 },
  side: "buy",
  attribution: "ATRBased",
  verdict: "Approved",
  reason: "ordered",
  refusals: [],
  checks: [
    { rule: "drawdown", verdict: "pass", value: 0.01, limit: 0.2 },
    { rule: "exposure", verdict: "reduce", value: null, limit: 0.03 }
  ],
  riskScore: 0.31,
  order,
  ...over
})

const STAGES: ReadonlyArray<StageName> = [
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

/** An order through all ten stages, one millisecond each, back to back. */
export const ordered = (over: Partial<DecisionTimeline> = {}): DecisionTimeline => ({
  record: record(),
  account: "paper",
  epoch: 7,
  demo: true,
  marks: STAGES.map((stage, index) =>
    mark(stage, index, 1, stage === "submit" ? { "order.leg": "entry" } : {})
  ),
  outcome: "ordered",
  words: "",
  ...over
})

/** A plain hold that stopped after the vote. */
export const held = (id = DECISION_ID): DecisionTimeline =>
  ordered({
    record: record({
      id,
      order: null,
      verdict: "None",
      side: "hold",
      reason: "belowMinimum",
      checks: [],
      attribution: null,
      riskScore: null
    }),
    marks: [mark("observe", 0, 0.25), mark("predict", 0.25, 0.25), mark("vote", 0.5, 0.5)],
    outcome: "hold"
  })
