/**
 * A browser for tests of pages, where the machine has one.
 * In: HTML text and a screen. Out: the opened page with what it said and asked for; files and pages end with the scope.
 * Tests that need it are skipped with NO_BROWSER as their reason where none is on the PATH.
 */
import { Effect } from "effect"
import type { Scope } from "effect"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Browser } from "puppeteer-core"
import { chromiumPath, openBrowser, openFile } from "../../bin/pictures/chromium.ts"
import type { Opened, Screen } from "../../bin/pictures/chromium.ts"
import { temporaryFolder } from "./folder.ts"

export const chromium: string | undefined = chromiumPath()
export const NO_BROWSER = "no chromium, chromium-browser or google-chrome on the PATH"

/** One browser, closed with the scope; only where `chromium` is not undefined. */
export const browser: Effect.Effect<Browser, never, Scope.Scope> = Effect.acquireRelease(
  Effect.promise(() => openBrowser(chromium!)),
  (opened) => Effect.promise(() => opened.close())
)

/** The HTML as a file, opened as `screen` shows it. `scripted` false = with scripts switched off. */
export const openHtml = (
  within: Browser,
  html: string,
  screen: Screen,
  mode: "light" | "dark",
  scripted = true
): Effect.Effect<Opened, never, Scope.Scope> =>
  Effect.gen(function*() {
    const path = join(yield* temporaryFolder, "report.html")
    yield* Effect.sync(() => writeFileSync(path, html))
    return yield* Effect.acquireRelease(
      Effect.promise(() => openFile(within, path, screen, mode, scripted)),
      ({ page }) => Effect.promise(() => page.close())
    )
  })
