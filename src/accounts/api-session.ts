import { z } from "zod";
import { refuse } from "#src/base/refusal.ts";
import type { Call } from "./call.ts";
import { emailSchema, signedSchema } from "./model.ts";
import { askSignature, signerOf } from "./passkeys.ts";
import { installProcedure } from "./procedure.ts";
import { awaitedFactors, isSecondFactor } from "./second-factor.ts";

const done = z.object({ done: z.literal(true) });
const awaitedSchema = z.array(z.enum(["code", "passkey", "backup-code"]));
const askedSchema = z.object({ challengeId: z.uuid(), options: z.record(z.string(), z.unknown()) });

/** Counts a try at somebody's password, from wherever it comes. */
export function takeSignInTry(context: Call, email: string): void {
  context.limits.take("sign-in.address", context.address);
  context.limits.take("sign-in.account", email);
}

async function halfOf(context: Call): Promise<string> {
  return (await context.signIn.halfOf(context)) ?? refuse("unauthenticated", "accounts.half-over");
}

/** Coming in with a password and, where there is one, the second factor. */
const byPassword = {
  signIn: installProcedure({
    method: "POST",
    path: "/session",
    operationId: "signIn",
    permission: "public",
    summary: "Sign in with e-mail and password",
    description:
      "Sets the session cookie when `isIn` is true. Otherwise the second factor is awaited for ten minutes: see " +
      "`finishSignIn`. Ten tries for one account in a quarter of an hour.",
    tags: ["Account"],
    input: z.object({ email: emailSchema, password: z.string().min(1).max(128) }),
    output: z.object({ isIn: z.boolean() }),
    handler: async ({ input, context }) => {
      takeSignInTry(context, input.email);
      return { isIn: await context.signIn.signIn(input, context) };
    },
  }),
  awaitedFactor: installProcedure({
    method: "GET",
    path: "/session/second-factor",
    operationId: "getAwaitedFactor",
    permission: "public",
    summary: "By what a begun sign-in can be finished",
    tags: ["Account"],
    output: z.object({ awaited: awaitedSchema.describe("Empty when no sign-in is begun in this browser") }),
    handler: async ({ context }) => {
      const userId = await context.signIn.halfOf(context);
      return { awaited: userId === undefined ? [] : await awaitedFactors(context.databases.owner, userId) };
    },
  }),
  finishSignIn: installProcedure({
    method: "POST",
    path: "/session/second-factor",
    operationId: "finishSignIn",
    permission: "public",
    summary: "Finish signing in with the second factor",
    description:
      "With a code of the app, a backup code, or a passkey's answer to `askSecondFactor`. Five tries in a quarter of an hour.",
    tags: ["Account"],
    input: z.object({ code: z.string().min(1).max(40).optional(), passkey: signedSchema.optional() }),
    output: done,
    handler: async ({ input: { code, passkey }, context }) => {
      context.limits.take("sign-in.address", context.address);
      const userId = await halfOf(context);
      context.limits.take("second-factor.account", userId);
      if (passkey !== undefined) await signerOf(context, passkey, { purpose: "second", userId });
      else if (!(await isSecondFactor(context, userId, code ?? ""))) refuse("unauthenticated", "accounts.wrong-code");
      await context.signIn.finish(context);
      return { done: true } as const;
    },
  }),
  askSecondFactor: installProcedure({
    method: "POST",
    path: "/session/second-factor/passkey",
    operationId: "askSecondFactor",
    permission: "public",
    summary: "What a passkey has to sign as the second factor",
    tags: ["Account"],
    output: askedSchema,
    handler: async ({ context }) => {
      context.limits.take("sign-in.address", context.address);
      return askSignature(context, { purpose: "second", userId: await halfOf(context) });
    },
  }),
};

/** Coming in with a passkey alone, and going out. */
const byPasskey = {
  askPasskey: installProcedure({
    method: "POST",
    path: "/session/passkey/challenge",
    operationId: "askPasskey",
    permission: "public",
    summary: "What a passkey has to sign to sign in with it alone",
    tags: ["Account"],
    output: askedSchema,
    handler: async ({ context }) => {
      context.limits.take("passkey.address", context.address);
      return askSignature(context, { purpose: "sign-in", userId: undefined });
    },
  }),
  signInByPasskey: installProcedure({
    method: "POST",
    path: "/session/passkey",
    operationId: "signInByPasskey",
    permission: "public",
    summary: "Sign in with a passkey",
    description: "A passkey asks its device for a finger, a face or a PIN, and is therefore two factors in one.",
    tags: ["Account"],
    input: signedSchema,
    output: done,
    handler: async ({ input, context }) => {
      context.limits.take("passkey.address", context.address);
      const userId = await signerOf(context, input, { purpose: "sign-in", userId: undefined });
      await context.signIn.begin(userId, context);
      return { done: true } as const;
    },
  }),
  signOut: installProcedure({
    method: "DELETE",
    path: "/session",
    operationId: "signOut",
    permission: "signed-in",
    summary: "Sign out",
    tags: ["Account"],
    output: done,
    handler: async ({ context }) => {
      await context.signIn.signOut(context);
      return { done: true } as const;
    },
  }),
};

/** Coming in and going out. */
export const sessionApi = { ...byPassword, ...byPasskey };
