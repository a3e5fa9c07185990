/**
 * The supervision tree on one screen (decisions 13): who starts before whom, who falls with whom, and what then.
 * In: one child an actor, each from its own layer, so that a test replaces any of them in one line. Out: the tree as data,
 * and `runPipeline`, which starts it. Scope of a restart is the tree's, consequence is severity's (architecture 6).
 */
import { Effect, Layer } from "effect"
import type { Group } from "../supervision/Supervisor.ts"
import { ControlActor } from "./ControlActor.ts"
import { ExecutionActor } from "./ExecutionActor.ts"
import { FeatureActor } from "./FeatureActor.ts"
import { FeedActor } from "./FeedActor.ts"
import { IncidentActor } from "./IncidentActor.ts"
import { InferenceActor } from "./InferenceActor.ts"
import { JournalActor } from "./JournalActor.ts"
import { LeaseActor } from "./LeaseActor.ts"
import { PortfolioActor } from "./PortfolioActor.ts"
import { ProtectionActor } from "./ProtectionActor.ts"
import { ReconcilerActor } from "./ReconcilerActor.ts"
import { RiskActor } from "./RiskActor.ts"
import { StrategyActor } from "./StrategyActor.ts"
import { VenueActor } from "./VenueActor.ts"

const second = 1_000
const minute = 60 * second

/** Intensities and backoffs: reliability 7.2. */
export const pipelineTree = Effect.gen(function*() {
  const core: Group<never> = {
    name: "core",
    strategy: "one_for_all",
    intensity: { max: 3, withinMillis: 10 * minute },
    backoff: { firstMillis: 200, maxMillis: 5 * second },
    whenSpent: "rise",
    severityWhenSpent: "Critical",
    children: [yield* JournalActor, yield* LeaseActor]
  }
  const trading: Group<never> = {
    name: "trading",
    strategy: "rest_for_one",
    intensity: { max: 3, withinMillis: minute },
    backoff: { firstMillis: second / 2, maxMillis: 15 * second },
    whenSpent: "rise",
    severityWhenSpent: "Critical",
    children: [
      yield* VenueActor,
      yield* ReconcilerActor,
      yield* RiskActor,
      yield* ExecutionActor,
      yield* ProtectionActor,
      yield* PortfolioActor
    ]
  }
  const market: Group<never> = {
    name: "market",
    strategy: "rest_for_one",
    intensity: { max: 5, withinMillis: minute },
    backoff: { firstMillis: second, maxMillis: 30 * second },
    whenSpent: "park",
    severityWhenSpent: "High",
    children: [yield* FeedActor, yield* FeatureActor]
  }
  const decision: Group<never> = {
    name: "decision",
    strategy: "rest_for_one",
    intensity: { max: 5, withinMillis: 5 * minute },
    backoff: { firstMillis: second, maxMillis: minute },
    whenSpent: "park",
    severityWhenSpent: "High",
    children: [yield* InferenceActor, yield* StrategyActor]
  }
  const outer: Group<never> = {
    name: "outer",
    strategy: "one_for_one",
    intensity: { max: 10, withinMillis: 10 * minute },
    backoff: { firstMillis: second, maxMillis: 30 * second },
    whenSpent: "park",
    severityWhenSpent: "Medium",
    children: [market, decision, yield* IncidentActor, yield* ControlActor]
  }
  const root: Group<never> = {
    name: "root",
    strategy: "rest_for_one",
    intensity: { max: 3, withinMillis: 10 * minute },
    backoff: { firstMillis: second, maxMillis: 30 * second },
    whenSpent: "rise",
    severityWhenSpent: "Critical",
    children: [core, trading, outer]
  }
  return root
})

/** The actors as they are; a profile or a test provides this, or any other layer of the same service, for each. */
export const actorsLayer = Layer.mergeAll(
  JournalActor.layer,
  LeaseActor.layer,
  VenueActor.layer,
  ReconcilerActor.layer,
  RiskActor.layer,
  ExecutionActor.layer,
  ProtectionActor.layer,
  PortfolioActor.layer,
  FeedActor.layer,
  FeatureActor.layer,
  InferenceActor.layer,
  StrategyActor.layer,
  IncidentActor.layer,
  ControlActor.layer
)
