/**
 * How tables, cards and lists look, and what changes on a narrow screen and on paper.
 * In: the names of colours.ts. Out: CSS text.
 * Apart from style.ts because a reader looks for one or the other.
 */

export const TABLES = `
.scroll { overflow-x: auto; margin-top: 0.75rem; }
table { border-collapse: collapse; font-size: 0.8125rem; width: 100%; }
th, td { padding: 0.35rem 0.6rem; text-align: right; font-weight: 400; white-space: nowrap; }
thead th { color: var(--quiet); font-size: 0.75rem; }
.months { border-spacing: 2px; border-collapse: separate; table-layout: fixed; min-width: 48rem; }
.months th, .months td { padding: 0.4rem 0.3rem; text-align: center; }
.months tbody th, .months thead th:first-child { text-align: left; font-weight: 600; }
.months td { border-radius: 0.2rem; color: var(--ink); }
.months td.gain { background: color-mix(in srgb, var(--gain-fill) calc(var(--heat) * 55%), var(--paper)); }
.months td.loss { background: color-mix(in srgb, var(--loss-fill) calc(var(--heat) * 55%), var(--paper)); }
.months td.total { background: none; font-weight: 600; }
.figures th, .figures td { padding-block: 0.26rem; }
.figures th:first-child { padding-left: 0; }
.figures :is(th, td):last-child { padding-right: 0.2rem; }
.figures th[scope="row"] { text-align: left; white-space: normal; }
.figures thead th:first-child { text-align: left; }
.figures tbody tr, .trades tbody tr { border-top: 1px solid var(--rule); }
.figures sup { font-size: 0.6875rem; line-height: 0; margin-left: 0.15rem; }
.figures sup a { text-decoration: none; }
.notes { margin-top: 1rem; font-size: 0.8125rem; color: var(--quiet); list-style: decimal; padding-left: 1.4rem;
  columns: 2; column-gap: 2.5rem; }
.notes li:target { color: var(--ink); }
.cards { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.75rem 2.5rem; margin-top: 1rem; }
.stack { display: flex; height: 0.75rem; gap: 1px; border-radius: 0.2rem; overflow: hidden; background: var(--grid); }
.stack i { min-width: 1px; }
.stack .buy, .key.buy { background: var(--gain-fill); }
.stack .sell, .key.sell { background: var(--loss-fill); }
.stack .hold, .key.hold { background: var(--idle); }
.stack .silent, .key.silent { background: repeating-linear-gradient(45deg, var(--mute) 0 2px, transparent 2px 4px); }
.counts { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); margin-top: 0.5rem; font-size: 0.8125rem; }
.counts dt { color: var(--quiet); font-size: 0.75rem; display: flex; align-items: center; gap: 0.35rem; }
.counts .key { width: 0.6rem; height: 0.6rem; border: 0; border-radius: 0.1rem; }
.counts dd { font-weight: 600; }
.counts small { margin-left: 0.4rem; }
.reasons { margin-top: 0.5rem; font-size: 0.8125rem; color: var(--quiet); }
.reasons li { display: flex; justify-content: space-between; gap: 1rem; padding: 0.12rem 0; }
.reasons b { color: var(--ink); font-weight: 400; }
.reasons span, .shares span { overflow-wrap: anywhere; }
.funnel { display: grid; gap: 0.4rem; margin-top: 1rem; font-size: 0.8125rem; }
.stage { display: grid; grid-template-columns: 9rem minmax(0, 1fr); align-items: center; }
.stage dd { display: grid; grid-template-columns: minmax(0, 1fr) 5rem 3.5rem; align-items: center; gap: 0.5rem; text-align: right; }
.stage i { height: 1.1rem; min-width: 2px; background: var(--mute); border-radius: 0.15rem; }
.stage.wanted i { background: var(--kept); }
.stage.order i { background: var(--ours); }
.stage b { font-weight: 600; }
.shares { display: grid; gap: 0.35rem; font-size: 0.8125rem; }
.shares li { display: grid; grid-template-columns: minmax(0, 1fr) auto 3.5rem; gap: 0 0.6rem; text-align: right; }
.shares span { text-align: left; }
.shares b { font-weight: 600; }
.shares i { grid-column: 1 / -1; height: 3px; background: var(--grid); border-radius: 2px; margin-top: 0.15rem; }
.shares u { display: block; height: 3px; min-width: 2px; background: var(--mute); border-radius: 2px; }
.rows { max-height: 36rem; overflow: auto; border-block: 1px solid var(--rule); }
.trades thead th { position: sticky; top: 0; background: var(--paper); z-index: 1; box-shadow: 0 1px 0 var(--rule); }
.trades tfoot th, .trades tfoot td { position: sticky; bottom: 0; background: var(--paper); font-weight: 600;
  box-shadow: 0 -1px 0 var(--rule); }
.trades tbody tr:hover { background: var(--grid); }
.trades tr.chosen, .trades tbody tr.chosen:hover { background: var(--care); }
.trades td:nth-last-child(n + 8), .trades th:nth-last-child(n + 8) { text-align: left; }
.trades .g, .trades .g + td { color: var(--gain); }
.trades .l, .trades .l + td { color: var(--loss); }
.trades td:first-child, .trades thead th:first-child { text-align: right; }
.trades tbody tr { cursor: default; }
.scripted .trades tbody tr { cursor: pointer; }
.trades tfoot th { text-align: left; }
.trades th button { all: unset; cursor: pointer; }
.trades th button:hover { color: var(--ink); text-decoration: underline; }
.trades th button:focus-visible { outline: 2px solid var(--link); }
.trades th[aria-sort="ascending"] button::after { content: " ▲"; }
.trades th[aria-sort="descending"] button::after { content: " ▼"; }
.tools { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; margin-top: 0.75rem; font-size: 0.8125rem; }
.tools input, .tools select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--mute);
  border-radius: 0.3rem; padding: 0.3rem 0.5rem; }
.tools output { color: var(--quiet); }
summary { cursor: pointer; margin-top: 0.75rem; color: var(--link); font-size: 0.875rem; }
.open { margin-top: 1.5rem; font-size: 0.8125rem; }
.facts { display: grid; margin-top: 0.75rem; font-size: 0.8125rem; }
.facts div { display: grid; grid-template-columns: 12rem minmax(0, 1fr); gap: 0 1rem; padding: 0.35rem 0;
  border-top: 1px solid var(--rule); }
.facts dt { color: var(--quiet); }
.facts dd { overflow-wrap: anywhere; user-select: all; -webkit-user-select: all; }
`

