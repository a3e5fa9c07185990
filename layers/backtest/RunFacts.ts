/**
 * What a finished backtest was made of and came to: the one source of its files, its page and its screen.
 * In: put together by backtestRun.ts. Out: read by resultJson, pageModel, notices and screen.
 * Types only; nothing of the machine, the clock or the folder is in it (decisions 31).
 */
import type { BacktestResult } from "../../src/backtest/Result.ts"
import type { Settings } from "../../src/domain/Settings.ts"
import type { TearSheet } from "../../src/report/TearSheet.ts"
import type { Market } from "./Market.ts"
import type { Stretch } from "./period.ts"

/** One market with the stretch of it that was traded. */
export interface Traded {
  readonly market: Market
  readonly stretch: Stretch
}

export interface RunPlan {
  readonly traded: ReadonlyArray<Traded>
  readonly settings: Settings
  readonly profile: string
  readonly settingsHash: string
  readonly codeHash: string
  /** Hash of everything that decides: equal means the same run. */
  readonly inputsHash: string
  readonly featuresHash: string
  /** Length of the bars, and of the second frame's. */
  readonly barMillis: number
  readonly higherMillis: number
  readonly account: string
  readonly demo: boolean
  readonly from: number
  readonly to: number
  readonly trials: number
  readonly decisions: "acted" | "all"
}

export interface RunFacts {
  readonly plan: RunPlan
  readonly result: BacktestResult
  readonly tearSheet: TearSheet
  readonly notices: ReadonlyArray<string>
}
