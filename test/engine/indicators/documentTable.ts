/**
 * The tables of docs/indicators.md, made from the registry and from the tests that hold it to other libraries.
 * In: INDICATORS, the text of the tests beside this file. Out: rows of cells.
 * Here so that the page cannot promise an agreement that no test looks at; `node` runs this file to print them.
 */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { indicatorNamed, INDICATORS } from "../../../src/engine/indicators/registry.ts"

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8")
const [skender, tulip, tradingSignals, peers] = ["skender", "tulip", "tradingSignals", "peers"].map((name) =>
  read(`./${name}.test.ts`)
) as [string, string, string, string]
const split = tulip.indexOf("const TALIPP")

/** Whether a test table names the indicator in quotation marks, with numbers or without. */
const names = (text: string, name: string): boolean => new RegExp(`"${name}(\\([^"]*\\))?"`).test(text)

/** Libraries to which some test holds the indicator. */
const librariesOf = (name: string): ReadonlyArray<string> => [
  ...names(skender, name) ? ["skender"] : [],
  ...names(tradingSignals, name) ? ["trading-signals"] : [],
  ...names(tulip.slice(0, split), name) ? ["tulip"] : [],
  ...names(tulip.slice(split), name) ? ["talipp"] : [],
  ...["technicalindicators", "@debut/indicators", "@ixjb94/indicators", "indicatorts"].filter((library) =>
    new RegExp(`[" ]${name}(\\([^"]*\\))?"?:\\s*\\[\\s*"${library}"`).test(peers)
  )
]

const NAMES = ["Name", "What", "Parameters", "Values", "From bar"]
const FORMULAS = ["Name", "Formula", "Source", "Equals, in tests"]

/** As markdown wants a bar inside a cell. */
const escaped = (cells: ReadonlyArray<string>): ReadonlyArray<string> =>
  cells.map((cell) => cell.replaceAll("|", "\\|"))

/** Both tables, the header first: how each is asked for; what it computes. */
export const documentTables: ReadonlyArray<ReadonlyArray<ReadonlyArray<string>>> = [
  [
    NAMES,
    ...INDICATORS.map(({ name, outputs, usage, words }) => {
      const { id, warmup } = indicatorNamed(name)
      const parameters = /\((.*)\)/.exec(usage)?.[1] ?? ""
      const values = outputs.length === 1 ? "" : outputs.map((output) => `\`${output}\``).join(", ")
      return escaped([
        `\`${id}\``,
        words,
        parameters === "" ? "" : `\`${parameters}\``,
        values,
        String(warmup)
      ])
    })
  ],
  [
    FORMULAS,
    ...INDICATORS.map(({ formula, name, origin }) =>
      escaped([`\`${name}\``, `\`${formula}\``, origin, librariesOf(name).join(", ")])
    )
  ]
]

const markdown = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const [header, ...body] = rows.map((cells) => `| ${cells.join(" | ")} |`)
  const rule = `| ${(rows[0] ?? []).map(() => "---").join(" | ")} |`
  return [header, rule, ...body].join("\n")
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${documentTables.map(markdown).join("\n\n")}\n`)
}
