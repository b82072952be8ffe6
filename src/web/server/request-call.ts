import type { Call, Caller, CommunityFacts } from "#src/accounts/call.ts";
import type { Limits } from "#src/accounts/limits.ts";
import type { SignIn } from "#src/accounts/sign-in.ts";
import type { Databases } from "#src/base/database.ts";
import type { Jobs } from "#src/base/jobs.ts";
import type { Mailer } from "#src/base/mail/mailer.ts";
import type { Secrets } from "#src/base/secrets.ts";
import type { Adapter } from "#src/platforms/adapter.ts";
import type { Consumer } from "#src/log/consumer.ts";
import type { Locale } from "#words/runtime";

/** What all requests of a process share. */
export interface Services {
  readonly databases: Databases;
  readonly jobs: Jobs;
  readonly secrets: Secrets;
  readonly mailer: Mailer;
  readonly publicUrl: string;
  readonly signIn: SignIn;
  readonly limits: Limits;
  readonly consumers: readonly Consumer[];
  readonly adapters: readonly Adapter[];
  readonly now: () => number;
  readonly findCommunity: (slug: string) => Promise<CommunityFacts | undefined>;
}

/** What one request brings. */
export interface Asking {
  readonly headers: Headers;
  readonly address: string;
  readonly requestId: string;
  readonly caller: Caller;
  readonly locale: Locale;
  readonly answerHeaders: Headers;
  /** Undefined for pages, which may call several procedures in one request. */
  readonly idempotencyKey: string | undefined;
}

/** The call that procedures are handed for a request. */
export function callFor(services: Services, asking: Asking): Call {
  return { ...services, ...asking };
}
