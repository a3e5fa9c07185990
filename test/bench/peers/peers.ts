/**
 * npm's libraries of indicators that are installed for the bench.
 * In: nothing. Out: each of them, doing what Peer.ts asks.
 * One list, so that both groups that compare with them know the same.
 */
import { debut } from "./debut.ts"
import { indicatorTs } from "./indicatorTs.ts"
import { ixjb94 } from "./ixjb94.ts"
import type { Peer } from "./Peer.ts"
import { technicalIndicators } from "./technicalIndicators.ts"
import { tradingSignals } from "./tradingSignals.ts"

export const PEERS: ReadonlyArray<Peer> = [debut, ixjb94, tradingSignals, technicalIndicators, indicatorTs]
