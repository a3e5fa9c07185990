/**
 * The report page as a browser shows it: on a desk and on a phone, light and dark, with and without its script.
 * In: pages of a real run and of the odd models, opened in Chromium. Out: boxes, colours, tooltips, order of rows.
 * Skipped with a reason where no browser is on the PATH.
 */
import { assert, describe, layer } from "@effect/vitest"
import { Context, Effect, Layer } from "effect"
import type { Browser, Page } from "puppeteer-core"
import { DESKTOP, PHONE } from "../../../bin/pictures/chromium.ts"
import type { Screen } from "../../../bin/pictures/chromium.ts"
import { fixed, formatInstant } from "../../../src/report/format.ts"
import { page } from "../../../src/report/page/page.ts"
import { browser, chromium, NO_BROWSER, openHtml } from "../../kit/browser.ts"
import { brokenWords, faintTexts, hiddenCharts, overflow } from "./inBrowser.ts"
import { runModel } from "./model.ts"
import { ODD_MODELS } from "./oddModels.ts"

class Chromium extends Context.Service<Chromium, Browser>()("test/report/page/Chromium") {}

const model = runModel(3, 6_000)
const report = page(model)

const open = Effect.fnUntraced(
  function*(html: string, screen: Screen, mode: "light" | "dark", scripted = true) {
    return yield* openHtml(yield* Chromium, html, screen, mode, scripted)
  }
)

/** The answer of JavaScript text inside the page. */
const ask = (opened: Page, question: string): Effect.Effect<unknown> =>
  Effect.promise(() => opened.evaluate(question))

