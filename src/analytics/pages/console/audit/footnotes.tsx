import { m } from "#words";
import { formatMoment, formatZone } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { definitionHref, useAudit } from "./audit-context.ts";
import { AuditLink } from "./audit-link.tsx";
import classes from "./footnotes.module.css";

/** Metrics whose definitions a printed audit carries, in the order in which the page uses them. */
const printed = [
  "active-members",
  "new-members",
  "returning-members",
  "gone-members",
  "weekly-actives",
  "stickiness",
  "week-two-return",
  "month-return",
  "retention-cohorts",
  "half-from",
  "top-1-percent",
  "gini",
  "newcomers-answered",
  "newcomers-first-answer",
  "newcomers-returned",
  "questions",
  "questions-answered",
  "response-median",
  "heat-map",
  "languages",
  "domains",
];

/** What this history cannot show and when the audit was made; on paper also the definitions behind its numbers. */
export function Footnotes() {
  const view = useAudit();
  const reader = useReader();
  const { audit, texts } = view;
  const zone = audit.timeZone;
  const notes = printed.map((metric) => texts.metrics[metric]).filter((text) => text !== undefined);
  return (
    <footer className={classes["foot"]} id="footnotes">
      {texts.limits.length > 0 && (
        <>
          <h2 className={classes["title"]}>{m.analytics_page_limits()}</h2>
          <ul className={classes["limits"]}>
            {texts.limits.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <div className={classes["notes"]}>
        <h2 className={classes["title"]}>{m.analytics_page_footnotes()}</h2>
        <ol>
          {notes.map(({ name, label, meaning, formula, source, version }) => (
            <li key={name}>
              <b>{label}.</b> {meaning} <span className={classes["formula"]}>{formula}</span>{" "}
              {m.analytics_page_source_line({ source, version })}.
            </li>
          ))}
        </ol>
      </div>
      <p className={classes["made"]}>
        {m.analytics_page_made({
          moment: formatMoment(Date.parse(audit.madeAt), { ...reader, timeZone: zone }),
          zone: formatZone(zone, reader),
        })}{" "}
        <AuditLink className="v-no-print" to={definitionHref(view, "")} isWay>
          {m.analytics_page_all_definitions()}
        </AuditLink>
      </p>
    </footer>
  );
}
