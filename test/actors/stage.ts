/**
 * A desk on a stage: runs it in memory on synthetic bars, with a place to break into it, and says how it ended.
 * In: options, a desk, what happens meanwhile. Out: rows, supervision events, both parties' books.
 */
import { Context, Deferred, Effect, Layer, Random, Schema } from "effect"
import { actorsLayer, pipelineTree } from "../../src/actors/Pipeline.ts"
import { Desk } from "../../src/actors/Desk.ts"
import { Progress } from "../../src/actors/Progress.ts"
import type { ProgressState } from "../../src/actors/Progress.ts"
import { Readers } from "../../src/actors/Readers.ts"
import { runDesk } from "../../src/actors/runDesk.ts"
import type { RunningDesk } from "../../src/actors/runDesk.ts"
import type { JournalEvent, JournalRow } from "../../src/domain/Event.ts"
import { Fault } from "../../src/domain/Fault.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import { invariant } from "../../src/engine/invariant.ts"
import { makeBooks } from "../../src/engine/portfolio/Books.ts"
import { settle } from "../../src/engine/settle.ts"
import { MarketData } from "../../src/ports/MarketData.ts"
import { Venue } from "../../src/ports/Venue.ts"
import type { SupervisionEvent } from "../../src/supervision/Supervisor.ts"
import { servicesLayer } from "../../layers/test.ts"
import type { TestDeskOptions } from "../../layers/test.ts"
import { profileSettings } from "../kit/profile.ts"
import { readAll } from "../kit/runActors.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../kit/syntheticBars.ts"

/** The failures that these tests crash actors with. */
export class Stumble extends Fault<Stumble>()("Stumble", "Medium", "defect", { why: Schema.String }) {
  override get message() {
    return `stumbled: ${this.why}`
  }
}
export class Collapse extends Fault<Collapse>()("Collapse", "Critical", "defect", { why: Schema.String }) {
  override get message() {
    return `collapsed: ${this.why}`
  }
}

/** A spot desk with enough capital to trade now and then; `seed` names its market. */
export const deskOn = (
  seed: number,
  bars: number,
  over: Parameters<typeof profileSettings>[1] = {}
): TestDeskOptions => {
  const instrument = instrumentById("bitbank:BTC/JPY")
  invariant(instrument !== undefined, "the instrument is known")
  const settings = profileSettings("aggressive", { capital: 5_000_000, ...over })
  return {
    account: "stage",
    instrument,
    settings,
    baseMillis: FIFTEEN_MINUTES,
    candles: syntheticBars(seed, bars)
  }
}

type Services = ReturnType<typeof servicesLayer>
type Ground = Layer.Success<Services>
/** A whole desk: every service and every actor. */
export type DeskLayer = Layer.Layer<Ground | Layer.Success<typeof actorsLayer>, Layer.Error<Services>>

/** The real desk; `over` replaces services before any actor sees them. */
export const desk = <A = never>(
  options: TestDeskOptions,
  over?: Layer.Layer<A, never, Ground>
): DeskLayer => {
  const ground = servicesLayer(options)
  const stage = over === undefined
    ? ground
    : (over.pipe(Layer.provideMerge(ground)) as unknown as typeof ground)
  return actorsLayer.pipe(Layer.provideMerge(stage)) as DeskLayer
}

/** An actor as shipped, that sees a changed port. */
export const facing = <Self, Needs, Port, Shape>(
  shipped: Layer.Layer<Self, never, Needs>,
  port: Context.Service<Port, Shape>,
  change: (as: Shape) => Shape
) => Layer.fresh(shipped).pipe(Layer.provide(Layer.effect(port, Effect.map(port, change))))

export interface Ran {
  readonly how: "marketEnded" | "stopped" | "failed"
  readonly rows: ReadonlyArray<JournalRow>
  readonly events: ReadonlyArray<SupervisionEvent>
  readonly progress: ProgressState
  /** Quote and base as the journal folds them, and as the venue keeps them. */
  readonly books: { readonly ours: ReadonlyArray<number>; readonly theirs: ReadonlyArray<number> }
  readonly running: RunningDesk
}

type Inside = Ground | Layer.Success<typeof actorsLayer>

