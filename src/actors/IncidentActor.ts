/**
 * Turns failures into incidents: one row and one notice a matter, however often it repeats.
 * In: reports from supervision. Out: IncidentOpened rows and notices in the severity's tier (architecture 6).
 * In `outer`: it may fall without touching trading.
 */
import { Context, Effect, Layer } from "effect"
import { SEVERITY_TABLE } from "../domain/severityTable.ts"
import { Journal } from "../ports/Journal.ts"
import type { MarketClock } from "../ports/MarketData.ts"
import { Notifier } from "../ports/Notifier.ts"
import { actor } from "../supervision/Actor.ts"
import type { Child } from "../supervision/Actor.ts"
import type { Desk } from "./Desk.ts"
import { makeDrafts } from "./drafts.ts"
import { Mailboxes } from "./Mailboxes.ts"
import type { IncidentReport } from "./messages.ts"

type Needs = Desk | Journal | Mailboxes | MarketClock | Notifier
const PAGE = 2_000

export class IncidentActor
  extends Context.Service<IncidentActor, Child<never>>()("daruma/actors/IncidentActor")
{
  static readonly layer: Layer.Layer<IncidentActor, never, Needs> = Layer.effect(
    IncidentActor,
    Effect.gen(function*() {
      const journal = yield* Journal
      const mailboxes = yield* Mailboxes
      const notifier = yield* Notifier
      const draft = yield* makeDrafts

      /** Codes already open, from the journal: a restart must not open them again. */
      const opened = Effect.gen(function*() {
        const codes = new Set<string>()
        let cursor = 0
        while (cursor < journal.head()) {
          for (const row of yield* journal.read(cursor, PAGE)) {
            cursor = row.seq
            if (row.event._tag === "IncidentOpened") codes.add(row.event.code)
          }
        }
        return codes
      })

      const start = Effect.gen(function*() {
        let known: Set<string> | null = null
        const onData = Effect.fnUntraced(function*({ code, runbook, severity, words }: IncidentReport) {
          known ??= yield* opened
          const { pages, tier } = SEVERITY_TABLE[severity]
          yield* notifier.notify({
            tier,
            key: code,
            title: `${severity}: ${code}`,
            words: `${words} (runbook ${runbook})`
          })
          if (!pages || known.has(code)) return
          known.add(code)
          const event = {
            _tag: "IncidentOpened",
            incident: `${code}/${known.size}`,
            code,
            severity,
            runbook,
            words
          } as const
          yield* mailboxes.journal.tell({ _tag: "Append", drafts: [draft(event, null, null)] })
        })
        return { onData }
      })
      return IncidentActor.of(actor({ name: "incident", inbox: mailboxes.incident, start }))
    })
  )
}
