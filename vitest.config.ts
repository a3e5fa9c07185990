/**
 * How tests run: Node 24, one process a core, no globals.
 * In: test/**. Out: vitest's own report; coverage thresholds live in test/floors.json and are read by bin/check.ts.
 */
import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "layers/**/*.ts", "observability/**/*.ts"],
      reporter: ["json-summary"],
      reportOnFailure: true
    }
  }
})
