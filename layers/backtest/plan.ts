/**
 * What will be run on what: markets cut to the period, frames, and the hashes that name it all.
 * In: markets, options, settings. Out: a plan, or a refusal before the first bar.
 * Apart from the run, so that what a result is made of is known before it is computed.
 */
import { Effect } from "effect"
import { createHash } from "node:crypto"
import { misfitOf } from "../../src/backtest/portfolio.ts"
import type { BacktestOptions } from "../../src/cli/BacktestOptions.ts"
import type { LoadedSettings } from "../../src/cli/LoadedSettings.ts"
import { timeframeOf } from "../../src/domain/timeframe.ts"
import { specHash } from "../../src/engine/features/registry.ts"
import type { PeriodEmpty, PortfolioUnfit } from "../../src/errors/BacktestError.ts"
import { SettingsInvalid } from "../../src/errors/SettingsError.ts"
import { canonicalJson } from "../journal/canonical.ts"
import { higherFrame } from "../settings/frames.ts"
import { codeHash } from "./codeHash.ts"
import type { Market } from "./Market.ts"
import { stretchOf } from "./period.ts"
import type { RunPlan, Traded } from "./RunFacts.ts"

/** Errors: PortfolioUnfit, PeriodEmpty (Medium); SettingsInvalid (High) for a second frame that the bars do not fit. */
export const planOf = Effect.fnUntraced(
  function*(
    markets: ReadonlyArray<Market>,
    options: BacktestOptions,
    loaded: LoadedSettings
  ): Effect.fn.Return<RunPlan, PortfolioUnfit | PeriodEmpty | SettingsInvalid> {
    const { settings } = loaded
    const misfit = misfitOf(markets)
    if (misfit !== null) return yield* misfit
    const traded = yield* Effect.forEach(
      markets,
      (market) => Effect.map(stretchOf(market, options), (stretch): Traded => ({ market, stretch }))
    )
    const barMillis = markets[0]?.columns.barMillis ?? 0
    const higherMillis = higherFrame(settings, barMillis)
    if (higherMillis <= barMillis || higherMillis % barMillis !== 0) {
      const expected = `expected several whole bars of ${timeframeOf(barMillis) ?? `${barMillis} ms`}`
      return yield* new SettingsInvalid({
        problems: [{
          origin: loaded.origins.get("higherTimeframe")?.origin.words ?? "default",
          key: "higherTimeframe",
          value: settings.higherTimeframe,
          expected,
          suggestion: null
        }]
      })
    }
    const demo = options.data.length === 0
    const account = `${demo ? "demo" : "backtest"}-${settings.account}`
    const code = codeHash()
    return {
      traded,
      settings,
      profile: loaded.profile,
      settingsHash: loaded.hash,
      codeHash: code,
      inputsHash: hashOf({ account, code, settings: loaded.hash, markets: traded.map(inputOf) }),
      featuresHash: specHash(settings.spec),
      barMillis,
      higherMillis,
      account,
      demo,
      from: Math.min(...traded.map(({ stretch }) => stretch.from)),
      to: Math.max(...traded.map(({ stretch }) => stretch.to)),
      trials: options.trials,
      decisions: options.decisions
    }
  }
)

const inputOf = ({ market, stretch }: Traded) => ({
  instrument: market.instrument.id,
  content: market.contentHash,
  barMillis: market.columns.barMillis,
  from: stretch.from,
  to: stretch.to,
  warmUp: stretch.warmUpBars
})

const hashOf = (inputs: unknown): string => createHash("sha256").update(canonicalJson(inputs)).digest("hex")
