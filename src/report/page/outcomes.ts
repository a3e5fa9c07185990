/**
 * What became of all decisions: how many wanted a trade, what each check refused, how many orders were left.
 * In: decisions counted by outcome. Out: a funnel of three bars, then the reasons for holding and for refusing.
 * The first place to look when a strategy trades less than its author expects.
 */
import { fixed } from "../format.ts"
import type { PageModel } from "../PageModel.ts"
import { nothing, section } from "./frame.ts"
import { html } from "./markup.ts"
import type { Markup } from "./markup.ts"
import { counted, roughShare } from "./words.ts"

type Outcome = PageModel["outcomes"][number]

const outcomesSection = ({ outcomes }: PageModel): Markup => {
  const title = "Decisions"
  const sum = (rows: ReadonlyArray<Outcome>) => rows.reduce((total, { count }) => total + count, 0)
  const of = (kind: Outcome["kind"]) =>
    outcomes.filter((row) => row.kind === kind && row.count > 0).toSorted((a, b) => b.count - a.count)
  const [all, orders, refused] = [sum(outcomes), sum(of("order")), sum(of("refused"))]
  if (all === 0) return section("decisions", title, null, nothing("Nothing was decided."))
  const wanted = orders + refused
  const stage = (name: string, count: number, kind: string) =>
    html`<div class="stage ${kind}"><dt>${name}</dt><dd><i style="width:${
      ((100 * count) / all).toFixed(2)
    }%"></i><b>${fixed(count, 0)}</b> <small>${roughShare(count / all)}</small></dd></div>`
  return section(
    "decisions",
    title,
    `One at the close of every bar. Of ${counted(all, "decision")}, ${
      fixed(wanted, 0)
    } wanted a trade; the checks refused ${fixed(refused, 0)} of them.`,
    html`<dl class="funnel">${stage("Decisions", all, "all")}${stage("Wanted a trade", wanted, "wanted")}${
      stage("Became an order", orders, "order")
    }</dl><div class="pair">${
      list("What the checks refused", of("refused"), refused, "Nothing was refused.")
    }${list("Why nothing was wanted", of("hold"), sum(of("hold")), "Every decision wanted a trade.")}</div>`
  )
}

const list = (title: string, rows: ReadonlyArray<Outcome>, all: number, empty: string): Markup =>
  html`<div><h3>${title}</h3>${
    rows.length === 0
      ? nothing(empty)
      : html`<ol class="shares">${
        rows.map(({ count, words }) =>
          html`<li><span>${words}</span><b>${fixed(count, 0)}</b><small>${
            roughShare(count / all)
          }</small><i><u style="width:${((100 * count) / all).toFixed(2)}%"></u></i></li>`
        )
      }</ol>`
  }</div>`

export { outcomesSection }
