/**
 * All figures of the tear sheet, the strategy's beside those of buy-and-hold.
 * In: the rows of a tear sheet. Out: two tables and, beneath them, why some figures are not there or were capped.
 * A reason is both a tooltip and a visible note: a tooltip is not there on a phone or on paper.
 */
import { fixed, formatValue, NOT_AVAILABLE } from "../format.ts"
import type { PageModel } from "../PageModel.ts"
import type { MetricRow } from "../TearSheet.ts"
import { nothing, section } from "./frame.ts"
import { html } from "./markup.ts"
import type { Markup, Piece } from "./markup.ts"
import { minute } from "./words.ts"

const metricTables = ({ ledger: { decimals, quote }, tearSheet }: PageModel): Markup => {
  const notes = [
    ...new Set([...tearSheet.equity, ...tearSheet.trades].flatMap(({ note }) => note === null ? [] : [note]))
  ]
  const cells = { decimals, quote, notes }
  return section(
    "metrics",
    "Figures",
    `Money in ${quote}, times in UTC. Annualised with 365 days a year from daily returns, days without a trade included. Buy-and-hold stands beside wherever it has the same figure.`,
    html`<div class="pair">${table("Equity", tearSheet.equity, cells)}${
      table("Trades", tearSheet.trades, cells)
    }</div>${
      notes.length === 0
        ? null
        : html`<ol class="notes" aria-label="Notes to the figures">${
          notes.map((note, index) => html`<li id="note-${index + 1}">${note}</li>`)
        }</ol>`
    }`
  )
}

interface Cells {
  readonly decimals: number
  readonly quote: string
  readonly notes: ReadonlyArray<string>
}

const table = (title: string, rows: ReadonlyArray<MetricRow>, cells: Cells): Markup => {
  if (rows.length === 0) return html`<div><h3>${title}</h3>${nothing("There is no figure.")}</div>`
  const compared = rows.some(({ hold }) => hold !== null)
  return html`<div><h3>${title}</h3><div class="scroll"><table class="figures"><thead><tr><th scope="col">Figure</th><th scope="col">Strategy</th>${
    compared ? html`<th scope="col">Buy and hold</th>` : null
  }</tr></thead><tbody>${rows.map((row) => line(row, compared, cells))}</tbody></table></div></div>`
}

const line = (row: MetricRow, compared: boolean, { decimals, notes, quote }: Cells): Markup =>
  html`<tr><th scope="row">${row.label}</th><td${title(row.note)}>${words(row, row.value, quote, decimals)}${
    row.note === null
      ? null
      : html`<sup><a href="#note-${notes.indexOf(row.note) + 1}">${notes.indexOf(row.note) + 1}</a></sup>`
  }</td>${
    compared ? html`<td>${row.hold === null ? "" : words(row, row.hold, quote, decimals)}</td>` : null
  }</tr>`

const title = (note: string | null): Piece => note === null ? null : html` title="${note}"`

const words = ({ unit }: MetricRow, value: number | null, quote: string, decimals: number): Piece => {
  if (value === null) return html`<span class="absent">${NOT_AVAILABLE}</span>`
  if (unit === "quote") return fixed(value, decimals)
  return unit === "instant" ? minute(value) : formatValue(value, unit, quote, decimals)
}

export { metricTables }
