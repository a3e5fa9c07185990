/**
 * How the page looks: type, distances, charts, tables, a narrow screen and paper.
 * In: the names of colours.ts. Out: the text of its one style element.
 * Sizes are in rem and per cent: nothing depends on the width of a screen but the few rules at the end.
 */
import { COLOURS } from "./colours.ts"
import { NARROW, TABLES } from "./tableStyle.ts"

const TYPE = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.5;
  font: 0.9375rem/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 70rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h2 { font-size: 1.125rem; line-height: 1.3; }
h3 { font-size: 0.875rem; line-height: 1.4; margin-bottom: 0.5rem; overflow-wrap: anywhere; }
small { font-size: 0.75rem; color: var(--quiet); font-weight: 400; }
a { color: var(--link); text-underline-offset: 0.15em; }
code { font: 0.8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  overflow-wrap: anywhere; }
.gain, .loss { white-space: nowrap; }
.gain { color: var(--gain); }
.loss { color: var(--loss); }
.absent { color: var(--quiet); }
.brand { display: flex; align-items: center; gap: 0.45rem; font-size: 0.8125rem; color: var(--quiet);
  margin-bottom: 0.75rem; }
.brand span { color: var(--ink); font-weight: 600; letter-spacing: 0.01em; }
.mark { width: 1.35rem; height: 1.35rem; }
.period { color: var(--quiet); margin-top: 0.35rem; font-size: 0.875rem; }
.period span { margin: 0 0.2rem; }
.notices { margin-top: 1.25rem; display: grid; gap: 0.2rem; }
.notices li { padding-left: 1rem; position: relative; font-size: 0.8125rem; overflow-wrap: anywhere; }
.notices li:not(.loud)::before { content: "–"; position: absolute; left: 0; color: var(--quiet); }
.notices .loud { background: var(--notice); color: var(--notice-ink); border: 0; border-radius: 0.35rem;
  padding: 0.55rem 0.9rem; font-size: 0.875rem; font-weight: 600; margin-bottom: 0.4rem; }
section { margin-top: 3rem; scroll-margin-top: 1rem; }
.lede { color: var(--quiet); font-size: 0.8125rem; max-width: 46rem; margin-top: 0.25rem; }
.nothing { color: var(--quiet); padding: 1.25rem 0; }
nav { margin-top: 2rem; border-block: 1px solid var(--rule); }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; padding: 0.4rem 0; font-size: 0.8125rem; }
nav a { display: block; padding: 0.25rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
`

const TOP = `
.tiles { margin-top: 1.5rem; }
.tiles dl { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); border: 1px solid var(--rule);
  border-radius: 0.5rem; background: var(--rule); gap: 1px; overflow: hidden; }
.tile { background: var(--card); padding: 0.9rem 1.1rem 0.95rem; min-width: 0; }
.tile dt { font-size: 0.8125rem; color: var(--quiet); }
.tile dd { font-size: 1.5rem; line-height: 1.25; font-weight: 600; letter-spacing: -0.015em; overflow-wrap: anywhere; }
.tile small { display: block; letter-spacing: 0; line-height: 1.35; margin-top: 0.2rem; }
.care { margin-top: 1rem; background: var(--care); border-left: 3px solid var(--care-edge); border-radius: 0.25rem;
  padding: 0.9rem 1.1rem; font-size: 0.875rem; }
.care h2 { font-size: 0.9375rem; margin-bottom: 0.35rem; }
.care ul { display: grid; gap: 0.3rem; }
.care li { padding-left: 1.1rem; position: relative; }
.care li::before { content: "!"; position: absolute; left: 0.15rem; font-weight: 700; }
.calm { background: none; border-left-color: var(--rule); color: var(--quiet); }
`

const CHARTS = `
.shapes { position: absolute; }
.chart { margin-top: 0.75rem; }
figcaption { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.4rem 1rem;
  flex-direction: row-reverse; margin-bottom: 0.6rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.25rem; font-size: 0.8125rem; flex: 1 1 16rem; }
.legend li { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.4rem; }
.legend .aside { display: block; color: var(--quiet); }
.key { display: inline-block; width: 1.1rem; height: 0; border-top: 2px solid var(--ink); flex: none; }
.key.ours { border-color: var(--ours); }
.key.kept { border-top: 1px solid var(--kept); }
.key.price { border-color: var(--price); }
svg.key { width: 0.9rem; height: 0.9rem; border: 0; overflow: visible; }
.key.winning { border-color: var(--gain); }
.key.losing { border-top: 2px dotted var(--loss); }
.key.won, .key.lost { width: 0.6rem; height: 0.6rem; border-radius: 50%; border: 2px solid var(--gain); background: var(--gain); }
.key.lost { border-color: var(--loss); background: none; }
.frame { display: grid; grid-template-columns: minmax(0, 1fr) 4.4rem; }
.pair .frame { grid-template-columns: minmax(0, 1fr) 3.2rem; }
.pan { min-width: 0; }
.plot { position: relative; padding-bottom: 1.5rem; }
.view > svg { display: block; width: 100%; height: 100%; overflow: visible; }
.view svg svg { overflow: hidden; }
.tall .view, .y.tall { height: 20rem; }
.middle .view, .y.middle { height: 18rem; }
.low .view, .y.low { height: 10.5rem; }
.fitted { overflow: hidden; }
.fitted .view { overflow: hidden; }
.fitted .grid .flat { display: none; }
.fitted .y span::before { content: ""; position: absolute; right: 100%; top: 50%; width: 100rem; margin-right: 0.6rem;
  border-top: 1px solid var(--grid); }
