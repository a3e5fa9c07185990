/**
 * The program seen by whoever runs it: probes, metrics, a second start, a taken port, and its way out.
 * In: processes of their own, HTTP from outside. Out: assertions on answers, exit codes and words.
 * Each answer is asked of live state, so a probe that says 200 to everything fails here.
 */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { assert, describe, it } from "@effect/vitest"
import { onTestFinished } from "vitest"
import { LATENCY_PHASES } from "../../src/actors/metrics.ts"
import { scratch } from "../kit/scratch.ts"
import { startProgram } from "./program.ts"

interface Seen {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>> & {
    readonly reasons?: ReadonlyArray<{ readonly code: string }>
  }
}

const ask = async (base: string, path: string): Promise<Seen> => {
  const answer = await fetch(base + path)
  return { status: answer.status, body: await answer.json() as Seen["body"] }
}

/** Asks until `wanted` holds or five seconds have passed; returns the last answer. */
const until = async (base: string, path: string, wanted: (seen: Seen) => boolean): Promise<Seen> => {
  const deadline = performance.now() + 5_000
  while (true) {
    const seen = await ask(base, path)
    if (wanted(seen) || performance.now() > deadline) return seen
    await new Promise((resume) => setTimeout(resume, 20))
  }
}

/** Asks from three sides until nobody answers; returns the answers that name `draining`, for a drain is some 20 ms long. */
const askToTheEnd = async (base: string, path: string): Promise<ReadonlyArray<Seen>> => {
  const seen: Array<Seen> = []
  const side = async () => {
    while (true) seen.push(await ask(base, path))
  }
  await Promise.allSettled(Array.from({ length: 3 }, side))
  return seen.filter(({ body }) => body.reasons?.some(({ code }) => code === "draining"))
}

const TRADE = "trade --market synthetic --speed 100 --home home --port 0"

describe("a running program", () => {
  it("answers its probes while it trades, says that the market is a demo, and names nothing that is wrong", async () => {
    const program = startProgram(scratch({}), TRADE)
    const base = await program.address()
    const ready = await until(base, "/readyz", ({ status }) => status === 200)
    assert.deepStrictEqual([ready.status, ready.body["phase"], ready.body["role"]], [
      200,
      "trading",
      "leader"
    ])
    assert.strictEqual((await ask(base, "/livez")).status, 200)
    const started = await ask(base, "/startupz")
    assert.deepStrictEqual([started.status, started.body["journal"]], [200, "open"])
    const first = await until(base, "/health", ({ status }) => status === 200)
    assert.strictEqual(first.status, 200, JSON.stringify(first.body))
    assert.strictEqual(first.body["notice"], "DEMO MARKET")
    assert.deepStrictEqual(first.body.reasons?.map(({ code }) => code), ["modelMissing"])
    const head = (seen: Seen) => (seen.body["journal"] as { readonly head: number }).head
    const later = await until(base, "/health", (seen) => head(seen) > head(first))
    assert.isAbove(head(later), head(first), "the answer is read off live state")
    assert.strictEqual((await ask(base, "/nothing")).status, 404)
  })

  it("moves its own metrics while it trades", async () => {
    const program = startProgram(scratch({}), TRADE)
    const base = await program.address()
    await program.printed(/filled|fill /i)
    const text = await (await fetch(`${base}/metrics`)).text()
    const valueOf = (series: string): number => {
      const line = text.split("\n").find((candidate) => candidate.startsWith(`${series} `))
      assert.isDefined(line, `${series} is missing in\n${text}`)
      return Number(line.slice(series.length + 1))
    }
    assert.isAbove(valueOf("daruma_decisions_total{outcome=\"hold\"}"), 0)
    assert.isAbove(valueOf("daruma_decisions_total{outcome=\"order\"}"), 0)
    assert.isAbove(valueOf("daruma_orders_total{state=\"Sending\"}"), 0)
    assert.isAbove(valueOf("daruma_orders_total{state=\"Filled\"}"), 0)
    assert.isAbove(valueOf("daruma_journal_head"), 1_200)
    assert.approximately(valueOf("daruma_equity{currency=\"JPY\"}"), 500_000, 5_000)
    assert.isBelow(valueOf("daruma_drawdown_ratio{currency=\"JPY\"}"), 0.02)
    assert.strictEqual(valueOf("daruma_naked_position_seconds"), 0)
    for (const phase of LATENCY_PHASES) {
      assert.isAbove(valueOf(`daruma_order_latency_seconds_count{phase="${phase}"}`), 0)
    }
  })

  it("SIGTERM: says that it drains, prints its report and ends with 0 within 8 s", async () => {
    // A quiet desk drains in some 20 ms, which a question may miss: the answer is waited for over a few stops.
    let draining: ReadonlyArray<Seen> = []
    for (let stop = 0; stop < 8 && draining.length === 0; stop++) {
      const program = startProgram(scratch({}), TRADE)
      const base = await program.address()
      await program.printed(/filled|fill /i)
      const asked = performance.now()
      const asking = askToTheEnd(base, "/health")
      program.kill("SIGTERM")
      draining = await asking
      assert.strictEqual(await program.ended, 0, program.output())
      assert.isBelow(performance.now() - asked, 8_000)
      assert.include(program.output(), "session ended: drained")
      assert.include(program.output(), "DEMO MARKET  Report of this run")
    }
    assert.isNotEmpty(draining, "nobody was answered while it drained")
    for (const { body, status } of draining) {
      assert.strictEqual(status, 503)
      assert.strictEqual(body["role"], "draining")
    }
  })

  it("a second start on the same home ends with 4, names the first, and leaves it trading", async () => {
    const folder = scratch({})
    const first = startProgram(folder, TRADE)
    const base = await first.address()
    const second = startProgram(folder, TRADE)
    assert.strictEqual(await second.ended, 4, second.output())
    assert.match(second.output(), /pid \d+/)
    assert.include(second.output(), "runbooks/lease-held.md")
    assert.strictEqual((await until(base, "/health", ({ status }) => status === 200)).status, 200)
  })

  it("a port that somebody chose and somebody else holds ends with 1 and says what to do", async () => {
    const other = createServer()
    await new Promise<void>((resume) => void other.listen(0, "127.0.0.1", resume))
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    const program = startProgram(scratch({}), `trade --market synthetic --home home --port ${port}`)
    assert.strictEqual(await program.ended, 1, program.output())
    assert.include(program.output(), `port ${port} on 127.0.0.1 is taken`)
  })

  it("a telemetry endpoint that is no address ends with 2 before anything is made", async () => {
    const program = startProgram(scratch({}), TRADE, { OTEL_EXPORTER_OTLP_ENDPOINT: "not an address" })
    assert.strictEqual(await program.ended, 2, program.output())
  })
})
