/**
 * A whole desk on real files that kills itself, without a word, at a named site; run as a process of its own.
 * In: home folder, site, how often the site is passed before the kill (0 = never). Out: exit 0 at the market's end.
 * The kill is a SIGKILL inside a wrapped venue or market: journal, ledger, lease and actors are the shipped ones.
 */
import { Context, Effect, Layer } from "effect"
import { actorsLayer, pipelineTree } from "../../src/actors/Pipeline.ts"
import { runDesk } from "../../src/actors/runDesk.ts"
import { MarketData, MarketSteps } from "../../src/ports/MarketData.ts"
import { Venue } from "../../src/ports/Venue.ts"
import { homeLayout, prepareHome } from "../../layers/home.ts"
import { paperServices } from "../../layers/paper.ts"
import { arrayMarket, deskOf } from "../../layers/test.ts"
import { CRASH_BARS, CRASH_KEY, CRASH_SEED, crashDesk } from "./crashDesk.ts"
import type { CrashSite } from "./crashDesk.ts"
import { syntheticBars } from "./syntheticBars.ts"

const [home = "", wanted = "", times = "0"] = process.argv.slice(2)

let passed = 0
const pass = (site: CrashSite) =>
  Effect.sync(() => {
    if (site !== wanted || Number(times) === 0) return
    passed += 1
    if (passed === Number(times)) process.kill(process.pid, "SIGKILL")
  })

/** The wire and the market as they are, with the places to die between their words. */
const dangerous = Layer.effectContext(Effect.gen(function*() {
  const venue = yield* Venue
  const steps = yield* MarketSteps
  const market = yield* MarketData
  let newest = 0
  const reported = (site: CrashSite) => (reportSeq: number) => {
    if (reportSeq === newest) return Effect.void
    newest = reportSeq
    return pass(site)
  }
  return Context.make(Venue, {
    ...venue,
    submit: (order) =>
      pass("beforeSubmit").pipe(Effect.andThen(venue.submit(order)), Effect.tap(() => pass("afterSubmit")))
  }).pipe(
    Context.add(MarketSteps, {
      open: (candle) => Effect.tap(steps.open(candle), reported("afterOpenFill")),
      close: (candle) => Effect.tap(steps.close(candle), reported("afterCloseFill"))
    }),
    Context.add(MarketData, {
      ...market,
      next: (open) => Effect.tap(market.next(open), () => pass("betweenBars"))
    })
  )
}))

const main = Effect.scoped(Effect.gen(function*() {
  const desk = crashDesk()
  const layout = homeLayout(home, CRASH_KEY)
  yield* prepareHome(layout, { fresh: false })
  const candles = syntheticBars(CRASH_SEED, CRASH_BARS)
  const market = Context.get(yield* Layer.build(arrayMarket({ ...desk, candles })), MarketData)
  const services = paperServices({ desk: deskOf(desk), market, layout, key: CRASH_KEY })
  const whole = actorsLayer.pipe(Layer.provideMerge(dangerous), Layer.provideMerge(services))
  const run = Effect.scoped(Effect.gen(function*() {
    const running = yield* runDesk(yield* pipelineTree)
    const how = yield* running.finished
    yield* running.drain(how === "failed" ? "failed" : "marketEnded")
    return how
  }))
  return yield* Effect.provide(run, whole)
}))

const how = await Effect.runPromise(main)
process.exitCode = how === "marketEnded" ? 0 : 1
