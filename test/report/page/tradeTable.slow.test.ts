/**
 * The table of trades and the widened price chart in a browser: sorted, filtered, marked, fitted.
 * In: the page of a real run, opened in Chromium. Out: what stands in the page after a click.
 * Skipped with a reason where no browser is on the PATH.
 */
import { assert, describe, layer } from "@effect/vitest"
import { Context, Effect, Layer } from "effect"
import type { Scope } from "effect"
import type { Browser, Page } from "puppeteer-core"
import { DESKTOP, PHONE } from "../../../bin/pictures/chromium.ts"
import type { Screen } from "../../../bin/pictures/chromium.ts"
import { page } from "../../../src/report/page/page.ts"
import { browser, chromium, NO_BROWSER, openHtml } from "../../kit/browser.ts"
import { overflow } from "./inBrowser.ts"
import { runModel } from "./model.ts"

class Chromium extends Context.Service<Chromium, Browser>()("test/report/page/tradeTable/Chromium") {}

const model = runModel(3, 6_000)
const report = page(model)

const opened = Effect.fnUntraced(
  function*(screen: Screen): Effect.fn.Return<Page, never, Chromium | Scope.Scope> {
    const { page: shown } = yield* openHtml(yield* Chromium, report, screen, "light")
    yield* ask(shown, `document.querySelector("details").open = true`)
    return shown
  }
)

const ask = (shown: Page, question: string): Effect.Effect<unknown> =>
  Effect.promise(() => shown.evaluate(question))

/** Cells of one column of the rows that are seen. */
const column = (shown: Page, key: string) =>
  Effect.map(
    ask(
      shown,
      `[...document.querySelectorAll(".trades tbody tr:not([hidden])")].map((row) =>
        row.cells[[...document.querySelectorAll(".trades thead th")].findIndex((head) => head.dataset.key === "${key}")].textContent)`
    ),
    (cells) => cells as ReadonlyArray<string>
  )

const click = (shown: Page, selector: string) => ask(shown, `document.querySelector('${selector}').click()`)

const numbers = (cells: ReadonlyArray<string>) => cells.map((cell) => Number(cell.replace(/[,%+ ]/g, "")))

const SKIPPED = chromium === undefined ? ` (skipped: ${NO_BROWSER})` : ""

