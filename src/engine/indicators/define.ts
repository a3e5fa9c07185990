/**
 * Makes an indicator from its recipe: parameters, warm-up, and how one bar is folded.
 * In: a recipe, one beside each formula. Out: a definition for the registry, which makes indicators, which make states.
 * Here once: checking of parameters, canonical names, refusal of broken bars, snapshots.
 */
import { checksumOfText } from "../checksum.ts"
import { invariant } from "../invariant.ts"
import type { Definition, Indicator, IndicatorState, PriceBar, Problem } from "./Indicator.ts"
import { Memory } from "./Memory.ts"
import { describeParameter, parseValue } from "./parameters.ts"
import type { Parameters, ValuesOf } from "./parameters.ts"

/** Folds one bar and writes every output into `out`, NaN while undefined. */
export type Step = (bar: PriceBar, out: Float64Array) => void

type Reach = "all" | "window" | number

export interface Recipe<P extends Parameters> {
  readonly name: string
  readonly also?: ReadonlyArray<string>
  readonly words: string
  readonly formula: string
  readonly origin: string
  /** Numbers first: their order is the order between the parentheses. */
  readonly parameters: P
  readonly outputs?: ReadonlyArray<string>
  /** Which bars count: all, those since `warmup` bars ago, or so many of the newest. */
  readonly reach: Reach | ((values: ValuesOf<P>) => Reach)
  /** First 0-based bar at which every output is defined. */
  readonly warmup: (values: ValuesOf<P>) => number
  /** What is wrong with parameters that are right one by one. */
  readonly rule?: (values: ValuesOf<P>) => string | undefined
  /** Takes its cells from `memory` and keeps nothing elsewhere. */
  readonly build: (memory: Memory, values: ValuesOf<P>) => Step
}

const define = <const P extends Parameters>(recipe: Recipe<P>): Definition => {
  const { formula, name, origin, parameters, words } = recipe
  const described = Object.entries(parameters).map(([key, parameter]) => describeParameter(key, parameter))
  return {
    name,
    also: recipe.also ?? [],
    words,
    formula,
    origin,
    usage: described.length === 0 ? name : `${name}(${described.join(", ")})`,
    outputs: recipe.outputs ?? [name],
    of: (positional, named) => {
      const values = chosen(name, parameters, positional, named)
      if ("problem" in values) return values
      // Every key of `parameters` is there, each checked by its own kind.
      const known = values.values as ValuesOf<P>
      const broken = recipe.rule?.(known)
      return broken === undefined ? indicatorFrom(recipe, known) : { problem: `${name}: ${broken}` }
    }
  }
}

type Values = Readonly<Record<string, number | string>>

const chosen = (
  name: string,
  parameters: Parameters,
  positional: ReadonlyArray<string>,
  named: ReadonlyMap<string, string>
): { readonly values: Values } | Problem => {
  const keys = Object.keys(parameters)
  const numbers = keys.filter((key) => parameters[key]?.kind !== "choice")
  if (positional.length > numbers.length) {
    const all = numbers.length === 0 ? "no numbers" : `at most ${numbers.length}: ${numbers.join(", ")}`
    return { problem: `${name} takes ${all}` }
  }
  const texts = new Map(positional.map((text, index) => [numbers[index]!, text]))
  for (const [key, text] of named) {
    if (!keys.includes(key)) {
      return { problem: `${name} has no parameter "${key}"; it has ${keys.join(", ") || "none"}` }
    }
    if (texts.has(key)) return { problem: `${name}: ${key} is given twice` }
    texts.set(key, text)
  }
  const values: Record<string, number | string> = {}
  for (const key of keys) {
    const parameter = parameters[key]!
    const text = texts.get(key)
    const parsed = text === undefined ? { value: parameter.fallback } : parseValue(parameter, text)
    if ("wrong" in parsed) return { problem: `${name}: ${key} ${parsed.wrong}` }
    values[key] = parsed.value
  }
  return { values }
}

const indicatorFrom = <P extends Parameters>(recipe: Recipe<P>, values: ValuesOf<P>): Indicator => {
  const { name } = recipe
  const outputs = recipe.outputs ?? [name]
  const id = idOf(name, recipe.parameters, values)
  const warmup = recipe.warmup(values)
  const fingerprint = fingerprintOf(`${id}|${recipe.formula}`)
  return {
    id,
    name,
    parameters: values,
    outputs,
    columns: outputs.length === 1 ? [id] : outputs.map((output) => `${id}.${output}`),
    warmup,
    reach: reachOf(typeof recipe.reach === "function" ? recipe.reach(values) : recipe.reach, warmup),
    make: () => {
      const memory = new Memory()
      const newest = memory.take(outputs.length, NaN)
      return new RunningIndicator(memory, newest, recipe.build(memory, values), fingerprint)
    }
  }
}

const reachOf = (reach: Reach, warmup: number): number => {
  if (typeof reach === "number") return reach
  return reach === "all" ? Infinity : warmup + 1
}

const idOf = (name: string, parameters: Parameters, values: Values): string => {
  const parts = Object.entries(parameters).flatMap(([key, parameter]) => {
    if (parameter.kind !== "choice") return [String(values[key])]
    return values[key] === parameter.fallback ? [] : [`${key}=${values[key]}`]
  })
  return parts.length === 0 ? name : `${name}(${parts.join(",")})`
}

/** 48 bits of a checksum: a whole number that float64 holds exactly. */
const fingerprintOf = (text: string): number => Number.parseInt(checksumOfText(text).slice(0, 12), 16)

class RunningIndicator implements IndicatorState {
  readonly values: Float64Array
  private readonly memory: Memory
  private readonly fold: Step
  private readonly fingerprint: number

  constructor(memory: Memory, newest: Float64Array, fold: Step, fingerprint: number) {
    this.memory = memory
    this.values = newest
    this.fold = fold
    this.fingerprint = fingerprint
  }

  step(bar: PriceBar): void {
    const sum = bar.openTime + bar.open + bar.high + bar.low + bar.close + bar.volume
    invariant(sum - sum === 0, "an indicator is fed finite numbers")
    this.fold(bar, this.values)
  }

  snapshot(): ReadonlyArray<number> {
    return [this.fingerprint, ...this.memory.snapshot()]
  }

  restore(snapshot: ReadonlyArray<number>): void {
    invariant(snapshot[0] === this.fingerprint, "a snapshot returns to the indicator it was taken from")
    this.memory.restore(snapshot.slice(1))
  }

  reset(): void {
    this.memory.reset()
  }
}

export { define }
