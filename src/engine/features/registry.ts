/**
 * The two feature specs: which twelve numbers make a row, in which order, from which bar on.
 * In: the definitions beside each formula. Out: order, names, warm-up, and a hash that a model or a snapshot must match.
 * A model or snapshot of another hash is refused (L-17, L-18).
 */
import { checksumOfText } from "../checksum.ts"
import type { Feature } from "./Feature.ts"
import { PHASE19 } from "./phase19.ts"
import { STATIONARY } from "./stationary.ts"

export type SpecName = "phase19" | "stationary"

/** Features of each spec, in row order. */
const SPECS: Readonly<Record<SpecName, ReadonlyArray<Feature>>> = { phase19: PHASE19, stationary: STATIONARY }

/** Bars after which every feature of either spec is defined: a row is usable from bar 49 (0-based). */
const WARM_BARS = 1 + Math.max(...[...PHASE19, ...STATIONARY].map((feature) => feature.firstBar))

const described = (features: ReadonlyArray<Feature>): string =>
  features.map((feature, index) =>
    [index, feature.name, feature.category, feature.firstBar, feature.formula, feature.windows.join(",")]
      .join("|")
  ).join("\n")

/**
 * Version of a spec: a short hex hash over names, order, first bars, formulas and windows.
 * The stationary row is made from the phase19 row, so its hash covers both.
 */
const specHash = (spec: SpecName): string =>
  checksumOfText(spec === "phase19" ? described(PHASE19) : `${described(STATIONARY)}\n${described(PHASE19)}`)

export { specHash, SPECS, WARM_BARS }
