import { sql } from "kysely";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { emptyCommunity } from "#src/base/testing/community.ts";
import { append } from "#src/log/append.ts";
import { readLog } from "#src/log/read.ts";
import { memberPresence } from "#src/members/reactions.ts";
import { openIntake, type Intake } from "#src/platforms/intake.ts";
import type { IncomingMessage, IncomingMove } from "#src/platforms/model.ts";
import { auditQuerySchema, type Audit } from "../model.ts";
import { audit } from "../queries.ts";
import { analyticsSheets } from "../reactions.ts";
import type { Place } from "../store/opened.ts";
import { sheetsInOrder } from "./sheets-in-order.ts";

/** A message as a test tells it: who, when (UTC, `2026-03-02 10:00`), and what matters about it. */
export interface Line extends Partial<Omit<IncomingMessage, "author" | "sentAt">> {
  readonly by: string;
  readonly at: string;
  readonly space?: string;
  /** The id of the message this one answers. */
  readonly answers?: string;
}

/** A community that grows by imports. */
export interface Village {
  readonly community: CommunityId;
  readonly place: Place;
  /** Stores the lines and tells of an import, without counting it. */
  readonly store: (lines: readonly Line[], moves?: readonly IncomingMove[]) => Promise<void>;
  /** Stores the lines and counts them. */
  readonly tell: (lines: readonly Line[], moves?: readonly IncomingMove[]) => Promise<void>;
  readonly audit: (query?: Record<string, string>) => Promise<Audit>;
  readonly figure: (metric: string, query?: Record<string, string>) => Promise<number | undefined>;
  readonly mark: (name: string, as: "is_staff" | "is_bot") => Promise<void>;
  /** Every derived row, to compare before and after. */
  readonly derived: () => Promise<unknown[]>;
  readonly spaceId: (name: string) => Promise<string>;
}

const NOW = Date.UTC(2026, 10, 22, 12);

/** The instant of `2026-03-02 10:00` UTC. */
export function at(text: string): number {
  return Date.parse(`${text.replace(" ", "T")}Z`);
}

let counter = 0;

function messageOf({ by, at: when, space = "hall", answers, ...more }: Line): IncomingMessage {
  counter += 1;
  return {
    spaceExternalId: space,
    externalId: `m${counter}`,
    sentAt: at(when),
    author: { externalId: `id-${by}`, name: by, kind: by.endsWith("bot") ? "bot" : "person" },
    kind: "text",
    text: `words ${counter}`,
    isQuestion: false,
    links: [],
    reactions: [],
    ...(answers === undefined ? {} : { replyToExternalId: answers }),
    ...more,
  };
}

const DERIVED = ["day_counts", "notable_messages", "arrivals", "member_days", "member_totals"];

async function storeLines(
  { databases, community, intake }: Ground,
  lines: readonly Line[],
  moves: readonly IncomingMove[],
): Promise<void> {
  const messages = lines.map(messageOf);
  const names = [...new Set([...messages, ...moves].map((each) => each.spaceExternalId))];
  const spaces = names.map((name) => ({ externalId: name, name, kind: "chat" as const }));
  await intake.store({ spaces, messages, moves });
  const times = [...messages.map(({ sentAt }) => sentAt), ...moves.map(({ happenedAt }) => happenedAt)];
  const payload = {
    importId: community,
    messages: Math.max(1, messages.length),
    firstAt: Math.min(...times),
    lastAt: Math.max(...times),
  };
  await databases.asOwner((tx) => append(tx, community, [{ kind: "history.imported", happenedAt: NOW, payload }]));
}

/** Lets the readers of the log catch up; a fact that could not be digested is a failure here. */
async function countAll({ databases, community }: Ground): Promise<void> {
  const holder = "00000000-0000-7000-8000-000000000001";
  for (const consumer of [memberPresence, analyticsSheets]) await readLog(databases, consumer, { community, holder });
  const parked = await sql<{ error: string }>`
    select error from parked_facts where community_id = ${community}`.execute(databases.owner);
  if (parked.rows[0]) throw new Error(`a fact was parked: ${parked.rows[0].error}`);
}

async function derivedRows({ databases, community }: Ground): Promise<string[][]> {
  const tables = DERIVED.map(async (table) => {
    const found = await sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} t where community_id = ${community} order by 1`.execute(
      databases.owner,
    );
    return found.rows.map(({ row }) => row);
  });
  return [[await sheetsInOrder(databases, community)], ...(await Promise.all(tables))];
}

interface Ground {
  readonly databases: Databases;
  readonly community: CommunityId;
  readonly intake: Intake;
}

/** An empty community to be filled by `tell`. */
export async function village(databases: Databases, timeZone = "UTC"): Promise<Village> {
  const community = await emptyCommunity(databases, timeZone);
  const ground = {
    databases,
    community,
    intake: openIntake({ databases, community, platform: "telegram", now: () => NOW }),
  };
  const place: Place = { run: (work) => databases.asCommunity(community, work), community, timeZone, now: NOW };
  const ask = (query: Record<string, string> = {}): Promise<Audit> => audit(place, auditQuerySchema.parse(query));
  return {
    community,
    place,
    store: (lines, moves = []) => storeLines(ground, lines, moves),
    tell: async (lines, moves = []) => {
      await storeLines(ground, lines, moves);
      await countAll(ground);
    },
    audit: ask,
    figure: async (metric, query) => (await ask(query)).figures.find((figure) => figure.metric === metric)?.value,
    mark: async (name, as) => {
      await sql`update members set ${sql.ref(as)} = true where community_id = ${community} and name = ${name}`.execute(
        databases.owner,
      );
    },
    derived: () => derivedRows(ground),
    spaceId: async (name) => {
      const found = await sql<{ id: string }>`
        select id from spaces where community_id = ${community} and name = ${name}`.execute(databases.owner);
      return found.rows[0]?.id ?? "";
    },
  };
}
