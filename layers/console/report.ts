/**
 * The closing report of a run: what was seen, decided, sent, earned, and which strategy said what.
 * In: the run's tally and the books at its end. Out: lines for a person, or one JSON object.
 * Pure; marked DEMO MARKET when the market was one (decisions 23).
 */
import type { SessionFacts } from "../../src/cli/ConsoleEvent.ts"
import { DECISION_REASONS } from "../../src/domain/decisionReasons.ts"
import { toFloat } from "../../src/domain/money.ts"
import { equityOf } from "../../src/engine/portfolio/Account.ts"
import type { Books } from "../../src/engine/portfolio/Books.ts"
import { tradeWords } from "./accountLines.ts"
import { decimal, minute, signed } from "./numbers.ts"
import type { Paint } from "./paint.ts"
import { indent } from "./rowLines.ts"
import type { RunTally } from "./RunTally.ts"

/** The tag on everything that came from the synthetic market. */
export const DEMO = "DEMO MARKET"

export const reportLines = (
  facts: SessionFacts,
  tally: RunTally,
  books: Books,
  paint: Paint
): ReadonlyArray<string> => {
  const { instrument } = facts
  const money = (scaled: number) => `${decimal(scaled, instrument.priceScale)} ${instrument.quote}`
  const span = tally.firstClose === null || tally.lastClose === null
    ? ""
    : `, ${minute(tally.firstClose)} to ${minute(tally.lastClose)} UTC`
  const { orders, trades } = tally
  return [
    paint("bold", `${facts.demo ? `${DEMO}  ` : ""}Report of this run`),
    indent("bars", `${tally.bars}${span}`),
    ...[...tally.decisions].toSorted(([, a], [, b]) => b - a).map(([reason, count], index) =>
      indent(
        index === 0 ? "decisions" : "",
        `${String(count).padStart(6)}  ${DECISION_REASONS[reason].words}`
      )
    ),
    indent(
      "orders",
      `${orders.sent} sent (${orders.entries} entry, ${orders.exits} exit, ${orders.stops} stop, ${orders.targets} target), ${orders.refused} refused, ${orders.unknown} unknown`
    ),
    indent("fills", String(orders.fills)),
    indent(
      "trades",
      `${trades.count} closed, ${trades.won} with a profit, result ${
        signed(trades.pnl, instrument.priceScale)
      } ${instrument.quote}`
    ),
    ...trades.newest.map((trade) => indent("", tradeWords(trade, instrument, paint))),
    indent(
      "fees",
      `${money(books.account.feesPaid)}${
        books.account.interestPaid === 0 ? "" : `, interest ${money(books.account.interestPaid)}`
      } since the account began`
    ),
    indent("equity", `${money(equityOf(books.account))}, trading ${books.account.tradingState}`),
    indent("restarts", restartWords(tally)),
    ...(tally.incidents === 0 ? [] : [indent("incidents", String(tally.incidents))]),
    ...funnelLines(tally)
  ]
}

const restartWords = (tally: RunTally): string =>
  tally.restarts.size === 0
    ? "none"
    : [...tally.restarts].map(([name, count]) => `${name} ${count}`).join(", ")

const funnelLines = (tally: RunTally): ReadonlyArray<string> =>
  [...tally.funnel.strategies].map(([name, counts], index) => {
    const top = [...counts.reasons].toSorted(([, a], [, b]) => b - a)[0]
    const often = top === undefined ? "" : `; most often: ${top[0]} (${top[1]})`
    const { buy, hold, sell, silent } = counts.sides
    return indent(
      index === 0 ? "funnel" : "",
      `${name}: ${buy} buy, ${sell} sell, ${hold} hold, ${silent} silent${often}`
    )
  })

/** The same as data; money in quote units. */
export const reportJson = (facts: SessionFacts, tally: RunTally, books: Books): string => {
  const units = (scaled: number) => toFloat(scaled, facts.instrument.priceScale)
  return JSON.stringify({
    kind: "Report",
    demo: facts.demo,
    instrument: facts.instrument.id,
    bars: tally.bars,
    decisions: Object.fromEntries(tally.decisions),
    orders: tally.orders,
    trades: {
      count: tally.trades.count,
      won: tally.trades.won,
      pnl: units(tally.trades.pnl),
      fees: units(tally.trades.fees)
    },
    fees: units(books.account.feesPaid),
    interest: units(books.account.interestPaid),
    equity: units(equityOf(books.account)),
    tradingState: books.account.tradingState,
    restarts: Object.fromEntries(tally.restarts),
    incidents: tally.incidents,
    funnel: Object.fromEntries(
      [...tally.funnel.strategies].map((
        [name, counts]
      ) => [name, { ...counts.sides, reasons: Object.fromEntries(counts.reasons) }])
    )
  })
}
