import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { formatPeriod, type Reader } from "#src/web/kit/format.ts";
import type { Shown } from "../../model.ts";

/** What a link or a letter shows, in one line: days, spaces, members. */
export function showsText(shows: Omit<Shown, "names">, reader: Reader): string {
  const { from, to, spaces, segment, savedSegment } = shows;
  const [first, last] = [from, to].map((date) => (date === null ? undefined : dateToDay(date)));
  const isFixed = first !== undefined && last !== undefined;
  return [
    isFixed ? formatPeriod(first, last, reader) : m.sharing_page_latest(),
    spaces.length === 0 ? m.sharing_page_all_spaces() : spaces.map(({ name }) => name).join(", "),
    ...(segment === "everyone" ? [] : [m.analytics_page_segment_name({ segment })]),
    ...(savedSegment === null ? [] : [savedSegment.name ?? m.sharing_page_segment_gone()]),
  ].join(" · ");
}
