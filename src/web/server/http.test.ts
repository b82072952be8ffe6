import { expect, test } from "vitest";
import { testDatabase } from "#src/base/testing/database.ts";
import { makeStartToken } from "#src/accounts/actions.ts";
import { provenCommunity } from "#src/base/community-id.ts";
import { announceChange } from "#src/log/changes.ts";
import { addTestCommunity, addTestKey, addTestPerson, ask, sessionCookie, testSite, textOf } from "./testing/site.ts";

const databases = await testDatabase();
const site = await testSite(databases);
const password = "correct horse battery";

function cookieOf(headers: Headers): string {
  return headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

test("the one-time link makes the first owner once, and signs them in", async () => {
  const old = await makeStartToken(databases, Date.now());
  const token = await makeStartToken(databases, Date.now());
  const anna = { name: "Anna", email: "Anna@Example.com", password };
  const claim = (link: string | undefined) => ask(site, `/start-links/${link}/claim`, { method: "POST", body: anna });
  expect((await claim(old)).json).toMatchObject({ code: "accounts.start-link-used" });
  expect((await ask(site, `/start-links/${token}`)).json).toEqual({ works: true });
  const both = await Promise.all([claim(token), claim(token)]);
  expect(new Set(both.map((answer) => answer.status))).toEqual(new Set([201, 404]));
  const cookie = cookieOf(both.find((answer) => answer.status === 201)?.headers ?? new Headers());
  expect((await ask(site, "/me", { as: cookie })).json).toMatchObject({
    email: "anna@example.com",
    isInstallOwner: true,
  });
  expect(await makeStartToken(databases, Date.now())).toBeUndefined();
});

test("changing the password ends the session everywhere else, and only the new one works", async () => {
  const signIn = (secret: string) =>
    ask(site, "/session", { method: "POST", body: { email: "anna@example.com", password: secret } });
  const [here, there] = [cookieOf((await signIn(password)).headers), cookieOf((await signIn(password)).headers)];
  const change = { current: password, next: "another horse battery" };
  expect((await ask(site, "/me/password", { method: "POST", as: here, body: change })).status).toBe(200);
  expect((await ask(site, "/me", { as: here })).status).toBe(200);
  expect((await ask(site, "/me", { as: there })).status).toBe(401);
  expect((await signIn(password)).json).toMatchObject({ status: 401, code: "accounts.wrong-password" });
  expect((await signIn("another horse battery")).status).toBe(200);
});

test("a stranger's address and a wrong password are refused in the same words", async () => {
  const answers = await Promise.all(
    ["anna@example.com", "nobody@example.com"].map((email) =>
      ask(site, "/session", { method: "POST", body: { email, password: "wrong wrong wrong" } }),
    ),
  );
  expect(answers[0]?.json).toEqual(answers[1]?.json);
});

test("after ten tries at one account the next is told to wait, even with the right password", async () => {
  const body = { email: "target@example.com", password: "wrong wrong wrong" };
  expect((await ask(site, "/session", { method: "POST", body })).status).toBe(401);
  for (let i = 0; i < 9; i += 1) site.limits.take("sign-in.account", "target@example.com");
  const answer = await ask(site, "/session", { method: "POST", body });
  expect(answer).toMatchObject({ status: 429, json: { code: "request.too-many" } });
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("signing out ends the session on the server too", async () => {
  const cookie = await sessionCookie(site, await addTestPerson(databases, {}));
  expect((await ask(site, "/me", { as: cookie })).status).toBe(200);
  const out = await ask(site, "/session", { method: "DELETE", as: cookie });
  expect(out.headers.getSetCookie()[0]).toContain("Max-Age=0");
  expect((await ask(site, "/me", { as: cookie })).status).toBe(401);
});

test("a write with our cookie from another site, or from nowhere, changes nothing", async () => {
  const cookie = await sessionCookie(site, await addTestPerson(databases, {}));
  const rename = (headers: Record<string, string>) =>
    ask(site, "/me", { method: "PATCH", as: cookie, body: { name: "Eve" }, headers });
  const foreign = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "" },
    { origin: `${site.address}.evil.example` },
    { origin: "https://evil.example", "content-type": "text/plain" },
  ];
  for (const headers of foreign)
    expect((await rename(headers)).json).toMatchObject({ code: "accounts.foreign-origin" });
  expect((await ask(site, "/me", { as: cookie })).json).toMatchObject({ name: "Test" });
  expect((await rename({})).json).toMatchObject({ name: "Eve" });
});

test("problems are told in the reader's language, with a code that is the same in every one", async () => {
  const [english, russian] = await Promise.all(
    ["en", "ru"].map((language) => ask(site, "/me", { headers: { "accept-language": language } })),
  );
  expect(english?.headers.get("content-type")).toBe("application/problem+json");
  expect(english?.json).toMatchObject({ status: 401, code: "accounts.sign-in-first", title: "Not signed in" });
  expect(russian?.json).toMatchObject({ status: 401, code: "accounts.sign-in-first", title: "Вход не выполнен" });
  expect(russian?.headers.get("content-language")).toBe("ru");
  const wrong = await ask(site, "/session", {
    method: "POST",
    body: { email: "no" },
    headers: { "accept-language": "ru" },
  });
  expect(wrong.json).toMatchObject({
    code: "request.invalid",
    faults: [
      { field: "email", code: "format" },
      { field: "password", code: "missing", detail: "не заполнено" },
    ],
  });
});

test("a repeated write gets the first answer, and another write under its key is refused", async () => {
  const owner = await sessionCookie(site, await addTestPerson(databases, { isInstallOwner: true }));
  const headers = { "idempotency-key": "make-tea" };
  const make = (name: string) => ask(site, "/communities", { method: "POST", as: owner, body: { name }, headers });
  const first = await make("Tea");
  const again = await make("Tea");
  expect(first.status).toBe(201);
  expect(again.json).toEqual(first.json);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect((await make("Coffee")).json).toMatchObject({ status: 409, code: "request.key-reused" });
});

test("an answer that holds a secret is not kept for repeats", async () => {
  const community = await addTestCommunity(databases, "Secrets");
  const owner = await addTestKey(databases, community, "owner");
  const makeKey = () =>
    ask(site, `/communities/${community.slug}/api-keys`, {
      method: "POST",
      as: owner,
      body: { name: "CI", role: "analyst" },
      headers: { "idempotency-key": "one" },
    });
  const made = await makeKey();
  expect(textOf(made, "token")).toMatch(/^veche_[0-9a-f]{32}_/);
  expect((await makeKey()).json).toMatchObject({ code: "request.done-before" });
});

test("nobody gives a role above their own", async () => {
  const community = await addTestCommunity(databases, "Roles");
  const admin = await addTestKey(databases, community, "admin");
  const body = { name: "up", role: "owner" };
  const answer = await ask(site, `/communities/${community.slug}/api-keys`, { method: "POST", as: admin, body });
  expect(answer.json).toMatchObject({ status: 403, code: "accounts.role-above-own" });
});

test("hostile bodies are refused with a sentence and never break anything", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const bodies = [
    "{",
    "nul\\0",
    deep,
    `{"email":"a\\u0000b@example.com","password":"x"}`,
    `{"email":"\\ud800","password":"x"}`,
    "null",
    "[]",
    "7",
  ];
  for (const body of bodies) {
    const answer = await ask(site, "/session", { method: "POST", body });
    expect({ body: body.slice(0, 40), status: answer.status }).toEqual({ body: body.slice(0, 40), status: 400 });
  }
  const large = await ask(site, "/session", { method: "POST", body: JSON.stringify({ email: "x".repeat(2_000_000) }) });
  expect(large).toMatchObject({ status: 413, json: { code: "request.too-large" } });
  expect((await ask(site, "/nothing/here")).json).toMatchObject({ status: 404, code: "request.unknown-address" });
});

