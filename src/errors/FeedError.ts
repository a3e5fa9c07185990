/**
 * What can be wrong with a market's data before a candle exists.
 * In: where it was found. Out: typed refusals; a bad row is never repaired, skipped or guessed.
 * Medium: the market cannot be served, nothing that is already known becomes wrong.
 */
import { Schema } from "effect"
import { Fault } from "../domain/Fault.ts"

/** A row of a data file that is not a candle; `line` counts from 1 (the header), `column` is the header's name. */
export class BadRow extends Fault<BadRow>()("BadRow", "Medium", "bad-row", {
  file: Schema.String,
  line: Schema.Int,
  column: Schema.String,
  expected: Schema.String,
  found: Schema.String
}) {
  override get message() {
    return `${this.file}, line ${this.line}, ${this.column}: expected ${this.expected}, found ${this.found}`
  }
}

/** The file as a whole cannot be read as candles. */
export class DatasetUnreadable
  extends Fault<DatasetUnreadable>()("DatasetUnreadable", "Medium", "dataset-unreadable", {
    file: Schema.String,
    problem: Schema.Literals([
      "absent",
      "notAFile",
      "empty",
      "truncated",
      "damaged",
      "unreadable",
      "changed"
    ]),
    words: Schema.String
  })
{
  override get message() {
    return `${this.file}: ${this.words}`
  }
}

/** A data file that does not say what is traded in it; it is never read as yen (decisions 20). */
export class InstrumentUnknown
  extends Fault<InstrumentUnknown>()("InstrumentUnknown", "Medium", "instrument-unknown", {
    file: Schema.String,
    words: Schema.String
  })
{
  override get message() {
    return `${this.file}: ${this.words}`
  }
}

/** A bar length that cannot be made from this market's own bars. */
export class TimeframeUnfit extends Fault<TimeframeUnfit>()("TimeframeUnfit", "Medium", "timeframe-unfit", {
  market: Schema.String,
  baseMillis: Schema.Int,
  wantedMillis: Schema.Int
}) {
  override get message() {
    return `${this.market}: bars of ${this.wantedMillis / 60_000} min cannot be made of closed bars of ${
      this.baseMillis / 60_000
    } min`
  }
}

export type FeedFault = BadRow | DatasetUnreadable | InstrumentUnknown | TimeframeUnfit
