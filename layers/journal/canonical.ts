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
  /** Names in the order in which the object has them. */
  readonly keys: ReadonlyArray<string>
  readonly sorted: ReadonlyArray<string>
  /** `"name":` of each sorted name, escaped. */
  readonly labels: ReadonlyArray<string>
}

// Records of one kind have one list of keys: it is sorted once. Found by first key, then compared whole.
const shapes = new Map<string, Array<Shape>>()
const MAX_ALIKE = 16

const shapeOf = (value: object): Shape => {
  const keys = Object.keys(value)
  const first = keys[0] ?? ""
  const alike = shapes.get(first) ?? []
  for (const shape of alike) if (sameKeys(shape.keys, keys)) return shape
  const sorted = keys.toSorted()
  const shape = { keys, sorted, labels: sorted.map((key) => `${JSON.stringify(key)}:`) }
  // The bounds only guard against objects whose keys are data.
  if (alike.length < MAX_ALIKE && shapes.size < 64 * MAX_ALIKE) shapes.set(first, [...alike, shape])
  return shape
}

const sameKeys = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean => {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

const objectText = (value: object, omit: string | undefined): string => {
  const { labels, sorted } = shapeOf(value)
  const fields = value as Readonly<Record<string, unknown>>
  let out = "{"
  for (let index = 0; index < sorted.length; index++) {
    const key = sorted[index] as string
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

// Printable ASCII without quote and backslash needs no escape.
const PLAIN = /^[ !#-[\]-~]*$/

const text = (value: unknown): string => {
  switch (typeof value) {
    case "string":
      return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value)
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
