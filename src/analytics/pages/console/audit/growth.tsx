import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { m } from "#words";
import { ChartFrame } from "#src/web/kit/chart-frame.tsx";
import { LineChart } from "#src/web/kit/line-chart.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { useAudit } from "./audit-context.ts";
import { FactList } from "./fact-list.tsx";
import { definitionOf } from "./figure-definition.ts";
import { type GrowthLines, type GrowthView, growthLines, growthViews } from "./growth-lines.ts";
import { Part, Unknown } from "./part.tsx";
import { hasCourse } from "./spoken.ts";
import { growthTitle } from "./titles.ts";

const facts = [
  "active-members",
  "new-members",
  "returning-members",
  "gone-members",
  "joined-members",
  "left-members",
  "daily-actives",
  "weekly-actives",
  "monthly-actives",
  "stickiness",
];

const metricOf: Record<GrowthView, string> = {
  weekly: "weekly-actives",
  messages: "messages",
  newcomers: "new-members",
};

/** Is it growing? People a week, messages or newcomers over the period, with the period before behind. */
export function Growth() {
  return (
    <Part id="growth" aside={<FactList label={m.analytics_page_growth()} metrics={facts} />}>
      <GrowthChart />
    </Part>
  );
}

function GrowthChart() {
  const view = useAudit();
  const reader = useReader();
  const [shown, setShown] = useState<GrowthView>("weekly");
  const lines = growthLines(view.audit, shown, reader);
  const definition = definitionOf(view, metricOf[shown]);
  return (
    <ChartFrame
      topic={m.analytics_page_growth()}
      title={growthTitle(view.audit, reader)}
      {...(definition === undefined ? {} : { definition })}
      fileName={`growth-${shown}`}
      note={hasCourse(view.audit) ? noteOf(shown, lines.step) : undefined}
      table={tableOf(lines, nameOf(shown))}
    >
      {hasCourse(view.audit) ? (
        <>
          <Choice shown={shown} onChange={setShown} />
          <Course lines={lines} name={nameOf(shown)} />
        </>
      ) : (
        <Unknown>{m.analytics_page_growth_short()}</Unknown>
      )}
    </ChartFrame>
  );
}

function Choice({ shown, onChange }: { shown: GrowthView; onChange: (shown: GrowthView) => void }) {
  return (
    <SegmentedControl
      className="v-no-print"
      size="xs"
      mb={12}
      aria-label={m.analytics_page_chart_choice()}
      value={shown}
      onChange={(value) => onChange(growthViews.find((one) => one === value) ?? "weekly")}
      data={growthViews.map((value) => ({ value, label: nameOf(value) }))}
    />
  );
}

function Course({ lines, name }: { lines: GrowthLines; name: string }) {
  const { labels, now, before } = lines;
  return (
    <LineChart
      label={name}
      labels={labels}
      height={280}
      lines={[
        { name: m.analytics_page_this_period(), values: now, role: "now" },
        ...(before === undefined
          ? []
          : [{ name: m.analytics_page_period_before(), values: before, role: "before" as const }]),
      ]}
    />
  );
}

function tableOf({ labels, dates, now, before }: GrowthLines, name: string) {
  const day = m.analytics_page_table_day();
  const rowsBy = (names: readonly string[]) =>
    now.map((value, place) => [names[place] ?? "", value, ...(before === undefined ? [] : [before[place] ?? 0])]);
  return {
    columns:
      before === undefined ? [day, name] : [day, m.analytics_page_this_period(), m.analytics_page_period_before()],
    rows: rowsBy(labels),
    raw: rowsBy(dates),
  };
}

function nameOf(view: GrowthView): string {
  if (view === "weekly") return m.analytics_page_chart_weekly();
  return view === "messages" ? m.analytics_page_chart_messages() : m.analytics_page_chart_newcomers();
}

function noteOf(view: GrowthView, step: number): string {
  if (view === "weekly") return m.analytics_page_chart_weekly_note();
  if (view === "messages")
    return step === 1 ? m.analytics_page_chart_messages_note() : m.analytics_page_chart_weeks_note();
  return step === 1 ? m.analytics_page_chart_newcomers_note() : m.analytics_page_chart_newcomers_weeks_note();
}
