import { createRouterClient } from "@orpc/server";
import { sql } from "kysely";
import type { CommunityFacts } from "#src/accounts/call.ts";
import type { Role } from "#src/accounts/model.ts";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { provenCommunity, type CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { newId } from "#src/base/ids.ts";
import { append } from "#src/log/append.ts";
import { readLog } from "#src/log/read.ts";
import { openIntake } from "#src/platforms/intake.ts";
import type { IncomingAuthor, IncomingMessage, IncomingMove } from "#src/platforms/model.ts";
import { membersApi } from "../api.ts";
import { memberList, memberPresence } from "../reactions.ts";
import { recountPresence, type WrittenSpan, writtenSpan } from "../store/presence.ts";

export const NOW = Date.UTC(2026, 10, 22, 12);
export const DAY = 86_400_000;

/** Somebody who wrote. */
export interface Person extends Partial<IncomingAuthor> {
  readonly name: string;
  readonly messages?: number;
  /** Days before NOW of the last message; each earlier message a day before the next. */
  readonly daysAgo?: number;
  readonly space?: string;
  /** Tells these messages from others of the same person; else the same ones come again. */
  readonly prefix?: string;
  /** `telegram`, unless told. */
  readonly platform?: string;
  /** What the last message says, unless told their name and its number. */
  readonly text?: string;
  /** Name of the person whose last message theirs answer. */
  readonly answers?: string;
}

/** A community with a list of members, and procedures called as one of its team. */
export interface Village {
  readonly community: CommunityId;
  readonly slug: string;
  as(role: Role): ReturnType<typeof clientFor>;
  /** Stores them and counts anew: everything, or only what was written in a span. */
  write(people: readonly Person[], moves?: readonly IncomingMove[], counted?: { only: WrittenSpan }): Promise<void>;
  /** Brings the list up to date: with everything, or with what was written in a span. */
  renew(only?: WrittenSpan): Promise<void>;
  /** Lets the readers of the log of this feature read everything that was told. */
  read(): Promise<void>;
  idOf(name: string): Promise<string>;
}

function clientFor(databases: Databases, facts: CommunityFacts, role: Role) {
  const context = testCall({ databases, caller: keyIn(facts, role), communities: [facts] }, { now: () => NOW });
  return createRouterClient(membersApi, { context });
}

function messagesOf(person: Person, answered: string | undefined): IncomingMessage[] {
  const {
    name,
    messages = 1,
    daysAgo = 0,
    space = "hall",
    kind = "person",
    externalId = `id-${name}`,
    username,
    prefix = "",
  } = person;
  const author = { externalId, name, kind, ...(username === undefined ? {} : { username }) };
  return Array.from({ length: messages }, (_, n) => ({
    spaceExternalId: space,
    externalId: `${prefix}${externalId}-${n}`,
    sentAt: NOW - (daysAgo + messages - 1 - n) * DAY,
    author,
    kind: "text",
    text: person.text !== undefined && n === messages - 1 ? person.text : `${name} says ${n}`,
    isQuestion: false,
    links: [],
    reactions: [],
    ...(answered === undefined ? {} : { replyToExternalId: answered }),
  }));
}

function incoming(people: readonly Person[]): IncomingMessage[] {
  const last = new Map(
    people.map((each) => [each.name, `${each.externalId ?? `id-${each.name}`}-${(each.messages ?? 1) - 1}`]),
  );
  return people.flatMap((person) => messagesOf(person, person.answers && last.get(person.answers)));
}

/** Makes a community, writes these people into it and brings its list up to date. */
export async function village(databases: Databases, people: readonly Person[] = []): Promise<Village> {
  const id = newId(NOW);
  const slug = `village-${id.slice(-10)}`;
  const facts: CommunityFacts = { id, slug, name: "Village", language: "en", timeZone: "UTC" };
  await sql`
    insert into communities (id, slug, name, language, time_zone, created_at)
    values (${id}, ${slug}, 'Village', 'en', 'UTC', now())`.execute(databases.owner);
  const community = provenCommunity(id);
  const made: Village = {
    community,
    slug,
    as: (role) => clientFor(databases, facts, role),
    write: async (written, moves = [], counted) => {
      const spaces = ["hall", "garden"].map((name) => ({ externalId: name, name, kind: "chat" as const }));
      for (const platform of new Set(["telegram", ...written.map((person) => person.platform ?? "telegram")])) {
        const there = written.filter((person) => (person.platform ?? "telegram") === platform);
        await openIntake({ databases, community, platform, now: () => NOW }).store({
          spaces,
          messages: incoming(there),
          moves: platform === "telegram" ? moves : [],
        });
      }
      await made.renew(counted?.only);
    },
    renew: async (only) => {
      await databases.asOwner(async (tx) => {
        const payload = only ?? (await writtenSpan(tx, community)) ?? { firstAt: NOW, lastAt: NOW };
        await recountPresence(tx, community, payload);
        await append(tx, community, [{ kind: "members.counted", happenedAt: NOW, payload }]);
      });
      await made.read();
    },
    read: async () => {
      for (const consumer of [memberPresence, memberList])
        await readLog(databases, consumer, { community, holder: newId(NOW) });
    },
    idOf: async (name) => {
      const found = await sql<{ id: string }>`
        select id from members where community_id = ${community} and name = ${name}`.execute(databases.owner);
      return found.rows[0]?.id ?? "";
    },
  };
  await made.write(people);
  return made;
}
