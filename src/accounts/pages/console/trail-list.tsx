import { Button } from "@mantine/core";
import { IconHistory, IconHistoryOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import { FilterChip, FilterChips } from "#src/web/kit/filter-chips.tsx";
import { formatMoment, type Reader } from "#src/web/kit/format.ts";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { useReader } from "#src/web/kit/reader.ts";
import { EmptyState } from "#src/web/kit/states.tsx";
import { roles, type TrailChoices, type TrailRow } from "../../model.ts";
import { deedName, detailText } from "./deed-name.ts";
import { roleName } from "./role-name.ts";
import { trailDays, trailFilters } from "./trail-address.ts";
import classes from "./trail-list.module.css";

/** A page of the record with what it may be narrowed by. */
export interface TrailPage {
  readonly items: readonly TrailRow[];
  readonly next: string | null;
  readonly choices: TrailChoices;
}

/** The record of who did what, with filters and pages. */
export function TrailList({ items, next, choices }: TrailPage) {
  const { read, href } = useQuery();
  const reader = useReader();
  const narrowed = trailFilters.some((name) => read(name) !== undefined);
  return (
    <>
      <TrailFilters choices={choices} />
      <ListTable
        label={m.trail_title()}
        stacks
        columns={columnsFor(reader)}
        rows={items}
        rowKey={(row) => String(row.seq)}
        empty={narrowed ? <NothingFits /> : <NothingYet />}
        next={next === null ? undefined : href({ after: next })}
        previous={read("after") === undefined ? undefined : href({ after: undefined })}
      />
    </>
  );
}

function TrailFilters({ choices }: { choices: TrailChoices }) {
  const { read, change } = useQuery();
  const actors = choices.actors.map(({ id, name }) => ({ value: id, label: name ?? m.trail_actor_gone() }));
  const deeds = choices.operations.map((operation) => ({ value: operation, label: deedName(operation) }));
  const days = trailDays.map((count) => ({ value: String(count), label: m.trail_last_days({ count }) }));
  const chip = (name: string, label: string, options: { value: string; label: string }[]) => (
    <FilterChip label={label} value={read(name)} options={options} onChange={(value) => change({ [name]: value })} />
  );
  return (
    <div className={classes["bar"]}>
      <FilterChips>
        {chip("who", m.trail_who(), actors)}
        {chip("what", m.trail_what(), deeds)}
        {chip("days", m.trail_filter_period(), days)}
        {read("target") !== undefined &&
          chip("target", m.trail_target(), [{ value: read("target") ?? "", label: shortId(read("target") ?? "") }])}
      </FilterChips>
    </div>
  );
}

/** Enough of an id to tell two apart; the end differs more than the beginning, which is a time. */
function shortId(id: string): string {
  return id.length > 12 ? `…${id.slice(-8)}` : id;
}

function columnsFor(reader: Reader): Column<TrailRow>[] {
  return [
    { key: "at", title: m.trail_when(), short: true, cell: (row) => formatMoment(Date.parse(row.at), reader) },
    { key: "who", title: m.trail_who(), cell: (row) => <Who row={row} /> },
    { key: "what", title: m.trail_what(), cell: (row) => <What row={row} /> },
    { key: "target", title: m.trail_target(), wide: true, cell: (row) => <Target row={row} /> },
    {
      key: "from",
      title: m.trail_address(),
      wide: true,
      cell: (row) => row.address !== null && <code className={classes["code"]}>{row.address}</code>,
    },
  ];
}

function Who({ row: { actor } }: { row: TrailRow }) {
  const role = roles.find((each) => each === actor.role);
  if (actor.kind === "machine") return m.trail_actor_machine();
  if (actor.kind === "nobody") return m.trail_actor_nobody();
  return (
    <>
      <span className={classes["who"]}>{actor.name ?? m.trail_actor_gone()}</span>
      {role !== undefined && <small className={classes["small"]}>{roleName(role)}</small>}
    </>
  );
}

function What({ row: { operation, details } }: { row: TrailRow }) {
  const known = Object.entries(details).filter(([, value]) => value !== null);
  const told = known.map(([name, value]) => detailText(name, value));
  return (
    <>
      {deedName(operation)}
      {told.length > 0 && <small className={classes["small"]}>{told.join(" · ")}</small>}
    </>
  );
}

function Target({ row: { target } }: { row: TrailRow }) {
  const { href } = useQuery();
  if (target === null) return null;
  return (
    <Link to={href({ target })} title={m.trail_all_entries()} className={classes["code"]}>
      {shortId(target)}
    </Link>
  );
}

function NothingYet() {
  const icon = <IconHistory size={24} stroke={1.6} aria-hidden />;
  return <EmptyState icon={icon} title={m.trail_empty()} text={m.trail_empty_text()} />;
}

function NothingFits() {
  const { href } = useQuery();
  const cleared = Object.fromEntries(trailFilters.map((name) => [name, undefined]));
  return (
    <EmptyState
      icon={<IconHistoryOff size={24} stroke={1.6} aria-hidden />}
      title={m.trail_none_found()}
      text={m.trail_none_found_text()}
      action={
        <Button component={Link} to={href({ ...cleared, after: undefined })} variant="default">
          {m.trail_clear()}
        </Button>
      }
    />
  );
}
