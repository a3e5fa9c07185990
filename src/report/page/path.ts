/**
 * Lines as the shortest SVG path: whole steps on a fine grid, each relative to the last.
 * In: points whose x and y are shares of the plot (0 to 1, y downwards). Out: the `d` of a path on GRID_WIDTH x GRID_HEIGHT.
 * Here because six series of 4,000 points are most of a page: absolute decimals would make it three times as large.
 */
import { area, line } from "d3-shape"

/** The grid is stretched over the plot; fine enough for a plot of 16,000 pixels, which is the price chart at its widest. */
export const GRID_WIDTH = 16_000
export const GRID_HEIGHT = 2_000

/** A point of a line; null where the line is interrupted. */
export type Point = readonly [x: number, y: number] | null

/** A line through the points. */
export const linePath = (points: ReadonlyArray<Point>): string => {
  const pen = makePen()
  line<Point>((point) => point![0], (point) => point![1])
    .defined((point) => point !== null)
    .context(pen)(points)
  return pen.written()
}

/** The area between two lines over the same x. */
export const areaPath = (upper: ReadonlyArray<Point>, lower: ReadonlyArray<Point>): string => {
  const pen = makePen()
  area<Point>()
    .defined((point) => point !== null)
    .x((point) => point![0])
    .y0((_, index) => lower[index]?.[1] ?? 0)
    .y1((point) => point![1])
    .context(pen)(upper)
  return pen.written()
}

/** The area between an uninterrupted line and a level, whose points in between are not written. */
export const levelAreaPath = (
  points: ReadonlyArray<readonly [x: number, y: number]>,
  level: number
): string => {
  const [first, last] = [points[0], points.at(-1)]
  return first === undefined || last === undefined
    ? ""
    : linePath([...points, [last[0], level], [first[0], level], first])
}

/** What d3-shape draws on: remembers where it is and writes only the difference. */
interface Pen extends CanvasRenderingContext2D {
  readonly moveTo: (x: number, y: number) => void
  readonly lineTo: (x: number, y: number) => void
  readonly closePath: () => void
  readonly written: () => string
}

const makePen = (): Pen => {
  let text = ""
  let verb = ""
  let atX = 0
  let atY = 0
  let startX = 0
  let startY = 0
  const step = (wanted: "m" | "l", x: number, y: number): void => {
    const [toX, toY] = [Math.round(x * GRID_WIDTH), Math.round(y * GRID_HEIGHT)]
    const [dx, dy] = [toX - atX, toY - atY]
    if (wanted === "l" && dx === 0 && dy === 0) return
    const lead = verb === wanted && dx >= 0 ? " " : verb === wanted ? "" : wanted
    text += `${lead}${dx}${dy < 0 ? "" : " "}${dy}`
    verb = wanted
    atX = toX
    atY = toY
  }
  return {
    moveTo: (x, y) => {
      verb = ""
      step("m", x, y)
      startX = atX
      startY = atY
    },
    lineTo: (x, y) => step("l", x, y),
    closePath: () => {
      text += "z"
      verb = ""
      atX = startX
      atY = startY
    },
    written: () => text
  }
}
