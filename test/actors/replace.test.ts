/**
 * Each of the seven stages of the pipeline is replaced by a layer of at most three lines, and the run shows it.
 * In: the memory desk. Out: what the replacement did, seen in the journal; the other actors are the shipped ones.
 */
import { it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { readFileSync } from "node:fs"
import { assert, describe } from "vitest"
import { ExecutionActor } from "../../src/actors/ExecutionActor.ts"
import { FeatureActor } from "../../src/actors/FeatureActor.ts"
import { FeedActor } from "../../src/actors/FeedActor.ts"
import { InferenceActor } from "../../src/actors/InferenceActor.ts"
import { JournalActor } from "../../src/actors/JournalActor.ts"
import type { ClosedBar } from "../../src/actors/messages.ts"
import { RiskActor } from "../../src/actors/RiskActor.ts"
import { StrategyActor } from "../../src/actors/StrategyActor.ts"
import type { Ballot } from "../../src/engine/Ballot.ts"
import type { Decision } from "../../src/engine/Decision.ts"
import { freeze, makeMarketState, observe } from "../../src/engine/observe.ts"
import type { Observation } from "../../src/engine/Observation.ts"
import { Journal } from "../../src/ports/Journal.ts"
import { Venue } from "../../src/ports/Venue.ts"
import { arrayMarket, deskOf, standIn } from "../../layers/test.ts"
import { decisionsIn, desk, deskOn, facing, only, play } from "./stage.ts"
import type { DeskLayer } from "./stage.ts"

const options = deskOn(11, 120)
const shipped = await Effect.runPromise(play(desk(options)))
const twoBars = { ...options, candles: options.candles.slice(0, 2) }
const prediction = { modelHash: "oracle", long: 0.4, short: 0.4, longPrior: 0.4, shortPrior: 0.4, models: [] }
const refused = { _tag: "Refused", code: "closed", words: "the venue is closed" } as const
const windows = { ...deskOf(options), spec: options.settings.spec }
const buying = { buy: 1, sell: 0, score: 1, side: "buy", reason: "ordered", attribution: "ATRBased" } as const
const buyer: Ballot = { ...buying, votes: [], stopAtr: 2, targetRatio: 2, mode: "rules", prediction: null }
const refusal = (observation: Observation, ballot: Ballot): Decision => {
  const why = {
    verdict: "Refused",
    reason: "riskScore",
    refusals: ["riskScore"],
    checks: [],
    riskScore: 1
  } as const
  return { ...why, id: `gate/${observation.bar.closeTime}`, observation, ballot, order: null }
}
const alone = ({ candle }: ClosedBar) => freeze(observe(makeMarketState(windows), candle))
let permits = 0

const feed = Layer.fresh(FeedActor.layer).pipe(Layer.provide(arrayMarket(twoBars)))

const feature = standIn(FeatureActor, "feature", (bar, { inference }) => {
  return bar._tag === "Seed" ? Effect.void : inference.tell({ bar, observation: alone(bar) })
})

const inference = standIn(InferenceActor, "inference", (row, { strategy }) => {
  return strategy.tell({ row, inferred: { _tag: "Predicted", prediction } })
})

const strategy = standIn(StrategyActor, "strategy", ({ row }, { risk }) => {
  return risk.tell({ row, ballot: buyer })
})

const risk = standIn(RiskActor, "risk", ({ ballot, row: { bar, observation } }, { journal }) => {
  return journal.tell({ _tag: "Commit", bar, decision: refusal(observation, ballot) })
})

const journal = facing(JournalActor.layer, Journal, (port) => {
  return { ...port, send: (request) => Effect.tap(port.send(request), () => Effect.sync(() => permits++)) }
})

const execution = facing(ExecutionActor.layer, Venue, (venue) => {
  return { ...venue, submit: () => Effect.succeed(refused) }
})

const SEVEN = { feed, feature, inference, strategy, risk, journal, execution }

/** The shipped desk but for one actor. */
const ranWith = (name: keyof typeof SEVEN) =>
  play((SEVEN[name] as unknown as Layer.Layer<never>).pipe(Layer.provideMerge(desk(options))) as DeskLayer)

const recordsIn = (rows: Parameters<typeof decisionsIn>[0]) =>
  only(rows, "DecisionMade").map(({ record }) => record)
const source = readFileSync(new URL(import.meta.url), "utf8")

describe("a replaced actor", () => {
  it.each(Object.keys(SEVEN))("%s takes at most three lines", (name) => {
    const lines = new RegExp(`^const ${name} = [^]*?\\n\\n`, "m").exec(source)?.[0].trimEnd().split("\n") ??
      []
    assert.isTrue(lines.length >= 1 && lines.length <= 3, lines.join("\n"))
  })

  it.live("feed: two bars are decided and the market is over", () =>
    Effect.gen(function*() {
      const { how, rows } = yield* ranWith("feed")
      assert.strictEqual(how, "marketEnded")
      assert.deepStrictEqual(
        recordsIn(rows).map(({ closeTime }) => closeTime),
        twoBars.candles.map(({ closeTime }) => closeTime)
      )
    }))

  it.live("feature: one that forgets every bar never gets warm", () =>
    Effect.gen(function*() {
      const records = recordsIn((yield* ranWith("feature")).rows)
      assert.strictEqual(records.length, 120)
      assert.isTrue(records.every(({ reason }) => reason === "notWarm"))
      assert.isTrue(recordsIn(shipped.rows).some(({ reason }) => reason !== "notWarm"))
    }))

  it.live("inference: every decision carries the model's hash, and a model that knows nothing changes no side", () =>
    Effect.gen(function*() {
      const records = recordsIn((yield* ranWith("inference")).rows)
      assert.isTrue(
        records.every(({ mode, prediction: used }) => mode === "model" && used?.modelHash === "oracle")
      )
      assert.isTrue(recordsIn(shipped.rows).every(({ mode }) => mode === "rules"))
      assert.strictEqual(records[49]?.side, recordsIn(shipped.rows)[49]?.side)
    }))

  it.live("strategy: one that always buys enters and never asks for an exit", () =>
    Effect.gen(function*() {
      const { books, rows } = yield* ranWith("strategy")
      const records = recordsIn(rows)
      assert.isTrue(records.every(({ side }) => side === "buy"))
      const orders = records.flatMap(({ order }) => order === null ? [] : [order.leg])
      assert.isNotEmpty(orders)
      assert.isTrue(orders.every((leg) => leg === "entry"))
      assert.deepStrictEqual(books.ours, books.theirs)
    }))

  it.live("risk: one that refuses everything sends nothing", () =>
    Effect.gen(function*() {
      const { rows } = yield* ranWith("risk")
      assert.isTrue(
        recordsIn(rows).every(({ id, verdict }) => verdict === "Refused" && id.startsWith("gate/"))
      )
      assert.isEmpty(only(rows, "OrderSending"))
      assert.isNotEmpty(only(shipped.rows, "OrderSending"))
    }))

  it.live("journal: one that counts has asked once for each intent, and nothing else is different", () =>
    Effect.gen(function*() {
      permits = 0
      const { rows } = yield* ranWith("journal")
      assert.strictEqual(permits, only(rows, "OrderSending").length)
      assert.isAbove(permits, 0)
      assert.deepStrictEqual(decisionsIn(rows), decisionsIn(shipped.rows))
    }))

  it.live("execution: one whose venue refuses closes each bar and holds nothing", () =>
    Effect.gen(function*() {
      const { progress, rows } = yield* ranWith("execution")
      assert.isNotEmpty(only(rows, "OrderRefused"))
      assert.strictEqual(only(rows, "OrderRefused").length, only(rows, "OrderSending").length)
      assert.isEmpty(only(rows, "VenueReported"))
      assert.strictEqual(progress.closedThrough, options.candles.at(-1)?.closeTime)
    }))
})
