import { type ErrorMap, ORPCError, os, type Procedure, type Schema, ValidationError } from "@orpc/server";
import { z } from "zod";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import { newId } from "#src/base/ids.ts";
import { logger } from "#src/base/logger.ts";
import { Refusal, refuse } from "#src/base/refusal.ts";
import type { Actor, Call, CommunityCall, CommunityFacts, NotedCall, PersonCall } from "./call.ts";
import { type Deed, openNotebook, recorded } from "./deed.ts";
import { allows, type InstallPermission, type Permission, type VisitorPermission } from "./model.ts";
import { describeOperation } from "./operation.ts";
import { hostilePart, InvalidRequest, invalidRequest } from "./request-fault.ts";
import { once } from "./request-keys.ts";
import { roleOf } from "./store/roles.ts";

/** A bug happened. It is in the log under this number, and the number is all that anybody is told. */
export class Broken extends Error {
  readonly number: string;

  constructor(number: string) {
    super(`No. ${number}`);
    this.name = "Broken";
    this.number = number;
  }
}

/** What is known of a procedure beside its types: pages show it, tests walk it. */
export interface ProcedureMeta {
  readonly permission?: Permission | InstallPermission | VisitorPermission;
}

type Shape = z.core.$ZodLooseShape;
type Verb = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface Description<I extends Shape, O extends z.ZodType> {
  readonly method: Verb;
  /** Below `/api/v1`; `{community}` is the community's slug, other names in braces are fields of the input. */
  readonly path: `/${string}`;
  /** Stays the same for ever: clients are generated from it. */
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  /** The first tag is the group in the reference. */
  readonly tags: readonly [string, ...string[]];
  /** Unknown fields are refused. Text of a query arrives as number or boolean where the schema wants one. */
  readonly input?: z.ZodObject<I>;
  /** JSON values only: instants as ISO strings or milliseconds, absent as null or left out. */
  readonly output: O;
  /** 201 for what makes something, 202 for what will be done later; otherwise 200. */
  readonly status?: 200 | 201 | 202;
  /** The input or the answer holds a secret: a repeat under the same key is refused, because neither is kept. */
  readonly secret?: true;
  /** For answers that are files; only `download` sets it. */
  readonly file?: string;
}

interface CommunityDefinition<I extends Shape, O extends z.ZodType> extends Description<I, O> {
  readonly path: `/communities/{community}${string}`;
  readonly permission: Permission;
  /** Allowed in a deleted community as well; without it such a community can only be read, by its owners. */
  readonly evenDeleted?: true;
  handler(call: { input: z.output<z.ZodObject<I>>; context: CommunityCall }): Promise<z.input<O>>;
}

interface ContextOf {
  public: NotedCall;
  "signed-in": PersonCall;
  "install.owner": PersonCall;
}

interface InstallDefinition<I extends Shape, O extends z.ZodType, P extends InstallPermission> extends Description<
  I,
  O
> {
  readonly permission: P;
  handler(call: { input: z.output<z.ZodObject<I>>; context: ContextOf[P] }): Promise<z.input<O>>;
}

/** A procedure for those who come to a community without being of its team. */
export interface VisitorDefinition<C, I extends Shape, O extends z.ZodType> extends Description<I, O> {
  readonly path: `/communities/{community}/${string}`;
  readonly permission: VisitorPermission;
  handler(call: { input: z.output<z.ZodObject<I>>; context: C }): Promise<z.input<O>>;
}

type Made<In, Out, O extends z.ZodType> = Procedure<Call, Call, Schema<In, Out>, O, ErrorMap, ProcedureMeta>;

/** Long enough for a UUID with a prefix; the key is stored. */
const KEY_LENGTH = 200;

/** The slug of a community as it stands in addresses. */
export const slugSchema = z.string().min(1).max(64);

const base = os.$context<Call>().$meta<ProcedureMeta>({});

