/**
 * Notices in the log.
 * In: one notice a tier. Out: the line, its level and its annotations.
 * The log is where a person looks when every other channel is down.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Logger, References } from "effect"
import { layer } from "../../../layers/notifier/Log.ts"
import type { Tier } from "../../../src/domain/severityTable.ts"
import { Notifier } from "../../../src/ports/Notifier.ts"

describe("Notifier to the log", () => {
  it.effect("each tier has its level, and the line says title, words and key", () =>
    Effect.gen(function*() {
      const lines: Array<readonly [string, string, unknown]> = []
      const keep = Logger.make<unknown, void>(({ fiber, logLevel, message }) => {
        lines.push([logLevel, String(message), fiber.getRef(References.CurrentLogAnnotations)["notice"]])
      })
      const notice = (tier: Tier) => ({ tier, key: `k-${tier}`, title: "Title", words: "what happened" })
      const tell = Effect.flatMap(Notifier, ({ notify }) =>
        Effect.forEach(["Critical", "Warning", "Info"] as const, (tier) => notify(notice(tier))))
      yield* tell.pipe(Effect.provide(Layer.merge(layer, Logger.layer([keep]))))
      assert.deepStrictEqual(lines, [
        ["Error", "Title: what happened", "k-Critical"],
        ["Warn", "Title: what happened", "k-Warning"],
        ["Info", "Title: what happened", "k-Info"]
      ])
    }))
})
