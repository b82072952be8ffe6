import { z } from "zod";
import { signedSchema } from "#src/accounts/model.ts";
import { refuse } from "#src/base/refusal.ts";
import { ownSession } from "./call.ts";
import { authorSchema, memberNameSchema, passkeyNameSchema } from "./model.ts";
import {
  askSignature,
  beginJoin,
  beginPasskey,
  hostOf,
  joinByPasskey,
  keepPasskey,
  proveByPasskey,
  signInByPasskey,
} from "./people/passkeys.ts";
import { needProof, proveByPassword } from "./people/proof.ts";
import { dropPasskey, namePasskey, passkeysOf } from "./store/passkeys.ts";
import { hasWayIn } from "./store/ways.ts";
import { hubProcedure } from "./visitor.ts";

const tags: readonly [string] = ["Hub sign-in"];
const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;
const askedSchema = z.object({
  challengeId: z.uuid(),
  options: z.record(z.string(), z.unknown()).describe("As the browser's own functions for passkeys take it"),
});
const invitationSchema = z.string().max(200).optional().describe("Where joining takes a link: what stands in it");

/** Coming in by a passkey alone. */
const comingIn = {
  askPasskey: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/sign-in/passkey/challenge",
    operationId: "askHubPasskey",
    permission: "hub.public",
    summary: "What a passkey has to sign to sign in with it alone",
    tags,
    output: askedSchema,
    handler: async ({ context }) => askSignature(context, "sign-in"),
  }),
  signInByPasskey: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/sign-in/passkey",
    operationId: "signInToHubByPasskey",
    permission: "hub.public",
    summary: "Sign in with a passkey",
    tags,
    secret: true,
    input: signedSchema,
    output: doneSchema,
    handler: async ({ input, context }) => {
      await signInByPasskey(context, input);
      return done;
    },
  }),
  beginJoinByPasskey: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/join/passkey/challenge",
    operationId: "beginHubJoinByPasskey",
    permission: "hub.public",
    summary: "What a browser needs to make the passkey by which somebody joins",
    tags,
    secret: true,
    input: z.object({
      name: memberNameSchema,
      acceptsRules: z.literal(true),
      invitation: invitationSchema,
      question: z.string().max(200).optional().describe("While many join at once: the token of a question"),
      answer: z.string().max(20).optional().describe("What the question asked for, in digits"),
    }),
    output: askedSchema,
    handler: async ({ input, context }) => beginJoin(context, input),
  }),
  joinByPasskey: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/join/passkey",
    operationId: "joinHubByPasskey",
    permission: "hub.public",
    summary: "Become a member by a passkey that was just made, and sign in",
    tags,
    status: 201,
    secret: true,
    input: signedSchema.extend({
      name: memberNameSchema,
      passkeyName: passkeyNameSchema,
      invitation: invitationSchema,
    }),
    output: authorSchema,
    handler: async ({ input, context }) => {
      const { memberId, name } = await joinByPasskey(context, input);
      return { memberId, name, isTeam: false };
    },
  }),
};

/** A member's own passkeys. */
const own = {
  myPasskeys: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/passkeys",
    operationId: "listMyHubPasskeys",
    permission: "hub.member",
    summary: "Your passkeys, the oldest first",
    tags,
    output: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          host: z.string().describe("The one address at which it works"),
          isHere: z.boolean().describe("It works at the address that was asked"),
          madeAt: z.iso.datetime(),
          usedAt: z.iso.datetime().nullable(),
        }),
      ),
    }),
    handler: async ({ context }) => {
      const { accountId } = ownSession(context);
      const rows = await context.run((tx) => passkeysOf(tx, context.community, accountId));
      const items = rows.map(({ madeAt, usedAt, ...row }) => ({
        ...row,
        isHere: row.host === hostOf(context),
        madeAt: madeAt.toISOString(),
        usedAt: usedAt?.toISOString() ?? null,
      }));
      return { items };
    },
  }),
  beginPasskey: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/me/passkeys/challenge",
    operationId: "beginHubPasskey",
    permission: "hub.member",
    summary: "What a browser needs to make a passkey; prove first that it is you",
    tags,
    output: askedSchema,
    handler: async ({ context }) => beginPasskey(context),
  }),
  addPasskey: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/me/passkeys",
    operationId: "addHubPasskey",
    permission: "hub.member",
    summary: "Keep a passkey that a browser has made",
    tags,
    status: 201,
    secret: true,
    input: signedSchema.extend({ name: passkeyNameSchema }),
    output: z.object({ id: z.uuid() }),
    handler: async ({ input, context }) => ({ id: await keepPasskey(context, input) }),
  }),
  renamePasskey: hubProcedure({
    method: "PATCH",
    path: "/communities/{community}/hub/me/passkeys/{passkeyId}",
    operationId: "renameHubPasskey",
    permission: "hub.member",
    summary: "Give a passkey another name",
    tags,
    input: z.object({ passkeyId: z.uuid(), name: passkeyNameSchema }),
    output: doneSchema,
    handler: async ({ input: { passkeyId: id, name }, context }) => {
      const named = { accountId: ownSession(context).accountId, id, name };
      const isMine = await context.run((tx) => namePasskey(tx, context.community, named));
      return isMine ? done : refuse("not-found", "hub.no-such-passkey");
    },
  }),
  dropPasskey: hubProcedure({
    method: "DELETE",
    path: "/communities/{community}/hub/me/passkeys/{passkeyId}",
    operationId: "dropHubPasskey",
    permission: "hub.member",
    summary: "Forget a passkey; prove first that it is you",
    description: "It opens nothing here any more. Refused for the last way in.",
    tags,
    input: z.object({ passkeyId: z.uuid() }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      const { accountId } = ownSession(context);
      await needProof(context);
      await context.run(async (tx) => {
        const which = { accountId, id: input.passkeyId };
        if (!(await dropPasskey(tx, context.community, which))) refuse("not-found", "hub.no-such-passkey");
        if (!(await hasWayIn(tx, context.community, accountId))) refuse("conflict", "hub.last-way");
      });
      return done;
    },
  }),
};

/** Proving once more who one is. */
const proving = {
  prove: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/me/proof",
    operationId: "proveMeToHub",
    permission: "hub.member",
    summary: "Prove that it is you, by password or passkey; it counts for ten minutes in this session",
    tags,
    secret: true,
    input: z.object({ password: z.string().max(128).optional(), passkey: signedSchema.optional() }),
    output: doneSchema,
    handler: async ({ input: { password, passkey }, context }) => {
      await (passkey === undefined ? proveByPassword(context, password ?? "") : proveByPasskey(context, passkey));
      return done;
    },
  }),
  askProof: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/me/proof/passkey/challenge",
    operationId: "askHubProof",
    permission: "hub.member",
    summary: "What a passkey of yours has to sign to prove that it is you",
    tags,
    output: askedSchema,
    handler: async ({ context }) => askSignature(context, "prove"),
  }),
};

/** Passkeys of members. */
export const passkeysApi = { ...comingIn, ...own, ...proving };
