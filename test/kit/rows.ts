/**
 * Small valid drafts and orders for tests that are about something else.
 * In: what the test cares about. Out: drafts that pass their schema, orders that pass every check of the venue.
 * One place, so that a new field is filled in once.
 */
import type { Draft, JournalEvent } from "../../src/domain/Event.ts"
import type { Base, Price } from "../../src/domain/money.ts"
import type { ApprovedOrder, Order } from "../../src/domain/Order.ts"

export const INSTRUMENT_ID = "bitbank:BTC/JPY"

/** A draft of an event at market time `instant`. */
export const draftOf = (event: JournalEvent, instant = 1_000, decisionId: string | null = null): Draft => ({
  event,
  instant,
  instrument: INSTRUMENT_ID,
  decisionId,
  causationId: null
})

/** A closed candle's draft; bar `index` of 15 minutes. */
export const candleDraft = (index: number, text = "1,1,1,1,1"): Draft => {
  const openTime = index * 900_000
  const closeTime = openTime + 900_000
  return draftOf({ _tag: "CandleClosed", openTime, closeTime, text, gapBars: 0 }, closeTime)
}

/** A market entry of 0.001 BTC, approved by the test itself. */
export const orderOf = (fields: Partial<Order> = {}): ApprovedOrder => {
  const decisionId = fields.decisionId ?? "paper-spot/bitbank:BTC/JPY/15m/900000"
  const leg = fields.leg ?? "entry"
  const attempt = fields.attempt ?? 1
  return {
    intentId: `${decisionId}#${leg}.${attempt}`,
    decisionId,
    instrument: INSTRUMENT_ID,
    leg,
    purpose: "entry",
    attempt,
    side: "buy",
    type: "market",
    amount: 100_000 as Base,
    price: null,
    trigger: null,
    reduceOnly: false,
    postOnly: false,
    validUntil: 2_000_000,
    plannedStop: null,
    plannedTarget: null,
    strategy: "ATRBased",
    edge: null,
    ...fields
  } as unknown as ApprovedOrder
}

export const priceOf = (yen: number): Price => yen * 10_000 as Price
