import { m } from "#words";
import type { Permission } from "../../model.ts";

/** What each permission lets somebody do. A permission without a sentence does not compile: it would be a riddle on the page. */
const names: Record<Permission, () => string> = {
  "community.read": m.accounts_permission_community_read,
  "community.change": m.accounts_permission_community_change,
  "community.delete": m.accounts_permission_community_delete,
  "staff.read": m.accounts_permission_staff_read,
  "staff.change": m.accounts_permission_staff_change,
  "members.read": m.accounts_permission_members_read,
  "members.change": m.accounts_permission_members_change,
  "segments.change": m.accounts_permission_segments_change,
  "imports.read": m.accounts_permission_imports_read,
  "imports.run": m.accounts_permission_imports_run,
  "analytics.read": m.accounts_permission_analytics_read,
  "analytics.share": m.accounts_permission_analytics_share,
  "connections.read": m.accounts_permission_connections_read,
  "connections.change": m.accounts_permission_connections_change,
  "log.read": m.accounts_permission_log_read,
  "log.change": m.accounts_permission_log_change,
  "trail.read": m.accounts_permission_trail_read,
  "rights.read": m.accounts_permission_rights_read,
  "rights.change": m.accounts_permission_rights_change,
  "api-keys.manage": m.accounts_permission_api_keys_manage,
  "hub.manage": m.accounts_permission_hub_manage,
  "hub.moderate": m.accounts_permission_hub_moderate,
  "hub.write": m.accounts_permission_hub_write,
};

/** What a permission lets somebody do, in a few words. */
export function permissionName(permission: Permission): string {
  return names[permission]();
}
