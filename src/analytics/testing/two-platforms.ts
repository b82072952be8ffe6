import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { append } from "#src/log/append.ts";
import { readLog, rebuild } from "#src/log/read.ts";
import { mergeMembers, separateMembers, type MergeOutcome } from "#src/members/merging/actions.ts";
import { memberList, memberPresence } from "#src/members/reactions.ts";
import { openIntake } from "#src/platforms/intake.ts";
import type { IncomingMessage } from "#src/platforms/model.ts";
import { analyticsSheets } from "../reactions.ts";
import { sheetsInOrder } from "./sheets-in-order.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
const BY = { id: "00000000-0000-7000-8000-0000000000aa", name: "owner" };
const HOLDER = "00000000-0000-7000-8000-000000000001";

/** What somebody wrote on one of the platforms. `answers` is the id of a message of the same space. */
export interface Post {
  readonly id: string;
  readonly by: string;
  readonly platform: "telegram" | "discord" | "slack";
  /** `2026-03-02 10:00`, UTC. */
  readonly at: string;
  readonly space?: string;
  readonly answers?: string;
  readonly isQuestion?: boolean;
  readonly kind?: "person" | "bot";
}

/** Every table that is counted from messages, and those of people. Renewal times are not figures. */
const COUNTED = [
  "member_days",
  "member_totals",
  "member_cards",
  "member_words",
  "member_spaces",
  "member_answers",
  "day_counts",
  "notable_messages",
  "arrivals",
  "members",
  "identities",
  "member_parts",
];

function messageOf({
  id,
  by,
  at,
  space = "hall",
  answers,
  isQuestion = false,
  kind = "person",
}: Post): IncomingMessage {
  return {
    spaceExternalId: space,
    externalId: id,
    sentAt: Date.parse(`${at.replace(" ", "T")}Z`),
    author: { externalId: `id-${by}`, name: by, kind },
    kind: "text",
    text: `words of ${id}`,
    isQuestion,
    links: [],
    reactions: [],
    ...(answers === undefined ? {} : { replyToExternalId: answers }),
  };
}

/** A community whose history comes from several platforms. */
export interface TwoPlatforms {
  readonly community: CommunityId;
  /** Imports the posts and lets every reader of the log catch up. */
  import(posts: readonly Post[]): Promise<void>;
  merge(member: string, into: string): Promise<MergeOutcome>;
  separate(mergeId: string): Promise<MergeOutcome>;
  /** Lets every reader of the log catch up. */
  settle(): Promise<void>;
  /** Every counted row, table by table. */
  counted(): Promise<Record<string, string[]>>;
  /** The same, after forgetting everything and counting from nothing. */
  countedAnew(): Promise<Record<string, string[]>>;
  idOf(name: string): Promise<string>;
}

async function readAll(databases: Databases, community: CommunityId): Promise<void> {
  for (const consumer of [memberPresence, memberList, analyticsSheets])
    await readLog(databases, consumer, { community, holder: HOLDER });
  const parked = await sql<{ error: string }>`
    select error from parked_facts where community_id = ${community}`.execute(databases.owner);
  if (parked.rows[0]) throw new Error(`a fact was parked: ${parked.rows[0].error}`);
}

async function countedRows(databases: Databases, community: CommunityId): Promise<Record<string, string[]>> {
  const tables = COUNTED.map(async (table): Promise<[string, string[]]> => {
    const found = await sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} t where community_id = ${community} order by 1`.execute(
      databases.owner,
    );
    return [table, found.rows.map(({ row }) => row)];
  });
  const sheets = await sheetsInOrder(databases, community);
  return { ...Object.fromEntries(await Promise.all(tables)), sheets: [sheets] };
}

/** An empty community to be filled by imports of several platforms. */
export async function twoPlatforms(databases: Databases, timeZone = "Europe/Moscow"): Promise<TwoPlatforms> {
  const community = await emptyCommunity(databases, timeZone);
  const settle = (): Promise<void> => readAll(databases, community);
  const idOf = async (name: string): Promise<string> => {
    const found = await sql<{ id: string }>`
      select id from members where community_id = ${community} and name = ${name}`.execute(databases.owner);
    return found.rows[0]?.id ?? "";
  };
  const tell = async (posts: readonly Post[]): Promise<void> => {
    const times = posts.map(({ at }) => Date.parse(`${at.replace(" ", "T")}Z`));
    const span = { firstAt: Math.min(...times), lastAt: Math.max(...times) };
    const payload = { importId: community, messages: posts.length, ...span };
    await databases.asOwner((tx) => append(tx, community, [{ kind: "history.imported", happenedAt: NOW, payload }]));
  };
  return {
    community,
    settle,
    idOf,
    import: async (posts) => {
      for (const platform of ["telegram", "discord", "slack"] as const) {
        const own = posts.filter((post) => post.platform === platform);
        if (own.length === 0) continue;
        const names = [...new Set(own.map(({ space = "hall" }) => space))];
        await openIntake({ databases, community, platform, now: () => NOW }).store({
          spaces: names.map((name) => ({ externalId: name, name: `${platform} ${name}`, kind: "chat" })),
          messages: own.map(messageOf),
          moves: [],
        });
      }
      await tell(posts);
      await settle();
    },
    merge: async (member, into) => {
      const [memberId, intoId] = [await idOf(member), await idOf(into)];
      const outcome = await databases.asCommunity(community, (tx) =>
        mergeMembers(tx, community, { memberId, intoId, by: BY, now: NOW }),
      );
      await settle();
      return outcome;
    },
    separate: async (mergeId) => {
      const outcome = await databases.asCommunity(community, (tx) =>
        separateMembers(tx, community, { mergeId, by: BY, now: NOW }),
      );
      await settle();
      return outcome;
    },
    counted: () => countedRows(databases, community),
    countedAnew: async () => {
      for (const consumer of [memberPresence, memberList, analyticsSheets])
        await rebuild(databases, consumer, { community, holder: HOLDER });
      await settle();
      return countedRows(databases, community);
    },
  };
}
