import { expect, test } from "vitest";
import { sql } from "kysely";
import { provenCommunity } from "#src/base/community-id.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { readLog } from "#src/log/read.ts";
import { memberList, memberPresence } from "#src/members/reactions.ts";
import { makeSample } from "#src/sample/actions.ts";
import { auditQuerySchema } from "../model.ts";
import { audit } from "../queries.ts";
import { analyticsSheets } from "../reactions.ts";

const databases = await testDatabase();
const NOW = Date.UTC(2026, 10, 22, 12);
const slug = await makeSample(databases, { ownerId: undefined, language: "en", now: () => NOW });
const found = await sql<{ id: string; zone: string }>`
  select id, time_zone as zone from communities where slug = ${slug}`.execute(databases.owner);
const community = provenCommunity(found.rows[0]?.id ?? "");
const holder = "00000000-0000-7000-8000-000000000001";
for (const consumer of [memberPresence, memberList, analyticsSheets])
  await readLog(databases, consumer, { community, holder });
const place = {
  run: <T>(work: Parameters<typeof databases.asCommunity<T>>[1]) => databases.asCommunity(community, work),
  community,
  timeZone: found.rows[0]?.zone ?? "UTC",
  now: NOW,
};
const report = await audit(place, auditQuerySchema.parse({}));
const claims = report.signals.map(({ kind, from, to, facts }) => ({ kind, from, to, facts }));

test("the audit of the sample finds the contest, the weeks of advertising and the raid by itself", () => {
  const on = (kind: string, from: string, to: string) =>
    claims.filter((claim) => claim.kind === kind && claim.from <= to && claim.to >= from);
  // Sixty-eight, forty and thirteen days before its last day, the 21st of November.
  expect(on("lively-thread", "2026-09-14", "2026-09-19").length).toBe(1);
  expect(on("lively-days", "2026-09-14", "2026-09-19").length).toBeGreaterThan(0);
  expect(on("domain-burst", "2026-10-12", "2026-10-21")[0]?.facts["domain"]).toBe("verdolka.example");
  expect(on("join-burst", "2026-11-08", "2026-11-08")[0]?.facts["count"]).toBeGreaterThanOrEqual(46);
  expect(on("domain-burst", "2026-11-08", "2026-11-08")[0]?.facts["domain"]).toBe("vip-signals.example");
});

test("the sample has what every part of the audit tells of", () => {
  const text = JSON.stringify(report);
  expect(report.before).not.toBeNull();
  expect(report.headline.length).toBeGreaterThanOrEqual(3);
  expect(text).not.toContain("NaN");
  expect(claims.length).toBeGreaterThanOrEqual(5);
});
