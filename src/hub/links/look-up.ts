import { z } from "zod";
import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import { type JobTools, job } from "#src/base/jobs.ts";
import { logger } from "#src/base/logger.ts";
import { openOutside, type Outside, OutsideFailure, publicPages } from "#src/base/outside/outside.ts";
import { wake } from "#src/base/wake.ts";
import type { Waking } from "#src/log/consumer.ts";
import { hubPath } from "../model.ts";
import { siteAtDomain } from "../store/domains.ts";
import { pageFacts, pageText } from "./page-facts.ts";
import { type DueLink, hasNewLinks, type LinkFound, putOff, settleLink, takeDue } from "./store.ts";

const MOST_MS = 5_000;
const MOST_BYTES = 1_048_576;
const MOST_REDIRECTS = 3;
/** Looked at in one go, and so many at once. */
const AT_ONCE = 40;
const ABREAST = 4;
const DAY_MS = 86_400_000;
/** Pages change; what was found is looked at again after so long, and so is what led nowhere. */
const KEPT_MS = 30 * DAY_MS;
const FAILED_MS = 7 * DAY_MS;
/** A site that does not answer is asked again after ten minutes and after an hour. */
const RETRY_MS = [600_000, 3_600_000] as const;

/** The path in this install to which an address leads, its own or that of a domain at which a hub stands; undefined outside. */
async function ownPath({ publicUrl, databases }: JobTools, address: string): Promise<string | undefined> {
  const { host, hostname, pathname } = new URL(address);
  if (host === new URL(publicUrl).host) return pathname;
  const site = await siteAtDomain(databases.planned, hostname);
  return site?.isServed === true ? `${hubPath(site.slug)}${pathname}` : undefined;
}

/** The topic of a hub that lies at a path of this install; undefined when something else does. */
function topicAt(path: string, slug: string): number | undefined {
  const [, number] = new RegExp(`^${hubPath(slug)}/t/(\\d{1,9})(?:-[^/]*)?(?:/p/\\d{1,9})?/?$`).exec(path) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** What is behind a link; undefined when its site has trouble that may pass. */
async function behind(tools: JobTools, outside: Outside, { address, slug }: DueLink): Promise<LinkFound | undefined> {
  const { publicUrl, signal } = tools;
  const path = await ownPath(tools, address);
  const topic = path === undefined ? undefined : topicAt(path, slug);
  if (topic !== undefined) return { kind: "topic", topic };
  if (path !== undefined) return { kind: "nothing" };
  const headers = {
    "user-agent": `Mozilla/5.0 (compatible; VechePreview/1.0; +${publicUrl})`,
    accept: "text/html,application/xhtml+xml;q=0.9",
  };
  const said = await outside.ask(address, {
    headers,
    mostMs: MOST_MS,
    mostBytes: MOST_BYTES,
    redirects: MOST_REDIRECTS,
    wants: ({ status, type }) => status === 200 && /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type),
    signal,
  });
  if (said.status === 429 || said.status >= 500) return undefined;
  const facts = pageFacts(pageText(said.body, said.type));
  if (facts.title === "") return { kind: "nothing" };
  return { kind: "page", ...facts, site: facts.site === "" ? new URL(said.address).hostname : facts.site };
}

async function lookAt(tools: JobTools, outside: Outside, link: DueLink): Promise<void> {
  const { databases, now } = tools;
  const community = provenCommunity(link.community);
  const found = await behind(tools, outside, link).catch((error: unknown): LinkFound | undefined => {
    if (!(error instanceof OutsideFailure)) throw error;
    const mayPass = error.reason === "slow" || error.reason === "unreachable";
    return mayPass ? undefined : { kind: "nothing" };
  });
  const later = RETRY_MS[link.tries - 1];
  if (found === undefined && later !== undefined)
    return putOff(databases.owner, community, { hash: link.hash, until: now() + later });
  const settled = found ?? { kind: "nothing" as const };
  const until = now() + (settled.kind === "nothing" ? FAILED_MS : KEPT_MS);
  await databases.asOwner((tx) => settleLink(tx, community, { hash: link.hash, found: settled, until }));
}

/** Looks at the links that are due, each once for all posts of its community that show it. */
export async function lookUpLinks(tools: JobTools, outside: Outside): Promise<void> {
  const due = await takeDue(tools.databases.owner, { now: tools.now(), limit: AT_ONCE });
  const next = async (): Promise<void> => {
    for (let link = due.shift(); link !== undefined && !tools.signal.aborted; link = due.shift())
      await lookAt(tools, outside, link).catch((error: unknown) => {
        // One site's trouble holds no other up; it is looked at again in ten minutes. Addresses are members' words: not logged.
        logger.error({ community: link?.community, err: error }, "a link could not be looked at");
      });
  };
  await Promise.all(Array.from({ length: ABREAST }, next));
}

const pages = openOutside(publicPages);

/** What links lead to is looked up at once, because whoever notes them wakes this; what a site was too slow for by the clock. */
export const lookUpJob = job({
  name: "hub.look-up-links",
  data: z.object({}),
  retries: 0,
  minutes: 10,
  every: "* * * * *",
  work: (_, tools) => lookUpLinks(tools, pages),
});

/** Has links that a community's posts show for the first time looked up now. */
export async function wakeLookUp(tools: Waking, community: CommunityId): Promise<void> {
  if (await hasNewLinks(tools.databases.owner, community, tools.now()))
    await wake(tools, lookUpJob, { key: "links", data: {} });
}
