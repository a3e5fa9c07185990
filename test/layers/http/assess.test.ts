/**
 * What health says of each way to be unwell.
 * In: a well snapshot with one thing broken. Out: assertions on reasons, severities and the four answers.
 * Each broken thing must be seen: a health that says 200 to everything fails every line here (L-25).
 */
import { assert, describe, it } from "@effect/vitest"
import { health, livez, readyz, startupz } from "../../../layers/http/answers.ts"
import { reasonsOf, RULES } from "../../../layers/http/assess.ts"
import type { ReasonCode } from "../../../layers/http/assess.ts"
import { SEVERITY_TABLE } from "../../../src/domain/severityTable.ts"
import type { Severity } from "../../../src/domain/severityTable.ts"
import type { HealthSnapshot } from "../../../src/ports/HealthSource.ts"
import { wellSnapshot } from "../../kit/healthSnapshots.ts"

const quick = { loopLagMillis: 3 }

const broken: ReadonlyArray<readonly [ReasonCode, Severity, Partial<HealthSnapshot>, RegExp]> = [
  ["supervisorDown", "Critical", { supervisor: { alive: false, parked: [], restarts: 2 } }, /root has ended/],
  ["journalFailed", "Critical", { journal: { opened: true, failure: "disk full", head: 1 } }, /disk full/],
  ["journalFailed", "Critical", { journal: { opened: false, failure: null, head: 0 } }, /not open/],
  ["leaseLost", "High", { lease: { held: false, remainingMillis: null } }, /sends nothing/],
  ["halted", "Critical", { trading: { state: "Halted", words: "drawdown 21 %" } }, /drawdown 21 %/],
  ["reducing", "High", { trading: { state: "Reducing", words: "venue unreachable" } }, /venue unreachable/],
  ["positionUnprotected", "High", { protection: { state: "uncovered", uncoveredMillis: 31_000 } }, /31\.0 s/],
  ["ledgerDiverged", "Critical", { reconcile: { ageMillis: 1, divergences: 2 } }, /2 places/],
  ["groupParked", "High", { supervisor: { alive: true, parked: ["decision"], restarts: 30 } }, /decision/],
  ["feedSilent", "Medium", { feed: { ageMillis: 5_001, silentAfterMillis: 5_000 } }, /5\.0 s/],
  [
    "loopStalled",
    "High",
    { decisions: { count: 9, ageMillis: 60_000, stalledAfterMillis: 10_000 } },
    /60\.0 s/
  ],
  ["notWarm", "Low", { features: { warm: false, bars: 12, needed: 50 } }, /12 of 50/],
  ["modelLost", "High", { model: { state: "lost", hash: "abc", required: false } }, /lost/],
  ["modelLost", "High", { model: { state: "missing", hash: null, required: true } }, /requires/],
  ["draining", "Low", { role: "draining" }, /way out/],
  ["draining", "Low", { phase: "draining" }, /way out/]
]

describe("reasonsOf", () => {
  it("a well runtime has no reason", () => {
    assert.deepStrictEqual(reasonsOf(wellSnapshot(), quick), [])
  })

  it.each(broken)("%s is seen, with severity %s, and /health answers 503", (code, severity, over, words) => {
    const reasons = reasonsOf(wellSnapshot(over), quick)
    assert.deepStrictEqual(reasons.map((reason) => [reason.code, reason.severity]), [[code, severity]])
    assert.match(reasons[0]?.words ?? "", words)
    assert.strictEqual(health(wellSnapshot(over), quick).status, 503)
  })

  it("every code of the table is broken by some case here", () => {
    const seen = new Set<string>(["eventLoopBlocked", "modelMissing", ...broken.map(([code]) => code)])
    assert.deepStrictEqual(RULES.map((rule) => rule.code).filter((code) => !seen.has(code)), [])
  })

  it("the severity of halted and reducing is the one whose trading state they are", () => {
    for (const [code, state] of [["halted", "Halted"], ["reducing", "Reducing"]] as const) {
      const severity = RULES.find((rule) => rule.code === code)?.severity
      assert.strictEqual(SEVERITY_TABLE[severity ?? "Low"].tradingState, state)
    }
  })

  it("a short window without a stop is a swap of stops and no reason; a flat position needs none", () => {
    assert.deepStrictEqual(
      reasonsOf(wellSnapshot({ protection: { state: "uncovered", uncoveredMillis: 1_900 } }), quick),
      []
    )
    assert.deepStrictEqual(
      reasonsOf(wellSnapshot({ protection: { state: "flat", uncoveredMillis: 90_000 } }), quick),
      []
    )
  })

  it("a market that has ended or has not begun is not silent", () => {
    assert.deepStrictEqual(
      reasonsOf(wellSnapshot({ feed: { ageMillis: 900_000, silentAfterMillis: null } }), quick),
      []
    )
    assert.deepStrictEqual(
      reasonsOf(wellSnapshot({ feed: { ageMillis: null, silentAfterMillis: 5_000 } }), quick),
      []
    )
  })

  it("a standby without a lease is well, and a booting process may not have opened its journal yet", () => {
    assert.deepStrictEqual(
      reasonsOf(wellSnapshot({ role: "standby", lease: { held: false, remainingMillis: null } }), quick),
      []
    )
    assert.deepStrictEqual(
      reasonsOf(
        wellSnapshot({ phase: "booting", journal: { opened: false, failure: null, head: 0 } }),
        quick
      ),
      []
    )
  })

  it("several reasons stand in the order of the table", () => {
    const both = wellSnapshot({
      features: { warm: false, bars: 0, needed: 50 },
      supervisor: { alive: false, parked: ["decision"], restarts: 1 }
    })
    assert.deepStrictEqual(reasonsOf(both, quick).map((reason) => reason.code), [
      "supervisorDown",
      "groupParked",
      "notWarm"
    ])
  })
})

