/**
 * What the command line states.
 * In: flags as text. Out: statements with `flag --name` as their origin; --stage is left to stage.ts.
 * Shares may be written as percentages; a data file names its instrument by flag, sidecar or file name (decisions 20).
 */
import type { SettingFlags } from "../../src/cli/TradeOptions.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import { INSTRUMENTS } from "../../src/domain/Instrument.ts"
import type { Problem } from "../../src/errors/SettingsError.ts"
import { keyByPath } from "./keys.ts"
import { nearest } from "./nearest.ts"
import type { Stated, Statements } from "./Stated.ts"
import { parseText, wrongValue } from "./Stated.ts"

/** Flags that state one key as it is. */
const ONE_TO_ONE: ReadonlyArray<readonly [flag: keyof SettingFlags, path: string]> = [
  ["market", "market"],
  ["timeframe", "timeframe"],
  ["higher", "higherTimeframe"],
  ["account", "account"],
  ["capital", "capital"],
  ["seed", "seed"],
  ["port", "server.port"]
]

/** What the data file or --instrument named, or why it names nothing. */
export interface NamedInstrument {
  readonly flag: "instrument" | "data"
  /** `flag --instrument`, or the data file. */
  readonly words: string
  readonly instrument: Instrument | null
  /** Why there is none. */
  readonly expected: string
  readonly written: string | null
}

export const fromFlags = (flags: SettingFlags, named: NamedInstrument | null): Statements => {
  const stated: Array<Stated> = []
  const problems: Array<Problem> = []
  const state = (flag: string, path: string, value: unknown) =>
    stated.push({ path, value, origin: { kind: "flag", words: `flag --${flag}` } })
  for (const [flag, path] of ONE_TO_ONE) {
    const text = flags[flag]?.trim()
    const key = keyByPath.get(path)
    if (text === undefined || key === undefined) continue
    const value = parseText(key, text)
    if (value === undefined) problems.push(wrongValue(`flag --${flag}`, path, text, key.expected))
    else state(flag, path, value)
  }
  if (flags.fees !== undefined) takeFees(flags.fees, state, problems)
  if (flags.slippage !== undefined) {
    const slippage = share(flags.slippage)
    if (slippage === undefined) {
      problems.push(
        wrongValue(
          "flag --slippage",
          "simulation.slippage",
          flags.slippage,
          "a share (0.0005) or a percentage (0.05%)"
        )
      )
    } else state("slippage", "simulation.slippage", slippage)
  }
  const notes = takeMarket(flags, named, state, problems)
  return { stated, problems, notes }
}

type State = (flag: string, path: string, value: unknown) => void

/** `0.001` or `0.1%` as a share; undefined when it is neither. */
const share = (text: string): number | undefined => {
  const found = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*(%?)\s*$/.exec(text)
  if (found === null) return undefined
  // Through the decimal text, so that 0.15% is 0.0015 and not 0.0014999999999999998.
  return found[2] === "%" ? Number(`${Number(found[1])}e-2`) : Number(found[1])
}

const takeFees = (text: string, state: State, problems: Array<Problem>): void => {
  const parts = text.split(",").map(share)
  const [maker, taker] = parts
  if (parts.length !== 2 || maker === undefined || taker === undefined) {
    problems.push(
      wrongValue("flag --fees", "fees", text, "maker,taker as shares (0,0.001) or percentages (0%,0.1%)")
    )
    return
  }
  state("fees", "fees.maker", maker)
  state("fees", "fees.taker", taker)
}

const takeMarket = (
  flags: SettingFlags,
  named: NamedInstrument | null,
  state: State,
  problems: Array<Problem>
): ReadonlyArray<string> => {
  if (flags.data !== undefined) {
    if (flags.market !== undefined && flags.market.trim() !== "file") {
      problems.push(
        wrongValue("flag --market", "market", flags.market, "file, because --data names a candle file")
      )
    }
    state("data", "market", "file")
  }
  if (named === null) return []
  const { flag, instrument, words } = named
  if (instrument === null) {
    const known = INSTRUMENTS.map((row) => row.id)
    const suggestion = named.written === null ? null : nearest(named.written, known)
    problems.push({
      origin: words,
      key: "instrument",
      value: named.written === null ? null : JSON.stringify(named.written),
      expected: named.expected,
      suggestion
    })
    return []
  }
  state(flag, "exchange", instrument.venue)
  state(flag, "symbol", instrument.symbol)
  return flag === "data" ? [`${words} is ${instrument.id}`] : []
}
