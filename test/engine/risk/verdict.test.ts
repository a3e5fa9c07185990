/**
 * The narrow gate by example: what it lets through and what is a defect.
 * In: orders and checks. Out: the same order approved, or InvariantBroken.
 * Nothing else in the source may apply the brand.
 */
import { assert, describe, it } from "@effect/vitest"
import { globSync, readFileSync } from "node:fs"
import type { Base } from "../../../src/domain/money.ts"
import type { Order } from "../../../src/domain/Order.ts"
import { InvariantBroken } from "../../../src/engine/invariant.ts"
import {
  approvedAgain,
  approvedOf,
  approveEntry,
  approveReduction
} from "../../../src/engine/risk/verdict.ts"
import { bitbank, orderFor } from "../desk.ts"

const pass = [{ rule: "halted", verdict: "pass", value: null, limit: null }] as const
const held = { side: "long", amount: 50_000 as Base } as const

describe("approveEntry", () => {
  it("lets an entry through that passed", () => {
    const order = orderFor("entry", "buy", 20_000)
    assert.strictEqual(approveEntry(order, pass, bitbank()) as Order, order)
  })

  it("L-1: an entry that a check refused, or that no check saw, is a defect", () => {
    const order = orderFor("entry", "buy", 20_000)
    assert.throws(() => approveEntry(order, [{ ...pass[0], verdict: "refuse" }], bitbank()), InvariantBroken)
    assert.throws(() => approveEntry(order, [], bitbank()), InvariantBroken)
  })

  const wrong: ReadonlyArray<readonly [string, Partial<Order>]> = [
    ["of a reducing leg", { leg: "exit", purpose: "exit" }],
    ["without protection", { plannedStop: null }],
    ["with stop and target exchanged", { side: "sell" }],
    ["below the minimum", { amount: 9_999 as Base }],
    ["between two lots", { amount: 20_001 as Base }],
    ["of another instrument", { instrument: "binance:BTC/USDT" }],
    ["at market with a price", { price: orderFor("target", "sell", 10_000).price }],
    ["at market with a trigger", { trigger: orderFor("stop", "sell", 10_000).trigger }]
  ]
  it.each(wrong)(
    "an entry %s is a defect",
    (_, change) =>
      assert.throws(
        () => approveEntry({ ...orderFor("entry", "buy", 20_000), ...change }, pass, bitbank()),
        InvariantBroken
      )
  )
})

describe("approveReduction", () => {
  it("lets every reducing leg through, up to the position", () => {
    for (const leg of ["exit", "stop", "target"] as const) {
      const order = orderFor(leg, "sell", 50_000)
      assert.strictEqual(approveReduction(order, held, bitbank()) as Order, order)
    }
  })

  const wrong: ReadonlyArray<readonly [string, Partial<Order>]> = [
    ["C2: above the position", { amount: 60_000 as Base }],
    ["P-20: of the position's own side", { side: "buy" }],
    ["that may open", { reduceOnly: false }],
    ["that calls itself an entry", { leg: "entry", purpose: "entry" }]
  ]
  it.each(wrong)(
    "a reduction %s is a defect",
    (_, change) =>
      assert.throws(
        () => approveReduction({ ...orderFor("exit", "sell", 50_000), ...change }, held, bitbank()),
        InvariantBroken
      )
  )
})

describe("approvedOf and approvedAgain", () => {
  it("a journaled order comes back as itself; an absent one comes back under a new number, else unchanged", () => {
    const order = orderFor("stop", "sell", 50_000)
    assert.strictEqual(approvedOf(order) as Order, order)
    assert.deepEqual(approvedAgain(order) as Order, { ...order, attempt: 2, intentId: "d#stop.2" })
  })
})

describe("the brand", () => {
  it("is applied in risk/verdict.ts and nowhere else in the source", () => {
    const root = new URL("../../../", import.meta.url).pathname
    const found = ["src", "layers", "observability"].flatMap((folder) =>
      globSync(`${folder}/**/*.ts`, { cwd: root })
    )
      .filter((path) => /\bas (unknown as )?ApprovedOrder\b/.test(readFileSync(root + path, "utf8")))
    assert.deepEqual(found, ["src/engine/risk/verdict.ts"])
  })
})
