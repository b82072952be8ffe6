import { IconArrowLeft } from "@tabler/icons-react";
import { Link, type LoaderFunctionArgs, useLoaderData, useLocation, useResolvedPath } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import type { Definition } from "../../model.ts";
import type { MetricText } from "./audit/audit-context.ts";
import classes from "./definitions.module.css";
import { metricTexts } from "./audit/told.ts";

/** Every definition, in the reader's language. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { analytics } = context.get(visitContext).api;
  const { items } = await analytics.definitions({ community: params["community"] ?? "" });
  return { definitions: items, texts: metricTexts(items) };
}

export const meta = () => [{ title: `${m.analytics_page_definitions_title()} · ${m.web_name()}` }];

/** How the audit counts: all metrics with formula, window, exclusions, source and version. */
export default function DefinitionsPage() {
  const { definitions, texts } = useLoaderData<typeof loader>();
  const audit = useResolvedPath("..", { relative: "path" }).pathname;
  const { search } = useLocation();
  return (
    <article className={classes["page"]}>
      <PageHeader title={m.analytics_page_definitions_title()} lead={m.analytics_page_definitions_lead()}>
        <p className={`${classes["back"]} v-no-print`}>
          <Link to={`${audit}${search}`}>
            <IconArrowLeft size={16} stroke={1.8} aria-hidden /> {m.analytics_page_back_to_audit()}
          </Link>
        </p>
      </PageHeader>
      {definitions.map((definition) => {
        const text = texts[definition.name];
        return text === undefined ? null : <Metric key={definition.name} definition={definition} text={text} />;
      })}
    </article>
  );
}

function Metric({ definition, text }: { definition: Definition; text: MetricText }) {
  const { needs, name, version } = definition;
  const rows: [string, string][] = [
    [m.analytics_page_formula(), text.formula],
    [m.analytics_page_days_counted(), text.window],
    [m.analytics_page_left_out(), text.excludes],
    [m.analytics_page_needed(), needs.map((what) => m.analytics_page_needs({ what })).join(", ")],
    [m.analytics_page_source(), text.source],
    [m.analytics_page_version(), String(version)],
  ];
  return (
    <section className={classes["metric"]} id={name} aria-labelledby={`${name}-name`}>
      <div>
        <h2 className={classes["name"]} id={`${name}-name`}>
          <a href={`#${name}`}>{text.label}</a>
        </h2>
        <p className={classes["meaning"]}>{text.meaning}</p>
      </div>
      <dl className={classes["rows"]}>
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
