/**
 * The stage: the lowest of all that were stated, and why (decisions 36).
 * In: the settings' own stage if anybody stated it, DEPLOY_MODE, --stage, MODE. Out: the stage, its origin, disagreements.
 * A source that says nothing caps nothing; MODE=paper forces paper.
 */
import type { Origin } from "../../src/cli/LoadedSettings.ts"
import type { Mode, Stage } from "./environment.ts"
import { STAGES } from "./environment.ts"

export interface StageClaim {
  readonly stage: Stage
  readonly origin: Origin
}

export interface StageSources {
  /** Null when the settings only have their default. */
  readonly settings: StageClaim | null
  readonly deployMode: Stage | null
  readonly flag: Stage | null
  readonly mode: Mode | null
}

export const lowestStage = (
  sources: StageSources
): StageClaim & { readonly notes: ReadonlyArray<string> } => {
  const claims = claimsOf(sources)
  const lowest = claims.reduce<StageClaim>(
    (low, claim) => rank(claim.stage) < rank(low.stage) ? claim : low,
    claims[0] ?? DEFAULT
  )
  const higher = claims.filter((claim) => claim.stage !== lowest.stage)
  const notes = higher.length === 0 ? [] : [
    `stage ${lowest.stage} from ${lowest.origin.words}; ${
      higher.map((claim) => `${claim.origin.words} says ${claim.stage}`).join(", ")
    }: the lowest holds`
  ]
  const unmet = sources.mode === "live" && lowest.stage === "paper"
    ? ["env MODE says live; the stage is paper"]
    : []
  return { ...lowest, notes: [...notes, ...unmet] }
}

const DEFAULT: StageClaim = { stage: "paper", origin: { kind: "default", words: "default" } }

const claimsOf = (sources: StageSources): ReadonlyArray<StageClaim> => {
  const claims: Array<StageClaim> = []
  if (sources.mode === "paper") claims.push({ stage: "paper", origin: { kind: "env", words: "env MODE" } })
  if (sources.deployMode !== null) {
    claims.push({ stage: sources.deployMode, origin: { kind: "env", words: "env DEPLOY_MODE" } })
  }
  if (sources.flag !== null) {
    claims.push({ stage: sources.flag, origin: { kind: "flag", words: "flag --stage" } })
  }
  if (sources.settings !== null) claims.push(sources.settings)
  return claims
}

const rank = (stage: Stage): number => STAGES.indexOf(stage)
