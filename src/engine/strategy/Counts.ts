/**
 * How often each of a few constant words came up, in the order in which they first did.
 * In: words, mostly the one before or one of a handful. Out: their counts, as a Map when somebody looks.
 * In place of a Map, because a funnel counts five words a bar: comparing with a handful costs a tenth of hashing.
 */

export interface Counts<Word extends string> {
  readonly words: Array<Word>
  readonly counts: Array<number>
  /** Place of the word that came last. */
  newest: number
  /** Distinct words kept; further ones are counted as `rest`. */
  readonly most: number
  readonly rest: Word | null
}

/** Counts of nothing; unbounded unless told `most` and what the rest is called. */
const makeCounts = <Word extends string>(most = Infinity, rest: Word | null = null): Counts<Word> => ({
  words: [],
  counts: [],
  newest: 0,
  most,
  rest
})

const count = <Word extends string>(counts: Counts<Word>, word: Word): void => {
  const { newest, words } = counts
  if (newest >= words.length || words[newest] !== word) counts.newest = placeOf(counts, word)
  counts.counts[counts.newest]! += 1
}

const placeOf = <Word extends string>(counts: Counts<Word>, word: Word): number => {
  const { most, rest, words } = counts
  for (let at = 0; at < words.length; at++) if (words[at] === word) return at
  if (words.length >= most && rest !== null && word !== rest) return placeOf(counts, rest)
  counts.counts.push(0)
  return words.push(word) - 1
}

/** The counts by word, a copy. */
const countsOf = <Word extends string>({ counts, words }: Counts<Word>): Map<Word, number> =>
  new Map(words.map((word, at) => [word, counts[at] ?? 0]))

export { count, countsOf, makeCounts }
