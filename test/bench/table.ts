/**
 * A group of figures as text: a heading, its sentences, a table whose columns stand under one another.
 * In: a group. Out: Markdown that a terminal shows as well.
 * Apart from bench.ts, which prints it and saves it.
 */
import type { Figure, Group } from "./Figure.ts"

const HEAD = ["figure", "value", "ratio", "aim", "proof"]

const cellsOf = ({ aim, name, proof, ratio, value }: Figure): ReadonlyArray<string> => [
  name,
  value,
  ratio,
  aim,
  proof
]

/** A Markdown table with a rule under its head; all rows have as many cells as the head. */
const tableOf = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const widths = head.map((name, column) =>
    Math.max(name.length, 3, ...rows.map((row) => (row[column] ?? "").length))
  )
  const line = (cells: ReadonlyArray<string>) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`
  return [line(head), rule, ...rows.map(line)].join("\n")
}

/** Heading, sentences, table. */
const groupText = ({ figures, title, words }: Group): string => {
  const sentences = words.length === 0 ? "" : `${words.join("\n")}\n\n`
  return `## ${title}\n\n${sentences}${tableOf(HEAD, figures.map(cellsOf))}\n`
}

export { groupText, tableOf }
