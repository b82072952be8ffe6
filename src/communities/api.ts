import { z } from "zod";
import { roleSchema } from "#src/accounts/model.ts";
import { installProcedure, procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { changeCommunity, createCommunity, deleteCommunity, erasedAfter, restoreCommunity } from "./actions.ts";
import { logApi } from "./api-log.ts";
import {
  communityNameSchema,
  communitySchema,
  deletedCommunitySchema,
  slugSchema,
  spaceSchema,
  timeZoneSchema,
} from "./model.ts";
import { communitiesOf, communityBySlug, nameSpace, spacesOf } from "./store.ts";
import { deletedOf } from "./store/deletion.ts";

const languageSchema = communitySchema.shape.language;

/** Communities and their spaces. */
export const communitiesApi = {
  log: logApi,
  create: installProcedure({
    method: "POST",
    path: "/communities",
    operationId: "createCommunity",
    permission: "install.owner",
    summary: "Make a community",
    description: "Without `slug` one is made of the name. You become its owner.",
    tags: ["Communities"],
    status: 201,
    input: z.object({
      name: communityNameSchema,
      slug: slugSchema.optional(),
      language: languageSchema.default("en"),
      timeZone: timeZoneSchema.default("UTC"),
    }),
    output: communitySchema,
    handler: async ({ input, context }) => {
      const wish = { ...input, slug: input.slug, ownerId: context.person.id, now: context.now() };
      const made = await createCommunity(context.databases, wish);
      context.note({ target: made.id, details: { slug: made.slug } });
      return made;
    },
  }),
  list: installProcedure({
    method: "GET",
    path: "/communities",
    operationId: "listCommunities",
    permission: "signed-in",
    summary: "The communities you work in",
    tags: ["Communities"],
    output: z.object({ items: z.array(communitySchema.extend({ role: roleSchema })) }),
    handler: async ({ context }) => {
      const items = await communitiesOf(context.databases.owner, context.person);
      return { items: items.map((item) => ({ ...item, role: roleSchema.parse(item.role) })) };
    },
  }),
  get: procedure({
    method: "GET",
    path: "/communities/{community}",
    operationId: "getCommunity",
    permission: "community.read",
    summary: "A community, and what you are in it",
    tags: ["Communities"],
    output: communitySchema.extend({ role: roleSchema }),
    handler: async ({ context }) => {
      const found = await communityBySlug(context.databases.owner, context.facts.slug);
      if (found === undefined) return refuse("not-found", "communities.unknown", { slug: context.facts.slug });
      return { ...found, role: context.actor.role };
    },
  }),
  change: procedure({
    method: "PATCH",
    path: "/communities/{community}",
    operationId: "changeCommunity",
    permission: "community.change",
    summary: "Change a community's name, language or time zone",
    description: "After another time zone everything counted by day is counted anew, which takes a while.",
    tags: ["Communities"],
    input: z.object({
      name: communityNameSchema.optional(),
      language: languageSchema.optional(),
      timeZone: timeZoneSchema.optional(),
    }),
    output: communitySchema,
    handler: async ({ input: { name, language, timeZone }, context }) => {
      const change = { name, language, timeZone };
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      context.note({ details: { changed: given.map(([field]) => field).join(", ") } });
      return changeCommunity(context.databases, context.community, { change, now: context.now() });
    },
  }),
  delete: procedure({
    method: "POST",
    path: "/communities/{community}/deletion",
    operationId: "deleteCommunity",
    permission: "community.delete",
    summary: "Delete a community",
    description:
      "Asks for its name. It is hidden at once, nothing is written in it any more, and 30 days later it is erased for " +
      "good. Until then its owners can bring it back.",
    tags: ["Communities"],
    input: z.object({ name: z.string().max(200).describe("The community's name, to be sure") }),
    output: deletedCommunitySchema,
    handler: async ({ input, context }) =>
      deleteCommunity(context.databases, context.community, { name: input.name, now: context.now() }),
  }),
  restore: procedure({
    method: "DELETE",
    path: "/communities/{community}/deletion",
    operationId: "restoreCommunity",
    permission: "community.delete",
    summary: "Bring a deleted community back",
    tags: ["Communities"],
    evenDeleted: true,
    output: communitySchema,
    handler: ({ context }) => restoreCommunity(context.databases, context.community),
  }),
  deleted: installProcedure({
    method: "GET",
    path: "/deleted-communities",
    operationId: "listDeletedCommunities",
    permission: "signed-in",
    summary: "Deleted communities that you can bring back",
    tags: ["Communities"],
    output: z.object({ items: z.array(deletedCommunitySchema) }),
    handler: async ({ context }) => {
      const rows = await deletedOf(context.databases.owner, context.person);
      const items = rows.map(({ slug, name, deletedAt }) => {
        const erasedAt = new Date(erasedAfter(deletedAt.getTime())).toISOString();
        return { slug, name, deletedAt: deletedAt.toISOString(), erasedAt };
      });
      return { items };
    },
  }),
  spaces: procedure({
    method: "GET",
    path: "/communities/{community}/spaces",
    operationId: "listSpaces",
    permission: "community.read",
    summary: "Chats, channels, boards and topics, by name",
    tags: ["Communities"],
    input: z.object({ ...pageFields, search: z.string().max(100).optional().describe("Part of the name") }),
    output: pageSchema(spaceSchema),
    handler: async ({ input: { search, after, limit }, context }) => {
      const ask = { search, after: readCursor(after, z.tuple([z.string(), z.uuid()])), limit: limit + 1 };
      const rows = await context.run((tx) => spacesOf(tx, context.community, ask));
      const { items, next } = pageOf(rows, limit, (row) => row.sortedBy);
      return { items: items.map((row) => row.space), next };
    },
  }),
  nameSpace: procedure({
    method: "PATCH",
    path: "/communities/{community}/spaces/{spaceId}",
    operationId: "renameSpace",
    permission: "community.change",
    summary: "Give a space another name",
    tags: ["Communities"],
    input: z.object({ spaceId: z.uuid(), name: z.string().trim().min(1).max(200) }),
    output: spaceSchema,
    handler: async ({ input, context }) => {
      const space = { id: input.spaceId, name: input.name };
      const named = await context.run((tx) => nameSpace(tx, context.community, space));
      return named ?? refuse("not-found", "communities.no-such-space");
    },
  }),
};
