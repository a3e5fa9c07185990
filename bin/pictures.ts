#!/usr/bin/env node
/**
 * The pictures of the report in the documents: `node bin/pictures.ts` runs a backtest, opens its report and takes them anew.
 * In: nothing but the program and a Chromium on the PATH. Out: docs/pictures/report-{desktop,phone}-{light,dark}.png; exit 1 on trouble.
 * The run is seeded and needs no data, so anybody gets the same pictures from the same code (fonts aside).
 */
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { chromiumPath, DESKTOP, openBrowser, openFile, PHONE } from "./pictures/chromium.ts"
import type { Screen } from "./pictures/chromium.ts"

const ROOT = resolve(import.meta.dirname, "..")
const FOLDER = join(ROOT, "docs", "pictures")
const RUN = ["backtest", "--market", "synthetic", "--seed", "42", "--capital", "5000000", "--quiet"]

/** Larger pictures make a README slow. */
const MAX_BYTES = 250_000

const SCREENS: ReadonlyArray<Screen> = [{ ...DESKTOP, height: 1_320 }, { ...PHONE, height: 960 }]

/** Runs the program into `folder`; its report's path. */
const reportIn = (folder: string): string => {
  const out = join(folder, "run")
  const { error, status, stderr } = spawnSync(
    join(ROOT, "bin", "daruma"),
    [...RUN, "--home", join(folder, "home"), "--out", out],
    { cwd: folder, encoding: "utf8" }
  )
  if (error !== undefined || status !== 0) throw new Error(`daruma backtest failed: ${error ?? stderr}`)
  return join(out, "report.html")
}

const takeAll = async (chromium: string, report: string): Promise<void> => {
  const browser = await openBrowser(chromium)
  try {
    mkdirSync(FOLDER, { recursive: true })
    for (const screen of SCREENS) {
      for (const mode of ["light", "dark"] as const) {
        const { page } = await openFile(browser, report, screen, mode)
        const path = join(FOLDER, `report-${screen.name}-${mode}.png`) as `${string}.png`
        await page.screenshot({ path })
        await page.close()
        const bytes = statSync(path).size
        if (bytes > MAX_BYTES) throw new Error(`${path} has ${bytes} bytes, more than ${MAX_BYTES}`)
        process.stdout.write(`${path} ${bytes}\n`)
      }
    }
  } finally {
    await browser.close()
  }
}

const chromium = chromiumPath()
if (chromium === undefined) {
  process.stderr.write("pictures: there is no chromium, chromium-browser or google-chrome on the PATH\n")
  process.exitCode = 1
} else {
  const folder = mkdtempSync(join(tmpdir(), "daruma-pictures-"))
  try {
    await takeAll(chromium, reportIn(folder))
  } catch (error) {
    process.stderr.write(`pictures: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
