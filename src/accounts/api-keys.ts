import { z } from "zod";
import { pageFields, pageOf, pageSchema, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { createApiKey, mayGive } from "./actions.ts";
import { apiKeySchema, MAX_KEY_DAYS, permissionSchema, roleSchema } from "./model.ts";
import { procedure } from "./procedure.ts";
import { apiKeysOf, revokeApiKey } from "./store/keys.ts";

/** Machines that work for a community. */
export const keysApi = {
  apiKeys: procedure({
    method: "GET",
    path: "/communities/{community}/api-keys",
    operationId: "listApiKeys",
    permission: "api-keys.manage",
    summary: "API keys, the newest first",
    tags: ["Team"],
    input: z.object(pageFields),
    output: pageSchema(apiKeySchema),
    handler: async ({ input, context }) => {
      const after = readCursor(input.after, z.tuple([z.uuid()]))?.[0];
      const ask = { after, limit: input.limit + 1 };
      const rows = await context.run((tx) => apiKeysOf(tx, context.community, ask));
      return pageOf(rows, input.limit, (row) => [row.id]);
    },
  }),
  createApiKey: procedure({
    method: "POST",
    path: "/communities/{community}/api-keys",
    operationId: "createApiKey",
    permission: "api-keys.manage",
    summary: "Make an API key",
    description:
      "`token` is shown this once. Send it as `Authorization: Bearer`. A key gets no role above your own, and a key that " +
      "is narrower than its role or ends by itself makes no others.",
    tags: ["Team"],
    status: 201,
    secret: true,
    input: z.object({
      name: z.string().trim().min(1).max(100),
      role: roleSchema,
      permissions: z.array(permissionSchema).min(1).max(100).optional().describe("Narrows the role to these"),
      days: z.int().min(1).max(MAX_KEY_DAYS).optional().describe("Ends by itself; without it, when it is revoked"),
    }),
    output: z.object({ key: apiKeySchema, token: z.string() }),
    handler: async ({ input, context }) => {
      const { actor, community } = context;
      // Otherwise it would make one that can do more or lives longer than itself.
      if (context.caller.kind === "key" && context.caller.isNarrow === true) refuse("forbidden", "accounts.narrow-key");
      if (!mayGive(actor.role, input.role)) refuse("forbidden", "accounts.role-above-own");
      const createdBy = actor.kind === "person" ? actor.id : undefined;
      const wish = { ...input, createdBy, now: context.now() };
      const made = await context.run((tx) => createApiKey(tx, community, wish));
      context.note({ target: made.key.id, details: { role: input.role } });
      return made;
    },
  }),
  revokeApiKey: procedure({
    method: "DELETE",
    path: "/communities/{community}/api-keys/{keyId}",
    operationId: "revokeApiKey",
    permission: "api-keys.manage",
    summary: "Revoke an API key",
    description: "It stops working at once and for good.",
    tags: ["Team"],
    input: z.object({ keyId: z.uuid() }),
    output: apiKeySchema,
    handler: async ({ input, context }) => {
      const revoked = await context.run((tx) =>
        revokeApiKey(tx, context.community, { id: input.keyId, at: context.now() }),
      );
      return revoked ?? refuse("not-found", "accounts.no-such-key");
    },
  }),
};
