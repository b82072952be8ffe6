import { useSearchParams } from "react-router";
import { m } from "#words";
import { useQuery } from "#src/web/kit/address.ts";
import { FilterChip, FilterChips } from "#src/web/kit/filter-chips.tsx";
import { formatNumber } from "#src/web/kit/format.ts";
import { useReader } from "#src/web/kit/reader.ts";
import { SearchBox } from "#src/web/kit/search-box.tsx";
import { ViewTabs } from "#src/web/kit/view-tabs.tsx";
import { memberSorts, type MemberSort } from "../../model.ts";
import { dayChoices, isView, listViews, memberKinds, messageChoices, sortOf, viewHref } from "./list-address.ts";
import classes from "./list-filters.module.css";
import { SaveSegment } from "./save-segment.tsx";
import { levelWords, stageWords } from "./standing-words.ts";

/** From the core outwards, and along a life. */
const shownLevels = ["leading", "contributing", "participating", "exploring", "outside"] as const;
const shownStages = ["newcomer", "active", "slipping", "dormant", "returned", "silent"] as const;

const kindWords = { people: m.members_kind_people, team: m.members_kind_team, bots: m.members_kind_bots };

const viewWords = {
  all: m.members_view_all,
  active: m.members_view_active,
  new: m.members_view_new,
  team: m.members_view_team,
  bots: m.members_view_bots,
};

const sortWords: Record<MemberSort, () => string> = {
  "last-active": m.members_sort_last_active,
  messages: m.members_sort_messages,
  newest: m.members_sort_newest,
  name: m.members_sort_name,
};

/** Something a filter offers by its id and name. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A segment as a tab shows it. */
export interface SegmentTab {
  readonly id: string;
  readonly name: string;
  readonly members: number | null;
}

/** The views that come with the list, and the team's segments with how many each holds. */
export function ListViews({ segments }: { segments: readonly SegmentTab[] }) {
  const [query] = useSearchParams();
  const reader = useReader();
  const tabs = listViews.map((view) => ({
    to: viewHref(view),
    label: viewWords[view.id](),
    current: isView(query, view),
  }));
  const saved = segments.map(({ id, name, members }) => ({
    to: `?segment=${id}`,
    label: name,
    count: members === null ? "…" : formatNumber(members, reader),
    current: query.get("segment") === id,
  }));
  return <ViewTabs label={m.members_views()} tabs={[...tabs, ...saved]} />;
}

/** Search and filters of the list. Platforms and spaces are offered where there is more than one. */
export function ListFilters(props: {
  platforms: readonly Choice[];
  spaces: readonly Choice[];
  tags: readonly Choice[];
}) {
  const { platforms, spaces, tags } = props;
  const { read, change } = useQuery();
  const reader = useReader();
  // A segment made by a program may ask for a number that no menu offers.
  const known = (offered: readonly number[], name: string) =>
    [...new Set([...offered, ...[Number(read(name))].filter((count) => count > 0)])].toSorted((a, b) => a - b);
  const days = (name: string) =>
    known(dayChoices, name).map((count) => ({ value: String(count), label: m.members_within_days({ count }) }));
  const many = known(messageChoices, "messages").map((count) => ({
    value: String(count),
    label: m.members_at_least({ count: formatNumber(count, reader) }),
  }));
  const chip = (name: string, label: string, options: readonly Choice[]) => (
    <FilterChip
      label={label}
      value={read(name)}
      options={options}
      onChange={(value) => change({ [name]: value, open: undefined })}
    />
  );
  return (
    <div className={classes["bar"]}>
      <SearchBox label={m.members_search()} />
      <FilterChips>
        {chip("kind", m.members_filter_kind(), choicesOf(memberKinds, kindWords))}
        {chip("active", m.members_filter_active(), days("active"))}
        {chip("seen", m.members_filter_seen(), days("seen"))}
        {chip("messages", m.members_filter_messages(), many)}
        {chip("level", m.members_level(), choicesOf(shownLevels, levelWords))}
        {chip("stage", m.members_stage(), choicesOf(shownStages, stageWords))}
        {(tags.length > 0 || read("tag") !== undefined) && chip("tag", m.members_tag(), tags)}
        {(platforms.length > 1 || read("platform") !== undefined) &&
          chip("platform", m.members_filter_platform(), platforms)}
        {(spaces.length > 1 || read("space") !== undefined) && chip("space", m.members_filter_space(), spaces)}
        <SortChip />
      </FilterChips>
      <SaveSegment />
    </div>
  );
}

function choicesOf<Value extends string>(values: readonly Value[], words: Record<Value, () => string>): Choice[] {
  return values.map((value) => ({ value, label: words[value]() }));
}

/** On a phone the columns that sort are not all there, so the order has a place of its own. */
function SortChip() {
  const [query] = useSearchParams();
  const { change } = useQuery();
  const sort = sortOf(query);
  return (
    <span className={classes["sort"]}>
      <FilterChip
        label={m.members_sort()}
        value={sort === "last-active" ? undefined : sort}
        options={choicesOf(memberSorts, sortWords)}
        onChange={(value) => change({ sort: value })}
      />
    </span>
  );
}
