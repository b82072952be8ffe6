import { z } from "zod";
import { pageFields, pageSchema } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { ownAccount, seenBoards } from "./call.ts";
import { activities, authorSchema, boardSchema, facedAuthorSchema, hubSettingsSchema } from "./model.ts";
import { takeFaceAway } from "./faces/face.ts";
import { listPeople, readProfile } from "./queries.ts";
import { ownProfile, writeProfile } from "./store/people.ts";
import { MOST_GROUPS_OFFERED, MOST_PEOPLE_OFFERED, offerNames } from "./talk/callable.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub people"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;

const profileSchema = z.object({
  about: z.string().trim().max(1000).describe("What others read about you; plain text"),
  activity: z.enum(activities).describe("Who sees on your page what you wrote"),
  isListed: z.boolean().describe("Named in the list of members and found by name, where there is a list"),
});

/** What a hub is, and who is in it. */
export const hubPeopleApi = {
  hub: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub",
    operationId: "getHub",
    permission: "hub.public",
    summary: "What the hub is called, who may read and join, and who you are in it",
    tags,
    output: hubSettingsSchema.omit({ isOpen: true, showsLinks: true }).extend({
      name: z.string(),
      boards: z
        .array(boardSchema.omit({ groupIds: true }))
        .describe("Those you may see; none for strangers of a closed hub"),
      you: authorSchema.nullable().describe("null: nobody is signed in"),
    }),
    handler: async ({ context }) => {
      const { hub, facts, visitor } = context;
      const { reading, joining, directory, about, rules } = hub;
      const isShut = visitor.kind === "guest" && reading === "members";
      const account = visitor.kind === "guest" ? undefined : visitor.kind === "member" ? visitor : visitor.account;
      const you =
        account === undefined
          ? null
          : { memberId: account.memberId, name: account.name, isTeam: visitor.kind === "team" };
      return {
        name: facts.name,
        reading,
        joining,
        directory,
        about,
        rules,
        boards: isShut ? [] : seenBoards(context),
        you,
      };
    },
  }),
  people: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/people",
    operationId: "listHubPeople",
    permission: "hub.reader",
    summary: "Members who wish to be listed, by name",
    description: "Refused where the team has not opened the list to whoever asks.",
    tags,
    input: z.object({ typed: z.string().max(60).default("").describe("The beginning of a name"), ...pageFields }),
    output: pageSchema(facedAuthorSchema.extend({ about: z.string(), joinedAt: z.iso.datetime() })),
    handler: async ({ input: { typed, after, limit }, context }) => {
      const { items, next } = await listPeople(context, { typed, after, limit });
      const told = items.map(({ memberId, name, isTeam, face, about, joinedAt }) => {
        return { memberId, name, isTeam, face, about, joinedAt: joinedAt.toISOString() };
      });
      return { items: told, next };
    },
  }),
  callable: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/callable",
    operationId: "listCallableHubNames",
    permission: "hub.member",
    summary: `Whom you may mean by the beginning of a name behind an @: at most ${MOST_PEOPLE_OFFERED} people, ${MOST_GROUPS_OFFERED} groups`,
    description: "Who wrote in the topic comes first. Others are named where you may look through the list of members.",
    tags,
    input: z.object({
      typed: z.string().min(1).max(60),
      topic: z.int().min(1).max(2_000_000_000).optional().describe("Where you write"),
      boardId: z.uuid().optional().describe("Where the topic shall stand that you write"),
    }),
    output: z.object({
      people: z.array(facedAuthorSchema.extend({ handle: z.string().describe("What calls them, behind an @") })),
      groups: z.array(z.object({ number: z.int(), handle: z.string() })),
    }),
    handler: async ({ input: { typed, topic, boardId }, context }) => {
      const { people, groups } = await offerNames(context, { place: { topic, boardId }, typed });
      return {
        people: people.map(({ memberId, name, isTeam, face, handle }) => ({ memberId, name, isTeam, face, handle })),
        groups: groups.map(({ number, handle }) => ({ number, handle })),
      };
    },
  }),
  member: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/people/{memberId}",
    operationId: "getHubMember",
    permission: "hub.reader",
    summary: "What others see of a member",
    tags,
    input: z.object({ memberId: z.uuid() }),
    output: facedAuthorSchema.extend({
      about: z.string(),
      joinedAt: z.iso.datetime(),
      posts: z.int().nullable().describe("null: they do not show you what they wrote"),
      hasLeft: z.boolean(),
    }),
    handler: async ({ input: { memberId }, context }) => {
      const { profile, isShown } = await readProfile(context, { memberId, before: undefined });
      const { name, isTeam, face, about, joinedAt, hasLeft, posts } = profile;
      const shown = { posts: isShown ? posts : null, hasLeft };
      return { memberId, name, isTeam, face, about, joinedAt: joinedAt.toISOString(), ...shown };
    },
  }),
  me: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me",
    operationId: "getMyHubProfile",
    permission: "hub.member",
    summary: "What you show of yourself",
    tags,
    output: profileSchema,
    handler: async ({ context }) => {
      const { accountId } = ownAccount(context);
      const found = await context.run((tx) => ownProfile(tx, context.community, accountId));
      return found ?? refuse("unauthenticated", "hub.sign-in-first");
    },
  }),
  tellAbout: hubProcedure({
    method: "PATCH",
    path: "/communities/{community}/hub/me",
    operationId: "changeMyHubProfile",
    permission: "hub.member",
    summary: "Change what you show of yourself; what is missing stays",
    tags,
    input: profileSchema.partial(),
    output: doneSchema,
    handler: async ({ input: { about, activity, isListed }, context }) => {
      const change = { accountId: ownAccount(context).accountId, about, activity, isListed };
      await context.run((tx) => writeProfile(tx, context.community, change));
      return done;
    },
  }),
  dropFace: hubProcedure({
    method: "DELETE",
    path: "/communities/{community}/hub/me/face",
    operationId: "dropMyHubFace",
    permission: "hub.member",
    summary: "Take your picture away; a letter stands in its place",
    description: "A picture is set by the form of your page, `POST /c/{community}/me/face`, as files are sent.",
    tags,
    output: doneSchema,
    handler: async ({ context }) => {
      await takeFaceAway(context, ownAccount(context).memberId);
      return done;
    },
  }),
};
