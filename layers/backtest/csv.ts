/**
 * Rows as csv text (RFC 4180), with money as exact decimals.
 * In: rows and named columns. Out: header and one line a row, LF line ends, a final line end.
 * One place for the digits: a figure has one spelling in every file, and no float dust.
 */

export interface Column<Row> {
  readonly name: string
  readonly text: (row: Row) => string
}

export const csvText = <Row>(columns: ReadonlyArray<Column<Row>>, rows: ReadonlyArray<Row>): string =>
  [
    columns.map(({ name }) => name).join(","),
    ...rows.map((row) => columns.map(({ text }) => cell(text(row))).join(",")),
    ""
  ].join("\n")

/** A field, quoted where csv needs it. */
export const cell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text

/**
 * A figure that was an integer of `scale` digits, as that exact decimal without trailing zeros; below 2^52 units of the
 * last digit the float still knows each of them. Means and sums of floats are rounded to the same digits.
 */
export const decimal = (value: number, scale: number): string => {
  const text = value.toFixed(scale)
  const short = scale === 0 ? text : text.replace(/\.?0+$/, "")
  return short === "-0" ? "0" : short
}

/** The same, empty when there is none. */
export const decimalOrEmpty = (value: number | null, scale: number): string =>
  value === null ? "" : decimal(value, scale)

/** `2024-03-01T12:34:00.000Z`. */
export const iso = (instant: number): string => new Date(instant).toISOString()
