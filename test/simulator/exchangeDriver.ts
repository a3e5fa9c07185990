/**
 * Drives an exchange through generated bars and orders, the same way every time.
 * In: steps drawn by a property. Out: bars, every report, and what was asked for.
 * In test/: one driver for all properties, so that snapshot, repeat and mirror differ in nothing else.
 */
import { Schema } from "effect"
import type { Candle } from "../../src/domain/Candle.ts"
import { base, price } from "../../src/domain/money.ts"
import type { Order } from "../../src/domain/Order.ts"
import { cancel, closeBar, openBar, submit } from "../../src/simulator/Exchange.ts"
import type { Exchange } from "../../src/simulator/Exchange.ts"
import { candle, closeOf, orderOf, yen } from "./exchangeKit.ts"

const within = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }))

/** An order: 0 market, 1 limit, 2 stop, 3 cancel of an earlier one; prices are yen from the newest price. */
const Ask = Schema.Struct({
  late: Schema.Boolean,
  kind: within(0, 3),
  buy: Schema.Boolean,
  reduceOnly: Schema.Boolean,
  lots: within(1, 400),
  away: within(-3_000, 3_000)
})

/** One bar: yen from the newest price to its open, then above and below; where it closes (per cent of its range); tenths of volume. */
export const Step = Schema.Struct({
  jump: within(-6_000, 6_000),
  up: within(0, 3_000),
  down: within(0, 3_000),
  end: within(0, 100),
  volume: within(0, 16),
  asks: Schema.Array(Ask).check(Schema.isMinLength(1), Schema.isMaxLength(4))
})
export type Step = typeof Step.Type

export const Steps = Schema.Array(Step).check(Schema.isMinLength(24), Schema.isMaxLength(48))

/** What one bar was: the candle and the orders before and after its open. */
export interface Turn {
  readonly bar: Candle
  readonly early: ReadonlyArray<Order | string>
  readonly late: ReadonlyArray<Order | string>
}

/** The twentieth bar ends at midnight in Tokyo. */
const FIRST = 40

/** Centre of a mirrored market, yen. */
export const CENTRE = 1_000_000

/** The turns of a script; `mirror` reflects every price at the centre and exchanges the sides. */
export const turnsOf = (steps: ReadonlyArray<Step>, mirror = false): ReadonlyArray<Turn> => {
  const sign = mirror ? -1 : 1
  let at = 0
  let count = 0
  return steps.map((step, n) => {
    const before = at
    const open = at + step.jump
    const high = open + step.up
    const low = open - step.down
    at = Math.round(low + (high - low) * step.end / 100)
    const prices = [open, high, low, at].map((offset) => CENTRE + sign * offset) as [
      number,
      number,
      number,
      number
    ]
    if (mirror) [prices[1], prices[2]] = [prices[2], prices[1]]
    const ask = (from: number) => (wish: Step["asks"][number]): Order | string => {
      const id = `o${count++}`
      if (wish.kind === 3) return `o${Math.floor(count * wish.lots / 401)}`
      const level = price(yen(CENTRE + sign * (from + wish.away)))
      return orderOf(id, {
        side: wish.buy === mirror ? "sell" : "buy",
        type: (["market", "limit", "stop"] as const)[wish.kind] ?? "market",
        price: wish.kind === 1 ? level : null,
        trigger: wish.kind === 2 ? level : null,
        reduceOnly: wish.reduceOnly,
        amount: base(wish.lots * 10_000)
      })
    }
    return {
      bar: candle(FIRST + n, prices, step.volume / 10),
      early: step.asks.filter((wish) => !wish.late).map(ask(before)),
      late: step.asks.filter((wish) => wish.late).map(ask(open))
    }
  })
}

/** Orders that were accepted, by intent. */
export type Taken = Map<string, Order>

/** Plays turns `from` to the end; `each` sees the exchange after every call. */
export const play = (
  exchange: Exchange,
  turns: ReadonlyArray<Turn>,
  options: {
    readonly from?: number
    readonly taken?: Taken
    readonly twice?: boolean
    readonly each?: (turn: number) => void
  } = {}
): Taken => {
  const taken = options.taken ?? new Map()
  for (let n = options.from ?? 0; n < turns.length; n++) {
    const turn = turns[n] as Turn
    ask(exchange, turn.early, closeOf(FIRST + n - 1), taken)
    openBar(exchange, turn.bar)
    if (options.twice === true) openBar(exchange, turn.bar)
    ask(exchange, turn.late, turn.bar.openTime, taken)
    closeBar(exchange, turn.bar)
    if (options.twice === true) closeBar(exchange, turn.bar)
    options.each?.(n)
  }
  return taken
}

const ask = (exchange: Exchange, wishes: ReadonlyArray<Order | string>, now: number, taken: Taken): void => {
  for (const wish of wishes) {
    if (typeof wish === "string") cancel(exchange, wish, now)
    else if (submit(exchange, wish as Parameters<typeof submit>[1], now)._tag === "Accepted") {
      taken.set(wish.intentId, wish)
    }
  }
}
