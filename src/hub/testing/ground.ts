import { sql } from "kysely";
import { newId } from "#src/base/ids.ts";
import type { ActionKind, AdapterPlace, PlatformAction } from "#src/platforms/adapter.ts";
import { senderBy } from "#src/platforms/outbox/perform.ts";
import type { Ground } from "#src/platforms/testing/contract.ts";
import { hubAdapter } from "../adapter.ts";
import { type Camp, type Guest, openCamp } from "./camp.ts";

interface Setting {
  readonly camp: Camp;
  readonly anna: Guest;
  readonly place: AdapterPlace;
  /** One of the team. */
  readonly by: string;
  /** The board, as platforms name spaces. */
  readonly space: string;
}

async function addUser({ databases }: Pick<AdapterPlace, "databases">): Promise<string> {
  const id = newId(Date.now());
  await sql`
    insert into users (id, email, name, created_at, updated_at)
    values (${id}, ${`${id}@camp.example`}, 'Marmot', now(), now())`.execute(databases.owner);
  return id;
}

/** A topic that Anna has just opened, as platforms name its message. */
async function topicOfAnna({ camp, anna, place }: Setting): Promise<string> {
  const wish = { community: camp.facts.slug, boardId: camp.board, kind: "discussion", text: "Green?" } as const;
  const { topic } = await anna.api.topics.openTopic({ ...wish, title: "Tea for all" });
  const found = await sql<{ id: string }>`
    select w.external_id as id from hub_posts p join messages w on w.community_id = p.community_id and w.id = p.message_id
    where p.community_id = ${camp.community} and p.topic = ${topic}`.execute(place.databases.owner);
  return found.rows[0]?.id ?? "";
}

/** A topic that the team has just opened. */
async function topicOfTeam({ place, space, by }: Setting): Promise<string> {
  const action = { kind: "open-topic", space, title: "Our news", text: "First", by } as const;
  const sent = await senderBy(hubAdapter, place).send({ action, key: newId(Date.now()) });
  return sent.outcome === "sent" ? (sent.externalId ?? "") : "";
}

function samplesIn(setting: Setting): Partial<Record<ActionKind, () => Promise<PlatformAction>>> {
  const { space, by } = setting;
  return {
    send: async () => ({ kind: "send", space, text: "Black.", replyTo: await topicOfAnna(setting), by }),
    "open-topic": async () => ({ kind: "open-topic", space, title: "Summer camp", text: "Who comes?", by }),
    edit: async () => ({ kind: "edit", space, message: await topicOfTeam(setting), text: "Second", by }),
    delete: async () => ({ kind: "delete", space, message: await topicOfAnna(setting), by }),
    pin: async () => ({ kind: "pin", space, message: await topicOfAnna(setting), isPinned: true, by }),
  };
}

function troublesIn(setting: Setting): Ground["troubles"] {
  const { space, by } = setting;
  const refused = (cause: () => Promise<PlatformAction>) => ({ outcome: "refused", cause }) as const;
  return {
    "no such board": refused(async () => ({ kind: "send", space: "nowhere", text: "Hi", by })),
    "no such message": refused(async () => ({ kind: "delete", space, message: "nobody wrote it", by })),
    "nobody who says it": refused(async () => ({ kind: "send", space, text: "Hi" })),
    "somebody else's text": refused(async () => ({
      kind: "edit",
      space,
      message: await topicOfAnna(setting),
      text: "Mine",
      by,
    })),
  };
}

async function look({ camp, place }: Setting): Promise<string> {
  const seen = await sql`
    select t.number, t.title, t.pinned_at is not null as pinned, p.html, p.deleted_at is not null as gone, m.name
    from hub_topics t join hub_posts p on p.community_id = t.community_id and p.topic = t.number
    join members m on m.community_id = p.community_id and m.id = p.member_id
    where t.community_id = ${camp.community} order by t.number, p.number`.execute(place.databases.owner);
  return JSON.stringify(seen.rows);
}

async function happen({ camp, anna }: Setting): Promise<void> {
  const { slug: community } = camp.facts;
  const wish = { community, boardId: camp.board, kind: "discussion", title: "Tea for all", text: "Or?" } as const;
  const { topic } = await anna.api.topics.openTopic(wish);
  const { number } = await anna.api.topics.reply({ community, topic, text: "Black." });
  await anna.api.posts.react({ community, topic, number, mark: "👍", isOn: true });
  await anna.api.posts.remove({ community, topic, number });
}

/** A hub as adapters are tried on it: a board, a member, one of the team. */
export async function hubGround(
  open: (camp: Camp) => Promise<AdapterPlace>,
  databases: AdapterPlace["databases"],
): Promise<Ground> {
  const camp = await openCamp(databases);
  const found = await sql<{ space: string }>`
    select external_id as space from spaces where community_id = ${camp.community} and id = ${camp.board}`.execute(
    databases.owner,
  );
  const space = found.rows[0]?.space ?? "";
  const by = await addUser({ databases });
  const setting: Setting = { camp, anna: await camp.member("anna"), place: await open(camp), by, space };
  const samples = samplesIn(setting);
  return {
    place: setting.place,
    sample: (kind) => samples[kind]?.() ?? Promise.reject(new Error(`no sample of ${kind}`)),
    look: () => look(setting),
    troubles: troublesIn(setting),
    happen: () => happen(setting),
  };
}
