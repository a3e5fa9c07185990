/**
 * The paper profile: real actors, real journal and ledger files, a simulated venue, on a replayed market.
 * In: what to trade, where the files lie. Out: every port and actor of one desk, each named once.
 * One screen on purpose; which market it is has been decided before (layers/market.ts).
 */
import { Layer } from "effect"
import { Desk } from "../src/actors/Desk.ts"
import { Mailboxes } from "../src/actors/Mailboxes.ts"
import { actorsLayer } from "../src/actors/Pipeline.ts"
import { Progress } from "../src/actors/Progress.ts"
import { Readers } from "../src/actors/Readers.ts"
import { Standing } from "../src/actors/Standing.ts"
import { Timelines } from "../src/actors/Timelines.ts"
import { exchangeOptions } from "../src/backtest/driver.ts"
import { MarketData } from "../src/ports/MarketData.ts"
import * as MachineClock from "./clock/Machine.ts"
import type { HomeLayout } from "./home.ts"
import * as NoModel from "./inference/NoModel.ts"
import { JournalFile } from "./journal/JournalFile.ts"
import * as SqliteJournal from "./journal/Sqlite.ts"
import * as SqliteLease from "./lease/Sqlite.ts"
import * as MarketClocks from "./market-data/MarketClocks.ts"
import * as LogNotifier from "./notifier/Log.ts"
import * as SimulatedVenue from "./venue/Simulated.ts"

export interface PaperOptions {
  readonly desk: Desk["Service"]
  readonly market: MarketData["Service"]
  readonly layout: HomeLayout
  /** Account, source and market: what the journal belongs to. */
  readonly key: string
}

/** Messages that each data lane holds (reliability 7.5 has larger ones for markets that do not wait). */
const CAPACITY = 64

/** Everything but the actors: what outlives their incarnations. A test replaces any of it before the actors see it. */
export const paperServices = ({ desk, key, layout, market }: PaperOptions) => {
  const state = Layer.mergeAll(Mailboxes.layer(CAPACITY), Progress.layer, Readers.layer, Standing.layer)
  const world = Layer.mergeAll(
    Layer.succeed(Desk, desk),
    Layer.succeed(MarketData, market),
    MarketClocks.layerReplayed,
    MachineClock.layer,
    NoModel.layer,
    LogNotifier.layer
  )
  const file = JournalFile.layer({ path: layout.journal, key, synchronous: "normal" })
  const stores = Layer.mergeAll(
    SqliteJournal.layer({ account: desk.account }),
    SqliteLease.layer({ lock: layout.lock })
  ).pipe(Layer.provideMerge(JournalFile.layerLeaseTable), Layer.provide(file))
  const venue = SimulatedVenue.layer({
    ...exchangeOptions(desk.settings, desk.instrument),
    path: layout.venue
  })
  return Timelines.layer.pipe(
    Layer.provideMerge(venue),
    Layer.provideMerge(Layer.mergeAll(state, world, stores))
  )
}

/** The whole desk. */
export const paperLayer = (options: PaperOptions) =>
  actorsLayer.pipe(Layer.provideMerge(paperServices(options)))
