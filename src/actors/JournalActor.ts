/**
 * The only writer: commits decisions, intents and facts, then rings whoever reads.
 * In: commits from Risk, legs from Protection, facts from everybody. Out: rows; bells; never a wait for a reader.
 * An order reaches Execution only by having been written here (architecture 1, decisions 2-4).
 */
import { Context, Effect, Layer } from "effect"
import type { Draft, JournalEvent, JournalRow } from "../domain/Event.ts"
import { toQuote } from "../domain/money.ts"
import type { ApprovedOrder, Order } from "../domain/Order.ts"
import { recordOf } from "../engine/record.ts"
import { approvedAgain } from "../engine/risk/verdict.ts"
import { Journal } from "../ports/Journal.ts"
import { MachineTime } from "../ports/MachineTime.ts"
import { MarketClock, MarketData } from "../ports/MarketData.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import { Desk } from "./Desk.ts"
import { Mailboxes } from "./Mailboxes.ts"
import type { JournalMessage } from "./messages.ts"
import { countRow } from "./metrics.ts"
import { foldProgress, Progress } from "./Progress.ts"
import type { OpenDecision, ProgressState } from "./Progress.ts"
import { Readers } from "./Readers.ts"
import { Standing } from "./Standing.ts"
import { Timelines } from "./Timelines.ts"

/** Attempts of one leg of one decision before it is given up. */
const MAX_ATTEMPTS = 3
const PAGE = 2_000

type Needs = Desk | Journal | Mailboxes | MarketClock | MarketData | Progress | Readers | Standing | Timelines

export class JournalActor
  extends Context.Service<JournalActor, Child<never>>()("daruma/actors/JournalActor")
{
  static readonly layer: Layer.Layer<JournalActor, never, Needs> = Layer.effect(
    JournalActor,
    Effect.gen(function*() {
      const mailboxes = yield* Mailboxes
      const desk = yield* Desk
      const journal = yield* Journal
      const clock = yield* MarketClock
      const market = yield* MarketData
      const progress = yield* Progress
      const standing = yield* Standing
      const readers = yield* Readers
      const timelines = yield* Timelines
      const machine = yield* MachineTime
      const instrument = desk.instrument.id
      // A replayed market can be replayed again and its venue asked again, so only an order's own commit cannot wait.
      const soon = { durable: !market.identity.replayed }
      const now = { durable: true }

      const draft = (event: JournalEvent, decisionId: string | null, causationId: string | null): Draft => ({
        event,
        instant: clock.now(),
        instrument,
        decisionId,
        causationId
      })

      const written = (rows: ReadonlyArray<JournalRow>) => {
        for (const row of rows) {
          foldProgress(progress, row)
          countRow(row)
          ringFor(mailboxes, row)
        }
        if (!progress.converged) mailboxes.reconciler.ring()
        readers.ring()
      }

      const append = Effect.fnUntraced(
        function*(drafts: ReadonlyArray<Draft>, options: { readonly durable: boolean }) {
          const rows = yield* journal.append(drafts, options)
          written(rows)
        }
      )

      const send = Effect.fnUntraced(function*(order: ApprovedOrder, before: ReadonlyArray<Draft>) {
        const epoch = standing.epoch()
        const permit = yield* journal.send({ order, before, now: clock.now, epoch })
        if (permit._tag === "Sending") return written(permit.rows)
        const { reason, words } = permit
        const denied = draft(
          { _tag: "OrderDenied", intentId: order.intentId, reason, words },
          order.decisionId,
          order.intentId
        )
        written(permit.rows)
        yield* append(order.purpose === "protect" ? [denied] : [denied, closing(order.decisionId)], soon)
      })
      const closing = (decisionId: string) =>
        draft({ _tag: "DecisionClosed", decisionId }, decisionId, decisionId)

      const commit = Effect.fnUntraced(
        function*({ bar, decision }: Extract<JournalMessage, { _tag: "Commit" }>) {
          const { candle } = bar
          // A repeated bar cannot decide twice (L-31).
          if (candle.closeTime <= progress.decidedThrough) return
          const startMillis = machine.now()
          const record = recordOf(decision)
          const before = [
            draft(
              {
                _tag: "CandleClosed",
                openTime: candle.openTime,
                closeTime: candle.closeTime,
                text: candle.text,
                gapBars: decision.observation.gapBars
              },
              null,
              null
            ),
            draft(
              { _tag: "DecisionMade", foldedSeq: bar.foldedSeq, record },
              decision.id,
              String(bar.foldedSeq)
            )
          ]
          if (decision.order === null) yield* append(before, soon)
          else yield* send(decision.order, before)
          bar.marks.push({ stage: "append", startMillis, endMillis: machine.now(), attributes: {} })
          timelines.decided(record, bar.marks)
        }
      )

      /** Facts, and what follows from them: a closed decision, or the next attempt of a leg that never left. */
      const factual = Effect.fnUntraced(function*(drafts: ReadonlyArray<Draft>) {
        const all: Array<Draft> = []
        const again: Array<ApprovedOrder> = []
        for (const fact of drafts) {
          if (!isNews(progress, fact.event)) continue
          all.push(fact)
          const follow = consequence(fact.event)
          if (follow === null) continue
          if (follow._tag === "Close") all.push(closing(follow.decisionId))
          else again.push(follow.order)
        }
        if (all.length > 0) yield* append(all, all.some(isControl) ? now : soon)
        for (const order of again) yield* send(order, [])
      })

      const consequence = (event: JournalEvent) => {
        const open = progress.openDecision
        if (!("intentId" in event) || open === null) return null
        const order = progress.unresolved.get(event.intentId)?.order
        if (order === undefined || order.decisionId !== open.id || order.purpose === "protect") return null
        if (event._tag === "OrderAccepted" || event._tag === "OrderRefused") {
          return { _tag: "Close", decisionId: open.id } as const
        }
        return event._tag === "OrderAbsent" || event._tag === "OrderExpired"
          ? afterAbsence(open.id, order)
          : null
      }
      // Nothing reached the venue and the bar is still the newest: the same decision may try a new intent (C-3).
      const afterAbsence = (decisionId: string, order: Order) =>
        order.attempt < MAX_ATTEMPTS && clock.now() <= order.validUntil
          ? { _tag: "Again", order: approvedAgain(order) } as const
          : { _tag: "Close", decisionId } as const

      const onData = (message: JournalMessage) => {
        switch (message._tag) {
          case "Commit":
            return commit(message)
          case "Protect":
            return progress.unresolved.has(message.order.intentId) ? Effect.void : send(message.order, [])
          case "Append":
            return factual(message.drafts)
          case "SaveSnapshot":
            return journal.saveSnapshot({ kind: message.kind, seq: journal.head(), body: message.body })
        }
      }

      /** A crash between an absence or a denial and what follows from it. */
      const finish = (open: OpenDecision) => {
        const next = open.absent && open.last !== null ? afterAbsence(open.id, open.last) : null
        return next?._tag === "Again" ? send(next.order, []) : append([closing(open.id)], soon)
      }

      /** First start and crash recovery are one path: fold what is written, then say that a session begins. */
      const start = Effect.gen(function*() {
        yield* standing.granted
        while (progress.seq < journal.head()) {
          for (const row of yield* journal.read(progress.seq, PAGE)) foldProgress(progress, row)
        }
        if (progress.lastOpenTime !== null) clock.advance(progress.lastOpenTime + desk.baseMillis)
        if (!progress.sessionStarted) {
          progress.sessionStarted = true
          yield* append([{ ...draft(sessionStarted(desk, market), null, null), instrument: null }], now)
        }
        const open = progress.openDecision
        if (open !== null && progress.unresolved.size === 0) yield* finish(open)
        standing.open()
        yield* Effect.addFinalizer(() => Effect.sync(standing.shut))
        readers.ring()
        return { onData }
      })
      return JournalActor.of(actor({ name: "journal", inbox: mailboxes.journal, start }))
    })
  )
}

