/**
 * One way to write a value as text, so that equal rows have equal bytes.
 * In: plain data. Out: JSON without spaces, keys sorted, undefined fields left out.
 * Here, by hand, because it runs for every row: it must be fast, and it must refuse what JSON would silently turn into null.
 */

/** Thrown for NaN, infinities, functions and the like; `path` says where it stood. */
export class NotCanonical extends Error {
  override readonly name = "NotCanonical"
}

/** Canonical JSON of a value; `omit` leaves out that field of the outermost object. */
const canonicalJson = (value: unknown, omit?: string): string => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return objectText(value, omit)
  return text(value)
}

interface Shape {
  readonly names: ReadonlyArray<string>
  /** `"name":` of each, escaped. */
  readonly labels: ReadonlyArray<string>
}

// Records of one kind have one list of keys: it is sorted once. The bound only guards against keys that are data.
const shapes = new Map<string, Shape>()
const MAX_SHAPES = 1_024

const shapeOf = (value: object): Shape => {
  const keys = Object.keys(value)
  const name = keys.join("\n")
  const known = shapes.get(name)
  if (known !== undefined) return known
  const names = keys.sort()
  const shape = { names, labels: names.map((key) => `${JSON.stringify(key)}:`) }
  if (shapes.size < MAX_SHAPES) shapes.set(name, shape)
  return shape
}

const objectText = (value: object, omit: string | undefined): string => {
  const { labels, names } = shapeOf(value)
  const fields = value as Readonly<Record<string, unknown>>
  let out = "{"
  for (let index = 0; index < names.length; index++) {
    const key = names[index] as string
    const field = fields[key]
    if (field === undefined || key === omit) continue
    if (out.length > 1) out += ","
    out += (labels[index] as string) + text(field)
  }
  return out + "}"
}

const arrayText = (values: ReadonlyArray<unknown>): string => {
  let out = "["
  for (let index = 0; index < values.length; index++) {
    if (index > 0) out += ","
    out += text(values[index])
  }
  return out + "]"
}

const text = (value: unknown): string => {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value)
    case "number":
      if (!Number.isFinite(value)) throw new NotCanonical(`${value} is no finite number`)
      return String(value)
    case "boolean":
      return value ? "true" : "false"
    case "object":
      if (value === null) return "null"
      return Array.isArray(value) ? arrayText(value) : objectText(value, undefined)
    default:
      throw new NotCanonical(`a ${typeof value} has no text`)
  }
}

export { canonicalJson }
