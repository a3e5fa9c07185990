/**
 * The presenter: what a person reads of a run, and what a program reads with --json.
 * In: the bare loop's events on the synthetic market as journal rows. Out: assertions on lines, marks, colours and the report.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { decimal, percent, signed } from "../../layers/console/numbers.ts"
import { mayPaint } from "../../layers/console/paint.ts"
import { closing, makePresenter, opening, present } from "../../layers/console/Presenter.ts"
import type { PresenterOptions } from "../../layers/console/Presenter.ts"
import { higherFrame } from "../../layers/settings/frames.ts"
import { tradedInstrument } from "../../layers/market.ts"
import { runLoop } from "../../src/backtest/loop.ts"
import type { SessionFacts } from "../../src/cli/ConsoleEvent.ts"
import type { JournalEvent, JournalRow } from "../../src/domain/Event.ts"
import { equityOf } from "../../src/engine/portfolio/Account.ts"
import { recordOf } from "../../src/engine/record.ts"
import { makeSyntheticMarket } from "../../src/simulator/markets/synthetic.ts"
import { settingsWith } from "../settings/witnesses.ts"

const BAR = 900_000
const settings = settingsWith({})
const instrument = Effect.runSync(tradedInstrument(settings))

const factsOf = (demo: boolean): SessionFacts => ({
  account: "demo-spot",
  instrument,
  settings,
  baseMillis: BAR,
  realMoney: false,
  demo,
  profile: "balanced",
  settingsHash: "a".repeat(64),
  journal: "home/x/journal.sqlite",
  notes: ["one note"]
})

const rowOf = (event: JournalEvent, instant: number, seq: number): JournalRow => ({
  event,
  instant,
  seq,
  instrument: instrument.id,
  decisionId: null,
  causationId: null,
  schemaVersion: 1,
  account: "demo-spot",
  epoch: 1,
  previousHash: "",
  hash: "",
  recordedAt: 0
})

/** The events of a real run over 1,100 + 400 bars, in journal order. */
const run = () => {
  const market = makeSyntheticMarket({
    seed: 42,
    startPrice: 12_000_000,
    startTime: 1_767_225_600_000,
    baseMillis: BAR,
    tick: 1
  })
  const candles = Array.from({ length: 1_500 }, () => market.next())
  const rows: Array<JournalRow> = []
  const push = (event: JournalEvent, instant: number) => rows.push(rowOf(event, instant, rows.length + 1))
  const result = runLoop({
    account: "demo-spot",
    instrument,
    settings,
    baseMillis: BAR,
    higherMillis: higherFrame(settings, BAR),
    history: candles.slice(0, 1_100),
    candles: candles.slice(1_100),
    onDecision: (decision) => {
      const { bar, gapBars } = decision.observation
      const candle = candles.find((one) => one.openTime === bar.openTime)
      push({
        _tag: "CandleClosed",
        openTime: bar.openTime,
        closeTime: bar.closeTime,
        text: candle?.text ?? "",
        gapBars
      }, bar.closeTime)
      push({ _tag: "DecisionMade", foldedSeq: 0, record: recordOf(decision) }, bar.closeTime)
    },
    onEvent: push
  })
  return { rows, result }
}

const recorded = run()

const show = (options: Partial<PresenterOptions> = {}, demo = true) => {
  const presenter = makePresenter(factsOf(demo), { json: false, quiet: false, colours: false, ...options })
  const lines = recorded.rows.flatMap((row) => present(presenter, { _tag: "Row", row }))
  return { presenter, lines, opening: opening(presenter), closing: closing(presenter) }
}

