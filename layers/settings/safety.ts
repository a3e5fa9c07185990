/**
 * What must not start although every setting is in range.
 * In: loaded settings, the data file, the environment. Out: nothing, or the refusal (exit 4), or what is missing (exit 1, 2).
 * Here, before any layer is built: nothing has been opened when a start is refused.
 */
import { Effect } from "effect"
import type { LoadedSettings } from "../../src/cli/LoadedSettings.ts"
import { MarketUnavailable, SettingsInvalid, StartRefused } from "../../src/errors/SettingsError.ts"
import type { Environment } from "./environment.ts"

/** Errors: StartRefused (High, exit 4), MarketUnavailable (Medium, exit 1), SettingsInvalid (High, exit 2). */
export const refuseUnsafe = Effect.fnUntraced(
  function*(
    loaded: LoadedSettings,
    data: string | null,
    env: Environment
  ): Effect.fn.Return<void, StartRefused | MarketUnavailable | SettingsInvalid> {
    const { market, stage } = loaded.settings
    const originOf = (path: string) => loaded.origins.get(path)?.origin.words ?? "default"
    if (loaded.mode === "backtest") {
      const expected = "daruma trade runs no backtests: type daruma backtest, or unset MODE, or set paper"
      return yield* new SettingsInvalid({
        problems: [{ origin: "env MODE", key: "MODE", value: "backtest", expected, suggestion: null }]
      })
    }
    if (stage !== "paper" && market === "synthetic") {
      return yield* new StartRefused({
        rule: "demoAbovePaper",
        words: `the synthetic market is a demo and never runs above paper (stage ${stage} from ${
          originOf("stage")
        })`
      })
    }
    if (stage !== "paper") {
      const words = `stage ${stage} (${
        originOf("stage")
      }) needs real money, and this version has no venue adapter yet; only --stage paper can run`
      return yield* new StartRefused({ rule: "stageAbovePaper", words })
    }
    if (market === "synthetic" && (env["K_SERVICE"]?.trim() ?? "") !== "") {
      return yield* new StartRefused({
        rule: "demoOnCloudRun",
        words: "the synthetic market is a demo and never runs on Cloud Run (K_SERVICE is set)"
      })
    }
    if (market === "bitbank") {
      const words = "there is no live market adapter in this version; use --market synthetic, or --data FILE"
      return yield* new MarketUnavailable({ market, words })
    }
    if (market === "file" && data === null) {
      const problem = {
        origin: originOf("market"),
        key: "market",
        value: "\"file\"",
        expected: "expected --data FILE beside it",
        suggestion: null
      }
      return yield* new SettingsInvalid({ problems: [problem] })
    }
  }
)
