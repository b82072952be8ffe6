import { createHash } from "node:crypto";
import { createRouterClient } from "@orpc/server";
import { sql } from "kysely";
import { secretHash } from "#src/accounts/one-time-token.ts";
import { keyIn, testCall } from "#src/accounts/testing/call.ts";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import { messageId, newId } from "#src/base/ids.ts";
import { createCommunity } from "#src/communities/actions.ts";
import { setUpApi } from "#src/hub/api-boards.ts";
import { type Board, HUB_SESSION_DAYS, topicPath } from "#src/hub/model.ts";
import { addAccount } from "#src/hub/store/accounts.ts";
import { addSession } from "#src/hub/store/sessions.ts";
import { authorOf, PLATFORM, spaceOf, wholeHub } from "#src/hub/talk/live.ts";
import { htmlOf, messageOf } from "#src/hub/talk/text.ts";
import { ensureConnection } from "#src/platforms/connections.ts";
import { openIntake } from "#src/platforms/intake.ts";
import { countTown } from "./counted.ts";
import { type DraftPost, type Drafting, draftTopic, type Person, type Text } from "./draft.ts";
import { postOf, series } from "./texts.ts";

/** A made-up community whose hub is measured. */
export interface Town {
  readonly slug: string;
  readonly community: CommunityId;
  readonly posts: number;
  readonly topics: number;
  readonly members: number;
  /** The addresses of topics that are read, at most 2,000, evenly from the oldest to the newest. */
  readonly paths: readonly string[];
}

const DAY = 86_400_000;
/** Everybody came before the first topic was opened. */
const JOINED_MS = 400 * DAY;
const BOARDS = ["Routes", "Equipment", "Снаряжение", "Попутчики", "Stories"];
/** Topics that are stored in one transaction, with some ten times as many posts. */
const TOPICS_AT_ONCE = 500;
/** So many texts are made and rendered; posts take one of them each. */
const TEXTS = 4000;
/** Of more topics than this only some are read. */
const MOST_READ = 2000;

/** The cookie of a member's browser; members count from 0. Everybody's is made of their number, so nothing need be kept. */
export function cookieOf(town: Pick<Town, "slug">, member: number): string {
  return `veche_hub_${town.slug}=${tokenOf(member)}`;
}

function tokenOf(member: number): string {
  return createHash("sha256").update(`session ${member}`).digest("base64url");
}

