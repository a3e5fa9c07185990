/**
 * A few rows of docs/benchmarks.md for a document, with the day and machine they are of.
 * In: the text of that page. Out: one table.
 * Copied and never measured here: whoever reads both finds the same numbers.
 */

/** Group and figure as they stand in the page, and what the row is called where its group is not above it. */
const ROWS: ReadonlyArray<readonly [group: string, figure: string, name: string]> = [
  ["The whole command", "first run, nothing cached", "`daruma backtest`, 1.03 million bars, first run"],
  ["The whole command", "second run, data cached", "the same, data cached"],
  ["The pipeline", "plain loop, 12 features", "a plain loop that only computes twelve features"],
  ["The pipeline", "features, both frames", "our features, two timeframes"],
  ["The pipeline", "features, four strategies, vote, risk, fills", "features, strategies, vote, risk, fills"],
  [
    "SMA(20/50) cross",
    "daruma: means, driver, books, exchange",
    "a moving-average cross: driver, books, exchange"
  ],
  [
    "SMA(20/50) cross",
    "grademark 0.3.0, means by data-forge as in its manual",
    "the same by grademark 0.3.0"
  ],
  ["Twelve features", "@debut/indicators 1.4.2", "twelve features by @debut/indicators 1.4.2"],
  ["Twelve features", "trading-signals 8.3.0", "twelve features by trading-signals 8.3.0"],
  ["Twelve features", "technicalindicators 3.1.0", "twelve features by technicalindicators 3.1.0"],
  ["The desk", "actors, speed max, SQLite", "supervised actors with a durable journal"],
  ["The desk", "candle to journaled intent, speed max", "from a candle to its journaled intent"]
]

/** Throws when the page lacks one of the rows: it is then of another bench, to be saved again. */
const benchBlock = (page: string): string => {
  const figures = figuresIn(page)
  const rows = ROWS.map(([group, figure, name]) => {
    const cells = figures.get(`${group}/${figure}`)
    if (cells === undefined) {
      throw new Error(`docs/benchmarks.md has no row "${figure}" under "${group}"; npm run bench -- --save`)
    }
    return [name, cells[1] ?? "", cells[2] ?? "", cells[3] ?? ""]
  })
  // The day's line, and the warning that may follow it.
  const machine = /^\d{4}-\d\d-\d\d: .*(?:\n.+)*$/m.exec(page)?.[0]
  if (machine === undefined) {
    throw new Error("docs/benchmarks.md does not say on which day and machine it was made")
  }
  return `${tableOf([["what", "figure", "ratio", "aim"], ...rows])}\n\n${machine}`
}

/** Cells of every row of a page, by `group/figure`. */
const figuresIn = (page: string): ReadonlyMap<string, ReadonlyArray<string>> => {
  const figures = new Map<string, ReadonlyArray<string>>()
  let group = ""
  for (const line of page.split("\n")) {
    if (line.startsWith("## ")) group = line.slice(3)
    if (!line.startsWith("| ")) continue
    const cells = line.slice(1, -1).split("|").map((cell) => cell.trim())
    figures.set(`${group}/${cells[0] ?? ""}`, cells)
  }
  return figures
}

const tableOf = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)))
  const lines = rows.map((row) =>
    `| ${widths.map((width, at) => (row[at] ?? "").padEnd(width)).join(" | ")} |`
  )
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`
  return [lines[0] ?? "", rule, ...lines.slice(1)].join("\n")
}

export { benchBlock }
