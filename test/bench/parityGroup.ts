/**
 * Two drivers, one core, over a year: every record and every ledger event of the bare loop and of the supervised actors.
 * In: a year of quarter hours, recorded if it is here. Out: speeds, two fingerprints; unequal ones fail the bench.
 * The same comparison as test/parity, at a length that no test has time for.
 */
import { createHash } from "node:crypto"
import { Effect } from "effect"
import { loadCandles } from "../../layers/datasets/csv.ts"
import type { TestDeskOptions } from "../../layers/test.ts"
import { byActors, byLoop } from "../kit/drivers.ts"
import type { Driven } from "../kit/drivers.ts"
import { profileSettings } from "../kit/profile.ts"
import { referencePath } from "../kit/reference.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../kit/syntheticBars.ts"
import { times } from "./Figure.ts"
import type { Group } from "./Figure.ts"
import { instrumentOf } from "./markets.ts"

const FILE = "binance-btcusdt-15m-2024.csv.gz"
const SYNTHETIC_BARS = 35_000
const SEED = 42

interface Timed {
  readonly seconds: number
  readonly fingerprint: string
}

const fingerprintOf = ({ decisions, events }: Driven): string => {
  const hash = createHash("sha256")
  for (const record of decisions) hash.update(record).update("\n")
  for (const event of events) hash.update(event).update("\n")
  return hash.digest("hex").slice(0, 16)
}

const yearOf = async (): Promise<{ readonly words: string; readonly desk: TestDeskOptions }> => {
  const path = referencePath(`data/${FILE}`)
  const desk = { account: "parity", settings: profileSettings("balanced"), baseMillis: FIFTEEN_MINUTES }
  if (path === undefined) {
    const words = `${SYNTHETIC_BARS} synthetic bars, seed ${SEED} (the recorded market is not here)`
    const instrument = instrumentOf("bitbank:BTC/JPY")
    return { words, desk: { ...desk, instrument, candles: syntheticBars(SEED, SYNTHETIC_BARS) } }
  }
  const candles = await Effect.runPromise(loadCandles(path))
  const instrument = instrumentOf("binance:BTC/USDT")
  return { words: `${candles.length} bars of ${FILE}`, desk: { ...desk, instrument, candles } }
}

const timed = async (run: () => Promise<Driven>): Promise<Timed & { readonly driven: Driven }> => {
  const began = performance.now()
  const driven = await run()
  const seconds = (performance.now() - began) / 1_000
  return { seconds, driven, fingerprint: fingerprintOf(driven) }
}

export const parityGroup = async (): Promise<Group> => {
  const { desk, words } = await yearOf()
  const loop = await timed(() => Promise.resolve(byLoop(desk)))
  const actors = await timed(() => Effect.runPromise(byActors(desk)))
  const isEqual = loop.fingerprint === actors.fingerprint
  const speed = ({ seconds }: Timed) => `${Math.round(desk.candles.length / seconds)} candles a second`
  const { decisions, events } = loop.driven
  return {
    title: "Parity: bare loop = actors",
    words: [
      `${words}; every decision record and every ledger event as text,`,
      `${decisions.length} and ${events.length} of them; once each; a ratio is to the bare loop's speed.`
    ],
    figures: [
      { name: "bare loop, records kept", value: speed(loop), ratio: "1x", aim: "", proof: loop.fingerprint },
      {
        name: "actors, journal in memory",
        value: speed(actors),
        ratio: times(loop.seconds / actors.seconds),
        aim: "",
        proof: actors.fingerprint
      },
      { name: "equal", value: isEqual ? "yes" : "NO", ratio: "", aim: "yes", proof: "" }
    ],
    failed: !isEqual
  }
}
