/**
 * Every setting, once: key, unit, range, default and meaning. The reader is layers/settings; the profiles are config/*.json.
 * In: nothing. Out: the schema, the `Settings` type that engine and actors take, and the list of keys.
 * A key without a default is set by the profile file, so no number stands in two places (L-15, L-16).
 */
import { Effect, Schema } from "effect"

const described = <S extends Schema.Top>(schema: S, unit: string, words: string): S["Rebuild"] =>
  schema.annotate({ description: words, unit } as never)

const within = (minimum: number, maximum: number, unit: string, words: string) =>
  described(Schema.Finite.check(Schema.isBetween({ minimum, maximum })), unit, words)

const whole = (minimum: number, maximum: number, unit: string, words: string) =>
  described(Schema.Int.check(Schema.isBetween({ minimum, maximum })), unit, words)

const otherwise = <S extends Schema.Top>(schema: S, value: S["Type"]) =>
  schema.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed(value)))

const group = <const F extends Schema.Struct.Fields>(fields: F) => Schema.Struct(fields)

/** Stop and target distances of one strategy, and its say in the vote. */
const strategyBasics = (weight: number, stopAtr: number, targetRatio: number, minConfidence: number) => ({
  enabled: otherwise(described(Schema.Boolean, "", "whether the strategy votes"), true),
  weight: otherwise(within(0, 1, "share", "weight in the vote; the enabled weights are normalised"), weight),
  stopAtr: otherwise(within(0.5, 5, "x ATR", "distance of the stop from the entry"), stopAtr),
  targetRatio: otherwise(
    within(1, 10, "x stop distance", "distance of the target from the entry"),
    targetRatio
  ),
  minConfidence: otherwise(within(0, 1, "confidence", "below it the strategy holds"), minConfidence)
})

