import { m } from "#words";
import { definitionHref, evidenceHref, useAudit } from "./audit-context.ts";
import { AuditLink } from "./audit-link.tsx";
import { evidenceOf } from "./evidence.ts";
import classes from "./headline.module.css";

/** The audit in three sentences. What they claim is underlined and opens what it was made from. */
export function Headline() {
  const { texts } = useAudit();
  if (texts.headline.length === 0) return null;
  return (
    <section aria-label={m.analytics_page_headline()}>
      <p className={classes["story"]}>
        {texts.headline.map(({ text, metric }, place) => (
          <span key={text}>
            {place > 0 && " "}
            <ClaimedText text={text} metric={metric} />
          </span>
        ))}
      </p>
    </section>
  );
}

/** Where the picture behind a claim stands, for metrics that no single list stands behind. */
const partOf: Readonly<Record<string, string>> = { "heat-map": "alive", "retention-cohorts": "return" };

function ClaimedText({ text, metric }: { text: string; metric: string }) {
  const view = useAudit();
  const evidence = evidenceOf(metric);
  const part = partOf[metric];
  const elsewhere = part === undefined ? definitionHref(view, metric) : `?${view.query.toString()}#${part}`;
  const href = evidence === undefined ? elsewhere : evidenceHref(view, evidence);
  const [, before = "", claim, after = ""] = /^([^[]*)\[([^\]]*)\](.*)$/s.exec(text) ?? [];
  if (claim === undefined) return text;
  return (
    <>
      {before}
      <AuditLink to={href} className={classes["claim"]}>
        {claim}
      </AuditLink>
      {after}
    </>
  );
}
