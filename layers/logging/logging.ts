/**
 * Logging as one layer: the shape by where we run, the level from the settings, the stream by what stdout is for.
 * In: level, environment facts. Out: Effect's loggers replaced by one that writes whole lines.
 * The level is applied here and not in Effect, because a `mustSee` line passes whatever the level is (conventions F4).
 */
import { Layer, Logger, References } from "effect"
import { RANK, readLine } from "./LogLine.ts"
import type { LogSeverity } from "./LogLine.ts"
import { cloud, plain, pretty } from "./shapes.ts"
import type { Shape } from "./shapes.ts"

interface LoggingOptions {
  /** settings.log.level. */
  readonly level: "DEBUG" | "INFO" | "WARNING" | "ERROR"
  /** K_SERVICE is set: one JSON object a line on stdout. */
  readonly onCloudRun: boolean
  /** GOOGLE_CLOUD_PROJECT, null when unknown. */
  readonly project: string | null
  /** True when stdout carries --json events: lines then go to stderr. */
  readonly stdoutTaken: boolean
  readonly stdout: LogStream
  readonly stderr: LogStream
}

/** The part of a Node stream that logging needs. */
interface LogStream {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const shapeOf = (options: LoggingOptions, stream: LogStream): Shape => {
  if (options.onCloudRun) return cloud(options.project)
  return stream.isTTY === true ? pretty : plain
}

/** A logger that drops what is below `level` unless it must be seen. */
const lineLogger = (
  level: LogSeverity,
  shape: Shape,
  write: (line: string) => void
): Logger.Logger<unknown, void> =>
  Logger.make((options) => {
    const line = readLine(options)
    if (line.mustSee || RANK[line.severity] >= RANK[level]) write(shape(line))
  })

/** Replaces the default logger. Effect keeps Debug and above coming, so that a must-see debug line is seen too. */
const layer = (options: LoggingOptions): Layer.Layer<never> => {
  const stream = options.stdoutTaken ? options.stderr : options.stdout
  const logger = lineLogger(options.level, shapeOf(options, stream), (line) => {
    stream.write(`${line}\n`)
  })
  return Layer.merge(
    Logger.layer([logger]),
    Layer.succeed(References.MinimumLogLevel, options.level === "DEBUG" ? "All" : "Debug")
  )
}

export { layer, lineLogger }
export type { LoggingOptions, LogStream }