export const Settings = Schema.Struct({
  stage: otherwise(
    described(
      Schema.Literals(["paper", "stage-10", "stage-50", "live"]),
      "",
      "how much real money may be at work; the lowest of config, DEPLOY_MODE and what was earned"
    ),
    "paper"
  ),
  exchange: otherwise(
    described(
      Schema.Literals(["bitbank", "binance", "bitfinex", "bitflyer"]),
      "",
      "venue whose instrument and fees apply"
    ),
    "bitbank"
  ),
  market: otherwise(
    described(
      Schema.Literals(["synthetic", "file", "bitbank"]),
      "",
      "where candles come from; --data implies file"
    ),
    "synthetic"
  ),
  symbol: otherwise(
    described(
      Schema.String.check(Schema.isPattern(/^[A-Z0-9]+\/[A-Z0-9]+$/)),
      "BASE/QUOTE",
      "what is traded"
    ),
    "BTC/JPY"
  ),
  timeframe: otherwise(
    described(
      Schema.Literals(["auto", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d"]),
      "",
      "bar on which decisions are made; auto = the market's own"
    ),
    "auto"
  ),
  higherTimeframe: otherwise(
    described(
      Schema.Literals(["auto", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d"]),
      "",
      "second frame of MultiTimeframe; auto = 15m for 1m bars, else sixteen bars"
    ),
    "auto"
  ),
  spec: otherwise(
    described(
      Schema.Literals(["phase19", "stationary"]),
      "",
      "feature spec of the rows that are recorded and given to models"
    ),
    "phase19"
  ),
  account: otherwise(
    described(
      Schema.Literals(["spot", "margin"]),
      "",
      "spot: a sell closes, never opens; margin: 1x, both sides"
    ),
    "spot"
  ),
  capital: otherwise(within(1, 90_000_000, "quote units", "money at the start of a paper account"), 500_000),
  tradingDayZone: otherwise(
    described(Schema.String, "IANA zone", "zone of the trading day: day loss, entries a day, daily report"),
    "Asia/Tokyo"
  ),
  seed: otherwise(
    whole(0, 4_294_967_295, "", "seed of the synthetic market and of every other random stream"),
    42
  ),
  fees: otherwise(
    group({
      maker: otherwise(
        Schema.NullOr(within(-0.01, 0.05, "share of notional", "maker fee; null = the instrument's")),
        null
      ),
      taker: otherwise(
        Schema.NullOr(within(0, 0.05, "share of notional", "taker fee; null = the instrument's")),
        null
      )
    }),
    { maker: null, taker: null }
  ),
  simulation: otherwise(
    group({
      slippage: otherwise(within(0, 0.05, "share of price", "added to every market and stop fill"), 0.0005),
      latencyMs: otherwise(
        whole(0, 86_400_000, "ms", "an order reaches the simulated venue this long after its decision"),
        0
      ),
      participation: otherwise(
        within(0.0001, 1, "share of bar volume", "how much of a bar one order may take"),
        0.1
      ),
      interestPerDay: otherwise(
        within(0, 0.01, "share of notional a day", "margin interest, charged at the venue's midnight"),
        0.0004
      )
    }),
    { slippage: 0.0005, latencyMs: 0, participation: 0.1, interestPerDay: 0.0004 }
  ),
  vote: group({
    quorum: otherwise(whole(1, 4, "strategies", "fewer answers hold"), 3),
    conflictMargin: otherwise(within(0, 1, "score", "buyers and sellers closer than this hold"), 0.1),
    minimum: within(0, 1, "score", "the only confidence floor: a smaller score holds"),
    modelWeight: otherwise(within(0, 2, "", "how far P(side) minus its base rate moves the score"), 0.6),
    rulesOnlyFactor: otherwise(within(0, 1, "x size", "size while no model serves"), 0.5)
  }),
  strategies: group({
    atrBased: group({
      ...strategyBasics(0.3, 1.5, 2, 0.4),
      onDisagreement: described(
        Schema.Literals(["hold", "stronger"]),
        "",
        "when band and RSI disagree: hold, or the more confident at x0.8"
      )
    }),
    mochipoyAlert: group({
      ...strategyBasics(0.3, 2, 2, 0.4),
      twoVotes: within(0, 1, "confidence", "two of three votes agree; a third adds 0.2"),
      loneVote: within(0, 1, "confidence", "one vote, none against; 0 = hold")
    }),
    multiTimeframe: group({
      ...strategyBasics(0.25, 2, 3, 0.5),
      requireAgreement: described(
        Schema.Boolean,
        "",
        "trend and entry must agree; otherwise 0.6 trend + 0.4 entry"
      )
    }),
    fibonacciRetracement: group(strategyBasics(0.15, 2, 2.5, 0.4))
  }),
  sizing: group({
    bootstrap: otherwise(
      within(0.0001, 0.1, "share of equity", "size while fewer closed trades than Kelly needs"),
      0.01
    ),
    kellySafety: otherwise(within(0.1, 1, "x Kelly", "share of the Kelly fraction that is used"), 0.7),
    kellyMinTrades: otherwise(whole(5, 100, "trades", "closed trades Kelly needs"), 20),
    kellyWindowDays: otherwise(whole(1, 365, "days", "how old a closed trade may be for Kelly"), 30),
    maxPosition: within(0.001, 0.1, "share of equity", "cap of one position, in-flight orders included"),
    riskPerTrade: otherwise(within(0.0001, 0.05, "share of equity", "loss at the stop"), 0.01),
    noEdgeFactor: otherwise(within(0, 1, "x bootstrap", "size on paper while Kelly shows no edge"), 0.5)
  }),
  risk: group({
    denyScore: within(0, 1, "score", "a risk score at or above it is refused"),
    conditionalScore: within(0, 1, "score", "a risk score at or above it is reduced"),
    reducedFactor: otherwise(within(0, 1, "x size", "size of a reduced entry"), 0.5),
    maxDrawdown: otherwise(
      within(0.01, 0.5, "share of peak equity", "entries stop until an operator resumes"),
      0.2
    ),
    maxDayLoss: otherwise(
      within(0.001, 0.5, "share of the day's first equity", "entries stop until the next trading day"),
      0.02
    ),
    lossStreak: otherwise(whole(2, 50, "losses in a row", "entries pause"), 5),
    streakPauseHours: otherwise(within(0.1, 720, "h", "length of that pause; it clears the streak"), 24),
    recoveryTrades: otherwise(whole(0, 20, "trades", "trades at reduced size after a streak pause"), 2),
    recoveryFactor: otherwise(within(0, 1, "x size", "size of those trades"), 0.5),
    coolDownBars: otherwise(whole(0, 1_000, "bars", "no entry after an exit"), 1),
    guardStops: otherwise(whole(1, 100, "stops", "StoplossGuard: this many stops within its window"), 4),
    guardWindowBars: otherwise(whole(1, 10_000, "bars", "StoplossGuard: window"), 24),
    guardPauseBars: otherwise(whole(1, 10_000, "bars", "StoplossGuard: no entry for"), 12),
    lowProfitTrades: otherwise(
      whole(1, 1_000, "trades", "LowProfitPairs: at least this many within its window"),
      6
    ),
    lowProfitWindowBars: otherwise(whole(1, 10_000, "bars", "LowProfitPairs: window"), 96),
    lowProfitLoss: otherwise(
      within(0, 1, "share of their notional", "LowProfitPairs: summed loss beyond it"),
      0.04
    ),
    lowProfitPauseBars: otherwise(whole(1, 10_000, "bars", "LowProfitPairs: no entry for"), 24),
    entriesPerDay: otherwise(whole(1, 1_000, "entries", "entries of one trading day"), 20),
    maxGapBars: otherwise(
      whole(0, 1_000, "bars", "a longer gap blocks entries for one bar a missing bar"),
      3
    ),
    anomalyScore: otherwise(within(1, 20, "standard deviations", "price or volume beyond it warns"), 3),
    anomalyMove: otherwise(within(0.01, 1, "share of price", "a bar that moves more refuses entries"), 0.2),
    minStopDistance: otherwise(within(0, 0.1, "share of price", "a closer stop is refused"), 0.0005),
    maxStopDistance: otherwise(
      within(0.001, 0.9, "share of price", "a farther stop is refused (P-62, P-77)"),
      0.1
    )
  }),
  log: otherwise(
    group({
      level: otherwise(
        described(
          Schema.Literals(["DEBUG", "INFO", "WARNING", "ERROR"]),
          "",
          "least severe line shown; must-see events ignore it"
        ),
        "INFO"
      )
    }),
    { level: "INFO" }
  ),
  server: otherwise(
    group({
      port: otherwise(
        whole(0, 65_535, "", "port of /livez /startupz /readyz /health; 0 = any free one"),
        8_080
      ),
      host: otherwise(
        described(
          Schema.NullOr(Schema.String),
          "",
          "address to listen on; null = loopback, all on Cloud Run"
        ),
        null
      )
    }),
    { port: 8_080, host: null }
  ),
  telemetry: otherwise(
    group({
      endpoint: otherwise(
        described(Schema.NullOr(Schema.String), "URL", "OTLP/HTTP collector; null = traces are not sent"),
        null
      ),
      holdSample: otherwise(
        within(0, 1, "share", "plain holds that get a trace; trades, vetoes and errors always do"),
        0.02
      )
    }),
    { endpoint: null, holdSample: 0.02 }
  )
})
/** Effective settings: every key present, in range. */
export type Settings = typeof Settings.Type
/** What a file, the environment or flags may say, in whatever part. */
export type SettingsInput = typeof Settings.Encoded
