/**
 * Longest run of wins or of losses.
 * In: results of closed trades in the order of their exits. Out: a count.
 * What a person must be able to sit through.
 */

/** The most neighbouring results of that kind; a result of 0 is neither and ends both runs. 0 for none. */
export const longestRun = (results: ReadonlyArray<number>, kind: "wins" | "losses"): number => {
  let run = 0
  let longest = 0
  for (const result of results) {
    run = (kind === "wins" ? result > 0 : result < 0) ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
