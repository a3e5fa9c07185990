/**
 * HTML as a value that cannot be mistaken for text: whatever is put into it is escaped.
 * In: template pieces. Out: `Markup`, whose text goes into the page as it is.
 * Here because a file name or an instrument comes from outside and must never run (a page is opened from the disk).
 */

/** Text that is already HTML. Made only by `html`, `joined` and `raw`. */
export interface Markup {
  readonly markup: string
}

export type Piece = string | number | Markup | null | ReadonlyArray<Piece>

/** `` html`<p>${words}</p>` ``: strings and numbers are escaped, null is nothing, lists are written one after another. */
const html = (strings: TemplateStringsArray, ...pieces: ReadonlyArray<Piece>): Markup => ({
  markup: strings.map((text, index) => text + written(pieces[index] ?? null)).join("")
})

/** The pieces with `between` between them. */
const joined = (pieces: ReadonlyArray<Piece>, between: string): Markup => ({
  markup: pieces.map(written).join(escaped(between))
})

/** Text of this room that is HTML, CSS or a path already; never something that came from a model. */
const raw = (markup: string): Markup => ({ markup })

/** For text and for attributes in quotes, whichever quotes. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "")

/** A value as JSON inside a script element of type application/json: nothing in it can end the element. */
const jsonText = (value: unknown): Markup => raw(JSON.stringify(value).replaceAll("<", "\\u003c"))

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\"": "&quot;",
  "'": "&#39;"
}

const written = (piece: Piece): string => {
  if (piece === null) return ""
  if (typeof piece === "string") return escaped(piece)
  if (typeof piece === "number") return String(piece)
  return "markup" in piece ? piece.markup : piece.map(written).join("")
}

export { escaped, html, joined, jsonText, raw }
