import { createHmac, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import type { CommunityId } from "#src/base/community-id.ts";
import type { Secrets } from "#src/base/secrets.ts";

/** Whose questions these are, and by which clock they end. */
export interface QuestionPlace {
  readonly community: CommunityId;
  readonly secrets: Secrets;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/** Two numbers from 1 to 9 to be added, and the token that stands for them. */
export interface Question {
  readonly token: string;
  readonly first: number;
  readonly second: number;
}

/** Long enough to fill in a form at leisure. */
const MINUTES = 30;
const FORM = /^([1-9])\.([1-9])\.(\d{13})\.([A-Za-z0-9_-]{12})\.([A-Za-z0-9_-]{43})$/;

/** Tokens that were answered, by their signature, with when they end: each lets one person in, in each process. */
const answered = new Map<string, number>();
const MOST_KEPT = 20_000;

function signed({ community, secrets }: QuestionPlace, said: string): Buffer {
  return createHmac("sha256", secrets.derive("hub question")).update(`${community} ${said}`).digest();
}

/**
 * A question that people answer at a glance. It asks no other service, needs no script, and stops nothing but programs
 * that were not written for it: it is there to slow a flood down, not to tell who is human.
 */
export function newQuestion(place: QuestionPlace): Question {
  const [first, second] = [randomInt(1, 10), randomInt(1, 10)];
  const said = `${first}.${second}.${place.now() + MINUTES * 60_000}.${randomBytes(9).toString("base64url")}`;
  return { token: `${said}.${signed(place, said).toString("base64url")}`, first, second };
}

/** Whether a question of this community was answered rightly, in time, and for the first time. */
export function isAnswered(place: QuestionPlace, given: { token: string; answer: string }): boolean {
  const [, first, second, until, nonce, signature = ""] = FORM.exec(given.token) ?? [];
  if (first === undefined || Number(until) < place.now() || answered.has(signature)) return false;
  const wanted = signed(place, `${first}.${second}.${until}.${nonce}`);
  const got = Buffer.from(signature, "base64url");
  if (got.length !== wanted.length || !timingSafeEqual(got, wanted)) return false;
  answered.set(signature, Number(until));
  if (answered.size > MOST_KEPT) answered.delete(answered.keys().next().value ?? "");
  return Number(given.answer.trim()) === Number(first) + Number(second);
}
