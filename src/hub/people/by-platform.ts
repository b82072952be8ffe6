import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { refuse } from "#src/base/refusal.ts";
import { mergeMembers } from "#src/members/merging/actions.ts";
import type { HubCall } from "../call.ts";
import { type Account, hubPath, memberNameSchema, providerNames } from "../model.ts";
import type { Keys, ProvenPerson, SignInProvider } from "../providers/provider.ts";
import { wayPlace } from "../sealed.ts";
import { accountOfPlatform, linkPlatform, memberApart, wayOf } from "../store/ways.ts";
import { enrol, invitationFor } from "./join.ts";
import { beginSession } from "./sessions.ts";

/** How long somebody may take at the platform, and then to choose a name. */
const MINUTES = 15;

const begunSchema = z.object({
  provider: z.enum(providerNames),
  state: z.string(),
  verifier: z.string(),
  to: z.string(),
  invitation: z.string(),
  /** Whose account the platform's is to open, when somebody signed in asks for that. */
  linkTo: z.string().optional(),
  until: z.number(),
});
type Begun = z.infer<typeof begunSchema>;

const cookieName = ({ publicUrl, facts }: HubCall): string =>
  `${publicUrl.startsWith("https:") ? "__Host-" : ""}veche_by_${facts.slug}`;
const cookiePlace = ({ community }: HubCall): string => `${community}/hub-by`;

function giveCookie(call: HubCall, value: string, seconds: number): void {
  const safe = call.publicUrl.startsWith("https:") ? "; Secure" : "";
  // Lax: the platform sends the browser back from another site.
  const line = `${cookieName(call)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${safe}`;
  call.answerHeaders.append("set-cookie", line);
}

/** Opens a text that was sealed here; undefined for anything else. */
function opened<T>(call: HubCall, from: { sealed: string; place: string; shape: z.ZodType<T> }): T | undefined {
  try {
    return from.shape.parse(JSON.parse(call.secrets.open(from.sealed, from.place)));
  } catch {
    return undefined;
  }
}

/** Whether this browser began to sign in by a platform at this address. */
export function hasBegun({ headers, publicUrl }: Pick<HubCall, "headers" | "publicUrl">, slug: string): boolean {
  return (headers.get("cookie") ?? "").includes(`${publicUrl.startsWith("https:") ? "__Host-" : ""}veche_by_${slug}=`);
}

function begunIn(call: HubCall): Begun | undefined {
  const cookies = call.headers.get("cookie") ?? "";
  const sealed = new RegExp(`(?:^|;\\s*)${cookieName(call)}=([A-Za-z0-9_.-]+)`).exec(cookies)?.[1];
  return sealed === undefined ? undefined : opened(call, { sealed, place: cookiePlace(call), shape: begunSchema });
}

async function keysOf(call: HubCall, { name }: SignInProvider): Promise<Keys> {
  const row = await call.run((tx) => wayOf(tx, call.community, name));
  if (row === undefined) return refuse("not-found", "hub.no-such-way");
  return { clientId: row.clientId, clientSecret: call.secrets.open(row.sealed, wayPlace(call.community, name)) };
}

/** Platforms send back to the install's own address alone; from there it goes on to the domain where it was begun. */
const backTo = ({ publicUrl, installUrl, facts }: HubCall, { name }: SignInProvider): string =>
  `${installUrl ?? publicUrl}${hubPath(facts.slug)}/by/${name}/back`;

/** Begins to sign somebody in by a platform and says where to send their browser, in which alone it can be ended. */
export async function beginBy(
  call: HubCall,
  provider: SignInProvider,
  wish: { to: string; invitation: string; isLinking: boolean },
): Promise<string> {
  const { to, invitation, isLinking } = wish;
  call.limits.take("link.address", call.address);
  const keys = await keysOf(call, provider);
  const [state, verifier] = [randomBytes(24).toString("base64url"), randomBytes(32).toString("base64url")];
  const linkTo = isLinking && call.visitor.kind === "member" ? call.visitor.accountId : undefined;
  const until = call.now() + MINUTES * 60_000;
  const begun: Begun = { provider: provider.name, state, verifier, to, invitation, until, ...(linkTo && { linkTo }) };
  giveCookie(call, call.secrets.seal(JSON.stringify(begun), cookiePlace(call)), MINUTES * 60);
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  return provider.addressOf({ keys, redirectUri: backTo(call, provider), state, challenge }).toString();
}

