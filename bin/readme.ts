#!/usr/bin/env node
/**
 * `npm run readme`: every number in the documents made again, from the program and from docs/benchmarks.md.
 * In: --check (writes nothing). Out: README.md and docs/*.md with their marked blocks anew; exit 1 when stale, 2 usage.
 * Here so that no figure in a document is typed by hand, and none grows old in silence.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { backtestBlock } from "./readme/backtestBlock.ts"
import { benchBlock } from "./readme/benchBlock.ts"
import { namesIn, withBlocks } from "./readme/markers.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

/** What stands between `<!-- begin NAME -->` and `<!-- end NAME -->`, by name. */
const BLOCKS: Readonly<Record<string, () => string>> = {
  backtest: () => backtestBlock(root),
  bench: () => benchBlock(readFileSync(join(root, "docs/benchmarks.md"), "utf8"))
}

const USAGE = `npm run readme [-- --check]
  --check   writes nothing; exit 1 when a block is not what the program prints today
Blocks: ${Object.keys(BLOCKS).join(", ")}, between <!-- begin NAME --> and <!-- end NAME -->
`

const pages = (): ReadonlyArray<string> => [
  "README.md",
  ...readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)
]

/** Each block is made once, however many pages show it. */
const makeBlocks = (names: Iterable<string>): ReadonlyMap<string, string> => {
  const made = new Map<string, string>()
  for (const name of names) {
    const make = BLOCKS[name]
    if (make === undefined) {
      throw new Error(`there is no block ${name}; there are ${Object.keys(BLOCKS).join(", ")}`)
    }
    if (!made.has(name)) made.set(name, make())
  }
  return made
}

const run = (check: boolean): number => {
  const texts = pages().map((page) => ({ page, text: readFileSync(join(root, page), "utf8") }))
  const blocks = makeBlocks(texts.flatMap(({ text }) => namesIn(text)))
  let stale = 0
  for (const { page, text } of texts) {
    const made = withBlocks(text, blocks)
    if (made === text) continue
    stale += 1
    if (!check) writeFileSync(join(root, page), made)
    process.stdout.write(
      check ? `${page}: its numbers are of another day; npm run readme\n` : `${page}: written\n`
    )
  }
  if (stale === 0) process.stdout.write(`${blocks.size} blocks, all as the program prints them\n`)
  return check && stale > 0 ? 1 : 0
}

const options = () => {
  try {
    return parseArgs({ options: { check: { type: "boolean" }, help: { type: "boolean" } } }).values
  } catch (error) {
    process.stderr.write(`readme: ${error instanceof Error ? error.message : String(error)}\n`)
    return undefined
  }
}

const values = options()
if (values === undefined || values.help === true) {
  process.stderr.write(USAGE)
  process.exitCode = values === undefined ? 2 : 0
} else {
  try {
    process.exitCode = run(values.check === true)
  } catch (error) {
    process.stderr.write(`readme: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
