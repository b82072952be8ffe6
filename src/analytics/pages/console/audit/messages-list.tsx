import { Button } from "@mantine/core";
import { Link } from "react-router";
import { m } from "#words";
import { formatMoment, formatZone } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { MessageBehind } from "../../../model.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { messagesOf } from "./evidence.ts";
import { type Rows, useMoreRows } from "./more-rows.ts";
import { shownName } from "./named.ts";
import classes from "./behind.module.css";

/** Messages behind a number, as text and nothing but text: author, time by the community's clock, space. */
export function MessagesList({ first }: { first: Rows<MessageBehind> }) {
  const { audit } = useAudit();
  const reader = useReader();
  const { rows, total, more, loading } = useMoreRows(first);
  if (rows.length === 0) return <p className={classes["note"]}>{m.analytics_page_panel_empty()}</p>;
  return (
    <>
      <p className={classes["note"]}>
        {total !== undefined && `${m.analytics_page_messages_count({ count: total })}. `}
        {m.analytics_page_clock_note({ zone: formatZone(audit.timeZone, reader) })}
      </p>
      <ol className={classes["messages"]}>
        {rows.map((row) => (
          <Message key={row.id} row={row} />
        ))}
      </ol>
      {more !== undefined && (
        <Button variant="default" fullWidth mt={16} loading={loading} onClick={more}>
          {m.analytics_page_more()}
        </Button>
      )}
    </>
  );
}

function Message({ row }: { row: MessageBehind }) {
  const view = useAudit();
  const reader = useReader();
  const moment = formatMoment(Date.parse(row.sentAt), { ...reader, timeZone: view.audit.timeZone });
  return (
    <li className={classes["message"]}>
      <div className={classes["head"]}>
        <Link
          to={evidenceHref(view, messagesOf({ kind: "member", member: row.member.id }))}
          preventScrollReset
          title={m.analytics_page_open_member()}
        >
          {shownName(row.member)}
        </Link>
        <time dateTime={row.sentAt}>{moment}</time>
      </div>
      {row.text === "" ? (
        <p className={classes["wordless"]}>
          {m.analytics_page_without_text({ kind: m.analytics_page_kind({ kind: row.kind }) })}
        </p>
      ) : (
        <p className={classes["text"]} dir="auto">
          {row.text}
        </p>
      )}
      <div className={classes["place"]}>
        <span>{row.space.name}</span>
        <Link to={evidenceHref(view, messagesOf({ kind: "thread", message: row.id }))} preventScrollReset>
          {m.analytics_page_open_thread()}
        </Link>
        {row.count !== undefined && <span>{m.analytics_page_reactions_count({ count: row.count })}</span>}
      </div>
    </li>
  );
}
