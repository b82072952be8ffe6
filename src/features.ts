import { accounts } from "#src/accounts/feature.ts";
import type { PageDoor } from "#src/accounts/page-door.ts";
import type { RawRoute } from "#src/accounts/raw-route.ts";
import { analytics } from "#src/analytics/feature.ts";
import type { AnyJob } from "#src/base/jobs.ts";
import { sendLetter } from "#src/base/mail/post.ts";
import { communities } from "#src/communities/feature.ts";
import { hub } from "#src/hub/feature.ts";
import { imports } from "#src/imports/feature.ts";
import { members } from "#src/members/feature.ts";
import { platforms } from "#src/platforms/feature.ts";
import { rights } from "#src/rights/feature.ts";
import { sharing } from "#src/sharing/feature.ts";

/** What a feature hands to the app beside its procedures and its readers of the log: those are listed in `app-router.ts` and `consumers.ts`. */
export interface Feature {
  readonly name: string;
  readonly jobs: readonly AnyJob[];
  readonly rawRoutes: readonly RawRoute[];
  /** Sites of plain pages. */
  readonly pageDoors?: readonly PageDoor[];
  /** What a process that serves pages may do once at leisure, in small steps, so that the first person to ask need not wait. Pure. */
  readonly warmUp?: () => Iterable<unknown>;
}

/** Every feature there is. Those that others build upon come first. */
export const features: readonly Feature[] = [
  { name: "base", rawRoutes: [], jobs: [sendLetter] },
  { name: "platforms", rawRoutes: [], ...platforms },
  { name: "accounts", rawRoutes: [], ...accounts },
  { name: "communities", rawRoutes: [], ...communities },
  { name: "members", rawRoutes: [], ...members },
  { name: "imports", ...imports },
  { name: "hub", rawRoutes: [], ...hub },
  { name: "analytics", rawRoutes: [], ...analytics },
  { name: "sharing", rawRoutes: [], ...sharing },
  { name: "rights", rawRoutes: [], ...rights },
];
