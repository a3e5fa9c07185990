/**
 * What can be wrong before anything starts: the settings, the files they stand in, or a start that safety forbids.
 * In: every problem found, with the key, the origin and what was expected. Out: errors whose message a person can act on.
 * Here because the reader (layers/settings) and the commands (cli) both speak of them.
 */
import { Schema } from "effect"
import { Fault } from "../domain/Fault.ts"

/** One thing that is wrong, in one place. */
export const Problem = Schema.Struct({
  /** `config/balanced.json:3`, `env DARUMA__VOTE__MINIMUM`, `flag --capital`. */
  origin: Schema.String,
  /** Dotted path such as `vote.minimum`, or the name as it was written. */
  key: Schema.String,
  /** The value as text; null for an unknown key, whose value may be a secret in the wrong place. */
  value: Schema.NullOr(Schema.String),
  expected: Schema.String,
  /** Nearest known key, when one is near. */
  suggestion: Schema.NullOr(Schema.String)
})
export type Problem = typeof Problem.Type

/** At least one setting is unknown, malformed or out of range; all of them are listed. High: the start is refused (exit 2). */
export class SettingsInvalid extends Fault<SettingsInvalid>()("SettingsInvalid", "High", "settings-invalid", {
  problems: Schema.Array(Problem)
}) {
  override get message() {
    const count = this.problems.length === 1
      ? "1 setting is wrong"
      : `${this.problems.length} settings are wrong`
    return [count, ...this.problems.map((problem) => `  ${sentence(problem)}`)].join("\n")
  }
}

/** A settings file is absent, unreadable or no JSON. High: the start is refused (exit 2). */
export class SettingsUnreadable
  extends Fault<SettingsUnreadable>()("SettingsUnreadable", "High", "settings-unreadable", {
    path: Schema.String,
    words: Schema.String
  })
{
  override get message() {
    return `${this.path}: ${this.words}`
  }
}

/** What was asked for is understood and forbidden. High: nothing was started (exit 4). */
export class StartRefused extends Fault<StartRefused>()("StartRefused", "High", "start-refused", {
  rule: Schema.Literals(["stageAbovePaper", "demoAbovePaper", "demoOnCloudRun"]),
  words: Schema.String
}) {
  override get message() {
    return `refused: ${this.words}`
  }
}

/** The chosen market has no source in this version. Medium: nothing was started (exit 1); never replaced by another market. */
export class MarketUnavailable
  extends Fault<MarketUnavailable>()("MarketUnavailable", "Medium", "market-unavailable", {
    market: Schema.String,
    words: Schema.String
  })
{
  override get message() {
    return `market ${this.market}: ${this.words}`
  }
}

const sentence = (problem: Problem): string => {
  const value = problem.value === null ? "" : ` = ${problem.value}`
  const near = problem.suggestion === null ? "" : ` (did you mean ${problem.suggestion}?)`
  return `${problem.origin}: ${problem.key}${value}: ${problem.expected}${near}`
}
