/**
 * What can keep a backtest from beginning, or its results from being kept.
 * In: what was asked and what was found. Out: typed refusals; nothing partial is left behind by any of them.
 * Medium: no money and no journal is near, and the same command may simply be given again.
 */
import { Schema } from "effect"
import { Fault } from "../domain/Fault.ts"

/** A market has no bar between --from and --to. */
export class PeriodEmpty extends Fault<PeriodEmpty>()("PeriodEmpty", "Medium", "backtest-period", {
  market: Schema.String,
  words: Schema.String
}) {
  override get message() {
    return `${this.market}: ${this.words}`
  }
}

/** The place for the results holds something that is not ours to replace (exit 4). */
export class OutputTaken extends Fault<OutputTaken>()("OutputTaken", "Medium", "backtest-output-taken", {
  path: Schema.String,
  words: Schema.String
}) {
  override get message() {
    return `refused: ${this.path} ${this.words}`
  }
}

/** A file of the results cannot be written: no room, no permission, no such place. */
export class OutputUnwritable
  extends Fault<OutputUnwritable>()("OutputUnwritable", "Medium", "backtest-output-unwritable", {
    path: Schema.String,
    words: Schema.String
  })
{
  override get message() {
    return `${this.path}: ${this.words}; nothing was kept`
  }
}

/** Money of the run left the numbers that are exact: nothing rounded is ever written as if it were counted. */
export class AccountOutgrown
  extends Fault<AccountOutgrown>()("AccountOutgrown", "Medium", "account-outgrown", {
    /** `0.00000001 USDT`: what one unit is. */
    unit: Schema.String,
    /** The account's, in quote units. */
    capital: Schema.Finite
  })
{
  override get message() {
    return `the run came to a sum beyond 2^53 units of ${this.unit} (capital ${this.capital}), which cannot be counted `
      + "exactly; nothing was kept"
  }
}

/** `--indicators` names something that is none, or with parameters that it cannot have (exit 2). */
export class IndicatorUnknown
  extends Fault<IndicatorUnknown>()("IndicatorUnknown", "Medium", "indicator-unknown", {
    words: Schema.String
  })
{
  override get message() {
    return `--indicators: ${this.words}`
  }
}

/** Two markets that cannot share one account: its cash is one number, and its decisions meet at closes. */
export class PortfolioUnfit extends Fault<PortfolioUnfit>()("PortfolioUnfit", "Medium", "portfolio-unfit", {
  first: Schema.String,
  second: Schema.String,
  what: Schema.Literals(["instrument", "quote currency", "price scale", "bar length"]),
  /** What each has: an id, a currency, digits, milliseconds. */
  firstHas: Schema.String,
  secondHas: Schema.String
}) {
  override get message() {
    if (this.what === "instrument") {
      return `${this.first} is given twice; one account trades an instrument once`
    }
    return `${this.first} and ${this.second} cannot share one account: `
      + `${this.what} ${this.firstHas} and ${this.secondHas}${this.what === "bar length" ? " ms" : ""}`
  }
}