.fitted .pan { position: relative; }
.grid line { stroke: var(--grid); shape-rendering: crispEdges; }
.line { fill: none; stroke-width: 1.9; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.line.ours { stroke: var(--ours); }
.line.kept { stroke: var(--kept); stroke-width: 1; }
.line.price { stroke: var(--price); stroke-width: 1.1; }
.level { fill: none; stroke: var(--mute); stroke-width: 1; vector-effect: non-scaling-stroke; }
.fall { fill: var(--wash); }
.range { fill: var(--range); }
.span { fill: none; stroke: var(--gain); stroke-width: 1.4; vector-effect: non-scaling-stroke; }
.span.losing { stroke: var(--loss); stroke-dasharray: 1.5 2.5; }
.entries { fill: var(--mute); }
.thinned { display: none; }
.zooms:has([value="4"]:checked) .thinned, .zooms:has([value="16"]:checked) .thinned { display: inline; }
.zooms:has([value="4"]:checked) .entries, .zooms:has([value="16"]:checked) .entries { display: none; }
.tight { --mark: 0.5; }
.zooms:has([value="16"]:checked) .tight:not(.tightest) { --mark: 1; }
.shape { transform: scale(var(--mark, 1)); }
.e { fill: var(--gain); stroke: var(--paper); stroke-width: 0.75; }
.o { fill: var(--paper); stroke: var(--loss); stroke-width: 1.4; }
.bars .gain { fill: var(--gain-fill); }
.bars .loss { fill: var(--loss-fill); }
.won circle, .lost circle { r: 3px; }
.won { fill: var(--gain); fill-opacity: 0.65; }
.lost { fill: none; stroke: var(--loss); stroke-width: 1.2; stroke-opacity: 0.85; }
.x, .y { font-size: 0.75rem; line-height: 1; color: var(--quiet); }
.x span { position: absolute; bottom: 0.1rem; transform: translateX(-50%); white-space: nowrap; }
.x .first { transform: none; }
.x .last { transform: translateX(-100%); }
.x .l2, .x .l3 { display: none; }
.y { position: relative; }
.y span { position: absolute; left: 0.6rem; transform: translateY(-50%); white-space: nowrap; }
.zooms .pan { overflow-x: auto; overflow-y: hidden; scrollbar-width: thin; padding-top: 0.5rem; margin-top: -0.5rem; }
.zoom { display: flex; font-size: 0.75rem; border: 1px solid var(--rule); border-radius: 0.35rem; overflow: hidden; }
.zoom input { position: absolute; opacity: 0; pointer-events: none; }
.zoom span { display: block; padding: 0.2rem 0.65rem; cursor: pointer; color: var(--quiet); }
.zoom input:checked + span { background: var(--ink); color: var(--paper); }
.zoom input:focus-visible + span { outline: 2px solid var(--link); outline-offset: -2px; }
.zooms:has([value="4"]:checked) .plot { width: 400%; }
.zooms:has([value="16"]:checked) .plot { width: 1600%; }
.zooms:has([value="4"]:checked) .l2, .zooms:has([value="16"]:checked) :is(.l2, .l3) { display: inline; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.5rem 2.5rem; margin-top: 1rem; }
.cross { position: absolute; inset: 0 0 1.5rem; cursor: crosshair; touch-action: pan-y; }
.zooms:has([value="4"]:checked) .cross, .zooms:has([value="16"]:checked) .cross { touch-action: auto; }
.cross i { position: absolute; top: 0; bottom: 0; border-left: 1px solid var(--quiet); pointer-events: none; }
.cross u { position: absolute; width: 7px; height: 7px; margin: -3.5px; border-radius: 50%; background: var(--ink);
  border: 1px solid var(--paper); pointer-events: none; }
.cross s { position: absolute; top: 0; bottom: 0; min-width: 2px; background: var(--care-edge); opacity: 0.25;
  pointer-events: none; }
.tip { position: absolute; top: 0.25rem; z-index: 2; background: var(--card); border: 1px solid var(--rule);
  border-radius: 0.35rem; box-shadow: 0 2px 10px #0002; padding: 0.4rem 0.6rem; font-size: 0.75rem; line-height: 1.45;
  pointer-events: none; white-space: nowrap; }
.tip b { display: block; font-weight: 600; }
.tip span { display: flex; justify-content: space-between; gap: 1rem; }
[hidden] { display: none !important; }
`

/** One rule a line, without the spaces that only a reader of this file needs. */
export const STYLE = [COLOURS, TYPE, TOP, CHARTS, TABLES, NARROW].join("").replace(/\n\s*/g, "\n").trim()
