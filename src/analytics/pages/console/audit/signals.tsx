import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { formatDay, formatPeriod, type Reader } from "#src/web/kit/format.ts";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import type { Signal } from "../../../model.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { AuditLink } from "./audit-link.tsx";
import { CsvLink } from "./csv-link.tsx";
import { messagesOf } from "./evidence.ts";
import { Part } from "./part.tsx";
import classes from "./signals.module.css";
import { signalsTitle } from "./titles.ts";

/** What stood out? Stretches of days unlike the others, with the messages behind each. */
export function Signals() {
  const { audit, texts } = useAudit();
  const reader = useReader();
  return (
    <Part id="stood-out">
      <section aria-label={m.analytics_page_stood_out()}>
        <SectionHeader
          topic={m.analytics_page_stood_out()}
          title={signalsTitle(audit)}
          aside={audit.signals.length > 0 ? <CsvLink table="signals" of={m.analytics_page_stood_out()} /> : undefined}
        />
        <ol className={classes["signals"]}>
          {audit.signals.map((signal, place) => (
            <li key={`${signal.kind} ${signal.from}`} className={classes["signal"]}>
              <span className={classes["dates"]}>{datesOf(signal, reader)}</span>
              <span className={classes["claim"]}>{texts.signals[place]}</span>
              <SeeMessages signal={signal} />
            </li>
          ))}
        </ol>
      </section>
    </Part>
  );
}

function SeeMessages({ signal }: { signal: Signal }) {
  const view = useAudit();
  return (
    <AuditLink className={classes["see"]} to={evidenceHref(view, messagesOf(signal.behind), signal)} isWay>
      {m.analytics_page_see_messages()}
    </AuditLink>
  );
}

function datesOf({ from, to }: Signal, reader: Reader): string {
  const [first, last] = [dateToDay(from) ?? 0, dateToDay(to) ?? 0];
  return first === last ? formatDay(first, reader) : formatPeriod(first, last, reader);
}
