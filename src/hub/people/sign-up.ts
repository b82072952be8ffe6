import { homedToken, newSecret, readHomedToken, secretHash } from "#src/accounts/one-time-token.ts";
import type { CommunityId } from "#src/base/community-id.ts";
import { postLetter } from "#src/base/mail/post.ts";
import { refuse } from "#src/base/refusal.ts";
import type { HubCall } from "../call.ts";
import { SIGN_UP_HOURS } from "../model.ts";
import { keepSignUp, type KeptSignUp, signUpBehind } from "../store/sign-ups.ts";
import { knownLetter, welcomeLetter } from "./letters.ts";

/**
 * Keeps a wish to join and posts the letter that has to be opened. Whoever has the address already gets a letter that says
 * so instead; the same is written down for both, so that the answer takes as long.
 */
export async function askToOpenLetter(call: HubCall, wish: KeptSignUp, isKnown: boolean): Promise<void> {
  const { community } = call;
  const secret = newSecret();
  const at = call.now();
  const row = { ...wish, tokenHash: secretHash(secret), at, expiresAt: at + SIGN_UP_HOURS * 3_600_000 };
  const about = { to: wish.email, name: wish.name, locale: call.locale, place: call };
  const letter = isKnown ? knownLetter(about) : welcomeLetter({ ...about, token: homedToken(community, secret) });
  await call.databases.asOwner(async (tx) => {
    // The wish of a known address can never come true: its secret is in no letter.
    await keepSignUp(tx, community, row);
    await postLetter(call, tx, { letter, kind: "hub.sign-up", hours: SIGN_UP_HOURS });
  });
}

/** Who wants to join by the link of a letter, and its hash. Refuses a link that is used up, too old, or was never made. */
export async function readSignUp(call: HubCall, token: string): Promise<KeptSignUp & { readonly signUpHash: Buffer }> {
  call.limits.take("link.address", call.address);
  const signUpHash = hashOf(call.community, token);
  const found = await call.run((tx) => signUpBehind(tx, call.community, { tokenHash: signUpHash, now: call.now() }));
  if (found === undefined) return refuse("not-found", "hub.link-over");
  return { ...found, signUpHash };
}

function hashOf(community: CommunityId, token: string): Buffer {
  const read = readHomedToken(token);
  if (read?.communityId !== community) return refuse("not-found", "hub.link-over");
  return secretHash(read.secret);
}
