import { sql } from "kysely";
import { expect, test } from "vitest";
import { newId } from "#src/base/ids.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testSecrets } from "#src/base/testing/jobs.ts";
import { eraseWritten, takePersonAway } from "./erasure.ts";
import { openIntake } from "./intake.ts";
import type { IncomingMessage } from "./model.ts";
import { merged } from "./store/overlaps.ts";

const databases = await testDatabase();
const START = Date.UTC(2026, 0, 10, 12);
const NOBODY = "00000000-0000-0000-0000-000000000000";
const heron = { externalId: "70001234", name: "Grey Heron", username: "grey_heron", kind: "person" } as const;
const otter = { externalId: "70005678", name: "Otter", kind: "person" } as const;

const said = (n: number, text: string, more: Pick<IncomingMessage, "author" | "editedAt">): IncomingMessage => ({
  spaceExternalId: "hall",
  externalId: String(n),
  sentAt: START + n * 60_000,
  kind: "text",
  text,
  isQuestion: false,
  links: [],
  reactions: [],
  ...more,
});

test("what two exports told differently of an erased person is told by neither any more", async () => {
  const community = await emptyCommunity(databases);
  const spaces = [{ externalId: "hall", name: "Hall", kind: "chat" }] as const;
  const editions = ["my secret", "my newer secret"].map((secret, i) => [
    said(1, secret, { author: heron, editedAt: START + i }),
    said(2, `@grey_heron said: ${i}`, { author: otter, editedAt: START + i }),
    said(3, `nothing of hers ${i}`, { author: otter, editedAt: START + i }),
  ]);
  for (const messages of editions) {
    const options = { databases, community, platform: "telegram", secrets: testSecrets, now: () => START };
    await openIntake({ ...options, importId: newId(START) }).store({ spaces, messages, moves: [] });
  }
  const told = async (pattern: string): Promise<number> => {
    const found = await sql`
      select from import_overlaps where community_id = ${community} and edition::text ~ ${pattern}`.execute(
      databases.owner,
    );
    return found.rows.length;
  };
  expect([await told("secret"), await told("grey_heron"), await told("nothing of hers")]).toEqual([2, 2, 2]);
  const found = await sql<{ id: string }>`
    select member_id as id from identities where community_id = ${community} and external_id = ${heron.externalId}`.execute(
    databases.owner,
  );
  const memberIds = found.rows.map((row) => row.id);
  await databases.asOwner(async (tx) => {
    const traces = await takePersonAway(tx, community, { memberIds, secrets: testSecrets, now: START });
    await eraseWritten(tx, community, { memberIds, traces, after: NOBODY, limit: 100 });
  });
  expect([await told("secret"), await told("grey_heron"), await told("nothing of hers")]).toEqual([0, 0, 2]);
});

test("of two editions the newer words, the larger counts, all links and the answer that is known stand", () => {
  const older = {
    text: "old",
    editedAt: 5,
    language: "en",
    isQuestion: false,
    details: null,
    reply: null,
    reactions: { "👍": 3, "🔥": 1 },
    links: [[0, "a.example", "https://a.example"]],
  } as const;
  const newer = {
    ...older,
    text: "new",
    editedAt: 6,
    isQuestion: true,
    reply: ["m", "p"],
    reactions: { "👍": 2, "🎉": 1 },
    links: [
      [0, "b.example", "https://b.example"],
      [1, "c.example", "https://c.example"],
    ],
  } as const;
  expect(merged(older, newer)).toEqual({
    ...newer,
    reactions: { "👍": 3, "🔥": 1, "🎉": 1 },
    links: [
      [0, "a.example", "https://a.example"],
      [1, "c.example", "https://c.example"],
    ],
  });
  expect(merged(newer, older).text).toBe("new");
});
