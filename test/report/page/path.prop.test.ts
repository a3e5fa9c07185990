/**
 * Compressed paths and packed values: what is unpacked is what was put in, to the grid.
 * In: any points and values. Out: positions within half a grid step, values within half of their last place.
 * Properties, since a rounding that adds up would bend a line only at its far end.
 */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { packed } from "../../../src/report/page/chartData.ts"
import { areaPath, GRID_HEIGHT, GRID_WIDTH, levelAreaPath, linePath } from "../../../src/report/page/path.ts"
import type { Point } from "../../../src/report/page/path.ts"
import { walked } from "./walked.ts"

const checks = { arbitrary: { runs: 200, seed: 5 } }
const share = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }))
const Points = Schema.Array(
  Schema.Struct({ x: share, y: share, gap: Schema.Literals([false, false, false, true]) })
)

const onGrid = (point: Point): readonly [number, number] => [
  Math.round(point![0] * GRID_WIDTH),
  Math.round(point![1] * GRID_HEIGHT)
]

/** The same without steps of nothing. */
const moved = (places: ReadonlyArray<readonly [number, number]>) =>
  places.filter(([x, y], index) => index === 0 || x !== places[index - 1]![0] || y !== places[index - 1]![1])

describe("linePath", () => {
  it.prop("walks through every point, and is interrupted at every gap", [Points], ([drawn]) => {
    const points = drawn.map(({ gap, x, y }): Point => gap ? null : [x / 1e6, y / 1e6])
    const wanted: Array<Array<readonly [number, number]>> = []
    points.forEach((point, index) => {
      if (point === null) return
      if (index === 0 || points[index - 1] === null) wanted.push([])
      wanted.at(-1)!.push(onGrid(point))
    })
    assert.deepStrictEqual(walked(linePath(points)), wanted.map(moved))
  }, checks)

  it("draws a single point as a closed dot", () => {
    assert.strictEqual(linePath([[0.5, 0.5]]), "m8000 1000z")
  })

  it("is nothing without points", () => {
    assert.strictEqual(linePath([]), "")
    assert.strictEqual(linePath([null, null]), "")
  })

  it("is shorter than absolute decimals by far", () => {
    const points = Array.from(
      { length: 4_000 },
      (_, index): Point => [index / 3_999, 0.5 + Math.sin(index / 9) / 9]
    )
    assert.isBelow(linePath(points).length, 4_000 * 7)
  })
})

describe("areaPath", () => {
  it("goes along the one line and back along the other", () => {
    const path = areaPath([[0, 0.25], [0.5, 0], [1, 0.25]], [[0, 0.75], [0.5, 1], [1, 0.75]])
    assert.deepStrictEqual(walked(path), [
      [[0, 500], [8_000, 0], [16_000, 500], [16_000, 1_500], [8_000, 2_000], [0, 1_500]]
    ])
    assert.match(path, /z$/)
  })

  it("leaves a hole where both lines are interrupted", () => {
    const line = (y: number): ReadonlyArray<Point> => [[0, y], [0.25, y], null, [0.75, y], [1, y]]
    assert.deepStrictEqual(walked(areaPath(line(0.2), line(0.4))), [
      [[0, 400], [4_000, 400], [4_000, 800], [0, 800]],
      [[12_000, 400], [16_000, 400], [16_000, 800], [12_000, 800]]
    ])
  })
})

describe("levelAreaPath", () => {
  it("closes a line down to its level and returns to where it began", () => {
    const path = levelAreaPath([[0.1, 0.5], [0.9, 0.25]], 0)
    assert.deepStrictEqual(walked(path), [[[1_600, 1_000], [14_400, 500], [14_400, 0], [1_600, 0], [
      1_600,
      1_000
    ]]])
    assert.strictEqual(levelAreaPath([], 0), "")
  })
})

describe("packed", () => {
  const Values = Schema.Array(
    Schema.Int.check(Schema.isBetween({ minimum: -10_000_000, maximum: 10_000_000 }))
  )
  it.prop(
    "gives back every value to its places, and every instant exactly",
    { values: Values, minute: Schema.Boolean, places: Schema.Literals([0, 2, 5]) },
    ({ minute, places, values }) => {
      const at = values.map((_, index) => 1_704_067_200_000 + index * (minute ? 60_000 : 777))
      const value = values.map((one) => one / 777)
      const chart = packed(at, [{ name: "a", places, unit: "JPY", value }])
      const sums = (steps: ReadonlyArray<number>) => {
        let sum = 0
        return steps.map((step) => sum += step)
      }
      assert.deepStrictEqual(sums(chart.at).map((step) => step * chart.every), at)
      const back = sums(chart.lines[0]!.steps).map((sum) => sum / 10 ** places)
      back.forEach((one, index) => assert.closeTo(one, value[index]!, 0.5 / 10 ** places + 1e-9))
      assert.isTrue(chart.lines[0]!.steps.every(Number.isSafeInteger))
    },
    checks
  )
})