describe.skipIf(chromium === undefined)(`the table of trades in a browser${SKIPPED}`, () => {
  layer(Layer.effect(Chromium, browser))((it) => {
    it.effect("lists every trade with its profit, in order", () =>
      Effect.gen(function*() {
        const shown = yield* opened(DESKTOP)
        assert.deepStrictEqual(
          numbers(yield* column(shown, "number")),
          model.trades.map((_, index) => index + 1)
        )
        assert.deepStrictEqual(
          numbers(yield* column(shown, "profit")),
          model.trades.map(({ pnl }) => Math.round(pnl) || 0)
        )
      }).pipe(Effect.scoped))

    it.effect("sorts by number, by words and back", () =>
      Effect.gen(function*() {
        const shown = yield* opened(DESKTOP)
        const head = (key: string) => `.trades th[data-key="${key}"] button`
        yield* click(shown, head("share"))
        const rising = numbers(yield* column(shown, "share"))
        assert.deepStrictEqual(rising, rising.toSorted((a, b) => a - b))
        yield* click(shown, head("share"))
        const falling = numbers(yield* column(shown, "share"))
        assert.deepStrictEqual(falling, falling.toSorted((a, b) => b - a))
        assert.notDeepEqual(rising, falling)
        yield* click(shown, head("strategy"))
        const names = yield* column(shown, "strategy")
        assert.deepStrictEqual(names, names.toSorted())
        const sorted =
          `[...document.querySelectorAll(".trades th[aria-sort]")].map((head) => head.dataset.key + head.ariaSort)`
        assert.deepStrictEqual(yield* ask(shown, sorted), ["strategyascending"])
        yield* click(shown, head("number"))
        assert.deepStrictEqual(
          numbers(yield* column(shown, "number")),
          model.trades.map((_, index) => index + 1)
        )
      }).pipe(Effect.scoped))

    it.effect("filters by words and by outcome, and counts what is left", () =>
      Effect.gen(function*() {
        const shown = yield* opened(DESKTOP)
        yield* Effect.promise(() => shown.type(".tools input", "multi LONG"))
        const named = model.trades.filter(({ strategy }) => strategy === "MultiTimeframe")
        assert.lengthOf(yield* column(shown, "number"), named.length)
        yield* Effect.promise(() => shown.select(".tools select", "won"))
        const left = named.filter(({ pnl }) => Math.round(pnl) > 0)
        assert.isTrue(left.length > 0 && left.length < named.length)
        assert.lengthOf(yield* column(shown, "number"), left.length)
        assert.strictEqual(
          yield* ask(shown, `document.querySelector(".tools output").textContent`),
          `${left.length} of ${model.trades.length}`
        )
      }).pipe(Effect.scoped))

    it.effect("marks a chosen trade in every chart, at its time, and takes the mark away again", () =>
      Effect.gen(function*() {
        const shown = yield* opened(DESKTOP)
        const row = ".trades tbody tr:nth-child(8) td"
        yield* click(shown, row)
        const marks = (yield* ask(
          shown,
          `[...document.querySelectorAll(".cross s")].map(({ style }) => [parseFloat(style.left), parseFloat(style.width)])`
        )) as ReadonlyArray<readonly [number, number]>
        const { entryTime, exitTime } = model.trades[7]!
        const length = model.ledger.to - model.ledger.from
        assert.lengthOf(marks, 5)
        for (const [left, width] of marks) {
          assert.closeTo(left, 100 * (entryTime - model.ledger.from) / length, 0.01)
          assert.closeTo(width, 100 * (exitTime - entryTime) / length, 0.01)
        }
        const note = `document.querySelector(".tools output:last-child").textContent`
        assert.strictEqual(yield* ask(shown, note), "Trade 8 is marked in the charts: show")
        yield* click(shown, row)
        assert.strictEqual(yield* ask(shown, `document.querySelectorAll(".cross s, .chosen").length`), 0)
        assert.strictEqual(yield* ask(shown, note), "")
      }).pipe(Effect.scoped))

    it.effect("is walked with the arrow keys", () =>
      Effect.gen(function*() {
        const shown = yield* opened(DESKTOP)
        yield* ask(shown, `document.querySelector(".rows").focus()`)
        for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"] as const) {
          yield* Effect.promise(() => shown.keyboard.press(key))
        }
        assert.deepStrictEqual(
          yield* ask(
            shown,
            `[...document.querySelectorAll(".chosen")].map((row) => row.cells[0].textContent)`
          ),
          ["2"]
        )
      }).pipe(Effect.scoped))

    for (const screen of [DESKTOP, PHONE]) {
      it.effect(`widens the price chart inside its own box and fits it to what is seen: ${screen.name}`, () =>
        Effect.gen(function*() {
          const shown = yield* opened(screen)
          const labels =
            `[...document.querySelectorAll("#price-1-chart .y span")].map((label) => label.textContent)`
          const ratio = `(() => {
            const pan = document.querySelector("#price-1-chart .pan")
            return Math.round(pan.scrollWidth / pan.clientWidth)
          })()`
          const before = yield* ask(shown, labels)
          assert.strictEqual(yield* ask(shown, ratio), 1)
          yield* click(shown, `#price-1-chart input[value="16"]`)
          assert.strictEqual(yield* ask(shown, ratio), 16)
          assert.strictEqual(yield* ask(shown, overflow(screen.width)), 0)
          const after = yield* ask(shown, labels)
          assert.notDeepEqual(after, before)
          const seen = `(() => {
            const pan = document.querySelector("#price-1-chart .pan").getBoundingClientRect()
            const view = document.querySelector("#price-1-chart .view").getBoundingClientRect()
            const path = document.querySelector("#price-1-chart .line.price")
            const ys = []
            for (let at = 0, whole = path.getTotalLength(); at <= whole; at += whole / 4000) {
              const place = path.getPointAtLength(at).matrixTransform(path.getScreenCTM())
              if (place.x >= pan.left && place.x <= pan.right) ys.push((place.y - view.top) / view.height)
            }
            return [ys.length, Math.min(...ys), Math.max(...ys)]
          })()`
          const [count, top, bottom] = (yield* ask(shown, seen)) as readonly [number, number, number]
          assert.isAbove(count, 20)
          assert.isTrue(top > 0.02 && top < 0.35 && bottom < 0.98 && bottom > 0.65, `${top} ${bottom}`)
          yield* click(shown, `#price-1-chart input[value="1"]`)
          assert.deepStrictEqual(yield* ask(shown, labels), before)
        }).pipe(Effect.scoped))
    }
  })
})
