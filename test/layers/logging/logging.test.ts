/**
 * What a log line looks like, and which lines are shown.
 * In: effects that log, into captured streams. Out: assertions on Cloud Logging's JSON, plain and coloured lines.
 * Nothing is written to the real stdout.
 */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Layer, Redacted, Schema, Tracer } from "effect"
import { layer } from "../../../layers/logging/logging.ts"
import type { LoggingOptions } from "../../../layers/logging/logging.ts"
import { Fault } from "../../../src/domain/Fault.ts"
import { SEVERITY_TABLE } from "../../../src/domain/severityTable.ts"
import type { Severity } from "../../../src/domain/severityTable.ts"
import { mustSee, withFacts } from "../../../src/ports/logFacts.ts"

class FeedStale extends Fault<FeedStale>()("FeedStale", "High", "feed-silent", { ageMillis: Schema.Finite }) {
  override get message() {
    return `last candle is ${this.ageMillis} ms old`
  }
}

const capture = (over: Partial<LoggingOptions> = {}, isTTY = false) => {
  const out: Array<string> = []
  const error: Array<string> = []
  const logging = layer({
    level: "INFO",
    onCloudRun: false,
    project: null,
    stdoutTaken: false,
    stdout: { isTTY, write: (text) => out.push(text) },
    stderr: { isTTY, write: (text) => error.push(text) },
    ...over
  })
  return { out, error, logging }
}

const json = (line: string | undefined): Record<string, unknown> =>
  JSON.parse(line ?? "null") as Record<string, unknown>

const span = Tracer.externalSpan({ traceId: "a".repeat(32), spanId: "b".repeat(16), sampled: true })

describe("Cloud Logging", () => {
  it.effect("one JSON object a line: severity, time, message, trace, span and labels", () => {
    const { logging, out } = capture({ onCloudRun: true, project: "acme" })
    return Effect.gen(function*() {
      yield* Effect.logWarning("venue slow", "again").pipe(
        withFacts({ actor: "execution", epoch: 3, stage: "paper", decisionId: "d1" }),
        Effect.annotateLogs({ latencyMs: 1_200 }),
        Effect.withParentSpan(span)
      )
      assert.strictEqual(out.length, 1)
      assert.match(out[0] ?? "", /^[^\n]*\n$/)
      assert.deepStrictEqual(json(out[0]), {
        latencyMs: 1_200,
        severity: "WARNING",
        time: "1970-01-01T00:00:00.000Z",
        message: "venue slow again",
        "logging.googleapis.com/trace": `projects/acme/traces/${"a".repeat(32)}`,
        "logging.googleapis.com/spanId": "b".repeat(16),
        "logging.googleapis.com/trace_sampled": true,
        "logging.googleapis.com/labels": { actor: "execution", epoch: "3", stage: "paper", decisionId: "d1" }
      })
    }).pipe(Effect.provide(logging))
  })

  it.effect("without a project the trace is its bare id, and without a span there is none", () => {
    const { logging, out } = capture({ onCloudRun: true })
    return Effect.gen(function*() {
      yield* Effect.withParentSpan(Effect.log("x"), span)
      yield* Effect.log("y")
      assert.strictEqual(json(out[0])["logging.googleapis.com/trace"], "a".repeat(32))
      assert.notProperty(json(out[1]), "logging.googleapis.com/trace")
    }).pipe(Effect.provide(logging))
  })

  it.effect("each level and each severity has Cloud Logging's word", () => {
    const { logging, out } = capture({ onCloudRun: true, level: "DEBUG" })
    return Effect.gen(function*() {
      yield* Effect.logTrace("t")
      yield* Effect.logDebug("d")
      yield* Effect.log("i")
      yield* Effect.logWarning("w")
      yield* Effect.logError("e")
      yield* Effect.logFatal("f")
      assert.deepStrictEqual(out.map((line) => json(line)["severity"]), [
        "DEBUG",
        "DEBUG",
        "INFO",
        "WARNING",
        "ERROR",
        "CRITICAL"
      ])
      out.length = 0
      const severities: ReadonlyArray<Severity> = ["Critical", "High", "Medium", "Low"]
      for (const severity of severities) yield* withFacts({ severity })(Effect.log("incident"))
      assert.deepStrictEqual(
        out.map((line) => json(line)["severity"]),
        severities.map((severity) => SEVERITY_TABLE[severity].logSeverity)
      )
    }).pipe(Effect.provide(logging))
  })

  it.effect("a fault in the cause brings its own severity, its runbook and its words", () => {
    const { logging, out } = capture({ onCloudRun: true })
    return Effect.gen(function*() {
      yield* Effect.logInfo("actor failed", Cause.fail(new FeedStale({ ageMillis: 9_000 })))
      const line = json(out[0])
      assert.strictEqual(line["severity"], "ERROR")
      assert.strictEqual(line["runbook"], "feed-silent")
      assert.match(String(line["message"]), /^actor failed\n.*last candle is 9000 ms old/s)
    }).pipe(Effect.provide(logging))
  })

  it.effect("I27: a redacted value never reaches a line, neither as argument nor as annotation", () => {
    const secret = Redacted.make("canary-5f3a")
    return Effect.gen(function*() {
      for (const [options, isTTY] of [[{ onCloudRun: true }, false], [{}, false], [{}, true]] as const) {
        const { logging, out } = capture(options, isTTY)
        yield* Effect.log("key", secret, { nested: secret }).pipe(
          Effect.annotateLogs({ secret, deep: { secret } }),
          Effect.provide(logging)
        )
        assert.strictEqual(out.length, 1)
        assert.notInclude(out[0] ?? "", "canary")
      }
    })
  })

  it.effect("a value that JSON cannot hold does not break the line", () => {
    const { logging, out } = capture({ onCloudRun: true })
    const circular: Record<string, unknown> = { amount: 12n }
    circular["self"] = circular
    return Effect.gen(function*() {
      yield* Effect.log("odd", circular).pipe(Effect.annotateLogs({ circular, big: 5n }))
      assert.strictEqual(out.length, 1)
      assert.strictEqual(json(out[0])["severity"], "INFO")
    }).pipe(Effect.provide(logging))
  })
})

