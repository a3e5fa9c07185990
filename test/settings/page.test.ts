/**
 * docs/settings.md is what the schema says today.
 * In: the page in the repository. Out: a failure that names the command when it is out of date.
 */
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { SETTING_KEYS } from "../../layers/settings/keys.ts"
import { settingsPage } from "../../layers/settings/page.ts"
import { PROFILES } from "./reading.ts"

describe("settingsPage", () => {
  it.effect("docs/settings.md is current: `daruma config docs > docs/settings.md`", () =>
    Effect.gen(function*() {
      const page = yield* Effect.provide(settingsPage(PROFILES), NodeServices.layer)
      assert.strictEqual(readFileSync(new URL("../../docs/settings.md", import.meta.url), "utf8"), page)
    }))

  it.effect("names every key once, with the values of both profiles where a profile sets it", () =>
    Effect.gen(function*() {
      const page = yield* Effect.provide(settingsPage(PROFILES), NodeServices.layer)
      for (const key of SETTING_KEYS) {
        assert.strictEqual(page.split(`\n| \`${key.path}\` `).length, 2, key.path)
      }
      assert.include(page, "| balanced `0.03`, aggressive `0.05` ")
    }))
})
