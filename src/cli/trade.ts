/**
 * `daruma trade`: reads the settings, then hands over to the run that Profiles provides.
 * In: flags. Out: the exit code of the run; what the run does and prints is not decided here.
 * Thin, so that `--help` costs nothing and the same options start every profile.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { ending } from "./output.ts"
import {
  filled,
  homeFlag,
  outputFlags,
  outputOf,
  requestOf,
  settingFlags,
  sourceFlags,
  toggle
} from "./flags.ts"
import { Profiles } from "./Profiles.ts"
import type { Speed } from "./TradeOptions.ts"

const MAX_CANDLES_A_SECOND = 1_000_000

/** `20`, `real` or `max`. */
export const parseSpeed = (text: string): Speed | undefined => {
  if (text === "real") return { _tag: "Real" }
  if (text === "max") return { _tag: "Max" }
  const candles = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
  return candles > 0 && candles <= MAX_CANDLES_A_SECOND ? { _tag: "PerSecond", candles } : undefined
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `90s`, `1m30s`, `2h`, `500ms`, or plain seconds; as milliseconds. */
export const parseDuration = (text: string): number | undefined => {
  if (/^\d+(\.\d+)?$/.test(text)) return positive(Number(text) * 1_000)
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)]
  return positive(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0))
}

// Longer than a timer can hold is "no end", and that is what leaving the flag out says.
const positive = (millis: number): number | undefined =>
  millis >= 1 && millis <= 2_147_483_647 ? Math.round(millis) : undefined

const parsed = <A>(
  name: string,
  metavar: string,
  words: string,
  expected: string,
  parse: (text: string) => A | undefined
) =>
  Flag.String(name).pipe(
    Flag.withMetavar(metavar),
    Flag.withDescription(words),
    Flag.filterMap((text) => Option.fromNullishOr(parse(text.trim())), (text) => `${expected}, not ${text}`)
  )

export const trade = Command.make("trade", {
  ...settingFlags,
  ...sourceFlags,
  ...homeFlag,
  ...outputFlags,
  speed: parsed(
    "speed",
    "N|real|max",
    "Closed candles a second of a replayed market (default 20)",
    "a number of candles a second, real or max",
    parseSpeed
  )
    .pipe(Flag.withDefault({ _tag: "PerSecond", candles: 20 } as Speed)),
  for: parsed(
    "for",
    "DURATION",
    "Stop by itself after this wall time, such as 30s or 2h",
    "a duration such as 90s, 5m or 2h",
    parseDuration
  )
    .pipe(Flag.optional),
  journal: filled(
    "journal",
    "PATH",
    "Journal file to write; refused when it belongs to another account or market"
  ).pipe(Flag.optional),
  fresh: toggle("fresh", "Start a new journal and keep the old one")
}, (input) =>
  ending(
    Effect.gen(function*() {
      const profiles = yield* Profiles
      const { loaded } = yield* profiles.settings(requestOf(input))
      return yield* profiles.trade({
        ...outputOf(input),
        data: Option.getOrNull(input.data),
        speed: input.speed,
        forMillis: Option.getOrNull(input.for),
        home: Option.getOrElse(input.home, () => profiles.defaultHome),
        journal: Option.getOrNull(input.journal),
        fresh: input.fresh
      }, loaded)
    }),
    input.json
  )).pipe(
    Command.withDescription("Trade: candles in, decisions and orders out, every step in the journal"),
    Command.withExamples([
      {
        command: "daruma trade --market synthetic --for 30s",
        description: "Trade the demo market on paper for half a minute"
      },
      {
        command: "daruma trade --data binance-btcusdt-15m-2024.csv.gz --speed max",
        description: "Trade a year of candles on paper"
      }
    ])
  )
