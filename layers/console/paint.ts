/**
 * Colours, or none.
 * In: whether colours are wanted, and what the terminal and the environment allow. Out: a function that paints words.
 * One place, so that a pipe, --no-color and NO_COLOR never see an escape sequence.
 */

export type Colour = "red" | "green" | "yellow" | "cyan" | "dim" | "bold"
export type Paint = (colour: Colour, words: string) => string

const CODES: Readonly<Record<Colour, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 }

/** True only on a terminal, without --no-color, and without a non-empty NO_COLOR (no-color.org). */
export const mayPaint = (
  options: { readonly wanted: boolean; readonly terminal: boolean; readonly noColor: string | undefined }
): boolean => options.wanted && options.terminal && (options.noColor ?? "") === ""

export const painter = (colours: boolean): Paint =>
  colours ? (colour, words) => `\u001b[${CODES[colour]}m${words}\u001b[0m` : (_, words) => words
