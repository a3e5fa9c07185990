/**
 * Instants as they are typed: a UTC date, or a date with a time.
 * In: text such as `2024-03-01` or `2024-03-01T12:30Z`. Out: UTC milliseconds, or undefined when it is neither.
 * By hand, because Date.parse reads a time without a zone in the machine's own, and 30 February as 1 March.
 */

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?Z?)?$/

/** Years 1970 to 9999; the calendar is checked. */
export const parseInstant = (text: string): number | undefined => {
  const found = INSTANT.exec(text.trim())
  if (found === null) return undefined
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) =>
    Number(part ?? 0)
  )
  const instant = Date.UTC(year, month - 1, day, hours, minutes, seconds)
  const said = new Date(instant)
  const holds = year >= 1970 && said.getUTCMonth() === month - 1 && said.getUTCDate() === day
    && said.getUTCHours() === hours && said.getUTCMinutes() === minutes
  return holds ? instant : undefined
}
