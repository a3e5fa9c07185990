/**
 * What an indicator is: a name with its numbers, the bar from which it is defined, and a state that is fed bar by bar.
 * In: made by registry.ts from text such as "macd(12,26,9)". Out: used by strategies, scripts and `daruma features`.
 * Types only; batch.ts runs the same step over columns, so that a stream and a batch cannot differ.
 */

/** What an indicator reads of one closed bar; prices in quote units, volume in base units, UTC milliseconds. */
export interface PriceBar {
  readonly openTime: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** One indicator at work; one owner. Nothing is allocated a bar. */
export interface IndicatorState {
  /** Newest value of each output, in the order of `outputs`; NaN while undefined; overwritten by the next step. */
  readonly values: Float64Array
  /** Folds one closed bar; throws `InvariantBroken`, and is left as it was, when one of its numbers is not finite. */
  step(bar: PriceBar): void
  /** Everything the next step needs, newest values included, as numbers (NaN among them). */
  snapshot(): ReadonlyArray<number>
  /** Takes over a snapshot of the same indicator, bit for bit; throws `InvariantBroken` on any other. */
  restore(snapshot: ReadonlyArray<number>): void
  /** Forgets every bar. */
  reset(): void
}

/** An indicator with its parameters chosen. */
export interface Indicator {
  /** The whole name, always written alike: every number, and what differs from the defaults: `ema(20,seed=first)`. */
  readonly id: string
  readonly name: string
  readonly parameters: Readonly<Record<string, number | string>>
  /** Names of its values, such as `macd`, `signal`, `histogram`. */
  readonly outputs: ReadonlyArray<string>
  /** Column names, one an output: the id itself when there is only one, else `id.output`. */
  readonly columns: ReadonlyArray<string>
  /** First bar (0-based, counted from the first bar folded) at which every output is defined. */
  readonly warmup: number
  /** How many of the newest bars its values depend on; Infinity for a recursion, which forgets none. */
  readonly reach: number
  /** A state that has seen nothing. */
  make(): IndicatorState
}

/** Why a text names no indicator, in one sentence. */
export interface Problem {
  readonly problem: string
}

/** What the registry knows of an indicator before its numbers are chosen; for help and docs. */
export interface Definition {
  readonly name: string
  /** Other names the field has for it; understood, never printed. */
  readonly also: ReadonlyArray<string>
  /** One line for a list. */
  readonly words: string
  /** The arithmetic, and what holds where nothing moves or trades; part of a snapshot's fingerprint. */
  readonly formula: string
  /** Who published it, when and where. */
  readonly origin: string
  /** How it is written, with its defaults and choices: `ema(period=20, seed=sma|first)`. */
  readonly usage: string
  readonly outputs: ReadonlyArray<string>
  /** Chooses parameters: numbers in their order, or any by name. */
  readonly of: (positional: ReadonlyArray<string>, named: ReadonlyMap<string, string>) => Indicator | Problem
}
