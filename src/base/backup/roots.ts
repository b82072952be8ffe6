import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { refuse } from "../refusal.ts";
import { rootId } from "../secrets.ts";
import type { Manifest } from "./backup.ts";

/** Where an install has its root secrets, and which it has now, the newest first. */
export interface RootsPlace {
  readonly dataDir: string;
  /** `VECHE_SECRETS`, which then rules instead of the file in the data folder. */
  readonly given: string | undefined;
  readonly roots: readonly string[];
}

/**
 * What became of the secrets of a backup: the install had them already, has them now, or lacks them, so that what they
 * sealed cannot be read until the file `secrets` of the first install is put into its data folder.
 */
export type RootsOutcome = "had" | "taken" | "missing";

/**
 * Gives the install the secrets of a backup, before its own: the newest one also derives keys, which must be those the
 * rows were written with. Refuses where `VECHE_SECRETS` names others, which no program can change.
 */
export async function takeRoots(
  place: RootsPlace,
  { roots, rootIds }: Pick<Manifest, "roots" | "rootIds">,
): Promise<RootsOutcome> {
  const own = place.roots.map(rootId);
  if (rootIds[0] === own[0] && rootIds.every((id) => own.includes(id))) return "had";
  if (roots === undefined) return "missing";
  if (place.given !== undefined && place.given !== "") return refuse("conflict", "backup.other-secrets");
  const all = [...roots, ...place.roots.filter((root) => !roots.includes(root))];
  const draft = join(place.dataDir, "secrets.new");
  await writeFile(draft, `${all.join("\n")}\n`, { mode: 0o600 });
  await rename(draft, join(place.dataDir, "secrets"));
  return "taken";
}
