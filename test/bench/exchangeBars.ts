/**
 * Prints what a bar costs the simulated exchange: `node test/bench/exchangeBars.ts`.
 * In: a synthetic market. Out: nanoseconds and bytes a bar, idle, holding, and with a stop and a target at work.
 * By hand: the budget for an idle bar is 50 ns and no allocation (the backtest passes a million a second).
 */
import { ppm, quote } from "../../src/domain/money.ts"
import type { ApprovedOrder } from "../../src/domain/Order.ts"
import { closeBar, openBar, submit } from "../../src/simulator/Exchange.ts"
import type { Exchange } from "../../src/simulator/Exchange.ts"
import { makeSyntheticMarket } from "../../src/simulator/markets/synthetic.ts"
import {
  BAR,
  exchangeOf,
  limit,
  market as marketOrder,
  START,
  still,
  stop,
  yen
} from "../simulator/exchangeKit.ts"

const BARS = 400_000
const PRICE = 12_000_000
const market = makeSyntheticMarket({
  seed: 1,
  startPrice: PRICE,
  startTime: START + 2 * BAR,
  baseMillis: BAR,
  tick: 1
})
const candles = Array.from({ length: BARS }, () => market.next())

/** An exchange two bars on: the first order is sent before the second bar, the others inside it. */
const made = (account: "spot" | "margin", orders: ReadonlyArray<ApprovedOrder>): Exchange => {
  const exchange = exchangeOf({ account, capital: quote(yen(PRICE)), slippage: ppm(500), participation: 0.1 })
  openBar(exchange, still(0, PRICE))
  closeBar(exchange, still(0, PRICE))
  orders.forEach((order, at) => {
    submit(exchange, order, START + BAR)
    if (at === 0) openBar(exchange, still(1, PRICE))
  })
  if (orders.length === 0) openBar(exchange, still(1, PRICE))
  closeBar(exchange, still(1, PRICE))
  return exchange
}

const entry = marketOrder("e", "buy", 0.1)
const protection = [
  entry,
  stop("s", "sell", 0.1, 1),
  limit("t", "sell", 0.1, 900_000_000, { reduceOnly: true })
]

const measure = (name: string, make: () => Exchange): void => {
  for (let round = 0; round < 3; round++) {
    const exchange = make()
    const bytes = process.memoryUsage().heapUsed
    const start = process.hrtime.bigint()
    for (const candle of candles) {
      openBar(exchange, candle)
      closeBar(exchange, candle)
    }
    const nanos = Number(process.hrtime.bigint() - start) / BARS
    const grown = (process.memoryUsage().heapUsed - bytes) / BARS
    if (round === 2) {
      console.log(
        `${name.padEnd(26)} ${nanos.toFixed(1).padStart(7)} ns  ${grown.toFixed(2).padStart(8)} bytes a bar`
      )
    }
  }
}

measure("idle", () => made("spot", []))
measure("holding, spot", () => made("spot", [entry]))
measure("holding, margin", () => made("margin", [entry]))
measure("stop and target at work", () => made("spot", protection))
