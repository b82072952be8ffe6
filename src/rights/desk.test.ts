import { createHash } from "node:crypto";
import { createRouterClient } from "@orpc/server";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { newId } from "#src/base/ids.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { rightsApi } from "./api.ts";
import { applyRules } from "./retain.ts";

const databases = await testDatabase();
const NOW = Date.UTC(2026, 2, 2, 22, 30);
const id = await emptyCommunity(databases);
// In Moscow it is the 3rd of March already.
const facts = { id, slug: "camp", name: "Camp", language: "ru", timeZone: "Europe/Moscow" } as const;
const community = "camp";
const at = (now: number) =>
  createRouterClient(rightsApi, {
    context: testCall({ databases, caller: keyIn(facts, "admin"), communities: [facts] }, { now: () => now }),
  });
const api = at(NOW);
const person = { externalId: "1", name: "Grey Heron", kind: "person" } as const;
const kept = {
  kind: "text",
  isQuestion: false,
  reactions: [],
  links: [{ domain: "nest.example", url: "https://nest.example/a" }],
} as const;
await openIntake({ databases, community: id, platform: "telegram", now: () => NOW }).store({
  spaces: [{ externalId: "hall", name: "Hall", kind: "chat" }],
  messages: [
    {
      ...kept,
      spaceExternalId: "hall",
      externalId: "1",
      sentAt: NOW - 40 * 86_400_000,
      author: person,
      text: "old words",
    },
    {
      ...kept,
      spaceExternalId: "hall",
      externalId: "2",
      sentAt: NOW - 5 * 86_400_000,
      author: person,
      text: "fresh words",
    },
  ],
  moves: [],
});
const members = await sql<{ id: string }>`select id from members where community_id = ${id}`.execute(databases.owner);
const member = members.rows[0]?.id ?? newId(0);

test("a request is due by its law, counted from the community's own day", async () => {
  const gdpr = await api.addRequest({ community, kind: "access", regime: "gdpr", askedBy: "heron@nest.example" });
  expect(gdpr).toMatchObject({ receivedOn: "2026-03-03", dueOn: "2026-04-03", state: "open", isExtended: false });
  const fz = await api.addRequest({ community, kind: "erasure", regime: "152-fz", askedBy: "a letter", member });
  expect(fz).toMatchObject({ dueOn: "2026-03-17", memberId: member });
  expect((await api.requests({ community, state: "open" })).items.map((each) => each.id)).toEqual([fz.id, gdpr.id]);
  const wrong = api.addRequest({ community, kind: "access", regime: "gdpr", askedBy: "x", receivedOn: "2026-03-04" });
  await expect(wrong).rejects.toMatchObject({ code: "rights.received-later" });
});

test("time is extended once, an answer closes, and what was closed by mistake is opened again", async () => {
  const { id: request } = await api.addRequest({ community, kind: "correction", regime: "152-fz", askedBy: "Heron" });
  expect(await api.extendRequest({ community, id: request })).toMatchObject({ dueOn: "2026-03-24", isExtended: true });
  await expect(api.extendRequest({ community, id: request })).rejects.toMatchObject({ code: "rights.extended-before" });
  const answer = { community, id: request, outcome: "answered", answer: "Mended." } as const;
  expect(await api.closeRequest(answer)).toMatchObject({ state: "answered", answer: "Mended." });
  await expect(api.closeRequest(answer)).rejects.toMatchObject({ code: "rights.request-closed" });
  expect(await api.reopenRequest({ community, id: request })).toMatchObject({ state: "open", answeredAt: null });
});

test("a consent names its purpose, version and hash, stands once, and stays as proof when it is taken back", async () => {
  const text = await api.addConsentText({ community, purpose: "Newsletter", text: "I want letters." });
  const next = await api.addConsentText({ community, purpose: "Newsletter", text: "I want letters, once a month." });
  expect([text.version, next.version]).toEqual([1, 2]);
  expect(text.hash).toBe(createHash("sha256").update("I want letters.").digest("hex"));
  const given = await api.addConsent({ community, member, text: text.id, place: "chat" });
  expect(given).toMatchObject({
    purpose: "Newsletter",
    version: 1,
    hash: text.hash,
    memberName: "Grey Heron",
    withdrawnAt: null,
  });
  await expect(api.addConsent({ community, member, text: text.id, place: "chat" })).rejects.toMatchObject({
    code: "rights.agreed-before",
  });
  expect((await api.consentTexts({ community })).items.map(({ standing }) => standing)).toEqual([0, 1]);
  const back = await at(NOW + 1000).withdrawConsent({ community, id: given.id });
  expect(back.withdrawnAt).toBe(new Date(NOW + 1000).toISOString());
  expect(await at(NOW + 9000).withdrawConsent({ community, id: given.id })).toEqual(back);
  await api.addConsent({ community, member, text: text.id, place: "again" });
  expect((await api.consents({ community, member })).items).toHaveLength(2);
});

test("everything is kept until a rule says otherwise, and what a rule would remove is told before", async () => {
  const retaining = { databases, signal: new AbortController().signal, now: () => NOW };
  const texts = async () => {
    const found = await sql<{ text: string; url: string }>`
      select m.text, l.url from messages m join message_links l using (community_id)
      where m.community_id = ${id} and l.message_id = m.id order by m.id`.execute(databases.owner);
    return found.rows;
  };
  await applyRules(retaining, id);
  expect((await texts()).map(({ text }) => text)).toEqual(["old words", "fresh words"]);
  expect(await api.retentionPreview({ community, kind: "message-texts", days: 30 })).toEqual({ count: 1 });
  await expect(api.setRetention({ community, kind: "message-texts", days: 1 })).rejects.toMatchObject({
    code: "request.invalid",
  });
  await api.setRetention({ community, kind: "message-texts", days: 30 });
  await applyRules(retaining, id);
  await applyRules(retaining, id);
  expect(await texts()).toEqual([
    { text: "", url: "https://nest.example/" },
    { text: "fresh words", url: "https://nest.example/a" },
  ]);
  const { items } = await api.retention({ community });
  expect(items.find(({ kind }) => kind === "message-texts")).toMatchObject({ days: 30, removed: 1 });
  const entries = await sql`select from trail where operation = 'applyRetention'`.execute(databases.owner);
  expect(entries.rows).toHaveLength(1);
});

test("closed requests lose who asked when their time is over, and open ones never do", async () => {
  const open = await api.addRequest({ community, kind: "access", regime: "gdpr", askedBy: "still waiting" });
  const { id: closed } = await api.addRequest({ community, kind: "access", regime: "gdpr", askedBy: "long ago" });
  await api.closeRequest({ community, id: closed, outcome: "refused", answer: "Not about you." });
  await api.setRetention({ community, kind: "closed-requests", days: 30 });
  const later = NOW + 31 * 86_400_000;
  await applyRules({ databases, signal: new AbortController().signal, now: () => later }, id);
  expect(await api.request({ community, id: closed })).toMatchObject({ askedBy: "", answer: "", state: "refused" });
  expect(await api.request({ community, id: open.id })).toMatchObject({ askedBy: "still waiting" });
});
