import {
  IconBulb,
  IconCalendarEvent,
  IconChartBar,
  IconCompass,
  IconConfetti,
  IconInbox,
  IconPlugConnected,
  IconSettings,
  IconShieldCheck,
  IconSun,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";
import { m } from "#words";
import type { Permission } from "#src/accounts/model.ts";

/** A page of a section, below `/console/<community>/`. Whoever lacks the permission does not see it. */
export interface SectionPage {
  path: string;
  name: () => string;
  permission: Permission;
}

/** A part of the mission in the rail. */
export interface Section {
  id: string;
  name: () => string;
  icon: TablerIcon;
  /** Below the line: what is set up once and seldom visited. */
  below?: boolean;
  pages: readonly SectionPage[];
}

/**
 * Every part of the console in the order of the rail. A part without pages has its place kept and is not shown;
 * the first issue that builds it writes its pages here.
 */
export const sections: readonly Section[] = [
  {
    id: "today",
    name: m.web_section_today,
    icon: IconSun,
    pages: [{ path: "launch", name: m.web_page_launch, permission: "community.read" }],
  },
  {
    id: "inbox",
    name: m.web_section_inbox,
    icon: IconInbox,
    pages: [{ path: "hub/messages", name: m.web_page_hub_messages, permission: "hub.moderate" }],
  },
  {
    id: "moderation",
    name: m.web_section_moderation,
    icon: IconShieldCheck,
    pages: [
      { path: "hub/reports", name: m.web_page_hub_reports, permission: "hub.moderate" },
      { path: "hub/deleted", name: m.web_page_hub_deleted, permission: "hub.moderate" },
    ],
  },
  { id: "content", name: m.web_section_content, icon: IconCalendarEvent, pages: [] },
  { id: "activities", name: m.web_section_activities, icon: IconConfetti, pages: [] },
  {
    id: "people",
    name: m.web_section_people,
    icon: IconUsers,
    pages: [
      { path: "members", name: m.web_page_members, permission: "members.read" },
      { path: "members/suggestions", name: m.web_page_suggestions, permission: "members.read" },
      { path: "members/segments", name: m.members_segments_title, permission: "members.read" },
      { path: "hub/groups", name: m.web_page_hub_groups, permission: "hub.moderate" },
      { path: "rights", name: m.web_page_rights, permission: "rights.read" },
    ],
  },
  { id: "product", name: m.web_section_product, icon: IconBulb, pages: [] },
  {
    id: "analytics",
    name: m.web_section_analytics,
    icon: IconChartBar,
    pages: [
      { path: "audit", name: m.web_page_audit, permission: "analytics.read" },
      { path: "feed", name: m.feed_title, permission: "analytics.read" },
      { path: "audit/definitions", name: m.web_page_definitions, permission: "analytics.read" },
      { path: "audit/sharing", name: m.web_page_sharing, permission: "analytics.share" },
    ],
  },
  { id: "strategy", name: m.web_section_strategy, icon: IconCompass, pages: [] },
  {
    id: "platforms",
    name: m.web_section_platforms,
    icon: IconPlugConnected,
    below: true,
    pages: [
      { path: "imports", name: m.web_page_imports, permission: "imports.read" },
      { path: "hub", name: m.web_page_hub, permission: "hub.manage" },
      { path: "hub/accounts", name: m.web_page_hub_accounts, permission: "hub.manage" },
      { path: "platforms/connections", name: m.connections_rail_health, permission: "connections.read" },
      { path: "platforms/outbox", name: m.connections_rail_outbox, permission: "connections.read" },
      { path: "platforms", name: m.connections_rail_allowed, permission: "community.read" },
    ],
  },
  {
    id: "settings",
    name: m.web_section_settings,
    icon: IconSettings,
    below: true,
    pages: [
      { path: "settings", name: m.web_page_community, permission: "community.change" },
      { path: "settings/team", name: m.web_page_team, permission: "staff.read" },
      { path: "settings/roles", name: m.web_page_roles, permission: "community.read" },
      { path: "settings/keys", name: m.web_page_keys, permission: "api-keys.manage" },
      { path: "settings/trail", name: m.web_page_trail, permission: "trail.read" },
      { path: "settings/log", name: m.web_page_log, permission: "log.read" },
    ],
  },
];

/** The page of a section that an address belongs to: the longest path that it starts with. */
export function pageAt(shown: readonly Section[], rest: string): { section: Section; page: SectionPage } | undefined {
  const all = shown.flatMap((section) => section.pages.map((page) => ({ section, page })));
  const fitting = all.filter(({ page }) => rest === page.path || rest.startsWith(`${page.path}/`));
  return fitting.toSorted((a, b) => b.page.path.length - a.page.path.length)[0];
}
