/**
 * Money flowing in against money flowing out, over a window: Chaikin's and the index.
 * In: prices and volume. Out: -1..1; 0..100.
 * Nothing traded in the window is the middle by definition: 0 and 50.
 */
import { define } from "./define.ts"
import { typicalPrice, whole } from "./parameters.ts"
import { flowOf } from "./volume.ts"
import { sumOver } from "./windows.ts"

const CMF = define({
  name: "cmf",
  words: "Chaikin money flow",
  formula:
    "sum(volume * ((close - low) - (high - close)) / (high - low), n) / sum(volume, n); 0 without volume",
  origin: "Chaikin, in Achelis, Technical Analysis from A to Z, 2000",
  parameters: { period: whole(20) },
  reach: "window",
  warmup: ({ period }) => period - 1,
  build: (memory, { period }) => {
    const flows = sumOver(memory, period)
    const volumes = sumOver(memory, period)
    return (bar, out) => {
      const flow = flows(flowOf(bar))
      const volume = volumes(bar.volume)
      out[0] = volume === 0 ? 0 : flow / volume
    }
  }
})

const MFI = define({
  name: "mfi",
  words: "money flow index",
  formula:
    "100 * in / (in + out), sums over n of p * volume where p = (high + low + close) / 3 rose (in) or fell (out); "
    + "50 when nothing flowed",
  origin: "Quong and Soudack, Volume-Weighted RSI: Money Flow, Stocks & Commodities 1989",
  parameters: { period: whole(14) },
  reach: "window",
  warmup: ({ period }) => period,
  build: (memory, { period }) => {
    const incoming = sumOver(memory, period)
    const outgoing = sumOver(memory, period)
    const former = memory.take(1, NaN)
    return (bar, out) => {
      const price = typicalPrice(bar)
      const change = price - former[0]!
      former[0] = price
      const worth = change === change ? price * bar.volume : NaN
      const inflow = incoming(change <= 0 ? 0 : worth)
      const flow = inflow + outgoing(change >= 0 ? 0 : worth)
      out[0] = flow === 0 ? 50 : 100 * inflow / flow
    }
  }
})

export { CMF, MFI }