describe("Presenter", () => {
  it("shows candle, votes, verdict, order, fill, position, equity and closed trades in plain words", () => {
    const text = show().lines.join("\n")
    assert.match(
      text,
      /^2026-01-\d\d \d\d:\d\d {2}BTC\/JPY {2}close [\d,]+ {2}[+-]\d+\.\d\d % {2}volume [\d.]+ {2}\[DEMO MARKET\]$/m
    )
    assert.match(text, /^ {2}votes {7}ATRBased (buy|sell|hold)/m)
    assert.match(text, /^ {2}verdict {5}hold: /m)
    assert.match(
      text,
      /^ {2}verdict {5}buy 0\.\d\d -> (Approved|Reduced): an order is sent \(rules only, risk 0\.\d\d\)$/m
    )
    assert.match(
      text,
      /^ {2}order {7}entry buy 0\.\d+ BTC at market, stop [\d,]+, target [\d,]+ \(\w+, bootstrap\)/m
    )
    assert.match(text, /^ {2}fill {8}entry buy 0\.\d+ BTC at [\d,]+, fee [\d.]+ JPY/m)
    assert.match(text, /^ {2}position {4}long 0\.\d+ BTC from [\d,]+, open [+-]?[\d.,]+ JPY$/m)
    assert.match(
      text,
      /^ {2}trade {7}long 0\.\d+ BTC, \w+, [\d,]+ -> [\d,]+, (stop|target|exit) after \d+ bars: [+-][\d.]+ JPY after [\d.]+ JPY fees$/m
    )
  })

  it("the books it shows are the books that traded", () => {
    const { presenter } = show()
    assert.strictEqual(equityOf(presenter.books.account), equityOf(recorded.result.books.account))
    assert.strictEqual(presenter.tally.trades.count, recorded.result.trades.length)
    assert.strictEqual(
      presenter.tally.trades.pnl,
      recorded.result.trades.reduce((sum, trade) => sum + trade.pnl, 0)
    )
  })

  it("says DEMO MARKET on every group of lines of a demo, and nowhere else", () => {
    const demo = show()
    const groups = demo.lines.filter((line) => /^\d{4}-| {2}(order|accepted|fill|canceled) /.test(line))
    assert.isAbove(groups.length, 400)
    assert.isTrue(groups.every((line) => line.includes("DEMO MARKET")))
    assert.include(demo.opening[0], "DEMO MARKET")
    assert.include(demo.closing[0], "DEMO MARKET")
    const recordedMarket = show({}, false)
    assert.notInclude(
      [...recordedMarket.opening, ...recordedMarket.lines, ...recordedMarket.closing].join(),
      "DEMO"
    )
  })

  it("closes with bars, decisions by reason, orders, trades with their results, fees, equity, restarts and funnel", () => {
    const { closing: report, presenter } = show()
    const text = report.join("\n")
    assert.match(text, /bars {8}400, 2026-01-/)
    assert.strictEqual([...presenter.tally.decisions.values()].reduce((sum, count) => sum + count, 0), 400)
    const votes = [...presenter.tally.funnel.strategies.values()].map(({ sides }) =>
      sides.buy + sides.sell + sides.hold + sides.silent
    )
    assert.deepStrictEqual(votes, [400, 400, 400, 400])
    for (
      const label of [
        "decisions",
        "orders",
        "fills",
        "trades",
        "fees",
        "equity",
        "restarts    none",
        "funnel"
      ]
    ) assert.include(text, `\n  ${label}`)
  })

  it("with --json every line is one object, marked, and the last is the report in quote units", () => {
    const { closing: report, lines, opening: first } = show({ json: true, colours: true })
    assert.strictEqual(lines.length, recorded.rows.length)
    const objects = [...first, ...lines, ...report].map((line) => JSON.parse(line) as Record<string, unknown>)
    assert.isTrue(objects.every((one) => one["demo"] === true && typeof one["kind"] === "string"))
    const last = objects.at(-1)
    assert.strictEqual(last?.["kind"], "Report")
    assert.strictEqual(last?.["equity"], equityOf(recorded.result.books.account) / 10_000)
  })

  it("--quiet shows only what needs attention, and the report", () => {
    const { closing: report, lines } = show({ quiet: true })
    assert.deepStrictEqual(lines, [])
    assert.isNotEmpty(report)
  })

  it("rows of an earlier run are folded and neither shown nor counted", () => {
    const presenter = makePresenter(factsOf(true), { json: false, quiet: false, colours: false })
    for (const row of recorded.rows) assert.isEmpty(present(presenter, { _tag: "Past", row }))
    assert.strictEqual(equityOf(presenter.books.account), equityOf(recorded.result.books.account))
    assert.strictEqual(presenter.tally.bars, 0)
  })

  it("restarts are shown with their cause and counted by actor", () => {
    const presenter = makePresenter(factsOf(true), { json: false, quiet: true, colours: false })
    const lines = ["failed", "restarted", "restarted"] as const
    const said = lines.flatMap((change) =>
      present(presenter, {
        _tag: "Supervised",
        change,
        name: "Feature",
        severity: "Medium",
        words: "a defect",
        at: 1_767_225_600_000
      })
    )
    assert.deepStrictEqual(said.slice(0, 2), [
      "DEMO MARKET  00:00:00  Feature failed: a defect",
      "DEMO MARKET  00:00:00  Feature restarted: a defect"
    ])
    assert.include(closing(presenter).join("\n"), "restarts    Feature 2")
  })

  const troubles: ReadonlyArray<readonly [event: JournalEvent, words: string]> = [
    [
      { _tag: "OrderDenied", intentId: "d#entry.1", reason: "halted", words: "trading is halted" },
      "denied      entry: trading is halted (halted)"
    ],
    [
      { _tag: "ControlSet", control: "halt", by: "operator", words: "look", incident: null },
      "control     halt by operator: look"
    ],
    [{
      _tag: "IncidentOpened",
      incident: "i",
      code: "FeedStale",
      severity: "High",
      runbook: "feed-stale",
      words: "silent"
    }, "incident    High FeedStale: silent (runbook feed-stale)"],
    [
      { _tag: "ActorRestarted", actor: "Risk", cause: "a defect", severity: "High", count: 2 },
      "restart     Risk came back after: a defect (High, 2 in its window)"
    ],
    [
      { _tag: "ProtectionChecked", throughSeq: 1, state: "uncovered" },
      "protection  the position has no live stop"
    ]
  ]
  it.each(troubles)("trouble is shown even when quiet: %j", (event, words) => {
    const presenter = makePresenter(factsOf(false), { json: false, quiet: true, colours: false })
    assert.deepStrictEqual(present(presenter, { _tag: "Row", row: rowOf(event, 0, 1) }), [`  ${words}`])
  })
})

