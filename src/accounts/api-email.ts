import { z } from "zod";
import { askEmailChange, confirmEmail } from "./email-change.ts";
import { emailSchema } from "./model.ts";
import { secretHash } from "./one-time-token.ts";
import { installProcedure } from "./procedure.ts";
import { dropEmailChange, emailChangeBy, emailChangeOf } from "./store/email-changes.ts";

const done = z.object({ done: z.literal(true) });
const tags: readonly [string] = ["Account"];
const token = z.string().min(1).max(200);

/** The address somebody signs in with. */
export const emailApi = {
  emailChange: installProcedure({
    method: "GET",
    path: "/me/email",
    operationId: "getMyEmailChange",
    permission: "signed-in",
    summary: "The address you want to sign in with and have not confirmed yet",
    tags,
    output: z.object({ email: z.string().nullable(), expiresAt: z.iso.datetime().nullable() }),
    handler: async ({ context }) => {
      const change = await emailChangeOf(context.databases.owner, context.person.id, context.now());
      return { email: change?.email ?? null, expiresAt: change?.expiresAt.toISOString() ?? null };
    },
  }),
  changeEmail: installProcedure({
    method: "POST",
    path: "/me/email",
    operationId: "changeMyEmail",
    permission: "signed-in",
    summary: "Sign in with another address",
    description:
      "Asks for a proof (`proveMe`). `asked`: a letter is on its way to the address, and a link in it confirms the change; " +
      "the answer is the same when somebody has the address. `changed`: this installation sends no letters, and the address " +
      "counts at once. Everywhere else you are signed out when it counts.",
    tags,
    input: z.object({ email: emailSchema }),
    output: z.object({ state: z.enum(["asked", "changed"]) }),
    handler: async ({ input, context }) => {
      const state = await askEmailChange(context, input.email);
      context.note({ target: context.person.id });
      return { state };
    },
  }),
  dropEmailChange: installProcedure({
    method: "DELETE",
    path: "/me/email",
    operationId: "dropMyEmailChange",
    permission: "signed-in",
    summary: "Keep your address: the link that was sent stops working",
    tags,
    output: done,
    handler: async ({ context }) => {
      await dropEmailChange(context.databases.owner, context.person.id);
      return { done: true } as const;
    },
  }),
  emailLink: installProcedure({
    method: "GET",
    path: "/email-changes/{token}",
    operationId: "getEmailChange",
    permission: "public",
    summary: "The address that a link from a letter confirms",
    tags,
    input: z.object({ token }),
    output: z.object({ email: z.string().nullable().describe("null: the link does not work any more") }),
    handler: async ({ input, context }) => {
      context.limits.take("link.address", context.address);
      const change = await emailChangeBy(context.databases.owner, secretHash(input.token), context.now());
      return { email: change?.email ?? null };
    },
  }),
  confirmEmail: installProcedure({
    method: "POST",
    path: "/email-changes/{token}",
    operationId: "confirmEmailChange",
    permission: "public",
    summary: "Confirm an address by the link from the letter",
    description: "Signs the person out everywhere but where the change was asked for, and signs nobody in.",
    tags,
    input: z.object({ token }),
    output: done,
    handler: async ({ input, context }) => {
      context.note({ target: await confirmEmail(context, input.token) });
      return { done: true } as const;
    },
  }),
};
