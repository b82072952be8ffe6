import { Button, Group, TextInput } from "@mantine/core";
import { IconTag, IconUsersGroup } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Link, type LoaderFunctionArgs, useLoaderData, useParams } from "react-router";
import { m } from "#words";
import { allows } from "#src/accounts/model.ts";
import { visitContext } from "#src/web/context.ts";
import { formatNumber } from "#src/web/kit/format.ts";
import { PageHeader, SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { showUndo } from "#src/web/kit/toast.tsx";
import { LONGEST_SEGMENT_NAME, type Segment } from "../../segments/model.ts";
import { type CountedTag, LONGEST_TAG } from "../../tags/model.ts";
import { editHref } from "./list-address.ts";
import classes from "./segments.module.css";
import { type Doing, useDeed } from "./use-deed.ts";

export const meta = () => [{ title: `${m.members_segments_title()} · ${m.web_name()}` }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { api } = context.get(visitContext);
  const community = params["community"] ?? "";
  const [segments, tags, about] = await Promise.all([
    api.members.segments({ community }),
    api.members.tags({ community }),
    api.communities.get({ community }),
  ]);
  return {
    segments: segments.items,
    tags: tags.items,
    maySegments: allows(about.role, "segments.change"),
    mayTags: allows(about.role, "members.change"),
  };
}

/** The team's segments and tags: how many each holds, their names, and taking them away. */
export default function SegmentsPage() {
  const { segments, tags, maySegments, mayTags } = useLoaderData<typeof loader>();
  // Asked for here and not by the row: the row is gone before the answer is there.
  const doing = useDeed((_, deed, next) => {
    if ("deleteSegment" in deed)
      showUndo(m.members_segment_deleted(), () => next({ restoreSegment: deed.deleteSegment }));
    if ("deleteTag" in deed) showUndo(m.members_tag_deleted(), () => next({ restoreTag: deed.deleteTag }));
  });
  return (
    <>
      <PageHeader title={m.members_segments_title()} lead={m.members_segments_lead()} />
      <Part>
        <SectionHeader title={m.members_segments()} />
        {segments.length === 0 && <NoSegments />}
        <ul className={classes["list"]}>
          {segments.map((segment) => (
            <SegmentRow key={segment.id} segment={segment} doing={maySegments ? doing : undefined} />
          ))}
        </ul>
      </Part>
      <Part>
        <SectionHeader title={m.members_tags()} />
        {tags.length === 0 && (
          <EmptyState
            icon={<IconTag size={24} stroke={1.6} aria-hidden />}
            title={m.members_tags_none()}
            text={m.members_tags_none_text()}
          />
        )}
        <ul className={classes["list"]}>
          {tags.map((tag) => (
            <TagRow key={tag.id} tag={tag} doing={mayTags ? doing : undefined} />
          ))}
        </ul>
      </Part>
    </>
  );
}

function NoSegments() {
  const { community } = useParams();
  return (
    <EmptyState
      icon={<IconUsersGroup size={24} stroke={1.6} aria-hidden />}
      title={m.members_segments_none()}
      text={m.members_segments_none_text()}
      action={
        <Button component={Link} to={`/console/${community ?? ""}/members`} variant="default">
          {m.members_title()}
        </Button>
      }
    />
  );
}

function SegmentRow({ segment, doing }: { segment: Segment; doing: Doing | undefined }) {
  const { community } = useParams();
  const reader = useReader();
  const { id, name, members } = segment;
  return (
    <li>
      <Link to={`/console/${community ?? ""}/members?segment=${id}`} className={classes["name"]}>
        <bdi>{name}</bdi>
      </Link>
      <span className={classes["count"]}>
        {members === null
          ? m.members_segment_counting()
          : m.members_total_shown({ count: members, shown: formatNumber(members, reader) })}
      </span>
      {doing !== undefined && (
        <Group gap="xs">
          <FilterLink segment={segment} />
          <Rename
            name={name}
            longest={LONGEST_SEGMENT_NAME}
            busy={doing.busy}
            save={(wanted) => doing.perform({ renameSegment: { id, name: wanted } })}
          />
          <Button
            size="compact-sm"
            variant="subtle"
            loading={doing.busy}
            onClick={() => doing.perform({ deleteSegment: id })}
          >
            {m.members_delete()}
          </Button>
        </Group>
      )}
    </li>
  );
}

/** The way to another filter, unless the list has no control for what this one asks. */
function FilterLink({ segment }: { segment: Segment }) {
  const { community } = useParams();
  const to = editHref(segment);
  if (to === undefined) return <small className={classes["count"]}>{m.members_segment_filter_other()}</small>;
  return (
    <Button component={Link} to={`/console/${community ?? ""}/members${to}`} size="compact-sm" variant="subtle">
      {m.members_segment_filter()}
    </Button>
  );
}

function TagRow({ tag, doing }: { tag: CountedTag; doing: Doing | undefined }) {
  const { community } = useParams();
  const reader = useReader();
  const { id, name, members } = tag;
  return (
    <li>
      <Link to={`/console/${community ?? ""}/members?tag=${id}`} className={classes["name"]}>
        <bdi>{name}</bdi>
      </Link>
      <span className={classes["count"]}>
        {m.members_total_shown({ count: members, shown: formatNumber(members, reader) })}
      </span>
      {doing !== undefined && (
        <Group gap="xs">
          <Rename
            name={name}
            longest={LONGEST_TAG}
            busy={doing.busy}
            save={(wanted) => doing.perform({ renameTag: { id, name: wanted } })}
          />
          <Button
            size="compact-sm"
            variant="subtle"
            loading={doing.busy}
            onClick={() => doing.perform({ deleteTag: id })}
          >
            {m.members_delete()}
          </Button>
        </Group>
      )}
    </li>
  );
}

function Rename(props: { name: string; longest: number; busy: boolean; save: (name: string) => void }) {
  const [text, setText] = useState<string>();
  if (text === undefined)
    return (
      <Button size="compact-sm" variant="subtle" onClick={() => setText(props.name)}>
        {m.members_rename()}
      </Button>
    );
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setText(undefined);
    if (text.trim() !== "" && text.trim() !== props.name) props.save(text);
  };
  return (
    <form onSubmit={send} style={{ display: "flex", gap: 8 }}>
      <TextInput
        size="xs"
        aria-label={m.members_rename()}
        value={text}
        maxLength={props.longest}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <Button type="submit" size="xs" loading={props.busy}>
        {m.members_save()}
      </Button>
    </form>
  );
}
