import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Secrets } from "#src/base/secrets.ts";

/** Sealed for this and nothing else: no reader can be guessed, and a rotated root still opens old letters. */
const PLACE = "sharing/reader";

/** A reader of a letter, wherever the letter is. */
export interface ReaderOf {
  readonly community: CommunityId;
  readonly reader: string;
}

/** The address at which a reader says that they want no more of these letters. */
export function stopAddress(tools: { secrets: Secrets; publicUrl: string }, { community, reader }: ReaderOf): string {
  return `${tools.publicUrl}/letters/${tools.secrets.seal(`${community} ${reader}`, PLACE)}`;
}

/** Who an address from a letter stands for; undefined when it was not made here. */
export function readStop(secrets: Secrets, token: string): ReaderOf | undefined {
  try {
    const [community = "", reader = ""] = secrets.open(token, PLACE).split(" ");
    return { community: provenCommunity(community), reader };
  } catch {
    // Mistyped, cut by a mail program, or sealed by another installation.
    return undefined;
  }
}