/** Runs to the market's end and drains; `meanwhile` breaks in. Backoffs draw from one seed. */
export const play = (
  layer: DeskLayer,
  meanwhile?: (running: RunningDesk) => Effect.Effect<unknown, never, Inside>
) =>
  Effect.scoped(Effect.gen(function*() {
    const events: Array<SupervisionEvent> = []
    const running = yield* runDesk(yield* pipelineTree, {
      onEvent: (event) => Effect.sync(() => void events.push(event))
    })
    if (meanwhile !== undefined) yield* Effect.forkScoped(meanwhile(running), { startImmediately: true })
    const how = yield* running.finished
    yield* running.drain(how === "marketEnded" ? "marketEnded" : how === "failed" ? "failed" : "drained")
    const rows = yield* readAll
    const ran: Ran = {
      how,
      rows,
      events,
      progress: yield* Progress,
      books: yield* bothBooks(rows).pipe(Effect.orDie),
      running
    }
    return ran
  })).pipe(Random.withSeed("tea"), Effect.provide(layer as Layer.Layer<Inside>))

/** Our fold of the journal beside the venue's own books. */
const bothBooks = (rows: ReadonlyArray<JournalRow>) =>
  Effect.gen(function*() {
    const theirs = yield* (yield* Venue).account
    const books = makeBooks(yield* Desk)
    for (const row of rows) settle(books, row.event, row.instant)
    return { ours: [books.account.quote, books.base], theirs: [theirs.quote, theirs.base] }
  })

type Kind = JournalEvent["_tag"]
/** Events of one kind, in order. */
export const only = <K extends Kind>(
  rows: ReadonlyArray<JournalRow>,
  kind: K
): ReadonlyArray<JournalEvent & { readonly _tag: K }> =>
  rows.flatMap(({ event }) => event._tag === kind ? [event as JournalEvent & { readonly _tag: K }] : [])

/** Every decision record as text, byte for byte comparable. */
export const decisionsIn = (rows: ReadonlyArray<JournalRow>): ReadonlyArray<string> =>
  only(rows, "DecisionMade").map(({ record }) => JSON.stringify(record))

/** Waits until the journal's fold has reached a level. */
export const reached = (level: (state: ProgressState) => boolean) =>
  Effect.gen(function*() {
    const progress = yield* Progress
    const readers = yield* Readers
    const done = yield* Deferred.make<void>()
    const look = () => {
      if (level(progress)) Deferred.doneUnsafe(done, Effect.void)
    }
    const remove = readers.add(look)
    look()
    yield* Effect.ensuring(Deferred.await(done), Effect.sync(remove))
  })

/** Where a desk can be held still: between two bars with a position open, or around an entry on the wire. */
export const SITES = ["betweenBars", "beforeSubmit", "afterSubmit"] as const
export type Site = typeof SITES[number]

const HELD = "40 millis"

export interface Hold {
  readonly site: Site
  /** Decisions made before it. */
  readonly bars: number
  /** Done once the desk stands still. */
  readonly held: Deferred.Deferred<void>
  /** The market does not end before this is done. */
  readonly released: Deferred.Deferred<void>
}

/** Services that stand still once, and a market that waits with its end. */
export const holding = ({ bars, held, released, site }: Hold) =>
  Layer.effectContext(Effect.gen(function*() {
    const venue = yield* Venue
    const market = yield* MarketData
    const progress = yield* Progress
    let isOver = false
    const hold = (here: Site, isRight: boolean) =>
      Effect.suspend(() => {
        if (isOver || here !== site || !isRight || progress.decisions < bars) return Effect.void
        isOver = true
        return Effect.andThen(Deferred.succeed(held, undefined), Effect.sleep(HELD))
      })
    return Context.make(Venue, {
      ...venue,
      submit: (order) =>
        hold("beforeSubmit", order.purpose === "entry").pipe(
          Effect.andThen(venue.submit(order)),
          Effect.tap(() => hold("afterSubmit", order.purpose === "entry"))
        )
    }).pipe(Context.add(MarketData, {
      ...market,
      next: (after) =>
        hold("betweenBars", progress.protection === "covered").pipe(
          Effect.andThen(market.next(after)),
          Effect.tap((event) => event._tag === "Ended" ? Deferred.await(released) : Effect.void)
        )
    }))
  }))
