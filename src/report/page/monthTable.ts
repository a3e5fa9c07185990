/**
 * Returns by calendar month, a row a year: where the result came from.
 * In: months with their returns. Out: a heat map that is a table with numbers; the shade only repeats the number.
 * On a narrow screen each year is folded into four columns, so that nothing has to be scrolled.
 */
import type { PageModel } from "../PageModel.ts"
import { MONTHS } from "./axis.ts"
import { nothing, section } from "./frame.ts"
import { html } from "./markup.ts"
import type { Markup, Piece } from "./markup.ts"
import { signedShare } from "./words.ts"

type Month = PageModel["months"][number]

const monthTable = ({ ledger, months }: PageModel): Markup => {
  const title = "Months"
  if (months.length === 0) return section("months", title, null, nothing("No month was recorded."))
  const years = [...new Set(months.map(({ year }) => year))].toSorted((a, b) => a - b)
  const strongest = Math.max(...months.map(({ share }) => Math.abs(share)))
  const scale = { strongest, decimals: strongest >= 0.01 ? 1 : strongest >= 0.001 ? 2 : 3 }
  const rows = years.map((year) => row(year, months.filter((month) => month.year === year), scale))
  const lede = `Return of each month in per cent of the equity it began with; months of ${ledger.zone}. `
    + "The year is its months multiplied. The first and the last month may be parts of one."
  return section(
    "months",
    title,
    lede,
    html`<div class="scroll"><table class="months" role="table" aria-label="Monthly returns"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Year</th>${
      MONTHS.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)
    }<th role="columnheader" scope="col" class="total">Total</th></tr></thead><tbody role="rowgroup">${rows}</tbody></table></div>`
  )
}

/** The largest return, whatever its sign, is the deepest shade; small ones are written with more decimals. */
interface Scale {
  readonly strongest: number
  readonly decimals: number
}

const row = (year: number, months: ReadonlyArray<Month>, scale: Scale): Markup => {
  const cells = MONTHS.map((name, index) => {
    const found = months.find(({ month }) => month === index + 1)
    return cell(name, found?.share ?? null, scale, "")
  })
  const total = months.reduce((product, { share }) => product * (1 + share), 1) - 1
  return html`<tr role="row"><th role="rowheader" scope="row">${String(year)}</th>${cells}${
    cell("Total", total, scale, " total")
  }</tr>`
}

const cell = (name: string, share: number | null, { decimals, strongest }: Scale, kind: string): Piece => {
  if (share === null) return html`<td role="cell" class="none" data-name="${name}"></td>`
  const tone = share > 0 ? "gain" : share < 0 ? "loss" : "flat"
  const heat = strongest > 0 ? (Math.abs(share) / strongest).toFixed(2) : "0"
  return html`<td role="cell" class="${tone}${kind}" data-name="${name}" style="--heat:${heat}">${
    signedShare(share, Math.abs(share) < 0.9995 ? decimals : 0).replace(" %", "")
  }</td>`
}

export { monthTable }
