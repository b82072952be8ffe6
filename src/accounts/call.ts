import type { CommunityId } from "#src/base/community-id.ts";
import type { Databases, Tx } from "#src/base/database.ts";
import type { Jobs } from "#src/base/jobs.ts";
import type { Locale } from "#src/base/locale.ts";
import type { Mailer } from "#src/base/mail/mailer.ts";
import type { Secrets } from "#src/base/secrets.ts";
import type { TrailDetails } from "#src/trail/model.ts";
import type { Consumer } from "#src/log/consumer.ts";
import type { Adapter } from "#src/platforms/adapter.ts";
import type { Limits } from "./limits.ts";
import type { Permission, Profile, Role } from "./model.ts";
import type { SignIn } from "./sign-in.ts";

/** Who knocks, as far as a cookie or a key proves it. */
export type Caller =
  | { readonly kind: "nobody" }
  | { readonly kind: "person"; readonly profile: Profile; readonly sessionId: string }
  | {
      readonly kind: "key";
      readonly id: string;
      readonly name: string;
      readonly role: Role;
      /** Narrows the role to these; undefined leaves all that it may. */
      readonly permissions?: readonly Permission[] | undefined;
      /** Narrower than its role, or made to end by itself. */
      readonly isNarrow?: boolean;
      readonly communityId: string;
    };

/** Who acts in a community, with the role they have there. */
export type Actor =
  | { readonly kind: "person"; readonly id: string; readonly name: string; readonly role: Role }
  | { readonly kind: "key"; readonly id: string; readonly name: string; readonly role: Role };

/** What a procedure must know of its community before it starts. */
export interface CommunityFacts {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly language: Locale;
  readonly timeZone: string;
  /** Of made-up people: whatever leaves it is marked. */
  readonly isSample?: boolean;
  /** Set while the community is deleted and can be brought back: only its owners see it, and nobody changes it. */
  readonly deletedAt?: string | null;
}

/** What every call brings along, from a request or from a page. */
export interface Call {
  readonly databases: Databases;
  readonly jobs: Jobs;
  readonly secrets: Secrets;
  /** Ask `mailer.works` before promising a letter; post one with `postLetter`. */
  readonly mailer: Mailer;
  /** The address people use, without a slash at the end: for links that are passed on. */
  readonly publicUrl: string;
  /** The install's own address, where that is another one: at the domain of a hub. Platforms know no other. */
  readonly installUrl?: string;
  readonly signIn: SignIn;
  readonly limits: Limits;
  /** Who reads the log: for showing how far they are and handing them a parked fact again. */
  readonly consumers: readonly Consumer[];
  /** What stands between Veche and platforms: for trying again what one of them delivered. */
  readonly adapters: readonly Adapter[];
  readonly caller: Caller;
  readonly locale: Locale;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  readonly findCommunity: (slug: string) => Promise<CommunityFacts | undefined>;
  /** Where the request came from, for limits on guessing; an IP address. */
  readonly address: string;
  readonly requestId: string;
  /** What the client calls this write, so that a repeat of it changes nothing. Pages have none. */
  readonly idempotencyKey: string | undefined;
  readonly headers: Headers;
  /** Headers that the answer will carry: cookies of a session that began or ended. */
  readonly answerHeaders: Headers;
}

/** What a handler tells of its deed for the record of who did what. */
export interface DeedNote {
  /** The id of what was done something to; without it the first id in the address is taken. */
  readonly target?: string;
  readonly details?: TrailDetails;
}

/** A call whose deed is written down when it has succeeded: every one but `GET`, and a `GET` that leaves a note. */
export interface NotedCall extends Call {
  /** Adds to what is written down. Ids, counts and names of settings only: the record is kept for ever. */
  readonly note: (about: DeedNote) => void;
}

/** A call of somebody who is signed in, outside any community. */
export interface PersonCall extends NotedCall {
  readonly person: Profile;
  readonly sessionId: string;
}

/** A call inside a community in which the caller has been proved to hold the procedure's permission. */
export interface CommunityCall extends NotedCall {
  readonly community: CommunityId;
  readonly facts: CommunityFacts;
  readonly actor: Actor;
  /** One transaction that sees this community and no other. */
  readonly run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
}
