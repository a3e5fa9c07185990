/**
 * The whole desk at full speed over real files, the way of a candle to its journaled intent, and how long `--help` takes.
 * In: a synthetic year of quarter hours, temporary folders. Out: medians of three runs, percentiles, medians of seven.
 * A group of the bench; journal, ledger, lease and actors are the shipped ones.
 */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { Effect, Layer } from "effect"
import { homeLayout, prepareHome } from "../../layers/home.ts"
import { paperLayer } from "../../layers/paper.ts"
import { arrayMarket, deskOf } from "../../layers/test.ts"
import { pipelineTree } from "../../src/actors/Pipeline.ts"
import { runDesk } from "../../src/actors/runDesk.ts"
import { instrumentById } from "../../src/domain/Instrument.ts"
import { invariant } from "../../src/engine/invariant.ts"
import { DecisionTraces } from "../../src/ports/DecisionTraces.ts"
import type { DecisionTimeline } from "../../src/ports/DecisionTraces.ts"
import { Journal } from "../../src/ports/Journal.ts"
import { MarketData } from "../../src/ports/MarketData.ts"
import { temporaryFolder } from "../kit/folder.ts"
import { profileSettings } from "../kit/profile.ts"
import { FIFTEEN_MINUTES, syntheticBars } from "../kit/syntheticBars.ts"
import { median } from "./Figure.ts"
import type { Figure, Group } from "./Figure.ts"

const RUNS = 3
const BARS = 35_000
const SEED = 42
const HELP_RUNS = 7
const KEY = "bench"

interface Run {
  readonly candlesPerSecond: number
  /** Milliseconds from the first look at a candle to the end of the commit that holds its intent, one a wanted order. */
  readonly waits: ReadonlyArray<number>
  readonly lastHash: string
}

const desk = () => {
  const instrument = instrumentById("bitbank:BTC/JPY")
  invariant(instrument !== undefined, "the instrument is known")
  const settings = profileSettings("balanced", { capital: 5_000_000 })
  return { account: "bench", instrument, settings, baseMillis: FIFTEEN_MINUTES }
}

const waitOf = ({ marks }: DecisionTimeline): number => {
  const from = marks.find((mark) => mark.stage === "observe")
  const to = marks.find((mark) => mark.stage === "append")
  invariant(
    from !== undefined && to !== undefined,
    "an order's timeline begins with a candle and was journaled"
  )
  return to.endMillis - from.startMillis
}

const runOf = (candles: ReturnType<typeof syntheticBars>): Effect.Effect<Run, unknown> =>
  Effect.scoped(Effect.gen(function*() {
    const waits: Array<number> = []
    const traces = Layer.succeed(DecisionTraces, {
      record: (timeline) => {
        if (timeline.record.order !== null) waits.push(waitOf(timeline))
      }
    })
    const layout = homeLayout(yield* temporaryFolder, KEY)
    yield* prepareHome(layout, { fresh: false })
    const options = { ...desk(), candles }
    const found = yield* Effect.provide(MarketData, arrayMarket(options))
    const whole = paperLayer({ desk: deskOf(options), market: found, layout, key: KEY })
    const measured = Effect.scoped(Effect.gen(function*() {
      const journal = yield* Journal
      const began = performance.now()
      const running = yield* runDesk(yield* pipelineTree)
      const how = yield* running.finished
      const seconds = (performance.now() - began) / 1_000
      invariant(how === "marketEnded", `the desk reaches the market's end, not ${how}`)
      yield* running.drain("marketEnded")
      const { rows } = yield* journal.verify
      const last = (yield* journal.read(rows - 1, 1))[0]
      return { candlesPerSecond: candles.length / seconds, waits, lastHash: last?.hash ?? "" }
    }))
    return yield* Effect.provide(measured, Layer.fresh(whole.pipe(Layer.provide(traces))))
  }))

// Unpaced: an order waits behind its own candle only.
const actorFigures = async (): Promise<ReadonlyArray<Figure>> => {
  const candles = syntheticBars(SEED, BARS)
  const runs: Array<Run> = []
  for (let run = 0; run < RUNS; run++) runs.push(await Effect.runPromise(runOf(candles)))
  const waits = runs.flatMap((run) => run.waits).toSorted((left, right) => left - right)
  const at = (share: number) => `${(waits[Math.floor(share * (waits.length - 1))] ?? NaN).toFixed(2)} ms`
  const hashes = [...new Set(runs.map((run) => run.lastHash.slice(0, 16)))].join(" ")
  const speed = Math.round(median(runs.map((run) => run.candlesPerSecond)))
  return [
    {
      name: "actors, speed max, SQLite",
      value: `${speed} candles a second`,
      ratio: "",
      aim: ">= 10000",
      proof: hashes
    },
    {
      name: "candle to journaled intent, speed max",
      value: `p50 ${at(0.5)}, p99 ${at(0.99)}`,
      ratio: "",
      aim: "p99 <= 1 ms",
      proof: `${waits.length} orders`
    }
  ]
}

/** Wall time of the program's help, a process a run. */
const helpFigure = (): Figure => {
  const repository = fileURLToPath(new URL("../../", import.meta.url))
  const millis: Array<number> = []
  let lines = 0
  for (let run = 0; run < HELP_RUNS; run++) {
    const began = performance.now()
    const { status, stdout } = spawnSync("bin/daruma", ["--help"], { cwd: repository, encoding: "utf8" })
    millis.push(performance.now() - began)
    invariant(status === 0, `help ends well, not with ${status}`)
    lines = stdout.split("\n").length
  }
  return {
    name: "daruma --help",
    value: `${(median(millis) / 1_000).toFixed(2)} s`,
    ratio: "",
    aim: "<= 0.5 s",
    proof: `${lines} lines`
  }
}

export const deskGroup = async (): Promise<Group> => ({
  title: "The desk",
  words: [
    `${BARS} synthetic quarter hours, seed ${SEED}, through the actors over files as in \`daruma trade --speed max\`;`,
    `medians of ${RUNS} runs, of ${HELP_RUNS} for the help.`
  ],
  figures: [...await actorFigures(), helpFigure()],
  failed: false
})
