import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { testSecrets } from "#src/base/testing/jobs.ts";
import { ensureConnection } from "../connections.ts";
import { takePersonAway } from "../erasure.ts";
import { openIntake } from "../intake.ts";
import { type LiveIntake, openLiveIntake } from "../live/intake.ts";
import type { IncomingMessage, IncomingReaction } from "../model.ts";
import { withdrawStretch } from "../withdrawal.ts";

const databases = await testDatabase();
const START = Date.UTC(2026, 0, 10, 12);
const hall = { externalId: "hall", name: "Hall", kind: "chat" } as const;
const person = (name: string) => ({ externalId: name, name, kind: "person" }) as const;
let community: CommunityId;

beforeEach(async () => {
  community = await emptyCommunity(databases);
});

const message = (reactions: readonly IncomingReaction[]): IncomingMessage => ({
  spaceExternalId: "hall",
  externalId: "1",
  sentAt: START,
  author: person("anna"),
  kind: "text",
  text: "come on",
  isQuestion: false,
  links: [],
  reactions,
});

const thumbs = (count: number, ...names: string[]): IncomingReaction => ({
  emoji: "👍",
  count,
  by: names.map((name) => ({ member: person(name) })),
});

/** Imports the message with these marks; returns the import. */
async function bring(...reactions: readonly IncomingReaction[]): Promise<string> {
  const importId = newId(START);
  const options = { databases, community, platform: "telegram", importId, secrets: testSecrets, now: () => START };
  await openIntake(options).store({ spaces: [hall], messages: [message(reactions)], moves: [] });
  return importId;
}

async function undo(importId: string): Promise<void> {
  const span = { firstAt: START, lastAt: START };
  await databases.asOwner((tx) => withdrawStretch(tx, community, { importId, span, after: undefined, limit: 100 }));
}

async function live(): Promise<LiveIntake> {
  const connectionId = await databases.asOwner((tx) =>
    ensureConnection(tx, community, { platform: "telegram", externalId: "bot", name: "Bot", now: START }),
  );
  return openLiveIntake({ databases, community, platform: "telegram", connectionId, now: () => START });
}

let receipts = 0;
const mark = (name: string, kind: "reaction-added" | "reaction-removed" = "reaction-added") => {
  const target = { spaceExternalId: "hall", externalId: "1", sentAt: START };
  return {
    kind,
    receipt: `mark ${(receipts += 1)}`,
    target,
    member: person(name),
    emoji: "👍",
    happenedAt: START,
  } as const;
};

/** How often the mark is counted, and who is known to have put it. */
async function marks(): Promise<string> {
  const found = await sql<{ told: string }>`
    select coalesce((select sum(count) from message_reactions where community_id = ${community}), 0) || ' ' ||
      coalesce((select string_agg(i.external_id, ',' order by i.external_id) from message_reactors r
        join identities i on i.community_id = r.community_id and i.member_id = r.member_id
        where r.community_id = ${community}), '') as told`.execute(databases.owner);
  return found.rows[0]?.told ?? "";
}

test("whoever an export names behind a mark is known, once for all, and may be fewer than are counted", async () => {
  await bring(thumbs(5, "boris", "vera"));
  expect(await marks()).toBe("5 boris,vera");
  await bring(thumbs(5, "boris", "vera"));
  expect(await marks()).toBe("5 boris,vera");
  await bring(thumbs(4, "vera", "gleb"));
  expect(await marks()).toBe("5 boris,gleb,vera");
});

test("never are fewer counted than are named by all exports together, until one of them is undone", async () => {
  await bring(thumbs(2, "boris", "vera"));
  const second = await bring(thumbs(2, "gleb", "dina"));
  expect(await marks()).toBe("4 boris,dina,gleb,vera");
  await undo(second);
  expect(await marks()).toBe("2 boris,vera");
});

test("what people mark and unmark themselves stands, whichever import comes and goes meanwhile", async () => {
  const intake = await live();
  await intake.take([{ kind: "posted", receipt: "post", spaces: [hall], message: message([]) }]);
  await intake.take([mark("boris"), mark("vera")]);
  const id = await bring(thumbs(4, "vera", "gleb", "dina"));
  expect(await marks()).toBe("4 boris,dina,gleb,vera");
  // Dina's is told late, Egor's is new, Boris and Vera take theirs back.
  await intake.take([mark("dina"), mark("egor"), mark("boris", "reaction-removed"), mark("vera", "reaction-removed")]);
  expect(await marks()).toBe("3 dina,egor,gleb");
  await undo(id);
  expect(await marks()).toBe("2 dina,egor");
});

test("somebody who was erased is behind no mark any more, and no export brings that back; the mark counts", async () => {
  await bring(thumbs(2, "boris", "vera"));
  const found = await sql<{ id: string }>`
    select member_id as id from identities where community_id = ${community} and external_id = 'boris'`.execute(
    databases.owner,
  );
  const memberIds = found.rows.map(({ id }) => id);
  await databases.asOwner((tx) => takePersonAway(tx, community, { memberIds, secrets: testSecrets, now: START }));
  expect(await marks()).toBe("2 vera");
  await bring(thumbs(3, "boris", "vera", "gleb"));
  const behind = await sql`select from message_reactors where community_id = ${community}`.execute(databases.owner);
  expect([await marks(), behind.rows.length]).toEqual(["3 gleb,vera", 2]);
});
