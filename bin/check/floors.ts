/**
 * The floors under test count and coverage: they rise, and never fall.
 * In: test/floors.json, a run's counts and its coverage by room. Out: what stands below its floor; the raised file.
 * Here because a number that only a person remembers sinks a little with every change.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { root } from "./command.ts"

export interface Floors {
  /** Tests there are: passed, failed and skipped together. */
  readonly tests: number
  /** Room, or `whole`, to least share of lines run, in percent. */
  readonly lines: Readonly<Record<string, number>>
}

const file = `${root}/test/floors.json`

export const readFloors = (): Floors => JSON.parse(readFileSync(file, "utf8")) as Floors

/** Writes the test count when it is higher than the floor; returns whether it was. */
export const raiseFloors = (floors: Floors, tests: number): boolean => {
  if (tests <= floors.tests) return false
  writeFileSync(file, JSON.stringify({ ...floors, tests }, null, 2) + "\n")
  return true
}

/** Rooms below their floor; a room with a floor and no file is below it. */
export const belowFloor = (
  floors: Floors,
  rooms: ReadonlyArray<{ readonly room: string; readonly percent: number }>
): ReadonlyArray<string> =>
  Object.entries(floors.lines)
    .filter(([name, least]) => {
      const room = rooms.find((candidate) => candidate.room === name)
      return room === undefined || room.percent < least
    })
    .map(([name]) => name)
