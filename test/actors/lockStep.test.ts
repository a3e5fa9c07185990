/**
 * Lock step under hard conditions: mailboxes of one, repeated bars, halts, answers that never come, stalls.
 * In: the memory desk, with a wrapped market or venue. Out: the rows of a calm run, or exactly the difference that is due.
 */
import { it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { assert, describe } from "vitest"
import { Mailboxes } from "../../src/actors/Mailboxes.ts"
import { StrategyActor } from "../../src/actors/StrategyActor.ts"
import type { JournalRow } from "../../src/domain/Event.ts"
import type { ApprovedOrder } from "../../src/domain/Order.ts"
import type { Ballot } from "../../src/engine/Ballot.ts"
import { Inference } from "../../src/ports/Inference.ts"
import { MarketData } from "../../src/ports/MarketData.ts"
import { Venue } from "../../src/ports/Venue.ts"
import { standIn } from "../../layers/test.ts"
import { decisionsIn, desk, deskOn, only, play, reached } from "./stage.ts"
import type { DeskLayer } from "./stage.ts"

/** Rows without their machine time. */
const written = (rows: ReadonlyArray<JournalRow>) =>
  rows.map((row) => JSON.stringify({ ...row, recordedAt: 0 }))

const options = deskOn(11, 260)
const calm = await Effect.runPromise(play(desk(options)))

/** The venue between the desk and the simulated one; `submit` sees the true one and how often it was asked. */
const wire = (
  submit: (
    order: ApprovedOrder,
    real: Venue["Service"],
    time: number
  ) => ReturnType<Venue["Service"]["submit"]>
) => {
  const sent: Array<string> = []
  const layer = Layer.effect(
    Venue,
    Effect.map(Venue, (real) =>
      Venue.of({
        ...real,
        submit: (order) => Effect.suspend(() => submit(order, real, sent.push(order.intentId)))
      }))
  )
  return { layer, sent }
}

const dead = { _tag: "Unknown", words: "the line went dead" } as const
const isEntry = (order: ApprovedOrder) => order.purpose === "entry"

const nothing = { votes: [], buy: 0, sell: 0, score: 0, attribution: null, prediction: null } as const
const holding: Ballot = {
  ...nothing,
  side: "hold",
  reason: "noSide",
  stopAtr: 0,
  targetRatio: 0,
  mode: "rules"
}

describe("lock step", () => {
  it.live("mailboxes of one write, row for row, what mailboxes of 64 write", () =>
    Effect.gen(function*() {
      const long = deskOn(7, 3_000)
      const wide = yield* play(desk({ ...long, capacity: 64 }))
      const narrow = yield* play(desk({ ...long, capacity: 1 }))
      assert.strictEqual(decisionsIn(narrow.rows).length, 3_000)
      assert.isAbove(only(narrow.rows, "OrderSending").length, 100)
      assert.deepStrictEqual(written(narrow.rows), written(wide.rows))
    }))

  it.live("a bar told again, and again, decides once (L-31)", () =>
    Effect.gen(function*() {
      const echo = Layer.effect(
        Mailboxes,
        Effect.map(Mailboxes, (boxes) => ({
          ...boxes,
          feature: {
            ...boxes.feature,
            tell: (message) => Effect.andThen(boxes.feature.tell(message), boxes.feature.tell(message))
          }
        } satisfies Mailboxes["Service"]))
      )
      const ran = yield* play(desk(options, echo))
      const ids = only(ran.rows, "DecisionMade").map(({ record }) => record.id)
      assert.strictEqual(new Set(ids).size, ids.length)
      assert.deepStrictEqual(written(ran.rows), written(calm.rows))
    }))

  it.live("a market that hands out the same bar twice decides it once (L-31)", () =>
    Effect.gen(function*() {
      let asked = 0
      const stutter = Layer.effect(
        MarketData,
        Effect.map(MarketData, (market) =>
          MarketData.of({
            ...market,
            next: (after) =>
              Effect.suspend(() =>
                market.next(++asked % 3 === 0 && after !== null ? after - options.baseMillis : after)
              )
          }))
      )
      const ran = yield* play(desk(options, stutter))
      assert.isAbove(asked, 300)
      assert.deepStrictEqual(decisionsIn(ran.rows), decisionsIn(calm.rows))
    }))

  it.live("a hold never reaches Execution: a desk that only holds asks the venue for nothing (L-3)", () =>
    Effect.gen(function*() {
      const { layer, sent } = wire((order, real) => real.submit(order))
      const shy = standIn(
        StrategyActor,
        "strategy",
        ({ row }, { risk }) => risk.tell({ row, ballot: holding })
      )
      const whole = shy.pipe(Layer.provideMerge(desk(options, layer))) as DeskLayer
      const ran = yield* play(whole)
      assert.strictEqual(only(ran.rows, "DecisionMade").length, 260)
      assert.isEmpty(sent)

      const busy = wire((order, real) => real.submit(order))
      const trading = yield* play(desk(options, busy.layer))
      const orders = only(trading.rows, "OrderSending").map(({ order }) => order.intentId)
      assert.deepStrictEqual(busy.sent, orders)
      assert.isNotEmpty(orders)
    }))

  it.live("a stall of any stage changes no row", () =>
    Effect.gen(function*() {
      let asked = 0
      const slow = Layer.succeed(Inference, {
        predict: () =>
          Effect.as(
            ++asked % 50 === 0 ? Effect.sleep("30 millis") : Effect.void,
            { _tag: "Missing", words: "no model is configured" } as const
          )
      })
      const late = wire((order, real, time) =>
        Effect.andThen(time % 5 === 0 ? Effect.sleep("30 millis") : Effect.void, real.submit(order))
      )
      const ran = yield* play(desk(options, Layer.merge(slow, late.layer)))
      assert.isAbove(late.sent.length, 10)
      assert.deepStrictEqual(written(ran.rows), written(calm.rows))
    }))
})

describe("a halt in the journal", () => {
  it.live("refuses an entry that was decided before it, in the order's own transaction", () =>
    Effect.gen(function*() {
      // Between the decision and its commit: the message is on its way to the journal when the halt overtakes it.
      let isHalted = false
      const overtaking = Layer.effect(
        Mailboxes,
        Effect.map(Mailboxes, (boxes) => ({
          ...boxes,
          journal: {
            ...boxes.journal,
            tell: (message) => {
              if (
                isHalted || message._tag !== "Commit" || message.decision.order?.purpose !== "entry"
              ) return boxes.journal.tell(message)
              isHalted = true
              const event = {
                _tag: "ControlSet",
                control: "halt",
                by: "operator",
                words: "enough",
                incident: null
              } as const
              const halt = {
                event,
                instant: message.bar.candle.closeTime,
                instrument: null,
                decisionId: null,
                causationId: null
              }
              return Effect.andThen(
                boxes.journal.tell({ _tag: "Append", drafts: [halt] }),
                boxes.journal.tell(message)
              )
            }
          }
        } satisfies Mailboxes["Service"]))
      )
      const ran = yield* play(desk(options, overtaking))
      assert.strictEqual(ran.how, "marketEnded")
      assert.deepStrictEqual(only(ran.rows, "OrderDenied").map(({ reason }) => reason), ["halted"])
      assert.isEmpty(only(ran.rows, "OrderSending"))
      const reasons = only(ran.rows, "DecisionMade").map(({ record }) => record.reason)
      assert.strictEqual(reasons.filter((reason) => reason === "ordered").length, 1)
      assert.isAbove(reasons.filter((reason) => reason === "halted").length, 0)
      assert.strictEqual(ran.progress.closedThrough, options.candles.at(-1)?.closeTime)
    }))

  it.live("comes by command through Control, and a resume lets entries go again", () =>
    Effect.gen(function*() {
      const order = { by: "operator", words: "a look", incident: null } as const
      const ran = yield* play(desk(options), () =>
        Effect.gen(function*() {
          const { control } = yield* Mailboxes
          yield* reached(({ decisions }) => decisions >= 100)
          yield* control.tell({ ...order, control: "halt" })
          yield* reached(({ decisions }) => decisions >= 180)
          yield* control.tell({ ...order, control: "resume" })
        }))
      assert.deepStrictEqual(only(ran.rows, "ControlSet").map(({ by, control }) => [by, control]), [[
        "operator",
        "halt"
      ], ["operator", "resume"]])
      const at = (control: string) =>
        ran.rows.findIndex(({ event }) => event._tag === "ControlSet" && event.control === control)
      const entries = (rows: ReadonlyArray<JournalRow>) =>
        only(rows, "OrderSending").filter(({ order: { purpose } }) => purpose === "entry").length
      assert.isAbove(entries(ran.rows.slice(0, at("halt"))), 0)
      assert.strictEqual(entries(ran.rows.slice(at("halt"), at("resume"))), 0)
      assert.isAbove(entries(ran.rows.slice(at("resume"))), 0)
    }))
})

describe("an answer that never came", () => {
  it.live("blocks its bar until a lookup finds the order, which is not sent again (C-3, C-11)", () =>
    Effect.gen(function*() {
      const { layer, sent } = wire((order, real) =>
        Effect.map(real.submit(order), (answer) => isEntry(order) ? dead : answer)
      )
      const ran = yield* play(desk(options, layer))
      assert.strictEqual(new Set(sent).size, sent.length)
      assert.isNotEmpty(only(ran.rows, "OrderUnknown"))
      assert.deepStrictEqual(decisionsIn(ran.rows), decisionsIn(calm.rows))
      assert.deepStrictEqual(ran.books.ours, calm.books.theirs)
      assert.strictEqual(only(ran.rows, "OrderAbsent").length, 0)
      for (const { intentId } of only(ran.rows, "OrderUnknown")) {
        const after = ran.rows.slice(
          ran.rows.findIndex(({ event }) => event._tag === "OrderUnknown" && event.intentId === intentId)
        )
        const next = after.findIndex(({ event }) =>
          event._tag === "OrderAccepted" && event.intentId === intentId
        )
        assert.isAbove(next, 0)
        assert.isEmpty(only(after.slice(0, next), "DecisionMade"))
      }
    }))

  it.live("when the venue proves that it has nothing, a second attempt is made and the same is decided (C-3)", () =>
    Effect.gen(function*() {
      const { layer, sent } = wire((order, real) =>
        isEntry(order) && order.attempt === 1 ? Effect.succeed(dead) : real.submit(order)
      )
      const ran = yield* play(desk(options, layer))
      const entries = only(calm.rows, "OrderSending").filter(({ order }) => order.purpose === "entry").length
      assert.isAbove(entries, 3)
      assert.strictEqual(only(ran.rows, "OrderAbsent").length, entries)
      assert.strictEqual(sent.filter((intentId) => intentId.endsWith("#entry.2")).length, entries)
      assert.deepStrictEqual(decisionsIn(ran.rows), decisionsIn(calm.rows))
      assert.deepStrictEqual(ran.books.ours, calm.books.ours)
    }))

  it.live("after three attempts that left nothing the decision is closed and the market goes on", () =>
    Effect.gen(function*() {
      const { layer, sent } = wire((order, real) =>
        isEntry(order) ? Effect.succeed(dead) : real.submit(order)
      )
      const ran = yield* play(desk(options, layer))
      assert.isAbove(sent.length, 3)
      assert.deepStrictEqual(sent.slice(0, 4).map((intentId) => intentId.slice(intentId.lastIndexOf("."))), [
        ".1",
        ".2",
        ".3",
        ".1"
      ])
      assert.isEmpty(only(ran.rows, "VenueReported"))
      assert.strictEqual(ran.progress.closedThrough, options.candles.at(-1)?.closeTime)
    }))

  it.live("and a lookup that cannot be read is asked again, changing nothing meanwhile", () =>
    Effect.gen(function*() {
      let looked = 0
      const blind = Layer.effect(
        Venue,
        Effect.map(Venue, (real) =>
          Venue.of({
            ...real,
            submit: (order) =>
              Effect.map(real.submit(order), (answer) => isEntry(order) && looked === 0 ? dead : answer),
            lookup: (intentId) =>
              Effect.suspend(() =>
                ++looked <= 2
                  ? Effect.succeed({ _tag: "Unreadable", words: "503" } as const)
                  : real.lookup(intentId)
              )
          }))
      )
      const ran = yield* play(desk(options, blind))
      assert.strictEqual(looked, 3)
      assert.strictEqual(only(ran.rows, "OrderUnknown").length, 1)
      assert.deepStrictEqual(decisionsIn(ran.rows), decisionsIn(calm.rows))
      assert.deepStrictEqual(ran.events.filter(({ _tag }) => _tag === "Restarted"), [])
    }))
})