/** Rules for a screen of up to 45 rem, and for paper. */
export const NARROW = `
@media (max-width: 45rem) {
  main { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.375rem; }
  section { margin-top: 2.25rem; }
  .tiles dl, .cards, .pair { grid-template-columns: minmax(0, 1fr); }
  .tiles dl { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .tile { padding: 0.7rem 0.8rem; }
  .tile dd { font-size: 1.25rem; }
  .tall .view, .y.tall, .middle .view, .y.middle { height: 15rem; }
  .frame { grid-template-columns: minmax(0, 1fr) 3.7rem; }
  .y span { left: 0.4rem; }
  .spare { display: none; }
  .x .early { transform: none; }
  .x, .y { font-size: 0.6875rem; }
  .zooms:has([value="4"]:checked) .spare, .zooms:has([value="16"]:checked) .spare { display: inline; }
  .legend { gap: 0.1rem 1rem; }
  .notes { columns: 1; }
  .trades :is(th, td):last-child { position: sticky; right: 0; background: var(--paper); padding-left: 0.75rem; }
  .trades tr.chosen td:last-child { background: var(--care); }
  .trades thead th:last-child, .trades tfoot td:last-child { z-index: 2; }
  .tools input, .tools select { flex: 1 1 8rem; min-width: 0; }
  .stage { grid-template-columns: minmax(0, 1fr); }
  .figures { font-size: 0.75rem; }
  .figures th, .figures td { padding-inline: 0.3rem; }
  .facts div { grid-template-columns: minmax(0, 1fr); }
  .months { min-width: 0; }
  .months, .months tbody { display: block; }
  .months thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .months tr { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 2px; margin-bottom: 1rem; }
  .months tbody th { grid-column: 1 / 4; grid-row: 1; padding: 0.2rem 0; }
  .months td.total { grid-column: 4; grid-row: 1; padding: 0.2rem; }
  .months td:not(.total)::before { content: attr(data-name); display: block; font-size: 0.6875rem; opacity: 0.85; }
  .months td.none { display: none; }
  .counts small { display: block; margin: 0; }
}
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  nav, .zoom, .tools, summary { display: none; }
  .rows { max-height: none; overflow: visible; }
  .trades { font-size: 6.5pt; }
  .trades th, .trades td { position: static; padding: 0.1rem 0.2rem; }
  figure, .card, .care, tr { break-inside: avoid; }
  h2, h3, .lede { break-after: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
