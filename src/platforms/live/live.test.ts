import { sql } from "kysely";
import { expect, test } from "vitest";
import type { CommunityId } from "#src/base/community-id.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { testDatabase } from "#src/base/testing/database.ts";
import { ensureConnection } from "../connections.ts";
import { openIntake } from "../intake.ts";
import type { IncomingAuthor, IncomingMessage } from "../model.ts";
import { forgetReceipts } from "../store/connections.ts";
import { holdIntake } from "../withdrawal.ts";
import { type LiveIntake, openLiveIntake } from "./intake.ts";
import type { Edited, LiveUpdate, MessageTarget, Posted } from "./updates.ts";

const databases = await testDatabase();
const START = Date.UTC(2026, 0, 10, 12);
const MINUTE = 60_000;
const hall = { externalId: "hall", name: "Hall", kind: "board" } as const;
const anna: IncomingAuthor = { externalId: "anna", name: "Anna", kind: "person" };
const boris: IncomingAuthor = { externalId: "boris", name: "Boris", kind: "person" };

interface Live {
  readonly community: CommunityId;
  readonly intake: LiveIntake;
}

async function live(): Promise<Live> {
  const community = await emptyCommunity(databases);
  const connectionId = await databases.asOwner((tx) =>
    ensureConnection(tx, community, { platform: "hub", externalId: "hub", name: "Hub", now: START }),
  );
  return {
    community,
    intake: openLiveIntake({ databases, community, platform: "hub", connectionId, now: () => START }),
  };
}

function message(n: number, more: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    spaceExternalId: "hall",
    externalId: String(n),
    sentAt: START + n * MINUTE,
    author: anna,
    kind: "text",
    text: `message ${n}`,
    isQuestion: false,
    links: [],
    reactions: [],
    ...more,
  };
}

const posted = (n: number, more: Partial<IncomingMessage> = {}): Posted => ({
  kind: "posted",
  receipt: `post ${n}`,
  spaces: [hall],
  message: message(n, more),
});

const target = (n: number): MessageTarget => ({ spaceExternalId: "hall", externalId: String(n) });

const edited = (n: number, text: string, at = START + 60 * MINUTE): Edited => ({
  kind: "edited",
  receipt: `edit ${n} ${at}`,
  spaces: [],
  message: { ...message(n, { text }), editedAt: at },
});

async function facts({ community }: Live): Promise<string[]> {
  const found = await sql<{ kind: string }>`
    select kind from facts where community_id = ${community} order by seq`.execute(databases.owner);
  return found.rows.map((row) => row.kind);
}

async function texts({ community }: Live): Promise<string[]> {
  const found = await sql<{ text: string }>`
    select text from messages where community_id = ${community} order by id`.execute(databases.owner);
  return found.rows.map((row) => row.text);
}

async function marks({ community }: Live): Promise<Record<string, number>> {
  const found = await sql<{ emoji: string; count: number }>`
    select emoji, count from message_reactions where community_id = ${community}`.execute(databases.owner);
  return Object.fromEntries(found.rows.map((row) => [row.emoji, row.count]));
}

test("what is posted is stored with its author and told, in the order in which it came", async () => {
  const place = await live();
  const outcomes = await place.intake.take([posted(1), posted(2, { author: boris, replyToExternalId: "1" })]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["taken", "taken"]);
  expect(await facts(place)).toEqual(["message.posted", "message.accepted", "message.posted", "message.accepted"]);
  const found = await sql<{ author: string; answered: string | null }>`
    select m.name as author, p.external_id as answered from messages x
    join members m on m.community_id = x.community_id and m.id = x.member_id
    left join messages p on p.community_id = x.community_id and p.id = x.reply_to_id
    where x.community_id = ${place.community} order by x.id`.execute(databases.owner);
  expect(found.rows).toEqual([
    { author: "Anna", answered: null },
    { author: "Boris", answered: "1" },
  ]);
});

