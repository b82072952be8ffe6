import { Button, Group } from "@mantine/core";
import { useRef } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { m } from "#words";
import { showDone, showUndo } from "#src/web/kit/toast.tsx";
import type { Segment } from "../../segments/model.ts";
import { askOf, editHref, filterOf, isNarrowed, isSameFilter } from "./list-address.ts";
import classes from "./list-filters.module.css";
import { useDeed } from "./use-deed.ts";

/**
 * Changes whom a segment holds: the list shows who would belong and how many, and the change can be taken back. Inside a
 * segment it is the way there.
 */
export function EditSegment({ segments }: { segments: readonly Segment[] }) {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  // By the time of the answer the list of segments is read anew and holds the filter that was saved.
  const before = useRef<Segment>(undefined);
  const { perform, busy } = useDeed((_, deed, next) => {
    if (!("refilterSegment" in deed) || before.current === undefined) return;
    const { id, name, filter } = before.current;
    if (query.get("edit") !== id) return showDone(m.members_segment_filter_back({ name }));
    showUndo(m.members_segment_filter_saved({ name }), () => next({ refilterSegment: { id, filter } }));
    return void navigate(`?segment=${id}`);
  });
  const edited = segments.find(({ id }) => id === query.get("edit"));
  if (edited === undefined) return <EditLink segment={segments.find(({ id }) => id === query.get("segment"))} />;
  const { segment: _, ...filter } = filterOf(askOf(query));
  const mayBeSaved = isNarrowed(query) && !isSameFilter(filter, edited.filter);
  return (
    <section className={classes["edit"]} aria-label={m.members_segment_filter()}>
      <p>{m.members_segment_changing({ name: edited.name })}</p>
      <Group gap="xs">
        <Button
          size="compact-md"
          loading={busy}
          disabled={!mayBeSaved}
          onClick={() => {
            before.current = edited;
            perform({ refilterSegment: { id: edited.id, filter } });
          }}
        >
          {m.members_segment_filter_save()}
        </Button>
        <Button component={Link} to={`?segment=${edited.id}`} size="compact-md" variant="default">
          {m.web_cancel()}
        </Button>
      </Group>
    </section>
  );
}

function EditLink({ segment }: { segment: Segment | undefined }) {
  const to = segment && editHref(segment);
  if (to === undefined) return null;
  return (
    <Button component={Link} to={to} size="compact-sm" variant="subtle" mb={8}>
      {m.members_segment_filter()}
    </Button>
  );
}
