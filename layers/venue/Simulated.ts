/**
 * The simulated venue: the pure exchange behind the `Venue` port, and its market side.
 * In: approved orders; each bar before the pipeline sees it. Out: three-valued answers, reports by cursor, its own books.
 * It commits to its own file before it answers; what it could not write it forgets, so that its answers stay provable (decisions 35).
 */
import { Context, Effect, Layer } from "effect"
import type { Candle } from "../../src/domain/Candle.ts"
import type { ApprovedOrder, SubmitOutcome } from "../../src/domain/Order.ts"
import type { VenueFault, VenueLedgerUnavailable } from "../../src/errors/VenueError.ts"
import { MarketClock, MarketSteps } from "../../src/ports/MarketData.ts"
import { Venue } from "../../src/ports/Venue.ts"
import {
  accountOf,
  closeBar,
  lookup,
  makeExchange,
  openBar,
  reportsAfter,
  submit
} from "../../src/simulator/Exchange.ts"
import type { Exchange, ExchangeOptions } from "../../src/simulator/Exchange.ts"
import { openLedger } from "./ledger.ts"
import type { VenueLedger } from "./ledger.ts"

/** The venue with its durable ledger at `path`; restored from it, and refused when it is another instrument's. */
const layer = (
  options: ExchangeOptions & { readonly path: string }
): Layer.Layer<Venue | MarketSteps, VenueFault, MarketClock> =>
  Layer.effectContext(Effect.gen(function*() {
    const { path, ...exchange } = options
    const ledger = yield* openLedger(path, exchange)
    return yield* make(exchange, ledger)
  }))

/** The venue without a file: it dies with its layer. */
const layerMemory = (options: ExchangeOptions): Layer.Layer<Venue | MarketSteps, VenueFault, MarketClock> =>
  Layer.effectContext(make(options, null))

const make = Effect.fnUntraced(function*(
  options: ExchangeOptions,
  ledger: VenueLedger | null
): Effect.fn.Return<Context.Context<Venue | MarketSteps>, VenueLedgerUnavailable, MarketClock> {
  const clock = yield* MarketClock
  let exchange = ledger === null
    ? makeExchange(options)
    : yield* Effect.try({ try: ledger.load, catch: ledger.explain })
  let seen = stirring(exchange)

  // Saves a change; when that fails the exchange goes back to its file, as a venue would that crashed at this point.
  const keep = (order: ApprovedOrder | null): VenueLedgerUnavailable | null => {
    if (ledger === null) return null
    try {
      ledger.save(exchange, order)
      return null
    } catch (cause) {
      exchange = ledger.load()
      seen = stirring(exchange)
      return ledger.explain(cause)
    }
  }

  const sent = Effect.fn("Venue.submit")((order: ApprovedOrder) =>
    Effect.sync((): SubmitOutcome => {
      const outcome = submit(exchange, order, clock.now())
      if (outcome._tag !== "Accepted") return outcome
      seen = stirring(exchange)
      const failed = keep(order)
      return failed === null ? outcome : { _tag: "Unknown", words: failed.message }
    })
  )

  // After a crash the venue may be ahead of the journal: what happened in bars that will come again is told when they do.
  // A bar opens at the instant at which the one before it closes, so an open counts as seen only once that bar was opened here.
  let opened = Number.NEGATIVE_INFINITY
  const isAhead = (entry: Exchange["entries"][number] | undefined, now: number): boolean => {
    if (entry === undefined) return false
    return entry.phase === "open" ? entry.bar > opened && entry.report.at >= now : entry.report.at > now
  }
  const told = (): number => {
    const now = clock.now()
    let count = exchange.entries.length
    while (count > 0 && isAhead(exchange.entries[count - 1], now)) count -= 1
    return count
  }

  const stepped = (step: (exchange: Exchange, candle: Candle) => unknown) => (candle: Candle) =>
    Effect.suspend(() => {
      step(exchange, candle)
      if (candle.openTime > opened) opened = candle.openTime
      const now = stirring(exchange)
      if (now === seen) return Effect.succeed(told())
      seen = now
      const failed = keep(null)
      return failed === null ? Effect.succeed(told()) : Effect.fail(failed)
    })

  const venue = Venue.of({
    id: "simulated",
    capabilities: {
      clientOrderId: true,
      authoritativeLookup: true,
      timeWindowMillis: null,
      reduceOnly: true
    },
    submit: sent,
    lookup: (intentId) => Effect.sync(() => lookup(exchange, intentId)),
    reports: (after) =>
      Effect.sync(() => reportsAfter(exchange, after).slice(0, Math.max(0, told() - after))),
    account: Effect.sync(() => accountOf(exchange))
  })
  return Context.make(Venue, venue).pipe(
    Context.add(MarketSteps, MarketSteps.of({ open: stepped(openBar), close: stepped(closeBar) }))
  )
})

/**
 * A number that grows with everything a restart must know: orders, reports, orders that met the market, stops that triggered.
 * How far the market came is not part of it: a bar in which nothing happened is written nowhere and may simply come again.
 */
const stirring = (exchange: Exchange): number => {
  const { accepted, entries, working } = exchange
  let flags = 0
  for (const order of working) flags += (order.arrived ? 1 : 0) + (order.triggered ? 1 : 0)
  // An order that ends makes a report, so the flags it takes away are outweighed.
  return 3 * (entries.length + accepted.size) + flags
}

export { layer, layerMemory }