const texts = (selector: string): string =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].map((element) => element.textContent)`

/** Moves the mouse over a chart, `share` of its width from the left. */
const point = Effect.fnUntraced(function*(opened: Page, chart: string, share: number) {
  yield* ask(opened, `document.querySelector("${chart}").scrollIntoView({ block: "center" })`)
  const box = yield* Effect.promise(async () => (await opened.$(`${chart} .pan`))?.boundingBox())
  assert.isOk(box)
  yield* Effect.promise(() => opened.mouse.move(box.x + share * box.width, box.y + box.height / 2))
})

/** Just wider than the rules for phones: everything is still set side by side. */
const TABLET: Screen = { name: "tablet", width: 740, height: 900, scale: 1, touch: true }

const LOOKS = [DESKTOP, TABLET, PHONE].flatMap((screen) =>
  (["light", "dark"] as const).map((mode) => ({ screen, mode, name: `${screen.name}, ${mode}` }))
)

const SKIPPED = chromium === undefined ? ` (skipped: ${NO_BROWSER})` : ""

describe.skipIf(chromium === undefined)(`the page in a browser${SKIPPED}`, () => {
  layer(Layer.effect(Chromium, browser))((it) => {
    for (const { mode, name, screen } of LOOKS) {
      it.effect(`is readable, whole and quiet: ${name}`, () =>
        Effect.gen(function*() {
          const { asked, page: opened, said } = yield* open(report, screen, mode)
          yield* ask(opened, `document.querySelector("details").open = true`)
          assert.strictEqual(yield* ask(opened, overflow(screen.width)), 0)
          assert.deepStrictEqual(yield* ask(opened, hiddenCharts), [])
          assert.deepStrictEqual(yield* ask(opened, faintTexts), [])
          assert.deepStrictEqual(yield* ask(opened, brokenWords), [])
          assert.strictEqual(yield* ask(opened, `document.querySelectorAll("svg[role=img]").length`), 8)
          assert.deepStrictEqual([...said, ...asked], [])
        }).pipe(Effect.scoped))
    }

    for (const [name, odd] of ODD_MODELS) {
      it.effect(`is whole, quiet and unharmed on a phone: ${name}`, () =>
        Effect.gen(function*() {
          const { asked, page: opened, said } = yield* open(page(odd), PHONE, "light")
          assert.strictEqual(yield* ask(opened, overflow(PHONE.width)), 0)
          assert.deepStrictEqual(yield* ask(opened, hiddenCharts), [])
          assert.deepStrictEqual(yield* ask(opened, brokenWords), [])
          assert.notStrictEqual(yield* Effect.promise(() => opened.title()), "harmed")
          assert.deepStrictEqual([...said, ...asked], [])
        }).pipe(Effect.scoped))
    }

    it.effect("is a page that these questions can refuse", () =>
      Effect.gen(function*() {
        const bad =
          `<body style="background:#fff"><p style="color:#999">faint</p><p style="font-size:9px">small</p>`
          + `<svg role="img" aria-labelledby="flat" width="400" height="0"></svg><p>NaN</p>`
          + `<div style="width:500px">wide</div><img src="http://127.0.0.1:9/x.png">`
        const { asked, page: opened, said } = yield* open(bad, PHONE, "light")
        assert.isAbove(Number(yield* ask(opened, overflow(PHONE.width))), 100)
        assert.deepStrictEqual(yield* ask(opened, hiddenCharts), ["flat"])
        assert.deepStrictEqual(yield* ask(opened, faintTexts), ["faint 2.85", "small 9px"])
        assert.deepStrictEqual(yield* ask(opened, brokenWords), ["NaN"])
        assert.lengthOf(asked, 1)
        assert.isNotEmpty(said)
      }).pipe(Effect.scoped))

    it.effect("says everything without its script, and shows nothing that does not work", () =>
      Effect.gen(function*() {
        const { page: opened } = yield* open(report, PHONE, "light", false)
        const parsed = yield* Effect.promise(() => opened.content())
        assert.notMatch(parsed, /class="(cross|tools)"|<button/)
        assert.strictEqual(parsed.match(/<tr><td>/g)?.length, model.trades.length)
        assert.strictEqual(parsed.match(/<svg role="img"/g)?.length, 8)
      }).pipe(Effect.scoped))

    it.effect("shows the values of one instant in every chart over time while the mouse is there", () =>
      Effect.gen(function*() {
        const { page: opened, said } = yield* open(report, DESKTOP, "light")
        yield* point(opened, "#equity-chart", 0.4)
        const tips = (yield* ask(opened, texts(".tip:not([hidden])"))) as ReadonlyArray<string>
        assert.lengthOf(tips, 5)
        const told = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTCStrategy([\d,]+) JPYBuy and hold([\d,]+) JPY$/.exec(
          tips[0] ?? ""
        )
        const index = model.equity.at.findIndex((at) => formatInstant(at) === `${told?.[1]}T${told?.[2]}Z`)
        assert.isAtLeast(index, 0, tips[0])
        assert.strictEqual(told?.[3], fixed(model.equity.value[index]!, 0))
        assert.strictEqual(told?.[4], fixed(model.hold.value[index]!, 0))
        const share = (model.equity.at[index]! - model.ledger.from) / (model.ledger.to - model.ledger.from)
        assert.closeTo(share, 0.4, 0.005)
        assert.match(tips.at(-1) ?? "", /Close[\d,]+ JPYHighest[\d,]+ JPYLowest[\d,]+ JPY/)
        yield* Effect.promise(() => opened.mouse.move(2, 2))
        assert.deepStrictEqual(yield* ask(opened, texts(".tip:not([hidden])")), [])
        assert.deepStrictEqual(said, [])
      }).pipe(Effect.scoped))

    it.effect("names the trades that were entered or left where the mouse is", () =>
      Effect.gen(function*() {
        const { page: opened } = yield* open(report, DESKTOP, "light")
        const { entryPrice, entryTime } = model.trades[20]!
        const share = (entryTime - model.ledger.from) / (model.ledger.to - model.ledger.from)
        yield* point(opened, "#price-1-chart", share)
        const tips = (yield* ask(opened, texts("#price-1-chart .tip"))) as ReadonlyArray<string>
        assert.include(tips[0] ?? "", `▲ Bought${fixed(entryPrice, 0)}`)
      }).pipe(Effect.scoped))

    it.effect("keeps what a finger asked for, inside the screen, until it touches something else", () =>
      Effect.gen(function*() {
        const exact = page({ ...model, ledger: { ...model.ledger, decimals: 8 } })
        const { page: opened } = yield* open(exact, PHONE, "dark")
        for (const share of [0.02, 0.48, 0.98]) {
          yield* ask(opened, `document.querySelector("#equity-chart").scrollIntoView({ block: "center" })`)
          const box = yield* Effect.promise(async () => (await opened.$("#equity-chart .pan"))!.boundingBox())
          yield* Effect.promise(() => opened.touchscreen.tap(box!.x + share * box!.width, box!.y + 60))
          assert.lengthOf((yield* ask(opened, texts(".tip:not([hidden])"))) as ReadonlyArray<string>, 5)
          assert.strictEqual(yield* ask(opened, overflow(PHONE.width)), 0)
        }
        yield* Effect.promise(() => opened.touchscreen.tap(20, 4))
        assert.deepStrictEqual(yield* ask(opened, texts(".tip:not([hidden])")), [])
      }).pipe(Effect.scoped))

    it.effect("walks through a chart with the arrow keys and says the values", () =>
      Effect.gen(function*() {
        const { page: opened } = yield* open(report, DESKTOP, "light")
        yield* ask(opened, `document.querySelector("#drawdown-chart .cross").focus()`)
        yield* Effect.promise(() => opened.keyboard.press("ArrowLeft"))
        const first = yield* ask(opened, texts("#drawdown-chart .tip b"))
        yield* Effect.promise(() => opened.keyboard.press("ArrowLeft"))
        const second = yield* ask(opened, texts("#drawdown-chart .tip b"))
        assert.isBelow(String(second).localeCompare(String(first)), 0)
        assert.strictEqual(
          yield* ask(opened, `document.querySelector("#drawdown-chart .tip").ariaLive`),
          "polite"
        )
        yield* Effect.promise(() => opened.keyboard.press("Escape"))
        assert.deepStrictEqual(yield* ask(opened, texts(".tip:not([hidden])")), [])
      }).pipe(Effect.scoped))
  })
})
