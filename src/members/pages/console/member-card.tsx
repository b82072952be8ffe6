import { useParams } from "react-router";
import { m } from "#words";
import { CopyButton } from "#src/web/kit/copy-button.tsx";
import { formatDate, formatNumber } from "#src/web/kit/format.ts";
import { PlatformDot } from "#src/web/kit/platform-dot.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { BarList } from "#src/web/kit/bar-list.tsx";
import type { Account, Member, Tie } from "../../model.ts";
import { accountName, shownName } from "./member-name.tsx";
import classes from "./member-card.module.css";

/** The accounts of a member, each with its platform and a way to copy its id. */
export function Accounts({ accounts }: { accounts: readonly Account[] }) {
  return (
    <ul className={classes["accounts"]} aria-label={m.members_accounts()}>
      {accounts.map((account) => (
        <li key={`${account.platform} ${account.externalId}`}>
          <PlatformDot platform={account.platform} />
          <span className={classes["names"]}>
            <bdi>{accountName(account)}</bdi>
            {account.username !== null && <small>{account.externalId}</small>}
          </span>
          <CopyButton text={account.externalId} label={m.members_copy_id()} />
        </li>
      ))}
    </ul>
  );
}

/** What is known of a member in numbers and dates, as pairs of words. */
export function MemberFacts({ member }: { member: Member }) {
  const reader = useReader();
  const facts: [string, string][] = [
    [m.members_column_messages(), formatNumber(member.messages, reader)],
    [m.members_column_active_days(), formatNumber(member.activeDays, reader)],
    [m.members_fact_replies(), formatNumber(member.replies, reader)],
    [m.members_fact_questions(), formatNumber(member.questions, reader)],
    [m.members_column_first_seen(), formatDate(Date.parse(member.firstSeenAt), reader)],
    [
      m.members_column_last_active(),
      member.lastActiveAt === null ? m.members_never_wrote() : formatDate(Date.parse(member.lastActiveAt), reader),
    ],
  ];
  return (
    <dl className={classes["facts"]}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Where a member writes, the most messages first. */
export function MemberSpaces({ member }: { member: Member }) {
  const { community } = useParams();
  const reader = useReader();
  const more = member.spaceCount - member.spaces.length;
  return (
    <>
      <BarList
        label={m.members_spaces()}
        bars={member.spaces.map((space) => ({
          key: space.id,
          name: <bdi>{space.name}</bdi>,
          value: space.messages,
          shown: formatNumber(space.messages, reader),
          href: `/console/${community}/members?space=${space.id}`,
        }))}
      />
      {more > 0 && <p className={classes["more"]}>{m.members_more_spaces({ count: more })}</p>}
    </>
  );
}

/** People a member talks with, each a link to them. */
export function Ties({ label, ties, none }: { label: string; ties: readonly Tie[]; none: string }) {
  const { community } = useParams();
  const reader = useReader();
  if (ties.length === 0) return <p className={classes["more"]}>{none}</p>;
  return (
    <BarList
      label={label}
      bars={ties.map((tie) => ({
        key: tie.id,
        name: <bdi>{shownName(tie.name)}</bdi>,
        value: tie.answers,
        shown: formatNumber(tie.answers, reader),
        href: `/console/${community}/members/${tie.id}`,
      }))}
    />
  );
}

/** What a coming or going is called. */
export const moveWords = { joined: m.members_joined, left: m.members_left, removed: m.members_removed };

/** When a member came and went, newest first. */
export function Moves({ moves }: { moves: Member["moves"] }) {
  const reader = useReader();
  return (
    <ul className={classes["moves"]}>
      {moves.map((move) => (
        <li key={`${move.kind} ${move.at} ${move.space.id}`}>
          <span>{moveWords[move.kind]({ space: move.space.name })}</span>
          <time dateTime={move.at}>{formatDate(Date.parse(move.at), reader)}</time>
        </li>
      ))}
    </ul>
  );
}
