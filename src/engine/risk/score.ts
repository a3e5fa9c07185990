/**
 * The risk score of a wanted entry, 0..1, higher is worse (phase19 6.4); every term is capped before it is weighed (P-44).
 * In: what is known about the entry. Out: one number against `conditionalScore` and `denyScore`.
 * Alone because it has reference vectors.
 */

export interface RiskInputs {
  /** P(side) while a model serves, else the ballot's score (decisions 22). */
  readonly confidence: number
  readonly criticals: number
  readonly warnings: number
  /** Share of peak equity, and the limit at which its term is full. */
  readonly drawdown: number
  readonly maxDrawdown: number
  readonly losses: number
  readonly lossStreak: number
  /** ATR14 / price. */
  readonly volatility: number
}

const FULL_VOLATILITY = 0.05

/** An input that is no number counts as the worst. */
export const riskScore = (inputs: RiskInputs): number =>
  capped(
    0.3 * capped(1 - inputs.confidence) +
      0.25 * capped(0.5 * inputs.criticals + 0.2 * inputs.warnings) +
      0.25 * capped(inputs.drawdown / inputs.maxDrawdown) +
      0.1 * capped(inputs.losses / inputs.lossStreak) +
      0.1 * capped(inputs.volatility / FULL_VOLATILITY)
  )

const capped = (value: number): number => Number.isNaN(value) ? 1 : Math.min(1, Math.max(0, value))
