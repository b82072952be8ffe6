import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { job, type JobTools, type SendableJob } from "#src/base/jobs.ts";
import type { Secrets } from "#src/base/secrets.ts";
import { type DomainRow, dueDomains, noteLook } from "../store/domains.ts";
import { domainOrigin, type DomainTrouble } from "./model.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Whoever has just set a record up waits for it; names take up to two days to be known everywhere. */
const EAGER_MS = 2 * 24 * HOUR_MS;
/** So long a hub stays at a domain that no longer leads here: a server that is moved is back by then. */
const PATIENCE_MS = 3 * 24 * HOUR_MS;

/** What a domain answered, or why it did not. Leads nowhere but to the public internet. */
export type AskDomain = (
  address: string,
  signal: AbortSignal,
) => Promise<{ readonly text: string } | { readonly trouble: Exclude<DomainTrouble, "elsewhere"> }>;

/** Where the proof of a domain lies. */
export const PROOF_PATH = "/.well-known/veche-domain/";

/** What this install, and no other, answers for a token: a server that repeats what it is asked proves nothing. */
export function proofOf(secrets: Secrets, token: string): string {
  return createHmac("sha256", secrets.derive("hub/domain")).update(token).digest("base64url");
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function nextLook(row: DomainRow, at: number, isGood: boolean): number {
  if (isGood) return at + 6 * HOUR_MS;
  const since = row.failingSince ?? (row.provenAt === null ? row.askedAt : new Date(at));
  return at + (at - since.getTime() < EAGER_MS ? 10 * MINUTE_MS : HOUR_MS);
}

async function lookAt(row: DomainRow, ask: AskDomain, tools: JobTools): Promise<void> {
  const { databases, secrets, publicUrl, signal, now } = tools;
  const answer = await ask(`${domainOrigin(publicUrl, row.domain)}${PROOF_PATH}${row.token}`, signal);
  const isOurs = "text" in answer && isSame(answer.text.trim(), proofOf(secrets, row.token));
  const others: DomainTrouble | null = isOurs ? null : "elsewhere";
  const trouble = "trouble" in answer ? answer.trouble : others;
  const at = now();
  const failingSince = isOurs || row.provenAt === null ? null : (row.failingSince?.getTime() ?? at);
  const isServed = isOurs || (failingSince !== null && at - failingSince < PATIENCE_MS);
  const look = { at, dueAt: nextLook(row, at, isOurs), trouble, failingSince, isServed };
  await databases.asOwner((tx) => noteLook(tx, row, look));
}

/** Looks whether domains lead here: new ones every ten minutes, proven ones four times a day. */
export function domainJob(ask: AskDomain): SendableJob<object> {
  return job({
    name: "hub.check-domains",
    data: z.object({}),
    retries: 2,
    minutes: 8,
    every: "*/10 * * * *",
    work: async (_, tools) => {
      for (const row of await dueDomains(tools.databases.owner, tools.now())) {
        if (tools.signal.aborted) return;
        await lookAt(row, ask, tools);
      }
    },
  });
}
