/**
 * All indicators there are, and the reading of their names.
 * In: text such as "sma(20), macd(12,26,9), ema(20, seed=first)". Out: indicators, or one sentence saying what is wrong.
 * The only place that lists them: help, documents and `daruma features --indicators` read it from here.
 */
import { invariant } from "../invariant.ts"
import { ATR, NATR, TR } from "./atr.ts"
import { CCI, MD } from "./cci.ts"
import { CHANDELIER, DONCHIAN, HIGHEST, KELTNER, LOWEST } from "./channels.ts"
import { BOLLINGER, STDDEV, VARIANCE, VOLATILITY } from "./deviation.ts"
import { ADX, ADXR } from "./directional.ts"
import { DEMA, EMA, RMA, TEMA, ZLEMA } from "./exponential.ts"
import { ICHIMOKU } from "./ichimoku.ts"
import type { Definition, Indicator, Problem } from "./Indicator.ts"
import { KAMA } from "./kama.ts"
import { APO, MACD, PPO } from "./macd.ts"
import { CMF, MFI } from "./moneyFlow.ts"
import { HMA, SMA, VWMA, WMA } from "./movingAverages.ts"
import { AO, ULTOSC } from "./oscillators.ts"
import { MOMENTUM, ROC, TRIX, TSI } from "./rates.ts"
import { LINREG, SLOPE } from "./regression.ts"
import { CMO, RSI, STOCHRSI } from "./rsi.ts"
import { nearestOf, splitList, splitName } from "./spelling.ts"
import { STOCHASTIC, WILLIAMS_R } from "./stochastic.ts"
import { PSAR, SUPERTREND } from "./stops.ts"
import { AROON, CHOP, ULCER, VORTEX } from "./trends.ts"
import { AD, ADOSC, FORCE, OBV } from "./volume.ts"
import { VWAP } from "./vwap.ts"

/** Every indicator: averages, momentum, trend, volatility, volume. */
const INDICATORS: ReadonlyArray<Definition> = [
  SMA,
  EMA,
  WMA,
  RMA,
  DEMA,
  TEMA,
  HMA,
  KAMA,
  ZLEMA,
  VWMA,
  LINREG,
  SLOPE,
  RSI,
  STOCHRSI,
  STOCHASTIC,
  WILLIAMS_R,
  MACD,
  APO,
  PPO,
  ROC,
  MOMENTUM,
  TRIX,
  TSI,
  CMO,
  CCI,
  AO,
  ULTOSC,
  ADX,
  ADXR,
  AROON,
  VORTEX,
  SUPERTREND,
  PSAR,
  ICHIMOKU,
  CHANDELIER,
  TR,
  ATR,
  NATR,
  BOLLINGER,
  KELTNER,
  DONCHIAN,
  HIGHEST,
  LOWEST,
  STDDEV,
  VARIANCE,
  MD,
  VOLATILITY,
  CHOP,
  ULCER,
  OBV,
  AD,
  ADOSC,
  CMF,
  MFI,
  FORCE,
  VWAP
]

const BY_NAME: ReadonlyMap<string, Definition> = new Map(
  INDICATORS.flatMap((definition) => [definition.name, ...definition.also].map((name) => [name, definition]))
)

/** The indicator that `text` names, such as "rsi(14, smoothing=simple)"; capitals and spaces do not matter. */
const indicatorOf = (text: string): Indicator | Problem => {
  const spelled = splitName(text)
  if ("problem" in spelled) return spelled
  const definition = BY_NAME.get(spelled.name)
  if (definition === undefined) {
    const nearest = nearestOf(spelled.name, [...BY_NAME.keys()])
    return { problem: `there is no indicator "${spelled.name}"; the nearest is "${nearest}"` }
  }
  return definition.of(spelled.positional, spelled.named)
}

/** The indicator of a name that stands in code; throws `InvariantBroken`, saying what is wrong, for any other. */
const indicatorNamed = (name: string): Indicator => {
  const found = indicatorOf(name)
  invariant(!("problem" in found), "problem" in found ? found.problem : "a name in code is known")
  return found
}

/** The indicators of a list such as "sma(20),macd(12,26,9)"; each once, in the order given. */
const parseIndicatorList = (
  text: string
): ReadonlyArray<Indicator> | Problem => {
  const parts = splitList(text)
  if ("problem" in parts) return parts
  const indicators = new Map<string, Indicator>()
  for (const part of parts.parts) {
    const indicator = indicatorOf(part)
    if ("problem" in indicator) return indicator
    if (indicators.has(indicator.id)) return { problem: `${indicator.id} is asked for twice` }
    indicators.set(indicator.id, indicator)
  }
  return [...indicators.values()]
}

export { indicatorNamed, indicatorOf, INDICATORS, parseIndicatorList }
