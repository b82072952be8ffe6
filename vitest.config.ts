import { defineConfig } from "vitest/config";

const shared = {
  // Tests that start processes may share two cores with others.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  restoreMocks: true,
  env: { TZ: "UTC", LOG_LEVEL: "silent" },
};

/** Two sorts of tests: of the code with a real PostgreSQL, and of the built pages in a real browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: [
            "src/**/*.test.ts",
            "src/**/*.test.tsx",
            "scripts/**/*.test.ts",
            "bench/**/*.test.ts",
            "acceptance/**/*.test.ts",
          ],
          globalSetup: ["src/base/testing/server.ts"],
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
          // A browser and a server each want a core.
          fileParallelism: false,
        },
      },
    ],
  },
});
