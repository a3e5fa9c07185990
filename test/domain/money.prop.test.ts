import { it } from "@effect/vitest"
import { Schema } from "effect"
import { assert, describe } from "vitest"
import { mulDiv } from "../../src/domain/money.ts"

const limit = 2 ** 45
const Factor = Schema.Int.check(Schema.isBetween({ minimum: -limit, maximum: limit }))
const Divisor = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: limit }))

/** The quotient by definition, in whole numbers without bounds. */
const exact = (a: number, b: number, divisor: number, rounding: "floor" | "ceil" | "halfAway"): bigint => {
  const product = BigInt(a) * BigInt(b)
  const d = BigInt(divisor)
  const down = product / d - (product % d < 0n ? 1n : 0n)
  const up = down + (product % d === 0n ? 0n : 1n)
  if (rounding === "floor") return down
  if (rounding === "ceil") return up
  const below = product - down * d
  const above = up * d - product
  if (below === above) return product < 0n ? down : up
  return below < above ? down : up
}

describe("mulDiv", () => {
  it.prop("equals the quotient of unbounded integers in every rounding", {
    a: Factor,
    b: Factor,
    divisor: Divisor
  }, ({ a, b, divisor }) => {
    for (const rounding of ["floor", "ceil", "halfAway"] as const) {
      const wanted = exact(a, b, divisor, rounding)
      if (wanted > BigInt(Number.MAX_SAFE_INTEGER) || wanted < -BigInt(Number.MAX_SAFE_INTEGER)) {
        assert.throws(() => mulDiv(a, b, divisor, rounding))
      } else assert.strictEqual(BigInt(mulDiv(a, b, divisor, rounding)), wanted)
    }
  }, { arbitrary: { runs: 500 } })
})
