import { type CommunityId, provenCommunity } from "#src/base/community-id.ts";
import type { Secrets } from "#src/base/secrets.ts";

/** Sealed for this and nothing else: nobody's can be guessed, and a rotated root still opens old letters. */
const PLACE = "hub/digest-reader";

/** Whose letters they are. */
export interface DigestReader {
  readonly community: CommunityId;
  readonly accountId: string;
}

/** The word in an address by which a member stops their letters without signing in. */
export function stopToken(secrets: Secrets, { community, accountId }: DigestReader): string {
  return secrets.seal(`${community} ${accountId}`, PLACE);
}

/** Whom such a word stands for; undefined when it was not made here. */
export function readStopToken(secrets: Secrets, token: string): DigestReader | undefined {
  try {
    const [community = "", accountId = ""] = secrets.open(token, PLACE).split(" ");
    return { community: provenCommunity(community), accountId };
  } catch {
    // Mistyped, cut by a mail program, or sealed by another installation.
    return undefined;
  }
}