const sessionStarted = (desk: Desk["Service"], market: MarketData["Service"]): JournalEvent => ({
  _tag: "SessionStarted",
  stage: desk.stage,
  market: market.identity.key,
  demo: market.identity.demo,
  account: desk.settings.account,
  capital: toQuote(desk.settings.capital, desk.instrument.priceScale),
  settings: desk.settingsHash,
  spec: desk.settings.spec
})

/** What an operator or the severity table decided, and what was opened, is on disk before anybody acts on it. */
const isControl = ({ event }: Draft): boolean =>
  event._tag === "ControlSet" || event._tag === "IncidentOpened"

/** A fact told twice (by an actor that fell between telling and remembering) is written once (C-20, C-32). */
const isNews = (progress: ProgressState, event: JournalEvent): boolean => {
  switch (event._tag) {
    case "OrderAccepted":
    case "OrderRefused":
    case "OrderUnknown":
    case "OrderExpired":
    case "OrderAbsent":
      return progress.unresolved.has(event.intentId)
    case "CandleSeeded":
      return event.openTime > (progress.lastOpenTime ?? -1)
    case "VenueReported":
      return event.report.reportSeq > progress.reportSeq
    case "ProtectionChecked":
      return event.throughSeq > progress.protectedThrough
    default:
      return true
  }
}

/** Who pulls after which row; a bell coalesces, its reader looks at the journal itself. */
const ringFor = (mailboxes: Mailboxes["Service"], row: JournalRow): void => {
  switch (row.event._tag) {
    case "OrderSending":
      mailboxes.execution.ring()
      if (row.event.order.purpose !== "protect") mailboxes.feature.ring()
      return
    case "OrderUnknown":
      mailboxes.reconciler.ring()
      return
    case "CandleSeeded":
    case "DecisionMade":
    case "DecisionClosed":
      mailboxes.feed.ring()
      return
    case "OrderAccepted":
    case "OrderRefused":
    case "OrderExpired":
    case "OrderAbsent":
    case "OrderDenied":
    case "VenueReported":
      mailboxes.protection.ring()
      mailboxes.portfolio.ring()
      return
    case "ProtectionChecked":
      mailboxes.feed.ring()
      mailboxes.portfolio.ring()
      return
    default:
      return
  }
}
