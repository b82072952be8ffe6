import { m } from "#words";
import type { Ref } from "../../../model.ts";

/** The name of a member or space as it is shown; some accounts have none, deleted ones above all. */
export function shownName({ name }: Pick<Ref, "name">): string {
  return name.trim() === "" ? m.analytics_page_nameless() : name;
}
