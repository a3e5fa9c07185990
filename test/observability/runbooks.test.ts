/**
 * Severity is one spine: errors, health reasons, alerts and runbooks tell the same story.
 * In: src/errors/*.ts, observability/alerts/*.yaml, observability/runbooks/*.md as text. Out: assertions across them.
 * A fault without a page, an alert on a metric that nobody moves, or a level that differs fails here.
 */
import { existsSync, globSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "@effect/vitest"
import { RULES } from "../../layers/http/assess.ts"
import { SEVERITY_TABLE } from "../../src/domain/severityTable.ts"
import type { Severity } from "../../src/domain/severityTable.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))
const read = (path: string): string => readFileSync(root + path, "utf8")
const list = (pattern: string): ReadonlyArray<string> => globSync(pattern, { cwd: root }).toSorted()

interface Declared {
  readonly file: string
  readonly tag: string
  readonly severity: string
  readonly runbook: string
}

/** Every `Fault<X>()("X", "High", "id"` of the source, whatever the line breaks. */
const faults: ReadonlyArray<Declared> = list("src/errors/*.ts").flatMap((file) =>
  Array.from(
    read(file).matchAll(/Fault<\w+>\(\)\(\s*"(\w+)",\s*"(\w+)"(?:\s+as\s+Severity)?,\s*"([\w-]+)"/g),
    ([, tag, severity, runbook]) => ({
      file,
      tag: tag ?? "",
      severity: severity ?? "",
      runbook: runbook ?? ""
    })
  )
)

interface Alert {
  readonly file: string
  readonly name: string
  readonly expr: string
  readonly severity: string
  readonly runbook: string
}

const value = (block: string, key: string): string =>
  new RegExp(`^\\s*${key}: (.+)$`, "m").exec(block)?.[1] ?? ""

const alerts: ReadonlyArray<Alert> = list("observability/alerts/*.yaml").flatMap((file) =>
  read(file).split(/^ {6}- alert: /m).slice(1).map((block) => ({
    file,
    name: block.split("\n", 1)[0] ?? "",
    expr: value(block, "expr"),
    severity: value(block, "severity"),
    runbook: value(block, "runbook")
  }))
)

const pageOf = (id: string): string => `observability/runbooks/${id}.md`
/** The paragraph of a page that states its severity. */
const statement = (id: string): string => /Severity: [^]*?\n\n/.exec(read(pageOf(id)))?.[0] ?? ""

describe("faults", () => {
  it("the scan finds every class that is made by Fault", () => {
    const classes = list("src/errors/*.ts").flatMap((file) =>
      Array.from(read(file).matchAll(/Fault<(\w+)>\(\)/g), ([, name]) => name)
    )
    assert.deepStrictEqual(faults.map((fault) => fault.tag), classes)
    assert.isTrue(faults.length > 0)
  })

  it.each(faults)("$tag has a runbook that names it and its severity", ({ file, runbook, severity, tag }) => {
    assert.isTrue(existsSync(root + pageOf(runbook)), `${file}: ${tag} has no ${pageOf(runbook)}`)
    assert.include(statement(runbook), severity, `${pageOf(runbook)} does not say ${severity}`)
    assert.include(read(pageOf(runbook)), `\`${tag}\``, `${pageOf(runbook)} does not name ${tag}`)
    assert.property(SEVERITY_TABLE, severity)
  })
})

describe("health reasons", () => {
  it.each(RULES)("$code has a runbook that names it and its severity", ({ code, runbook, severity }) => {
    assert.isTrue(existsSync(root + pageOf(runbook)), pageOf(runbook))
    assert.include(statement(runbook), severity)
    assert.include(statement(runbook), `\`${code}\``)
  })
})

describe("runbooks", () => {
  it.each(list("observability/runbooks/*.md"))(
    "%s says what it means, what was done, what to look at, what to do and when it is over",
    (path) => {
      const page = read(path)
      assert.strictEqual(page.split("\n", 1)[0], `# ${/([\w-]+)\.md$/.exec(path)?.[1]}`)
      const heads = [
        "What it means.",
        "What the runtime did.",
        "What to look at.",
        "What to do.",
        "When it is over."
      ]
      const places = heads.map((head) => page.indexOf(`**${head}**`))
      assert.isTrue(
        places.every((place, index) => place > (places[index - 1] ?? 0)),
        `${path}: ${heads.join(" ")}`
      )
    }
  )

  it.each(list("observability/runbooks/*.md"))(
    "%s is reached from a fault, a health reason or an alert",
    (path) => {
      const reached = new Set([
        ...faults.map((fault) => pageOf(fault.runbook)),
        ...RULES.map((rule) => pageOf(rule.runbook)),
        ...alerts.map((alert) => alert.runbook)
      ])
      const named = list("src/**/*.ts").some((file) =>
        read(file).includes(`"${/([\w-]+)\.md$/.exec(path)?.[1]}"`)
      )
      assert.isTrue(reached.has(path) || named, `${path} is linked from nowhere`)
    }
  )
})

describe("alerts", () => {
  const levels: ReadonlyArray<readonly [string, Severity]> = [["critical", "Critical"], ["high", "High"], [
    "medium",
    "Medium"
  ], ["low", "Low"]]
  const source = [...list("src/**/*.ts"), ...list("layers/**/*.ts"), ...list("observability/*.ts")].map(read)
    .join("\n")

  it.each(levels)(
    "%s.yaml holds alerts of severity %s only, and says the time in which it is answered",
    (name, severity) => {
      const file = `observability/alerts/${name}.yaml`
      const own = alerts.filter((alert) => alert.file === file)
      assert.isTrue(own.length > 0)
      for (const alert of own) assert.strictEqual(alert.severity, severity, alert.name)
      const minutes = SEVERITY_TABLE[severity].respondWithinMinutes
      const words: Readonly<Record<number, string>> = {
        5: "5 minutes",
        30: "30 minutes",
        120: "two hours",
        1_440: "a day"
      }
      assert.include(read(file).split("\n", 1)[0] ?? "", words[minutes] ?? `${minutes} minutes`)
    }
  )

  it.each(alerts)("$name reads a metric that some room moves, and a label value that exists", ({ expr }) => {
    const metrics = Array.from(expr.matchAll(/daruma_\w+/g), ([name]) => name)
    assert.isTrue(metrics.length > 0, expr)
    for (const metric of metrics) assert.include(source, `"${metric}"`, `${metric} is declared nowhere`)
    const code = /daruma_health_reason\{code="(\w+)"\}/.exec(expr)?.[1]
    if (code !== undefined) assert.include(RULES.map((rule) => rule.code as string), code)
  })

  it.each(alerts)("$name links a runbook that exists", ({ runbook }) => {
    assert.isTrue(existsSync(root + runbook), runbook)
  })

  it("an alert on one health reason has that reason's severity", () => {
    const differing = alerts.flatMap(({ expr, name, severity }) => {
      const code = /daruma_health_reason\{code="(\w+)"\}/.exec(expr)?.[1]
      const rule = RULES.find((candidate) => candidate.code === code)
      return rule !== undefined && rule.severity !== severity
        ? [`${name}: ${severity}, ${code}: ${rule.severity}`]
        : []
    })
    assert.deepStrictEqual(differing, [])
  })
})
