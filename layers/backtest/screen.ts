/**
 * What a backtest says on the terminal: what on what, what to know, the tear sheet, where the files are.
 * In: run facts. Out: lines for a person, or one JSON object for a program.
 * Pure; the same words as on the page (words.ts, notices.ts).
 */
import type { OutputOptions } from "../../src/cli/TradeOptions.ts"
import { fixed, formatMoney, formatValue } from "../../src/report/format.ts"
import { tearSheetText, wrapped } from "../../src/report/text.ts"
import type { Paint } from "../console/paint.ts"
import type { RunFacts } from "./RunFacts.ts"
import type { WrittenFile } from "./RunFolder.ts"
import { FILES } from "./target.ts"
import { DEMO, feeWords, percent, periodWords, titleOf } from "./words.ts"

export interface Shown {
  readonly facts: RunFacts
  /** result.json's content. */
  readonly result: unknown
  readonly files: ReadonlyArray<WrittenFile>
  /** The folder as the user would type it. */
  readonly folder: string
}

/** Characters of a line where nobody says, and at most: longer lines are hard to read. */
const WIDTH = 80
const MOST = 110

/** All of stdout, with its final line end. */
export const screenText = (
  { facts, files, folder, result }: Shown,
  options: OutputOptions,
  paint: Paint,
  width: number | undefined
): string => {
  if (options.json) return `${JSON.stringify(result)}\n`
  const { notices, plan, result: { fingerprint, ledger }, tearSheet } = facts
  const sheet = tearSheetText(tearSheet, ledger, width)
  const noted = notices.flatMap((notice) =>
    wrapped(notice, Math.min(width ?? WIDTH, MOST), "! ", "  ").map((line) =>
      notice.startsWith(DEMO) ? paint("yellow", line) : line
    )
  )
  const written = files.map(({ bytes, name }) => `  ${name.padEnd(16)} ${sizeWords(bytes)}`)
  const lines = options.quiet ?
    [...noted, "", ...headlines(facts, files), `fingerprint ${fingerprint}`, folder] :
    [
      ...headLines(facts).map((line, index) => index === 0 ? paint("bold", line) : line),
      ...noted,
      "",
      ...sheet,
      "",
      `fingerprint ${fingerprint}`,
      folder,
      ...written
    ]
  return `${(plan.demo && options.quiet ? [DEMO, ...lines] : lines).join("\n")}\n`
}

const headLines = ({ plan, result: { ledger } }: RunFacts): ReadonlyArray<string> => [
  `${plan.demo ? `${DEMO}  ` : ""}Backtest of ${titleOf(plan)}`,
  periodWords(plan),
  `profile ${plan.profile}, ${plan.settings.account} account, ${
    formatMoney(plan.settings.capital, ledger.quote, ledger.decimals)
  }`,
  `fees ${
    [...new Set(plan.traded.map(({ market: { instrument } }) => feeWords(instrument)))].join("; ")
  }; slippage ${percent(plan.settings.simulation.slippage)}`
]

/** Figures that `--quiet` keeps, in this order. */
const HEADLINES = ["netProfit", "maxDrawdown", "sharpe", "totalTrades"]
const LABEL = 16

/** One line each, buy-and-hold in brackets; doubts by their number and where they are told. */
const headlines = (
  { result: { ledger }, tearSheet }: RunFacts,
  files: ReadonlyArray<WrittenFile>
): ReadonlyArray<string> => {
  const count = tearSheet.suspicions.length
  const told = files.some(({ name }) => name === FILES.report)
    ? `${FILES.result} and ${FILES.report}`
    : FILES.result
  const all = [...tearSheet.equity, ...tearSheet.trades]
  const rows = HEADLINES.flatMap((wanted) => all.filter(({ id }) => id === wanted))
  return [
    ...rows.map(({ hold, label, unit, value }) => {
      const words = (figure: number | null) => formatValue(figure, unit, ledger.quote, ledger.decimals)
      const beside = hold === null ? "" : `  (buy and hold ${words(hold)})`
      return `${label.padEnd(LABEL)}${words(value)}${beside}`
    }),
    ...(count === 0
      ? []
      : [`${"Read with care".padEnd(LABEL)}${count} ${count === 1 ? "point" : "points"}, in ${told}`])
  ]
}

const sizeWords = (bytes: number): string =>
  (bytes < 10_000 ? `${fixed(bytes, 0)} B` : `${fixed(bytes / 1_024, 0)} KiB`).padStart(12)