/** Turns whatever is thrown into a refusal for the caller or a bug with a number. */
function explain(error: unknown, call: Call, operation: string): Refusal | Broken {
  if (error instanceof Refusal || error instanceof Broken) return error;
  if (error instanceof ORPCError && error.code === "BAD_REQUEST" && error.cause instanceof ValidationError) {
    // The issues of a standard schema are zod's own, because every schema of ours is zod's.
    return invalidRequest(error.cause.issues as readonly z.core.$ZodIssue[]);
  }
  const number = newId(call.now()).slice(-8).toUpperCase();
  logger.error({ number, operation, request: call.requestId, err: error }, "something broke");
  return new Broken(number);
}

/** Fails in two ways only: a refusal, which tells the caller what to do, and a bug, which has a number. */
const explained = base.middleware(async ({ context, next, procedure: { "~orpc": definition } }, input) => {
  try {
    const hostile = hostilePart(input);
    if (hostile !== undefined) throw new InvalidRequest([hostile]);
    return await next();
  } catch (error) {
    throw explain(error, context, definition.route.operationId ?? "unknown");
  }
});

async function actorIn(call: Call, facts: CommunityFacts): Promise<Actor> {
  const { caller } = call;
  if (caller.kind === "key" && caller.communityId === facts.id) {
    return { kind: "key", id: caller.id, name: caller.name, role: caller.role };
  }
  const role = caller.kind === "person" ? await roleOf(call.databases.owner, facts.id, caller.profile) : undefined;
  // Whoever has no part in a community is told nothing of it, not even that it exists.
  if (caller.kind !== "person" || role === undefined)
    return refuse("not-found", "communities.unknown", { slug: facts.slug });
  return { kind: "person", id: caller.profile.id, name: caller.profile.name, role };
}

function isDeleted({ deletedAt }: CommunityFacts): boolean {
  return deletedAt !== undefined && deletedAt !== null;
}

/** Refuses to change anything in a community that is deleted. */
export function refuseInDeleted(facts: CommunityFacts): void {
  if (isDeleted(facts)) refuse("conflict", "communities.deleted", { name: facts.name });
}

/** A call that was let in, before it has a notebook. */
type Entered<C extends NotedCall> = Omit<C, "note">;

/** Lets a caller into a community, or refuses: for procedures and raw routes alone. */
export async function enterCommunity(
  call: Call,
  slug: string,
  permission: Permission,
): Promise<Entered<CommunityCall>> {
  if (call.caller.kind === "nobody") return refuse("unauthenticated", "accounts.sign-in-first");
  const facts = await call.findCommunity(slug);
  if (facts === undefined) return refuse("not-found", "communities.unknown", { slug });
  const actor = await actorIn(call, facts);
  if (isDeleted(facts) && actor.role !== "owner") return refuse("not-found", "communities.unknown", { slug });
  if (!allows(actor.role, permission)) return refuse("forbidden", "accounts.not-allowed", { permission });
  const narrowed = call.caller.kind === "key" ? call.caller.permissions : undefined;
  if (narrowed?.includes(permission) === false) return refuse("forbidden", "accounts.key-too-narrow", { permission });
  const community = provenCommunity(facts.id);
  return { ...call, community, facts, actor, run: (work) => call.databases.asCommunity(community, work) };
}

function enterInstall(call: Call, permission: InstallPermission): Entered<PersonCall> {
  const { caller } = call;
  // The handler of a public procedure is typed to see only what `NotedCall` has.
  if (permission === "public") return call as Entered<PersonCall>;
  if (caller.kind === "nobody") return refuse("unauthenticated", "accounts.sign-in-first");
  if (caller.kind === "key") return refuse("forbidden", "accounts.not-for-keys");
  if (permission === "install.owner" && !caller.profile.isInstallOwner)
    return refuse("forbidden", "accounts.owners-only");
  return { ...call, person: caller.profile, sessionId: caller.sessionId };
}

function slugOf(input: unknown): string {
  const slug = typeof input === "object" && input !== null && "community" in input ? input.community : undefined;
  return typeof slug === "string" ? slug : "";
}

interface Write extends Deed {
  readonly community: CommunityId | undefined;
  readonly actorId: string | undefined;
  readonly secret: boolean;
}

