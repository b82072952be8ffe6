import { Button } from "@mantine/core";
import { IconLink, IconPlus } from "@tabler/icons-react";
import { useFetcher } from "react-router";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import { Confirm } from "#src/web/kit/confirm.tsx";
import { formatDateShort, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import type { AuditLink, LinkState } from "../../model.ts";
import { NewLink } from "./new-link.tsx";
import classes from "./sharing.module.css";
import { showsText } from "./shows.ts";

/** Links by which an audit is read without an account: what each shows, whether it works, and a way to take it back. */
export function LinksPart({
  links,
  asked,
}: {
  links: { items: AuditLink[]; next: string | null };
  asked: AuditLink["shows"]["savedSegment"];
}) {
  const reader = useReader();
  const { change } = useQuery();
  const { items, next } = links;
  const make = (
    <Button
      variant={items.length === 0 ? "filled" : "default"}
      leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />}
      onClick={() => change({ new: "link" })}
    >
      {m.sharing_page_link_new()}
    </Button>
  );
  return (
    <Part>
      <SectionHeader title={m.sharing_page_links()} aside={items.length > 0 ? make : undefined} />
      <ListTable
        label={m.sharing_page_links()}
        columns={columnsFor(reader)}
        rows={items}
        rowKey={(link) => link.id}
        rowName={(link) => link.name}
        empty={
          <EmptyState
            icon={<IconLink size={24} stroke={1.6} aria-hidden />}
            title={m.sharing_page_links_empty()}
            text={m.sharing_page_links_empty_text()}
            action={make}
          />
        }
        next={next === null ? undefined : `?after=${encodeURIComponent(next)}`}
      />
      <NewLink asked={asked} />
    </Part>
  );
}

const stateWords = {
  open: m.sharing_page_state_open,
  expired: m.sharing_page_state_expired,
  revoked: m.sharing_page_state_revoked,
} satisfies Record<LinkState, () => string>;

function columnsFor(reader: Reader): Column<AuditLink>[] {
  return [
    {
      key: "name",
      title: m.sharing_page_link_name(),
      cell: (link) => (
        <>
          <b className={classes["name"]}>{link.name}</b>
          <small className={classes["shows"]}>{showsText(link.shows, reader)}</small>
          <span className={classes["tags"]}>
            {link.hasPassword && <Tag>{m.sharing_page_with_password()}</Tag>}
            {link.shows.names && <Tag tone="warning">{m.sharing_page_with_names()}</Tag>}
          </span>
        </>
      ),
    },
    {
      key: "state",
      title: m.sharing_page_link_state(),
      cell: ({ state }) => <Tag tone={state === "open" ? "good" : "quiet"}>{stateWords[state]()}</Tag>,
    },
    {
      key: "until",
      title: m.sharing_page_link_until(),
      wide: true,
      cell: (link) => formatDateShort(Date.parse(link.expiresAt), reader),
    },
    {
      key: "opened",
      title: m.sharing_page_link_opened(),
      wide: true,
      cell: (link) => openedText(link, reader),
    },
    {
      key: "revoke",
      title: "",
      align: "right",
      cell: (link) => (link.state === "open" ? <Revoke link={link} /> : null),
    },
  ];
}

function openedText({ opened, openedAt }: AuditLink, reader: Reader): string {
  if (openedAt === null) return m.sharing_page_never();
  return `${m.sharing_page_times({ count: opened })}, ${formatDateShort(Date.parse(openedAt), reader)}`;
}

function Revoke({ link }: { link: AuditLink }) {
  const fetcher = useFetcher();
  return (
    <Confirm
      title={m.sharing_page_link_revoke_title({ name: link.name })}
      text={m.sharing_page_link_revoke_text()}
      confirm={m.sharing_page_link_revoke()}
      danger
      onConfirm={() => void fetcher.submit({ deed: "revoke", link: link.id }, { method: "post" })}
    >
      {(ask) => (
        <Button variant="default" size="compact-sm" loading={fetcher.state !== "idle"} onClick={ask}>
          {m.sharing_page_link_revoke()}
        </Button>
      )}
    </Confirm>
  );
}
