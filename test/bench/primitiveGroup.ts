/**
 * RSI, EMA, ATR and Bollinger bands one by one: our indicator room and npm's libraries, in the same rounds.
 * In: a million one-minute bars. Out: nanoseconds a bar, ratios, and how far each result is from ours.
 * Every library fills a typed column; those that answer in arrays copy them, which costs a nanosecond or two.
 */
import { perBar, times } from "./Figure.ts"
import type { Figure, Group } from "./Figure.ts"
import { minuteMarket } from "./markets.ts"
import { apart, apartWords } from "./peers/apart.ts"
import { daruma, simpleAtr } from "./peers/daruma.ts"
import { inputOf } from "./peers/Peer.ts"
import type { Input, Peer } from "./peers/Peer.ts"
import { PEERS } from "./peers/peers.ts"
import { interleaved } from "./rounds.ts"

const BARS = 1_000_000
const ROUNDS = 3
const PRIMITIVES = [
  ["rsi", "RSI(14), Wilder"],
  ["ema", "EMA(20)"],
  ["atr", "ATR(14), Wilder"],
  ["bollinger", "Bollinger(20,2)"]
] as const

type Primitive = typeof PRIMITIVES[number][0]

const figuresOf = async (name: Primitive, title: string, input: Input): Promise<ReadonlyArray<Figure>> => {
  const count = input.close.length
  const [ours, theirs, simple] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  daruma[name](input, ours)
  simpleAtr(input, simple)
  const expected = (peer: Peer) => name === "atr" && peer.simpleAtr ? simple : ours
  const proofs = new Map<string, string>()
  const medians = await interleaved([
    { name: daruma.name, run: () => daruma[name](input, ours) },
    ...PEERS.map((peer) => ({
      name: peer.name,
      run: () => peer[name](input, theirs),
      check: () => void proofs.set(peer.name, apartWords(apart(theirs, expected(peer))))
    }))
  ], ROUNDS)
  const of = (library: string) => medians.get(library) ?? NaN
  const mine = {
    name: `${title}: ${daruma.name}`,
    value: perBar(of(daruma.name), count),
    ratio: "1x",
    aim: "",
    proof: ""
  }
  const others = PEERS.map((peer) => ({
    name: `${title}: ${peer.name}`,
    value: perBar(of(peer.name), count),
    ratio: `ours ${times(of(peer.name) / of(daruma.name))}`,
    aim: "",
    proof: proofs.get(peer.name) ?? ""
  }))
  return [mine, ...others]
}

export const primitiveGroup = async (): Promise<Group> => {
  const { columns, words } = await minuteMarket(BARS)
  const input = inputOf(columns)
  const figures: Array<Figure> = []
  for (const [name, title] of PRIMITIVES) figures.push(...await figuresOf(name, title, input))
  return {
    title: "Indicators one by one",
    words: [
      `${words}; medians of ${ROUNDS} interleaved rounds.`,
      "Proof: largest difference from ours as a share of the mean size, values off by more than a millionth, values that are no number."
    ],
    figures,
    failed: false
  }
}
