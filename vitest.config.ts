import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./scripts/longest-first.ts";

const shared = {
  // Tests that start processes may share two cores with others.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // A second, which it would be otherwise, is not enough on a machine that does other things too.
  expect: { poll: { timeout: 30_000 } },
  restoreMocks: true,
  env: {
    TZ: "UTC",
    LOG_LEVEL: "silent",
    VECHE_WARM_UP: "off",
    // As in real starts, what processes of tests compile is kept for those that follow: loading is most of what they do.
    NODE_COMPILE_CACHE: join(import.meta.dirname, ".tools", "compile-cache"),
  },
};

/** Two sorts of tests: of the code with a real PostgreSQL, and of the built pages in a real browser. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          // Files that follow one another in a process share its modules: they are loaded once, not once for each file.
          isolate: false,
          include: [
            "src/**/*.test.ts",
            "src/**/*.test.tsx",
            "scripts/**/*.test.ts",
            "bench/**/*.test.ts",
            "acceptance/**/*.test.ts",
          ],
          globalSetup: ["src/base/testing/server.ts"],
          setupFiles: ["src/accounts/testing/cheap-passwords.ts"],
          // While one file waits for PostgreSQL another computes; on two cores the default is a single file at a time, and three keep both busy.
          maxWorkers: Math.max(3, availableParallelism()),
        },
      },
      {
        test: {
          ...shared,
          name: "browser",
          include: ["e2e/**/*.test.ts"],
          globalSetup: ["src/base/testing/server.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A browser waits for its server most of the time: three of them keep two cores busy.
          maxWorkers: 3,
        },
      },
    ],
  },
});
