/**
 * What each strategy said, how often and mainly why: a silent or one-sided strategy shows here first.
 * In: counts of votes and their reasons. Out: a card a strategy with a bar, its counts and its commonest reasons.
 * Numbers stand beside every bar: the interesting parts are often too thin to be seen.
 */
import { fixed } from "../format.ts"
import type { FunnelRow, PageModel } from "../PageModel.ts"
import { nothing, section } from "./frame.ts"
import { html } from "./markup.ts"
import type { Markup } from "./markup.ts"
import { roughShare } from "./words.ts"

const votesSection = ({ votes }: PageModel): Markup =>
  section(
    "votes",
    "Votes",
    "Each strategy's answers, one a decision. Silent means that it had no answer, for example while its indicators warmed up.",
    votes.length === 0
      ? nothing("No strategy was asked.")
      : html`<div class="cards">${votes.map(card)}</div>`
  )

const SIDES = [
  ["buy", "Buy"],
  ["sell", "Sell"],
  ["hold", "Hold"],
  ["silent", "Silent"]
] as const

const card = (row: FunnelRow): Markup => {
  const all = SIDES.reduce((sum, [side]) => sum + row[side], 0)
  const share = (count: number) => all === 0 ? 0 : count / all
  return html`<article class="card"><h3>${row.name}</h3><div class="stack" aria-hidden="true">${
    SIDES.filter(([side]) => row[side] > 0).map(([side]) =>
      html`<i class="${side}" style="flex-grow:${row[side]}"></i>`
    )
  }</div><dl class="counts">${
    SIDES.map(([side, name]) =>
      html`<div><dt><i class="key ${side}"></i>${name}</dt><dd>${fixed(row[side], 0)}<small>${
        roughShare(share(row[side]))
      }</small></dd></div>`
    )
  }</dl>${
    row.reasons.length === 0
      ? null
      : html`<ol class="reasons">${
        row.reasons.slice(0, SHOWN).map(({ count, words }) =>
          html`<li><span>${words}</span><b>${fixed(count, 0)}</b></li>`
        )
      }</ol>`
  }</article>`
}

/** Reasons listed a strategy. */
const SHOWN = 5

export { votesSection }
