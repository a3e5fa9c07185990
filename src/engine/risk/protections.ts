/**
 * Pauses after results: CooldownPeriod, StoplossGuard and LowProfitPairs (decisions 22).
 * In: closed trades, market time. Out: instants until which entries pause; each pause ends by itself.
 * Apart from streak.ts because these look at windows of trades, not at a run of losses.
 */
import type { Instrument } from "../../domain/Instrument.ts"
import type { Settings } from "../../domain/Settings.ts"
import type { ClosedTrade } from "../portfolio/ClosedTrade.ts"

/** No instant: market time is never negative. */
export const NEVER = -1

/** Market time of the last bar close at which an entry is still forbidden; -1 for none. */
export interface Pauses {
  coolDownUntil: number
  guardUntil: number
  lowProfitUntil: number
  gapUntil: number
}

const DAY = 86_400_000

/**
 * Sets the pauses of a market that follow a trade closed there. `trades` are the account's, oldest first; those of other
 * markets do not count. `markedAt` is the close of the last bar, the start of the bar that the exit fell into. A pause of
 * n bars forbids that bar's decision and the n - 1 after it, so that "waits one bar" forbids exactly the first decision
 * after an exit, whether it filled at the open or inside the bar.
 */
export const pauseAfterTrade = (
  pauses: Pauses,
  instrument: Instrument["id"],
  trades: ReadonlyArray<ClosedTrade>,
  risk: Settings["risk"],
  markedAt: number,
  baseMillis: number
): void => {
  const until = (bars: number): number => bars === 0 ? NEVER : markedAt + bars * baseMillis
  pauses.coolDownUntil = Math.max(pauses.coolDownUntil, until(risk.coolDownBars))
  if (stopsWithin(instrument, trades, markedAt - risk.guardWindowBars * baseMillis) >= risk.guardStops) {
    pauses.guardUntil = Math.max(pauses.guardUntil, until(risk.guardPauseBars))
  }
  const recent = lossWithin(instrument, trades, markedAt - risk.lowProfitWindowBars * baseMillis)
  if (recent.count >= risk.lowProfitTrades && recent.pnl < -risk.lowProfitLoss * recent.notional) {
    pauses.lowProfitUntil = Math.max(pauses.lowProfitUntil, until(risk.lowProfitPauseBars))
  }
}

/** The first trade that Kelly or a protection may still look at, as an index: everything before it can go. */
export const firstKept = (
  trades: ReadonlyArray<ClosedTrade>,
  settings: Settings,
  now: number,
  baseMillis: number
): number => {
  const { guardWindowBars, lowProfitWindowBars } = settings.risk
  const bars = Math.max(guardWindowBars, lowProfitWindowBars) * baseMillis
  const oldest = now - Math.max(bars + baseMillis, settings.sizing.kellyWindowDays * DAY)
  const index = trades.findIndex((trade) => trade.exitTime >= oldest)
  return index < 0 ? trades.length : index
}

/** Bars still to wait at `now`, rounded up; 0 when nothing is paused. */
export const barsLeft = (until: number, now: number, baseMillis: number): number =>
  until === NEVER || now > until ? 0 : Math.floor((until - now) / baseMillis) + 1

const stopsWithin = (
  instrument: Instrument["id"],
  trades: ReadonlyArray<ClosedTrade>,
  since: number
): number => {
  let stops = 0
  for (let index = trades.length - 1; index >= 0; index--) {
    const trade = trades[index]
    if (trade === undefined) break
    if (trade.instrument !== instrument) continue
    if (trade.exitTime <= since) break
    if (trade.exitLeg === "stop") stops += 1
  }
  return stops
}

const lossWithin = (
  instrument: Instrument["id"],
  trades: ReadonlyArray<ClosedTrade>,
  since: number
): { readonly count: number; readonly pnl: number; readonly notional: number } => {
  let count = 0
  let pnl = 0
  let notional = 0
  for (let index = trades.length - 1; index >= 0; index--) {
    const trade = trades[index]
    if (trade === undefined) break
    if (trade.instrument !== instrument) continue
    if (trade.exitTime <= since) break
    count += 1
    pnl += trade.pnl
    notional += trade.cost
  }
  return { count, pnl, notional }
}
