/**
 * Candles as columns, for tests that make their own market.
 * In: closed bars of one length. Out: the same bars as Columns.
 */
import type { ClosedBar } from "../../src/domain/Candle.ts"
import type { Columns } from "../../src/domain/Columns.ts"

export const columnsOf = (bars: ReadonlyArray<ClosedBar>): Columns => {
  const column = (name: "openTime" | "open" | "high" | "low" | "close" | "volume") =>
    Float64Array.from(bars, (bar) => bar[name])
  return {
    barMillis: bars.length === 0 ? 0 : bars[0]!.closeTime - bars[0]!.openTime,
    openTime: column("openTime"),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume")
  }
}
