/**
 * "Did you mean": the known name that is nearest to an unknown one.
 * In: a name as it was written, the names that exist. Out: the nearest within a third of its length, or null.
 * Pure; for settings keys, environment names and profiles alike.
 */

/** Nearest by edits (insert, delete, replace, swap of neighbours), capitals ignored; ties in the order given. */
export const nearest = (name: string, known: Iterable<string>): string | null => {
  const wanted = name.toLowerCase()
  let best: string | null = null
  let fewest = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const candidate of known) {
    const edits = distance(wanted, candidate.toLowerCase())
    if (edits < fewest) {
      fewest = edits
      best = candidate
    }
  }
  return best
}

/** A key whose group is unknown or left out is found by its last name, when only one key has it. */
export const nearestPath = (path: string, known: ReadonlyArray<string>): string | null => {
  const whole = nearest(path, known)
  if (whole !== null) return whole
  const last = path.split(".").at(-1) ?? path
  const lastNames = [...new Set(known.map((candidate) => candidate.split(".").at(-1) ?? candidate))]
  const near = nearest(last, lastNames)
  const holders = near === null
    ? []
    : known.filter((candidate) => candidate === near || candidate.endsWith(`.${near}`))
  return holders.length === 1 ? holders[0] ?? null : null
}

const distance = (a: string, b: string): number => {
  let before: Array<number> = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let edits = Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1)
      }
      current.push(edits)
    }
    before = previous
    previous = current
  }
  return previous[b.length] ?? a.length
}