interface Site {
  readonly databases: Databases;
  readonly community: CommunityId;
  readonly slug: string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

async function openHub(site: Site): Promise<readonly Board[]> {
  const { databases, slug } = site;
  const facts = { id: site.community, slug, name: slug, language: "en", timeZone: "Europe/Moscow" } as const;
  const context = testCall({ databases, caller: keyIn(facts, "owner"), communities: [facts] });
  const team = createRouterClient(setUpApi, { context });
  await team.change({ community: slug, isOpen: true, about: "Everything about walking, and then some." });
  for (const name of BOARDS)
    await team.makeBoard({ community: slug, name, about: `About ${name}`, access: "everyone" });
  return (await team.allBoards({ community: slug })).items;
}

/** Gives somebody an account and a browser in which they are signed in. */
async function letIn(tx: Tx, { community, now }: Site, { person, n }: { person: Person; n: number }): Promise<void> {
  const email = `${person.name}@town.example`;
  const account = { ...person, userId: null, email, passwordHash: null, acceptsRules: true, at: now - JOINED_MS };
  await addAccount(tx, community, account);
  const tokenHash = secretHash(tokenOf(n));
  const session = { id: newId(now), tokenHash, accountId: person.accountId, device: "", at: now };
  await addSession(tx, community, { ...session, expiresAt: now + HUB_SESSION_DAYS * DAY });
}

/** People come by the intake, as whoever joins does; their accounts and sessions are written beside it. */
async function settle(site: Site, count: number): Promise<readonly Person[]> {
  const { databases, community, now } = site;
  const intake = openIntake({ databases, community, platform: PLATFORM, now: () => now });
  const joined = now - JOINED_MS;
  const accounts = Array.from({ length: count }, (_, n) => ({
    accountId: newId(joined),
    name: `walker${n}`,
    memberId: "",
  }));
  const space = wholeHub({ facts: { name: site.slug } });
  const moves = accounts.map((account) => ({
    spaceExternalId: space.externalId,
    externalId: account.accountId,
    position: 0,
    member: authorOf(account, false),
    name: account.name,
    kind: "joined" as const,
    happenedAt: joined,
  }));
  await intake.store({ spaces: [space], messages: [], moves });
  const found = await sql<{ accountId: string; memberId: string }>`
    select external_id as "accountId", member_id as "memberId" from identities
    where community_id = ${community} and platform = ${PLATFORM}`.execute(databases.owner);
  const members = new Map(found.rows.map((row) => [row.accountId, row.memberId]));
  const people = accounts.map((account) => ({ ...account, memberId: members.get(account.accountId) ?? "" }));
  await databases.asOwner(async (tx) => {
    for (const [n, person] of people.entries()) await letIn(tx, site, { person, n });
  });
  return people;
}

async function writeTexts(site: Site, next: () => number): Promise<readonly Text[]> {
  const { databases } = site;
  const sources = Array.from({ length: TEXTS }, () => postOf(next));
  return databases.asOwner(async (tx) => {
    const texts: Text[] = [];
    for (const source of sources) texts.push({ source, html: await htmlOf(tx, site, source) });
    return texts;
  });
}

/** Rows of the hub's own for posts whose messages the intake has just stored. */
function rowsOf(posts: readonly DraftPost[]): string {
  const rows = posts.map(({ topic, number, board, author, text, at, externalId, opens, tags }) => ({
    topic,
    number,
    boardId: board.id,
    memberId: author.memberId,
    html: text.html,
    at,
    tags,
    messageId: messageId(at, board.id, externalId),
    title: opens?.title,
    kind: opens?.kind,
  }));
  return JSON.stringify(rows);
}

async function storePosts(
  site: Site,
  intake: ReturnType<typeof openIntake>,
  posts: readonly DraftPost[],
): Promise<void> {
  const { community } = site;
  const messages = posts.map(({ board, author, text, at, ...post }) =>
    messageOf({
      ...post,
      spaceExternalId: spaceOf(board).externalId,
      author: authorOf(author, false),
      source: text.source,
      sentAt: at,
    }),
  );
  const spaces = [...new Map(posts.map(({ board }) => [board.id, spaceOf(board)])).values()];
  await intake.store({ spaces, messages, moves: [] }, async (tx) => {
    await sql`
      with p as (select * from jsonb_to_recordset(${rowsOf(posts)}::jsonb) as p (topic int, number int, "boardId" uuid,
        "memberId" uuid, html text, at float8, tags text[], "messageId" uuid, title text, kind text)),
      topics as (
        insert into hub_topics (community_id, number, board_id, kind, title, tags, member_id, made_at, last_at,
          last_member_id, last_post, posts, answer)
        select ${community}, f.topic, f."boardId", f.kind, f.title, f.tags, f."memberId", to_timestamp(f.at / 1000),
          to_timestamp(l.at / 1000), l."memberId", l.number, l.number,
          case when f.kind = 'question' and l.number > 2 and f.topic % 2 = 0 then l.number end
        from p f join lateral (select * from p o where o.topic = f.topic order by o.number desc limit 1) l on true
        where f.number = 1)
      insert into hub_posts (community_id, topic, number, message_id, member_id, as_team, html, sent_at)
      select ${community}, topic, number, "messageId", "memberId", false, html, to_timestamp(at / 1000) from p`.execute(
      tx,
    );
  });
}

async function writeAround({ databases: { owner }, community, now }: Site, connectionId: string): Promise<void> {
  await sql`
    insert into receipts (community_id, connection_id, external_id, message_id, received_at)
    select community_id, ${connectionId}, external_id, id, sent_at from messages where community_id = ${community}`.execute(
    owner,
  );
  await sql`
    insert into hub_topic_marks (community_id, account_id, topic, read_to, following)
    select p.community_id, a.id, p.topic, max(p.number), 'follow' from hub_posts p
    join hub_accounts a on a.community_id = p.community_id and a.member_id = p.member_id
    where p.community_id = ${community} group by 1, 2, 3`.execute(owner);
  await sql`
    insert into message_reactors (community_id, message_id, emoji, member_id, reacted_at)
    select p.community_id, p.message_id, (array['👍','❤️','🎉'])[1 + p.number % 3], o.member_id, now() from hub_posts p
    join hub_posts o on o.community_id = p.community_id and o.topic = p.topic and o.number = 1
    where p.community_id = ${community} and (p.topic + p.number) % 5 = 0 on conflict do nothing`.execute(owner);
  await sql`
    insert into message_reactions (community_id, message_id, emoji, count)
    select community_id, message_id, emoji, count(*) from message_reactors where community_id = ${community}
    group by 1, 2, 3`.execute(owner);
  await sql`
    update hubs set topics = (select max(number) from hub_topics t where t.community_id = hubs.community_id),
      changed_at = ${new Date(now)} where community_id = ${community}`.execute(owner);
}

async function townOf(databases: Databases, slug: string): Promise<Town | undefined> {
  const found = await sql<{ id: string; topics: number; posts: number; members: number }>`
    select c.id, h.topics, (select count(*) from hub_posts p where p.community_id = c.id) as posts,
      (select count(*) from hub_accounts a where a.community_id = c.id) as members
    from communities c join hubs h on h.community_id = c.id where c.slug = ${slug} and h.topics > 0`.execute(
    databases.owner,
  );
  const [row] = found.rows;
  if (row === undefined) return undefined;
  const { id, ...counts } = row;
  const every = Math.max(1, Math.floor(counts.topics / MOST_READ));
  const heads = await sql<{ number: number; title: string }>`
    select number, title from hub_topics where community_id = ${id} and number % ${every} = 0 order by number`.execute(
    databases.owner,
  );
  const paths = heads.rows.map((head) => topicPath(slug, head));
  return { slug, community: provenCommunity(id), ...counts, paths };
}

/**
 * A community with so many topics and some ten times as many posts: made now, or by a run before in the same data folder.
 *
 * Messages, spaces and people go by the intake, which is the real road. Accounts, sessions, topics, posts, marks, receipts
 * and facts are written as rows beside it, because by the real road, one transaction for each post, a fifth of a million
 * take half an hour. The rows are those that the real road leaves; texts repeat.
 */
export async function makeTown(databases: Databases, topics: number, say: (line: string) => void): Promise<Town> {
  const slug = `town-${topics}`;
  const known = await townOf(databases, slug);
  if (known !== undefined) return known;
  const now = Date.now();
  const wish = { name: slug, slug, language: "en", timeZone: "Europe/Moscow", ownerId: undefined, now } as const;
  const community = provenCommunity((await createCommunity(databases, wish)).id);
  const site: Site = { databases, community, slug, now };
  const [next, boards] = [series(topics), await openHub(site)];
  const people = await settle(site, Math.max(200, Math.round(topics / 2)));
  const drafting: Drafting = { boards, people, next, now, topics, texts: await writeTexts(site, next) };
  const intake = openIntake({ databases, community, platform: PLATFORM, now: () => now });
  for (let topic = 1; topic <= topics; topic += TOPICS_AT_ONCE) {
    const last = Math.min(topics, topic + TOPICS_AT_ONCE - 1);
    const numbers = Array.from({ length: last - topic + 1 }, (_, n) => topic + n);
    await storePosts(
      site,
      intake,
      numbers.flatMap((number) => draftTopic(drafting, number)),
    );
  }
  say(`${slug}: posts written`);
  const place = { platform: PLATFORM, externalId: PLATFORM, name: slug, now };
  await writeAround(site, await databases.asOwner((tx) => ensureConnection(tx, community, place)));
  await countTown(databases, community, say);
  return (await townOf(databases, slug)) ?? Promise.reject(new Error("the town that was just made is not there"));
}