test("a program that leaves the version out of an address is told so in JSON, not with a page", async () => {
  const answer = await fetch(`${site.address}/api/communities/coffee`);
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(await answer.json()).toMatchObject({ code: "request.unknown-address" });
});

test("a question for the head of an answer gets the headers of the answer and none of its body", async () => {
  const community = await addTestCommunity(databases, "Heads");
  const key = await addTestKey(databases, community, "analyst");
  const head = (path: string, as?: string) => ask(site, path, { method: "HEAD", ...(as === undefined ? {} : { as }) });
  const found = await head(`/communities/${community.slug}`, key);
  expect(found.status).toBe(200);
  expect(found.headers.get("content-type")).toContain("application/json");
  expect((await head(`/communities/${community.slug}`)).status).toBe(401);
  expect((await head("/communities/nowhere", key)).status).toBe(404);
  const live = await fetch(`${site.address}/events?community=${community.slug}`, {
    method: "HEAD",
    headers: { authorization: `Bearer ${key}` },
  });
  expect(live.status).toBe(200);
});

test("lists come in pages that neither skip nor repeat", async () => {
  const community = await addTestCommunity(databases, "Paged");
  const owner = await addTestKey(databases, community, "owner");
  for (let i = 0; i < 6; i += 1) await addTestKey(databases, community, "analyst");
  const seen: unknown[] = [];
  let after = "";
  for (let page = 0; page < 10; page += 1) {
    const answer = await ask(site, `/communities/${community.slug}/api-keys?limit=3${after}`, { as: owner });
    const items: unknown = answer.json?.["items"];
    for (const item of Array.isArray(items) ? items : []) seen.push(item);
    if (answer.json?.["next"] === null) break;
    after = `&after=${textOf(answer, "next")}`;
  }
  expect(new Set(seen.map((key) => JSON.stringify(key))).size).toBe(7);
  expect(seen).toHaveLength(7);
  const bad = await ask(site, `/communities/${community.slug}/api-keys?after=bm9uc2Vuc2U`, { as: owner });
  expect(bad.json).toMatchObject({ code: "request.bad-cursor" });
});

