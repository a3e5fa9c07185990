/**
 * The top of the page: what was run, what one must know before reading on, and the few figures everybody asks for.
 * In: a page's model. Out: title, notices, tiles and the list of what should not be believed as it stands.
 * Suspicions stand right beneath the figures that they doubt.
 */
import { fixed, formatDuration, formatShare, formatValue, NOT_AVAILABLE } from "../format.ts"
import type { PageModel } from "../PageModel.ts"
import type { MetricRow } from "../TearSheet.ts"
import { html, raw } from "./markup.ts"
import type { Markup, Piece } from "./markup.ts"
import { counted, dayOf, periodWords, roughShare, signedMoney, signedShare, toned } from "./words.ts"

const header = (model: PageModel): Markup => {
  const { ledger, notices, title } = model
  return html`<header><p class="brand">${daruma()}<span>daruma</span> backtest</p><h1>${title}</h1><p class="period">${
    dayOf(ledger.from)
  } to ${dayOf(ledger.to)} <span>·</span> ${periodWords(ledger)} <span>·</span> ${
    counted(ledger.bars, "bar")
  } of ${
    formatDuration(ledger.barMillis)
  } <span>·</span> times in UTC, days and months of ${ledger.zone}</p>${
    notices.length === 0
      ? null
      : html`<ul class="notices" role="note" aria-label="Notices">${
        notices.map((words) =>
          html`<li${/^[A-Z]{3,}/.test(words) ? html` class="loud"` : null}>${words}</li>`
        )
      }</ul>`
  }</header>`
}

const tiles = (model: PageModel): Markup => {
  const { ledger } = model
  const { capital, decimals, deepest, equity, hold, quote } = ledger
  const gained = (end: number) => capital > 0 ? end / capital - 1 : 0
  const costs = ledger.fees + ledger.slippage + ledger.interest
  const share = (value: number) => toned(value, signedShare(value))
  return html`<section class="tiles" aria-label="Main figures"><dl>${
    tile("Net profit", share(gained(equity)), `${signedMoney(equity - capital, decimals)} ${quote}`)
  }${tile("Buy and hold", share(gained(hold)), `${signedMoney(hold - capital, decimals)} ${quote}`)}${
    deepest === null
      ? tile("Max drawdown", "0.00 %", "never below an earlier high")
      : tile(
        "Max drawdown",
        formatShare(deepest.share),
        deepest.recoveredAt === null
          ? "not recovered"
          : `recovered after ${formatDuration(deepest.recoveredAt - deepest.peakAt)}`
      )
  }${metricTile(model, "sharpe", "Sharpe ratio")}${
    tile(
      "Trades",
      fixed(ledger.trades.length, 0),
      ledger.open.length === 0 ? "all closed" : `${fixed(ledger.open.length, 0)} more still open`
    )
  }${metricTile(model, "winRate", "Win rate")}${
    tile(
      "Exposure",
      ledger.bars === 0 ? NOT_AVAILABLE : roughShare(ledger.barsHeld / ledger.bars),
      `of ${counted(ledger.bars, "bar")}`
    )
  }${tile("Costs", `${fixed(costs, decimals)} ${quote}`, "fees, slippage, interest")}</dl></section>`
}

const tile = (name: string, figure: Piece, aside: Piece): Markup =>
  html`<div class="tile"><dt>${name}</dt><dd>${figure}<small>${aside}</small></dd></div>`

/** A figure of the tear sheet; nothing when the sheet has no such row. */
const metricTile = ({ ledger, tearSheet }: PageModel, id: string, name: string): Markup | null => {
  const row = [...tearSheet.equity, ...tearSheet.trades].find((each) => each.id === id)
  if (row === undefined) return null
  const words = (value: number | null) => formatValue(value, row.unit, ledger.quote, ledger.decimals)
  return tile(
    name,
    row.value === null ? html`<span class="absent">${NOT_AVAILABLE}</span>` : words(row.value),
    asideOf(row, words)
  )
}

const asideOf = (row: MetricRow, words: (value: number | null) => string): Piece => {
  if (row.note !== null) return row.note
  return row.hold === null ? "of closed trades" : `buy and hold ${words(row.hold)}`
}

const care = ({ tearSheet: { suspicions } }: PageModel): Markup =>
  suspicions.length === 0
    ? html`<aside class="care calm" aria-label="Read with care"><p>None of the usual signs of a result that is too good or too thin was found. That is no proof that it will last.</p></aside>`
    : html`<aside class="care" aria-labelledby="care-title"><h2 id="care-title">Read with care</h2><ul>${
      suspicions.map(({ words }) => html`<li>${words}</li>`)
    }</ul></aside>`

/** The doll that rights itself, as the page's mark. */
const daruma = (): Markup => raw(`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">${DOLL}</svg>`)

/** Body, face, eyes: one painted, as long as the wish is open. */
const DOLL =
  "<path fill=\"#c8321f\" d=\"M12 1.5c5.8 0 9.7 4.4 9.7 10.6 0 6.5-4 10.4-9.7 10.4s-9.7-3.9-9.7-10.4"
  + "C2.3 5.9 6.2 1.5 12 1.5z\"/><path fill=\"#fbe9d0\" d=\"M12 5c4 0 6.4 2 6.4 5.2 0 3.4-2.6 5.3-6.4 5.3s-6.4-1.9-6.4-5.3"
  + "C5.6 7 8 5 12 5z\"/><circle cx=\"9.2\" cy=\"10\" r=\"1.7\" fill=\"#1c1b19\"/>"
  + "<circle cx=\"14.8\" cy=\"10\" r=\"1.4\" fill=\"#fff\" stroke=\"#1c1b19\" stroke-width=\".6\"/>"

export { care, DOLL, header, tiles }
