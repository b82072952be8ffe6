import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { changeBoard, changeHub, inviteToHub, makeBoard, orderBoards, unset } from "./actions.ts";
import {
  boardAboutSchema,
  boardAccesses,
  boardNameSchema,
  boardSchema,
  hubAddress,
  hubSettingsSchema,
  MOST_BOARD_GROUPS,
  MOST_BOARDS,
  MOST_INVITATION_DAYS,
  MOST_INVITATION_USES,
} from "./model.ts";
import { boardsOf } from "./store/boards.ts";
import { hubOf } from "./store/hubs.ts";
import { invitationsOf, revokeInvitation } from "./store/invitations.ts";

const tags: readonly [string] = ["Hub set-up"];
const setUpSchema = hubSettingsSchema.extend({
  address: z.string().describe("Where people find the hub"),
  isMailing: z.boolean().describe("Whether letters with links to sign in can go out"),
});

const boardFields = {
  name: boardNameSchema,
  about: boardAboutSchema,
  access: z.enum(boardAccesses),
  groupIds: z.array(z.uuid()).max(MOST_BOARD_GROUPS),
};

/** The fields that were sent. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const sent = Object.entries(fields).filter(([, value]) => value !== undefined);
  // What is left of an object without its undefined fields; the compiler does not follow that through the entries.
  return Object.fromEntries(sent) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** How a community's hub is set up. */
const setUp = {
  settings: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings",
    operationId: "getHubSettings",
    permission: "hub.manage",
    summary: "How the hub is set up",
    tags,
    output: setUpSchema,
    handler: async ({ context }) => {
      const found = await context.run((tx) => hubOf(tx, context.community));
      const { isOpen, reading, joining, directory, about, rules, showsLinks } = found ?? unset;
      const address = hubAddress(context.publicUrl, { slug: context.facts.slug, domain: found?.domain ?? null });
      const isMailing = context.mailer.works;
      return { isOpen, reading, joining, directory, about, rules, showsLinks, address, isMailing };
    },
  }),
  change: procedure({
    method: "PATCH",
    path: "/communities/{community}/hub/settings",
    operationId: "changeHub",
    permission: "hub.manage",
    summary: "Switch the hub on or off, and change who reads and joins",
    tags,
    input: hubSettingsSchema.partial(),
    output: hubSettingsSchema,
    handler: async ({ input: { isOpen, reading, joining, directory, about, rules, showsLinks }, context }) => {
      const change = given({ isOpen, reading, joining, directory, about, rules, showsLinks });
      context.note({ details: { changed: Object.keys(change).join(", ") } });
      return changeHub(context, change);
    },
  }),
};

/** Boards, for whoever arranges them. */
const boards = {
  allBoards: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings/boards",
    operationId: "listAllHubBoards",
    permission: "hub.manage",
    summary: "Every board in its order, archived ones too",
    tags,
    output: z.object({ items: z.array(boardSchema) }),
    handler: async ({ context }) => ({ items: await context.run((tx) => boardsOf(tx, context.community)) }),
  }),
  makeBoard: procedure({
    method: "POST",
    path: "/communities/{community}/hub/settings/boards",
    operationId: "createHubBoard",
    permission: "hub.manage",
    summary: "Make a board",
    tags,
    status: 201,
    input: z.object({
      ...boardFields,
      about: boardAboutSchema.default(""),
      groupIds: boardFields.groupIds.default([]),
    }),
    output: boardSchema,
    handler: async ({ input: { name, about, access, groupIds }, context }) => {
      const made = await makeBoard(context, { name, about, access, groupIds });
      context.note({ target: made.id });
      return made;
    },
  }),
  changeBoard: procedure({
    method: "PATCH",
    path: "/communities/{community}/hub/settings/boards/{boardId}",
    operationId: "changeHubBoard",
    permission: "hub.manage",
    summary: "Change a board, archive it or bring it back",
    tags,
    input: z.object({
      boardId: z.uuid(),
      ...z.object(boardFields).partial().shape,
      isArchived: z.boolean().optional(),
    }),
    output: boardSchema,
    handler: async ({ input: { boardId, name, about, access, groupIds, isArchived }, context }) => {
      const change = given({ name, about, access, groupIds, isArchived });
      context.note({ details: { changed: Object.keys(change).join(", ") } });
      return changeBoard(context, { id: boardId, change });
    },
  }),
  orderBoards: procedure({
    method: "PUT",
    path: "/communities/{community}/hub/settings/board-order",
    operationId: "orderHubBoards",
    permission: "hub.manage",
    summary: "Put the boards into another order",
    tags,
    input: z.object({ boards: z.array(z.uuid()).max(MOST_BOARDS).describe("All of them, the first first") }),
    output: z.object({ done: z.literal(true) }),
    handler: async ({ input, context }) => {
      await orderBoards(context, input.boards);
      return { done: true as const };
    },
  }),
};

const invitationSchema = z.object({
  id: z.uuid(),
  note: z.string(),
  uses: z.int(),
  used: z.int(),
  madeAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  state: z.enum(["open", "used", "expired", "revoked"]),
});

/** Links by which people join. */
const invitations = {
  invitations: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings/invitations",
    operationId: "listHubInvitations",
    permission: "hub.manage",
    summary: "Links by which people join, the newest first",
    tags,
    input: z.object(pageFields),
    output: pageSchema(invitationSchema),
    handler: async ({ input: { after, limit }, context }) => {
      const ask = { after: readCursor(after, z.tuple([z.uuid()]))?.[0], limit: limit + 1 };
      const rows = await context.run((tx) => invitationsOf(tx, context.community, ask));
      const page = pageOf(rows, limit, (row) => [row.id]);
      const items = page.items.map(({ revokedAt, madeAt, expiresAt, ...row }) => {
        const left = row.used >= row.uses ? ("used" as const) : ("open" as const);
        const living = expiresAt.getTime() <= context.now() ? ("expired" as const) : left;
        const state = revokedAt === null ? living : ("revoked" as const);
        return { ...row, madeAt: madeAt.toISOString(), expiresAt: expiresAt.toISOString(), state };
      });
      return { items, next: page.next };
    },
  }),
  invite: procedure({
    method: "POST",
    path: "/communities/{community}/hub/settings/invitations",
    operationId: "createHubInvitation",
    permission: "hub.manage",
    summary: "Make a link by which people join",
    tags,
    status: 201,
    secret: true,
    input: z.object({
      note: z.string().trim().max(100).default("").describe("Seen by the team alone"),
      uses: z.int().min(1).max(MOST_INVITATION_USES).default(1),
      days: z.int().min(1).max(MOST_INVITATION_DAYS).default(14),
    }),
    output: z.object({ id: z.uuid(), link: z.string().describe("Shown this once") }),
    handler: async ({ input, context }) => {
      const made = await inviteToHub(context, input);
      context.note({ target: made.id });
      return made;
    },
  }),
  revokeInvitation: procedure({
    method: "DELETE",
    path: "/communities/{community}/hub/settings/invitations/{invitationId}",
    operationId: "revokeHubInvitation",
    permission: "hub.manage",
    summary: "Take a link back",
    tags,
    input: z.object({ invitationId: z.uuid() }),
    output: z.object({ done: z.literal(true) }),
    handler: async ({ input, context }) => {
      const which = { id: input.invitationId, at: context.now() };
      const done = await context.run((tx) => revokeInvitation(tx, context.community, which));
      return done ? { done: true as const } : refuse("not-found", "hub.no-such-invitation");
    },
  }),
};

/** Setting the hub up, for the team. */
export const setUpApi = { ...setUp, ...boards, ...invitations };
