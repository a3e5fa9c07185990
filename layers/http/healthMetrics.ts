/**
 * The health snapshot as Prometheus metrics, refreshed whenever somebody scrapes.
 * In: snapshot, probe, the rooms' own metrics. Out: the text of /metrics (names: conventions E7, prefix `daruma_`).
 * Beside the server: these values are facts of the moment of asking; counters and histograms belong to their rooms.
 */
import { Effect, Metric } from "effect"
import { PrometheusMetrics } from "effect/observability"
import type { Severity } from "../../src/domain/severityTable.ts"
import type { HealthSnapshot } from "../../src/ports/HealthSource.ts"
import { reasonsOf, RULES } from "./assess.ts"
import type { Probed } from "./assess.ts"

const SEVERITIES: ReadonlyArray<Severity> = ["Critical", "High", "Medium", "Low"]
const STATES = ["Active", "Reducing", "Halted"] as const

const feedStaleness = Metric.gauge("daruma_feed_staleness_seconds", {
  description: "machine time since the newest candle"
})
const decisionAge = Metric.gauge("daruma_decision_age_seconds", {
  description: "machine time since the newest decision"
})
const nakedPosition = Metric.gauge("daruma_naked_position_seconds", {
  description: "how long a position has had no live stop"
})
const leaseEpoch = Metric.gauge("daruma_lease_epoch", { description: "fencing epoch of this process" })
const leaseHeld = Metric.gauge("daruma_lease_held", { description: "1 while this process holds the lease" })
const leaseRemaining = Metric.gauge("daruma_lease_remaining_seconds", {
  description: "time to the end of the lease"
})
const reconcileAge = Metric.gauge("daruma_reconcile_age_seconds", {
  description: "machine time since books and venue agreed"
})
const divergences = Metric.gauge("daruma_reconcile_divergence", {
  description: "places where books and venue differ"
})
const journalUp = Metric.gauge("daruma_journal_up", { description: "1 while the journal is open and works" })
const loopLag = Metric.gauge("daruma_event_loop_lag_seconds", {
  description: "worst lag of the last ten seconds"
})
const restarts = Metric.gauge("daruma_supervisor_restarts", {
  description: "restarts of any actor since the process started"
})
const incidentsOpen = Metric.gauge("daruma_incidents_open", { description: "open incidents by severity" })
const tradingState = Metric.gauge("daruma_trading_state", { description: "1 for the state that holds" })
const reasonHolds = Metric.gauge("daruma_health_reason", {
  description: "1 for each reason that holds, by code"
})

const truth = (condition: boolean): number => condition ? 1 : 0

/** Sets an age only when there is one: absence of data is never zero. */
const setAge = (gauge: Metric.Gauge<number>, millis: number | null) =>
  millis === null ? Effect.void : Metric.update(gauge, millis / 1_000)

/** Writes the snapshot into the gauges. */
const refresh = Effect.fnUntraced(function*(snapshot: HealthSnapshot, probed: Probed) {
  yield* setAge(feedStaleness, snapshot.feed.ageMillis)
  yield* setAge(decisionAge, snapshot.decisions.ageMillis)
  yield* setAge(leaseRemaining, snapshot.lease.remainingMillis)
  yield* setAge(reconcileAge, snapshot.reconcile.ageMillis)
  yield* Metric.update(
    nakedPosition,
    snapshot.protection.state === "uncovered" ? snapshot.protection.uncoveredMillis / 1_000 : 0
  )
  yield* Metric.update(leaseEpoch, snapshot.epoch)
  yield* Metric.update(leaseHeld, truth(snapshot.lease.held))
  yield* Metric.update(divergences, snapshot.reconcile.divergences)
  yield* Metric.update(journalUp, truth(snapshot.journal.opened && snapshot.journal.failure === null))
  yield* Metric.update(loopLag, probed.loopLagMillis / 1_000)
  yield* Metric.update(restarts, snapshot.supervisor.restarts)
  for (const severity of SEVERITIES) {
    yield* Metric.update(Metric.withAttributes(incidentsOpen, { severity }), snapshot.incidents[severity])
  }
  for (const state of STATES) {
    yield* Metric.update(
      Metric.withAttributes(tradingState, { state }),
      truth(snapshot.trading.state === state)
    )
  }
  const holding = new Set(reasonsOf(snapshot, probed).map((reason) => reason.code))
  for (const { code } of RULES) {
    yield* Metric.update(Metric.withAttributes(reasonHolds, { code }), truth(holding.has(code)))
  }
})

/** The whole registry, this snapshot included, in Prometheus text format. */
const prometheusText = (snapshot: HealthSnapshot, probed: Probed): Effect.Effect<string> =>
  Effect.andThen(refresh(snapshot, probed), PrometheusMetrics.format())

export { prometheusText }
