import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { type Page, pageOf, readCursor } from "#src/base/paging.ts";
import { z } from "zod";
import { type HubCall, ownSession, livingBoards } from "../call.ts";
import { accountOf, type Board, type TopicRow } from "../model.ts";
import { readNotices } from "../notices/shown.ts";
import { listTopics } from "../queries.ts";
import { type GroupPerson, isInGroup, knowsGroup, mayCallGroup } from "./model.ts";
import { isByRule, peopleOfGroup, takePeople } from "./people.ts";
import { addRequest, lastRequest, settleRequest } from "./requests.ts";
import { allGroups, type BareGroup, groupByNumber, knownGroups } from "./store.ts";
import { tellOfPeople } from "./tell.ts";

/** How whoever calls stands to a group. */
export type OwnStanding = "in" | "in-by-rule" | "waiting" | "declined" | "may-ask" | "team";

/** A group as a member knows it. */
export interface KnownGroup {
  readonly number: number;
  readonly name: string;
  readonly about: string;
  readonly takesRequests: boolean;
  readonly isIn: boolean;
  /** What it is called by in posts, behind an @. */
  readonly handle: string;
  readonly mayCall: boolean;
}

const isIn = ({ visitor }: HubCall, group: Pick<BareGroup, "id">): boolean => isInGroup(visitor, group);

const shown = (call: HubCall, group: BareGroup): KnownGroup => {
  const { number, name, about, takesRequests, handle } = group;
  const mayCall = mayCallGroup(call.visitor, group);
  return { number, name, about, takesRequests, isIn: isIn(call, group), handle, mayCall };
};

/** Groups that whoever calls may know of: one's own and those that take requests; all for the team, none for guests. */
export async function groupsKnown(call: HubCall): Promise<KnownGroup[]> {
  const { visitor, community } = call;
  if (visitor.kind === "guest") return [];
  const found = await call.run((tx) =>
    visitor.kind === "team" ? allGroups(tx, community) : knownGroups(tx, community, visitor.groupIds),
  );
  return found.map((group) => shown(call, group));
}

/** A group that is there for whoever calls; for them others do not exist, and for guests none does. */
async function knownGroup(call: HubCall, number: number): Promise<BareGroup> {
  const group = await call.run((tx) => groupByNumber(tx, call.community, number));
  return group !== undefined && knowsGroup(call.visitor, group) ? group : refuse("not-found", "hub.no-such-group");
}

/** A group's page: what is seen of it depends on who looks. */
export interface GroupPage {
  readonly group: KnownGroup;
  readonly standing: OwnStanding;
  /** Why the team declined, as it told the member; empty where it did not say. */
  readonly reason: string;
  readonly boards: readonly Board[];
  readonly topics: readonly TopicRow[];
  /** Undefined where the group does not show its people. */
  readonly people: Page<GroupPerson> | undefined;
}

const TOPICS_SHOWN = 8;
const PEOPLE_A_PAGE = 30;

async function standingIn(call: HubCall, group: BareGroup): Promise<{ standing: OwnStanding; reason: string }> {
  const { visitor, community } = call;
  const account = accountOf(visitor);
  if (visitor.kind === "team" || account === undefined) return { standing: "team", reason: "" };
  const { accountId, memberId } = account;
  return call.run(async (tx) => {
    if (isIn(call, group)) {
      const byRule = await isByRule(tx, community, { groupId: group.id, memberId });
      return { standing: byRule ? "in-by-rule" : "in", reason: "" };
    }
    const last = await lastRequest(tx, community, { groupId: group.id, accountId });
    if (last?.state === "waiting") return { standing: "waiting", reason: "" };
    return last?.state === "declined"
      ? { standing: "declined", reason: last.reason }
      : { standing: "may-ask", reason: "" };
  });
}

async function peopleFor(call: HubCall, group: BareGroup, after: string | undefined): Promise<GroupPage["people"]> {
  if (!isIn(call, group) || !(group.showsPeople || call.visitor.kind === "team")) return undefined;
  const ask = {
    groupId: group.id,
    search: undefined,
    after: readCursor(after, z.tuple([z.string().max(300), z.uuid()])),
    limit: PEOPLE_A_PAGE + 1,
    inHub: true,
  };
  const rows = await call.run((tx) => peopleOfGroup(tx, call.community, ask));
  return pageOf(rows, PEOPLE_A_PAGE, ({ name, memberId }) => [name.toLowerCase(), memberId]);
}

/** What whoever calls sees of a group; that they were told of a decision is read by looking. */
export async function readGroup(call: HubCall, ask: { number: number; after: string | undefined }): Promise<GroupPage> {
  const group = await knownGroup(call, ask.number);
  const account = accountOf(call.visitor);
  if (account !== undefined && call.viewingAs === undefined) {
    const key = { kind: "group", topic: 0, number: group.number } as const;
    const read = { accountId: account.accountId, key, at: call.now() };
    await call.run((tx) => readNotices(tx, call.community, read));
  }
  const boards = livingBoards(call).filter(
    ({ access, groupIds }) => access === "groups" && groupIds.includes(group.id),
  );
  const [own, people, topics] = await Promise.all([
    standingIn(call, group),
    peopleFor(call, group, ask.after),
    boards.length === 0
      ? []
      : listTopics(call, { boardIds: boards.map(({ id }) => id), limit: TOPICS_SHOWN }).then(({ items }) => items),
  ]);
  return { group: shown(call, group), ...own, boards, people, topics };
}

/** Asks to belong to a group that takes requests. Refuses whoever is in it or has asked already. */
export async function askToJoin(call: HubCall, wish: { number: number; text: string }): Promise<void> {
  const { accountId } = ownSession(call);
  const group = await knownGroup(call, wish.number);
  if (!group.takesRequests) refuse("conflict", "hub.group-takes-no-requests");
  if (isIn(call, group)) refuse("conflict", "hub.group-already-in");
  call.limits.take("hub.team-message", accountId);
  const at = call.now();
  const request = { id: newId(at), groupId: group.id, accountId, text: wish.text, at };
  const isNew = await call.run((tx) => addRequest(tx, call.community, request));
  if (!isNew) refuse("conflict", "hub.request-waits");
}

/** Takes back one's wish to belong. */
export async function withdrawRequest(call: HubCall, number: number): Promise<void> {
  const { accountId } = ownSession(call);
  const group = await knownGroup(call, number);
  await call.run(async (tx) => {
    const last = await lastRequest(tx, call.community, { groupId: group.id, accountId });
    if (last?.state !== "waiting") return refuse("conflict", "hub.request-settled");
    return settleRequest(tx, call.community, { id: last.id, state: "withdrawn", reason: "", at: call.now() });
  });
}

/** Leaves a group. Refuses whoever a tag or a segment of the team's keeps in it: only the team can change that. */
export async function leaveGroup(call: HubCall, number: number): Promise<void> {
  const { memberId } = ownSession(call);
  const group = await knownGroup(call, number);
  const { community } = call;
  await call.databases.asOwner(async (tx) => {
    if (await isByRule(tx, community, { groupId: group.id, memberId })) refuse("conflict", "hub.group-by-rule");
    const gone = await takePeople(tx, community, { groupId: group.id, memberIds: [memberId] });
    await tellOfPeople(tx, community, [{ kind: "group.left", groupId: group.id, memberIds: gone, at: call.now() }]);
  });
}
