/**
 * Writes what a process has used, at its end: preloaded into a program that is being measured.
 * In: the environment variable BENCH_USAGE, a path. Out: that file: the most memory it ever held, bytes.
 * In the process itself, because only the kernel knows the peak and Node tells nobody but its own process.
 */
import { writeFileSync } from "node:fs"

const path = process.env["BENCH_USAGE"]
if (path !== undefined) {
  process.on("exit", () => writeFileSync(path, String(process.resourceUsage().maxRSS * 1_024)))
}
