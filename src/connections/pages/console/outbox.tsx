import { type ActionFunctionArgs, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formatMoment, formatNumber, type Reader } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { PlatformDot } from "#src/web/kit/platform-dot.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { attempt } from "#src/web/kit/refusal.ts";
import { SearchBox } from "#src/web/kit/search-box.tsx";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { ViewTabs } from "#src/web/kit/view-tabs.tsx";
import classes from "./connections.module.css";
import { OutboxDeeds } from "./outbox-deeds.tsx";
import { failureSentence, platformName } from "./platform-words.ts";

export const meta = () => [{ title: `${m.connections_outbox()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;
const views = ["waiting", "person", "over"] as const;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const community = params["community"] ?? "";
  const { searchParams } = new URL(request.url);
  const [after, search] = [searchParams.get("after"), searchParams.get("search")];
  const view = views.find((each) => each === searchParams.get("view")) ?? "waiting";
  const ask = {
    community,
    limit: PAGE_SIZE,
    view,
    ...(after !== null && { after }),
    ...(search !== null && { search }),
  };
  const [page, about] = await Promise.all([api.connections.outbox.list(ask), api.communities.get({ community })]);
  const mayDecide = about.role === "owner" || about.role === "admin";
  return { ...page, view, search, mayDecide };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { connections } = context.get(visitContext).api;
  const form = await request.formData();
  const settlement = (["sent", "again", "drop"] as const).find((each) => each === formText(form, "settlement"));
  const place = { community: params["community"] ?? "", line: formText(form, "line") };
  return attempt(() => connections.outbox.settle({ ...place, settlement: settlement ?? "again" }));
}

type Loaded = Awaited<ReturnType<typeof loader>>;
/** Something that is to reach a platform. */
export type Line = Loaded["items"][number];

/** What is to reach platforms, what waits for a person, and what has gone out. */
export default function OutboxPage() {
  const { items, next, view, search, waiting, person, mayDecide } = useLoaderData<typeof loader>();
  const reader = useReader();
  const count = (number: number) => (number === 0 ? {} : { count: formatNumber(number, reader) });
  const tabs = [
    { to: "?", label: m.connections_outbox_waiting(), current: view === "waiting", ...count(waiting) },
    { to: "?view=person", label: m.connections_outbox_person(), current: view === "person", ...count(person) },
    { to: "?view=over", label: m.connections_outbox_over(), current: view === "over" },
  ];
  const query = new URLSearchParams({ view, ...(search !== null && { search }) });
  return (
    <>
      <PageHeader title={m.connections_outbox()} lead={m.connections_outbox_lead()} />
      <ViewTabs label={m.connections_outbox()} tabs={tabs} />
      <Part>
        <div className={classes["bar"]}>
          <SearchBox label={m.connections_outbox_search()} />
        </div>
        <ListTable
          label={m.connections_outbox()}
          columns={columnsFor(reader, mayDecide)}
          rows={items}
          rowKey={({ id }) => id}
          empty={<Empty view={view} isSearch={search !== null} />}
          next={next === null ? undefined : `?${query.toString()}&after=${encodeURIComponent(next)}`}
        />
      </Part>
    </>
  );
}

function Empty({ view, isSearch }: { view: Loaded["view"]; isSearch: boolean }) {
  if (isSearch) return <p className={classes["none"]}>{m.connections_outbox_not_found()}</p>;
  const text = {
    waiting: m.connections_none_waiting,
    person: m.connections_none_person,
    over: m.connections_none_over,
  };
  return <EmptyState title={m.connections_outbox_empty()} text={text[view]()} />;
}

const actionWords: Readonly<Record<string, () => string>> = {
  send: m.connections_do_send,
  "open-topic": m.connections_do_open_topic,
  edit: m.connections_do_edit,
  delete: m.connections_do_delete,
  pin: m.connections_do_pin,
  mute: m.connections_do_mute,
  ban: m.connections_do_ban,
};

const statusLooks = {
  waiting: { word: m.connections_status_waiting, tone: "quiet" },
  sending: { word: m.connections_status_sending, tone: "accent" },
  sent: { word: m.connections_status_sent, tone: "good" },
  unknown: { word: m.connections_status_unknown, tone: "warning" },
  dead: { word: m.connections_status_dead, tone: "bad" },
  dropped: { word: m.connections_status_dropped, tone: "quiet" },
} as const;

function columnsFor(reader: Reader, mayDecide: boolean): Column<Line>[] {
  return [
    {
      key: "what",
      title: m.connections_outbox_what(),
      cell: (line) => <What line={line} reader={reader} mayDecide={mayDecide} />,
    },
    {
      key: "state",
      title: m.connections_outbox_state(),
      wide: true,
      cell: (line) => <State line={line} reader={reader} />,
    },
    {
      key: "written",
      title: m.connections_outbox_written(),
      wide: true,
      short: true,
      cell: ({ writtenAt }) => formatMoment(Date.parse(writtenAt), reader),
    },
    ...(mayDecide
      ? [
          {
            key: "deeds",
            title: "",
            align: "right" as const,
            wide: true,
            cell: (line: Line) => <OutboxDeeds line={line} justify="flex-end" />,
          },
        ]
      : []),
  ];
}

function What({ line, reader, mayDecide }: { line: Line; reader: Reader; mayDecide: boolean }) {
  const name = actionWords[line.kind ?? ""] ?? m.connections_do_other;
  return (
    <div className={classes["text"]}>
      <PlatformDot platform={line.platform} name={platformName(line.platform)} size={16} />{" "}
      <span className={classes["what"]}>{name()}</span>
      {line.space !== null && <span className={classes["small"]}> · {line.space}</span>}
      {line.text !== null && <div className={classes["small"]}>{line.text}</div>}
      <div className={classes["phone"]}>
        <State line={line} reader={reader} />
        {mayDecide && <OutboxDeeds line={line} justify="flex-start" />}
      </div>
    </div>
  );
}

function State({ line, reader }: { line: Line; reader: Reader }) {
  const { word, tone } = statusLooks[line.status];
  const isLater = line.status === "waiting" && Date.parse(line.dueAt) > Date.parse(line.writtenAt);
  return (
    <div className={classes["text"]}>
      <Tag tone={tone}>{word()}</Tag>
      {isLater && (
        <div className={classes["small"]}>
          {m.connections_not_before({ at: formatMoment(Date.parse(line.dueAt), reader) })}
        </div>
      )}
      {line.error !== null && (
        <div className={classes["small"]}>
          {failureSentence(line.error)}
          <code className={classes["code"]}>{line.error}</code>
        </div>
      )}
    </div>
  );
}
