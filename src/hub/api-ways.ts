import { z } from "zod";
import { procedure } from "#src/accounts/procedure.ts";
import { refuse } from "#src/base/refusal.ts";
import { ownSession } from "./call.ts";
import { authorSchema, hubPath, memberNameSchema, providerNames, signInWays, type SignInWay } from "./model.ts";
import { joinBy } from "./people/by-platform.ts";
import { isProved } from "./people/proof.ts";
import { wayPlace } from "./sealed.ts";
import { passwordOf } from "./store/accounts.ts";
import { hubOf } from "./store/hubs.ts";
import { dropWay, hasWayIn, platformsOf, unlinkPlatform, waysOf, wayOf, writeWay } from "./store/ways.ts";
import { hubProcedure } from "./visitor.ts";

const doneSchema = z.object({ done: z.literal(true) });
const done = { done: true } as const;

const waySchema = z.object({
  way: z.enum(signInWays),
  clientId: z.string().describe("Empty while there are no keys"),
  isOn: z.boolean(),
  address: z.string().describe("What the platform has to be told: where it sends people back to, or what it opens"),
});

const addressOf = (way: SignInWay): string => (way === "telegram-app" ? "/app" : `/by/${way}/back`);

/** Keys of platforms, for the team. */
export const waysApi = {
  ways: procedure({
    method: "GET",
    path: "/communities/{community}/hub/settings/sign-in",
    operationId: "listHubSignInWays",
    permission: "hub.manage",
    summary: "By which platforms members may sign in; secrets are never told",
    tags: ["Hub set-up"],
    output: z.object({ items: z.array(waySchema) }),
    handler: async ({ context }) => {
      const rows = await context.run((tx) => waysOf(tx, context.community));
      const home = `${context.publicUrl}${hubPath(context.facts.slug)}`;
      const items = signInWays.map((way) => {
        const row = rows.find((each) => each.way === way);
        return { way, clientId: row?.clientId ?? "", isOn: row !== undefined, address: `${home}${addressOf(way)}` };
      });
      return { items };
    },
  }),
  setWay: procedure({
    method: "PUT",
    path: "/communities/{community}/hub/settings/sign-in/{way}",
    operationId: "setHubSignInWay",
    permission: "hub.manage",
    summary: "Keep the keys that a platform gave for signing members in",
    tags: ["Hub set-up"],
    secret: true,
    input: z.object({
      way: z.enum(signInWays),
      clientId: z.string().trim().min(1).max(100),
      secret: z.string().trim().max(500).default("").describe("Empty: the one before stays"),
    }),
    output: doneSchema,
    handler: async ({ input: { way, clientId, secret }, context }) => {
      const { community, secrets } = context;
      context.note({ details: { way } });
      await context.databases.asOwner(async (tx) => {
        if ((await hubOf(tx, community)) === undefined) refuse("conflict", "hub.not-set-up");
        const before = await wayOf(tx, community, way);
        if (before === undefined && secret === "") refuse("invalid", "hub.secret-first");
        const sealed = secret === "" ? (before?.sealed ?? "") : secrets.seal(secret, wayPlace(community, way));
        await writeWay(tx, community, { way, clientId, sealed, at: context.now() });
      });
      return done;
    },
  }),
  dropWay: procedure({
    method: "DELETE",
    path: "/communities/{community}/hub/settings/sign-in/{way}",
    operationId: "dropHubSignInWay",
    permission: "hub.manage",
    summary: "Forget the keys of a platform: nobody signs in by it any more",
    tags: ["Hub set-up"],
    input: z.object({ way: z.enum(signInWays) }),
    output: doneSchema,
    handler: async ({ input: { way }, context }) => {
      context.note({ details: { way } });
      const isGone = await context.databases.asOwner((tx) => dropWay(tx, context.community, way));
      return isGone ? done : refuse("not-found", "hub.no-such-way");
    },
  }),
};

/** A member's accounts on platforms. */
export const ownWaysApi = {
  joinByPlatform: hubProcedure({
    method: "POST",
    path: "/communities/{community}/hub/join/by-platform",
    operationId: "joinHubByPlatform",
    permission: "hub.public",
    summary: "Become a member whom a platform has just proven, under a name of your own",
    tags: ["Hub sign-in"],
    status: 201,
    secret: true,
    input: z.object({
      proof: z.string().min(1).max(2000).describe("What the hub handed out when the platform had proven you"),
      name: memberNameSchema,
      acceptsRules: z.literal(true),
    }),
    output: authorSchema,
    handler: async ({ input, context }) => {
      const { memberId, name } = await joinBy(context, input);
      return { memberId, name, isTeam: false };
    },
  }),
  myWays: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/platforms",
    operationId: "listMyHubPlatforms",
    permission: "hub.member",
    summary: "Your accounts on platforms that sign you in",
    tags: ["Hub sign-in"],
    output: z.object({
      items: z.array(z.object({ platform: z.enum(providerNames), name: z.string() })),
      hasPassword: z.boolean(),
      isProved: z.boolean().describe("You proved within ten minutes in this session that it is you"),
    }),
    handler: async ({ context }) => {
      const { accountId } = ownSession(context);
      const mine = await context.run(async (tx) => ({
        items: await platformsOf(tx, context.community, accountId),
        hasPassword: (await passwordOf(tx, context.community, accountId)) !== undefined,
      }));
      return { ...mine, isProved: await isProved(context) };
    },
  }),
  unlink: hubProcedure({
    method: "DELETE",
    path: "/communities/{community}/hub/me/platforms/{platform}",
    operationId: "unlinkMyHubPlatform",
    permission: "hub.member",
    summary: "Stop an account on a platform from signing you in",
    description: "Refused for the last way in. Who you are on the platform stays known to the team.",
    tags: ["Hub sign-in"],
    input: z.object({ platform: z.enum(providerNames) }),
    output: doneSchema,
    handler: async ({ input, context }) => {
      const { community } = context;
      const { accountId } = ownSession(context);
      await context.run(async (tx) => {
        const isGone = await unlinkPlatform(tx, community, { accountId, platform: input.platform });
        if (!isGone) refuse("not-found", "hub.no-such-way");
        if (!(await hasWayIn(tx, community, accountId))) refuse("conflict", "hub.last-way");
      });
      return done;
    },
  }),
};
