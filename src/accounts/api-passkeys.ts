import { z } from "zod";
import { refuse } from "#src/base/refusal.ts";
import { tellMe } from "./api-factors.ts";
import { signedSchema } from "./model.ts";
import { beginPasskey, finishPasskey } from "./passkeys.ts";
import { installProcedure } from "./procedure.ts";
import { needProof } from "./proof.ts";
import { dropIdleBackupCodes } from "./second-factor.ts";
import { dropPasskey, namePasskey } from "./store/passkeys.ts";

const done = z.object({ done: z.literal(true) });
const tags: readonly [string] = ["Account"];
const nameSchema = z.string().trim().min(1).max(60);

/** A person's passkeys. */
export const passkeysApi = {
  beginPasskey: installProcedure({
    method: "POST",
    path: "/me/passkeys/challenge",
    operationId: "beginPasskey",
    permission: "signed-in",
    summary: "What a browser needs to make a passkey",
    tags,
    output: z.object({ challengeId: z.uuid(), options: z.record(z.string(), z.unknown()) }),
    handler: async ({ context }) => {
      await needProof(context);
      return beginPasskey(context);
    },
  }),
  addPasskey: installProcedure({
    method: "POST",
    path: "/me/passkeys",
    operationId: "addPasskey",
    permission: "signed-in",
    summary: "Keep a passkey that a browser has made",
    description: "Everywhere else you are signed out.",
    tags,
    status: 201,
    secret: true,
    input: signedSchema.extend({ name: nameSchema }),
    output: z.object({
      id: z.uuid(),
      backupCodes: z.array(z.string()).describe("Shown this once; empty when the ones before stay"),
    }),
    handler: async ({ input, context }) => {
      await needProof(context);
      const made = await finishPasskey(context, input);
      context.note({ target: made.id });
      await tellMe(context);
      return made;
    },
  }),
  renamePasskey: installProcedure({
    method: "PATCH",
    path: "/me/passkeys/{passkeyId}",
    operationId: "renamePasskey",
    permission: "signed-in",
    summary: "Give a passkey another name",
    tags,
    input: z.object({ passkeyId: z.uuid(), name: nameSchema }),
    output: done,
    handler: async ({ input: { passkeyId: id, name }, context }) => {
      const isMine = await namePasskey(context.databases.owner, context.person.id, { id, name });
      return isMine ? { done: true as const } : refuse("not-found", "accounts.no-such-passkey");
    },
  }),
  dropPasskey: installProcedure({
    method: "DELETE",
    path: "/me/passkeys/{passkeyId}",
    operationId: "dropPasskey",
    permission: "signed-in",
    summary: "Forget a passkey",
    description: "It opens nothing any more, here; remove it from your device as well.",
    tags,
    input: z.object({ passkeyId: z.uuid() }),
    output: done,
    handler: async ({ input, context }) => {
      await needProof(context);
      const { databases, person } = context;
      const isGone = await databases.asOwner(async (tx) => {
        const gone = await dropPasskey(tx, person.id, input.passkeyId);
        await dropIdleBackupCodes(tx, person.id);
        return gone;
      });
      if (!isGone) refuse("not-found", "accounts.no-such-passkey");
      await tellMe(context);
      return { done: true } as const;
    },
  }),
};
