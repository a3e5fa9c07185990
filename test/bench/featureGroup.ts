/**
 * Twelve features of every bar: the plain loop, ours, and npm's libraries of indicators, in the same rounds.
 * In: a million one-minute bars. Out: nanoseconds a bar, ratios, and how far each result is from ours.
 * Libraries follow the field's conventions (Wilder, population deviations) and our features phase19's, so each is compared
 * with ours of its own kind; the work of a row is the same.
 */
import type { Columns } from "../../src/domain/Columns.ts"
import { WIDTH } from "../../src/engine/Observation.ts"
import { perBar, times } from "./Figure.ts"
import type { Figure, Group } from "./Figure.ts"
import { minuteMarket } from "./markets.ts"
import { apart, apartWords, together } from "./peers/apart.ts"
import { daruma, simpleAtr } from "./peers/daruma.ts"
import { COLUMNS, inputOf } from "./peers/Peer.ts"
import type { Input, Peer } from "./peers/Peer.ts"
import { PEERS } from "./peers/peers.ts"
import { plainFeatures } from "./plainFeatures.ts"
import { interleaved } from "./rounds.ts"
import { differenceOf, hashOf, observedRows, rowsFor } from "./rows.ts"

const BARS = 1_000_000
const ROUNDS = 3
const PLAIN = "plain loop over typed arrays"
const OURS = "daruma, features of a run: two frames"

const columnOf = (rows: Float64Array, column: number): Float64Array => {
  const values = new Float64Array(rows.length / WIDTH)
  for (let index = 0; index < values.length; index++) values[index] = rows[index * WIDTH + column]!
  return values
}

/** A peer's whole table beside ours of its own kind, in words. */
const proofOf = (peer: Peer, input: Input, reference: Float64Array, rows: Float64Array): string =>
  apartWords(together(COLUMNS.map((name, column) => {
    const expected = columnOf(reference, column)
    if (name === "ATR(14)" && peer.simpleAtr) simpleAtr(input, expected)
    return apart(columnOf(rows, column), expected)
  })))

const measure = async (columns: Columns) => {
  const input = inputOf(columns)
  const count = columns.close.length
  const [plain, observed, reference, theirs] = [
    rowsFor(count),
    rowsFor(count),
    rowsFor(count),
    rowsFor(count)
  ]
  daruma.features(input, reference)
  const proofs = new Map<string, string>()
  const ways = PEERS.map((peer) => ({
    name: peer.name,
    run: () => peer.features(input, theirs),
    check: () => void proofs.set(peer.name, proofOf(peer, input, reference, theirs))
  }))
  const medians = await interleaved([
    { name: PLAIN, run: () => plainFeatures(columns, plain) },
    { name: OURS, run: () => observedRows(columns, observed) },
    { name: daruma.name, run: () => daruma.features(input, reference) },
    ...ways
  ], ROUNDS)
  proofs.set(PLAIN, hashOf(plain))
  proofs.set(OURS, `${differenceOf(plain, observed).toExponential(1)} from plain`)
  proofs.set(daruma.name, hashOf(reference))
  return { medians, proofs }
}

export const featureGroup = async (): Promise<Group> => {
  const { columns, words } = await minuteMarket(BARS)
  const count = columns.close.length
  const { medians, proofs } = await measure(columns)
  const of = (name: string) => medians.get(name) ?? NaN
  const figure = (name: string, ratio: string, aim: string): Figure => ({
    name,
    value: perBar(of(name), count),
    ratio,
    aim,
    proof: proofs.get(name) ?? ""
  })
  const peers = PEERS.map(({ name }) =>
    figure(name, `ours ${times(of(name) / of(OURS))}`, name.startsWith("@debut") ? "ours >= 1.5x" : "")
  )
  const others = PEERS.filter((peer) => peer.words !== "").map(({ name, words }) => `${name}: ${words}.`)
  return {
    title: "Twelve features",
    words: [
      `${words}; medians of ${ROUNDS} interleaved rounds. All have ${COLUMNS.join(", ")}; none is missing.`,
      "Ratios of ours are to the plain loop's speed; a peer's is how much faster ours is, which keeps a second frame as well.",
      "A peer's proof is its largest difference from our indicator room, as a share of the column's mean size, and how many values",
      "are off by more than a millionth or no number (most of these: windows without movement, where a deviation is 0).",
      ...others
    ],
    figures: [
      figure(PLAIN, "1x", ""),
      figure(OURS, times(of(PLAIN) / of(OURS)), ">= 0.7x"),
      figure(daruma.name, times(of(PLAIN) / of(daruma.name)), ""),
      ...peers
    ],
    failed: false
  }
}
