/**
 * Coverage of lines, room by room.
 * In: coverage/coverage-summary.json as vitest writes it. Out: one row a room and one for the whole.
 * Here because one figure for the tree hides the room that nobody tests.
 */
import { existsSync, readFileSync } from "node:fs"
import { relative } from "node:path"
import { root } from "./command.ts"
import { belowFloor } from "./floors.ts"
import type { Floors } from "./floors.ts"
import { verdict } from "./Row.ts"
import type { Row } from "./Row.ts"

export interface RoomCoverage {
  /** `src/engine`, `layers`, ..., or `whole`. */
  readonly room: string
  readonly covered: number
  readonly total: number
  readonly percent: number
}

export const summaryFile = `${root}/coverage/coverage-summary.json`

type Summary = Readonly<
  Record<string, { readonly lines: { readonly total: number; readonly covered: number } }>
>

const roomOf = (path: string): string => {
  const parts = path.split("/")
  return parts[0] === "src" ? parts.slice(0, 2).join("/") : parts[0] ?? path
}

const percent = (covered: number, total: number): number => total === 0 ? 100 : covered / total * 100

/** Sums a summary by room, in the order of the names; `whole` last. `base` is the folder its paths stand in. */
export const byRoom = (summary: Summary, base: string): ReadonlyArray<RoomCoverage> => {
  const sums = new Map<string, { covered: number; total: number }>()
  const add = (room: string, covered: number, total: number) => {
    const sum = sums.get(room) ?? { covered: 0, total: 0 }
    sums.set(room, { covered: sum.covered + covered, total: sum.total + total })
  }
  for (const [path, { lines }] of Object.entries(summary)) {
    if (path === "total") continue
    add(roomOf(relative(base, path)), lines.covered, lines.total)
    add("whole", lines.covered, lines.total)
  }
  const rooms = [...sums].map(([room, sum]) => ({ room, ...sum, percent: percent(sum.covered, sum.total) }))
  const key = (row: RoomCoverage) => row.room === "whole" ? "~" : row.room
  return rooms.toSorted((a, b) => key(a) < key(b) ? -1 : 1)
}

/** The coverage rows of the table; red when the summary is missing or a room is below its floor. */
export const coverageRows = (floors: Floors): ReadonlyArray<Row> => {
  if (!existsSync(summaryFile)) {
    return [{
      name: "coverage",
      state: "red",
      words: "not measured",
      details: `${summaryFile} was not written`
    }]
  }
  const rooms = byRoom(JSON.parse(readFileSync(summaryFile, "utf8")) as Summary, root)
  const below = belowFloor(floors, rooms)
  const rows = rooms.map((room): Row => {
    const floor = floors.lines[room.room]
    const figure = `${room.percent.toFixed(1).padStart(5)} % of ${room.total} lines`
    return {
      name: `coverage ${room.room}`,
      state: floor === undefined ? "note" : verdict(!below.includes(room.room)),
      words: floor === undefined ? figure : `${figure} (at least ${floor} %)`
    }
  })
  const absent = below.filter((name) => !rooms.some((room) => room.room === name))
  return [
    ...rows,
    ...absent.map((name): Row => ({ name: `coverage ${name}`, state: "red", words: "no such room" }))
  ]
}
