/**
 * Every settings key has a reader, and nothing else is a settings key.
 * In: the schema's keys, the table of readers. Out: a failure that names the key nobody notices.
 */
import { assert, describe, it } from "@effect/vitest"
import { SETTING_KEYS } from "../../layers/settings/keys.ts"
import { READERS } from "./readers.ts"
import type { Changes, Witness } from "./witnesses.ts"
import { settingsWith } from "./witnesses.ts"

const remembered = new Map<Witness, Map<string, Promise<string>>>()

/** Each witness is asked once about the same settings. */
const ask = (witness: Witness, changes: Changes): Promise<string> => {
  const answers = remembered.get(witness) ?? new Map<string, Promise<string>>()
  remembered.set(witness, answers)
  const question = JSON.stringify(changes)
  const answer = answers.get(question) ?? witness(settingsWith(changes))
  answers.set(question, answer)
  return answer
}

describe("settings keys", () => {
  it("L-15: the table of readers names exactly the keys of the schema", () => {
    assert.deepStrictEqual(Object.keys(READERS).toSorted(), SETTING_KEYS.map((key) => key.path).toSorted())
  })

  it.each(Object.keys(READERS))(
    "L-15, P-28: changing %s changes a decision, a message or a limit",
    async (path) => {
      const reader = READERS[path]
      assert.isDefined(reader)
      const base = reader.base ?? {}
      const before = await ask(reader.witness, base)
      const after = await ask(reader.witness, { ...base, [path]: reader.changed })
      assert.notStrictEqual(after, before)
    }
  )

  it("a witness says the same twice, so that a difference means something", async () => {
    for (const reader of new Map(Object.values(READERS).map((one) => [one.witness, one])).values()) {
      const settings = settingsWith(reader.base ?? {})
      assert.strictEqual(await reader.witness(settings), await reader.witness(settings))
    }
  })
})
