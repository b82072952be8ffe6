import type { Call } from "#src/accounts/call.ts";
import { isPassword } from "#src/accounts/passwords.ts";
import { audit, metricDefinitions } from "#src/analytics/queries.ts";
import { auditQuerySchema } from "#src/analytics/model.ts";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Tx } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { communityById } from "#src/communities/queries.ts";
import type { Community } from "#src/communities/model.ts";
import { m } from "#words";
import { GRANT_HOURS, type SharedAudit } from "../model.ts";
import { masked } from "./masked.ts";
import { countOpening, linkBySecret, type LinkRow } from "./store.ts";
import { readToken } from "./token.ts";

interface Found {
  readonly id: CommunityId;
  readonly community: Community;
  readonly link: LinkRow;
}

/** The link of a token, with its community; refuses what was never made, has expired or was taken back. */
async function find(call: Call, token: string): Promise<Found> {
  call.limits.take("shared.address", call.address);
  const read = readToken(token);
  if (read === undefined) return refuse("not-found", "sharing.no-such-link");
  const id = provenCommunity(read.communityId);
  const link = await call.databases.asCommunity(id, (tx) => linkBySecret(tx, id, read.secretHash));
  if (link === undefined) return refuse("not-found", "sharing.no-such-link");
  const community = await communityById(call.databases, read.communityId);
  const isOver = link.revokedAt !== null || link.expiresAt.getTime() <= call.now();
  if (isOver || community === undefined) return refuse("not-found", "sharing.link-ended");
  return { id, community, link };
}

/** A grant opens one link, as long as it has the password it was given for. */
function grantPlace({ id, passwordHash }: LinkRow): string {
  return `sharing/link/${id}/${passwordHash ?? ""}`;
}

function cookieOf({ id }: LinkRow): string {
  return `veche_shared_${id}`;
}

function isGranted(call: Call, link: LinkRow): boolean {
  if (link.passwordHash === null) return true;
  const pairs = (call.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim().split("=", 2));
  const grant = pairs.find(([name]) => name === cookieOf(link))?.[1];
  if (grant === undefined) return false;
  try {
    return Number(call.secrets.open(grant, grantPlace(link))) > call.now();
  } catch {
    // Sealed for another link, another password or by another installation: as good as none.
    return false;
  }
}

/** What somebody with a link may read: the audit, or that a password is asked for. */
export async function openLink(call: Call, token: string): Promise<SharedAudit> {
  const { id, community, link } = await find(call, token);
  if (!isGranted(call, link)) return { state: "locked" };
  const { databases, locale } = call;
  const place = {
    run: <T>(work: (tx: Tx) => Promise<T>) => databases.asCommunity(id, work),
    community: id,
    timeZone: community.timeZone,
    now: call.now(),
  };
  const found = await audit(place, auditQuerySchema.parse(link.query));
  await databases.asCommunity(id, (tx) => countOpening(tx, id, { id: link.id, now: call.now() }));
  const nameOf = (number: number) => m.sharing_member_number({ number }, { locale });
  return {
    state: "open",
    community: community.name,
    names: link.showsNames,
    expiresAt: link.expiresAt.toISOString(),
    audit: masked(found, link.showsNames ? undefined : nameOf),
    definitions: metricDefinitions(),
  };
}

/** Takes a link's password and gives the browser a cookie that opens the link for {@link GRANT_HOURS} hours. */
export async function unlock(call: Call, ask: { token: string; password: string }): Promise<void> {
  const { link } = await find(call, ask.token);
  call.limits.take("shared.password", `${link.id} ${call.address}`);
  call.limits.take("shared.link", link.id);
  const fits = link.passwordHash !== null && (await isPassword(ask.password, link.passwordHash));
  if (!fits) return refuse("forbidden", "sharing.wrong-password");
  const seconds = GRANT_HOURS * 3600;
  const grant = call.secrets.seal(String(call.now() + seconds * 1000), grantPlace(link));
  const secure = call.publicUrl.startsWith("https:") ? "; Secure" : "";
  const cookie = `${cookieOf(link)}=${grant}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  call.answerHeaders.append("set-cookie", cookie);
}
