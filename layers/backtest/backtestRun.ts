/**
 * One run of `daruma backtest`, from the flags to the folder of results.
 * In: options, loaded settings, the terminal. Out: an exit code; a whole folder of files, or nothing of it.
 * Here, behind a dynamic import: nothing of it is loaded for `--help` (decisions 10).
 */
import { Effect } from "effect"
import type { FileSystem, Scope } from "effect"
import { dirname, join, relative, resolve } from "node:path"
import { finish } from "../../src/backtest/finish.ts"
import type { BacktestResult } from "../../src/backtest/Result.ts"
import { advance, makeBacktest } from "../../src/backtest/run.ts"
import type { BacktestOptions } from "../../src/cli/BacktestOptions.ts"
import { EXIT } from "../../src/cli/exitCodes.ts"
import type { ExitCode } from "../../src/cli/exitCodes.ts"
import type { LoadedSettings } from "../../src/cli/LoadedSettings.ts"
import type { AnyFault } from "../../src/domain/Fault.ts"
import { DECISION_REASONS } from "../../src/domain/decisionReasons.ts"
import type { Decision } from "../../src/engine/Decision.ts"
import type { Books } from "../../src/engine/portfolio/Books.ts"
import type { OutputUnwritable } from "../../src/errors/BacktestError.ts"
import { tearSheetOf } from "../../src/report/tearSheetOf.ts"
import { mayPaint, painter } from "../console/paint.ts"
import { decisionLine } from "./decisionLine.ts"
import { openMarkets } from "./markets.ts"
import { noticesOf } from "./notices.ts"
import { parameterCount } from "./parameters.ts"
import { clippedWords } from "./period.ts"
import { planOf } from "./plan.ts"
import { makeProgress } from "./progress.ts"
import type { Progress } from "./progress.ts"
import { refuseContradictions } from "./refusals.ts"
import type { RunFacts, RunPlan } from "./RunFacts.ts"
import { openRunFolder } from "./RunFolder.ts"
import type { LinesFile } from "./RunFolder.ts"
import { screenText } from "./screen.ts"
import { FILES, mayReplace, standingAt } from "./target.ts"
import type { Terminal } from "./Terminal.ts"
import { writeFiles } from "./writeFiles.ts"
import { nameOf } from "./words.ts"
import { refuseOutgrown } from "./outgrown.ts"
import { pointAt } from "./pointer.ts"

/** Errors: those of settings, files, period and output; whatever it is, nothing partial stays. */
export const runBacktest = (
  options: BacktestOptions,
  loaded: LoadedSettings,
  terminal: Terminal
): Effect.Effect<ExitCode, AnyFault, FileSystem.FileSystem> => {
  const progress = makeProgress(options.quiet ? "off" : options.progress, terminal.stderr)
  const stage: Stage = { terminal, progress, published: false }
  const stopped = Effect.sync(() => {
    progress.clear()
    if (!stage.published) terminal.stderr.write("stopped; nothing was written\n")
  })
  return Effect.scoped(run(options, loaded, stage)).pipe(
    Effect.onInterrupt(() => stopped),
    Effect.ensuring(Effect.sync(progress.clear))
  )
}

interface Stage {
  readonly terminal: Terminal
  readonly progress: Progress
  published: boolean
}

const run = Effect.fnUntraced(function*(
  options: BacktestOptions,
  loaded: LoadedSettings,
  stage: Stage
): Effect.fn.Return<ExitCode, AnyFault, FileSystem.FileSystem | Scope.Scope> {
  const { progress, terminal } = stage
  yield* refuseContradictions(options, loaded, terminal.env)
  const place = options.out === null ? null : resolve(terminal.cwd, options.out)
  // Looked at before anything is computed: a refusal after a minute's work helps nobody.
  const standing = place === null ? null : yield* standingAt(place, terminal.cwd)
  progress.say("reading the data")
  const markets = yield* openMarkets(options, loaded.settings, terminal.cwd)
  const plan = yield* planOf(markets, options, loaded)
  if (place !== null && standing !== null) {
    yield* mayReplace(place, standing, ({ inputsHash }) => inputsHash === plan.inputsHash, options.force)
  }
  const runs = join(resolve(terminal.cwd, options.home), "backtests")
  const folder = yield* openRunFolder(place === null ? runs : dirname(place), place ?? runs)
  const lines = yield* folder.lines(FILES.decisions)
  const facts = yield* refuseOutgrown(plan, factsOf(plan, lines, progress))
  const { result } = facts
  progress.say("writing the results")
  const written = yield* writeFiles(folder, facts, yield* lines.end, options.report)
  const target = place ?? join(runs, `${nameOf(plan)}-${result.fingerprint.slice(0, 8)}`)
  const found = yield* standingAt(target, terminal.cwd)
  const isSame = place === null
    ? (kept: { readonly fingerprint: string }) => kept.fingerprint === result.fingerprint
    : (kept: { readonly inputsHash: string }) => kept.inputsHash === plan.inputsHash
  yield* mayReplace(target, found, isSame, options.force)
  yield* Effect.uninterruptible(
    Effect.tap(
      folder.publish(target, found._tag === "Run"),
      () => Effect.sync(() => (stage.published = true))
    )
  )
  const unpointed = place === null ? yield* pointAt(runs, target) : []
  progress.clear()
  const asides = plan.traded.flatMap(({ market, stretch }) => [
    ...market.notices,
    ...clippedWords(market, stretch, options, plan.barMillis)
  ])
  for (const aside of [...asides, ...unpointed]) terminal.stderr.write(`${aside}\n`)
  show({ facts, ...written, folder: relative(terminal.cwd, target) || "." }, options, terminal)
  return EXIT.ok
})

const show = (
  shown: Parameters<typeof screenText>[0],
  options: BacktestOptions,
  { env, stdout }: Terminal
): void => {
  const colours = mayPaint({
    wanted: options.color,
    terminal: stdout.isTTY === true,
    noColor: env["NO_COLOR"]
  })
  stdout.write(screenText(shown, options, painter(colours), stdout.columns))
}

const factsOf = (plan: RunPlan, lines: LinesFile, progress: Progress) =>
  Effect.map(compute(plan, lines, progress), (result): RunFacts => ({
    plan,
    result,
    tearSheet: tearSheetOf(result.ledger),
    notices: noticesOf(plan, result)
  }))

/** Bars between two looks at the clock, at signals and at the disk; fewer where each bar leaves a line. */
const SLICE = { acted: 16_384, all: 1_024 } as const

const compute = Effect.fnUntraced(function*(
  plan: RunPlan,
  lines: LinesFile,
  progress: Progress
): Effect.fn.Return<BacktestResult, OutputUnwritable> {
  const { account, decisions, higherMillis, settings, trials } = plan
  const onDecision = (_: number, decision: Decision, { instrument }: Books): void => {
    if (decisions === "acted" && DECISION_REASONS[decision.reason].kind === "hold") return
    lines.add(decisionLine(decision, instrument))
  }
  const backtest = makeBacktest({
    account,
    settings,
    series: plan.traded.map(({ stretch }) => stretch.series),
    higherMillis,
    trials,
    parameterCount: parameterCount(settings),
    onDecision
  })
  yield* progress.update(0, backtest.total)
  let more = true
  while (more) {
    more = advance(backtest, SLICE[decisions])
    yield* lines.flush
    yield* progress.update(backtest.done, backtest.total)
    yield* Effect.yieldNow
  }
  return finish(backtest)
})
