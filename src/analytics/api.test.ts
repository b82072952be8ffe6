import { createRouterClient } from "@orpc/server";
import { describe, expect, test } from "vitest";
import type { CommunityFacts } from "#src/accounts/call.ts";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { analyticsApi } from "./api.ts";
import { metrics } from "./metrics/all.ts";
import { tables } from "./model.ts";
import { village, type Village } from "./testing/village.ts";

const databases = await testDatabase();

function client({ community, place }: Village) {
  const facts: CommunityFacts = { id: community, slug: "camp", name: "Camp", language: "en", timeZone: place.timeZone };
  const caller = keyIn(facts, "analyst");
  return createRouterClient(analyticsApi, {
    context: testCall({ databases, caller, communities: [facts] }, { now: () => place.now }),
  });
}

async function text(stream: ReadableStream): Promise<string> {
  return new Response(stream).text();
}

describe("the audit's procedures", () => {
  test("answer a question about some days, in the form they promise", async () => {
    const camp = await village(databases);
    await camp.tell([{ by: "Anna", at: "2026-03-01 10:00" }]);
    const audit = await client(camp).audit({
      community: "camp",
      from: "2026-03-01",
      to: "2026-03-07",
      compare: "none",
    });
    expect(audit).toMatchObject({ period: { days: 7 }, before: null, spaceCount: 1 });
    expect(audit.figures.find(({ metric }) => metric === "messages")?.value).toBe(1);
  });

  test("give the definition of every number an audit holds", async () => {
    const { items } = await client(await village(databases)).definitions({ community: "camp" });
    expect(items.map(({ name }) => name)).toEqual(metrics.map(({ name }) => name));
  });

  test("refuse days in the wrong order, too many of them, and a list that does not exist", async () => {
    const ask = client(await village(databases));
    const wrong = ask.audit({ community: "camp", from: "2026-03-02", to: "2026-03-01" });
    await expect(wrong).rejects.toMatchObject({ code: "analytics.period-reversed" });
    const long = ask.audit({ community: "camp", from: "1990-01-01", to: "2026-03-01" });
    await expect(long).rejects.toMatchObject({ code: "analytics.period-too-long" });
    await expect(ask.messagesBehind({ community: "camp", behind: "domain" })).rejects.toMatchObject({
      code: "analytics.nothing-behind",
    });
  });

  test("save every table, and a name that a spreadsheet would run is only a name", async () => {
    const camp = await village(databases);
    await camp.tell([
      { by: "=1+1", at: "2026-03-01 10:00" },
      { by: "Boris", at: "2026-03-02 10:00" },
    ]);
    const ask = client(camp);
    for (const table of tables) {
      const { headers, body } = await ask.table({ community: "camp", table });
      expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
      expect((await text(body)).split("\r\n")[0]).toMatch(/^\u{feff}?"\w/u);
    }
    const members = await text((await ask.table({ community: "camp", table: "members" })).body);
    expect(members).toContain(`"'=1+1",1,1,"2026-03-01"`);
  });
});
