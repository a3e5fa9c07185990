/**
 * How tests run: Node 24, isolated files, no globals.
 * In: test/**. Out: vitest's own report; coverage thresholds live in test/floors.json and are read by bin/check.ts.
 */
import { availableParallelism } from "node:os"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

// Every test file loads effect anew; its compiled code is kept between them.
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(new URL("node_modules/.cache/tests", import.meta.url))

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // One more than there are cores: some tests wait for other processes.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "layers/**/*.ts", "observability/**/*.ts"],
      reporter: ["json-summary"],
      reportOnFailure: true
    }
  }
})
