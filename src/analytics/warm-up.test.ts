import { describe, expect, test } from "vitest";
import { village } from "./testing/village.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { metrics } from "./metrics/all.ts";
import { warmUp } from "./warm-up.ts";

const databases = await testDatabase();

describe("before anybody asks for an audit", () => {
  test("every metric has been measured of a community that gives it something to say", () => {
    const spoke = new Set<string>();
    for (const step of warmUp()) if (step?.spoke === true) spoke.add(step.name);
    expect(metrics.map(({ name }) => name).filter((name) => !spoke.has(name))).toEqual([]);
  });

  test("nothing of a real community is changed by it, and nobody is told of the made-up one", async () => {
    const town = await village(databases);
    await town.tell([
      { by: "Anna", at: "2026-03-01 10:00" },
      { by: "Boris", at: "2026-03-02 12:00" },
    ]);
    const [rows, audit] = [await town.derived(), await town.audit()];
    for (const step of warmUp()) expect(step?.name).not.toBe("");
    expect(await town.derived()).toEqual(rows);
    expect(await town.audit()).toEqual(audit);
  });
});
