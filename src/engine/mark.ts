/**
 * Marks books to closed bars: what a bar alone changes, in the market and in the account.
 * In: a closed bar, the bars missing before it. Out: mark, bar count, pauses, then the account's day, peak and stops.
 * Apart from settle.ts because a backtest marks without a journal, and markets that close together are marked together.
 */
import { toPrice } from "../domain/money.ts"
import { WARM_BARS } from "./features/registry.ts"
import { invariant } from "./invariant.ts"
import type { Bar } from "./Observation.ts"
import { beginDay, followEquity } from "./portfolio/Account.ts"
import type { Books } from "./portfolio/Books.ts"
import { pushBar } from "./risk/anomaly.ts"

/**
 * Marks the only market that closes now: trading day, mark, equity's peak and stops, the end of a streak pause.
 * A bar at or before the last marked one is ignored. `gapBars` = bars missing right before it.
 * Markets that close together: `beginDay` once, `markMarket` each, `followEquity` once (portfolio/Account.ts).
 */
export const mark = (books: Books, bar: Bar, gapBars: number): void => {
  if (bar.closeTime <= books.markedAt) return
  beginDay(books.account, bar.closeTime)
  markMarket(books, bar, gapBars)
  followEquity(books.account, bar.closeTime)
}

/** What the bar changes in its own market: mark, bar count, gap block, anomaly window. Older bars are ignored. */
export const markMarket = (books: Books, bar: Bar, gapBars: number): void => {
  if (bar.closeTime <= books.markedAt) return
  invariant(bar.close > 0, "a bar closes at a positive price")
  books.markPrice = toPrice(bar.close, books.instrument.priceScale)
  books.markedAt = bar.closeTime
  books.bars += 1
  // At most the warm-up: after that every window is complete again (decisions 28).
  if (gapBars > books.settings.risk.maxGapBars) {
    const until = bar.closeTime + (Math.min(gapBars, WARM_BARS) - 1) * books.baseMillis
    books.pauses.gapUntil = Math.max(books.pauses.gapUntil, until)
  }
  pushBar(books.anomaly, bar)
}
