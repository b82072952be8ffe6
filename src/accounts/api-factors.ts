import { z } from "zod";
import { refuse } from "#src/base/refusal.ts";
import { takeSignInTry } from "./api-session.ts";
import type { PersonCall } from "./call.ts";
import { passkeySchema, signedSchema } from "./model.ts";
import { askSignature, signerOf } from "./passkeys.ts";
import { installProcedure } from "./procedure.ts";
import { needProof } from "./proof.ts";
import { tellOfChange } from "./resets.ts";
import { beginTotp, endTotp, finishTotp, makeBackupCodes } from "./second-factor.ts";
import { dropFactors, factorsOf } from "./store/factors.ts";
import { passkeysOf } from "./store/passkeys.ts";
import { personById } from "./store/resets.ts";
import { endSessionsOf, markProved } from "./store/sessions.ts";

const done = z.object({ done: z.literal(true) });
const tags: readonly [string] = ["Account"];
const backupCodesSchema = z.array(z.string()).describe("Shown this once; empty when the ones before stay");

/** Tells somebody by letter that their way in has changed. */
export async function tellMe(context: PersonCall): Promise<void> {
  const { databases, person, locale } = context;
  await databases.asOwner((tx) => tellOfChange(context, tx, { person, locale }));
}

/** Proving, once more, who one is. */
const proof = {
  prove: installProcedure({
    method: "POST",
    path: "/me/proof",
    operationId: "proveMe",
    permission: "signed-in",
    summary: "Prove once more who you are",
    description:
      "By the password or a passkey's answer to `askProof`. Counts for ten minutes in this session; changes of how you " +
      "sign in ask for it (`accounts.prove-first`).",
    tags,
    secret: true,
    input: z.object({ password: z.string().min(1).max(128).optional(), passkey: signedSchema.optional() }),
    output: done,
    handler: async ({ input: { password, passkey }, context }) => {
      const { person, databases, sessionId, signIn } = context;
      takeSignInTry(context, person.email);
      if (passkey !== undefined) await signerOf(context, passkey, { purpose: "prove", userId: person.id });
      else if (!(await signIn.isPasswordOf(person, password ?? ""))) {
        refuse("invalid", "accounts.wrong-current-password");
      }
      await markProved(databases.owner, sessionId, context.now());
      return { done: true } as const;
    },
  }),
  askProof: installProcedure({
    method: "POST",
    path: "/me/proof/passkey",
    operationId: "askProof",
    permission: "signed-in",
    summary: "What a passkey has to sign to prove who you are",
    tags,
    output: z.object({ challengeId: z.uuid(), options: z.record(z.string(), z.unknown()) }),
    handler: async ({ context }) => askSignature(context, { purpose: "prove", userId: context.person.id }),
  }),
};

/** The code app and the backup codes. */
const codes = {
  factors: installProcedure({
    method: "GET",
    path: "/me/second-factors",
    operationId: "getMySecondFactors",
    permission: "signed-in",
    summary: "How you prove who you are beside the password",
    tags,
    output: z.object({
      totpSince: z.iso.datetime().nullable().describe("null without a code app"),
      backupCodes: z.int().describe("How many are left"),
      passkeys: z.array(passkeySchema),
    }),
    handler: async ({ context }) => {
      const db = context.databases.owner;
      const [factors, passkeys] = await Promise.all([
        factorsOf(db, context.person.id),
        passkeysOf(db, context.person.id),
      ]);
      return {
        totpSince: factors.totpSince === undefined ? null : new Date(factors.totpSince).toISOString(),
        backupCodes: factors.backupCodes,
        passkeys: passkeys.map(({ madeAt, usedAt, ...row }) => ({
          ...row,
          madeAt: madeAt.toISOString(),
          usedAt: usedAt?.toISOString() ?? null,
        })),
      };
    },
  }),
  beginTotp: installProcedure({
    method: "POST",
    path: "/me/totp",
    operationId: "beginTotp",
    permission: "signed-in",
    summary: "Begin setting up a code app",
    description: "Nothing changes until a code of the app has confirmed it.",
    tags,
    status: 201,
    secret: true,
    output: z.object({
      uri: z.string().describe("`otpauth://`, for a QR code"),
      secret: z.string().describe("To type"),
    }),
    handler: async ({ context }) => {
      await needProof(context);
      return beginTotp(context);
    },
  }),
  finishTotp: installProcedure({
    method: "POST",
    path: "/me/totp/confirmation",
    operationId: "finishTotp",
    permission: "signed-in",
    summary: "End setting up a code app by a code of it",
    description: "Everywhere else you are signed out.",
    tags,
    secret: true,
    input: z.object({ code: z.string().min(6).max(20) }),
    output: z.object({ backupCodes: backupCodesSchema }),
    handler: async ({ input, context }) => {
      await needProof(context);
      context.limits.take("second-factor.account", context.person.id);
      const backupCodes = await finishTotp(context, input.code);
      await tellMe(context);
      return { backupCodes };
    },
  }),
  endTotp: installProcedure({
    method: "DELETE",
    path: "/me/totp",
    operationId: "endTotp",
    permission: "signed-in",
    summary: "Sign in without the code app from now on",
    tags,
    output: done,
    handler: async ({ context }) => {
      await needProof(context);
      await endTotp(context);
      await tellMe(context);
      return { done: true } as const;
    },
  }),
  makeBackupCodes: installProcedure({
    method: "POST",
    path: "/me/backup-codes",
    operationId: "makeBackupCodes",
    permission: "signed-in",
    summary: "Make new backup codes",
    description: "Those before stop working. Only with a code app or a passkey.",
    tags,
    status: 201,
    secret: true,
    output: z.object({ backupCodes: backupCodesSchema }),
    handler: async ({ context }) => {
      await needProof(context);
      const { databases, person } = context;
      const { totpSince, passkeys } = await factorsOf(databases.owner, person.id);
      if (totpSince === undefined && passkeys === 0) refuse("conflict", "accounts.no-second-factor");
      return { backupCodes: await databases.asOwner((tx) => makeBackupCodes(tx, person.id)) };
    },
  }),
  dropFactors: installProcedure({
    method: "DELETE",
    path: "/people/{personId}/second-factors",
    operationId: "dropSecondFactors",
    permission: "install.owner",
    summary: "Let somebody who lost their second factors sign in by password alone",
    description: "Code app, passkeys and backup codes go, and every session ends. Make sure that it is really them.",
    tags,
    input: z.object({ personId: z.uuid() }),
    output: done,
    handler: async ({ input: { personId }, context }) => {
      await needProof(context);
      const { databases, locale } = context;
      const person = await personById(databases.owner, personId);
      if (person === undefined) return refuse("not-found", "accounts.no-such-staff");
      await databases.asOwner(async (tx) => {
        await dropFactors(tx, personId);
        await endSessionsOf(tx, personId);
        await tellOfChange(context, tx, { person, locale });
      });
      return { done: true } as const;
    },
  }),
};

/** What proves who somebody is beside the password. */
export const factorsApi = { ...proof, ...codes };