test("an update that is delivered twice changes nothing, and its second delivery is answered with the first message", async () => {
  const place = await live();
  const updates: LiveUpdate[] = [
    posted(1),
    { kind: "reaction-added", receipt: "r", target: target(1), member: boris, emoji: "👍", happenedAt: START },
    {
      kind: "moved",
      receipt: "m",
      spaces: [],
      move: {
        spaceExternalId: "hall",
        externalId: "j1",
        position: 0,
        member: boris,
        name: "Boris",
        kind: "joined",
        happenedAt: START,
      },
    },
  ];
  const [first] = await place.intake.take([...updates, ...updates]);
  const told = await facts(place);
  const again = await place.intake.take(updates);
  expect(again.map(({ outcome }) => outcome)).toEqual(["repeated", "repeated", "repeated"]);
  // The form was sent anew a second later: another text, another time, the same token.
  const [form] = await place.intake.take([{ ...posted(7), receipt: "post 1" }]);
  expect(form).toMatchObject({ outcome: "repeated", messageId: first?.messageId });
  expect(await facts(place)).toEqual(told);
  expect(told).toEqual(["message.posted", "message.accepted", "reaction.added", "member.joined"]);
  expect(await marks(place)).toEqual({ "👍": 1 });
  expect(await texts(place)).toEqual(["message 1"]);
});

test("of two deliveries at the same moment one is taken", async () => {
  const place = await live();
  const both = await Promise.all([place.intake.take([posted(1)]), place.intake.take([posted(1)])]);
  expect(both.flat().map(({ outcome }) => outcome)).toEqual(expect.arrayContaining(["taken", "repeated"]));
  expect(both[0]?.[0]?.messageId).toBe(both[1]?.[0]?.messageId);
  expect(await facts(place)).toHaveLength(2);
});

test("what was said before an edit is kept as a version", async () => {
  const place = await live();
  await place.intake.take([posted(1)]);
  await place.intake.take([edited(1, "better")]);
  await place.intake.take([edited(1, "best", START + 90 * MINUTE), edited(1, "late", START + 70 * MINUTE)]);
  expect(await texts(place)).toEqual(["best"]);
  const versions = await sql<{ version: number; text: string }>`
    select version, text from message_versions where community_id = ${place.community} order by version`.execute(
    databases.owner,
  );
  expect(versions.rows).toEqual([
    { version: 1, text: "message 1" },
    { version: 2, text: "better" },
  ]);
  expect((await facts(place)).slice(2)).toEqual(["message.edited", "message.edited"]);
});

test("an edit of a message that was never seen stores the message", async () => {
  const place = await live();
  const [step] = await place.intake.take([{ ...edited(1, "hello"), spaces: [hall] }]);
  expect(step?.outcome).toBe("taken");
  expect(await texts(place)).toEqual(["hello"]);
});

test("a deleted message stays deleted, whatever brings it again, until it is restored with its links and marks", async () => {
  const place = await live();
  const links = [{ domain: "veche.example", url: "https://veche.example/" }];
  const imports = openIntake({ databases, community: place.community, platform: "hub", now: () => START });
  await place.intake.take([posted(1, { links, reactions: [{ emoji: "👍", count: 3 }] }), posted(2)]);
  await place.intake.take([{ kind: "deleted", receipt: "d", target: target(1), happenedAt: START, by: boris }]);
  expect(await texts(place)).toEqual(["message 2"]);
  const [again] = await place.intake.take([{ ...posted(1), receipt: "delivered late" }]);
  expect(again?.outcome).toBe("gone");
  await imports.store({ spaces: [hall], messages: [message(1), message(3)], moves: [] });
  expect(await texts(place)).toEqual(["message 2", "message 3"]);
  await place.intake.take([{ kind: "restored", receipt: "u", target: target(1), happenedAt: START }]);
  expect(await texts(place)).toEqual(["message 1", "message 2", "message 3"]);
  expect(await marks(place)).toEqual({ "👍": 3 });
  expect((await facts(place)).slice(4)).toEqual(["message.deleted", "message.restored"]);
});

