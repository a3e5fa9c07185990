/**
 * The project's speed in one table: features, bare loop, actors, the way of a candle to its journaled intent, `--help`.
 * In: `node test/bench/figures.ts [--save]`. Out: medians with what was computed beside them; `--save` writes docs/benchmarks.md.
 * By hand: nothing is asserted. The plain loop runs in the same rounds, because a machine's mood moves both.
 */
import { writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { fileURLToPath } from "node:url"
import { candleFigures } from "./candleFigures.ts"
import { actorFigures, helpFigure } from "./deskFigures.ts"
import type { Figure } from "./Figure.ts"

const machine = (): string =>
  `${
    cpus()[0]?.model.trim() ?? "unknown processor"
  }, ${cpus().length} cores, Node ${process.version}, ${process.platform}`

const table = (figures: ReadonlyArray<Figure>): string => {
  const rows = [
    ["figure", "value", "aim", "fingerprint"],
    ["---", "---", "---", "---"],
    ...figures.map(({ aim, fingerprint, name, value }) => [name, value, aim, fingerprint])
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    `| ${
      row.map((cell, column) => cell.padEnd(widths[column] ?? 0, cell === "---" ? "-" : " ")).join(" | ")
    } |`
  ).join("\n")
}

const save = process.argv.includes("--save")
const candles = await candleFigures()
const figures = [...candles.figures, ...await actorFigures(), helpFigure()]
const text = `${machine()}\n${candles.market}\n\n${table(figures)}`
console.log(text)
if (save) {
  const path = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url))
  const date = new Date().toISOString().slice(0, 10)
  const about =
    "Made by `npm run bench -- --save`. Medians; equal fingerprints mean equal results, on any machine."
  writeFileSync(path, `# Benchmarks\n\n${about}\n\n${date}: ${text}\n`)
}
