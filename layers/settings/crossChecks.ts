/**
 * What no single range can say: settings that contradict each other, and names that must exist.
 * In: effective settings and the origin of each key. Out: problems, worded like those of a wrong value.
 * Here so that a contradiction is found before the start and not at the first trade.
 */
import type { Origin } from "../../src/cli/LoadedSettings.ts"
import { instrumentById, INSTRUMENTS } from "../../src/domain/Instrument.ts"
import { powerOfTen } from "../../src/domain/money.ts"
import type { Settings } from "../../src/domain/Settings.ts"
import { TIMEFRAMES } from "../../src/domain/timeframe.ts"
import type { Problem } from "../../src/errors/SettingsError.ts"
import { higherFrame } from "./frames.ts"
import { shown } from "./Stated.ts"

/** One contradiction: the key to blame, and what was expected of it. */
type Finding = readonly [path: string, value: unknown, expected: string]

export const crossChecks = (settings: Settings, originOf: (path: string) => Origin): ReadonlyArray<Problem> =>
  [...names(settings), ...money(settings), ...frames(settings), ...limits(settings), ...vote(settings)].map((
    [path, value, expected]
  ) => ({
    origin: originOf(path).words,
    key: path,
    value: shown(path, value),
    expected: `expected ${expected}`,
    suggestion: null
  }))

const names = (settings: Settings): ReadonlyArray<Finding> => {
  const findings: Array<Finding> = []
  const id = `${settings.exchange}:${settings.symbol}`
  if (instrumentById(id) === undefined) {
    const known = INSTRUMENTS.filter((instrument) => instrument.venue === settings.exchange).map((
      instrument
    ) => instrument.symbol)
    findings.push([
      "symbol",
      settings.symbol,
      `one that ${settings.exchange} trades here: ${known.join(", ")}`
    ])
  }
  if (!isZone(settings.tradingDayZone)) {
    findings.push(["tradingDayZone", settings.tradingDayZone, "an IANA zone such as Asia/Tokyo"])
  }
  const { endpoint } = settings.telemetry
  if (endpoint !== null && !/^https?:\/\/[^\s/]+/.test(endpoint)) {
    findings.push(["telemetry.endpoint", endpoint, "a URL that begins with http:// or https://"])
  }
  if (settings.server.host === "") findings.push(["server.host", "", "an address, or null"])
  return findings
}

/** How many times its capital an account must be able to grow to before its money is no exact number. */
const ROOM = 4

// Every market of one account has the same quote and scale, so the instrument of the settings speaks for all.
const money = ({ capital, exchange, symbol }: Settings): ReadonlyArray<Finding> => {
  const instrument = instrumentById(`${exchange}:${symbol}`)
  if (instrument === undefined) return []
  const { id, priceScale, quote } = instrument
  const most = Math.floor(Number.MAX_SAFE_INTEGER / ROOM / powerOfTen(priceScale))
  if (capital <= most) return []
  const unit = (1 / powerOfTen(priceScale)).toFixed(priceScale)
  return [[
    "capital",
    capital,
    `at most ${most.toLocaleString("en-US")} for ${id}: money is counted in whole units of ${unit} ${quote}, `
    + `exactly up to 2^53 of them, and an account needs room to grow ${ROOM} times`
  ]]
}

const ZONES = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"].map((zone) => zone.toLowerCase()))
const isZone = (zone: string): boolean => ZONES.has(zone.toLowerCase())

const frames = (settings: Settings): ReadonlyArray<Finding> => {
  if (settings.timeframe === "auto") return []
  const base = TIMEFRAMES[settings.timeframe]
  const higher = higherFrame(settings, base)
  if (higher > base && higher % base === 0) return []
  return [[
    "higherTimeframe",
    settings.higherTimeframe,
    `several whole bars of timeframe ${settings.timeframe}`
  ]]
}

const limits = (settings: Settings): ReadonlyArray<Finding> => {
  const findings: Array<Finding> = []
  const { risk } = settings
  if (risk.conditionalScore > risk.denyScore) {
    findings.push([
      "risk.conditionalScore",
      risk.conditionalScore,
      `at most risk.denyScore (${risk.denyScore})`
    ])
  }
  if (risk.minStopDistance >= risk.maxStopDistance) {
    findings.push([
      "risk.minStopDistance",
      risk.minStopDistance,
      `less than risk.maxStopDistance (${risk.maxStopDistance})`
    ])
  }
  return findings
}

// A vote that can never reach its quorum holds for ever without an error; that has to be said at the start.
const vote = (settings: Settings): ReadonlyArray<Finding> => {
  const enabled = Object.values(settings.strategies).filter((strategy) => strategy.enabled)
  const findings: Array<Finding> = []
  if (enabled.length < settings.vote.quorum) {
    findings.push([
      "vote.quorum",
      settings.vote.quorum,
      `at most the number of enabled strategies (${enabled.length})`
    ])
  }
  if (enabled.length > 0 && enabled.every((strategy) => strategy.weight === 0)) {
    findings.push([
      "strategies.atrBased.weight",
      settings.strategies.atrBased.weight,
      "a weight above 0 for at least one enabled strategy"
    ])
  }
  return findings
}
