/**
 * What must not begin although every single flag is right: flags that contradict each other, markets that are none.
 * In: options and settings. Out: nothing, or a refusal before any file is read.
 * Beside the run, as layers/settings/safety.ts is beside the trade: nothing has been opened when a start is refused.
 */
import { Effect } from "effect"
import type { BacktestOptions } from "../../src/cli/BacktestOptions.ts"
import type { LoadedSettings } from "../../src/cli/LoadedSettings.ts"
import { MarketUnavailable, SettingsInvalid, StartRefused } from "../../src/errors/SettingsError.ts"
import type { Problem } from "../../src/errors/SettingsError.ts"
import type { Terminal } from "./Terminal.ts"

/** Errors: SettingsInvalid (High, exit 2), StartRefused (High, exit 4), MarketUnavailable (Medium, exit 1). */
export const refuseContradictions = Effect.fnUntraced(
  function*(
    options: BacktestOptions,
    loaded: LoadedSettings,
    env: Terminal["env"]
  ): Effect.fn.Return<void, SettingsInvalid | StartRefused | MarketUnavailable> {
    const problems = contradictions(options, loaded)
    if (problems.length > 0) return yield* new SettingsInvalid({ problems })
    if (options.data.length > 0) return
    if (loaded.settings.market === "bitbank") {
      const words = "a backtest needs candles that lie here: use --data FILE, or --market synthetic"
      return yield* new MarketUnavailable({ market: "bitbank", words })
    }
    if ((env["K_SERVICE"]?.trim() ?? "") !== "") {
      return yield* new StartRefused({
        rule: "demoOnCloudRun",
        words: "the synthetic market is a demo and never runs on Cloud Run (K_SERVICE is set)"
      })
    }
  }
)

const contradictions = (options: BacktestOptions, loaded: LoadedSettings): ReadonlyArray<Problem> => {
  const { bars, data, from, instruments, to } = options
  const problems: Array<Problem> = []
  const refuse = (key: string, value: string | null, expected: string, origin = `flag --${key}`) =>
    void problems.push({ origin, key, value, expected: `expected ${expected}`, suggestion: null })
  if (from !== null && to !== null && from >= to) {
    refuse("to", new Date(to).toISOString(), `an instant after --from (${new Date(from).toISOString()})`)
  }
  if (bars !== null && data.length > 0) {
    refuse("bars", String(bars), "no --data beside it: it is the length of the synthetic market")
  }
  if (instruments.length > 1 && instruments.length !== data.length) {
    refuse("instrument", String(instruments.length), `as many as there are --data (${data.length})`)
  }
  if (instruments.length === 1 && data.length > 1) {
    refuse("instrument", "1", `none, or one for each of the ${data.length} files, in their order`)
  }
  if (loaded.settings.market === "file" && data.length === 0) {
    refuse("market", "\"file\"", "--data FILE beside it", loaded.origins.get("market")?.origin.words)
  }
  return problems
}
