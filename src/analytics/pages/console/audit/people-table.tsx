import { m } from "#words";
import { formatNumber } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import type { Audit } from "../../../model.ts";
import { evidenceHref, useAudit } from "./audit-context.ts";
import { AuditLink } from "./audit-link.tsx";
import { messagesOf } from "./evidence.ts";
import { shareText } from "./figure-text.ts";
import { shownName } from "./named.ts";
import figures from "./figures-table.module.css";
import classes from "./people-table.module.css";

type Top = Audit["top"][number];

/** Those who wrote most: how much, on how many days, and with how many people they talk. A name opens the messages. */
export function PeopleTable({ people }: { people: readonly Top[] }) {
  const most = Math.max(1, ...people.map(({ messages }) => messages));
  const knowsReplies = people.some(({ repliesTo, repliedBy }) => repliesTo + repliedBy > 0);
  return (
    <table className={`${figures["table"]} ${classes["table"]}`} aria-label={m.analytics_page_top_people()}>
      <thead>
        <tr>
          <th scope="col">{m.analytics_page_person()}</th>
          <th scope="col">{m.analytics_page_messages()}</th>
          <th scope="col">{m.analytics_page_share_of_all()}</th>
          {knowsReplies ? (
            <>
              <th scope="col">{m.analytics_page_contacts()}</th>
              <th scope="col">{m.analytics_page_contacts_by()}</th>
            </>
          ) : (
            <th scope="col">{m.analytics_page_active_days()}</th>
          )}
        </tr>
      </thead>
      <tbody>
        {people.map((top) => (
          <Row key={top.member.id} top={top} most={most} knowsReplies={knowsReplies} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ top, most, knowsReplies }: { top: Top; most: number; knowsReplies: boolean }) {
  const view = useAudit();
  const reader = useReader();
  const { member, messages, share, role, repliesTo, repliedBy, activeDays } = top;
  const names = top.to.map(shownName).join(", ");
  const number = (value: number) => formatNumber(value, reader, 0);
  return (
    <tr>
      <th scope="row">
        <span className={classes["line"]}>
          <AuditLink to={evidenceHref(view, messagesOf({ kind: "member", member: member.id }))}>
            {shownName(member)}
          </AuditLink>
          {role !== undefined && <small>{m.analytics_page_role({ role })}</small>}
        </span>
        {names !== "" && <span className={classes["to"]}>{m.analytics_page_answers_most({ names })}</span>}
        <span className={figures["track"]} aria-hidden>
          <span style={{ width: `${(messages / most) * 100}%` }} />
        </span>
      </th>
      <td>{number(messages)}</td>
      <td>{shareText(share, reader)}</td>
      {knowsReplies ? (
        <>
          <td>{number(repliesTo)}</td>
          <td>{number(repliedBy)}</td>
        </>
      ) : (
        <td>{number(activeDays)}</td>
      )}
    </tr>
  );
}
