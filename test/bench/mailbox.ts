/**
 * How fast the mailbox is, beside Effect's own Queue in the same run: one way, capacity 1, and latency of one hop.
 * In: `node test/bench/mailbox.ts [rounds]`. Out: medians and their ratio, one line a case.
 * Not a test: figures depend on the machine, the ratio much less.
 */
import { Effect, Fiber, Queue } from "effect"
import { actor } from "../../src/supervision/Actor.ts"
import { makeMailbox } from "../../src/supervision/Mailbox.ts"

const ROUNDS = Number(process.argv[2] ?? 9)
const MESSAGES = 200_000
const HOPS = 20_000
const CHAIN = 7

const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN

/** Messages a second through an actor that only counts. */
const oneWayMailbox = (capacity: number) =>
  Effect.gen(function*() {
    const mailbox = makeMailbox<number>({ name: "sink", capacity })
    let sum = 0
    const sink = actor<number, never, never, never>({
      name: "sink",
      inbox: mailbox,
      start: Effect.succeed({
        onData: (n) => {
          sum += n
          return Effect.void
        }
      })
    })
    const fiber = yield* Effect.forkDetach(sink.run)
    const began = performance.now()
    for (let i = 0; i < MESSAGES; i += 1) yield* mailbox.tell(i)
    yield* mailbox.close
    yield* Fiber.await(fiber)
    if (sum !== MESSAGES * (MESSAGES - 1) / 2) return yield* Effect.die(new Error("messages were lost"))
    return MESSAGES / (performance.now() - began) * 1_000
  })

const oneWayQueue = (capacity: number) =>
  Effect.gen(function*() {
    const queue = yield* Queue.bounded<number>(capacity)
    let sum = 0
    const fiber = yield* Effect.forkDetach(Effect.gen(function*() {
      for (let i = 0; i < MESSAGES; i += 1) sum += yield* Queue.take(queue)
    }))
    const began = performance.now()
    for (let i = 0; i < MESSAGES; i += 1) yield* Queue.offer(queue, i)
    yield* Fiber.join(fiber)
    if (sum !== MESSAGES * (MESSAGES - 1) / 2) return yield* Effect.die(new Error("messages were lost"))
    return MESSAGES / (performance.now() - began) * 1_000
  })

/** Microseconds from one end of a chain of parked actors to the other and back to whoever told, a message at a time. */
const chainMailbox = Effect.gen(function*() {
  const boxes = Array.from(
    { length: CHAIN + 1 },
    (_, i) => makeMailbox<number>({ name: `${i}`, capacity: 16 })
  )
  const last = boxes[CHAIN] as (typeof boxes)[number]
  for (let i = 0; i < CHAIN; i += 1) {
    const [from, to] = [boxes[i] as typeof last, boxes[i + 1] as typeof last]
    const hop = actor<number, never, never, never>({
      name: from.name,
      inbox: from,
      start: Effect.succeed({ onData: (n) => Effect.asVoid(to.tell(n)) })
    })
    yield* Effect.forkDetach(hop.run, { startImmediately: true })
  }
  const first = boxes[0] as typeof last
  const waits: Array<number> = []
  for (let i = 0; i < HOPS; i += 1) {
    const began = performance.now()
    yield* first.tell(i)
    while (last.depth() === 0) yield* last.arrival
    last.further(1)
    waits.push((performance.now() - began) * 1_000)
  }
  yield* Effect.forEach(boxes, (box) => box.close)
  return median(waits)
})

const chainQueue = Effect.gen(function*() {
  const queues = yield* Effect.forEach(Array.from({ length: CHAIN + 1 }), () => Queue.bounded<number>(16))
  const last = queues[CHAIN] as (typeof queues)[number]
  const fibers: Array<Fiber.Fiber<never>> = []
  for (let i = 0; i < CHAIN; i += 1) {
    const [from, to] = [queues[i] as typeof last, queues[i + 1] as typeof last]
    fibers.push(
      yield* Effect.forkDetach(Effect.forever(Effect.flatMap(Queue.take(from), (n) => Queue.offer(to, n))))
    )
  }
  const waits: Array<number> = []
  for (let i = 0; i < HOPS; i += 1) {
    const began = performance.now()
    yield* Queue.offer(queues[0] as typeof last, i)
    yield* Queue.take(last)
    waits.push((performance.now() - began) * 1_000)
  }
  yield* Fiber.interruptAll(fibers)
  return median(waits)
})

const compare = async (
  label: string,
  unit: string,
  ours: Effect.Effect<number>,
  theirs: Effect.Effect<number>
): Promise<void> => {
  const a: Array<number> = []
  const b: Array<number> = []
  for (let round = 0; round < ROUNDS; round += 1) {
    a.push(await Effect.runPromise(ours))
    b.push(await Effect.runPromise(theirs))
  }
  const [x, y] = [median(a), median(b)]
  const show = (n: number) => n >= 1_000 ? Math.round(n).toLocaleString("en") : n.toFixed(1)
  console.log(`${label}: mailbox ${show(x)} ${unit}, queue ${show(y)} ${unit}, ratio ${(x / y).toFixed(2)}`)
}

await compare("one way, capacity 1,024", "messages/s", oneWayMailbox(1_024), oneWayQueue(1_024))
await compare("one way, capacity 1", "messages/s", oneWayMailbox(1), oneWayQueue(1))
await compare(`chain of ${CHAIN} actors`, "us a message", chainMailbox, chainQueue)
