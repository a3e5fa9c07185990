/**
 * Installs what the lockfile names when it is not in place, so that every script works as the first command of a clone.
 * In: package-lock.json, node_modules. Out: a complete node_modules and its stamp; exit 1 and two ways out when npm fails.
 * Plain JavaScript for Node 18 and later: it runs before the project's own Node 24 exists. Silent when all is in place.
 */
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = realpathSync(fileURLToPath(new URL("..", import.meta.url)))
const lockfile = join(root, "package-lock.json")
const stamp = join(root, "node_modules", ".daruma-setup")
const waitLimitMillis = 15 * 60_000
const networkErrors =
  /E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|HOSTUNREACH)|ERR_SOCKET|ENOTCACHED|network/i

const say = (words) => process.stderr.write(`setup: ${words}\n`)
const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis))
const wanted = () => createHash("sha256").update(readFileSync(lockfile)).digest("hex")
const digestOf = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16)

/** One lock a checkout, outside node_modules because npm empties that folder. */
const lock = join(tmpdir(), `daruma-setup-${digestOf(root)}`)

/** In place = stamped for this lockfile, or installed by hand with npm after the lockfile was written. */
const inPlace = () => {
  const programs = ["vitest", "daruma"].every((name) => existsSync(join(root, "node_modules", ".bin", name)))
  if (!programs) return false
  if (existsSync(stamp) && readFileSync(stamp, "utf8").trim() === wanted()) return true
  const byHand = join(root, "node_modules", ".package-lock.json")
  return existsSync(byHand) && statSync(byHand).mtimeMs >= statSync(lockfile).mtimeMs
}

const alive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === "EPERM"
  }
}

/** The process that holds the lock, 0 when it has not said so yet or the lock is gone. */
const holder = () => {
  try {
    return Number(readFileSync(join(lock, "pid"), "utf8"))
  } catch {
    return 0
  }
}

const tryLock = () => {
  try {
    mkdirSync(lock)
  } catch (error) {
    if (error.code === "EEXIST") return false
    throw error
  }
  writeFileSync(join(lock, "pid"), String(process.pid))
  return true
}

/** A lock whose process is gone is removed; one without a name gets two seconds to write it. */
const dropDeadLock = () => {
  const pid = holder()
  try {
    const nameless = pid === 0 && Date.now() - statSync(lock).mtimeMs > 2_000
    if (nameless || (pid !== 0 && !alive(pid))) rmSync(lock, { recursive: true, force: true })
  } catch (error) {
    if (error.code !== "ENOENT") throw error
  }
}

const acquire = async () => {
  const start = Date.now()
  let said = false
  while (!tryLock()) {
    dropDeadLock()
    if (!said) {
      say(`another setup of this folder is running (process ${holder() || "unknown"}); waiting for it`)
    }
    said = true
    if (Date.now() - start > waitLimitMillis) {
      say(`gave up after ${waitLimitMillis / 60_000} min; if no setup runs, remove ${lock}`)
      process.exit(1)
    }
    await pause(200)
  }
}

/** Runs `npm ci` and passes its messages on; resolves to its exit code and what it wrote to stderr. */
const install = () =>
  new Promise((resolve) => {
    const flags = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"]
    const retries = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    const npm = process.env.npm_execpath
    const byNode = npm !== undefined && /npm-cli\.[cm]?js$/.test(npm)
    const [command, first] = byNode ? [process.execPath, [npm]] : ["npm", []]
    const child = spawn(command, [...first, ...flags, ...retries], {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"]
    })
    let words = ""
    const forward = (signal) => child.kill(signal)
    process.on("SIGINT", forward).on("SIGTERM", forward)
    child.stderr.on("data", (chunk) => {
      words += chunk
      process.stderr.write(chunk)
    })
    child.on("error", (error) => resolve({ code: 1, words: `${words}\n${error.message}` }))
    child.on("close", (code, signal) => resolve({ code: signal ? 130 : code, words }))
  })

const waysOut = (words) =>
  networkErrors.test(words)
    ? [
      "the package registry cannot be reached. Two ways out:",
      "  1. connect, or name a registry or proxy that you can reach (npm config set registry URL, HTTPS_PROXY=URL),",
      "     and type the same command again;",
      "  2. run npm ci here once on a machine of the same kind that is connected, and copy its node_modules folder."
    ]
    : ["npm ci failed; its message stands above. Mend that and type the same command again."]

const main = async () => {
  if (inPlace()) return 0
  await acquire()
  try {
    if (inPlace()) return 0
    const start = Date.now()
    const why = existsSync(stamp) ? "it changed" : "first run"
    say(`installing the packages of package-lock.json with npm ci (${why})`)
    const { code, words } = await install()
    if (code !== 0) {
      for (const line of waysOut(words)) say(line)
      return code === 130 ? 130 : 1
    }
    writeFileSync(stamp, wanted() + "\n")
    say(`done in ${((Date.now() - start) / 1000).toFixed(1)} s`)
    return 0
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

process.exitCode = await main()
