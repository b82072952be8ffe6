import { BarList } from "../kit/bar-list.tsx";
import { ChartFrame } from "../kit/chart-frame.tsx";
import { type Cohort, CohortTriangle } from "../kit/cohort-triangle.tsx";
import type { DefinitionText } from "../kit/definition.tsx";
import { FigureRow } from "../kit/figure-tile.tsx";
import {
  formatDayShort,
  formatDuration,
  formatNumber,
  formatPercent,
  formatPointChange,
  formatRelativeChange,
} from "../kit/format.ts";
import { HeatMap } from "../kit/heat-map.tsx";
import { LineChart } from "../kit/line-chart.tsx";
import { NetworkGraph } from "../kit/network-graph.tsx";
import { useReader } from "../kit/reader.ts";

const FIRST_DAY = 20_697;
const now = [70, 73, 79, 76, 88, 114, 122, 118, 131, 136, 140, 150, 156].map((value) => value * 3.1);
const before = [60, 64, 61, 70, 67, 72, 69, 76, 74, 79, 77, 82, 80].map((value) => value * 3.1);

const definition: DefinitionText = {
  name: "Weekly active members",
  meaning: "Distinct people who wrote at least one message in a week.",
  formula: "count(distinct author), Monday to Sunday",
  window: "1 Sep to 29 Nov 2026",
  excludes: "Staff and bots",
  coverage: "People who only read are not in this export",
};

/** Charts and figures with invented numbers. */
export function KitCharts() {
  return (
    <>
      <Figures />
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(420px, 100%), 1fr))", gap: 48 }}>
        <Growth />
        <WhoCarries />
        <WhenAlive />
        <Retention />
        <Core />
      </div>
    </>
  );
}

function Figures() {
  const reader = useReader();
  return (
    <FigureRow
      label="Figures"
      figures={[
        {
          label: "Active members",
          value: formatNumber(1284, reader),
          change: formatRelativeChange(1284, 1178, reader),
          tone: "good",
          spark: now,
          definition,
        },
        {
          label: "New",
          value: formatNumber(412, reader),
          change: formatRelativeChange(412, 349, reader),
          tone: "good",
          spark: before,
        },
        {
          label: "Came back in week 2",
          value: formatPercent(0.15, reader),
          change: formatPointChange(0.15, 0.19, reader),
          tone: "bad",
          definition,
        },
        {
          label: "First answer, median",
          value: formatDuration(9_600_000, reader),
          change: `+${formatDuration(3_300_000, reader)}`,
          tone: "bad",
        },
        {
          label: "Questions answered",
          value: formatPercent(0.71, reader),
          change: formatPointChange(0.71, 0.71, reader),
          definition,
          href: "#questions",
        },
        { label: "Stickiness", value: "0.13", change: "+0.01", tone: "good", spark: [1, undefined, 2, 3] },
      ]}
    />
  );
}

function Growth() {
  const reader = useReader();
  const labels = now.map((_, week) => formatDayShort(FIRST_DAY + week * 7, reader));
  return (
    <ChartFrame
      topic="Is it growing?"
      title="More people write each week since the October AMA"
      definition={definition}
      fileName="weekly-active"
      table={{
        columns: ["Week", "Now", "Before"],
        rows: now.map((value, week) => [labels[week] ?? "", Math.round(value), Math.round(before[week] ?? 0)]),
      }}
      note="Weekly active members: distinct people who wrote, staff and bots left out."
    >
      <LineChart
        label="Weekly active members"
        labels={labels}
        lines={[
          { name: "this period", values: now, role: "now" },
          { name: "period before", values: before, role: "before" },
        ]}
        annotations={[{ at: 5, text: "AMA, 9 Oct" }]}
      />
    </ChartFrame>
  );
}

function WhoCarries() {
  const people = [
    ["u_c7dc", 1051, "answers newcomers"],
    ["u_833f", 868, "starts threads"],
    ["A name of sixty characters that somebody really chose to have", 433, ""],
    ["u_1ea0", 347, ""],
  ] as const;
  return (
    <ChartFrame
      topic="Who carries it?"
      title="Half of all messages come from 70 people"
      fileName="top"
      picture={false}
      table={{ columns: ["Name", "Messages"], rows: people.map(([name, count]) => [name, count]) }}
      note="Top 1 % of authors write 48.7 %. Gini 0.86."
    >
      <BarList
        label="Top authors"
        bars={people.map(([name, value, detail]) => ({
          key: name,
          name,
          value,
          shown: String(value),
          more: "41 people",
          detail,
          href: `#${name}`,
        }))}
      />
    </ChartFrame>
  );
}

function WhenAlive() {
  const values = Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_unused, hour) =>
      Math.round(
        400 *
          Math.max(0, Math.exp(-((hour - 20) ** 2) / 18) + 0.45 * Math.exp(-((hour - 12) ** 2) / 14)) *
          (day === 1 || day === 3 ? 1 : 0.6),
      ),
    ),
  );
  return (
    <ChartFrame
      topic="When is it alive?"
      title="Tuesday and Thursday, 19 to 22, in your time zone"
      fileName="hours"
      table={{
        columns: ["Day", ...Array.from({ length: 24 }, (_, hour) => String(hour))],
        rows: values.map((row, day) => [String(day), ...row]),
      }}
      note="Messages by hour, Europe/Moscow."
    >
      <HeatMap
        label="Messages by hour and weekday"
        values={values}
        describe={(day, hour, value) => `${day}, ${hour}:00: ${value}`}
        onOpen={() => undefined}
      />
    </ChartFrame>
  );
}

function Retention() {
  const cohorts: Cohort[] = Array.from({ length: 6 }, (_, row) => ({
    name: `${6 + row} 2026`,
    size: 120 + row * 14,
    shares: Array.from({ length: 6 }, (_unused, place) =>
      place > 5 - row ? undefined : place === 0 ? 1 : 0.4 / (place + 0.6) + row * 0.01,
    ),
  }));
  const columns = ["0", "1", "2", "3", "4", "5"];
  return (
    <ChartFrame
      topic="Do people come back?"
      title="Four in ten come back in the second month"
      fileName="cohorts"
      picture={false}
      table={{
        columns: ["Month", ...columns],
        rows: cohorts.map((cohort) => [cohort.name, ...cohort.shares.map((share) => share ?? "")]),
      }}
    >
      <CohortTriangle
        label="Retention by month"
        cohorts={cohorts}
        columns={columns}
        words={{ cohort: "Came in", size: "People" }}
      />
    </ChartFrame>
  );
}

function Core() {
  const nodes = Array.from({ length: 26 }, (_, place) => ({
    id: String(place),
    name: place === 3 ? "Анна Ковалёва" : `u_${place}`,
    weight: 400 / (place + 1),
    href: `#${place}`,
  }));
  const edges = nodes
    .flatMap((node, place) =>
      [1].map((step) => ({
        from: node.id,
        to: String(place === 0 ? 5 : Math.floor(place / 2)),
        weight: 60 / (place + step),
      })),
    )
    .filter((edge) => Number(edge.from) < Number(edge.to));
  return (
    <ChartFrame
      topic="Who talks to whom?"
      title="One core of a dozen, and a second circle around Anna"
      fileName="core"
      table={{
        columns: ["From", "To", "Replies"],
        rows: edges.map((edge) => [edge.from, edge.to, Math.round(edge.weight)]),
      }}
    >
      <NetworkGraph label="Replies among the core" nodes={nodes} edges={edges} />
    </ChartFrame>
  );
}
