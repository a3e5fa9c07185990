/**
 * One run of `daruma features`: the rows that models and strategies see, as a csv.
 * In: options, the terminal. Out: an exit code; the whole file, or nothing of it.
 * The same `observe` as in every other run: a feature written here is the feature that decided (L-17).
 */
import { Effect, FileSystem } from "effect"
import type { Scope } from "effect"
import { basename, dirname, resolve } from "node:path"
import { makeCursor } from "../../src/backtest/BarCursor.ts"
import type { FeaturesOptions } from "../../src/cli/BacktestOptions.ts"
import { EXIT } from "../../src/cli/exitCodes.ts"
import type { ExitCode } from "../../src/cli/exitCodes.ts"
import type { Columns } from "../../src/domain/Columns.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { higherMillis } from "../../src/domain/timeframe.ts"
import { specHash, SPECS } from "../../src/engine/features/registry.ts"
import type { SpecName } from "../../src/engine/features/registry.ts"
import type { Indicator } from "../../src/engine/indicators/Indicator.ts"
import { parseIndicatorList } from "../../src/engine/indicators/registry.ts"
import { makeMarketState, observe } from "../../src/engine/observe.ts"
import { IndicatorUnknown, OutputTaken } from "../../src/errors/BacktestError.ts"
import type { OutputUnwritable } from "../../src/errors/BacktestError.ts"
import { fixed, formatInstant } from "../../src/report/format.ts"
import { loadDataset } from "../datasets/dataset.ts"
import { cell, iso } from "./csv.ts"
import { cacheFolder } from "./markets.ts"
import { openRunFolder } from "./RunFolder.ts"
import type { LinesFile } from "./RunFolder.ts"
import { significant } from "./significant.ts"
import type { Terminal } from "./Terminal.ts"
import { unwritable } from "./unwritable.ts"
import { barWords } from "./words.ts"

/** Errors: those of the data file, IndicatorUnknown, OutputTaken, OutputUnwritable (all Medium). */
export const runFeatures = (
  options: FeaturesOptions,
  terminal: Terminal
): Effect.Effect<ExitCode, AnyFault, FileSystem.FileSystem> => {
  const stage: Stage = { terminal, published: false }
  const stopped = Effect.sync(() => {
    if (!stage.published) terminal.stderr.write("stopped; nothing was written\n")
  })
  return Effect.onInterrupt(Effect.scoped(run(options, stage)), () => stopped)
}

interface Stage {
  readonly terminal: Terminal
  published: boolean
}

const run = Effect.fnUntraced(function*(
  options: FeaturesOptions,
  stage: Stage
): Effect.fn.Return<ExitCode, AnyFault, FileSystem.FileSystem | Scope.Scope> {
  const { terminal } = stage
  const indicators = yield* indicatorsOf(options.indicators)
  const target = resolve(terminal.cwd, options.out)
  const source = resolve(terminal.cwd, options.data)
  yield* refuseTaken(target, source, options.force)
  const { columns, facts, notices } = yield* loadDataset(source, {
    timeframeMillis: options.timeframeMillis ?? undefined,
    cache: cacheFolder(options, terminal.cwd)
  })
  const folder = yield* openRunFolder(dirname(target), target)
  const lines = yield* folder.lines(basename(target))
  yield* writeRows(columns, options.spec, indicators, lines)
  const { bytes, sha256 } = yield* lines.end
  yield* Effect.uninterruptible(
    Effect.tap(
      folder.publishFile(basename(target), target),
      () => Effect.sync(() => (stage.published = true))
    )
  )
  for (const notice of notices) terminal.stderr.write(`${notice}\n`)
  const rows = columns.openTime.length
  if (options.json) {
    terminal.stdout.write(`${
      JSON.stringify({
        kind: "features",
        dataset: { name: facts.name, contentHash: facts.contentHash, barMillis: columns.barMillis },
        spec: { name: options.spec, hash: specHash(options.spec) },
        columns: headerOf(options.spec, indicators),
        rows,
        first: rows === 0 ? null : iso(columns.openTime[0] ?? 0),
        last: rows === 0 ? null : iso(columns.openTime[rows - 1] ?? 0),
        bytes,
        sha256
      })
    }\n`)
  } else if (!options.quiet) {
    terminal.stdout.write(
      `${options.out}: ${fixed(rows, 0)} ${rows === 1 ? "row" : "rows"} of ${
        headerOf(options.spec, indicators).length
      } columns, `
        + `${barWords(columns.barMillis)} bars from ${formatInstant(columns.openTime[0] ?? 0)}\n`
        + `spec ${options.spec} ${specHash(options.spec)}, sha256 ${sha256}\n`
    )
  }
  return EXIT.ok
})

const indicatorsOf = (
  list: string | null
): Effect.Effect<ReadonlyArray<Indicator>, IndicatorUnknown> => {
  if (list === null) return Effect.succeed([])
  const parsed = parseIndicatorList(list)
  return "problem" in parsed
    ? Effect.fail(new IndicatorUnknown({ words: parsed.problem }))
    : Effect.succeed(parsed)
}

const refuseTaken = Effect.fnUntraced(
  function*(
    path: string,
    source: string,
    force: boolean
  ): Effect.fn.Return<void, OutputTaken | OutputUnwritable, FileSystem.FileSystem> {
    const fs = yield* FileSystem.FileSystem
    const fail = Effect.mapError(unwritable(path))
    if (!(yield* fs.exists(path).pipe(fail))) return
    if ((yield* fs.stat(path).pipe(fail)).type === "Directory") {
      return yield* new OutputTaken({ path, words: "is a folder; --out names a file" })
    }
    // By their real places: a link or another way of writing the path is the same file.
    const [there, input] = yield* Effect.all([fs.realPath(path), fs.realPath(source)]).pipe(
      Effect.orElseSucceed(() => [path, source] as const)
    )
    if (there === input) {
      return yield* new OutputTaken({ path, words: "is the input itself; --out names another" })
    }
    if (!force) return yield* new OutputTaken({ path, words: "is there already; --force replaces it" })
  }
)

const headerOf = (spec: SpecName, indicators: ReadonlyArray<Indicator>): ReadonlyArray<string> => [
  "timestamp_ms",
  ...SPECS[spec].map(({ name }) => name),
  ...indicators.flatMap(({ columns }) => columns)
]

/** Rows between two writes: their text is all that is kept in memory. */
const SLICE = 4_096

const writeRows = Effect.fnUntraced(function*(
  columns: Columns,
  spec: SpecName,
  indicators: ReadonlyArray<Indicator>,
  lines: LinesFile
): Effect.fn.Return<void, OutputUnwritable> {
  const { barMillis, openTime } = columns
  const market = makeMarketState({ baseMillis: barMillis, higherMillis: higherMillis(barMillis), spec })
  const states = indicators.map((indicator) => indicator.make())
  const cursor = makeCursor(columns)
  lines.add(headerOf(spec, indicators).map(cell).join(","))
  for (let index = 0; index < openTime.length; index++) {
    const bar = cursor.moveTo(index)
    let row = String(bar.openTime)
    for (const value of observe(market, bar).features) row += `,${significant(value)}`
    for (const state of states) {
      state.step(bar)
      for (const value of state.values) row += `,${significant(value)}`
    }
    lines.add(row)
    if (index % SLICE === SLICE - 1) {
      yield* lines.flush
      yield* Effect.yieldNow
    }
  }
})
