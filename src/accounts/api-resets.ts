import { z } from "zod";
import { refuse } from "#src/base/refusal.ts";
import { emailSchema, passwordSchema } from "./model.ts";
import { installProcedure } from "./procedure.ts";
import { askReset, makeResetLink, resetByLink, resetWorks } from "./resets.ts";
import { personById } from "./store/resets.ts";

const done = z.object({ done: z.literal(true) });
const tokenSchema = z.string().min(1).max(200);

/** New passwords for those who lost theirs. */
export const resetsApi = {
  askReset: installProcedure({
    method: "POST",
    path: "/password-resets",
    operationId: "askPasswordReset",
    permission: "public",
    summary: "Ask for a letter with a link for a new password",
    description: "The answer is the same whether somebody has that address or not.",
    tags: ["Account"],
    status: 202,
    input: z.object({ email: emailSchema }),
    output: done,
    handler: async ({ input, context }) => {
      await askReset(context, input.email);
      return { done: true } as const;
    },
  }),
  resetLink: installProcedure({
    method: "GET",
    path: "/password-resets/{token}",
    operationId: "getPasswordReset",
    permission: "public",
    summary: "Whether a link for a new password still works",
    tags: ["Account"],
    input: z.object({ token: tokenSchema }),
    output: z.object({ works: z.boolean() }),
    handler: async ({ input, context }) => ({ works: await resetWorks(context, input.token) }),
  }),
  resetPassword: installProcedure({
    method: "POST",
    path: "/password-resets/{token}",
    operationId: "resetPassword",
    permission: "public",
    summary: "Set a new password by a link",
    description: "Signs the person out everywhere and signs nobody in.",
    tags: ["Account"],
    input: z.object({ token: tokenSchema, password: passwordSchema }),
    output: done,
    handler: async ({ input, context }) => {
      await resetByLink(context, input);
      return { done: true } as const;
    },
  }),
  makeResetLink: installProcedure({
    method: "POST",
    path: "/people/{personId}/password-reset",
    operationId: "makePasswordResetLink",
    permission: "install.owner",
    summary: "Make a link for a new password and pass it on yourself",
    description:
      "For owners of the installation, because it opens every community the person works in. Works for two hours.",
    tags: ["Account"],
    status: 201,
    secret: true,
    input: z.object({ personId: z.uuid() }),
    output: z.object({ link: z.string().describe("Shown this once"), expiresAt: z.iso.datetime() }),
    handler: async ({ input, context }) => {
      const person = await personById(context.databases.owner, input.personId);
      if (person === undefined) return refuse("not-found", "accounts.no-such-staff");
      const { publicUrl } = context;
      const made = await context.databases.asOwner((tx) =>
        makeResetLink(tx, { userId: person.id, publicUrl, now: context.now() }),
      );
      return { link: made.link, expiresAt: new Date(made.expiresAt).toISOString() };
    },
  }),
};
