import { m } from "#words";
import type { LaunchStep } from "../../launch/model.ts";

/** What a step is called, why it is worth it, what to do next, and where: in the console, or with a slash in the hub. */
interface StepWords {
  readonly name: () => string;
  readonly why: () => string;
  readonly next: () => string;
  readonly path: string;
}

/** Every step in words. */
export const stepWords: Record<LaunchStep, StepWords> = {
  hub: { name: m.hub_launch_hub, why: m.hub_launch_hub_why, next: m.hub_launch_hub_next, path: "hub" },
  "closed-doors": {
    name: m.hub_launch_closed,
    why: m.hub_launch_closed_why,
    next: m.hub_launch_closed_next,
    path: "hub",
  },
  invitation: {
    name: m.hub_launch_invitation,
    why: m.hub_launch_invitation_why,
    next: m.hub_launch_invitation_next,
    path: "hub",
  },
  founders: {
    name: m.hub_launch_founders,
    why: m.hub_launch_founders_why,
    next: m.hub_launch_founders_next,
    path: "hub",
  },
  talk: { name: m.hub_launch_talk, why: m.hub_launch_talk_why, next: m.hub_launch_talk_next, path: "/new" },
  rules: { name: m.hub_launch_rules, why: m.hub_launch_rules_why, next: m.hub_launch_rules_next, path: "hub" },
  guide: { name: m.hub_launch_guide, why: m.hub_launch_guide_why, next: m.hub_launch_guide_next, path: "/new" },
  ritual: { name: m.hub_launch_ritual, why: m.hub_launch_ritual_why, next: m.hub_launch_ritual_next, path: "/new" },
  doors: { name: m.hub_launch_doors, why: m.hub_launch_doors_why, next: m.hub_launch_doors_next, path: "hub" },
  ama: { name: m.hub_launch_ama, why: m.hub_launch_ama_why, next: m.hub_launch_ama_next, path: "/new" },
  report: {
    name: m.hub_launch_report,
    why: m.hub_launch_report_why,
    next: m.hub_launch_report_next,
    path: "audit/sharing",
  },
};
