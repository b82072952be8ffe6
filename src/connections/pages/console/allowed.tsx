import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { m } from "#words";
import { visitContext } from "#src/web/context.ts";
import { dateToDay } from "#src/base/clock.ts";
import { formatDay, type Reader } from "#src/web/kit/format.ts";
import { PageHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { PlatformDot } from "#src/web/kit/platform-dot.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { Tag } from "#src/web/kit/tag.tsx";
import { ViewTabs } from "#src/web/kit/view-tabs.tsx";
import type { Allowed, AllowingPlatform } from "../../model.ts";
import classes from "./allowed.module.css";
import { capabilityWords, platformName } from "./platform-words.ts";

export const meta = () => [{ title: `${m.connections_page_allowed()} · ${m.web_name()}` }];

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { connections } = context.get(visitContext).api;
  const { items } = await connections.platforms({ community: params["community"] ?? "" });
  const chosen = new URL(request.url).searchParams.get("platform");
  return { platforms: items, chosen: items.find(({ name }) => name === chosen) };
}

const supportLooks = {
  yes: { word: m.connections_support_yes, tone: "good" },
  partly: { word: m.connections_support_partly, tone: "warning" },
  no: { word: m.connections_support_no, tone: "bad" },
  unverified: { word: m.connections_support_unverified, tone: "quiet" },
} as const;

/** What platforms let programs do for a community: all of them beside each other, or one with every reason written out. */
export default function AllowedPage() {
  const { platforms, chosen } = useLoaderData<typeof loader>();
  const tabs = platforms.map(({ name }) => ({
    to: `?platform=${name}`,
    label: platformName(name),
    current: chosen?.name === name,
  }));
  return (
    <>
      <PageHeader title={m.connections_page_allowed()} lead={m.connections_page_allowed_lead()} />
      <ViewTabs
        label={m.connections_page_choose()}
        tabs={[{ to: "?", label: m.connections_page_all(), current: chosen === undefined }, ...tabs]}
      />
      <Part>{chosen === undefined ? <Matrix platforms={platforms} /> : <OnePlatform platform={chosen} />}</Part>
    </>
  );
}

function Matrix({ platforms }: { platforms: readonly AllowingPlatform[] }) {
  const reader = useReader();
  return (
    // What scrolls sideways has to be reached by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes["scroll"]} tabIndex={0} role="region" aria-label={m.connections_page_allowed()}>
      <table className={classes["table"]} aria-label={m.connections_page_allowed()}>
        <thead>
          <tr>
            <th scope="col">{m.connections_page_what()}</th>
            {platforms.map(({ name }) => (
              <th key={name} scope="col">
                <PlatformDot platform={name} /> {platformName(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {platforms[0]?.allows.map(({ capability }, row) => (
            <tr key={capability}>
              <th scope="row">{capabilityWords[capability]()}</th>
              {platforms.map(({ name, allows }) => (
                <td key={name}>
                  <Cell allowed={allows[row]} reader={reader} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Support({ support }: { support: Allowed["support"] }) {
  const { word, tone } = supportLooks[support];
  return <Tag tone={tone}>{word()}</Tag>;
}

function Cell({ allowed, reader }: { allowed: Allowed | undefined; reader: Reader }) {
  if (allowed === undefined) return null;
  if (allowed.reason === null) return <Support support={allowed.support} />;
  return (
    <details className={classes["why"]}>
      <summary>
        <Support support={allowed.support} />
      </summary>
      <p>{allowed.reason}</p>
      <p className={classes["source"]}>{readIn(allowed, reader)}</p>
    </details>
  );
}

function readIn({ source, checked }: Allowed, reader: Reader): string {
  const day = checked === null ? undefined : dateToDay(checked);
  if (source === null || day === undefined) return m.connections_page_unread();
  return m.connections_page_read_in({ source, day: formatDay(day, reader) });
}

function OnePlatform({ platform }: { platform: AllowingPlatform }) {
  const reader = useReader();
  return (
    <ul className={classes["list"]} aria-label={platformName(platform.name)}>
      {platform.allows.map((allowed) => (
        <li key={allowed.capability}>
          <b>{capabilityWords[allowed.capability]()}</b>
          <Support support={allowed.support} />
          <p>{allowed.reason ?? (allowed.support === "yes" ? m.connections_page_plain() : "")}</p>
          <p className={classes["source"]}>{readIn(allowed, reader)}</p>
        </li>
      ))}
    </ul>
  );
}
