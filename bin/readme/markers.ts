/**
 * Marked blocks of a document: `<!-- begin NAME -->`, lines that a program makes, `<!-- end NAME -->`.
 * In: a document, blocks by name. Out: the names it asks for; the document with its blocks replaced.
 * Apart from what is put there, so that a test can show both ends without running anything.
 */

const MARKER = /^<!-- (begin|end) ([a-z-]+) -->$/

/** The names of a document's blocks, in order. Throws when a marker has no partner. */
const namesIn = (text: string): ReadonlyArray<string> => {
  const names: Array<string> = []
  let open: string | null = null
  for (const line of text.split("\n")) {
    const [, kind, name = ""] = MARKER.exec(line) ?? []
    if (kind === undefined) continue
    if (kind === "begin" ? open !== null : open !== name) throw new Error(`"${line}" has no partner`)
    open = kind === "begin" ? name : null
    if (kind === "begin") names.push(name)
  }
  if (open !== null) throw new Error(`"<!-- begin ${open} -->" has no partner`)
  return names
}

/** The document with every block's text replaced by that of its name; all else stays, byte for byte. */
const withBlocks = (text: string, blocks: ReadonlyMap<string, string>): string => {
  const lines: Array<string> = []
  let inside = false
  for (const line of text.split("\n")) {
    const [, kind, name = ""] = MARKER.exec(line) ?? []
    if (kind === "end") {
      inside = false
      lines.push("", line)
    } else if (!inside) lines.push(line)
    if (kind !== "begin") continue
    inside = true
    lines.push("", ...(blocks.get(name) ?? "").trimEnd().split("\n"))
  }
  return lines.join("\n")
}

export { namesIn, withBlocks }
