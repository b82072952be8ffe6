import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import {
  addToGroup,
  changeGroup,
  deleteGroup,
  makeGroup,
  restoreGroup,
  settle,
  takeFromGroup,
} from "./groups/arrange.ts";
import {
  groupFields,
  groupPersonSchema,
  groupRequestSchema,
  groupSchema,
  LONGEST_REASON,
  MOST_ADDED,
} from "./groups/model.ts";
import { peopleOfGroup } from "./groups/people.ts";
import { requestsOf } from "./groups/requests.ts";
import { groupOf, groupsOf } from "./groups/store.ts";

const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;
const keySchema = z.tuple([z.string().max(300), z.uuid()]);
const searchField = z.string().trim().min(1).max(200).optional();
const groupId = z.uuid();

const teamTags: readonly [string] = ["Hub groups"];

const arranging = {
  list: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings/groups",
    operationId: "listHubGroups",
    permission: "hub.moderate",
    summary: "Groups of members, by name",
    tags: teamTags,
    input: z.object({ ...pageFields, search: searchField.describe("Part of the name") }),
    output: pageSchema(groupSchema),
    handler: async ({ input: { search, after, limit }, context }) => {
      const ask = { search, after: readCursor(after, keySchema), limit: limit + 1 };
      const rows = await context.run((tx) => groupsOf(tx, context.community, ask));
      return pageOf(rows, limit, ({ name, id }) => [name.toLowerCase(), id]);
    },
  }),
  get: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings/groups/{groupId}",
    operationId: "getHubGroup",
    permission: "hub.moderate",
    summary: "A group of members",
    tags: teamTags,
    input: z.object({ groupId }),
    output: groupSchema,
    handler: async ({ input, context }) => {
      const found = await context.run((tx) => groupOf(tx, context.community, input.groupId));
      return found ?? refuse("not-found", "hub.no-such-group");
    },
  }),
  make: procedure({
    method: "POST",
    path: "/communities/{community}/hub/settings/groups",
    operationId: "createHubGroup",
    permission: "hub.manage",
    summary: "Make a group of members",
    tags: teamTags,
    status: 201,
    input: z.object({
      name: groupFields.name,
      about: groupFields.about.default(""),
      takesRequests: groupFields.takesRequests.default(false),
      showsPeople: groupFields.showsPeople.default(true),
      handle: groupFields.handle
        .optional()
        .describe("What it is called by in posts, behind an @; made of the name unless told"),
      callers: groupFields.callers.default("members"),
      tagId: groupFields.tagId.default(null),
      segmentId: groupFields.segmentId.default(null),
    }),
    output: groupSchema,
    handler: async ({ input: { handle, ...wish }, context }) => {
      const made = await makeGroup(context, { ...wish, handle });
      context.note({ target: made.id });
      return made;
    },
  }),
  change: procedure({
    method: "PATCH",
    path: "/communities/{community}/hub/settings/groups/{groupId}",
    operationId: "changeHubGroup",
    permission: "hub.manage",
    summary: "Change what a group is and whom it follows; what is missing stays",
    tags: teamTags,
    input: z.object({ groupId, ...z.object(groupFields).partial().shape }),
    output: groupSchema,
    handler: async ({ input: { groupId: id, ...fields }, context }) => {
      const { name, about, takesRequests, showsPeople, handle, callers, tagId, segmentId } = fields;
      const change = {
        ...(name !== undefined && { name }),
        ...(about !== undefined && { about }),
        ...(takesRequests !== undefined && { takesRequests }),
        ...(showsPeople !== undefined && { showsPeople }),
        ...(handle !== undefined && { handle }),
        ...(callers !== undefined && { callers }),
        ...(tagId !== undefined && { tagId }),
        ...(segmentId !== undefined && { segmentId }),
      };
      context.note({ details: { changed: Object.keys(change).join(", ") } });
      return changeGroup(context, { id, change });
    },
  }),
  remove: procedure({
    method: "DELETE",
    path: "/communities/{community}/hub/settings/groups/{groupId}",
    operationId: "deleteHubGroup",
    permission: "hub.manage",
    summary: "Delete a group; boards that are for it alone are the team's from then on",
    tags: teamTags,
    input: z.object({ groupId }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await deleteGroup(context, input.groupId);
      return done;
    },
  }),
  restore: procedure({
    method: "POST",
    path: "/communities/{community}/hub/settings/groups/{groupId}/restoration",
    operationId: "restoreHubGroup",
    permission: "hub.manage",
    summary: "Bring a deleted group back, with its people and boards",
    tags: teamTags,
    input: z.object({ groupId }),
    output: groupSchema,
    handler: ({ input, context }) => restoreGroup(context, input.groupId),
  }),
};

