/**
 * docs/settings.md, made of the schema so that it cannot be out of date.
 * In: every key, the profiles' own values. Out: the page as Markdown (`daruma config docs` prints it).
 * A test compares the page in docs/ with this.
 */
import type { FileSystem } from "effect"
import { Effect } from "effect"
import type { SettingsUnreadable } from "../../src/errors/SettingsError.ts"
import { environmentName, MANUAL_NAMES } from "./environment.ts"
import { fromProfile } from "./files.ts"
import type { SettingKey } from "./keys.ts"
import { SETTING_KEYS } from "./keys.ts"

/** Errors: SettingsUnreadable (High) when a profile file is damaged. */
export const settingsPage = Effect.fn("settings.page")(
  function*(profiles: string): Effect.fn.Return<string, SettingsUnreadable, FileSystem.FileSystem> {
    const balanced = valuesOf(yield* fromProfile(profiles, "balanced"))
    const aggressive = valuesOf(yield* fromProfile(profiles, "aggressive"))
    return [
      INTRODUCTION,
      manualTable(),
      ...sections().map(([title, keys]) => section(title, keys, balanced, aggressive)),
      ""
    ].join("\n\n").trimEnd() + "\n"
  }
)

const INTRODUCTION = `# Settings

This page is made from \`src/domain/Settings.ts\` by \`daruma config docs > docs/settings.md\`; do not edit it by hand.

Later wins: default, then the profile (\`config/balanced.json\`, or \`--profile aggressive\`), then your own file
(\`./daruma.config.jsonc\`, or \`--config PATH\`), then the environment, then flags. \`daruma config show --effective\` prints every key
with its value and where it came from. A key that does not exist is an error, in files and in the environment alike; so is a value
out of range, a key written twice, and a variable with a line end inside. An empty variable counts as not set, and the start says so.

The stage is the lowest of all that was stated: settings, \`DEPLOY_MODE\`, \`--stage\`; \`MODE=paper\` forces paper. A candle file names its
instrument by \`--instrument\`, by a file beside it (\`candles.csv.gz.json\`: \`{ "instrument": "bitbank:BTC/JPY" }\`), or by a name that
begins like \`binance-btcusdt-\`.

Money is counted in whole units of the instrument's smallest digit, exactly up to 2^53 of them, and an account needs room to grow four times:
\`capital\` is at most 22,517,998 where a price has eight digits (USDT), whatever its own range says. A rebate on the command line is
written behind \`=\`: \`--fees=-0.02%,0.12%\`.

\`\`\`jsonc
// daruma.config.jsonc
{
  "capital": 1000000,
  "risk": { "maxDayLoss": 0.01 }, // one percent
}
\`\`\``

const manualTable = (): string =>
  table(["variable", "means"], [
    ...MANUAL_NAMES.map(([name, path]) => [`\`${name}\``, `\`${path}\``]),
    [
      "`MODE`",
      "`paper` forces the paper stage; `live` leaves it to the stage; `backtest` is refused by `trade`"
    ],
    ["`DEPLOY_MODE`", "highest stage allowed: `paper`, `stage-10`, `stage-50`, `live`"],
    ["`DARUMA_HOME`", "folder of journals and ledgers; `./.daruma` otherwise"],
    ["`DARUMA__GROUP__KEY`", `any key, capitals ignored: \`${environmentName("risk.maxDayLoss")}=0.01\``]
  ])

const sections = (): ReadonlyArray<readonly [title: string, keys: ReadonlyArray<SettingKey>]> => {
  const titles = [...new Set(SETTING_KEYS.map((key) => groupOf(key.path)))]
  return titles.map((title) => [title, SETTING_KEYS.filter((key) => groupOf(key.path) === title)])
}

const groupOf = (path: string): string => path.split(".").slice(0, -1).join(".")

type Values = ReadonlyMap<string, unknown>

const valuesOf = (
  statements: { readonly stated: ReadonlyArray<{ readonly path: string; readonly value: unknown }> }
): Values => new Map(statements.stated.map((one) => [one.path, one.value]))

const section = (
  title: string,
  keys: ReadonlyArray<SettingKey>,
  balanced: Values,
  aggressive: Values
): string => {
  const rows = keys.map((
    key
  ) => [`\`${key.path}\``, defaultOf(key, balanced, aggressive), key.unit, key.expected, key.words])
  return `## ${title === "" ? "General" : title}\n\n${
    table(["key", "default", "unit", "expected", "meaning"], rows)
  }`
}

const defaultOf = (key: SettingKey, balanced: Values, aggressive: Values): string => {
  if (!balanced.has(key.path)) return `\`${JSON.stringify(key.otherwise)}\``
  return `balanced \`${JSON.stringify(balanced.get(key.path))}\`, aggressive \`${
    JSON.stringify(aggressive.get(key.path))
  }\``
}

// Padded as the formatter pads, so that formatting the page changes nothing.
const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const lines = [head, ...rows].map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")))
  const widths = head.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: ReadonlyArray<string>) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`
  const [first = [], ...others] = lines
  return [line(first), line(widths.map((width) => "-".repeat(width))), ...others.map(line)].join("\n")
}
