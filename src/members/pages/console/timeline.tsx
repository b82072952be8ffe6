import { Button } from "@mantine/core";
import { useState } from "react";
import { Link, useFetcher, useParams } from "react-router";
import { m } from "#words";
import { formatDate, formatNumber, formatTime, type Reader } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { TextSkeleton } from "#src/web/kit/skeletons.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import type { TimelineEntry } from "../../model.ts";
import { kindWord } from "./kind-word.ts";
import { shownName } from "./member-name.tsx";
import classes from "./timeline.module.css";
import said from "./said.module.css";
import { linesOf, type TimelineLine, type TimelineMark } from "./timeline-marks.ts";

/** Longer messages are shown by their beginning, so that one does not fill the screen. */
const FOLDED_FROM = 500;

/** A page of a member's messages as the loader gives it. */
export interface TimelinePage {
  readonly items: readonly TimelineEntry[];
  readonly next: string | null;
}

/** A member's messages and what else happened with them, newest first, by days; older ones come when asked for. */
export function Timeline({ first, marks }: { first: TimelinePage; marks: readonly TimelineMark[] }) {
  const reader = useReader();
  const { pages, more, busy } = useOlder(first);
  const entries = pages.flatMap((page) => page.items);
  const lines = linesOf(entries, marks, more === undefined);
  if (lines.length === 0) return <p className={classes["none"]}>{m.members_no_messages()}</p>;
  return (
    <>
      <ol className={classes["list"]}>
        {lines.map((line, place) => {
          const day = formatDate(Date.parse(line.at), reader);
          const before = lines[place - 1];
          const isNewDay = before === undefined || formatDate(Date.parse(before.at), reader) !== day;
          return (
            <li key={line.key}>
              {isNewDay && <h3 className={classes["day"]}>{day}</h3>}
              {line.kind === "message" ? <Entry entry={line.entry} reader={reader} /> : <Happened line={line} />}
            </li>
          );
        })}
      </ol>
      {busy && <TextSkeleton lines={4} />}
      {more !== undefined && (
        <Button variant="default" onClick={more} loading={busy}>
          {m.members_older()}
        </Button>
      )}
    </>
  );
}

/** The pages read so far, and how to read the next. The page gives each member a timeline of its own by a key. */
function useOlder(first: TimelinePage): { pages: TimelinePage[]; more: (() => void) | undefined; busy: boolean } {
  const fetcher = useFetcher<{ timeline: TimelinePage }>();
  const [older, setOlder] = useState<TimelinePage[]>([]);
  const answered = fetcher.data?.timeline;
  const isNew = answered !== undefined && older.every((page) => page.items[0]?.id !== answered.items[0]?.id);
  if (isNew) setOlder([...older, answered]);
  const pages = [first, ...older];
  const next = pages.at(-1)?.next ?? undefined;
  const more = next === undefined ? undefined : () => void fetcher.load(`?before=${encodeURIComponent(next)}`);
  return { pages, more, busy: fetcher.state !== "idle" };
}

/** Something that happened besides messages, in one quiet line. */
function Happened({ line }: { line: Extract<TimelineLine, { kind: "mark" }> }) {
  const reader = useReader();
  return (
    <p className={classes["happened"]}>
      <time dateTime={line.at}>{formatTime(Date.parse(line.at), reader)}</time> <bdi>{line.text}</bdi>
    </p>
  );
}

function Entry({ entry, reader }: { entry: TimelineEntry; reader: Reader }) {
  const { community } = useParams();
  const { replyTo } = entry;
  return (
    <article className={classes["entry"]}>
      <p className={said["about"]}>
        <time dateTime={entry.sentAt}>{formatTime(Date.parse(entry.sentAt), reader)}</time>
        <bdi>{entry.space.name}</bdi>
        {replyTo !== null && (
          <span>
            {m.members_in_reply_to()}{" "}
            <Link to={`/console/${community}/members/${replyTo.memberId}`}>
              <bdi>{shownName(replyTo.name)}</bdi>
            </Link>
          </span>
        )}
        {entry.reactions > 0 && <span>{m.members_reactions({ count: entry.reactions })}</span>}
        {entry.kind !== "text" && <Tag>{kindWord(entry.kind)}</Tag>}
      </p>
      {entry.text !== "" && <Words entry={entry} reader={reader} />}
    </article>
  );
}

/** What a message says; a long one begins folded. */
function Words({ entry, reader }: { entry: TimelineEntry; reader: Reader }) {
  const [whole, setWhole] = useState(entry.text.length <= FOLDED_FROM);
  const text = whole ? entry.text : Array.from(entry.text.slice(0, FOLDED_FROM)).slice(0, -1).join("");
  return (
    <p className={said["text"]} dir="auto">
      {text}
      {(!whole || entry.isCut) && "…"}
      {whole && entry.isCut && (
        <small className={classes["cut"]}> {m.members_cut({ count: formatNumber(entry.text.length, reader) })}</small>
      )}
      {!whole && (
        <Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
          {m.members_whole_text()}
        </Button>
      )}
    </p>
  );
}
