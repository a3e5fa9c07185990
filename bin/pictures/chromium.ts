/**
 * A file of our own opened in the Chromium of this machine, as a given screen would show it.
 * In: a path and a screen. Out: the opened page, and everything it said or asked for while it was read.
 * Here for the pictures of the documents; the tests of the report page open it by the same door.
 */
import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"
import { pathToFileURL } from "node:url"
import { launch } from "puppeteer-core"
import type { Browser, Page } from "puppeteer-core"

export interface Screen {
  readonly name: string
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  /** Device pixels a CSS pixel. */
  readonly scale: number
  readonly touch: boolean
}

export const DESKTOP: Screen = { name: "desktop", width: 1_280, height: 900, scale: 1, touch: false }
export const PHONE: Screen = { name: "phone", width: 360, height: 780, scale: 2, touch: true }

export interface Opened {
  readonly page: Page
  /** What the console said and what was thrown. */
  readonly said: Array<string>
  /** Everything that was asked for besides the file itself and data in the page. */
  readonly asked: Array<string>
}

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] as const

/** Chromium on the PATH; undefined when there is none. */
const chromiumPath = (): string | undefined =>
  (process.env["PATH"] ?? "").split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(isExecutable)

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A browser without a window. The caller closes it. */
const openBrowser = (executablePath: string): Promise<Browser> =>
  // Root may not use Chromium's sandbox; what is opened is our own file.
  launch({ executablePath, headless: true, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] })

const openFile = async (
  browser: Browser,
  path: string,
  screen: Screen,
  mode: "light" | "dark",
  scripted = true
): Promise<Opened> => {
  const page = await browser.newPage()
  const said: Array<string> = []
  const asked: Array<string> = []
  const address = pathToFileURL(path).href
  page.on("console", (message) => said.push(message.text()))
  page.on("pageerror", (error) => said.push(String(error)))
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) asked.push(request.url())
  })
  const { height, scale, touch, width } = screen
  await page.setJavaScriptEnabled(scripted)
  await page.setViewport({ width, height, deviceScaleFactor: scale, isMobile: touch, hasTouch: touch })
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: mode }])
  await page.goto(address)
  return { page, said, asked }
}

export { chromiumPath, openBrowser, openFile }