/** What came of coming back: signed in, an account more that opens this one, or somebody who has to choose a name first. */
export type CameBack =
  | { readonly kind: "in" | "linked"; readonly to: string }
  | { readonly kind: "newcomer"; readonly proof: string; readonly name: string };

const proofSchema = z.object({
  person: z.object({ platform: z.enum(providerNames), externalId: z.string(), name: z.string() }),
  invitation: z.string(),
  until: z.number(),
});
const proofPlace = ({ community }: HubCall): string => `${community}/hub-proof`;

/** A name as the hub wants it, made of what somebody is called elsewhere; empty when nothing is left of it. */
export function nameFrom(called: string): string {
  const name = called
    .trim()
    .replaceAll(/\s+/g, "-")
    .replaceAll(/[^\p{L}\p{N}_.-]/gu, "")
    .replace(/^[_.-]+/, "")
    .slice(0, 30);
  return memberNameSchema.safeParse(name).success ? name : "";
}

/** Signs in whom a platform has proven, or says that they are new. */
export async function welcome(
  call: HubCall,
  proven: { person: ProvenPerson; to: string; invitation: string },
): Promise<CameBack> {
  const { person, to, invitation } = proven;
  const account = await call.run((tx) => accountOfPlatform(tx, call.community, person));
  if (account !== undefined) {
    await makeOnePerson(call, account, person);
    await beginSession(call, account.accountId);
    return { kind: "in", to };
  }
  if (call.hub.joining === "nobody") refuse("forbidden", "hub.joining-closed");
  if (call.hub.joining === "invited" && invitation === "") refuse("forbidden", "hub.invitation-needed");
  const said = { person, invitation, until: call.now() + MINUTES * 60_000 };
  const proof = call.secrets.seal(JSON.stringify(said), proofPlace(call));
  return { kind: "newcomer", proof, name: nameFrom(person.name) };
}

/** Ends what `beginBy` began, in the same browser and once. */
export async function cameBack(call: HubCall, provider: SignInProvider, query: URLSearchParams): Promise<CameBack> {
  call.limits.take("link.address", call.address);
  const begun = begunIn(call);
  giveCookie(call, "", 0);
  const isOurs = begun !== undefined && begun.provider === provider.name && begun.until > call.now();
  if (!isOurs || query.get("state") !== begun.state) return refuse("invalid", "hub.by-over");
  const keys = await keysOf(call, provider);
  const { verifier, to, invitation, linkTo } = begun;
  const asked = { keys, verifier, query, redirectUri: backTo(call, provider), now: call.now() };
  const person = await provider.personOf(asked);
  if (linkTo === undefined) return welcome(call, { person, to, invitation });
  const { visitor } = call;
  if (visitor.kind !== "member" || visitor.accountId !== linkTo) return refuse("invalid", "hub.by-over");
  const link = { ...person, accountId: linkTo, at: call.now() };
  if (!(await call.run((tx) => linkPlatform(tx, call.community, link)))) refuse("conflict", "hub.by-taken");
  await makeOnePerson(call, visitor, person);
  return { kind: "linked", to };
}

/** Joins somebody whom a platform has proven, under the name they chose. */
export async function joinBy(call: HubCall, wish: { proof: string; name: string }): Promise<Account> {
  const proof = opened(call, { sealed: wish.proof, place: proofPlace(call), shape: proofSchema });
  if (proof === undefined || proof.until < call.now()) return refuse("invalid", "hub.by-over");
  call.limits.take("hub.join.community", call.community);
  const { person, invitation } = proof;
  const newcomer = { name: wish.name, email: null, passwordHash: null, userId: null, proven: person };
  const invitationHash = invitationFor(call, invitation === "" ? undefined : invitation);
  const account = await enrol(call, { ...newcomer, invitationHash });
  await makeOnePerson(call, account, person);
  await beginSession(call, account.accountId);
  return account;
}

/**
 * Makes the member of the hub and the one under whom their messages on the platform are kept one person: the platform has
 * proven it. Nothing happens while none are kept, when they are one already, or after the team has said that they are two.
 */
async function makeOnePerson(call: HubCall, account: Account, person: ProvenPerson): Promise<void> {
  const { community, databases } = call;
  await databases.asOwner(async (tx) => {
    const intoId = await memberApart(tx, community, { ...person, memberId: account.memberId });
    if (intoId === undefined) return;
    const by = { id: account.accountId, name: account.name };
    await mergeMembers(tx, community, { memberId: account.memberId, intoId, by, now: call.now() });
  });
}
