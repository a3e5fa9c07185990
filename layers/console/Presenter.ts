/**
 * The terminal presenter: events in, plain lines out; it prints nothing itself.
 * In: ConsoleEvents in order. Out: lines for people, or one JSON object an event with --json; at the end the report.
 * Folds rows with the engine's own settle, so the screen shows the books that trade and no others.
 */
import type { ConsoleEvent, SessionFacts } from "../../src/cli/ConsoleEvent.ts"
import type { JournalRow } from "../../src/domain/Event.ts"
import type { Books } from "../../src/engine/portfolio/Books.ts"
import { makeBooks } from "../../src/engine/portfolio/Books.ts"
import type { ClosedTrade } from "../../src/engine/portfolio/ClosedTrade.ts"
import { settle } from "../../src/engine/settle.ts"
import { accountLines, tradeWords } from "./accountLines.ts"
import { decimal, second } from "./numbers.ts"
import { painter } from "./paint.ts"
import type { Paint } from "./paint.ts"
import { DEMO, reportJson, reportLines } from "./report.ts"
import { indent, rowLines } from "./rowLines.ts"
import { countRestart, countRow, makeRunTally } from "./RunTally.ts"
import type { RunTally } from "./RunTally.ts"

export interface PresenterOptions {
  readonly json: boolean
  /** Only what needs attention, and the report. */
  readonly quiet: boolean
  /** Decided by paint.mayPaint. */
  readonly colours: boolean
}

/** Mutable, one owner. */
export interface Presenter {
  readonly facts: SessionFacts
  readonly options: PresenterOptions
  readonly paint: Paint
  readonly books: Books
  readonly tally: RunTally
  previousClose: number | null
}

export const makePresenter = (facts: SessionFacts, options: PresenterOptions): Presenter => ({
  facts,
  options,
  paint: painter(options.colours && !options.json),
  books: makeBooks(facts),
  tally: makeRunTally(),
  previousClose: null
})

/** What the run is, before its first candle. */
export const opening = ({ facts, options, paint }: Presenter): ReadonlyArray<string> => {
  const { instrument, settings } = facts
  if (options.json) {
    return [
      JSON.stringify({
        kind: "Opening",
        demo: facts.demo,
        stage: settings.stage,
        market: settings.market,
        instrument: instrument.id,
        account: facts.account,
        profile: facts.profile,
        settings: facts.settingsHash,
        journal: facts.journal,
        notes: facts.notes
      })
    ]
  }
  if (options.quiet) return facts.notes.map((note) => `note: ${note}`)
  return [
    paint(
      "bold",
      `${tag(facts)}daruma: stage ${settings.stage}, market ${settings.market}, ${instrument.id}, bars of ${
        facts.baseMillis / 60_000
      } min`
    ),
    indent(
      "account",
      `${facts.account}, ${settings.account}, fees ${shareWords(instrument.makerFee)} maker, ${
        shareWords(instrument.takerFee)
      } taker`
    ),
    indent("profile", `${facts.profile}, settings ${facts.settingsHash.slice(0, 16)}`),
    indent("journal", facts.journal),
    ...facts.notes.map((note) => indent("note", paint("yellow", note)))
  ]
}

/** The lines that one event is worth; often none. */
export const present = (presenter: Presenter, event: ConsoleEvent): ReadonlyArray<string> => {
  switch (event._tag) {
    case "Past":
      absorb(presenter, event.row)
      return []
    case "Row":
      return presentRow(presenter, event.row)
    case "Supervised":
      if (event.change === "restarted") countRestart(presenter.tally, event.name)
      return noticed(
        presenter,
        event,
        `${second(event.at)}  ${event.name} ${
          event.change === "gaveUp" ? "gave up" : event.change
        }: ${event.words}`
      )
    case "Notice":
      return noticed(presenter, event, `${event.severity}: ${event.words}`)
    case "Listening":
      // People read it in the log line that the server itself writes.
      return presenter.options.json ? noticed(presenter, event, "") : []
  }
}

/** The report of the run, last of all. */
export const closing = (presenter: Presenter): ReadonlyArray<string> =>
  presenter.options.json
    ? [reportJson(presenter.facts, presenter.tally, presenter.books)]
    : reportLines(presenter.facts, presenter.tally, presenter.books, presenter.paint)

const tag = (facts: SessionFacts): string => facts.demo ? `${DEMO}  ` : ""

const shareWords = (partsPerMillion: number): string => `${decimal(partsPerMillion, 4)} %`

// Books first, lines after: a fill's line is followed by the position it led to.
const absorb = (presenter: Presenter, row: JournalRow): ClosedTrade | null => {
  const closed = settle(presenter.books, row.event, row.instant)
  if (row.event._tag === "CandleClosed" || row.event._tag === "CandleSeeded") {
    presenter.previousClose = Number(row.event.text.split(",")[3])
  }
  return closed
}

const presentRow = (presenter: Presenter, row: JournalRow): ReadonlyArray<string> => {
  const { books, facts, options, paint, tally } = presenter
  const { previousClose } = presenter
  const closed = absorb(presenter, row)
  countRow(tally, row, closed)
  if (options.json) return [jsonOf(facts, row)]
  const { attention, lines } = rowLines(row, { instrument: facts.instrument, paint, previousClose })
  if (lines.length === 0 || (options.quiet && !attention)) return []
  const filled = row.event._tag === "VenueReported" && row.event.report._tag !== "Canceled"
  const trade = closed === null ? [] : [indent("trade", tradeWords(closed, facts.instrument, paint))]
  const group = [...lines, ...(filled ? accountLines(books, paint) : []), ...trade]
  // A decision stands right below its candle, whose line is marked already.
  return row.event._tag === "DecisionMade" ? group : marked(facts, group)
}

// Every group of lines says on its first line that the market is a demo; at the end, so that columns stay aligned.
const marked = (facts: SessionFacts, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  facts.demo ? lines.map((line, index) => index === 0 ? `${line}  [${DEMO}]` : line) : lines

const jsonOf = (facts: SessionFacts, row: JournalRow): string => {
  const { _tag, ...body } = row.event
  return JSON.stringify({
    kind: _tag,
    demo: facts.demo,
    seq: row.seq,
    instant: row.instant,
    instrument: row.instrument,
    decisionId: row.decisionId,
    body
  })
}

const noticed = (
  presenter: Presenter,
  event: Exclude<ConsoleEvent, { readonly row: JournalRow }>,
  words: string
): ReadonlyArray<string> => {
  if (!presenter.options.json) {
    return [`${tag(presenter.facts)}${event._tag === "Listening" ? words : presenter.paint("yellow", words)}`]
  }
  const { _tag, ...body } = event
  return [JSON.stringify({ kind: _tag, demo: presenter.facts.demo, ...body })]
}
