/**
 * All files of a finished run, one after the other, result.json last.
 * In: an open run folder, run facts, what decisions.jsonl came to. Out: the files written, and result.json's content.
 * Apart from the run, so that what lies in the folder stands on one page.
 */
import { Effect } from "effect"
import type { OutputUnwritable } from "../../src/errors/BacktestError.ts"
import { page } from "../../src/report/page/page.ts"
import { pageModelOf } from "./pageModel.ts"
import { resultOf } from "./resultJson.ts"
import type { RunFacts } from "./RunFacts.ts"
import type { RunFolder, WrittenFile } from "./RunFolder.ts"
import { equityCsv, ordersCsv, scalesOf, tradesCsv } from "./tables.ts"
import { FILES } from "./target.ts"

export interface Written {
  readonly files: ReadonlyArray<WrittenFile>
  readonly result: ReturnType<typeof resultOf>
}

/** Errors: OutputUnwritable (Medium). */
export const writeFiles = Effect.fnUntraced(function*(
  folder: RunFolder,
  facts: RunFacts,
  decisions: WrittenFile,
  withReport: boolean
): Effect.fn.Return<Written, OutputUnwritable> {
  const { plan, result } = facts
  const instruments = plan.traded.map(({ market }) => market.instrument)
  const scales = scalesOf(instruments)
  const priceScale = Math.max(...instruments.map((instrument) => instrument.priceScale))
  const files = [
    yield* folder.write(FILES.trades, tradesCsv(result.ledger.trades, scales)),
    yield* folder.write(FILES.orders, ordersCsv(result.orders, scales)),
    yield* folder.write(FILES.equity, equityCsv(result.equity, priceScale)),
    decisions
  ]
  if (withReport) files.push(yield* folder.write(FILES.report, page(pageModelOf(facts))))
  const content = resultOf(facts, files)
  const last = yield* folder.write(FILES.result, `${JSON.stringify(content, null, 2)}\n`)
  return { files: [last, ...files], result: content }
})
