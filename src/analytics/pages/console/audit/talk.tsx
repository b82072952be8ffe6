import { m } from "#words";
import { type Bar, BarList } from "#src/web/kit/bar-list.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Definition } from "#src/web/kit/definition.tsx";
import { formatNumber, type Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Audit, MessagesBehind, TableName } from "../../../model.ts";
import { type AuditView, evidenceHref, useAudit } from "./audit-context.ts";
import { CsvLink } from "./csv-link.tsx";
import { messagesOf } from "./evidence.ts";
import { definitionOf } from "./figure-definition.ts";
import { shareText } from "./figure-text.ts";
import { Part } from "./part.tsx";
import classes from "./talk.module.css";
import { capitalised, languageName, talkTitle } from "./titles.ts";

type Counts = Audit["languages"];

/** So many rows of each kind; the rest is added up in one line. */
const SHOWN = 6;

/** What do they talk with? Languages, links, reactions and kinds of message. */
export function Talk() {
  const view = useAudit();
  const reader = useReader();
  const { languages, domains, reactions, kinds } = view.audit;
  return (
    <Part id="talk">
      <section aria-label={m.analytics_page_talk()}>
        <SectionHeader topic={m.analytics_page_talk()} title={talkTitle(view.audit, reader)} />
        <div className={classes["lists"]}>
          <Ranking
            title={m.analytics_page_languages()}
            metric="languages"
            counts={languages}
            nameOf={(key) => capitalised(languageName(key, reader), reader)}
            behind={(language) => ({ kind: "language", language })}
            none={m.analytics_page_none_languages()}
            table="languages"
          />
          <Ranking
            title={m.analytics_page_domains()}
            metric="domains"
            counts={domains}
            nameOf={(key) => key}
            behind={(domain) => ({ kind: "domain", domain })}
            none={m.analytics_page_none_domains()}
            table="domains"
          />
          <Ranking
            title={m.analytics_page_reactions()}
            metric="reaction-kinds"
            counts={reactions}
            nameOf={(key) => key}
            behind={(emoji) => ({ kind: "emoji", emoji })}
            none={m.analytics_page_none_reactions()}
            table="reactions"
          />
          <Ranking
            title={m.analytics_page_kinds()}
            metric="message-kinds"
            counts={kinds}
            nameOf={(kind) => m.analytics_page_kind({ kind })}
            behind={(messageKind) => ({ kind: "message-kind", messageKind })}
            none={m.analytics_page_none_kinds()}
          />
        </div>
      </section>
    </Part>
  );
}

interface RankingProps {
  readonly title: string;
  readonly metric: string;
  readonly counts: Counts;
  readonly nameOf: (key: string) => string;
  readonly behind?: (key: string) => MessagesBehind;
  readonly none: string;
  readonly table?: TableName;
}

function Ranking(props: RankingProps) {
  const view = useAudit();
  const reader = useReader();
  const definition = definitionOf(view, props.metric);
  return (
    <section className={classes["ranking"]} aria-label={props.title}>
      <h3 className={classes["title"]}>
        {props.title}
        {definition !== undefined && <Definition {...definition} />}
      </h3>
      {props.counts.rows.length === 0 ? (
        <p className={classes["none"]}>{props.none}</p>
      ) : (
        <>
          <BarList label={props.title} bars={barsOf(props, view, reader)} />
          {props.table !== undefined && <CsvLink table={props.table} of={props.title} />}
        </>
      )}
    </section>
  );
}

function barsOf({ counts, nameOf, behind }: RankingProps, view: AuditView, reader: Reader): Bar[] {
  const { rows, total, kinds } = counts;
  const bar = (key: string, name: string, count: number) => ({
    key,
    name,
    detail: formatNumber(count, reader, 0),
    value: count,
    shown: shareText(total === 0 ? 0 : count / total, reader),
  });
  const shown = rows.slice(0, SHOWN);
  const bars = shown.map(({ key, count }) => ({
    ...bar(key, nameOf(key), count),
    ...(behind === undefined || view.isShared ? {} : { href: evidenceHref(view, messagesOf(behind(key))) }),
  }));
  const rest = total - shown.reduce((sum, { count }) => sum + count, 0);
  if (rest <= 0 || kinds <= shown.length) return bars;
  // All the others together are no rival of the first: they get a number and no bar.
  return [...bars, { ...bar("", m.analytics_page_other_keys({ count: kinds - shown.length }), rest), value: 0 }];
}
