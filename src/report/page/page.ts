/**
 * A run as one HTML file that needs nothing else: no network, no other file, and no script to be read.
 * In: a page's model. Out: the text of report.html, the same for the same model.
 * The order is that of the questions: what was run, was it worth it, should I believe it, where from, why, every single trade.
 */
import type { PageModel } from "../PageModel.ts"
import { timeAxis } from "./axis.ts"
import type { TimeAxis } from "./axis.ts"
import { drawdownChart } from "./drawdownChart.ts"
import { equityChart } from "./equityChart.ts"
import { excursions } from "./excursions.ts"
import { factsSection } from "./facts.ts"
import { care, DOLL, header, tiles } from "./header.ts"
import { returnsSection } from "./histogram.ts"
import { html, jsonText, raw } from "./markup.ts"
import type { Markup } from "./markup.ts"
import { markShapes } from "./marks.ts"
import { metricTables } from "./metricTables.ts"
import { monthTable } from "./monthTable.ts"
import { outcomesSection } from "./outcomes.ts"
import { priceChart } from "./priceChart.ts"
import { SCRIPT, SCRIPT_HASH } from "./script.ts"
import { STYLE } from "./style.ts"
import { tradesSection } from "./tradeTable.ts"
import { votesSection } from "./votes.ts"

/** The whole file. Times are UTC; months and days those of the ledger's zone. */
export const page = (model: PageModel): string => {
  const x = axisOf(model)
  const charts = [
    ["equity", equityChart(model, x)] as const,
    ["drawdown", drawdownChart(model, x)] as const,
    ...model.prices.map((_, index) => [`price-${index + 1}`, priceChart(model, index, x)] as const)
  ]
  const values = Object.fromEntries(charts.map(([id, { data }]) => [id, data]))
  const markets = model.prices.map(({ instrument }) => instrument)
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${model.title} – daruma backtest</title>
<link rel="icon" href="${ICON}">
<style>${raw(STYLE)}</style>
</head>
<body>
${markShapes()}<main>
${header(model)}
${tiles(model)}
${care(model)}
${contents(model)}
${charts.map(([, { markup }]) => html`${markup}\n`)}${monthTable(model)}
${returnsSection(model)}
${excursions(model)}
${votesSection(model)}
${outcomesSection(model)}
${metricTables(model)}
${tradesSection(model)}
${factsSection(model)}
</main>
<script type="application/json" id="values">${jsonText({ charts: values, markets })}</script>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`
  return markup
}

/** Nothing is loaded, nothing is sent, and no script runs but the one below. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src '${SCRIPT_HASH}'; img-src data:; `
  + "base-uri 'none'; form-action 'none'"

const ICON = `data:image/svg+xml,${
  encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${DOLL}</svg>`)
}`

/** One axis for all charts over time, so that they stand above one another. */
const axisOf = ({ drawdown, equity, ledger, prices }: PageModel): TimeAxis => {
  const ends = [equity.at, drawdown.at, ...prices.map(({ at }) => at)].flatMap((at) =>
    at.length === 0 ? [] : [at[0]!, at.at(-1)!]
  )
  return timeAxis(Math.min(ledger.from, ...ends), Math.max(ledger.to, ...ends))
}

const contents = ({ prices }: PageModel): Markup => {
  const places = [
    ["equity", "Equity"],
    ["drawdown", "Drawdown"],
    ...(prices.length === 0 ? [] : [["price-1", "Price"] as const]),
    ["months", "Months"],
    ["returns", "Returns"],
    ["excursions", "Moves"],
    ["votes", "Votes"],
    ["decisions", "Decisions"],
    ["metrics", "Figures"],
    ["trades", "Trades"],
    ["facts", "Facts"]
  ] as const
  return html`<nav aria-label="Contents"><ul>${
    places.map(([id, words]) => html`<li><a href="#${id}">${words}</a></li>`)
  }</ul></nav>`
}
