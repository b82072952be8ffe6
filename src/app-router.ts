import type { RouterClient } from "@orpc/server";
import { accountsApi } from "#src/accounts/api.ts";
import { analyticsApi } from "#src/analytics/api.ts";
import { communitiesApi } from "#src/communities/api.ts";
import { connectionsApi } from "#src/connections/api.ts";
import { feedApi } from "#src/feed/api.ts";
import { holdApi } from "#src/hold/api.ts";
import { hubApi } from "#src/hub/api.ts";
import { importsApi } from "#src/imports/api.ts";
import { membersApi } from "#src/members/api.ts";
import { sharingApi } from "#src/sharing/api.ts";
import { rightsApi } from "#src/rights/api.ts";
import { sampleApi } from "#src/sample/api.ts";

/** Every procedure of Veche: the REST API and what pages call. */
export const router = {
  accounts: accountsApi,
  communities: communitiesApi,
  connections: connectionsApi,
  feed: feedApi,
  hold: holdApi,
  hub: hubApi,
  imports: importsApi,
  sample: sampleApi,
  members: membersApi,
  analytics: analyticsApi,
  sharing: sharingApi,
  rights: rightsApi,
};

/** The procedures as functions, for pages. */
export type Api = RouterClient<typeof router>;
