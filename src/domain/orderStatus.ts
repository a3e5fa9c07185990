/**
 * The life of an order as a table: which status may follow which, on what event (reliability 6.1).
 * In: a status and an event. Out: the next status, `ignore`, or undefined when the move is illegal (a defect, I25).
 * Plain: the journal's index, the engine and every venue adapter read the same table.
 */

/** Stored and coded names; users see the FIX column of `FIX_STATUS`. */
export type OrderStatus =
  | "Sending"
  | "Unknown"
  | "Accepted"
  | "PartiallyFilled"
  | "Filled"
  | "PendingCancel"
  | "Canceled"
  | "PartiallyCanceled"
  | "Refused"
  | "Rejected"
  | "Expired"
  | "Absent"

export type OrderEvent =
  | "Ack"
  | "Refuse"
  | "Timeout"
  | "Expire"
  | "Absent"
  | "PartFill"
  | "FullFill"
  | "CancelRequest"
  | "CancelAck"
  | "Reject"

type Moves = Readonly<Partial<Record<OrderEvent, OrderStatus | "ignore">>>

const live: Moves = {
  Ack: "ignore",
  PartFill: "PartiallyFilled",
  FullFill: "Filled",
  CancelRequest: "PendingCancel",
  Reject: "Rejected"
}

/** Terminal rows keep late fills legal: a fill is a fact even after a cancel (moves are alarmed by the reader). */
const ORDER_MOVES: Readonly<Record<OrderStatus, Moves>> = {
  Sending: {
    Ack: "Accepted",
    Refuse: "Refused",
    Timeout: "Unknown",
    Expire: "Expired",
    PartFill: "PartiallyFilled",
    FullFill: "Filled",
    Absent: "Absent"
  },
  Unknown: {
    Ack: "Accepted",
    Timeout: "ignore",
    PartFill: "PartiallyFilled",
    FullFill: "Filled",
    Absent: "Absent"
  },
  Accepted: { ...live, CancelAck: "Canceled" },
  PartiallyFilled: { ...live, CancelAck: "PartiallyCanceled" },
  PendingCancel: {
    Ack: "ignore",
    PartFill: "PendingCancel",
    FullFill: "Filled",
    CancelAck: "Canceled",
    CancelRequest: "ignore"
  },
  Filled: { Ack: "ignore", Timeout: "ignore", CancelAck: "ignore", CancelRequest: "ignore" },
  Canceled: {
    Ack: "ignore",
    Timeout: "ignore",
    CancelAck: "ignore",
    PartFill: "PartiallyCanceled",
    FullFill: "Filled"
  },
  PartiallyCanceled: {
    Ack: "ignore",
    Timeout: "ignore",
    CancelAck: "ignore",
    PartFill: "PartiallyCanceled",
    FullFill: "Filled"
  },
  Refused: {},
  Rejected: { PartFill: "PartiallyFilled", FullFill: "Filled" },
  Expired: {},
  Absent: { Timeout: "ignore", PartFill: "PartiallyFilled", FullFill: "Filled" }
}

/** Shown to users and in the API (decisions 34). */
const FIX_STATUS: Readonly<Record<OrderStatus, string>> = {
  Sending: "PendingNew",
  Unknown: "Unknown",
  Accepted: "New",
  PartiallyFilled: "PartiallyFilled",
  Filled: "Filled",
  PendingCancel: "PendingCancel",
  Canceled: "Canceled",
  PartiallyCanceled: "Canceled",
  Refused: "Rejected",
  Rejected: "Rejected",
  Expired: "Expired",
  Absent: "Rejected"
}

const UNRESOLVED: ReadonlySet<OrderStatus> = new Set(["Sending", "Unknown"])
const WORKING: ReadonlySet<OrderStatus> = new Set([
  "Sending",
  "Unknown",
  "Accepted",
  "PartiallyFilled",
  "PendingCancel"
])

/** True while nobody knows whether the venue holds the order. */
const isUnresolved = (status: OrderStatus): boolean => UNRESOLVED.has(status)

/** True while the order may still fill: it counts as exposure. */
const isWorking = (status: OrderStatus): boolean => WORKING.has(status)

/** The status after `event`; `ignore` keeps it; undefined means the move is illegal. */
const nextStatus = (status: OrderStatus, event: OrderEvent): OrderStatus | "ignore" | undefined =>
  ORDER_MOVES[status][event]

export { FIX_STATUS, isUnresolved, isWorking, nextStatus, ORDER_MOVES }
