import type { OwnMarks } from "../model.ts";
import type { HubVisit } from "./visit.ts";

/** What the team has marked before its first deed here, which makes it an account: nothing, but it may. */
export function marksBefore({ call: { visitor } }: Pick<HubVisit, "call">): OwnMarks | undefined {
  if (visitor.kind !== "team" || !visitor.mayWrite) return undefined;
  return { readTo: 0, following: "none", bookmarks: [], reactions: new Set(), hasNotices: false };
}