test("every answer forbids frames and guessing, whatever it is and whoever made it", async () => {
  for (const path of ["/healthz", "/api/v1/nothing", "/c/nowhere", "/assets/nothing.js"]) {
    const { headers } = await fetch(site.address + path);
    const told = [headers.get("x-frame-options"), headers.get("x-content-type-options")];
    expect({ path, told }).toEqual({ path, told: ["DENY", "nosniff"] });
  }
});

test("health, readiness and figures are told without signing in", async () => {
  const read = async (path: string) => (await fetch(site.address + path)).text();
  expect(await read("/healthz")).toBe("ok");
  expect(await read("/readyz")).toBe("ready");
  expect(await read("/metrics")).toContain("veche_http_request_duration_seconds_bucket");
  expect(await read("/metrics")).toContain('veche_outbox_rows{status="dead"} 0');
  const fromAfar = await fetch(`${site.address}/metrics`, { headers: { "x-forwarded-for": "203.0.113.5" } });
  expect(fromAfar.status).toBe(403);
});

test("whoever watches a community hears the names of its changes and none of another's", async () => {
  const [tea, coffee] = [
    await addTestCommunity(databases, "Tea live"),
    await addTestCommunity(databases, "Coffee live"),
  ];
  const key = await addTestKey(databases, tea, "analyst");
  const watch = (slug: string) =>
    fetch(`${site.address}/events?community=${slug}`, { headers: { authorization: `Bearer ${key}` } });
  expect((await watch(coffee.slug)).status).toBe(404);
  const stream = (await watch(tea.slug)).body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await stream?.read())?.value).toContain("hello");
  await databases.asOwner((tx) => announceChange(tx, provenCommunity(coffee.id), "imports"));
  await databases.asOwner((tx) => announceChange(tx, provenCommunity(tea.id), "members"));
  expect((await stream?.read())?.value).toBe("event: changed\ndata: members\n\n");
  await stream?.cancel();
});
