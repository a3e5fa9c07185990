/**
 * The journal in memory: the same chain, the same answers, nothing kept.
 * In: drafts. Out: rows; everything is durable for as long as the layer lives.
 * For simulation and tests; held to the same contract suite as SQLite.
 */
import { Clock, Effect, Layer } from "effect"
import type { Draft, JournalRow } from "../../src/domain/Event.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import type { OrderStatus } from "../../src/domain/orderStatus.ts"
import { isUnresolved } from "../../src/domain/orderStatus.ts"
import type { TradingState } from "../../src/domain/severityTable.ts"
import { DraftInvalid } from "../../src/errors/JournalError.ts"
import { LeaseLost } from "../../src/errors/LeaseError.ts"
import { Journal } from "../../src/ports/Journal.ts"
import type { Snapshot } from "../../src/ports/Journal.ts"
import { LeaseTable } from "../lease/LeaseTable.ts"
import { NotCanonical } from "./canonical.ts"
import { EMPTY, linkAfter } from "./chain.ts"
import type { JournalOptions } from "./chain.ts"
import { moveOf, stateAfter, statusAfter } from "./intents.ts"
import { permitOf } from "./permit.ts"
import type { SendView } from "./permit.ts"

interface Intent {
  readonly id: string
  readonly key: string
  readonly group: string
  status: OrderStatus
}

/** The folded tables as maps. */
class Folded {
  readonly intents = new Map<string, Intent>()
  readonly keys = new Set<string>()
  trading: { readonly state: TradingState; readonly words: string } = {
    state: "Active",
    words: "no control was ever set"
  }

  fold({ event }: JournalRow): void {
    if (event._tag === "OrderSending") {
      const { attempt, decisionId, instrument, intentId, leg, purpose } = event.order
      const key = `${decisionId}#${leg}.${attempt}`
      this.intents.set(intentId, { id: intentId, key, group: `${instrument} ${purpose}`, status: "Sending" })
      this.keys.add(key)
      return
    }
    if (event._tag === "ControlSet") {
      this.trading = { state: stateAfter(this.trading.state, event.control), words: event.words }
      return
    }
    const about = moveOf(event)
    const intent = about === null ? undefined : this.intents.get(about.intentId)
    if (about !== null && intent !== undefined) intent.status = statusAfter(intent.status, about.move)
  }

  unresolved(group: string): string | undefined {
    for (const intent of this.intents.values()) {
      if (intent.group === group && isUnresolved(intent.status)) return intent.id
    }
    return undefined
  }
}

const layer = (options: JournalOptions): Layer.Layer<Journal, AnyFault, LeaseTable> =>
  Layer.effect(
    Journal,
    Effect.gen(function*() {
      const { account } = options
      const lease = yield* LeaseTable
      const clock = yield* Clock.Clock
      const rows: Array<JournalRow> = []
      const snapshots = new Map<string, Snapshot>()
      const folded = new Folded()

      const write = (drafts: ReadonlyArray<Draft>): ReadonlyArray<JournalRow> => {
        const { epoch } = lease.held
        if (lease.read().epoch !== epoch) throw new LeaseLost({ account, epoch })
        let before = rows.at(-1) ?? EMPTY
        const writer = { account, epoch, recordedAt: clock.currentTimeMillisUnsafe() }
        const written = drafts.map((draft) => {
          const { row } = linkAfter(before, draft, writer)
          before = row
          return row
        })
        for (const row of written) {
          rows.push(row)
          folded.fold(row)
        }
        return written
      }

      const writing = <A>(run: () => A): Effect.Effect<A, AnyFault> =>
        Effect.try({
          try: run,
          catch: (cause) => {
            if (cause instanceof LeaseLost) return cause
            if (cause instanceof NotCanonical) {
              return new DraftInvalid({ kind: "event", words: cause.message })
            }
            throw cause
          }
        })

      const view: SendView = {
        trading: () => folded.trading,
        leaseEpoch: () => lease.read().epoch,
        leaseMillisLeft: () =>
          Math.floor(lease.held.validUntilMillis - Number(clock.monotonicTimeNanosUnsafe() / 1_000_000n)),
        hasIntent: (decisionId, leg, attempt) => folded.keys.has(`${decisionId}#${leg}.${attempt}`),
        unresolved: (instrument, purpose) => folded.unresolved(`${instrument} ${purpose}`)
      }

      return Journal.of({
        head: () => rows.length,
        append: (drafts) => writing(() => write(drafts)),
        send: (request) => writing(() => permitOf(request, [...write(request.before)], view, write)),
        read: (after, limit) => Effect.sync(() => rows.slice(after, after + limit)),
        flush: Effect.void,
        saveSnapshot: (snapshot) =>
          Effect.sync(() => {
            snapshots.set(snapshot.kind, snapshot)
          }),
        loadSnapshot: (kind) => Effect.sync(() => snapshots.get(kind) ?? null),
        verify: Effect.sync(() => verified(rows))
      })
    })
  )

const verified = (rows: ReadonlyArray<JournalRow>) => {
  let before: { readonly seq: number; readonly hash: string } = EMPTY
  for (const row of rows) {
    const { row: again } = linkAfter(before, row, row)
    if (again.hash !== row.hash) {
      return {
        rows: before.seq,
        brokenAt: row.seq,
        words: `row ${row.seq}: its content does not match its hash`
      }
    }
    before = row
  }
  return { rows: rows.length, brokenAt: null, words: `${rows.length} rows, the chain is whole` }
}

export { layer }
