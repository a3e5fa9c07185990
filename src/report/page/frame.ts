/**
 * What all charts share: a heading, a legend, a plot with its grid, and words at the edges that keep their size on any screen.
 * In: axes and what is drawn in the plot. Out: a figure; lines are stretched with it, words and markers are not.
 * The words are HTML placed in per cent: text inside a scaled SVG would be unreadable on a phone.
 */
import type { Tick, TimeAxis, ValueAxis } from "./axis.ts"
import { html, raw } from "./markup.ts"
import type { Markup, Piece } from "./markup.ts"
import { GRID_HEIGHT, GRID_WIDTH } from "./path.ts"

export interface Chart {
  /** Unique in the page: a letter first, then letters, digits and hyphens. */
  readonly id: string
  readonly title: string
  /** What the chart shows, in sentences with its main figures: for those who cannot see it. */
  readonly description: string
  readonly legend: Markup | null
  readonly size: "tall" | "middle" | "low"
  readonly across: ReadonlyArray<Tick>
  readonly up: ReadonlyArray<Tick>
  readonly drawn: Piece
  /** For charts over time: what the crosshair needs to find a place, and which lines of which values it follows. */
  readonly time: Timed | null
  /** Whether it can be widened. */
  readonly zoom: boolean
}

export interface Timed {
  readonly x: TimeAxis
  readonly y: ValueAxis
  /** Name of the packed values; its first `lines` lines have a dot, the first `told` are told. */
  readonly values: string
  readonly lines: number
  readonly told: number
}

/** A section of the page. */
const section = (id: string, title: string, lede: Piece, body: Piece): Markup =>
  html`<section id="${id}"><h2>${title}</h2>${
    lede === null ? null : html`<p class="lede">${lede}</p>`
  }${body}</section>`

/** A chart with everything around it. */
const figure = (chart: Chart): Markup => {
  const { id, zoom } = chart
  return html`<figure class="chart${zoom ? " zooms" : ""}" id="${id}-chart"><figcaption>${
    zoom ? zoomChoice(id) : null
  }${chart.legend}</figcaption><div class="frame"><div class="pan"><div class="plot ${chart.size}"${
    place(chart)
  }><div class="view"><svg role="img" aria-labelledby="${id}-t" aria-describedby="${id}-d"><title id="${id}-t">${chart.title}</title><desc id="${id}-d">${chart.description}</desc>${
    grid(chart)
  }${chart.drawn}</svg></div><div class="x" aria-hidden="true">${
    chart.across.map(acrossTick)
  }</div></div></div>${edge(chart.up, chart.size)}</div></figure>`
}

/** Lines and areas of `path.ts`, stretched over the plot; strokes keep their width. */
const stretched = (...drawn: ReadonlyArray<Piece>): Markup =>
  html`<svg width="100%" height="100%" viewBox="0 0 ${GRID_WIDTH} ${GRID_HEIGHT}" preserveAspectRatio="none">${drawn}</svg>`

const path = (kind: string, d: string): Markup => html`<path class="${kind}" d="${raw(d)}"/>`

/** A share of the plot in per cent, as short as a pixel needs. */
const percent = (share: number): string => `${Number((share * 100).toFixed(2))}%`

/** An entry of a legend: its sample drawn as the line is, its name, its figures. */
const legendItem = (kind: string, name: string, figures: Piece): Markup =>
  html`<li>${sample(kind)}<span>${name}</span>${figures === null ? null : html` <b>${figures}</b>`}</li>`

/** Classes of the markers and names of their shapes: thousands of them stand in a page, so they are short. */
const ENTRY = "e"
const EXIT = "o"

/** Markers are shown by their own shape, lines and areas by a stroke. */
const sample = (kind: string): Markup =>
  kind === ENTRY || kind === EXIT
    ? html`<svg class="key ${kind}" viewBox="-6 -6 12 12" aria-hidden="true"><use href="#${kind}" y="${
      kind === ENTRY ? -6 : 6
    }"/></svg>`
    : html`<i class="key ${kind}"></i>`

const legend = (...items: ReadonlyArray<Piece>): Markup => html`<ul class="legend">${items}</ul>`

/** Words for a part of the page that has nothing to show. */
const nothing = (words: string): Markup => html`<p class="nothing">${words}</p>`

const zoomChoice = (id: string): Markup =>
  html`<div class="zoom" role="group" aria-label="Width of the chart">${
    ["1", "4", "16"].map((times) =>
      html`<label><input type="radio" name="${id}-zoom" value="${times}"${
        raw(times === "1" ? " checked" : "")
      }><span>${times}×</span></label>`
    )
  }</div>`

const grid = ({ across, up }: Chart): Markup =>
  html`<g class="grid">${
    up.map(({ place }) =>
      html`<line class="flat" x1="0" x2="100%" y1="${percent(place)}" y2="${percent(place)}"/>`
    )
  }${
    across.filter(({ level }) => level === 1).map(({ place, spare }) =>
      html`<line${spare ? html` class="spare"` : null} x1="${percent(place)}" x2="${
        percent(place)
      }" y1="0" y2="100%"/>`
    )
  }</g>`

const edge = (up: ReadonlyArray<Tick>, size: Chart["size"]): Markup =>
  html`<div class="y ${size}" aria-hidden="true">${
    up.map(({ place, words }) => html`<span style="top:${percent(place)}">${words}</span>`)
  }</div>`

const acrossTick = ({ level, place, spare, words }: Tick): Markup =>
  html`<span class="l${level}${spare ? " spare" : ""}${
    place < 0.02 ? " first" : place < 0.06 ? " early" : place > 0.975 ? " last" : ""
  }" style="left:${percent(place)}">${words}</span>`

const place = ({ time }: Chart): Piece => {
  if (time === null) return null
  const { lines, told, values, x, y } = time
  return html` data-chart="${values}" data-lines="${lines}" data-told="${told}" data-from="${x.from}" data-to="${x.to}" data-low="${y.low}" data-high="${y.high}" data-log="${
    y.log ? 1 : 0
  }"`
}

export { ENTRY, EXIT, figure, legend, legendItem, nothing, path, percent, section, stretched }
