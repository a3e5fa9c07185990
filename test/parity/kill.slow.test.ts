/**
 * Kill -9, twenty times, at named sites: nothing is lost, nothing is done twice, and the same is decided.
 * In: a desk on real files in a process of its own. Out: decisions, chain and books held against an uninterrupted run.
 */
import { Context, Effect, Layer } from "effect"
import { it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { assert, describe } from "vitest"
import { makeBooks } from "../../src/engine/portfolio/Books.ts"
import { settle } from "../../src/engine/settle.ts"
import { Journal } from "../../src/ports/Journal.ts"
import { MarketClock, MarketData } from "../../src/ports/MarketData.ts"
import { Venue } from "../../src/ports/Venue.ts"
import { makeRandom, nextInt } from "../../src/simulator/random.ts"
import { homeLayout } from "../../layers/home.ts"
import { paperServices } from "../../layers/paper.ts"
import { arrayMarket, deskOf } from "../../layers/test.ts"
import { CRASH_KEY, CRASH_SITES, crashDesk, IN_FLIGHT } from "../kit/crashDesk.ts"
import { decisionsOf, plainRows } from "../kit/journalFile.ts"
import { readAll } from "../kit/runActors.ts"
import { scratch } from "../kit/scratch.ts"

const KILLS = 20
const child = fileURLToPath(new URL("../kit/crashChild.ts", import.meta.url))

interface Death {
  readonly site: string
  readonly signal: string | null
  readonly code: number | null
}

const live = (home: string, site: string, times: number): Promise<Death> =>
  new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, [
      "--disable-warning=ExperimentalWarning",
      child,
      home,
      site,
      String(times)
    ], {
      stdio: ["ignore", "ignore", "inherit"]
    })
    process_.on("error", reject)
    process_.on("exit", (code, signal) => resolve({ site, signal, code }))
  })

/** What the finished files say: the chain, our fold of it, and the venue's own books. */
const audit = (home: string) =>
  Effect.gen(function*() {
    const desk = crashDesk()
    const market = Context.get(yield* Layer.build(arrayMarket({ ...desk, candles: [] })), MarketData)
    const services = paperServices({
      desk: deskOf(desk),
      market,
      layout: homeLayout(home, CRASH_KEY),
      key: CRASH_KEY
    })
    return yield* Effect.gen(function*() {
      const journal = yield* Journal
      const chain = yield* journal.verify
      const rows = yield* readAll
      const books = makeBooks({ ...desk, realMoney: false })
      for (const row of rows) settle(books, row.event, row.instant)
      ;(yield* MarketClock).advance(Number.MAX_SAFE_INTEGER)
      const theirs = yield* (yield* Venue).account
      return { chain, books, theirs }
    }).pipe(Effect.provide(services))
  }).pipe(Effect.scoped, Effect.runPromise)

/** Each site in turn, each time a little further on, so that deaths fall all over the run. */
const plan = (): ReadonlyArray<readonly [site: string, times: number]> => {
  const random = makeRandom(2_026)
  return Array.from({ length: KILLS }, (_, index) => {
    const site = CRASH_SITES[index % CRASH_SITES.length] ?? "betweenBars"
    return [site, site === "betweenBars" ? 1 + nextInt(random, 60) : 1 + nextInt(random, 5)] as const
  })
}

describe("a desk that is killed", () => {
  it(
    "decides what an uninterrupted one decides, and its ledger is the venue's (I5, I6, I15, C-19, C-20, C-22)",
    async () => {
      const whole = scratch({})
      const broken = scratch({})
      assert.strictEqual((await live(whole, "none", 0)).code, 0)

      const deaths: Array<Death> = []
      let inFlightOrOpen = 0
      for (const [site, times] of plan()) {
        const death = await live(broken, site, times)
        assert.strictEqual(death.signal, "SIGKILL", `the process dies at ${site}`)
        deaths.push(death)
        if (IN_FLIGHT.has(site) || await holdsPosition(broken)) inFlightOrOpen += 1
      }
      assert.strictEqual((await live(broken, "none", 0)).code, 0)

      const journalOf = (home: string) => plainRows(homeLayout(home, CRASH_KEY).journal)
      const expected = decisionsOf(journalOf(whole))
      const found = decisionsOf(journalOf(broken))
      assert.strictEqual(found.size, expected.size)
      for (const [id, record] of expected) assert.strictEqual(found.get(id), record)
      assert.isAbove(expected.size, 2_000)

      const { books, chain, theirs } = await audit(broken)
      assert.isNull(chain.brokenAt, chain.words)
      assert.deepStrictEqual([books.account.quote, books.base], [theirs.quote, theirs.base])
      const straight = await audit(whole)
      assert.deepStrictEqual([books.account.quote, books.base], [
        straight.books.account.quote,
        straight.books.base
      ])
      assert.isAtLeast(inFlightOrOpen, 12)

      const histogram = CRASH_SITES.map((site) =>
        `${site} ${deaths.filter((death) => death.site === site).length}`
      )
      console.log(
        `killed ${deaths.length} times: ${
          histogram.join(", ")
        }; in flight or with a position ${inFlightOrOpen}`
      )
      console.log(
        `decisions ${found.size}, fills ${theirs.lastReportSeq}, quote ${theirs.quote}, base ${theirs.base}: equal on both sides`
      )
    },
    300_000
  )
})

/** Folded from the rows that survived. */
const holdsPosition = async (home: string): Promise<boolean> => (await audit(home)).books.position !== null
