import { m } from "#words";
import { ChartFrame } from "#src/web/kit/chart-frame.tsx";
import { formatNumber, type Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Audit } from "../../../model.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { AuditLink } from "./audit-link.tsx";
import classes from "./carriers.module.css";
import { CsvLink } from "./csv-link.tsx";
import { membersOf } from "./evidence.ts";
import { FactList } from "./fact-list.tsx";
import { definitionOf } from "./figure-definition.ts";
import { LorenzCurve } from "./lorenz-curve.tsx";
import { shownName } from "./named.ts";
import { Part, Unknown } from "./part.tsx";
import { PeopleTable } from "./people-table.tsx";
import { carriersTitle, figureOf } from "./titles.ts";

type Top = Audit["top"][number];

/** So many people fit beside their figures; the table and the file hold twenty. */
const SHOWN = 10;

/** Who carries it? Those who wrote most, whom they answer, and how unequally messages are spread. */
export function Carriers() {
  const view = useAudit();
  const reader = useReader();
  const { audit } = view;
  const active = figureOf(audit, "active-members")?.value ?? 0;
  const definition = definitionOf(view, "top-members");
  return (
    <Part id="carriers" aside={<Spread />}>
      <ChartFrame
        topic={m.analytics_page_carriers()}
        title={carriersTitle(audit)}
        {...(definition === undefined ? {} : { definition })}
        fileName="top-members"
        picture={false}
        table={tableOf(audit.top, reader)}
        note={
          active > SHOWN ? (
            <>
              <AuditLink className="v-no-print" to={evidenceHref(view, membersOf("active"))} isWay>
                {m.analytics_page_all_people({ count: active })}
              </AuditLink>{" "}
              <CsvLink table="members" of={m.analytics_page_all_people({ count: active })} />
            </>
          ) : undefined
        }
      >
        {audit.top.length === 0 ? (
          <Unknown>{m.analytics_page_growth_none()}</Unknown>
        ) : (
          <PeopleTable people={audit.top.slice(0, SHOWN)} />
        )}
      </ChartFrame>
    </Part>
  );
}

function Spread() {
  const { audit } = useAudit();
  return (
    <>
      <FactList
        label={m.analytics_page_carriers()}
        metrics={["half-from", "top-1-percent", "top-5-percent", "gini", "one-message-members"]}
      />
      {audit.lorenz !== null && (
        <figure className={classes["lorenz"]}>
          <LorenzCurve points={audit.lorenz} />
          <figcaption>{m.analytics_page_lorenz_note()}</figcaption>
        </figure>
      )}
    </>
  );
}

function tableOf(top: readonly Top[], reader: Reader) {
  const cells = ({ messages, activeDays, repliesTo, repliedBy }: Top) => [messages, activeDays, repliesTo, repliedBy];
  return {
    columns: [
      m.analytics_page_person(),
      m.analytics_page_messages(),
      m.analytics_page_active_days(),
      m.analytics_page_contacts(),
      m.analytics_page_contacts_by(),
    ],
    rows: top.map((one) => [shownName(one.member), ...cells(one).map((value) => formatNumber(value, reader, 0))]),
    raw: top.map((one) => [shownName(one.member), ...cells(one)]),
  };
}
