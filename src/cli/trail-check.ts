import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { provenCommunity } from "#src/base/community-id.ts";
import type { Databases } from "#src/base/database.ts";
import { refuse } from "#src/base/refusal.ts";
import { everyCommunityThereIs } from "#src/communities/queries.ts";
import type { Chain } from "#src/trail/model.ts";
import { type ChainFault, type ChainState, compareWithAnchor, erasureOf, verifyChain } from "#src/trail/queries.ts";
import { m } from "#words";
import type { Finding } from "./finding.ts";

const anchorSchema = z.object({
  madeAt: z.string(),
  chains: z.record(z.string(), z.object({ name: z.string(), seq: z.int().min(0), hash: z.hex() })),
});
type Anchor = z.infer<typeof anchorSchema>;

async function readAnchor(file: string): Promise<Anchor | undefined> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return anchorSchema.parse(JSON.parse(text));
  } catch {
    return refuse("invalid", "cli.bad-anchor", { file });
  }
}

function sentence(name: string, { kind, seq }: ChainFault): string {
  const about = { name, seq };
  switch (kind) {
    case "changed":
      return m.cli_trail_changed(about);
    case "missing":
      return m.cli_trail_missing(about);
    case "end-missing":
      return m.cli_trail_end_missing(about);
    case "anchor-differs":
      return m.cli_trail_anchor_differs(about);
  }
}

interface NamedChain {
  readonly chain: Chain;
  readonly name: string;
}

async function chainsOf(databases: Databases): Promise<NamedChain[]> {
  const communities = await everyCommunityThereIs(databases);
  const theirs = communities.map(({ id, slug }): NamedChain => ({ chain: provenCommunity(id), name: slug }));
  return [{ chain: "install", name: m.cli_trail_install() }, ...theirs];
}

/** Chains that an anchor knows and that are there no more: fine when the record says that the community was erased. */
async function lookForGone(databases: Databases, anchor: Anchor, known: readonly NamedChain[]): Promise<Finding[]> {
  const gone = Object.entries(anchor.chains).filter(([id]) => !known.some(({ chain }) => chain === id));
  const findings: Finding[] = [];
  for (const [id, { name, seq }] of gone) {
    const erased = await databases.asOwner((tx) => erasureOf(tx, id));
    const text = erased === undefined ? sentence(name, { kind: "end-missing", seq }) : m.cli_trail_erased({ name });
    findings.push({ name: "audit-log", state: erased === undefined ? "bad" : "note", text });
  }
  return findings;
}

async function writeAnchor(file: string, states: readonly (ChainState & { name: string })[]): Promise<void> {
  const chains: Record<string, Anchor["chains"][string]> = {};
  for (const { chain, name, head } of states) chains[chain] = { name, seq: head.seq, hash: head.hash.toString("hex") };
  const anchor: Anchor = { madeAt: new Date().toISOString(), chains };
  // Never half an anchor: a full disk must not cost the one that was there.
  await writeFile(`${file}.new`, `${JSON.stringify(anchor, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

/**
 * Recomputes every chain of the record of who did what. With `file`, compares each with what was written down there and,
 * when all is well, writes the new ends: kept on another machine, it shows what was cut off or rewritten as a whole.
 */
export async function checkTrail(databases: Databases, file: string | undefined): Promise<Finding[]> {
  const anchor = file === undefined ? undefined : await readAnchor(file);
  const named = await chainsOf(databases);
  const findings = anchor === undefined ? [] : await lookForGone(databases, anchor, named);
  const states: (ChainState & { name: string })[] = [];
  for (const { chain, name } of named) {
    const state = await verifyChain(databases, chain);
    const anchored = anchor?.chains[chain];
    const fault = state.fault ?? (anchored && (await compareWithAnchor(databases, chain, anchored)));
    const text = fault === undefined ? m.cli_trail_holds({ name, count: state.head.seq }) : sentence(name, fault);
    findings.push({ name: "audit-log", state: fault === undefined ? "fine" : "bad", text });
    states.push({ ...state, name });
  }
  if (file === undefined || findings.some(({ state }) => state === "bad")) return findings;
  await writeAnchor(file, states);
  return [...findings, { name: "anchor", state: "fine", text: m.cli_trail_anchored({ file }) }];
}
