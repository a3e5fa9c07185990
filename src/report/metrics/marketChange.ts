/**
 * Market change: what the traded markets themselves did.
 * In: first and last price of each. Out: a share.
 * Without costs and without an account: buy-and-hold has both.
 */
import type { Ledger } from "../Ledger.ts"
import { mean } from "../series/moments.ts"

/** Mean of last / first - 1 over the markets, each weighing the same; NaN for none. Source: freqtrade "Market change". */
export const marketChange = (markets: Ledger["markets"]): number =>
  mean(markets.map(({ first, last }) => last / first - 1))
