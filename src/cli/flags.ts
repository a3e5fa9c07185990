/**
 * Flags that more than one command takes, each defined once.
 * In: nothing. Out: flag records to spread into a command, and what their parsed values mean.
 * Values that are settings stay text here: the settings reader judges them with the key's own range and words.
 */
import * as Flag from "effect/cli/Flag"
import * as Option from "effect/Option"
import type { OutputOptions, SettingFlags, SettingsRequest } from "./TradeOptions.ts"

/** An empty value is never meant: it is what a variable that was not set leaves. */
export const isFilled = (value: string): boolean => value.trim() !== ""
export const wanted = (what: string) => (): string => `${what}; the value is empty`

/** A flag whose text must not be empty. */
export const filled = (name: string, metavar: string, words: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar(metavar),
    Flag.withDescription(words),
    Flag.filter(isFilled, wanted(metavar))
  )

const text = (name: string, metavar: string, words: string) => Flag.optional(filled(name, metavar, words))

export const toggle = (name: string, words: string) =>
  Flag.Boolean(name).pipe(Flag.withoutNegation, Flag.withDescription(words), Flag.withDefault(false))

/** Every verb takes these (decisions 41, conventions E2). */
export const outputFlags = {
  json: toggle("json", "Print JSON: one object a result or event, nothing else on stdout"),
  quiet: toggle("quiet", "Print only what needs attention, and the final result"),
  noColor: toggle("no-color", "Print no colours (NO_COLOR does the same)")
}

export const outputOf = (
  input: { readonly json: boolean; readonly quiet: boolean; readonly noColor: boolean }
): OutputOptions => ({
  json: input.json,
  quiet: input.quiet,
  color: !input.noColor
})

export const sourceFlags = {
  profile: filled("profile", "NAME", "Profile of config/: balanced or aggressive").pipe(
    Flag.withDefault("balanced")
  ),
  config: text(
    "config",
    "PATH",
    "Settings file, JSON with comments (default ./daruma.config.jsonc when present)"
  )
}

export const homeFlag = {
  home: text("home", "PATH", "Folder of journals and ledgers (default ./.daruma, or DARUMA_HOME)")
}

/** Flags that settle settings. */
export const settingFlags = {
  stage: text(
    "stage",
    "STAGE",
    "Highest stage: paper, stage-10, stage-50, live; the lowest stated one holds"
  ),
  market: text("market", "MARKET", "Where candles come from: synthetic, file, bitbank"),
  data: text("data", "FILE", "Candle file, csv or csv.gz; implies --market file"),
  instrument: text("instrument", "ID", "What is traded, such as bitbank:BTC/JPY"),
  timeframe: text(
    "timeframe",
    "NAME",
    "Bar on which decisions are made, such as 15m (default: the market's own)"
  ),
  higher: text("higher", "NAME", "Second, higher frame, such as 4h"),
  account: text("account", "KIND", "spot or margin"),
  capital: text("capital", "AMOUNT", "Money at the start, in quote units"),
  fees: text(
    "fees",
    "MAKER,TAKER",
    "Fees as shares or percentages, such as 0%,0.1%; a rebate behind =: --fees=-0.02%,0.12%"
  ),
  slippage: text("slippage", "SHARE", "Slippage of market and stop fills, such as 0.05%"),
  seed: text("seed", "N", "Seed of the synthetic market"),
  port: text("port", "N", "Port of the health endpoints; 0 = any free one")
}

type Given = { readonly [Name in keyof typeof settingFlags]?: Option.Option<string> }

/** Drops what was not given. */
export const requestOf = (
  input: Given & { readonly profile: string; readonly config: Option.Option<string> }
): SettingsRequest => {
  const flags: { -readonly [Name in keyof SettingFlags]: SettingFlags[Name] } = {}
  for (const name of Object.keys(settingFlags) as Array<keyof typeof settingFlags>) {
    const given = input[name]
    if (given !== undefined && Option.isSome(given)) flags[name] = given.value
  }
  return { profile: input.profile, config: Option.getOrNull(input.config), flags }
}
