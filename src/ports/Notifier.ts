/**
 * Telling a person, in one of three tiers.
 * In: a message. Out: nothing the sender waits for beyond acceptance; a failed notice never fails trading (P-6).
 * Contract only; the first layer writes to the log.
 */
import { Context } from "effect"
import type { Effect } from "effect"
import type { Tier } from "../domain/severityTable.ts"

export interface Notice {
  readonly tier: Tier
  /** Same key, same matter: later notices may merge with it. */
  readonly key: string
  readonly title: string
  readonly words: string
}

export class Notifier extends Context.Service<Notifier, {
  readonly notify: (notice: Notice) => Effect.Effect<void>
}>()("daruma/ports/Notifier") {}