describe("level", () => {
  it.effect("lines below the level are not shown, must-see lines always are", () => {
    const { logging, out } = capture({ level: "ERROR" })
    return Effect.gen(function*() {
      yield* Effect.logDebug("debug")
      yield* Effect.log("info")
      yield* Effect.logWarning("warning")
      assert.deepStrictEqual(out, [])
      yield* mustSee(Effect.log("order sent"))
      yield* mustSee(Effect.logDebug("halt"))
      yield* withFacts({ severity: "Critical" })(Effect.log("ledger differs"))
      yield* Effect.logError("error")
      assert.deepStrictEqual(out.map((line) => /(order sent|halt|ledger differs|error)$/m.exec(line)?.[1]), [
        "order sent",
        "halt",
        "ledger differs",
        "error"
      ])
    }).pipe(Effect.provide(logging))
  })

  it.effect("DEBUG shows everything", () => {
    const { logging, out } = capture({ level: "DEBUG" })
    return Effect.gen(function*() {
      yield* Effect.logTrace("t")
      yield* Effect.logDebug("d")
      assert.strictEqual(out.length, 2)
    }).pipe(Effect.provide(logging))
  })
})

describe("streams and shapes", () => {
  it.effect("lines go to stderr while stdout carries events", () => {
    const { error, logging, out } = capture({ stdoutTaken: true, onCloudRun: true })
    return Effect.gen(function*() {
      yield* Effect.log("x")
      assert.deepStrictEqual([out.length, error.length], [0, 1])
    }).pipe(Effect.provide(logging))
  })

  it.effect("a file gets plain lines, a terminal coloured ones, and Cloud Run JSON even on a terminal", () =>
    Effect.gen(function*() {
      const say = withFacts({ actor: "risk" })(
        Effect.logWarning("slow").pipe(Effect.annotateLogs({ at: { n: 1 } }))
      )
      const file = capture()
      yield* Effect.provide(say, file.logging)
      assert.strictEqual(file.out[0], "1970-01-01T00:00:00.000Z WARNING  slow actor=risk at={\"n\":1}\n")
      const terminal = capture({}, true)
      yield* Effect.provide(say, terminal.logging)
      assert.include(terminal.out[0] ?? "", "\u001b[33mWARNING ")
      assert.match(terminal.out[0] ?? "", /00:00:00/)
      const run = capture({ onCloudRun: true }, true)
      yield* Effect.provide(say, run.logging)
      assert.strictEqual(json(run.out[0])["message"], "slow")
    }))

  it.effect("a fault given as an argument is shown by tag and message, its cause below and indented", () => {
    const { logging, out } = capture()
    return Effect.gen(function*() {
      yield* Effect.log(new FeedStale({ ageMillis: 1 }), Cause.die(new Error("boom")))
      assert.match(out[0] ?? "", /ERROR +FeedStale: last candle is 1 ms old runbook=feed-silent\n    .*boom/)
    }).pipe(Effect.provide(Layer.mergeAll(logging)))
  })
})
