/**
 * What a backtest does with each thing that a data file can hold, one sentence a kind.
 * In: the kind. Out: its name in a table, and words.
 * One table, so that command and page promise the same; the engine's limits are named by their settings.
 */
import { WARM_BARS } from "../../src/engine/features/registry.ts"
import type { FlawKind } from "./row.ts"

/** Defaults of the settings that judge a bar while a backtest runs. */
const DEFAULT_LIMITS = { maxGapBars: 3, anomalyMove: 0.2 } as const

interface Consequence {
  readonly check: string
  readonly effect: string
}

const WHOLE = "the whole file is refused before the first bar"

/** What refuses a file, in the order of the table. */
const REFUSED: Readonly<Record<FlawKind, Consequence>> = {
  header: { check: "header", effect: `${WHOLE}: columns are never guessed` },
  line: { check: "line length", effect: `${WHOLE}: this is no line of a candle file` },
  fields: { check: "fields", effect: `${WHOLE}: a row is never completed or cut` },
  time: { check: "times", effect: `${WHOLE}: a row is never skipped` },
  order: {
    check: "order",
    effect: `${WHOLE}: rows are never sorted: a file in disorder may have other things wrong`
  },
  duplicate: { check: "duplicates", effect: `${WHOLE}: nobody knows which of the two rows is right` },
  number: { check: "numbers", effect: `${WHOLE}: a value is never guessed` },
  price: { check: "prices", effect: `${WHOLE}: a price of zero or less is none` },
  volume: { check: "volumes", effect: `${WHOLE}: a negative volume is none` },
  bounds: { check: "bounds", effect: `${WHOLE}: open and close lie between low and high in every bar` },
  grid: {
    check: "grid",
    effect: `${WHOLE}: every bar begins a whole number of bar lengths after the one before`
  }
}

/** What a backtest runs with, and how. */
const LOOK = {
  gap: {
    check: "gaps",
    effect: "no bar is made up: indicator windows count the bars that are there"
  },
  longGap: {
    check: "long gaps",
    effect:
      `entries are refused (dataGap) for one bar a missing bar, at most ${WARM_BARS}, after a gap of more than `
      + `${DEFAULT_LIMITS.maxGapBars} (risk.maxGapBars)`
  },
  jump: {
    check: "jumps",
    effect: `entries on such a bar are refused (anomaly) beyond ${100 * DEFAULT_LIMITS.anomalyMove} % `
      + "(risk.anomalyMove); stops and targets are met as on any bar"
  },
  wideBar: {
    check: "wide bars",
    effect:
      `entries on such a bar are refused (anomaly), as on a jump; where stop and target both lie in it, `
      + "the stop counts"
  },
  noVolume: {
    check: "no volume",
    effect: "nothing fills in such a bar, because nobody traded: an entry is cancelled, exits and stops wait"
  },
  instrument: {
    check: "instrument",
    effect: "a backtest asks for --instrument: a file that does not say what is traded is never read as yen"
  }
} as const satisfies Readonly<Record<string, Consequence>>

export { DEFAULT_LIMITS, LOOK, REFUSED }
