/**
 * Figures as this page writes them: signs that are seen, times with their zone, months and days by name.
 * In: plain numbers. Out: short text or a piece of HTML, built on the formats that terminal and files use too.
 * Apart from ../format.ts because only a page has colour, and colour never stands alone: the sign is written as well.
 */
import { fixed, formatDate, formatInstant } from "../format.ts"
import type { Ledger, LedgerTrade } from "../Ledger.ts"
import { DAY_MILLIS } from "../sheet/Curve.ts"
import { lengthWords, SHORT_DAYS } from "../suspicions.ts"
import { html } from "./markup.ts"
import type { Markup } from "./markup.ts"

/** `+4.70 %`, `-0.31 %`, `0.00 %`. */
const signedShare = (share: number, decimals = 2): string =>
  signed(share * 100, `${fixed(share * 100, decimals)} %`)

/** `+1,234.50` without the currency. */
const signedMoney = (amount: number, decimals: number): string => signed(amount, fixed(amount, decimals))

/** Text in the colour of its sign. */
const toned = (value: number, words: string): Markup =>
  value === 0 || !/[1-9]/.test(words)
    ? html`${words}`
    : html`<span class="${value > 0 ? "gain" : "loss"}">${words}</span>`

/** A share without a sign, as one reads it in a sentence: `12.3 %`, `0.4 %`. */
const roughShare = (share: number): string => {
  const size = Math.abs(share * 100)
  if (size > 0 && size < 0.1) return "< 0.1 %"
  return `${fixed(share * 100, size >= 99.95 || size === 0 ? 0 : 1)} %`
}

/** `2024-03-01 12:34`, UTC: for columns whose heading says so. */
const minute = (instant: number): string => formatInstant(instant).replace("T", " ").replace("Z", "")

const dayOf = (instant: number): string => formatDate(instant)

/** `1 trade`, `2 trades`. */
const counted = (count: number, one: string, many = `${one}s`): string =>
  `${fixed(count, 0)} ${count === 1 ? one : many}`

/** What is said where fewer trades are drawn than there were, `all` of the same market or run; null when all are. */
const drawnWords = (drawn: ReadonlyArray<LedgerTrade>, all: ReadonlyArray<LedgerTrade>): string | null => {
  const oldest = drawn[0]
  const of = counted(all.length, "trade")
  if (drawn.length >= all.length) return null
  if (oldest === undefined) return `none of ${of} is drawn`
  const from = drawn.reduce((first, { entryTime }) => Math.min(first, entryTime), oldest.entryTime)
  return `the newest ${fixed(drawn.length, 0)} of ${of} ${drawn.length === 1 ? "is" : "are"} drawn, from ${
    dayOf(from)
  } on`
}

/** The length of a run; short ones in tenths, as the doubts about them tell it. */
const periodWords = ({ from, to }: Pick<Ledger, "from" | "to">): string => {
  const days = (to - from) / DAY_MILLIS
  return days < SHORT_DAYS ? lengthWords(days) : counted(Math.round(days), "day")
}

/** Decimal places that show a price to about seven digits, no more than the prices have. */
const priceDecimals = (prices: ReadonlyArray<number>): number => {
  const largest = prices.reduce((most, price) => Math.max(most, Math.abs(price)), 0)
  if (largest === 0) return 2
  const wanted = Math.min(10, Math.max(0, 6 - Math.floor(Math.log10(largest))))
  for (let decimals = 0; decimals < wanted; decimals++) {
    const scale = 10 ** decimals
    if (prices.every((price) => Math.abs(price * scale - Math.round(price * scale)) < 1e-6)) return decimals
  }
  return wanted
}

const signed = (value: number, words: string): string =>
  value > 0 && /[1-9]/.test(words) ? `+${words}` : words

/** Profit as a share of what the entry cost, whichever side; null when it cost nothing. */
const returnOf = ({ cost, pnl }: LedgerTrade): number | null => cost > 0 ? pnl / cost : null

export {
  counted,
  dayOf,
  drawnWords,
  minute,
  periodWords,
  priceDecimals,
  returnOf,
  roughShare,
  signedMoney,
  signedShare,
  toned
}
