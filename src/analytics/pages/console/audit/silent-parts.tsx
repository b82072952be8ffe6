import { m } from "#words";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "./part.tsx";
import classes from "./part.module.css";
import type { CautiousPart } from "./spoken.ts";

const questionOf: Readonly<Record<CautiousPart, () => string>> = {
  return: m.analytics_page_return,
  carriers: m.analytics_page_carriers,
  newcomers: m.analytics_page_newcomers,
  questions: m.analytics_page_questions,
  alive: m.analytics_page_alive,
  talk: m.analytics_page_talk,
  "stood-out": m.analytics_page_stood_out,
};

/** The questions that stay open because too little is stored, said once instead of in an empty chart each. */
export function SilentParts({ parts }: { parts: readonly CautiousPart[] }) {
  if (parts.length === 0) return null;
  return (
    <Part id="silent">
      <section aria-label={m.analytics_page_silent_title()}>
        <SectionHeader title={m.analytics_page_silent_title()} />
        <ul className={classes["open"]}>
          {parts.map((part) => (
            <li key={part}>{questionOf[part]()}</li>
          ))}
        </ul>
        <p className={classes["unknown"]}>{m.analytics_page_silent_text()}</p>
      </section>
    </Part>
  );
}
