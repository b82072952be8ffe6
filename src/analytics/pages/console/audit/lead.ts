import { m } from "#words";
import type { Audit } from "../../../model.ts";

/** One sentence that says what is being looked at, and the first thing this history cannot show. */
export function leadOf(audit: Audit, limits: readonly string[]): string {
  const days = m.analytics_page_days({ count: audit.period.days });
  const count = audit.spaces.length > 0 ? audit.spaces.length : audit.spaceCount;
  const spaces = count <= 1 ? m.analytics_page_lead_one_space() : m.analytics_page_lead_spaces({ count });
  const scope =
    audit.before === null ? m.analytics_page_lead({ days, spaces }) : m.analytics_page_lead_compared({ days, spaces });
  return [scope, limits[0] ?? ""].join(" ").trim();
}
