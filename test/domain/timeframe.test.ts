import { assert, describe, it } from "vitest"
import { higherMillis, periodStart, timeframeOf, TIMEFRAMES, tradingDay } from "../../src/domain/timeframe.ts"

const HOUR = 3_600_000

describe("tradingDay", () => {
  it("begins at 00:00 in Tokyo, 15:00 UTC the day before (L-41)", () => {
    const day = tradingDay("Asia/Tokyo", Date.UTC(2024, 0, 1, 14, 59))
    assert.deepStrictEqual(day, {
      start: Date.UTC(2023, 11, 31, 15),
      end: Date.UTC(2024, 0, 1, 15),
      date: "2024-01-01"
    })
    assert.strictEqual(tradingDay("Asia/Tokyo", Date.UTC(2024, 0, 1, 15)).date, "2024-01-02")
  })

  it("holds its own first millisecond and not its end", () => {
    const day = tradingDay("UTC", Date.UTC(2024, 1, 29, 12))
    assert.strictEqual(tradingDay("UTC", day.start).date, "2024-02-29")
    assert.strictEqual(tradingDay("UTC", day.end - 1).date, "2024-02-29")
    assert.strictEqual(tradingDay("UTC", day.end).date, "2024-03-01")
  })

  it("has 23 and 25 hours where clocks change", () => {
    const spring = tradingDay("Europe/Berlin", Date.UTC(2024, 2, 31, 12))
    const autumn = tradingDay("Europe/Berlin", Date.UTC(2024, 9, 27, 12))
    assert.strictEqual(spring.end - spring.start, 23 * HOUR)
    assert.strictEqual(autumn.end - autumn.start, 25 * HOUR)
  })

  it("meets its neighbours without a gap, in zones that are not whole hours off", () => {
    for (const zone of ["Asia/Kathmandu", "America/New_York", "Pacific/Chatham", "Asia/Tokyo"]) {
      let day = tradingDay(zone, Date.UTC(2024, 2, 8))
      for (let count = 0; count < 30; count++) {
        const next = tradingDay(zone, day.end)
        assert.strictEqual(next.start, day.end, `${zone} ${day.date}`)
        day = next
      }
    }
  })

  it("is the same day whichever days were asked for before", () => {
    for (const zone of ["UTC", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Pacific/Chatham"]) {
      const noons = Array.from({ length: 400 }, (_, day) => Date.UTC(2024, 0, 1 + day, 12))
      const backwards = noons.toReversed().map((noon) => tradingDay(zone, noon)).toReversed()
      const forwards = noons.map((noon) => tradingDay(zone, noon))
      assert.deepStrictEqual(forwards, backwards, zone)
      const hours = backwards.flatMap(({ end, start }) => [start, start + 7 * HOUR, end - 1])
      assert.deepStrictEqual(
        hours.map((hour) => tradingDay(zone, hour)),
        backwards.flatMap((day) => [day, day, day])
      )
      assert.deepStrictEqual(tradingDay(zone, noons[0]!), backwards[0])
      assert.deepStrictEqual(tradingDay(zone, noons[300]!), backwards[300])
    }
  })
})

describe("timeframe", () => {
  it("names what has a name", () => {
    assert.strictEqual(timeframeOf(900_000), "15m")
    assert.isUndefined(timeframeOf(901_000))
    assert.strictEqual(TIMEFRAMES["4h"], 4 * HOUR)
  })

  it("looks at 15m from 1m, else at sixteen bars (decisions 24)", () => {
    assert.deepStrictEqual([higherMillis(60_000), higherMillis(900_000)], [900_000, 4 * HOUR])
  })

  it("finds the start of a period on the UTC grid, also before 1970", () => {
    assert.strictEqual(periodStart(Date.UTC(2024, 0, 1, 5, 7), 4 * HOUR), Date.UTC(2024, 0, 1, 4))
    assert.strictEqual(periodStart(-1, HOUR), -HOUR)
  })
})
