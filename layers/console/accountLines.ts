/**
 * Position, equity and closed trades in plain words.
 * In: books folded by the engine's own settle, closed trades. Out: lines; no arithmetic on money is done here.
 * Here because they follow from rows, while rowLines.ts words the rows themselves.
 */
import { equityOf } from "../../src/engine/portfolio/Account.ts"
import type { Books } from "../../src/engine/portfolio/Books.ts"
import { averageEntry, unrealised } from "../../src/engine/portfolio/Books.ts"
import type { ClosedTrade } from "../../src/engine/portfolio/ClosedTrade.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { toPrice } from "../../src/domain/money.ts"
import { decimal, percent, signed } from "./numbers.ts"
import type { Paint } from "./paint.ts"
import { indent } from "./rowLines.ts"

/** After a fill: what is held now, and what all of it is worth at the last close. */
export const accountLines = (
  books: Books,
  paint: Paint
): ReadonlyArray<string> => [positionLine(books), equityLine(books, paint)]

const positionLine = (books: Books): string => {
  const { instrument, position } = books
  const entry = averageEntry(books)
  if (position === null || entry === null) return indent("position", "flat")
  const open = signed(unrealised(books), instrument.priceScale)
  return indent(
    "position",
    `${position.side} ${decimal(position.amount, instrument.amountScale)} ${instrument.base} from ${
      decimal(toPrice(entry, instrument.priceScale), instrument.priceScale)
    }, open ${open} ${instrument.quote}`
  )
}

const equityLine = (books: Books, paint: Paint): string => {
  const { instrument } = books
  const equity = equityOf(books.account)
  const change = equity / books.account.drawdown.peak - 1
  const below = change <= -0.00005 ? paint("dim", ` (${percent(change)} from its peak)`) : ""
  return indent("equity", `${decimal(equity, instrument.priceScale)} ${instrument.quote}${below}`)
}

/** `long 0.001 BTC, ATRBased, 12,000,000 -> 12,100,000, target after 12 bars: +88 JPY after 12 JPY fees`. */
export const tradeWords = (trade: ClosedTrade, instrument: Instrument, paint: Paint): string => {
  const price = (value: number) => decimal(toPrice(value, instrument.priceScale), instrument.priceScale)
  const result = paint(
    trade.pnl < 0 ? "red" : "green",
    `${signed(trade.pnl, instrument.priceScale)} ${instrument.quote}`
  )
  const interest = trade.interest === 0
    ? ""
    : ` and ${decimal(trade.interest, instrument.priceScale)} ${instrument.quote} interest`
  return `${trade.side} ${
    decimal(trade.amount, instrument.amountScale)
  } ${instrument.base}, ${trade.strategy}, `
    + `${price(trade.entryPrice)} -> ${price(trade.exitPrice)}, ${trade.exitLeg} after ${trade.barsHeld} ${
      trade.barsHeld === 1 ? "bar" : "bars"
    }: `
    + `${result} after ${decimal(trade.fees, instrument.priceScale)} ${instrument.quote} fees${interest}`
}
