/**
 * Everything worth knowing of one data file before a backtest believes it.
 * In: a path. Out: each check with what was found, where, and what a backtest does with it; never a failure.
 * Reads the file as a backtest does; only one that is refused is read again, for all of its flaws.
 */
import { Effect, Stream } from "effect"
import type { CheckRow, FileCheck } from "../../src/cli/FileCheck.ts"
import type { BadRow, DatasetUnreadable } from "../../src/errors/FeedError.ts"
import { fixed, formatInstant, formatShare } from "../../src/report/format.ts"
import { Census } from "./Census.ts"
import type { Counted } from "./Census.ts"
import { DEFAULT_LIMITS, LOOK, REFUSED } from "./consequences.ts"
import { loadDataset } from "./dataset.ts"
import type { Dataset } from "./dataset.ts"
import { instrumentOf } from "./instrument.ts"
import type { FlawKind } from "./row.ts"
import { bytesOf } from "./source.ts"

const checkFile = Effect.fn("Datasets.check")(function*(file: string): Effect.fn.Return<FileCheck> {
  const instrument = yield* Effect.match(instrumentOf(file, null), {
    onFailure: () => null,
    onSuccess: (found) => found.id
  })
  return yield* loadDataset(file, { cache: null }).pipe(
    Effect.map((dataset) => usable(file, instrument, dataset)),
    Effect.catchTag(["BadRow", "DatasetUnreadable"], (fault) => refused(file, instrument, fault)),
    Effect.orDie
  )
})

const KINDS = Object.keys(REFUSED) as ReadonlyArray<FlawKind>

const ok = (check: string): CheckRow => ({ check, state: "ok", count: 0, places: [], effect: "" })

const usable = (file: string, instrument: string | null, { columns, facts }: Dataset): FileCheck => {
  const { gaps, spikes } = facts
  const lengths = gapsLongerThan(columns.openTime, facts.baseMillis, DEFAULT_LIMITS.maxGapBars)
  const look = (kind: keyof typeof LOOK, count: number, ...places: ReadonlyArray<string>): CheckRow =>
    count === 0 ? ok(LOOK[kind].check) : { ...LOOK[kind], state: "look", count, places }
  return {
    file,
    usable: true,
    instrument,
    facts,
    refusal: null,
    runbook: null,
    rows: facts.rows,
    unfinished: null,
    checks: [
      ...KINDS.map((kind) => ok(REFUSED[kind].check)),
      look(
        "gap",
        gaps.runs,
        `${fixed(gaps.missing, 0)} missing, the longest ${fixed(gaps.longest, 0)} from ${
          formatInstant(gaps.longestAt ?? 0)
        }`
      ),
      look("longGap", lengths, `of more than ${DEFAULT_LIMITS.maxGapBars} bars`),
      look(
        "jump",
        spikes.count,
        ...spikes.largest.map(({ at, change }) =>
          `${formatInstant(at)} ${formatShare(change)} close to close`
        )
      ),
      look(
        "wideBar",
        facts.wideBars,
        `whose range is over ${100 * DEFAULT_LIMITS.anomalyMove} % of their close`
      ),
      look("noVolume", facts.zeroVolume, "of volume 0"),
      ...(instrument === null ? [look("instrument", 1, "neither name nor sidecar says what is traded")] : [])
    ]
  }
}

const gapsLongerThan = (openTime: Float64Array, barMillis: number, bars: number): number => {
  let count = 0
  for (let index = 1; index < openTime.length; index++) {
    if (openTime[index]! - openTime[index - 1]! > (bars + 1) * barMillis) count += 1
  }
  return count
}

const refused = Effect.fnUntraced(
  function*(
    file: string,
    instrument: string | null,
    fault: BadRow | DatasetUnreadable
  ): Effect.fn.Return<FileCheck> {
    const base = {
      file,
      usable: false,
      instrument,
      facts: null,
      refusal: fault.message,
      runbook: fault.runbook
    }
    if (fault._tag === "DatasetUnreadable") return { ...base, rows: 0, unfinished: null, checks: [] }
    const census = new Census()
    const end = yield* Effect.result(
      Stream.runForEachWhile(bytesOf(file), (piece) =>
        Effect.sync(() => {
          census.push(piece)
          return census.stopped === null
        }))
    )
    const found = census.end()
    const unfinished = end._tag === "Failure" ? end.failure.words : census.stopped
    // What was not looked at to the end is not called ok.
    const kinds = unfinished === null ? KINDS : KINDS.filter((kind) => found.has(kind))
    return {
      ...base,
      rows: census.rows,
      unfinished,
      checks: kinds.map((kind) => rowOf(kind, found.get(kind)))
    }
  }
)

const rowOf = (kind: FlawKind, counted: Counted | undefined): CheckRow =>
  counted === undefined ? ok(REFUSED[kind].check) : { ...REFUSED[kind], ...counted, state: "refused" }

export { checkFile }
