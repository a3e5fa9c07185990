/**
 * Prints how the synthetic market compares with recorded ones: `node test/bench/marketRealism.ts [seed ...]`.
 * In: seeds (1 to 4 and 42 if none are given), the reference data if it is here. Out: one table, and what it costs to make bars.
 * By hand: the assertions on the same table are test/simulator/realism.test.ts.
 */
import { makeSyntheticMarket } from "../../src/simulator/markets/synthetic.ts"
import { statisticsOf } from "../simulator/marketStatistics.ts"
import {
  QUARTER_HOUR,
  recordedMarkets,
  syntheticYear,
  tableOf,
  wholeAndQuarters
} from "../simulator/realMarkets.ts"

const given = process.argv.slice(2).map(Number)
const seeds = given.length > 0 ? given : [1, 2, 3, 4, 42]
const recorded = recordedMarkets()
if (recorded === undefined) {
  console.log("recorded markets: not here, left out (DARUMA_REFERENCE names their folder)")
}

const real = (recorded ?? []).flatMap((market) => wholeAndQuarters(market.name, market.candles))
const synthetic = seeds.map((seed) => ({
  name: `synthetic, seed ${seed}`,
  statistics: statisticsOf(syntheticYear(seed), QUARTER_HOUR)
}))
console.log(tableOf([...real, ...synthetic]))

const market = makeSyntheticMarket({
  seed: 1,
  startPrice: 12_000_000,
  startTime: 0,
  baseMillis: QUARTER_HOUR,
  tick: 1
})
const BARS = 1_000_000
const nanosA = (run: () => void): string => {
  const start = process.hrtime.bigint()
  run()
  return `${(Number(process.hrtime.bigint() - start) / BARS).toFixed(0)} ns a bar`
}
console.log(`skip: ${nanosA(() => market.skip(BARS))}`)
const take = nanosA(() => {
  for (let bar = 0; bar < BARS; bar++) market.next()
})
console.log(`next: ${take}`)
