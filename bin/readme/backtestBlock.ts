/**
 * The tear sheet of a backtest on the demo market, cut down to the lines that a first reader wants.
 * In: the repository's folder, or what the command printed. Out: a text block for a document.
 * The market is seeded, so the same code prints the same lines on every machine.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const COMMAND = ["backtest", "--market", "synthetic"]

/** Figures that are shown, by what their line begins with; the others of a part are counted in its last line. */
const SHOWN: Readonly<Record<string, ReadonlyArray<string>>> = {
  Equity: [
    "Final equity",
    "Net return",
    "Market change",
    "Sharpe ratio",
    "Sortino ratio",
    "Max drawdown ",
    "Max drawdown, duration",
    "Volatility (annual)",
    "Value at risk 95 % (day)"
  ],
  Trades: ["Closed trades", "Win rate", "Profit factor", "Average trade", "Exposure time", "Costs, all"]
}

/** Runs the command in a home of its own and cuts its words down. Throws when it does not end well. */
const backtestBlock = (root: string): string => {
  const home = mkdtempSync(join(tmpdir(), "daruma-readme-"))
  try {
    const { status, stderr, stdout } = spawnSync(join(root, "bin/daruma"), [...COMMAND, "--home", home], {
      cwd: home,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], NO_COLOR: "1" }
    })
    if (status !== 0) throw new Error(`daruma ${COMMAND.join(" ")} ended with ${status}: ${stderr}`)
    return excerptOf(stdout)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** The parts of the printed page: text between empty lines. */
const excerptOf = (printed: string): string => {
  const parts = printed.trimEnd().split("\n\n").map((part) => part.split("\n"))
  const [head = [], ...others] = parts
  const shown = [
    head,
    ...Object.entries(SHOWN).map(([title, labels]) => chosen(partOf(others, title), labels)),
    partOf(others, "Read with care")
  ]
  return [
    "```text",
    `$ daruma ${COMMAND.join(" ")}`,
    ...shown.map((lines) => lines.join("\n")).join("\n\n").split("\n"),
    "```"
  ]
    .join("\n")
}

const partOf = (parts: ReadonlyArray<ReadonlyArray<string>>, title: string): ReadonlyArray<string> => {
  const part = parts.find(([first = ""]) => first.startsWith(title))
  if (part === undefined) throw new Error(`the backtest prints no part "${title}"`)
  return part
}

const chosen = (part: ReadonlyArray<string>, labels: ReadonlyArray<string>): ReadonlyArray<string> => {
  const [title = "", ...lines] = part
  const kept = labels.map((label) => {
    const line = lines.find((candidate) => candidate.startsWith(`  ${label}`))
    if (line === undefined) throw new Error(`the backtest prints no line "${label}"`)
    return line
  })
  const left = lines.filter((line) => !line.startsWith("  (") && !kept.includes(line)).length
  return [title, ...kept, `  ... and ${left} more`]
}

export { backtestBlock, excerptOf }
