import { ActionIcon, Button, Group } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { m } from "#words";
import { type Column, ListTable } from "#src/web/kit/list-table.tsx";
import { SectionHeader } from "#src/web/kit/page-header.tsx";
import { Part } from "#src/web/kit/part.tsx";
import { EmptyState } from "#src/web/kit/states.tsx";
import { Tag } from "#src/web/kit/tag.tsx";
import { showUndo } from "#src/web/kit/toast.tsx";
import type { Board } from "../../model.ts";
import { accessNames, BoardForm } from "./board-form.tsx";
import type { Choice } from "./group-form.tsx";
import { type Perform, usePerform } from "./perform.ts";

/** The boards in their order: made, changed, moved, archived and brought back. */
export function BoardsPart({ boards, groups }: { boards: readonly Board[]; groups: readonly Choice[] }) {
  const [open, setOpen] = useState<Board | "new">();
  const { perform } = usePerform();
  const make = (
    <Button
      variant="default"
      leftSection={<IconPlus size={18} stroke={1.7} aria-hidden />}
      onClick={() => setOpen("new")}
    >
      {m.hub_page_board_new()}
    </Button>
  );
  const change = (board: Board): void => setOpen(board);
  return (
    <Part>
      <SectionHeader title={m.hub_page_boards()} aside={make} />
      <ListTable
        label={m.hub_page_boards()}
        columns={columnsFor({ boards, groups, perform, change })}
        rows={boards}
        rowKey={(board) => board.id}
        stacks
        rowName={(board) => board.name}
        empty={<EmptyState title={m.hub_page_boards_empty()} text={m.hub_page_boards_empty_text()} />}
      />
      {open !== undefined && (
        <BoardForm board={open === "new" ? undefined : open} groups={groups} onClose={() => setOpen(undefined)} />
      )}
    </Part>
  );
}

interface Arranging {
  readonly boards: readonly Board[];
  readonly groups: readonly Choice[];
  readonly perform: Perform;
  readonly change: (board: Board) => void;
}

/** Whom a board is open to, in words; of one for groups, their names. */
function openTo({ access, groupIds }: Board, groups: readonly Choice[]): string {
  if (access !== "groups") return accessNames[access]();
  const names = groups.filter(({ id }) => groupIds.includes(id)).map(({ name }) => name);
  return names.length === 0 ? m.hub_page_access_team() : names.join(", ");
}

function columnsFor(arranging: Arranging): Column<Board>[] {
  return [
    {
      key: "name",
      title: m.hub_page_board_name(),
      cell: (board) => (
        <>
          <b>{board.name}</b> {board.isArchived && <Tag tone="quiet">{m.hub_page_board_archived()}</Tag>}
        </>
      ),
    },
    { key: "access", title: m.hub_page_board_access(), wide: true, cell: (board) => openTo(board, arranging.groups) },
    { key: "deeds", title: "", align: "right", cell: (board) => <Deeds board={board} {...arranging} /> },
  ];
}

/** The order of boards after one of them has moved by a place. */
function moved(boards: readonly Board[], board: Board, by: -1 | 1): string {
  const ids = boards.map(({ id }) => id);
  const from = ids.indexOf(board.id);
  ids.splice(from, 1);
  ids.splice(from + by, 0, board.id);
  return ids.join(",");
}

function Deeds({ board, boards, perform, change }: Arranging & { board: Board }) {
  const place = boards.indexOf(board);
  const step = (by: -1 | 1): void => perform({ deed: "order", order: moved(boards, board, by) });
  const archive = (isArchived: boolean): void => perform({ deed: isArchived ? "archive" : "restore", board: board.id });
  return (
    <Group gap="xs" justify="flex-end">
      <ActionIcon
        variant="default"
        size={36}
        aria-label={m.hub_page_board_up({ name: board.name })}
        disabled={place === 0}
        onClick={() => step(-1)}
      >
        <IconArrowUp size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={m.hub_page_board_down({ name: board.name })}
        disabled={place === boards.length - 1}
        onClick={() => step(1)}
      >
        <IconArrowDown size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
      <Button variant="default" size="compact-sm" onClick={() => change(board)}>
        {m.hub_page_board_change()}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => {
          archive(!board.isArchived);
          if (!board.isArchived) showUndo(m.hub_page_board_archived_done({ name: board.name }), () => archive(false));
        }}
      >
        {board.isArchived ? m.hub_page_board_restore() : m.hub_page_board_archive()}
      </Button>
    </Group>
  );
}
