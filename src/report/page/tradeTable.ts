/**
 * Every trade as a row: the evidence behind all other figures.
 * In: the trades that are listed, those still open. Out: a table in a box of its own; long ones are folded.
 * Cells are written without closing tags and classes (HTML allows it): 4,000 rows are the largest part of a page.
 */
import { fixed, formatMoney } from "../format.ts"
import type { LedgerTrade, OpenPosition } from "../Ledger.ts"
import type { PageModel } from "../PageModel.ts"
import { nothing, section } from "./frame.ts"
import { html, raw } from "./markup.ts"
import type { Markup, Piece } from "./markup.ts"
import { counted, minute, priceDecimals, returnOf, signedMoney, signedShare, toned } from "./words.ts"

const tradesSection = (model: PageModel): Markup => {
  const { ledger, trades } = model
  const title = "Trades"
  const all = ledger.trades.length
  const cut = trades.length < all
    ? ` The newest ${fixed(trades.length, 0)} are listed; trades.csv has all ${fixed(all, 0)}.`
    : ""
  const lede = `Closed positions, oldest first; times in UTC, money in ${ledger.quote}. `
    + `Profit is after fees and interest, the return is on what the entry cost.${cut}`
  if (trades.length === 0) {
    return section("trades", title, null, [nothing("Nothing was bought and sold again."), stillOpen(model)])
  }
  const listed = html`<div class="scroll rows" tabindex="0" role="region" aria-label="Trades">${
    table(model)
  }</div>`
  return section("trades", title, lede, [
    trades.length > FOLD
      ? html`<details><summary>Show ${counted(trades.length, "trade")}</summary>${listed}</details>`
      : listed,
    stillOpen(model)
  ])
}

/** More rows than this are folded away. */
const FOLD = 100

/** Key, heading, whether it is a number. `key` is what the script finds a column by. */
const COLUMNS = [
  ["number", "No."],
  ["market", "Market"],
  ["strategy", "Strategy"],
  ["side", "Side"],
  ["reason", "Left by"],
  ["entry", "Entry (UTC)"],
  ["exit", "Exit (UTC)"],
  ["entryPrice", "Entry price"],
  ["exitPrice", "Exit price"],
  ["amount", "Amount"],
  ["bars", "Bars"],
  ["costs", "Costs"],
  ["profit", "Profit"],
  ["share", "Return"]
] as const

const table = ({ ledger, prices, trades }: PageModel): Markup => {
  const several = prices.length > 1
  const columns = COLUMNS.filter(([key]) => key !== "market" || several)
  const before = ledger.trades.length - trades.length
  const money = (amount: number) => fixed(amount, ledger.decimals)
  const shape = {
    several,
    money,
    price: priceDecimals(trades.flatMap(({ entryPrice, exitPrice }) => [entryPrice, exitPrice])),
    amount: priceDecimals(trades.map(({ amount }) => amount)),
    decimals: ledger.decimals
  }
  const profit = trades.reduce((sum, trade) => sum + trade.pnl, 0)
  const costs = trades.reduce((sum, trade) => sum + costsOf(trade), 0)
  return html`<table class="trades"><thead><tr>${
    columns.map(([key, words]) => html`<th scope="col" data-key="${key}">${words}</th>`)
  }</tr></thead><tbody>${
    trades.map((trade, index) => row(trade, before + index + 1, shape))
  }</tbody><tfoot><tr><th scope="row" colspan="${columns.length - 3}">All that are listed</th><td>${
    money(costs)
  }<td>${toned(profit, signedMoney(profit, ledger.decimals))}<td></tr></tfoot></table>`
}

interface Shape {
  readonly several: boolean
  readonly money: (amount: number) => string
  readonly price: number
  readonly amount: number
  readonly decimals: number
}

const row = (
  trade: LedgerTrade,
  number: number,
  { amount, decimals, money, price, several }: Shape
): Markup => {
  const cells: ReadonlyArray<Piece> = [
    fixed(number, 0),
    ...(several ? [trade.instrument] : []),
    trade.strategy,
    trade.side,
    trade.exitReason,
    minute(trade.entryTime),
    minute(trade.exitTime),
    fixed(trade.entryPrice, price),
    fixed(trade.exitPrice, price),
    fixed(trade.amount, amount),
    fixed(trade.barsHeld, 0),
    money(costsOf(trade))
  ]
  const tone = raw(trade.pnl > 0 ? " class=g" : trade.pnl < 0 ? " class=l" : "")
  return html`<tr>${cells.map((cell) => html`<td>${cell}`)}<td${tone}>${
    signedMoney(trade.pnl, decimals)
  }<td>${signedShare(returnOf(trade) ?? 0)}`
}

const costsOf = ({ fees, interest, slippage }: LedgerTrade): number => fees + interest + slippage

const stillOpen = ({ ledger }: PageModel): Piece => {
  const { decimals, open, quote } = ledger
  if (open.length === 0) return null
  const words = ({ amount, entryPrice, entryTime, instrument, side, result }: OpenPosition) =>
    html`<li>${side} ${fixed(amount, priceDecimals([amount]))} of ${instrument} since ${
      minute(entryTime)
    } UTC at ${fixed(entryPrice, priceDecimals([entryPrice]))}, at the last close ${
      toned(result, signedMoney(result, decimals))
    } ${quote} before the cost of leaving</li>`
  const sum = open.reduce((total, { result }) => total + result, 0)
  return html`<div class="open"><h3>Still open at the end</h3><ul>${open.map(words)}</ul>${
    open.length > 1 ? html`<p>Together ${formatMoney(sum, quote, decimals)}.</p>` : null
  }</div>`
}

export { tradesSection }
