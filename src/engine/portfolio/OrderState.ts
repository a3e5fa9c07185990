/**
 * A journaled order with the venue's word on it.
 * In: made when an order is journaled, moved by execution/orders.ts. Out: read by risk, protection, screens.
 * Apart from the books, because the account sums over the orders of all its markets.
 */
import type { Base } from "../../domain/money.ts"
import type { Order } from "../../domain/Order.ts"
import type { OrderStatus } from "../../domain/orderStatus.ts"

export interface OrderState {
  readonly order: Order
  status: OrderStatus
  filled: Base
  /** Trade ids of its fills: a fill is counted once (C20, C32). */
  readonly tradeIds: Array<string>
}
