/**
 * One journal row in plain words: candle, votes, verdict, order, fill, trouble.
 * In: a row, the instrument's scales, a painter. Out: lines, or none for rows that only concern machines.
 * Pure; what follows from rows (position, equity) is worded in accountLines.ts.
 */
import { DECISION_REASONS } from "../../src/domain/decisionReasons.ts"
import type { DecisionRecord } from "../../src/domain/Decision.ts"
import type { JournalEvent, JournalRow } from "../../src/domain/Event.ts"
import type { Instrument } from "../../src/domain/Instrument.ts"
import type { Order } from "../../src/domain/Order.ts"
import type { Colour, Paint } from "./paint.ts"
import { decimal, minute, percent, score } from "./numbers.ts"

export interface Words {
  readonly instrument: Instrument
  readonly paint: Paint
  /** Close of the bar before, for the change; null on the first. */
  readonly previousClose: number | null
}

/** How much a row matters: `quiet` output shows only `attention`. */
export interface RowLines {
  readonly lines: ReadonlyArray<string>
  readonly attention: boolean
}

const SILENT: RowLines = { lines: [], attention: false }
const said = (...lines: ReadonlyArray<string>): RowLines => ({ lines, attention: false })
const alarming = (...lines: ReadonlyArray<string>): RowLines => ({ lines, attention: true })

export const rowLines = (row: JournalRow, words: Words): RowLines => {
  const { event } = row
  const { paint } = words
  switch (event._tag) {
    case "CandleClosed":
      return said(candleLine(event, words))
    case "DecisionMade":
      return said(...decisionLines(event.record, paint))
    case "OrderSending":
      return said(indent("order", orderWords(event.order, words.instrument)))
    case "OrderAccepted":
      return said(indent("accepted", `${legOf(event.intentId)} by the venue as ${event.venueOrderId}`))
    case "VenueReported":
      return reportLines(event.report, words)
    case "ProtectionChecked":
      return event.state === "uncovered"
        ? alarming(indent("protection", paint("red", "the position has no live stop")))
        : SILENT
    case "CandleSeeded":
    case "DecisionClosed":
      return SILENT
    default:
      return troubleLines(event, paint)
  }
}

const LABEL = 11
export const indent = (label: string, words: string): string => `  ${label.padEnd(LABEL)} ${words}`

const candleLine = (
  event: Extract<JournalEvent, { readonly _tag: "CandleClosed" }>,
  words: Words
): string => {
  const [, , , close = "?", volume = "?"] = event.text.split(",")
  const change = words.previousClose === null ? "" : `  ${percent(Number(close) / words.previousClose - 1)}`
  const gap = event.gapBars === 0 ? "" : words.paint("yellow", `  ${event.gapBars} bars missing before it`)
  return `${minute(event.closeTime)}  ${words.instrument.symbol}  close ${grouped(close)}${change}  volume ${
    grouped(volume)
  }${gap}`
}

// Text as received, only grouped: no digit is added or lost.
const grouped = (text: string): string =>
  text.replace(
    /^(-?)(\d+)/,
    (_, sign: string, whole: string) => sign + whole.replace(/\B(?=(\d{3})+$)/g, ",")
  )

const SIDES: Readonly<Record<string, Colour>> = { buy: "green", sell: "red", hold: "dim", silent: "dim" }

const decisionLines = (record: DecisionRecord, paint: Paint): ReadonlyArray<string> => {
  const votes = record.votes.map((vote) =>
    `${vote.strategy} ${paint(SIDES[vote.side] ?? "dim", vote.side)}${
      vote.confidence > 0 ? ` ${score(vote.confidence)}` : ""
    }`
  )
  const because = DECISION_REASONS[record.reason].words
  const mode = record.mode === "rules" ? "rules only" : "with model"
  const wanted = record.side === "hold" ? "hold" : `${record.side} ${score(record.tally.score)}`
  const risk = record.riskScore === null ? "" : `, risk ${score(record.riskScore)}`
  const verdict = record.verdict === "None" ? "" : ` -> ${record.verdict}`
  return [
    ...(votes.length === 0 ? [] : [indent("votes", votes.join(", "))]),
    indent("verdict", `${paint(verdictColour(record), wanted + verdict)}: ${because} (${mode}${risk})`)
  ]
}

