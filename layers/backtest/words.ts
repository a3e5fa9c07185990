/**
 * What was run on what, in the words that screen and page share.
 * In: a plan. Out: title, name and the line of facts.
 * One place, so that a run is called the same everywhere.
 */
import { timeframeOf } from "../../src/domain/timeframe.ts"
import { fixed, formatInstant } from "../../src/report/format.ts"
import type { RunPlan } from "./RunFacts.ts"

export const DEMO = "DEMO MARKET"

/** `15m`. */
export const barWords = (millis: number): string => timeframeOf(millis) ?? `${millis} ms`

/** `BTC/USDT on binance, 15m`; several markets are joined by commas. */
export const titleOf = ({ barMillis, traded }: RunPlan): string =>
  `${traded.map(({ market: { instrument } }) => `${instrument.symbol} on ${instrument.venue}`).join(", ")}, ${
    barWords(barMillis)
  }`

/** Name of a folder: `binance-btcusdt-15m`, `portfolio-15m`, each `demo-` on the demo market. */
export const nameOf = ({ barMillis, demo, traded }: RunPlan): string => {
  const [only, ...others] = traded
  const { base, quote, venue } = only?.market.instrument ?? { base: "", quote: "", venue: "" }
  const what = others.length > 0 ? `portfolio-${traded.length}` : `${venue}-${base}${quote}`.toLowerCase()
  return `${demo ? "demo-" : ""}${what}-${barWords(barMillis)}`.replaceAll(" ", "")
}

/** `2024-01-01T00:00Z to 2025-01-01T00:00Z, 35,136 bars`. */
export const periodWords = ({ from, to, traded }: RunPlan): string => {
  const bars = traded.map(({ stretch }) => fixed(stretch.bars, 0)).join(" + ")
  return `${formatInstant(from)} to ${formatInstant(to)}, ${bars} ${bars === "1" ? "bar" : "bars"}`
}

/** `maker 0.1 %, taker 0.1 %` of one market. */
export const feeWords = ({ makerFee, takerFee }: { readonly makerFee: number; readonly takerFee: number }) =>
  `maker ${percent(makerFee / 1_000_000)}, taker ${percent(takerFee / 1_000_000)}`

/** A setting's share as it was meant: `0.05 %`. */
export const percent = (share: number): string => `${Number((share * 100).toPrecision(12))} %`