const members = z.array(z.uuid()).min(1).max(MOST_ADDED);

const people = {
  people: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings/groups/{groupId}/people",
    operationId: "listHubGroupPeople",
    permission: "hub.moderate",
    summary: "Who belongs to a group and how they came, by name",
    tags: teamTags,
    input: z.object({ groupId, ...pageFields, search: searchField.describe("Part of the name") }),
    output: pageSchema(groupPersonSchema),
    handler: async ({ input: { search, after, limit, groupId: id }, context }) => {
      const ask = { groupId: id, search, after: readCursor(after, keySchema), limit: limit + 1 };
      const rows = await context.run((tx) => peopleOfGroup(tx, context.community, ask));
      return pageOf(rows, limit, ({ name, memberId }) => [name.toLowerCase(), memberId]);
    },
  }),
  add: procedure({
    method: "POST",
    path: "/communities/{community}/hub/settings/groups/{groupId}/people",
    operationId: "addToHubGroup",
    permission: "hub.moderate",
    summary: "Put members into a group by hand",
    tags: teamTags,
    input: z.object({ groupId, members }),
    output: z.object({ added: z.int().describe("How many were not in it before") }),
    handler: async ({ input, context }) => {
      const added = await addToGroup(context, { id: input.groupId, memberIds: input.members });
      context.note({ details: { count: String(added) } });
      return { added };
    },
  }),
  take: procedure({
    method: "DELETE",
    path: "/communities/{community}/hub/settings/groups/{groupId}/people/{memberId}",
    operationId: "takeFromHubGroup",
    permission: "hub.moderate",
    summary: "Take a member out of a group",
    description: "Whoever the group's tag or segment lets in stays: change that instead.",
    tags: teamTags,
    input: z.object({ groupId, memberId: z.uuid() }),
    output: z.object({ isOut: z.boolean().describe("false: the tag or segment keeps them in it") }),
    handler: async ({ input, context }) => ({
      isOut: (await takeFromGroup(context, { id: input.groupId, memberIds: [input.memberId] })) > 0,
    }),
  }),
  requests: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings/groups/{groupId}/requests",
    operationId: "listHubGroupRequests",
    permission: "hub.moderate",
    summary: "Wishes to belong: the waiting with the oldest first, the decided with the latest first",
    tags: teamTags,
    input: z.object({ groupId, ...pageFields, state: z.enum(["waiting", "settled"]).default("waiting") }),
    output: pageSchema(groupRequestSchema),
    handler: async ({ input: { groupId: id, after, limit, state }, context }) => {
      const before = readCursor(after, z.tuple([z.uuid()]))?.[0];
      const ask = { groupId: id, isWaiting: state === "waiting", after: before, limit: limit + 1 };
      return pageOf(await context.run((tx) => requestsOf(tx, context.community, ask)), limit, (each) => [each.id]);
    },
  }),
  settle: procedure({
    method: "POST",
    path: "/communities/{community}/hub/settings/group-requests/{requestId}/decision",
    operationId: "settleHubGroupRequest",
    permission: "hub.moderate",
    summary: "Approve or decline a wish to belong; the member is told",
    tags: teamTags,
    input: z.object({
      requestId: z.uuid(),
      approve: z.boolean(),
      reason: z.string().trim().max(LONGEST_REASON).default("").describe("Told to the member"),
    }),
    output: doneSchema,
    handler: async ({ input: { requestId, approve, reason }, context }) => {
      context.note({ details: { state: approve ? "approved" : "declined" } });
      await settle(context, { id: requestId, isApproved: approve, reason });
      return done;
    },
  }),
};

/** Groups of members, for the team: made, filled, and decided about. */
export const groupsApi = { ...arranging, ...people };
