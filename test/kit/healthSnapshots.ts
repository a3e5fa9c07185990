/**
 * Health snapshots for tests: a well one, and whatever a test breaks of it.
 * In: overrides. Out: HealthSnapshot.
 * One place, so that a change of the contract is mended once.
 */
import type { HealthSnapshot } from "../../src/ports/HealthSource.ts"

/** A leader on paper, trading, with a covered position and a model. */
export const wellSnapshot = (over: Partial<HealthSnapshot> = {}): HealthSnapshot => ({
  account: "paper",
  instrument: "bitbank:BTC/JPY",
  market: "synthetic",
  demo: true,
  stage: "paper",
  role: "leader",
  phase: "trading",
  epoch: 3,
  startedAt: 1_700_000_000_000,
  trading: { state: "Active", words: "" },
  supervisor: { alive: true, parked: [], restarts: 0 },
  journal: { opened: true, failure: null, head: 4_711 },
  lease: { held: true, remainingMillis: 12_000 },
  feed: { ageMillis: 40, silentAfterMillis: 5_000 },
  decisions: { count: 900, ageMillis: 45, stalledAfterMillis: 10_000 },
  features: { warm: true, bars: 1_200, needed: 50 },
  model: { state: "serving", hash: "abc", required: false },
  protection: { state: "covered", uncoveredMillis: 0 },
  reconcile: { ageMillis: 900, divergences: 0 },
  incidents: { Critical: 0, High: 0, Medium: 0, Low: 0 },
  ...over
})
