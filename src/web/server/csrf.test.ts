import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { router } from "#src/app-router.ts";
import { features } from "#src/features.ts";
import { isOwnWrite } from "../security.ts";
import { doorsOf } from "./testing/doors.ts";
import { addTestCommunity, addTestPerson, joinTestHub, openTestHub, sessionCookie, testSite } from "./testing/site.ts";

const databases = await testDatabase();
const site = await testSite(databases, { limits: { take: () => undefined } });
const community = await addTestCommunity(databases, "Camp");
await openTestHub(databases, community);
const owner = await addTestPerson(databases, { isInstallOwner: true, community, role: "owner" });
const writes = [...doorsOf(router), ...features.flatMap((feature) => feature.rawRoutes)].filter(
  ({ method }) => method !== "GET",
);

/** How a browser sends what another site made it send, and what no browser of this century would leave out. */
const manners: Record<string, Record<string, string>> = {
  "a form on another site": { origin: "https://evil.example" },
  "a form in a sandbox": { origin: "null" },
  "a sibling of our domain": { origin: "http://shop.localhost", "sec-fetch-site": "same-site" },
  "a browser that only says where from": { "sec-fetch-site": "cross-site" },
  "nobody knows where": {},
};

test.each(Object.entries(manners))("no write is done for a signed-in person whom %s sends", async (_, headers) => {
  expect(writes.length).toBeGreaterThan(40);
  for (const { method, path, operationId } of writes) {
    const address = path.replaceAll(/\{(\w+)\}/g, (__, field: string) =>
      field === "community" ? community.slug : newId(0),
    );
    const response = await fetch(`${site.address}/api/v1${address}`, {
      method,
      headers: { cookie: await sessionCookie(site, owner), "content-type": "application/json", ...headers },
      body: "{}",
    });
    const { code } = (await response.json()) as { code?: string };
    expect(`${operationId}: ${response.status} ${code}`).toBe(`${operationId}: 403 accounts.foreign-origin`);
  }
});

test.each(Object.entries(manners))("no write is done for a member of a hub whom %s sends", async (_, headers) => {
  const cookie = await joinTestHub(
    site,
    community,
    `member-${Object.keys(headers).length}-${headers["origin"]?.length ?? 0}`,
  );
  for (const { method, path, operationId } of writes.filter((door) => door.path.includes("/hub"))) {
    const address = path.replaceAll(/\{(\w+)\}/g, (__, field: string) =>
      field === "community" ? community.slug : newId(0),
    );
    const response = await fetch(`${site.address}/api/v1${address}`, {
      method,
      headers: { cookie, "content-type": "application/json", ...headers },
      body: "{}",
    });
    expect(`${operationId}: ${response.status}`).toBe(`${operationId}: 403`);
  }
  const form = await fetch(`${site.address}/c/${community.slug}/me`, {
    method: "POST",
    headers: { cookie, "content-type": "application/x-www-form-urlencoded", ...headers },
    body: "about=planted",
  });
  // A browser of this century says where a form comes from; whoever says nothing is no browser, and is no other site.
  expect(form.status).toBe(Object.keys(headers).length === 0 ? 200 : 403);
});

test("a file of a megabyte comes in by a form of the hub, but not by one that another site sends", async () => {
  const cookie = await joinTestHub(site, community, "photographer");
  const send = (headers: Record<string, string>) => {
    const body = new FormData();
    body.append("files", new Blob(["a line of notes\n".repeat(70_000)]), "notes.txt");
    return fetch(`${site.address}/c/${community.slug}/files`, {
      method: "POST",
      body,
      headers: { cookie, ...headers },
    });
  };
  expect((await send({ origin: "https://evil.example" })).status).toBe(403);
  const taken = await send({ "sec-fetch-site": "same-origin" });
  const told = (await taken.json()) as { items: { address: string }[] };
  const back = await fetch(`${site.address}${told.items[0]?.address}`, { headers: { cookie } });
  expect([taken.status, back.status, (await back.arrayBuffer()).byteLength]).toEqual([201, 200, 1_120_000]);
  expect(back.headers.get("content-disposition")).toContain("attachment");
});

test("pages take no form of another site either", () => {
  const sent = (headers: Record<string, string>, method = "POST") =>
    isOwnWrite(new Request("http://camp.example/console/settings", { method, headers }), "camp.example");
  expect(sent({ origin: "https://evil.example" })).toBe(false);
  expect(sent({ origin: "null" })).toBe(false);
  expect(sent({ "sec-fetch-site": "cross-site" })).toBe(false);
  expect(sent({ "sec-fetch-site": "same-site", origin: "http://shop.camp.example" })).toBe(false);
  expect(sent({ "sec-fetch-site": "same-origin", origin: "http://camp.example" })).toBe(true);
  expect(sent({ origin: "http://camp.example" })).toBe(true);
  expect(sent({ origin: "https://evil.example" }, "GET")).toBe(true);
});
