/**
 * Ways to the same result, run in turns: a machine's mood then moves all of them alike.
 * In: named ways, a number of rounds. Out: the median of each, milliseconds of processor time, all threads of the process.
 * Processor time, because it hardly changes while other programs share the machine; on an idle one it is the wall's, and what
 * collecting garbage in the background costs. The order changes from round to round, so that nobody always follows the same other.
 */
import { median } from "./Figure.ts"

export interface Way {
  readonly name: string
  readonly run: () => void | Promise<void>
  /** Looks at the result right after the last round, outside the clock. */
  readonly check?: () => void
}

/** Processor time since `began`, milliseconds, user and system together. */
export const cpuMillis = (began: NodeJS.CpuUsage): number => {
  const { system, user } = process.cpuUsage(began)
  return (system + user) / 1_000
}

/** Medians by name. */
export const interleaved = async (
  ways: ReadonlyArray<Way>,
  rounds: number
): Promise<ReadonlyMap<string, number>> => {
  const millis = new Map(ways.map(({ name }) => [name, [] as Array<number>]))
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < ways.length; turn++) {
      const way = ways[(round + turn) % ways.length]!
      const began = process.cpuUsage()
      await way.run()
      millis.get(way.name)!.push(cpuMillis(began))
      if (round === rounds - 1) way.check?.()
    }
  }
  return new Map([...millis].map(([name, all]) => [name, median(all)]))
}
