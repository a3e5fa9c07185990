/**
 * The programs that the documents show, run as they stand there.
 * In: a scripted market, the desk of layers/test.ts. Out: assertions on the journal; the pages' text is held against this file.
 * Here so that an example cannot grow old in silence.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Mailboxes } from "../../src/actors/Mailboxes.ts"
import type { PredictionMessage } from "../../src/actors/messages.ts"
import { actorsLayer } from "../../src/actors/Pipeline.ts"
import { StrategyActor } from "../../src/actors/StrategyActor.ts"
import type { JournalRow } from "../../src/domain/Event.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import type { Ballot } from "../../src/engine/Ballot.ts"
import { invariant } from "../../src/engine/invariant.ts"
import { scriptedMarket } from "../../src/simulator/markets/scripted.ts"
import { actor } from "../../src/supervision/Actor.ts"
import { deskLayer, servicesLayer } from "../../layers/test.ts"
import { profileSettings } from "../kit/profile.ts"
import { runToEnd } from "../kit/runActors.ts"

const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8")

const ordersIn = (rows: ReadonlyArray<JournalRow>): ReadonlyArray<string> =>
  rows.flatMap(({ event }) => event._tag === "OrderSending" ? [event.order.leg] : [])

const firstLossIn = (rows: ReadonlyArray<JournalRow>): string | null => {
  for (const { event } of rows) {
    if (event._tag !== "VenueReported" || event.report._tag !== "Filled") continue
    const leg = event.report.intentId.split("#")[1] ?? ""
    if (!leg.startsWith("entry")) return leg
  }
  return null
}

const instrument = instrumentById("bitbank:BTC/JPY")
invariant(instrument !== undefined, "the instrument is known")
const settings = profileSettings("balanced")

// docs/simulation.md
const quarter = 15 * 60_000
const terms = { startPrice: 10_000_000, startTime: 0, baseMillis: quarter, tick: 1, volume: 5 }
const candles = scriptedMarket(terms, "calm 1200; down 12 by 4%; up 20 by 6%; crash 10%; calm 20")
const options = { account: "mine", instrument, settings, baseMillis: quarter, candles }
const run = runToEnd.pipe(Effect.provide(deskLayer(options)))
// end

const nothing = {
  votes: [],
  buy: 0,
  sell: 0,
  score: 0,
  side: "hold",
  reason: "noSide",
  attribution: null
} as const
const ballot: Ballot = { ...nothing, stopAtr: 0, targetRatio: 0, mode: "rules", prediction: null }

// README.md
const mute = Layer.effect(StrategyActor)(Effect.map(Mailboxes, ({ risk, strategy: inbox }) => {
  const start = Effect.succeed({
    onData: ({ row }: PredictionMessage) => Effect.asVoid(risk.tell({ row, ballot }))
  })
  return StrategyActor.of(actor({ name: "strategy", inbox, start }))
}))
const myActors = Layer.merge(actorsLayer, mute) // the later one stands in for ours
// end

/** The lines of this file between `// <page>` and `// end`. */
const exampleOf = (page: string): string => {
  const [, after] = read("./examples.test.ts").split(`\n// ${page}\n`)
  return after?.split("\n// end\n")[0] ?? ""
}

describe("examples", () => {
  it.effect("docs/simulation.md: the scripted crash closes a position by its stop", () =>
    Effect.gen(function*() {
      const { how, rows } = yield* run
      assert.strictEqual(how, "marketEnded")
      assert.includeMembers([...ordersIn(rows)], ["entry", "stop", "target"])
      assert.match(firstLossIn(rows) ?? "", /^stop\./)
    }))

  it.effect("README.md: an actor that stands in for ours is the one that runs", () =>
    Effect.gen(function*() {
      const desk = myActors.pipe(Layer.provideMerge(servicesLayer(options)))
      const { rows } = yield* runToEnd.pipe(Effect.provide(desk))
      const decisions = rows.filter(({ event }) => event._tag === "DecisionMade")
      assert.strictEqual(decisions.length, candles.length)
      assert.isEmpty(ordersIn(rows))
    }))

  it.each(["docs/simulation.md", "README.md"])("%s shows this file's lines", (page) => {
    const example = exampleOf(page)
    assert.isAbove(example.split("\n").length, 4)
    assert.include(read(`../../${page}`), example)
  })
})
