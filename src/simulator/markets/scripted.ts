/**
 * Markets written down in words, for tests of rules and for documents: `calm 60; up 10 by 3%; gap 4; crash 20%`.
 * In: a start, a bar length and a script. Out: the candles it says, in order, exactly.
 * Pure and without chance: who reads the script knows every price.
 */
import type { Candle } from "../../domain/Candle.ts"

/** Where a scripted market begins. */
export interface ScriptedOptions {
  /** Quote units of the first open. */
  readonly startPrice: number
  /** Open time of the first bar, UTC milliseconds. */
  readonly startTime: number
  readonly baseMillis: number
  /** Quote units between two prices. */
  readonly tick: number
  /** Base units traded in a bar. */
  readonly volume: number
}

/**
 * The candles of a script: steps separated by `;` or line ends, each a word, a count of bars (1 if left out) and, where the
 * word moves the price, `by` a percentage. `flat` no movement; `calm` 0.1 % up and down in turn; `up`, `down` in equal steps;
 * `crash`, `rally` the same in one bar; `spike`, `dip` out and back within a bar; `gap` that many bars missing, then a bar
 * that opens `by` higher or lower (0 % if left out); `silent` no movement, no volume; `nan` prices that are no numbers.
 * Throws RangeError on a step it cannot read.
 */
export const scriptedMarket = (options: ScriptedOptions, script: string): ReadonlyArray<Candle> => {
  const writer: Writer = {
    options,
    candles: [],
    openTime: options.startTime,
    price: options.startPrice,
    turn: 1
  }
  for (const line of script.split(/[;\n]/)) {
    const step = line.trim()
    if (step !== "") write(writer, stepOf(step))
  }
  return writer.candles
}

interface Step {
  readonly word: string
  readonly bars: number
  /** Share of the price, signed as written. */
  readonly by: number
}

interface Writer {
  readonly options: ScriptedOptions
  readonly candles: Array<Candle>
  openTime: number
  price: number
  /** Direction of the next calm bar. */
  turn: 1 | -1
}

/** What each word does; the second column says how a percentage is used. */
const WORDS: Readonly<
  Record<
    string,
    { readonly moves: "never" | "always" | "maybe"; readonly write: (writer: Writer, step: Step) => void }
  >
> = {
  flat: { moves: "never", write: (writer, step) => repeat(writer, step, () => 0) },
  calm: {
    moves: "never",
    write: (writer, step) =>
      repeat(writer, step, () => {
        writer.turn = writer.turn === 1 ? -1 : 1
        return writer.turn === -1 ? 0.001 : -0.001 / 1.001
      })
  },
  up: { moves: "always", write: (writer, step) => ramp(writer, step, step.by) },
  down: { moves: "always", write: (writer, step) => ramp(writer, step, -step.by) },
  rally: { moves: "always", write: (writer, step) => repeat(writer, step, () => step.by) },
  crash: { moves: "always", write: (writer, step) => repeat(writer, step, () => -step.by) },
  spike: { moves: "always", write: (writer, step) => excursion(writer, step, step.by) },
  dip: { moves: "always", write: (writer, step) => excursion(writer, step, -step.by) },
  gap: { moves: "maybe", write: (writer, step) => gap(writer, step) },
  silent: { moves: "never", write: (writer, step) => repeat(writer, step, () => 0, 0) },
  nan: { moves: "never", write: (writer, step) => unreadable(writer, step) }
}

const stepOf = (text: string): Step => {
  const parts = /^([a-z]+)(?:\s+(\d+))?(?:\s+(?:by\s+)?(-?\d+(?:\.\d+)?)%)?$/.exec(text)
  const word = parts?.[1] ?? ""
  const rule = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined
  const percent = parts?.[3]
  const bars = Number(parts?.[2] ?? 1)
  if (rule === undefined || bars < 1) throw new RangeError(`scripted market: "${text}" is no step`)
  if (rule.moves === "always" && percent === undefined) {
    throw new RangeError(`scripted market: "${text}" says not by how much`)
  }
  if (rule.moves === "never" && percent !== undefined) {
    throw new RangeError(`scripted market: "${text}" cannot move the price`)
  }
  return { word, bars, by: Number(percent ?? 0) / 100 }
}

const write = (writer: Writer, step: Step): void => WORDS[step.word]?.write(writer, step)

const repeat = (writer: Writer, step: Step, share: () => number, volume = writer.options.volume): void => {
  for (let bar = 0; bar < step.bars; bar++) {
    const open = writer.price
    const close = toTick(writer, open * (1 + share()))
    push(writer, { open, high: Math.max(open, close), low: Math.min(open, close), close, volume })
  }
}

const ramp = (writer: Writer, step: Step, share: number): void => {
  const start = writer.price
  for (let bar = 1; bar <= step.bars; bar++) {
    const open = writer.price
    const close = toTick(writer, start * (1 + share * bar / step.bars))
    push(writer, {
      open,
      high: Math.max(open, close),
      low: Math.min(open, close),
      close,
      volume: writer.options.volume
    })
  }
}

const excursion = (writer: Writer, step: Step, share: number): void => {
  for (let bar = 0; bar < step.bars; bar++) {
    const open = writer.price
    const far = toTick(writer, open * (1 + share))
    push(writer, {
      open,
      high: Math.max(open, far),
      low: Math.min(open, far),
      close: open,
      volume: writer.options.volume
    })
  }
}

const gap = (writer: Writer, step: Step): void => {
  writer.openTime += step.bars * writer.options.baseMillis
  const open = toTick(writer, writer.price * (1 + step.by))
  push(writer, { open, high: open, low: open, close: open, volume: writer.options.volume })
}

// The price stays where it was: nobody learns a price from such a bar.
const unreadable = (writer: Writer, step: Step): void => {
  const price = writer.price
  for (let bar = 0; bar < step.bars; bar++) {
    push(writer, { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN })
    writer.price = price
  }
}

const push = (writer: Writer, bar: Pick<Candle, "open" | "high" | "low" | "close" | "volume">): void => {
  const { baseMillis } = writer.options
  const text = `${bar.open},${bar.high},${bar.low},${bar.close},${bar.volume}`
  writer.candles.push({ openTime: writer.openTime, closeTime: writer.openTime + baseMillis, ...bar, text })
  writer.openTime += baseMillis
  writer.price = bar.close
}

const toTick = (writer: Writer, price: number): number => {
  const { tick } = writer.options
  return Number((Math.max(1, Math.round(price / tick)) * tick).toPrecision(15))
}
