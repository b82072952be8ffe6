import { type ActionFunctionArgs, type LoaderFunctionArgs, useFetcher, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formatMoment, formatNumber, type Reader } from "#src/web/kit/format.ts";
import { formText } from "#src/web/kit/form-text.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { attempt } from "#src/web/kit/refusal.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { RowDeeds, TryAgain } from "#src/web/kit/row-deeds.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { AsidePart } from "./log-aside.tsx";
import classes from "./log.module.css";
import { factName, readerName } from "./log-words.ts";
import { Named } from "./named.tsx";

export const meta = () => [{ title: `${m.communities_page_log()} · ${m.web_name()}` }];

const PAGE_SIZE = 50;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { log } = context.get(visitContext).api.communities;
  const community = params["community"] ?? "";
  const { searchParams } = new URL(request.url);
  const [after, asideAfter] = [searchParams.get("after"), searchParams.get("aside")];
  const [readers, parked, aside] = await Promise.all([
    log.consumers({ community }),
    log.parked({ community, limit: PAGE_SIZE, ...(after !== null && { after }) }),
    log.aside.list({ community, limit: PAGE_SIZE, ...(asideAfter !== null && { after: asideAfter }) }),
  ]);
  return { readers: readers.items, parked, aside };
}

type Loaded = Awaited<ReturnType<typeof loader>>;
type Reading = Loaded["readers"][number];
type Parked = Loaded["parked"]["items"][number];
/** Something that a platform delivered and that waits for a person. */
export type Aside = Loaded["aside"]["items"][number];

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { log } = context.get(visitContext).api.communities;
  const form = await request.formData();
  const community = params["community"] ?? "";
  const delivery = formText(form, "delivery");
  if (delivery !== "") {
    const which = { community, delivery };
    return attempt(() => (formText(form, "deed") === "drop" ? log.aside.drop(which) : log.aside.retry(which)));
  }
  const place = {
    community,
    consumer: formText(form, "consumer"),
    seq: Number(formText(form, "seq")),
  };
  return attempt(() => (formText(form, "deed") === "settle" ? log.settle(place) : log.retry(place)));
}

/** How far the figures are behind what happened, and what could not be counted and waits for a person. */
export default function LogPage() {
  const { readers, parked, aside } = useLoaderData<typeof loader>();
  const reader = useReader();
  return (
    <>
      <PageHeader title={m.communities_page_log()} lead={m.communities_page_log_lead()} />
      <Part>
        <SectionHeader title={m.communities_page_log_parked()} />
        <ListTable
          label={m.communities_page_log_parked()}
          columns={parkedColumns(reader)}
          rows={parked.items}
          rowKey={(fact) => `${fact.consumer} ${fact.seq}`}
          empty={<p className={classes["fine"]}>{m.communities_page_log_fine()}</p>}
          next={parked.next === null ? undefined : `?after=${encodeURIComponent(parked.next)}`}
        />
      </Part>
      <AsidePart items={aside.items} next={aside.next} />
      <Part>
        <SectionHeader title={m.communities_page_log_readers()} />
        <ListTable
          label={m.communities_page_log_readers()}
          columns={readerColumns(reader)}
          rows={readers}
          rowKey={(reading) => reading.consumer}
          empty={null}
        />
      </Part>
    </>
  );
}

function parkedColumns(reader: Reader): Column<Parked>[] {
  return [
    {
      key: "kind",
      title: m.communities_page_log_fact(),
      cell: (fact) => (
        <>
          <Named
            name={factName(fact.kind)}
            technical={`${fact.kind} ${m.communities_page_log_fact_numbered({ seq: fact.seq })}`}
          />
          <div className={classes["phone"]}>
            <Uncounted fact={fact} />
            <Deeds fact={fact} justify="flex-start" />
          </div>
        </>
      ),
    },
    { key: "consumer", title: m.communities_page_log_reader(), wide: true, cell: (fact) => <Uncounted fact={fact} /> },
    {
      key: "attempts",
      title: m.communities_page_log_attempts(),
      align: "right",
      wide: true,
      cell: (fact) => formatNumber(fact.attempts, reader),
    },
    {
      key: "at",
      title: m.communities_page_log_at(),
      wide: true,
      cell: (fact) => formatMoment(Date.parse(fact.parkedAt), reader),
    },
    { key: "deeds", title: "", align: "right", wide: true, cell: (fact) => <Deeds fact={fact} justify="flex-end" /> },
  ];
}

function Uncounted({ fact: { consumer, error } }: { fact: Parked }) {
  return (
    <Named name={readerName(consumer)} technical={`${consumer}: ${error}`}>
      {m.communities_page_log_fail_count()}
    </Named>
  );
}

function Deeds({ fact, justify }: { fact: Parked; justify: "flex-start" | "flex-end" }) {
  const fetcher = useFetcher<unknown>();
  const send = (deed: string) =>
    void fetcher.submit({ deed, consumer: fact.consumer, seq: String(fact.seq) }, { method: "post" });
  const letGo = {
    title: m.communities_page_log_settle_title(),
    text: m.communities_page_log_settle_text(),
    confirm: m.communities_page_log_settle(),
    onConfirm: () => send("settle"),
  };
  return (
    <RowDeeds justify={justify} answer={fetcher.data} letGo={letGo}>
      <TryAgain isBusy={fetcher.state !== "idle"} onClick={() => send("retry")} />
    </RowDeeds>
  );
}

function readerColumns(reader: Reader): Column<Reading>[] {
  return [
    {
      key: "consumer",
      title: m.communities_page_log_reader(),
      cell: ({ consumer }) => <Named name={readerName(consumer)} technical={consumer} />,
    },
    {
      key: "read",
      title: m.communities_page_log_read(),
      align: "right",
      wide: true,
      cell: (reading) => formatNumber(reading.read, reader),
    },
    {
      key: "head",
      title: m.communities_page_log_head(),
      align: "right",
      wide: true,
      cell: (reading) => formatNumber(reading.head, reader),
    },
    { key: "state", title: "", align: "right", cell: (reading) => <State {...reading} /> },
  ];
}

function State({ read, head }: Reading) {
  if (read >= head) return <Tag tone="good">{m.communities_page_log_up_to_date()}</Tag>;
  return <Tag tone="warning">{m.communities_page_log_behind({ count: head - read })}</Tag>;
}
