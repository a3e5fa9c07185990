/**
 * Kelly by its reference vectors, and which edge a history shows.
 * In: trades as numbers. Out: fraction, edge, share.
 * The window and the minimum are decisions 21.
 */
import { assert, describe, it } from "@effect/vitest"
import { ratio } from "../../../src/domain/money.ts"
import type { ClosedTrade } from "../../../src/engine/portfolio/ClosedTrade.ts"
import { findEdge, kellyFraction } from "../../../src/engine/risk/kelly.ts"
import { markedBooks, roundTrip, settingsOf, START } from "../desk.ts"

const { sizing } = settingsOf()
const DAY = 86_400_000

const results = (pnls: ReadonlyArray<number>, exitTime = START): ReadonlyArray<ClosedTrade> => {
  const books = markedBooks(1)
  const sample = roundTrip(books, "d", 10)
  return pnls.map((pnl) => ({ ...sample, pnl: pnl as ClosedTrade["pnl"], exitTime }))
}

const mixed = (wins: number, win: number, losses: number, loss: number): ReadonlyArray<number> => [
  ...Array.from({ length: wins }, () => win),
  ...Array.from({ length: losses }, () => -loss)
]

describe("kellyFraction", () => {
  it("agrees with the reference vectors", () => {
    assert.closeTo(kellyFraction(0.55, 1_200, 1_000), 0.175, 1e-12)
    assert.closeTo(kellyFraction(0.55, 1_200, 1_000) * 0.7, 0.1225, 1e-12)
    assert.strictEqual(kellyFraction(0.5, 1_358.559, 1_822.558), 0)
  })

  it.each([[0, 1, 1], [1, 1, 1], [0.5, 0, 1], [0.5, 1, 0], [0.5, 1, -1], [Number.NaN, 1, 1]])(
    "is zero for rate %d, win %d, loss %d",
    (rate, win, loss) => assert.strictEqual(kellyFraction(rate, win, loss), 0)
  )
})

describe("findEdge", () => {
  it("P-16: fewer trades than Kelly needs size by the bootstrap, never by nothing", () => {
    assert.deepEqual(findEdge([], START, sizing), { edge: "bootstrap", share: 0.01, trades: 0 })
    assert.strictEqual(findEdge(results(mixed(10, 5, 9, 1)), START, sizing).edge, "bootstrap")
  })

  it("enough trades size by Kelly times safety", () => {
    const found = findEdge(results(mixed(11, 1_200, 9, 1_000)), START, sizing)
    assert.strictEqual(found.edge, "kelly")
    assert.closeTo(found.share, 0.1225, 1e-12)
  })

  it("trades older than the window do not count, in market time", () => {
    const trades = results(mixed(11, 1_200, 9, 1_000))
    assert.strictEqual(findEdge(trades, START + 30 * DAY, sizing).edge, "kelly")
    assert.strictEqual(findEdge(trades, START + 30 * DAY + 1, sizing).edge, "bootstrap")
  })

  it("no edge is half the bootstrap, said so", () => {
    const found = findEdge(results(mixed(5, 10, 15, 10)), START, sizing)
    assert.deepEqual(found, { edge: "none", share: 0.005, trades: 20 })
    assert.strictEqual(findEdge(results(mixed(0, 1, 20, 10)), START, sizing).edge, "none")
  })

  it("twenty wins without one loss show no size of a loss: bootstrap", () => {
    assert.strictEqual(findEdge(results(mixed(20, 10, 0, 1)), START, sizing).edge, "bootstrap")
    assert.strictEqual(findEdge(results([...mixed(19, 10, 0, 1), 0]), START, sizing).edge, "bootstrap")
  })

  it("L-4: a share is a ratio below one and never an amount", () => {
    assert.isBelow(ratio(findEdge(results(mixed(19, 1_000, 1, 1)), START, sizing).share), 1)
  })
})
