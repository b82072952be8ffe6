import { Anchor } from "@mantine/core";
import { Link, type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { formatAgo, formatMoment, formatNumber, type Reader } from "#src/web/kit/format.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { PlatformDot } from "#src/web/kit/platform-dot.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import type { Allowed, Connection } from "../../model.ts";
import classes from "./connections.module.css";
import { capabilityWords, failureSentence, platformName } from "./platform-words.ts";

export const meta = () => [{ title: `${m.connections_page_health()} · ${m.web_name()}` }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { connections } = context.get(visitContext).api;
  const { items } = await connections.list({ community: params["community"] ?? "" });
  return { items, now: Date.now() };
}

/** How each of the community's ways into platforms does: what comes in, what goes out, what is missing. */
export default function ConnectionsPage() {
  const { items, now } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={m.connections_page_health()} lead={m.connections_page_health_lead()} />
      {items.length === 0 && (
        <EmptyState title={m.connections_page_health_none()} text={m.connections_page_health_none_text()} />
      )}
      {items.map((connection) => (
        <Part key={connection.id}>
          <One connection={connection} now={now} />
        </Part>
      ))}
    </>
  );
}

const stateLooks = {
  well: { word: m.connections_state_well, tone: "good" },
  attention: { word: m.connections_state_attention, tone: "warning" },
  failing: { word: m.connections_state_failing, tone: "bad" },
  off: { word: m.connections_state_off, tone: "quiet" },
} as const;

function titleOf({ platform, name, isOurs }: Connection): string {
  return isOurs ? m.connections_own_site() : `${platformName(platform)}: ${name}`;
}

interface Shown {
  readonly connection: Connection;
  readonly now: number;
}

function One({ connection, now }: Shown) {
  const { word, tone } = stateLooks[connection.state];
  return (
    <article aria-label={titleOf(connection)}>
      <h2 className={classes["title"]}>
        <PlatformDot platform={connection.platform} name={platformName(connection.platform)} size={22} />
        <span>
          {titleOf(connection)} <Tag tone={tone}>{word()}</Tag>
        </span>
      </h2>
      <Reasons connection={connection} now={now} />
      <Figures connection={connection} now={now} />
      <Gaps connection={connection} />
    </article>
  );
}

/** What is to be done about it, each with the place where; a sentence when there is nothing to do. */
function Reasons({ connection, now }: Shown) {
  const reader = useReader();
  const reasons = reasonsOf(connection, { now, reader });
  const { community = "" } = useParams();
  if (connection.state === "off") return <p className={classes["say"]}>{m.connections_say_off()}</p>;
  if (reasons.length === 0) return <p className={classes["say"]}>{m.connections_say_well()}</p>;
  return (
    <ul className={classes["reasons"]}>
      {reasons.map(({ text, to, detail }) => (
        <li key={text}>
          {text}{" "}
          {to !== undefined && (
            <Anchor component={Link} underline="always" to={`/console/${community}/${to}`}>
              {m.connections_look()}
            </Anchor>
          )}
          {detail !== undefined && <code className={classes["code"]}>{detail}</code>}
        </li>
      ))}
    </ul>
  );
}

interface Reason {
  readonly text: string;
  readonly to?: string;
  readonly detail?: string;
}

function reasonsOf(connection: Connection, { now, reader }: { now: number; reader: Reader }): Reason[] {
  const { failure, failingSince, missing, unknown, dead, setAside, oldestWaitingAt, pausedUntil, state } = connection;
  const at = (moment: string | null): string => formatMoment(Date.parse(moment ?? ""), reader);
  const undecided = unknown + dead;
  const isSlow = state === "attention" && oldestWaitingAt !== null && Date.parse(oldestWaitingAt) < now - 900_000;
  return [
    failure === null
      ? []
      : { text: `${m.connections_say_failing({ at: at(failingSince) })} ${failureSentence(failure)}`, detail: failure },
    missing.length === 0
      ? []
      : {
          text: m.connections_say_missing({
            what: missing.map((name) => m.connections_quoted({ what: rightName(name) })).join(", "),
          }),
        },
    undecided === 0
      ? []
      : { text: m.connections_say_undecided({ count: undecided }), to: "platforms/outbox?view=person" },
    setAside === 0 ? [] : { text: m.connections_say_aside({ count: setAside }), to: "settings/log" },
    isSlow ? { text: m.connections_say_slow({ at: at(oldestWaitingAt) }), to: "platforms/outbox" } : [],
    pausedUntil === null ? [] : { text: m.connections_say_paused({ at: at(pausedUntil) }) },
  ].flat();
}

function rightName(name: string): string {
  const words: Readonly<Record<string, () => string>> = capabilityWords satisfies Record<
    Allowed["capability"],
    unknown
  >;
  return words[name]?.() ?? name;
}

function Figures({ connection, now }: Shown) {
  const reader = useReader();
  const { lastEventAt, receivedToday, waiting, checkedAt, tokenSince, isOurs, missing, oldestWaitingAt } = connection;
  const ago = (moment: string | null, none: string): string =>
    moment === null ? none : formatAgo(Date.parse(moment), now, reader);
  // What failed is tried again later: until then it waits for its hour, not for anybody.
  const isDue = oldestWaitingAt !== null && Date.parse(oldestWaitingAt) <= now;
  const token = isOurs ? m.connections_token_none() : ago(tokenSince, m.connections_token_missing());
  const figures: [string, string][] = [
    [m.connections_last_event(), ago(lastEventAt, m.connections_never())],
    [m.connections_received(), formatNumber(receivedToday, reader)],
    [m.connections_waiting(), formatNumber(waiting, reader)],
    [m.connections_oldest(), ago(isDue ? oldestWaitingAt : null, m.connections_nothing())],
    [m.connections_rights(), missing.length === 0 ? m.connections_rights_all() : formatNumber(missing.length, reader)],
    [m.connections_token(), token],
    [m.connections_checked(), ago(checkedAt, m.connections_not_yet())],
  ];
  return (
    <dl className={classes["figures"]}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Gaps({ connection: { gaps } }: { connection: Connection }) {
  const reader = useReader();
  if (gaps.length === 0) return null;
  const moment = (at: string): string => formatMoment(Date.parse(at), reader);
  return (
    <>
      <h3 className={classes["gaps"]}>{m.connections_gaps()}</h3>
      <ul className={classes["reasons"]}>
        {gaps.map(({ from, until }) => (
          <li key={from}>{m.connections_gap({ from: moment(from), until: moment(until) })}</li>
        ))}
      </ul>
    </>
  );
}
