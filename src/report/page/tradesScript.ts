/**
 * The part of the page's script that sorts and filters the trades, and marks a chosen one in every chart.
 * In: the rows of the table as they stand in the page. Out: script text.
 * It reads the table instead of data of its own, so that it can never say anything else than the page does.
 */

export const TRADES = String.raw`
const table = document.querySelector(".trades")
const keys = table ? [...table.querySelectorAll("thead th")].map((head) => head.dataset.key) : []
const column = (key) => keys.indexOf(key)
const numberOf = (text) => Number(text.replace(/[,%+\s]/g, ""))
const rows = table
  ? [...table.tBodies[0].rows].map((element) => {
    const text = (key) => column(key) < 0 ? "" : element.cells[column(key)].textContent
    const chart = values.markets.length === 1 ? "price-1" : "price-" + (values.markets.indexOf(text("market")) + 1)
    return {
      element, chart, text,
      entry: Date.parse(text("entry").replace(" ", "T") + "Z"),
      exit: Date.parse(text("exit").replace(" ", "T") + "Z"),
      words: element.textContent.toLowerCase(),
      won: numberOf(text("profit")) > 0
    }
  })
  : []
const nearTrades = (chart, instant) => {
  if (!chart.id.startsWith("price-")) return []
  const reach = (chart.instant(1) - chart.instant(0)) * 5 / chart.layer.clientWidth
  const found = []
  for (const row of rows) {
    if (row.chart !== chart.id) continue
    const [opens, closes] = row.text("side") === "long" ? ["Bought", "Sold"] : ["Sold short", "Bought back"]
    if (Math.abs(row.entry - instant) <= reach) found.push({ name: "▲ " + opens, words: row.text("entryPrice") })
    if (Math.abs(row.exit - instant) <= reach) {
      found.push({ name: "▽ " + closes, words: row.text("exitPrice") + " (" + row.text("share") + ")" })
    }
    if (found.length > 4) break
  }
  return found.length > 4 ? [...found.slice(0, 3), { name: "… and more", words: "" }] : found
}
const choose = (row, note) => {
  for (const old of document.querySelectorAll(".cross s")) old.remove()
  for (const { element } of rows) element.classList.remove("chosen")
  note.replaceChildren()
  if (row === null) return
  row.element.classList.add("chosen")
  for (const chart of charts) {
    if (chart.id.startsWith("price-") && chart.id !== row.chart) continue
    const band = make("s", "", chart.layer)
    const [left, right] = [chart.x(row.entry), chart.x(row.exit)]
    band.style.left = left * 100 + "%"
    band.style.width = (right - left) * 100 + "%"
    const { pan } = chart
    pan.scrollLeft = (left + right) / 2 * pan.scrollWidth - pan.clientWidth / 2
  }
  note.append("Trade " + row.text("number") + " is marked in the charts: ")
  const link = make("a", "", note)
  link.href = "#" + row.chart
  link.textContent = "show"
}
const sortBy = (key, descending) => {
  const textual = ["market", "strategy", "side", "reason", "entry", "exit"].includes(key)
  const compare = textual
    ? (a, b) => a.text(key) < b.text(key) ? -1 : a.text(key) > b.text(key) ? 1 : 0
    : (a, b) => numberOf(a.text(key)) - numberOf(b.text(key))
  const sorted = rows.toSorted((a, b) => descending ? compare(b, a) : compare(a, b))
  table.tBodies[0].append(...sorted.map(({ element }) => element))
}
if (table) {
  document.body.classList.add("scripted")
  const tools = make("div", "tools")
  const search = make("input", "", tools)
  search.type = "search"
  search.placeholder = "Filter: strategy, side, date …"
  search.setAttribute("aria-label", "Filter trades by words")
  const which = make("select", "", tools)
  which.setAttribute("aria-label", "Which trades")
  for (const [value, words] of [["all", "All"], ["won", "Winners"], ["lost", "Losers and even"]]) {
    which.append(new Option(words, value))
  }
  const count = make("output", "", tools)
  const note = make("output", "", tools)
  table.closest(".rows").before(tools)
  const filter = () => {
    const wanted = search.value.toLowerCase().split(/\s+/)
    let shown = 0
    for (const { element, won, words } of rows) {
      const right = which.value === "all" || (which.value === "won") === won
      element.hidden = !(right && wanted.every((word) => words.includes(word)))
      if (!element.hidden) shown += 1
    }
    count.textContent = shown === rows.length ? "" : grouped(shown, 0) + " of " + grouped(rows.length, 0)
  }
  search.addEventListener("input", filter)
  which.addEventListener("change", filter)
  const heads = [...table.querySelectorAll("thead th")]
  for (const head of heads) {
    const button = make("button")
    button.type = "button"
    button.append(...head.childNodes)
    head.append(button)
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending"
      for (const other of heads) other.removeAttribute("aria-sort")
      head.setAttribute("aria-sort", descending ? "descending" : "ascending")
      sortBy(head.dataset.key, descending)
    })
  }
  let chosen = null
  const pick = (row) => {
    chosen = row === chosen ? null : row
    choose(chosen, note)
  }
  table.tBodies[0].addEventListener("click", (event) => {
    const element = event.target.closest("tr")
    pick(rows.find((row) => row.element === element) ?? null)
  })
  table.closest(".rows").addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (step === undefined || event.target.closest("button")) return
    event.preventDefault()
    const seen = [...table.tBodies[0].rows].filter((element) => !element.hidden)
    const now = chosen === null ? -1 : seen.indexOf(chosen.element)
    const next = seen[Math.min(seen.length - 1, Math.max(0, now + step))]
    if (!next || next === chosen?.element) return
    pick(rows.find((row) => row.element === next) ?? null)
    next.scrollIntoView({ block: "nearest" })
  })
}
`