describe("colours", () => {
  it("only on a terminal, never with --no-color or NO_COLOR, never in JSON", () => {
    assert.isTrue(mayPaint({ wanted: true, terminal: true, noColor: undefined }))
    assert.isTrue(mayPaint({ wanted: true, terminal: true, noColor: "" }))
    assert.isFalse(mayPaint({ wanted: true, terminal: true, noColor: "1" }))
    assert.isFalse(mayPaint({ wanted: true, terminal: false, noColor: undefined }))
    assert.isFalse(mayPaint({ wanted: false, terminal: true, noColor: undefined }))
    assert.include(show({ colours: true }).lines.join(), "\u001b[")
    assert.notInclude(show().lines.join(), "\u001b[")
    assert.notInclude(show({ colours: true, json: true }).lines.join(), "\u001b[")
  })
})

describe("numbers", () => {
  it("money is written from its digits, exactly", () => {
    assert.strictEqual(decimal(1_234_567_890, 4), "123,456.789")
    assert.strictEqual(decimal(-5, 4), "-0.0005")
    assert.strictEqual(decimal(120_000_000_000, 4), "12,000,000")
    assert.strictEqual(decimal(9_007_199_254_740_991, 8), "90,071,992.54740991")
    assert.strictEqual(decimal(0, 0), "0")
    assert.strictEqual(signed(10_000, 4), "+1")
    assert.strictEqual(percent(-0.0123), "-1.23 %")
  })
})
