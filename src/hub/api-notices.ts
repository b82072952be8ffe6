import { z } from "zod";
import { pageSchema } from "#src/base/paging.ts";
import { noticeKinds, NOTICES_A_PAGE, noticeSchema } from "./notices/kinds.ts";
import { changeSettings, chooseByToken, readSettings } from "./notices/choose.ts";
import { follow, listNotices, readOwnNotices } from "./notices/own.ts";
import { addOwnDevice, readDevices, removeOwnDevice } from "./push/own.ts";
import { deviceSchema, subscriptionSchema } from "./push/devices.ts";
import { noticeSettingsSchema } from "./notices/settings.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub notifications"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;
const numberSchema = z.int().min(0).max(2_000_000_000);

/** The browsers on which members are told. */
const devicesApi = {
  devices: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/devices",
    operationId: "listMyHubDevices",
    permission: "hub.member",
    summary: "Browsers that show what you are told even while no page is open",
    tags,
    output: z.object({
      items: z.array(deviceSchema),
      key: z.string().describe("The `applicationServerKey` with which a browser subscribes"),
    }),
    handler: ({ context }) => readDevices(context),
  }),
  addDevice: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/me/devices",
    operationId: "addMyHubDevice",
    permission: "hub.member",
    summary: "Have a browser show what you are told",
    description: "Signing out in the session that adds it removes it. A browser that is added again stays one device.",
    tags,
    status: 201,
    secret: true,
    input: subscriptionSchema,
    output: z.object({ id: z.uuid() }),
    handler: ({ input: { endpoint, p256dh, auth }, context }) => addOwnDevice(context, { endpoint, p256dh, auth }),
  }),
  removeDevice: hubProcedure({
    method: "DELETE",
    path: "/communities/{community}/hub/me/devices/{id}",
    operationId: "removeMyHubDevice",
    permission: "hub.member",
    summary: "Tell a browser nothing more",
    tags,
    input: z.object({ id: z.uuid() }),
    output: doneSchema,
    handler: async ({ input: { id }, context }) => {
      await removeOwnDevice(context, id);
      return done;
    },
  }),
};

/** What members are told of. */
export const noticesApi = {
  ...devicesApi,
  list: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/notifications",
    operationId: "listMyHubNotices",
    permission: "hub.member",
    summary: "What concerns you and happened lately, the latest first",
    tags,
    input: z.object({
      unread: z.boolean().default(false).describe("Only what you have not read"),
      after: z.string().max(500).optional().describe("`next` of the page before"),
      limit: z.int().min(1).max(100).default(NOTICES_A_PAGE),
    }),
    output: pageSchema(noticeSchema),
    handler: ({ input: { unread, after, limit }, context }) =>
      listNotices(context, { unreadOnly: unread, after, limit }),
  }),
  read: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/me/notifications/read",
    operationId: "readMyHubNotices",
    permission: "hub.member",
    summary: "Mark a notification as read, or all of them",
    description: "Opening a topic marks what tells of it as read by itself.",
    tags,
    input: z.object({
      one: z
        .object({ kind: z.enum(noticeKinds), topic: numberSchema, number: numberSchema })
        .optional()
        .describe("Missing: all"),
    }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await readOwnNotices(context, input.one);
      return done;
    },
  }),
  followBoard: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/boards/{boardId}/following",
    operationId: "followHubBoard",
    permission: "hub.member",
    summary: "Hear of new topics in a board, or no longer",
    tags,
    input: z.object({ boardId: z.uuid(), isOn: z.boolean() }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      await follow(context, input);
      return done;
    },
  }),
  settings: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/notifications/settings",
    operationId: "getMyHubNoticeSettings",
    permission: "hub.member",
    summary: "What you are told of, and where",
    tags,
    output: noticeSettingsSchema.extend({
      mailWorks: z.boolean().describe("Whether this install sends letters at all"),
      lastLetter: z
        .object({ state: z.enum(["waiting", "sent", "failed"]), failure: z.string().nullable() })
        .nullable()
        .describe("What became of the last letter with news"),
    }),
    handler: async ({ context }) => {
      const { settings, ...mail } = await readSettings(context);
      return { ...settings, ...mail };
    },
  }),
  changeSettings: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/me/notifications/settings",
    operationId: "changeMyHubNoticeSettings",
    permission: "hub.member",
    summary: "Say what you want to be told of, and where",
    tags,
    input: noticeSettingsSchema,
    output: doneSchema,
    handler: async ({ input, context }) => {
      await changeSettings(context, input);
      return done;
    },
  }),
  chooseDigest: hubProcedure({
    method: "PUT",
    path: "/communities/{community}/hub/digests/{token}",
    operationId: "chooseHubDigest",
    permission: "hub.public",
    summary: "Stop the letters with news by the link in one of them, or have them again",
    tags,
    secret: true,
    input: z.object({ token: z.string().min(1).max(400), wantsIt: z.boolean() }),
    output: doneSchema,
    handler: async ({ input: { token, wantsIt }, context }) => {
      await chooseByToken(context, { token, wantsIt });
      return done;
    },
  }),
};
