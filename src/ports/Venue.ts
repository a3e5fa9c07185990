/**
 * The venue, three-valued: a submit is accepted, refused with proof, or unknown; absence of data is never zero.
 * In: approved orders only. Out: outcomes, reports by cursor, the venue's own books.
 * Contract only; the simulated venue is layers/venue. What a venue cannot do it declares (decisions 35, P-25).
 */
import { Context } from "effect"
import type { Effect } from "effect"
import type { AnyFault } from "../domain/Fault.ts"
import type { ApprovedOrder, SubmitOutcome, VenueAccount, VenueReport } from "../domain/Order.ts"

export interface VenueCapabilities {
  /** The venue stores our intent id and finds an order by it. */
  readonly clientOrderId: boolean
  /** A lookup that finds nothing proves that there is nothing. */
  readonly authoritativeLookup: boolean
  /** The venue refuses requests older than this; null when it has no such window. */
  readonly timeWindowMillis: number | null
  /** Reduce-only orders shrink with the position and go when it is flat. */
  readonly reduceOnly: boolean
}

export type Lookup =
  | { readonly _tag: "Found"; readonly venueOrderId: string }
  | { readonly _tag: "NotFound" }
  | { readonly _tag: "Unreadable"; readonly words: string }

export class Venue extends Context.Service<Venue, {
  readonly id: string
  readonly capabilities: VenueCapabilities
  /** Sends once. Never retried by anyone (C-3): what is unclear comes back as Unknown. */
  readonly submit: (order: ApprovedOrder) => Effect.Effect<SubmitOutcome>
  readonly lookup: (intentId: string) => Effect.Effect<Lookup>
  /** Reports with `reportSeq > after`, in order. */
  readonly reports: (after: number) => Effect.Effect<ReadonlyArray<VenueReport>, AnyFault>
  /** The venue's own books, for reconciliation. */
  readonly account: Effect.Effect<VenueAccount, AnyFault>
}>()("daruma/ports/Venue") {}
