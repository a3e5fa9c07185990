/**
 * The executable: provides Profiles by dynamic import and turns the result into the exit code of the process.
 * In: argv, the environment, signals. Out: one of five exit codes; Ctrl-C and SIGTERM end 0 once everything has drained.
 * Nothing that trades is imported here: `daruma --help` loads the command tree and no more (decisions 10).
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as FileSystem from "effect/FileSystem"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { runCli } from "../src/cli/main.ts"
import { Profiles } from "../src/cli/Profiles.ts"

const root = fileURLToPath(new URL("../", import.meta.url))
const world = { env: process.env, cwd: process.cwd(), profiles: `${root}config` }

const screen = { env: process.env, cwd: process.cwd(), stdout: process.stdout, stderr: process.stderr }

const load = <Module>(importModule: () => Promise<Module>): Effect.Effect<Module> =>
  Effect.promise(importModule)

/** From the moment a run has begun, it says itself how it was stopped. */
let hasBegun = false
const begin = <A, E, R>(run: () => Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.suspend(() => {
    hasBegun = true
    return run()
  })

const withFiles = <A, E>(effect: Effect.Effect<A, E, FileSystem.FileSystem>): Effect.Effect<A, E> =>
  Effect.provide(effect, NodeServices.layer)

const verifyJournal: Profiles["Service"]["verifyJournal"] = (path) =>
  Effect.flatMap(load(() => import("./doctor/journals.ts")), (journal) => journal.verifyJournal(path))

const journals: Profiles["Service"]["journals"] = (home, path) =>
  Effect.flatMap(load(() => import("./doctor/journals.ts")), (journal) => journal.journalsOf(home, path))

const profiles = Profiles.of({
  defaultHome: process.env["DARUMA_HOME"]?.trim() || "./.daruma",
  settings: (request, redact) =>
    Effect.flatMap(
      load(() => import("./settings/read.ts")),
      (settings) =>
        withFiles(settings.readSettings(request, world)).pipe(
          Effect.map((loaded) => ({ loaded, rows: settings.rowsOf(loaded, redact ?? false) }))
        )
    ),
  settingsPage: Effect.flatMap(
    load(() => import("./settings/page.ts")),
    (page) => withFiles(page.settingsPage(world.profiles))
  ),
  trade: (options, loaded) =>
    Effect.flatMap(
      load(() => import("./settings/safety.ts")),
      (safety) => safety.refuseUnsafe(loaded, options.data, world.env)
    ).pipe(
      Effect.andThen(load(() => import("./tradeRun.ts"))),
      Effect.flatMap((run) => begin(() => run.runTrade(options, loaded)))
    ),
  backtest: (options, loaded) =>
    Effect.flatMap(
      load(() => import("./backtest/backtestRun.ts")),
      (run) => begin(() => withFiles(run.runBacktest(options, loaded, screen)))
    ),
  features: (options) =>
    Effect.flatMap(
      load(() => import("./backtest/featuresRun.ts")),
      (run) => begin(() => withFiles(run.runFeatures(options, screen)))
    ),
  checkFile: (file) =>
    Effect.flatMap(load(() => import("./datasets/checkFile.ts")), (check) => check.checkFile(file)),
  doctor: (request, home) =>
    Effect.flatMap(
      load(() => import("./doctor/checks.ts")),
      (checks) =>
        withFiles(checks.examine(request, home, {
          ...world,
          nodeVersion: process.version,
          journals: (folder) => journals(folder, null),
          verifyJournal
        }))
    ),
  journals,
  verifyJournal,
  tailJournal: (path, count) =>
    Effect.flatMap(load(() => import("./doctor/journals.ts")), (journal) => journal.tailJournal(path, count))
})

let isRunning = true

/** Asks the program to end as SIGTERM would: what trades drains first. */
const endInOrder = () => {
  if (isRunning) process.kill(process.pid, "SIGTERM")
  else process.exit(0)
}

// A reader that goes away early (`daruma config show | head`) is no failure of ours, and no reason to drop what trades.
let isUnread = false
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE" || isUnread) return
  isUnread = true
  endInOrder()
})
// A closed terminal is how many a run is stopped.
process.on("SIGHUP", endInOrder)

const version =
  (JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { readonly version: string }).version

const stoppedEarly = Effect.sync(() => {
  if (!hasBegun && !isUnread) process.stderr.write("stopped; nothing was written\n")
})

NodeRuntime.runMain(
  Effect.provide(
    Effect.onInterrupt(
      Effect.provideService(runCli(process.argv.slice(2), version), Profiles, profiles),
      () => stoppedEarly
    ),
    NodeServices.layer
  ),
  {
    disableErrorReporting: true,
    // The code is the program's own answer; an interrupt that reached the top has drained everything beneath it.
    teardown: (exit) => {
      isRunning = false
      const code = Exit.isSuccess(exit) ? Number(exit.value) : Exit.hasInterrupts(exit) ? 0 : 1
      process.exitCode = code
      // Everything of ours is closed; a library's timer (an exporter that still retries) must not keep the process.
      process.stdout.write("", () => process.stderr.write("", () => process.exit(code)))
    }
  }
)
