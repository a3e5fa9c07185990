/**
 * Processes of this host by pid and start time, so that a reused pid is not mistaken for the one that died.
 * In: a pid. Out: when it started, in the system's own words, or null when there is none.
 * Here because lease and lock file must agree on who is alive.
 */
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { hostname } from "node:os"

/** A holder, as written into the lease row and the lock file. */
export interface Holder {
  readonly host: string
  readonly pid: number
  /** Start of the process as the system counts it. */
  readonly start: string
  /** ISO 8601, UTC: when it took the lease. */
  readonly since: string
  /** Tells apart several holders of one process. */
  readonly instance: number
}

/** Start of a process; null when no such process lives. A zombie is not alive. */
const startOf = (pid: number): string | null => process.platform === "linux" ? fromProc(pid) : fromPs(pid)

const fromProc = (pid: number): string | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1")
    // The name in brackets may hold spaces: fields are counted after it, state first, start time 20th.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    if (fields[0] === "Z" || fields[0] === "X") return null
    return `${boot()}/${fields[19]}`
  } catch {
    return null
  }
}

const fromPs = (pid: number): string | null => {
  const found = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" })
  const words = found.status === 0 ? found.stdout.trim() : ""
  return words === "" ? null : words
}

// Ticks since boot repeat after a reboot; the boot's own id does not.
const boot = (): string => readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim().slice(0, 8)

let instances = 0

/** This process as a new holder. */
const ourselves = (nowMillis: number): Holder => ({
  host: hostname(),
  pid: process.pid,
  start: startOf(process.pid) ?? "unknown",
  since: new Date(nowMillis).toISOString(),
  instance: instances++
})

/** Whether a holder still lives; nothing can be said of another host. */
const judge = (holder: Holder): "alive" | "gone" | "unknown" => {
  if (holder.host !== hostname()) return "unknown"
  return startOf(holder.pid) === holder.start ? "alive" : "gone"
}

export { judge, ourselves }
