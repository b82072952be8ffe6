import { Button } from "@mantine/core";
import { Link } from "react-router";
import { m } from "#words";
import { dateToDay } from "#src/base/clock.ts";
import { formatDay, type Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { MemberBehind } from "../../../model.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { messagesOf } from "./evidence.ts";
import { type Rows, useMoreRows } from "./more-rows.ts";
import { shownName } from "./named.ts";
import classes from "./behind.module.css";

/** Members behind a number; each opens their messages of the period. */
export function MembersList({ first }: { first: Rows<MemberBehind> }) {
  const view = useAudit();
  const reader = useReader();
  const { rows, total, more, loading } = useMoreRows(first);
  if (rows.length === 0) return <p className={classes["note"]}>{m.analytics_page_panel_empty()}</p>;
  return (
    <>
      {total !== undefined && <p className={classes["note"]}>{m.analytics_page_people({ count: total })}</p>}
      <ol className={classes["messages"]}>
        {rows.map((row) => (
          <li key={row.id} className={classes["member"]}>
            <Link to={evidenceHref(view, messagesOf({ kind: "member", member: row.id }))} preventScrollReset>
              {shownName(row)}
            </Link>
            <span>{detailOf(row, reader)}</span>
          </li>
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

function detailOf({ messages, activeDays, lastDay }: MemberBehind, reader: Reader): string {
  const day = formatDay(dateToDay(lastDay) ?? 0, reader);
  return [
    m.analytics_page_messages_count({ count: messages }),
    m.analytics_page_active_days_count({ count: activeDays }),
    m.analytics_page_last_wrote({ day }),
  ].join(", ");
}
