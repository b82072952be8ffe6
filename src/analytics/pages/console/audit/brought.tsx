import { m } from "#words";
import type { DailyMetric } from "#src/imports/model.ts";
import { type Figure, FigureRow } from "#src/web/kit/figure-tile.tsx";
import { formatNumber, type Reader } from "#src/web/kit/format.ts";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import type { BroughtNumbers } from "../../../model.ts";
import { Part, Unknown } from "./part.tsx";

const names: Record<DailyMetric, () => string> = {
  members: m.analytics_brought_members,
  reach: m.analytics_brought_reach,
  views: m.analytics_brought_views,
};

/** Numbers that no export holds, as they were brought in a table: how they went, and for how many days there are any. */
export function Brought({ numbers }: { numbers: BroughtNumbers }) {
  const reader = useReader();
  if (numbers.items.length === 0) return null;
  return (
    <Part id="brought">
      <SectionHeader topic={m.analytics_brought_topic()} title={m.analytics_brought_title()} />
      <FigureRow label={m.analytics_brought_topic()} figures={numbers.items.map((item) => figureOf(item, reader))} />
      <Unknown>{m.analytics_brought_note()}</Unknown>
    </Part>
  );
}

/** How many members there are is what the last day says; reach and views add up. */
function figureOf(item: BroughtNumbers["items"][number], reader: Reader): Figure {
  const { metric, days, of, first, last, total, values } = item;
  const covered = m.analytics_brought_days({ days, count: of });
  const growth = last.value - first.value;
  const grown = `${growth > 0 ? "+" : growth < 0 ? "−" : ""}${formatNumber(Math.abs(growth), reader)}`;
  const aDay = m.analytics_brought_a_day({ number: formatNumber(total / days, reader, 0) });
  return {
    label: names[metric](),
    value: formatNumber(metric === "members" ? last.value : total, reader),
    change: `${metric === "members" ? grown : aDay} · ${covered}`,
    spark: values.map((value) => value ?? undefined),
  };
}