/** Does a write once for each key that the client gives it, and writes down who did it. */
async function onceForKey<T>(write: Write, does: () => Promise<T>): Promise<T> {
  const { call, actorId, method } = write;
  const work = (): Promise<T> => recorded(write, does);
  const key = call.idempotencyKey;
  if (key === undefined || actorId === undefined || method === "GET") return work();
  if (key === "" || key.length > KEY_LENGTH || hostilePart(key) !== undefined) refuse("invalid", "request.bad-key");
  const { output, repeated } = await once({ ...write, databases: call.databases, actorId, key, now: call.now() }, work);
  if (repeated) call.answerHeaders.set("Idempotency-Replayed", "true");
  return output;
}

/**
 * Defines a procedure inside a community: at once an address of the REST API, a line of its documents, and a typed
 * function for pages. The handler runs only when the caller holds `permission` in the community that the path names.
 */
export function procedure<I extends Shape, O extends z.ZodType>(definition: CommunityDefinition<I, O>) {
  const { permission, operationId, method, path, secret = false } = definition;
  const entered = base
    .meta({ permission })
    .route(describeOperation(definition))
    .use(explained)
    .use(async ({ context: call, next }, input, answer) => {
      const notebook = openNotebook();
      const context = { ...(await enterCommunity(call, slugOf(input), permission)), note: notebook.note };
      const { community, actor } = context;
      if (method !== "GET" && definition.evenDeleted !== true) refuseInDeleted(context.facts);
      const deed = { call, chain: community, role: actor.role, operationId, method, path, input, notebook };
      const write = { ...deed, community, actorId: actor.id, secret };
      return answer(await onceForKey(write, async () => (await next({ context })).output));
    });
  const input = z.strictObject({ ...definition.input?.shape, community: slugSchema });
  const made = entered
    .input(input)
    .output(definition.output)
    // The schema is the definition's with the slug added; the compiler cannot follow that through the spread.
    .handler((call) => definition.handler(call as never) as never);
  return made as unknown as Made<
    z.input<z.ZodObject<I>> & { community: string },
    z.output<z.ZodObject<I>> & { community: string },
    O
  >;
}

/**
 * Defines procedures for visitors of a community, whom `enter` lets in or refuses. What they do is no deed of the team: it
 * is told by facts and leaves no entry in the record of who did what.
 */
export function visitorProcedures<C extends Call>(
  enter: (call: Call, slug: string, permission: VisitorPermission) => Promise<C>,
) {
  return <I extends Shape, O extends z.ZodType>(definition: VisitorDefinition<C, I, O>) => {
    const { permission } = definition;
    const entered = base
      .meta({ permission })
      .route(describeOperation(definition))
      .use(explained)
      .use(async ({ context, next }, input) => next({ context: await enter(context, slugOf(input), permission) }));
    const made = entered
      .input(z.strictObject({ ...definition.input?.shape, community: slugSchema }))
      .output(definition.output)
      // As in `procedure`: the shape is spread, and the context was made by `enter`.
      .handler((call) => definition.handler(call as never) as never);
    return made as unknown as Made<
      z.input<z.ZodObject<I>> & { community: string },
      z.output<z.ZodObject<I>> & { community: string },
      O
    >;
  };
}

/** Defines a procedure outside any community: for everybody, for whoever is signed in, or for the installation's owners. */
export function installProcedure<I extends Shape, O extends z.ZodType, P extends InstallPermission>(
  definition: InstallDefinition<I, O, P>,
) {
  const { permission, operationId, method, path, secret = false } = definition;
  const entered = base
    .meta({ permission })
    .route(describeOperation(definition))
    .use(explained)
    .use(async ({ context: call, next }, input, answer) => {
      const notebook = openNotebook();
      const context = { ...enterInstall(call, permission), note: notebook.note };
      const { caller } = call;
      const role = caller.kind === "person" && caller.profile.isInstallOwner ? "owner" : undefined;
      const deed = { call, chain: "install", role, operationId, method, path, input, notebook } as const;
      const write = { ...deed, community: undefined, actorId: context.person?.id, secret };
      return answer(await onceForKey(write, async () => (await next({ context })).output));
    });
  const made = entered
    .input(z.strictObject({ ...definition.input?.shape }))
    .output(definition.output)
    // As above: the shape is spread, and the context was made for this very permission.
    .handler((call) => definition.handler(call as never) as never);
  return made as unknown as Made<z.input<z.ZodObject<I>>, z.output<z.ZodObject<I>>, O>;
}
