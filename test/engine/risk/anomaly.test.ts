/**
 * Spikes and absurd bars.
 * In: bars pushed one by one. Out: warnings and criticals of the newest.
 * Thresholds: decisions 22 and phase19 6.3.
 */
import { assert, describe, it } from "@effect/vitest"
import { anomaliesOf, makeAnomalyWindow, pushBar } from "../../../src/engine/risk/anomaly.ts"
import { barAt, PRICE, settingsOf } from "../desk.ts"

const { risk } = settingsOf()

const windowOf = (bars: number, wobble = 0.001) => {
  const window = makeAnomalyWindow()
  for (let index = 1; index <= bars; index++) {
    pushBar(window, barAt(index, PRICE * (1 + (index % 2) * wobble), { volume: 10 + (index % 2) }))
  }
  return window
}

describe("anomaliesOf", () => {
  it("a market as always warns of nothing", () =>
    assert.deepInclude(anomaliesOf(windowOf(50), risk), { warnings: 0, criticals: 0 }))

  it("a return far outside the past warns, and so does a volume", () => {
    const window = windowOf(50)
    pushBar(window, barAt(51, PRICE * 1.02))
    assert.strictEqual(anomaliesOf(window, risk).warnings, 1)
    pushBar(window, barAt(52, PRICE * 1.021, { volume: 500 }))
    assert.strictEqual(anomaliesOf(window, risk).warnings, 1)
    pushBar(window, barAt(53, PRICE, { volume: 5_000 }))
    assert.strictEqual(anomaliesOf(window, risk).warnings, 2)
  })

  it("too short a past warns of nothing", () => {
    const window = windowOf(8)
    pushBar(window, barAt(9, PRICE * 1.1, { volume: 500 }))
    assert.strictEqual(anomaliesOf(window, risk).warnings, 0)
  })

  it("after a dead market any real move or other volume warns", () => {
    const window = makeAnomalyWindow()
    for (let index = 1; index <= 20; index++) pushBar(window, barAt(index))
    assert.strictEqual(anomaliesOf(window, risk).warnings, 0)
    pushBar(window, barAt(21, PRICE * 1.0005))
    assert.strictEqual(anomaliesOf(window, risk).warnings, 0)
    const other = makeAnomalyWindow()
    for (let index = 1; index <= 20; index++) pushBar(other, barAt(index))
    pushBar(other, barAt(21, PRICE * 1.002, { volume: 11 }))
    assert.strictEqual(anomaliesOf(other, risk).warnings, 2)
  })

  it("L-2: a bar that moves more than the limit is critical, by its close or inside it", () => {
    const crash = windowOf(20)
    pushBar(crash, barAt(21, PRICE * 0.79))
    assert.strictEqual(anomaliesOf(crash, risk).criticals, 1)
    const flash = windowOf(20)
    pushBar(flash, barAt(21, PRICE, { low: PRICE * 0.79 }))
    assert.strictEqual(anomaliesOf(flash, risk).criticals, 1)
  })

  it("only the newest hundred bars before it are the measure", () => {
    const window = makeAnomalyWindow()
    for (let index = 1; index <= 30; index++) pushBar(window, barAt(index, PRICE * (1 + (index % 2) * 0.1)))
    for (let index = 31; index <= 140; index++) {
      pushBar(window, barAt(index, PRICE * (1 + (index % 2) * 0.0001)))
    }
    pushBar(window, barAt(141, PRICE * 1.01))
    assert.strictEqual(anomaliesOf(window, risk).warnings, 1)
  })
})