describe("health", () => {
  it("a missing model on paper is said but is no 503", () => {
    const answer = health(wellSnapshot({ model: { state: "missing", hash: null, required: false } }), quick)
    assert.strictEqual(answer.status, 200)
    assert.deepInclude((answer.body["reasons"] as ReadonlyArray<object>)[0], {
      code: "modelMissing",
      severity: "Low"
    })
  })

  it("says DEMO MARKET on a demo and only there", () => {
    assert.strictEqual(health(wellSnapshot(), quick).body["notice"], "DEMO MARKET")
    assert.notProperty(health(wellSnapshot({ demo: false }), quick).body, "notice")
  })
})

describe("livez", () => {
  it("is dead when the loop stood still for 2 s or the supervisor's root has ended", () => {
    assert.strictEqual(livez(wellSnapshot(), { loopLagMillis: 1_999 }).status, 200)
    assert.strictEqual(livez(wellSnapshot(), { loopLagMillis: 2_000 }).status, 503)
    assert.strictEqual(
      livez(wellSnapshot({ supervisor: { alive: false, parked: [], restarts: 0 } }), quick).status,
      503
    )
  })

  it("never looks at the venue, the feed, the journal or the trading state: none of them is healed by a restart loop", () => {
    const dead = broken.filter(([, , over]) => livez(wellSnapshot(over), quick).status !== 200)
    assert.deepStrictEqual(dead.map(([code]) => code), ["supervisorDown"])
  })
})

describe("startupz", () => {
  it("waits for the journal and for warm features, not for a model", () => {
    assert.strictEqual(
      startupz(wellSnapshot({ model: { state: "missing", hash: null, required: false } }), quick).status,
      200
    )
    assert.strictEqual(
      startupz(wellSnapshot({ features: { warm: false, bars: 1, needed: 50 } }), quick).status,
      503
    )
    assert.strictEqual(
      startupz(wellSnapshot({ journal: { opened: false, failure: null, head: 0 } }), quick).status,
      503
    )
  })
})

describe("readyz", () => {
  it("says role, epoch, phase, stage, feed age, model, protection and reconcile age", () => {
    const { body, status } = readyz(wellSnapshot(), quick)
    assert.strictEqual(status, 200)
    assert.deepInclude(body, {
      role: "leader",
      epoch: 3,
      phase: "trading",
      stage: "paper",
      feedAgeMillis: 40,
      model: "serving",
      protection: "covered",
      reconcileAgeMillis: 900
    })
  })

  it("a halted leader stays ready, a warm standby is ready, a booting or draining one is not", () => {
    assert.strictEqual(
      readyz(wellSnapshot({ trading: { state: "Halted", words: "operator" } }), quick).status,
      200
    )
    assert.strictEqual(
      readyz(
        wellSnapshot({ role: "standby", phase: "readOnly", lease: { held: false, remainingMillis: null } }),
        quick
      ).status,
      200
    )
    assert.strictEqual(readyz(wellSnapshot({ phase: "reconciling" }), quick).status, 503)
    assert.strictEqual(readyz(wellSnapshot({ role: "draining" }), quick).status, 503)
    assert.strictEqual(
      readyz(wellSnapshot({ feed: { ageMillis: 6_000, silentAfterMillis: 5_000 } }), quick).status,
      503
    )
  })
})
