/**
 * The kinds of numbers and words an indicator takes, and what is said when one is wrong.
 * In: text between the parentheses of a name. Out: a checked value, or one sentence naming the parameter.
 * Refused here, so that no formula ever meets a period of 0, 2.5 or a billion.
 */
import type { PriceBar } from "./Indicator.ts"

export interface NumberParameter {
  readonly kind: "whole" | "number"
  readonly fallback: number
  readonly least: number
  readonly most: number
}

export interface ChoiceParameter<Choice extends string> {
  readonly kind: "choice"
  readonly fallback: Choice
  readonly choices: ReadonlyArray<Choice>
}

export type Parameter = NumberParameter | ChoiceParameter<string>
export type Parameters = Readonly<Record<string, Parameter>>
export type ValueOf<P> = P extends ChoiceParameter<infer Choice> ? Choice : number
export type ValuesOf<P extends Parameters> = { readonly [Name in keyof P]: ValueOf<P[Name]> }

/** Longest window: its rings take 8 bytes a bar. */
const LONGEST = 100_000

/** A count of bars, `least` to 100,000. */
const whole = (fallback: number, least = 1): NumberParameter => ({
  kind: "whole",
  fallback,
  least,
  most: LONGEST
})

/** A finite factor between `least` and `most`. */
const factor = (fallback: number, least: number, most: number): NumberParameter => ({
  kind: "number",
  fallback,
  least,
  most
})

/** One of a few words; the first is the default. */
const oneOf = <const Choice extends string>(
  fallback: Choice,
  ...others: ReadonlyArray<Choice>
): ChoiceParameter<Choice> => ({ kind: "choice", fallback, choices: [fallback, ...others] })

/** What an exponential average starts from: the mean of its first `period` values, or its first value. */
const seed = oneOf("sma", "first")
export type Seed = ValueOf<typeof seed>

/** Which number of a bar is folded; hl2 = (high + low) / 2, hlc3 and ohlc4 likewise. */
const source = oneOf("close", "open", "high", "low", "volume", "hl2", "hlc3", "ohlc4")
export type Source = ValueOf<typeof source>

/** The number of `bar` that `source` names. */
const read = (bar: PriceBar, from: Source): number => from === "close" ? bar.close : readOther(bar, from)

const readOther = (bar: PriceBar, from: Source): number => {
  switch (from) {
    case "open":
      return bar.open
    case "high":
      return bar.high
    case "low":
      return bar.low
    case "volume":
      return bar.volume
    case "hl2":
      return (bar.high + bar.low) / 2
    case "hlc3":
      return typicalPrice(bar)
    case "ohlc4":
      return (bar.open + bar.high + bar.low + bar.close) / 4
    case "close":
      return bar.close
  }
}

/** Mean of high, low and close. */
const typicalPrice = (bar: PriceBar): number => (bar.high + bar.low + bar.close) / 3

/** The value a text stands for, or what is wrong with it, to be read after the parameter's name. */
const parseValue = (parameter: Parameter, text: string): { value: number | string } | { wrong: string } => {
  if (parameter.kind === "choice") {
    return parameter.choices.includes(text)
      ? { value: text }
      : { wrong: `must be one of ${parameter.choices.join(", ")}, not "${text}"` }
  }
  const { kind, least, most } = parameter
  const value = NUMERAL.test(text) ? Number(text) : NaN
  if (value >= least && value <= most && (kind === "number" || Number.isInteger(value))) return { value }
  const noun = kind === "whole" ? "a whole number" : "a number"
  return { wrong: `must be ${noun} from ${least} to ${most}, not "${text}"` }
}

/** Decimals as people write them; not "0x10", "1_000" or "". */
const NUMERAL = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/

/** How a parameter is written in help: `period=20`, `seed=sma|first`; long choices by their default alone. */
const describeParameter = (name: string, parameter: Parameter): string => {
  const brief = parameter.kind !== "choice" || parameter.choices.length > 3
  return `${name}=${brief ? parameter.fallback : parameter.choices.join("|")}`
}

export { describeParameter, factor, oneOf, parseValue, read, seed, source, typicalPrice, whole }
