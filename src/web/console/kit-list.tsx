import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useQuery } from "../kit/address.ts";
import { BulkBar } from "../kit/bulk-bar.tsx";
import { FilterChip, FilterChips, ToggleChip } from "../kit/filter-chips.tsx";
import { formatNumber, type Reader } from "../kit/format.ts";
import { type Column, ListTable } from "../kit/list-table.tsx";
import { useReader } from "../kit/reader.ts";
import { SearchBox } from "../kit/search-box.tsx";
import { useSelection } from "../kit/selection.ts";
import { SidePanel } from "../kit/side-panel.tsx";
import { EmptyState } from "../kit/states.tsx";
import { Tag } from "../kit/tag.tsx";
import { ViewTabs } from "../kit/view-tabs.tsx";

interface Person {
  id: string;
  name: string;
  messages: number;
  role: string;
}

const people: Person[] = [
  { id: "1", name: "Анна Ковалёва", messages: 1051, role: "answers newcomers" },
  {
    id: "2",
    name: "A name of sixty characters that somebody really chose to have",
    messages: 1_000_000,
    role: "starts threads",
  },
  { id: "3", name: "u_2eaf", messages: 0, role: "" },
];

/** A list with everything a list can have. */
export function KitList() {
  const reader = useReader();
  const { read, change, href } = useQuery();
  const selection = useSelection();
  const columns = columnsFor(reader, href({ sort: "messages" }));
  const open = people.find((person) => person.id === read("open"));
  const sought = read("search")?.toLowerCase() ?? "";
  return (
    <section style={{ marginTop: 48 }}>
      <ViewTabs
        label="Views"
        tabs={[
          { to: "#all", label: "All", count: "1,284", current: true },
          { to: "#new", label: "New", current: false },
        ]}
      />
      <div style={{ display: "flex", gap: 12, flexWrap: "wrap", marginBottom: 16 }}>
        <SearchBox label="Search members" />
        <FilterChips>
          <FilterChip
            label="Platform"
            value={read("platform")}
            options={[{ value: "telegram", label: "Telegram" }]}
            onChange={(platform) => change({ platform })}
          />
          <ToggleChip
            label="Staff"
            on={read("staff") === "1"}
            onChange={(on) => change({ staff: on ? "1" : undefined })}
          />
        </FilterChips>
      </div>
      <ListTable
        label="Members"
        columns={columns}
        rows={people.filter((person) => person.name.toLowerCase().includes(sought))}
        rowKey={(person) => person.id}
        rowName={(person) => person.name}
        rowHref={(person) => href({ open: person.id })}
        openKey={open?.id}
        selection={selection}
        empty={<EmptyState title="Nobody by this name" text="Check the spelling or clear the filters." />}
        next={href({ after: "3" })}
      />
      <BulkBar selection={selection}>
        <Button size="compact-sm">Mark as staff</Button>
      </BulkBar>
      <SidePanel title={open?.name} open={open !== undefined} closeTo={href({ open: undefined })}>
        {open?.role}
      </SidePanel>
    </section>
  );
}

function roleOf(person: Person): ReactNode {
  return person.role === "" ? null : <Tag>{person.role}</Tag>;
}

function columnsFor(reader: Reader, sortHref: string): Column<Person>[] {
  return [
    { key: "name", title: "Name", cell: (person) => person.name },
    {
      key: "role",
      title: "What they do",
      wide: true,
      cell: roleOf,
    },
    {
      key: "messages",
      title: "Messages",
      align: "right",
      cell: (person) => formatNumber(person.messages, reader),
      sort: { href: sortHref, now: "descending" },
    },
  ];
}