const verdictColour = (record: DecisionRecord): Colour =>
  record.verdict === "Refused" ? "yellow" : record.order === null ? "dim" : SIDES[record.side] ?? "bold"

/** `entry buy 0.001 BTC at market, stop 11,900,000, target 12,200,000 (ATRBased, bootstrap)`. */
export const orderWords = (order: Order, instrument: Instrument): string => {
  const price = (scaled: number | null) => scaled === null ? "" : decimal(scaled, instrument.priceScale)
  const how = order.type === "market"
    ? "at market"
    : order.type === "limit"
    ? `at ${price(order.price)}`
    : `when ${price(order.trigger)} trades`
  const plan = order.plannedStop === null
    ? ""
    : `, stop ${price(order.plannedStop)}, target ${price(order.plannedTarget)}`
  const edge = order.edge === null ? "" : `, ${order.edge === "none" ? "no edge shown" : order.edge}`
  return `${order.leg} ${order.side} ${
    decimal(order.amount, instrument.amountScale)
  } ${instrument.base} ${how}${plan} (${order.strategy}${edge})`
}

const legOf = (intentId: string): string =>
  intentId.slice(intentId.lastIndexOf("#") + 1).split(".")[0] ?? intentId

const reportLines = (
  report: Extract<JournalEvent, { readonly _tag: "VenueReported" }>["report"],
  { instrument, paint }: Words
): RowLines => {
  const money = (scaled: number) => `${decimal(scaled, instrument.priceScale)} ${instrument.quote}`
  if (report._tag === "InterestCharged") return said(indent("interest", money(report.amount)))
  if (report._tag === "Canceled") {
    return said(
      indent(
        "canceled",
        `${legOf(report.intentId)}: ${report.words}, ${
          decimal(report.remaining, instrument.amountScale)
        } ${instrument.base} unfilled`
      )
    )
  }
  const side = paint(SIDES[report.side] ?? "bold", report.side)
  const part = report.complete ? "" : ", in part"
  return said(indent(
    "fill",
    `${legOf(report.intentId)} ${side} ${
      decimal(report.amount, instrument.amountScale)
    } ${instrument.base} at ${decimal(report.price, instrument.priceScale)}, fee ${money(report.fee)}${part}`
  ))
}

const troubleLines = (event: JournalEvent, paint: Paint): RowLines => {
  switch (event._tag) {
    case "OrderDenied":
      return alarming(
        indent("denied", paint("yellow", `${legOf(event.intentId)}: ${event.words} (${event.reason})`))
      )
    case "OrderRefused":
      return alarming(
        indent("refused", paint("yellow", `${legOf(event.intentId)}: ${event.words} (${event.code})`))
      )
    case "OrderUnknown":
      return alarming(
        indent(
          "unknown",
          paint("red", `${legOf(event.intentId)}: ${event.words}; it will be looked up, never sent again`)
        )
      )
    case "OrderExpired":
      return alarming(
        indent("expired", paint("yellow", `${legOf(event.intentId)} was not sent: its time had passed`))
      )
    case "OrderAbsent":
      return alarming(
        indent("absent", `${legOf(event.intentId)}: the venue does not know it; nothing was traded`)
      )
    case "ControlSet":
      return alarming(indent("control", paint("yellow", `${event.control} by ${event.by}: ${event.words}`)))
    case "IncidentOpened":
      return alarming(
        indent(
          "incident",
          paint(
            event.severity === "Critical" ? "red" : "yellow",
            `${event.severity} ${event.code}: ${event.words} (runbook ${event.runbook})`
          )
        )
      )
    case "ActorRestarted":
      return alarming(
        indent(
          "restart",
          paint(
            "yellow",
            `${event.actor} came back after: ${event.cause} (${event.severity}, ${event.count} in its window)`
          )
        )
      )
    case "SessionStarted":
      return said(
        indent("journal", `session of stage ${event.stage}, market ${event.market}, ${event.account} account`)
      )
    case "SessionEnded":
      return said(indent("journal", `session ended: ${event.reason}`))
    default:
      return SILENT
  }
}
