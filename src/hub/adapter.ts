import { refuse } from "#src/base/refusal.ts";
import type { Adapter, AdapterPlace } from "#src/platforms/adapter.ts";
import { hub as hubPlatform } from "#src/platforms/capabilities/hub.ts";
import type { Attempt } from "#src/platforms/outbox/model.ts";
import type { HubDeed } from "./call.ts";
import { callableGroups } from "./groups/store.ts";
import { LONGEST_TITLE } from "./model.ts";
import { ensureTeamAccount } from "./people/team.ts";
import { accountOfUser } from "./store/accounts.ts";
import { boardsOf } from "./store/boards.ts";
import { hubBySlug, touchHub } from "./store/hubs.ts";
import { nameOfUser, postByName, slugOfCommunity } from "./store/named.ts";
import { arrange } from "./talk/arrange.ts";
import { edit, remove } from "./talk/change.ts";
import { spaceOf } from "./talk/live.ts";
import { reply } from "./talk/reply.ts";
import { openTopic } from "./talk/write.ts";

/** The team in its own hub, without a browser: under the name of whoever decided. The outbox paces itself. */
async function deedAt(place: AdapterPlace, by: string | undefined): Promise<HubDeed> {
  const { databases, community } = place;
  const slug = await slugOfCommunity(databases.owner, community);
  const found = slug === undefined ? undefined : await hubBySlug(databases.owner, slug);
  if (found?.hub.isOpen !== true) return refuse("not-found", "hub.no-such-hub");
  const name = by === undefined ? undefined : await nameOfUser(databases.owner, by);
  if (by === undefined || name === undefined) return refuse("forbidden", "hub.nobody-speaks");
  const account = await accountOfUser(databases.owner, community, by);
  const run: HubDeed["run"] = (work) => databases.asCommunity(community, work);
  return ensureTeamAccount({
    ...place,
    facts: found.facts,
    hub: found.hub,
    boards: await run((tx) => boardsOf(tx, community)),
    groups: await run((tx) => callableGroups(tx, community)),
    visitor: { kind: "team", userId: by, name, account, unread: 0, mayWrite: true, mayModerate: true },
    limits: { take: () => undefined },
    run,
  });
}

interface Named {
  readonly space: string;
  readonly message: string;
}

async function placeOf({ databases, community }: AdapterPlace, named: Named) {
  return (await postByName(databases.owner, community, named)) ?? refuse("not-found", "hub.no-such-post");
}

/** A title for what has none: its first line, cut where a word ends. */
function firstLine(text: string): string {
  const [line = ""] = text.trim().split("\n", 1);
  const plain = line.replace(/^#+\s*/, "");
  if (plain.length <= LONGEST_TITLE) return plain.padEnd(3, ".");
  return `${plain.slice(0, LONGEST_TITLE - 1).replace(/\s+\S*$/, "")}…`;
}

interface Opening {
  readonly space: string;
  readonly title: string;
  readonly text: string;
  readonly by?: string | undefined;
}

async function open(place: AdapterPlace, { space, title, text, by }: Opening, form: string): Promise<Attempt> {
  const deed = await deedAt(place, by);
  const board = deed.boards.find((each) => spaceOf(each).externalId === space);
  if (board === undefined) return refuse("not-found", "hub.no-such-board");
  await openTopic(deed, { boardId: board.id, kind: "discussion", title, text, tags: [], form });
  return { outcome: "sent", externalId: form };
}

/** What a form of the outbox is called: sent twice under the same key, it writes once. */
const formOf = (key: string): string => `outbox ${key}`;

/** Our own site as a platform. It acts as one of the team does by hand, through the same doors and the same rules. */
export const hubAdapter: Adapter = {
  platform: hubPlatform,
  isIdempotent: true,
  reading: { kind: "own-door" },
  actions: {
    "open-topic": (place, { action, key }) => open(place, action, formOf(key)),
    send: async (place, { action, key }) => {
      const { space, text, replyTo, by } = action;
      const form = formOf(key);
      if (replyTo === undefined) return open(place, { space, title: firstLine(text), text, by }, form);
      const { topic, number } = await placeOf(place, { space, message: replyTo });
      await reply(await deedAt(place, by), { topic, to: number, text, form });
      return { outcome: "sent", externalId: form };
    },
    edit: async (place, { action }) => {
      const { topic, number, version } = await placeOf(place, action);
      await edit(await deedAt(place, action.by), { topic, number, version, text: action.text, title: undefined });
      return { outcome: "sent", externalId: action.message };
    },
    delete: async (place, { action }) => {
      const { topic, number, isDeleted } = await placeOf(place, action);
      if (!isDeleted) await remove(await deedAt(place, action.by), { topic, number });
      return { outcome: "sent", externalId: action.message };
    },
    pin: async (place, { action }) => {
      const { topic } = await placeOf(place, action);
      await arrange(await deedAt(place, action.by), { number: topic, isPinned: action.isPinned });
      await place.databases.asCommunity(place.community, (tx) => touchHub(tx, place.community));
      return { outcome: "sent", externalId: action.message };
    },
  },
  // It runs in the same process on the same database: where this can be asked, it is there.
  check: async () => ({ missing: [], failure: undefined }),
};
