/**
 * Questions about an opened page, asked inside the browser.
 * In: the document. Out: plain answers; an empty list means that nothing is wrong.
 * Each is JavaScript text on its own, because it runs there and knows nothing of this file.
 */

/** CSS pixels by which the page is wider than a screen of `width`; a phone's own widths grow with what overflows. */
export const overflow = (width: number): string => `document.documentElement.scrollWidth - ${width}`

/** Names of the charts without a visible box. */
export const hiddenCharts = `[...document.querySelectorAll("svg[role=img]")].filter((chart) => {
  const { height, width } = chart.getBoundingClientRect()
  return width < 150 || height < 100
}).map((chart) => chart.getAttribute("aria-labelledby"))`

/** Words that a broken number leaves behind, where a person reads them. */
export const brokenWords = `(document.body.innerText.match(/\\b(NaN|Infinity|undefined|null)\\b/g) ?? [])`

/** Texts whose contrast with what lies behind them is below 4.5, each with its contrast. */
export const faintTexts = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const colourOf = (css) => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = css
    canvas.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1]
  const behind = (element) => {
    if (element === null) return [255, 255, 255, 1]
    const own = colourOf(getComputedStyle(element).backgroundColor)
    return own[3] === 1 ? own : over(own, behind(element.parentElement))
  }
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((part) => {
      const share = part / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const faint = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.trim()
    const element = walker.currentNode.parentElement
    if (words === "" || element.closest("svg, script, [hidden]") || element.getClientRects().length === 0) continue
    const back = behind(element)
    const style = getComputedStyle(element)
    const [one, two] = [light(over(colourOf(style.color), back)), light(back)]
    const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)
    if (contrast < 4.5) faint.push(words + " " + contrast.toFixed(2))
    if (parseFloat(style.fontSize) < 11) faint.push(words + " " + style.fontSize)
  }
  return [...new Set(faint)]
})()`
