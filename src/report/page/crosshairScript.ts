/**
 * The part of the page's script that follows the pointer over charts and shows the values of that instant in all of them.
 * In: the packed values (chartData.ts) and the data attributes of each plot. Out: script text.
 * Plain text, because it runs in the reader's browser and nowhere here; `page.slow.test.ts` drives it in one.
 */

export const CROSSHAIR = String.raw`
const values = JSON.parse(document.getElementById("values").textContent)
const make = (name, kind, parent) => {
  const element = document.createElement(name)
  if (kind) element.className = kind
  if (parent) parent.append(element)
  return element
}
const grouped = (value, places) => {
  const [whole, rest] = Math.abs(value).toFixed(places).split(".")
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? "." + rest : "")
  return (value < 0 && /[1-9]/.test(text) ? "-" : "") + text
}
const minuteOf = (instant) => new Date(instant).toISOString().slice(0, 16).replace("T", " ")
const sums = (steps) => {
  let sum = 0
  return steps.map((step) => sum += step)
}
const nearest = (sorted, wanted) => {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low > 0 && wanted - sorted[low - 1] < sorted[low] - wanted ? low - 1 : low
}
const charts = [...document.querySelectorAll("[data-chart]")].map((plot) => {
  const { chart: id, from, high, lines: dotted, log, low, to, told } = plot.dataset
  const scale = log === "1" ? Math.log : (value) => value
  const [bottom, top] = [scale(Number(low)), scale(Number(high))]
  const packed = values.charts[id]
  const at = sums(packed.at).map((step) => step * packed.every)
  const lines = packed.lines.slice(0, told).map((line) => ({ ...line, values: sums(line.steps).map((sum) => sum / 10 ** line.places) }))
  const layer = make("div", "cross", plot)
  layer.tabIndex = 0
  layer.setAttribute("role", "group")
  layer.setAttribute("aria-label", plot.querySelector("title").textContent + ": the arrow keys show values")
  const tip = make("div", "tip", layer)
  tip.hidden = true
  const pan = plot.parentElement
  return {
    id, plot, pan, layer, tip, at, lines, dotted,
    view: { top: 0, bottom: 1 },
    edge: pan.nextElementSibling,
    labels: [...pan.nextElementSibling.childNodes],
    value: (share) => (log === "1" ? Math.exp : (value) => value)(top - share * (top - bottom)),
    x: (instant) => (instant - from) / (to - from),
    y: (value) => (top - scale(value)) / (top - bottom),
    instant: (share) => Number(from) + share * (to - from)
  }
})
const clear = () => {
  for (const { layer, tip } of charts) {
    tip.hidden = true
    for (const old of layer.querySelectorAll("i, u")) old.remove()
  }
}
const show = (instant, spoken) => {
  clear()
  for (const chart of charts) {
    if (chart.at.length === 0) continue
    const index = nearest(chart.at, instant)
    const share = Math.min(1, Math.max(0, chart.x(chart.at[index])))
    const left = share * 100 + "%"
    make("i", "", chart.layer).style.left = left
    const tip = chart.tip
    tip.replaceChildren()
    tip.setAttribute("aria-live", spoken === chart ? "polite" : "off")
    make("b", "", tip).textContent = minuteOf(chart.at[index]) + " UTC"
    const row = (name, words) => {
      const line = make("span", "", tip)
      make("span", "", line).textContent = name
      make("span", "", line).textContent = words
    }
    chart.lines.forEach((line, place) => {
      const value = line.values[index]
      row(line.name, grouped(value, line.places) + " " + line.unit)
      if (place >= chart.dotted) return
      const dot = make("u", "", chart.layer)
      dot.style.left = left
      dot.style.top = (chart.y(value) - chart.view.top) / (chart.view.bottom - chart.view.top) * 100 + "%"
    })
    for (const { name, words } of nearTrades(chart, chart.at[index])) row(name, words)
    const pan = chart.pan.getBoundingClientRect()
    const box = chart.layer.getBoundingClientRect()
    tip.hidden = false
    const cross = share * box.width
    const beside = box.left + cross > pan.left + pan.width / 2 ? cross - tip.offsetWidth - 10 : cross + 10
    const most = Math.min(pan.right, document.documentElement.clientWidth - 4) - box.left - tip.offsetWidth
    tip.style.left = Math.max(pan.left - box.left, Math.min(beside, most)) + "px"
  }
}
for (const chart of charts) {
  let last = null
  const follow = (event) => {
    const box = chart.layer.getBoundingClientRect()
    last = chart.instant((event.clientX - box.left) / box.width)
    show(last, null)
  }
  chart.layer.addEventListener("pointermove", follow)
  chart.layer.addEventListener("pointerdown", follow)
  // A finger leaves at once; what it asked for stays until it touches something else.
  chart.layer.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") clear()
  })
  chart.layer.addEventListener("blur", clear)
  chart.layer.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key]
    if (event.key === "Escape") clear()
    if (step === undefined || chart.at.length === 0) return
    event.preventDefault()
    const index = last === null ? chart.at.length - 1 : nearest(chart.at, last) + step
    last = chart.at[Math.min(chart.at.length - 1, Math.max(0, index))]
    show(last, chart)
  })
}
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest(".cross")) clear()
})
// A widened chart is as high as what is seen of it: labels and lines are placed anew.
const fit = (chart) => {
  const { at, edge, lines, pan, plot } = chart
  const svg = plot.querySelector("svg")
  const wide = pan.scrollWidth > pan.clientWidth + 1 && at.length > 0
  edge.parentElement.classList.toggle("fitted", wide)
  chart.view = { top: 0, bottom: 1 }
  svg.style.height = svg.style.transform = ""
  if (!wide) return edge.replaceChildren(...chart.labels)
  const first = nearest(at, chart.instant(pan.scrollLeft / pan.scrollWidth))
  const last = nearest(at, chart.instant((pan.scrollLeft + pan.clientWidth) / pan.scrollWidth))
  const seen = lines.flatMap((line) => line.values.slice(first, last + 1))
  const [high, low] = [chart.y(Math.max(...seen)), chart.y(Math.min(...seen))]
  const room = (low - high) * 0.15 || 0.02
  const { bottom, top } = chart.view = { top: high - room, bottom: low + room }
  svg.style.height = 100 / (bottom - top) + "%"
  svg.style.transform = "translateY(" + -top * 100 + "%)"
  const [least, most] = [chart.value(bottom), chart.value(top)]
  const power = 10 ** Math.floor(Math.log10((most - least) / 4))
  const step = [1, 2, 5, 10].find((times) => times * power >= (most - least) / 4) * power
  const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  edge.replaceChildren()
  for (let value = Math.ceil(least / step) * step; value <= most; value += step) {
    const label = make("span", "", edge)
    label.textContent = grouped(value, places)
    label.style.top = (chart.y(value) - top) / (bottom - top) * 100 + "%"
  }
}
for (const choice of document.querySelectorAll(".zoom input")) {
  choice.addEventListener("change", () => {
    const pan = choice.closest("figure").querySelector(".pan")
    const middle = Number(pan.dataset.middle || 0.5)
    pan.scrollLeft = middle * pan.scrollWidth - pan.clientWidth / 2
    charts.filter((chart) => chart.pan === pan).forEach(fit)
  })
}
for (const pan of document.querySelectorAll(".zooms .pan")) {
  pan.addEventListener("scroll", () => {
    clear()
    charts.filter((chart) => chart.pan === pan).forEach(fit)
    pan.dataset.middle = (pan.scrollLeft + pan.clientWidth / 2) / pan.scrollWidth
  })
}
`
