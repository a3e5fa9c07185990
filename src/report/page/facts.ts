/**
 * What was run on what: enough to run it again and to see that it was the same.
 * In: labels and values. Out: a list at the end of the page whose values are selected with one click.
 * At the end, because it is looked up, not read.
 */
import type { PageModel } from "../PageModel.ts"
import { section } from "./frame.ts"
import { html } from "./markup.ts"
import type { Markup } from "./markup.ts"

const factsSection = ({ facts }: PageModel): Markup =>
  section(
    "facts",
    "Facts",
    "The same fingerprint means the same trades, the same decisions and the same equity, day by day.",
    html`<dl class="facts">${
      facts.map(([label, value]) =>
        html`<div><dt>${label}</dt><dd>${isCode(value) ? html`<code>${value}</code>` : value}</dd></div>`
      )
    }</dl>`
  )

/** Hashes and the like: one long word with a digit in it. */
const isCode = (value: string): boolean => value.length >= 16 && !value.includes(" ") && /\d/.test(value)

export { factsSection }
