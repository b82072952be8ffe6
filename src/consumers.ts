import { analyticsSheets } from "#src/analytics/reactions.ts";
import { hubLinks, hubNames, hubNotices, hubSearch } from "#src/hub/reactions.ts";
import type { Consumer } from "#src/log/consumer.ts";
import { memberList, memberPresence } from "#src/members/reactions.ts";

/**
 * Who reads the log, by feature, in the order in which they are best brought up to date. Apart from `app.ts` so that
 * the command line can bring numbers up to date without loading pages and API.
 */
export const consumersByFeature: Readonly<Record<string, readonly Consumer[]>> = {
  members: [memberPresence, memberList],
  analytics: [analyticsSheets],
  hub: [hubNames, hubSearch, hubNotices, hubLinks],
};

/** All of them. */
export const consumers: readonly Consumer[] = Object.values(consumersByFeature).flat();
