/**
 * Notices as log lines, by tier.
 * In: a notice. Out: one line with its tier, key and title; it never fails and nobody waits for it (P-6).
 * The first of the notifiers, and what the others fall back on.
 */
import { Effect, Layer } from "effect"
import type { Tier } from "../../src/domain/severityTable.ts"
import { Notifier } from "../../src/ports/Notifier.ts"

const LOG: Readonly<Record<Tier, (words: string) => Effect.Effect<void>>> = {
  Critical: (words) => Effect.logError(words),
  Warning: (words) => Effect.logWarning(words),
  Info: (words) => Effect.logInfo(words)
}

const layer: Layer.Layer<Notifier> = Layer.succeed(
  Notifier,
  Notifier.of({
    notify: ({ key, tier, title, words }) =>
      LOG[tier](`${title}: ${words}`).pipe(
        Effect.annotateLogs({ tier, notice: key, mustSee: tier !== "Info" })
      )
  })
)

export { layer }