test("a thousand messages deleted together are each told in their order, and come back exactly as they stood", async () => {
  const place = await live();
  const numbers = Array.from({ length: 1002 }, (_, i) => i + 1);
  const links = [{ domain: "veche.example", url: "https://veche.example/" }];
  const more = (n: number) =>
    n % 500 === 0 ? { author: boris, replyToExternalId: "1", links, reactions: [{ emoji: "👍", count: n }] } : {};
  await place.intake.take(numbers.map((n) => posted(n, more(n))));
  const rows = async () => {
    const told = [];
    for (const table of ["messages", "message_reactions", "message_links"]) {
      const found = await sql<{ row: string }>`
        select to_jsonb(x)::text as row from ${sql.table(table)} x
        where community_id = ${place.community} order by 1`.execute(databases.owner);
      told.push(...found.rows.map(({ row }) => row));
    }
    return told;
  };
  const before = await rows();
  const named = (n: number): MessageTarget => ({ ...target(n), ...(n === 7 ? {} : { sentAt: START + n * MINUTE }) });
  const going = [...numbers, 1002, 5000].map((n, i) => ({
    kind: "deleted" as const,
    receipt: `d${i}`,
    target: named(n),
    happenedAt: START + i,
    by: n % 2 === 0 ? anna : boris,
  }));
  const outcomes = await place.intake.take(going);
  expect(outcomes.slice(-3).map(({ outcome }) => outcome)).toEqual(["taken", "gone", "unknown"]);
  expect(await rows()).toEqual([]);
  const told = await sql<{ id: string; by: string }>`
    select payload->>'messageId' as id, m.name as by from facts f
    join members m on m.community_id = f.community_id and m.id = (f.payload->>'byMemberId')::uuid
    where f.community_id = ${place.community} and f.kind = 'message.deleted' order by seq`.execute(databases.owner);
  const expected = numbers.map((n, i) => ({ id: outcomes[i]?.messageId, by: n % 2 === 0 ? "Anna" : "Boris" }));
  expect(told.rows).toEqual(expected);
  const back = [...numbers, 1002].map((n, i) => ({ kind: "restored" as const, receipt: `u${i}`, target: named(n) }));
  const returned = await place.intake.take(back.map((update) => ({ ...update, happenedAt: START })));
  expect(returned.slice(-2).map(({ outcome }) => outcome)).toEqual(["taken", "repeated"]);
  expect(await rows()).toEqual(before);
});

test("a mark counts once for each person, and taking it back counts it off", async () => {
  const place = await live();
  await place.intake.take([posted(1)]);
  const react = (kind: "reaction-added" | "reaction-removed", receipt: string, member = anna): LiveUpdate => ({
    kind,
    receipt,
    target: target(1),
    member,
    emoji: "👍",
    happenedAt: START,
  });
  await place.intake.take([
    react("reaction-added", "1"),
    react("reaction-added", "2"),
    react("reaction-added", "3", boris),
  ]);
  expect(await marks(place)).toEqual({ "👍": 2 });
  await place.intake.take([react("reaction-removed", "4"), react("reaction-removed", "5")]);
  expect(await marks(place)).toEqual({ "👍": 1 });
  await place.intake.take([react("reaction-removed", "6", boris)]);
  expect(await marks(place)).toEqual({});
});

test("what an import brought is not told anew when it comes live, and stays when the import is undone", async () => {
  const place = await live();
  const importId = place.community;
  const imports = openIntake({ databases, community: place.community, platform: "hub", importId, now: () => START });
  await imports.store({ spaces: [hall], messages: [message(1)], moves: [] });
  const [step] = await place.intake.take([posted(1)]);
  expect(step?.outcome).toBe("repeated");
  expect(await facts(place)).toEqual([]);
  const carriers = await sql`select from import_overlaps where community_id = ${place.community}`.execute(
    databases.owner,
  );
  expect(carriers.rows).toHaveLength(1);
});

test("what the caller writes around updates is stored with them or not at all", async () => {
  const place = await live();
  const failing = place.intake.take([posted(1)], {
    after: () => Promise.reject(new Error("the topic is closed")),
  });
  await expect(failing).rejects.toThrow("the topic is closed");
  expect(await texts(place)).toEqual([]);
  expect((await place.intake.take([posted(1)])).map(({ outcome }) => outcome)).toEqual(["taken"]);
});

test("receipts that are too old to meet a second delivery are deleted, and the message still stands once", async () => {
  const place = await live();
  await place.intake.take([posted(1)]);
  const receipts = async (): Promise<number> => {
    const found = await sql`select from receipts where community_id = ${place.community}`.execute(databases.owner);
    return found.rows.length;
  };
  await forgetReceipts(databases.owner, START);
  expect(await receipts()).toBe(1);
  await forgetReceipts(databases.owner, START + 1);
  expect(await receipts()).toBe(0);
  expect((await place.intake.take([posted(1)]))[0]?.outcome).toBe("repeated");
  expect(await texts(place)).toEqual(["message 1"]);
});

test("while an undone import looks for people of whom nothing is left, what they post waits", async () => {
  const place = await live();
  const order: string[] = [];
  let writing: Promise<unknown> = Promise.resolve();
  await databases.asOwner(async (tx) => {
    await holdIntake(tx, place.community);
    writing = place.intake.take([posted(1)]).then(() => order.push("posted"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    order.push("looked");
  });
  await writing;
  expect(order).toEqual(["looked", "posted"]);
});
