/**
 * Every way a decision can end, as a closed list with stable numbers and plain words.
 * In: nothing. Out: the reason names, their u8 codes for the rolling hash (decisions 31), and a sentence for people.
 * Plain; codes are part of the hash layout: append, never renumber.
 */

/** kind: `order` an order is sent; `hold` nothing was wanted; `refused` something was wanted and a check forbade it. */
const DECISION_REASONS = {
  ordered: { code: 0, kind: "order", words: "an order is sent" },
  notWarm: { code: 1, kind: "hold", words: "features are not warm yet" },
  undefinedInput: { code: 2, kind: "hold", words: "an input is not a finite number" },
  quorum: { code: 3, kind: "hold", words: "fewer strategies answered than the quorum" },
  noSide: { code: 4, kind: "hold", words: "no strategy votes for a side" },
  conflict: { code: 5, kind: "hold", words: "buyers and sellers are about equally sure" },
  belowMinimum: { code: 6, kind: "hold", words: "the score is below the minimum confidence" },
  alreadyIn: { code: 7, kind: "hold", words: "the voted side is already held" },
  nothingToClose: { code: 8, kind: "hold", words: "a spot account is flat and a sell opens nothing" },
  exitInFlight: { code: 9, kind: "hold", words: "an exit order is already working" },
  entryInFlight: { code: 10, kind: "hold", words: "an entry order is already working" },
  halted: { code: 20, kind: "refused", words: "trading is halted" },
  reducing: { code: 21, kind: "refused", words: "trading is reducing: no entries" },
  unresolvedEntry: { code: 22, kind: "refused", words: "the outcome of an earlier entry is unknown" },
  drawdown: { code: 23, kind: "refused", words: "the drawdown from the peak has reached its limit" },
  dayLoss: { code: 24, kind: "refused", words: "the loss of the trading day has reached its limit" },
  lossStreak: { code: 25, kind: "refused", words: "a losing streak pauses entries" },
  coolDown: { code: 26, kind: "refused", words: "cooling down after an exit" },
  stoplossGuard: { code: 27, kind: "refused", words: "too many stops in a short time" },
  lowProfitPairs: { code: 28, kind: "refused", words: "recent trades of this instrument lost too much" },
  entryLimit: { code: 29, kind: "refused", words: "the entries of the trading day are used up" },
  dataGap: { code: 30, kind: "refused", words: "bars are missing; waiting for complete windows" },
  anomaly: { code: 31, kind: "refused", words: "the bar is anomalous" },
  riskScore: { code: 32, kind: "refused", words: "the risk score has reached the deny limit" },
  exposure: { code: 33, kind: "refused", words: "the exposure cap leaves no room" },
  belowMinimumAmount: { code: 34, kind: "refused", words: "the amount is below the venue's minimum" },
  noEdge: { code: 35, kind: "refused", words: "closed trades show no edge" },
  insufficientFunds: { code: 36, kind: "refused", words: "free funds do not cover the order and its fee" },
  planOutOfBounds: { code: 37, kind: "refused", words: "stop or target stands outside its sane bounds" },
  expired: { code: 38, kind: "refused", words: "the decision is older than its time to live" }
} as const

export type DecisionReason = keyof typeof DECISION_REASONS
export type RefusalReason = {
  [R in DecisionReason]: typeof DECISION_REASONS[R]["kind"] extends "refused" ? R : never
}[DecisionReason]

export { DECISION_REASONS }
