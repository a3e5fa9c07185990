/**
 * A folder of its own for a test, gone afterwards.
 * In: nothing. Out: a path under the system's temporary folder, removed with the scope.
 * Here so that no test leaves files behind or meets another's.
 */
import { Effect } from "effect"
import type { Scope } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export const temporaryFolder: Effect.Effect<string, never, Scope.Scope> = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "daruma-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)
