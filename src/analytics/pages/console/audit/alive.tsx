import { useNavigate } from "react-router";
import { m } from "#words";
import { ChartFrame } from "#src/web/kit/chart-frame.tsx";
import { formatZone, type Reader, weekdayNames } from "#src/web/kit/format.ts";
import { HeatMap } from "#src/web/kit/heat-map.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { messagesOf } from "./evidence.ts";
import { FactList, type PlainFact } from "./fact-list.tsx";
import { definitionOf } from "./figure-definition.ts";
import { shareText } from "./figure-text.ts";
import { Part } from "./part.tsx";
import { aliveTitle, capitalised, hourName } from "./titles.ts";

/** Below this many messages shares of the week are chance. */
const ENOUGH_MESSAGES = 100;
const SATURDAY = 5;

/** When is it alive? Messages in each hour of the community's week. */
export function Alive() {
  const view = useAudit();
  const reader = useReader();
  const navigate = useNavigate();
  const { heat, timeZone } = view.audit;
  const definition = definitionOf(view, "heat-map");
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour));
  const days = weekdayNames(reader);
  const facts = factsOf(heat, reader);
  const open = (weekday: number, hour: number) =>
    void navigate(evidenceHref(view, messagesOf({ kind: "hour", weekday, hour })), { preventScrollReset: true });
  return (
    <Part
      id="alive"
      aside={facts.length === 0 ? undefined : <FactList label={m.analytics_page_alive()} metrics={[]} plain={facts} />}
    >
      <ChartFrame
        topic={m.analytics_page_alive()}
        title={aliveTitle(view.audit)}
        {...(definition === undefined ? {} : { definition })}
        fileName="hours"
        note={m.analytics_page_heat_note({ zone: formatZone(timeZone, reader) })}
        table={{
          columns: [m.analytics_page_weekday(), ...hours],
          rows: heat.map((row, weekday) => [days[weekday] ?? "", ...row]),
        }}
      >
        <HeatMap
          label={m.analytics_page_heat()}
          values={heat}
          describe={(weekday, hour, value) =>
            `${hourName(weekday, hour, reader)}: ${m.analytics_page_messages_count({ count: value })}`
          }
          {...(view.isShared ? {} : { onOpen: open })}
        />
      </ChartFrame>
    </Part>
  );
}

function factsOf(heat: readonly (readonly number[])[], reader: Reader): PlainFact[] {
  const perDay = heat.map((hours) => hours.reduce((sum, value) => sum + value, 0));
  const all = perDay.reduce((sum, value) => sum + value, 0);
  if (all < ENOUGH_MESSAGES) return [];
  const names = weekdayNames(reader, "long");
  const share = (wanted: (weekday: number, hour: number) => boolean) =>
    heat.reduce(
      (sum, hours, day) => sum + hours.reduce((part, value, hour) => part + (wanted(day, hour) ? value : 0), 0),
      0,
    ) / all;
  const dayFact = (day: number) => ({
    value: capitalised(names[day] ?? "", reader),
    change: `${m.analytics_page_messages_count({ count: perDay[day] ?? 0 })}, ${shareText((perDay[day] ?? 0) / all, reader)}`,
  });
  return [
    { label: m.analytics_page_busiest(), ...dayFact(perDay.indexOf(Math.max(...perDay))) },
    { label: m.analytics_page_quietest(), ...dayFact(perDay.indexOf(Math.min(...perDay))) },
    {
      label: m.analytics_page_office_share(),
      value: shareText(
        share((day, hour) => day < SATURDAY && hour >= 9 && hour < 18),
        reader,
      ),
    },
    {
      label: m.analytics_page_weekend_share(),
      value: shareText(
        share((day) => day >= SATURDAY),
        reader,
      ),
    },
    {
      label: m.analytics_page_night_share(),
      value: shareText(
        share((_, hour) => hour < 7),
        reader,
      ),
    },
  ];
}
