import { createRouterClient } from "@orpc/server";
import { describe, expect, test } from "vitest";
import type { Call, Caller, CommunityFacts } from "#src/accounts/call.ts";
import { openLimits } from "#src/accounts/limits.ts";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { village, type Village } from "#src/analytics/testing/village.ts";
import { sql } from "kysely";
import { testDatabase } from "#src/base/testing/database.ts";
import { sharingApi } from "./api.ts";

const databases = await testDatabase();
const DAY = 86_400_000;
const nicknames = ["quiet_otter", "Bramble", "сова_в_очках"];

/** A community of three whose nicknames must not get out, with somebody who wrote most of it. */
async function camp(): Promise<Village> {
  const made = await village(databases);
  const lines = Array.from({ length: 60 }, (_, n) => ({
    by: nicknames[n % 7 === 0 ? 1 : n % 11 === 0 ? 2 : 0] ?? "",
    at: `2026-11-${String(1 + Math.floor(n / 3)).padStart(2, "0")} 1${n % 3}:00`,
    externalId: `s${n}`,
    ...(n > 0 && n % 2 === 0 ? { answers: `s${n - 1}` } : {}),
  }));
  await made.tell(lines);
  return made;
}

interface Visitor {
  readonly caller?: Caller;
  readonly at?: number;
  readonly cookie?: string;
  readonly parts?: Partial<Call>;
}

function client({ community, place }: Village, visitor: Visitor = {}) {
  const facts: CommunityFacts = { id: community, slug: "camp", name: "Camp", language: "en", timeZone: place.timeZone };
  const { caller = { kind: "nobody" }, at = place.now, cookie = "", parts = {} } = visitor;
  const context = testCall(
    { databases, caller, communities: [facts] },
    { now: () => at, headers: new Headers({ cookie }), ...parts },
  );
  return createRouterClient(sharingApi, { context });
}

async function share(made: Village, wish: { password?: string; names?: boolean; days?: number } = {}) {
  const lead = client(made, { caller: keyIn({ id: made.community }, "admin") });
  const { link, address } = await lead.links.create({ community: "camp", name: "For the board", days: 7, ...wish });
  return { lead, link, token: address.split("/").at(-1) ?? "" };
}

describe("a link to an audit", () => {
  test("shows the report without an account, and counts how often", async () => {
    const made = await camp();
    const { lead, token } = await share(made);
    const seen = await client(made).shared.audit({ token });
    expect(seen).toMatchObject({ state: "open", names: false, audit: { period: { to: "2026-11-20" } } });
    expect((await lead.links.list({ community: "camp" })).items).toMatchObject([{ state: "open", opened: 1 }]);
  });

  test("names nobody unless that was chosen, and carries no id of a member either way", async () => {
    const made = await camp();
    const hidden = JSON.stringify(await client(made).shared.audit({ token: (await share(made)).token }));
    for (const name of nicknames) expect(hidden).not.toContain(name);
    expect(hidden).toContain("Member 1");
    const shown = JSON.stringify(
      await client(made).shared.audit({ token: (await share(made, { names: true })).token }),
    );
    for (const name of nicknames) expect(shown).toContain(name);
    const ids = await sql<{ id: string }>`select id from members where community_id = ${made.community}`.execute(
      databases.owner,
    );
    expect(ids.rows).toHaveLength(3);
    for (const { id } of ids.rows) expect(hidden + shown).not.toContain(id);
  });

  test("tells members apart by number in the reader's language", async () => {
    const made = await camp();
    const { token } = await share(made);
    const seen = await client(made, { parts: { locale: "ru" } }).shared.audit({ token });
    const names = seen.state === "open" ? seen.audit.top.map(({ member }) => member.name) : [];
    expect(names).toEqual(["Участник 1", "Участник 2", "Участник 3"]);
  });

  test("ends when its days are over and when it is taken back", async () => {
    const made = await camp();
    const { lead, link, token } = await share(made, { days: 7 });
    const late = client(made, { at: made.place.now + 7 * DAY });
    await expect(late.shared.audit({ token })).rejects.toMatchObject({ code: "sharing.link-ended" });
    await client(made, { at: made.place.now + 7 * DAY - 1000 }).shared.audit({ token });
    expect(await lead.links.revoke({ community: "camp", link: link.id })).toMatchObject({ state: "revoked" });
    await expect(client(made).shared.audit({ token })).rejects.toMatchObject({ code: "sharing.link-ended" });
  });

  test("opens nothing with another secret, or in another community", async () => {
    const [made, other] = [await camp(), await camp()];
    const [{ token }, { token: foreign }] = [await share(made), await share(other)];
    const mixed = Buffer.concat([
      Buffer.from(other.community.replaceAll("-", ""), "hex"),
      Buffer.from(token, "base64url").subarray(16),
    ]).toString("base64url");
    for (const bad of ["x", mixed, `${foreign.slice(0, -1)}${foreign.endsWith("A") ? "B" : "A"}`]) {
      await expect(client(made).shared.audit({ token: bad })).rejects.toMatchObject({ code: "sharing.no-such-link" });
    }
  });

  test("is kept as a hash alone", async () => {
    const made = await camp();
    const { token } = await share(made, { password: "eight letters" });
    const rows = await sql<{ row: string }>`
      select row_to_json(l)::text as row from audit_links l where community_id = ${made.community}`.execute(
      databases.owner,
    );
    const secret = Buffer.from(token, "base64url").subarray(16);
    for (const form of [token, secret.toString("hex"), secret.toString("base64url"), "eight letters"]) {
      expect(rows.rows[0]?.row).not.toContain(form);
    }
  });
});

describe("a link with a password", () => {
  test("says only that it is locked until the password is given, and then opens that link alone", async () => {
    const made = await camp();
    const [one, two] = [
      await share(made, { password: "eight letters" }),
      await share(made, { password: "eight letters" }),
    ];
    expect(await client(made).shared.audit({ token: one.token })).toEqual({ state: "locked" });
    const answerHeaders = new Headers();
    await client(made, { parts: { answerHeaders } }).shared.unlock({ token: one.token, password: "eight letters" });
    const [line = ""] = answerHeaders.getSetCookie();
    expect(line).toMatch(/HttpOnly; SameSite=Lax/);
    const cookie = line.split(";")[0] ?? "";
    expect((await client(made, { cookie }).shared.audit({ token: one.token })).state).toBe("open");
    expect((await client(made, { cookie }).shared.audit({ token: two.token })).state).toBe("locked");
    const renamed = cookie.replace(one.link.id, two.link.id);
    expect((await client(made, { cookie: renamed }).shared.audit({ token: two.token })).state).toBe("locked");
    const tomorrow = { cookie, at: made.place.now + DAY };
    expect((await client(made, tomorrow).shared.audit({ token: one.token })).state).toBe("locked");
  });

  test("takes ten guesses from one reader, and then not even the right one", async () => {
    const made = await camp();
    const { token } = await share(made, { password: "eight letters" });
    const guesser = client(made, { parts: { limits: openLimits(() => made.place.now) } });
    const guess = (password: string) => guesser.shared.unlock({ token, password });
    for (let n = 0; n < 10; n += 1) {
      await expect(guess("wrong wrong")).rejects.toMatchObject({ code: "sharing.wrong-password" });
    }
    await expect(guess("eight letters")).rejects.toMatchObject({ code: "request.too-many" });
  });
});
