/**
 * result.json: what a run was made of and came to, for programs and for comparing runs.
 * In: run facts and the files written beside it. Out: plain data, schema version 1.
 * No time of running, host, path or version in it: the same run gives the same bytes anywhere (decisions 31).
 */
import { SCHEMA_VERSION } from "./target.ts"
import type { RunFacts, RunPlan, Traded } from "./RunFacts.ts"
import type { WrittenFile } from "./RunFolder.ts"
import { iso } from "./csv.ts"

/** `files` are all but the one that this becomes. */
export const resultOf = (facts: RunFacts, files: ReadonlyArray<WrittenFile>) => {
  const { notices, plan, result, tearSheet } = facts
  const { ledger } = result
  const { days, trades, ...sums } = ledger
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: "backtest",
    demo: plan.demo,
    fingerprint: result.fingerprint,
    rollingHashes: result.rollingHashes,
    inputsHash: plan.inputsHash,
    codeHash: plan.codeHash,
    settings: { profile: plan.profile, hash: plan.settingsHash, values: deciding(plan) },
    features: { spec: plan.settings.spec, hash: plan.featuresHash },
    seed: plan.settings.seed,
    account: plan.account,
    period: { from: iso(plan.from), to: iso(plan.to), fromMs: plan.from, toMs: plan.to },
    barMillis: plan.barMillis,
    higherMillis: plan.higherMillis,
    datasets: plan.traded.map(datasetOf),
    ledger: { ...sums, tradeCount: trades.length, dayCount: days.length },
    tearSheet,
    funnels: result.funnels.map(({ strategies, ...funnel }) => ({
      ...funnel,
      strategies: strategies.map(({ reasons, sides, strategy }) => ({
        strategy,
        ...sides,
        reasons: Object.fromEntries(reasons)
      }))
    })),
    entriesWithoutEdge: result.entriesWithoutEdge,
    notices,
    decisions: plan.decisions,
    files: files.toSorted((a, b) => a.name < b.name ? -1 : 1)
  }
}

/** The settings that decide; what is shown or sent, and where, is left out. */
const deciding = ({ settings }: RunPlan) => {
  const { log: _log, server: _server, telemetry: _telemetry, ...values } = settings
  return values
}

const datasetOf = ({ market: { contentHash, facts, instrument, name }, stretch }: Traded) => ({
  name,
  instrument: instrument.id,
  makerFeePpm: instrument.makerFee,
  takerFeePpm: instrument.takerFee,
  contentHash,
  file: facts === null ? null : {
    fileHash: facts.fileHash,
    rows: facts.rows,
    baseMillis: facts.baseMillis,
    first: iso(facts.first),
    last: iso(facts.last),
    gaps: facts.gaps,
    zeroVolume: facts.zeroVolume,
    spikes: facts.spikes,
    thinBars: facts.thinBars
  },
  traded: {
    from: iso(stretch.from),
    to: iso(stretch.to),
    bars: stretch.bars,
    warmUpBars: stretch.warmUpBars,
    gaps: stretch.gaps,
    withoutVolume: stretch.withoutVolume
  }
})
