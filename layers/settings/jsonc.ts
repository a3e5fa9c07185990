/**
 * JSON with comments and trailing commas, read strictly and with line numbers.
 * In: the text of a settings file. Out: leaves by dotted path with their line, or the line and column of the first mistake.
 * Our own because a settings error must name its line, and because a key written twice must not silently win.
 */

export interface Entry {
  readonly path: string
  readonly value: unknown
  readonly line: number
}

export type Parsed =
  | { readonly _tag: "Entries"; readonly entries: ReadonlyArray<Entry> }
  | { readonly _tag: "Malformed"; readonly line: number; readonly column: number; readonly words: string }

/** Deeper settings than this are a mistake. */
const MAX_DEPTH = 16

/** Reads one object; arrays stay whole values, an empty object is an entry of its own so that it can be judged. */
export const parseJsonc = (text: string): Parsed => {
  const reader: Reader = {
    text: text.startsWith("\uFEFF") ? text.slice(1) : text,
    at: 0,
    entries: [],
    mistake: undefined
  }
  skip(reader)
  if (reader.text[reader.at] !== "{") mistake(reader, "a settings file is one object in braces")
  else {
    readObject(reader, "", 0)
    skip(reader)
    if (reader.at < reader.text.length) mistake(reader, "something follows the closing brace")
  }
  if (reader.mistake === undefined) return { _tag: "Entries", entries: reader.entries }
  return { _tag: "Malformed", ...position(reader.text, reader.mistake.at), words: reader.mistake.words }
}

interface Reader {
  readonly text: string
  at: number
  readonly entries: Array<Entry>
  mistake: { readonly at: number; readonly words: string } | undefined
}

// The first mistake is kept and reading jumps to the end, so that every loop stops.
const mistake = (reader: Reader, words: string): void => {
  reader.mistake ??= { at: Math.min(reader.at, reader.text.length), words }
  reader.at = reader.text.length
}

const position = (text: string, at: number): { readonly line: number; readonly column: number } => {
  const before = text.slice(0, at)
  return { line: before.split("\n").length, column: at - before.lastIndexOf("\n") }
}

const skip = (reader: Reader): void => {
  const blank = /(?:[ \t\r\n]+|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
  blank.lastIndex = reader.at
  blank.exec(reader.text)
  reader.at = blank.lastIndex
}

const readObject = (reader: Reader, prefix: string, depth: number): void => {
  if (depth > MAX_DEPTH) return mistake(reader, `more than ${MAX_DEPTH} levels deep`)
  const seen = new Set<string>()
  const start = reader.at
  reader.at += 1
  skip(reader)
  while (reader.at < reader.text.length && reader.text[reader.at] !== "}") {
    const keyAt = reader.at
    const name = readScalar(reader)
    if (typeof name !== "string" || reader.text[keyAt] !== "\"") {
      reader.at = reader.mistake === undefined ? keyAt : reader.at
      return mistake(reader, "a key in double quotes is expected")
    }
    if (seen.has(name)) {
      reader.at = keyAt
      return mistake(reader, `${name} is written twice`)
    }
    if (name.includes(".")) {
      reader.at = keyAt
      return mistake(reader, `${name}: groups are written as objects inside each other`)
    }
    seen.add(name)
    skip(reader)
    if (reader.text[reader.at] !== ":") return mistake(reader, `a colon is expected after ${name}`)
    reader.at += 1
    skip(reader)
    readMember(reader, prefix === "" ? name : `${prefix}.${name}`, depth)
    skip(reader)
    if (reader.text[reader.at] === ",") reader.at += 1
    else if (reader.text[reader.at] !== "}") {
      return mistake(reader, "a comma or the closing brace is expected")
    }
    skip(reader)
  }
  if (reader.text[reader.at] !== "}") return mistake(reader, "the file ends before its closing brace")
  reader.at += 1
  if (seen.size === 0 && prefix !== "") {
    reader.entries.push({ path: prefix, value: {}, line: position(reader.text, start).line })
  }
}

const readMember = (reader: Reader, path: string, depth: number): void => {
  const start = reader.at
  if (reader.text[start] === "{") return readObject(reader, path, depth + 1)
  const value = reader.text[start] === "[" ? readArray(reader, depth + 1) : readScalar(reader)
  if (reader.mistake === undefined) {
    reader.entries.push({ path, value, line: position(reader.text, start).line })
  }
}

// No setting is a list, so a list only has to be read past and refused by name.
const readArray = (reader: Reader, depth: number): ReadonlyArray<unknown> => {
  const items: Array<unknown> = []
  if (depth > MAX_DEPTH) mistake(reader, `more than ${MAX_DEPTH} levels deep`)
  reader.at += 1
  skip(reader)
  while (reader.at < reader.text.length && reader.text[reader.at] !== "]") {
    items.push(reader.text[reader.at] === "[" ? readArray(reader, depth + 1) : readScalar(reader))
    skip(reader)
    if (reader.text[reader.at] === ",") reader.at += 1
    else if (reader.text[reader.at] !== "]") mistake(reader, "a comma or the closing bracket is expected")
    skip(reader)
  }
  reader.at += 1
  return items
}

const SCALAR =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

const readScalar = (reader: Reader): unknown => {
  SCALAR.lastIndex = reader.at
  const found = SCALAR.exec(reader.text)
  if (found === null) {
    mistake(reader, "a value is expected: text in double quotes, a number, true, false or null")
    return undefined
  }
  reader.at = SCALAR.lastIndex
  return JSON.parse(found[0])
}
