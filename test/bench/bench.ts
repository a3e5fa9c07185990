/**
 * `npm run bench`: the project's speed in one table, a group after the other, beside the plainest loop and npm's own peers.
 * In: --only GROUP[,GROUP], --save. Out: Markdown on stdout, with --save in docs/benchmarks.md too; exit 1 when equals differ.
 * Each group is a process of its own, so that nobody measures what another's garbage and compiled code have left behind.
 */
import { fork } from "node:child_process"
import { writeFileSync } from "node:fs"
import { cpus, loadavg } from "node:os"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import type { Group } from "./Figure.ts"
import { groupText } from "./table.ts"

/** In the order of the table. */
const GROUPS: Readonly<Record<string, () => Promise<Group>>> = {
  features: async () => (await import("./featureGroup.ts")).featureGroup(),
  primitives: async () => (await import("./primitiveGroup.ts")).primitiveGroup(),
  pipeline: async () => (await import("./pipelineGroup.ts")).pipelineGroup(),
  sma: async () => (await import("./smaGroup.ts")).smaGroup(),
  command: async () => (await import("./commandGroup.ts")).commandGroup(),
  scale: async () => (await import("./scaleGroup.ts")).scaleGroup(),
  parity: async () => (await import("./parityGroup.ts")).parityGroup(),
  desk: async () => (await import("./deskGroup.ts")).deskGroup()
}

const USAGE = `npm run bench [-- --only GROUP[,GROUP]] [-- --save]
  --only   runs some of the groups: ${Object.keys(GROUPS).join(", ")}
  --save   writes docs/benchmarks.md; all groups must run
`

const ABOUT = [
  "Made by `npm run bench -- --save`. Nothing here is asserted: speeds are of one machine on one day,",
  "and a ratio is of two medians of the same rounds. Nanoseconds are of processor time, all threads of the process;",
  "seconds, candles a second and latencies are the wall's. Equal fingerprints mean equal results, on any machine."
].join("\n")

/** Day, processor, versions; and a warning when somebody else is using the machine before the bench has begun. */
const machine = (): string => {
  const model = cpus()[0]?.model.trim() ?? "unknown processor"
  const day = new Date().toISOString().slice(0, 10)
  const [load = 0] = loadavg()
  const busy = load > cpus().length / 2
    ? `\nThe machine was busy with other work (load ${load.toFixed(1)}): what is the wall's is too slow.`
    : ""
  return `${day}: ${model}, ${cpus().length} cores, Node ${process.version}, ${process.platform}.${busy}`
}

/** The options, or what is wrong with them. */
const read = (): { readonly names: ReadonlyArray<string>; readonly save: boolean } | string => {
  try {
    const { values } = parseArgs({
      options: { only: { type: "string" }, save: { type: "boolean" }, help: { type: "boolean" } }
    })
    if (values.help === true) return ""
    const names = values.only?.split(",") ?? Object.keys(GROUPS)
    const unknown = names.find((name) => GROUPS[name] === undefined)
    if (unknown !== undefined) return `bench: there is no group ${JSON.stringify(unknown)}`
    if (values.save === true && values.only !== undefined) return "bench: --save needs every group"
    return { names, save: values.save === true }
  } catch (error) {
    return `bench: ${error instanceof Error ? error.message : String(error)}`
  }
}

const FLAGS = ["--disable-warning=ExperimentalWarning", "--expose-gc"]

/** A group in a process of its own; null when it failed, which it has then said on stderr. */
const measure = (name: string): Promise<Group | null> =>
  new Promise((resolve) => {
    const child = fork(fileURLToPath(import.meta.url), [], {
      execArgv: FLAGS,
      env: { ...process.env, [MEASURE]: name },
      stdio: ["ignore", "ignore", "inherit", "ipc"]
    })
    let group: Group | null = null
    child.on("message", (message) => {
      group = message as Group
    })
    child.on("close", () => resolve(group))
  })

/** Names the group in the environment of a process that measures one. */
const MEASURE = "BENCH_GROUP"

const runAll = async (names: ReadonlyArray<string>, save: boolean): Promise<number> => {
  const began = performance.now()
  const head = `# Benchmarks\n\n${ABOUT}\n\n${machine()}\n`
  process.stdout.write(head)
  const texts = [head]
  let failures = 0
  for (const name of names) {
    const group = await measure(name)
    if (group === null || group.failed) failures += 1
    const text = `\n${group === null ? `## ${name}\n\nThis group failed.\n` : groupText(group)}`
    process.stdout.write(text)
    texts.push(text)
  }
  process.stderr.write(`bench: ${Math.round((performance.now() - began) / 1_000)} s\n`)
  if (save && failures === 0) {
    writeFileSync(fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url)), texts.join(""))
  }
  return failures === 0 ? 0 : 1
}

const asked = process.env[MEASURE]
if (asked !== undefined) {
  // Nobody waits for a figure once the bench itself is gone.
  const leave = () => process.exit(1)
  process.on("disconnect", leave)
  const group = await GROUPS[asked]?.()
  process.off("disconnect", leave)
  process.send?.(group)
} else {
  const options = read()
  if (typeof options === "string") {
    process.stderr.write(`${options === "" ? "" : `${options}\n`}${USAGE}`)
    process.exitCode = options === "" ? 0 : 2
  } else process.exitCode = await runAll(options.names, options.save)
}
