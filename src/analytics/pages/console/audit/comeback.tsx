import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { ChartFrame } from "#src/web/kit/chart-frame.tsx";
import { CohortTriangle } from "#src/web/kit/cohort-triangle.tsx";
import { formatDayShort, formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Audit } from "../../../model.ts";
import { useAudit } from "./audit-context.ts";
import { FactList } from "./fact-list.tsx";
import { definitionOf } from "./figure-definition.ts";
import { Part, Unknown } from "./part.tsx";
import { returnTitle } from "./titles.ts";

/** As many weeks as fit on a page without scrolling; the table holds all. */
const SHOWN_COHORTS = 12;
const SHOWN_WEEKS = 9;

type Cohort = Audit["cohorts"][number];

/** Do people come back? Newcomers by week, and how many of them wrote in the weeks that followed. */
export function Comeback() {
  const view = useAudit();
  const reader = useReader();
  const { cohorts } = view.audit;
  const definition = definitionOf(view, "retention-cohorts");
  const shown = cohorts.filter((cohort) => cohort.members > 0 && cohort.returned.length > 1).slice(-SHOWN_COHORTS);
  const weeks = Math.min(SHOWN_WEEKS, Math.max(0, ...shown.map(({ returned }) => returned.length - 1)));
  return (
    <Part
      id="return"
      aside={
        <FactList
          label={m.analytics_page_return()}
          metrics={["week-two-return", "month-return", "newcomers-returned", "returning-members", "gone-members"]}
        />
      }
    >
      <ChartFrame
        topic={m.analytics_page_return()}
        title={returnTitle(view.audit, reader)}
        {...(definition === undefined ? {} : { definition })}
        fileName="cohorts"
        picture={false}
        note={weeks === 0 ? undefined : m.analytics_page_cohorts_note()}
        table={tableOf(cohorts, reader)}
      >
        {weeks === 0 ? (
          <Unknown>{m.analytics_page_return_short()}</Unknown>
        ) : (
          <CohortTriangle
            label={m.analytics_page_cohorts()}
            cohorts={shown.map((cohort) => ({
              name: weekName(cohort, reader),
              size: cohort.members,
              shares: Array.from({ length: weeks }, (_, week) => shareAfter(cohort, week + 1)),
            }))}
            columns={Array.from({ length: weeks }, (_, week) => String(week + 1))}
            words={{ cohort: m.analytics_page_cohort_week(), size: m.analytics_page_cohort_newcomers() }}
          />
        )}
      </ChartFrame>
    </Part>
  );
}

function shareAfter({ members, returned }: Cohort, week: number): number | undefined {
  const count = returned[week];
  return count === undefined || members === 0 ? undefined : count / members;
}

function weekName({ week }: Cohort, reader: Reader): string {
  return formatDayShort(dateToDay(week) ?? 0, reader);
}

function tableOf(cohorts: readonly Cohort[], reader: Reader) {
  const weeks = Math.max(1, ...cohorts.map(({ returned }) => returned.length)) - 1;
  const numbers = Array.from({ length: weeks }, (_, week) => week + 1);
  const cells = ({ members, returned }: Cohort) => [members, ...numbers.map((week) => returned[week] ?? "")];
  return {
    columns: [m.analytics_page_cohort_week(), m.analytics_page_cohort_newcomers(), ...numbers.map(String)],
    rows: cohorts.map((cohort) => [
      formatDateShort((dateToDay(cohort.week) ?? 0) * 86_400_000, { ...reader, timeZone: "UTC" }),
      ...cells(cohort),
    ]),
    raw: cohorts.map((cohort) => [cohort.week, ...cells(cohort)]),
  };
}
