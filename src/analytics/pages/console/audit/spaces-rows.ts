import type { Audit } from "../../../model.ts";

/** One space of the audit. */
export type SpaceRow = Audit["spacesCompared"][number];

/** Columns of the table of spaces that it can be sorted by. */
export const spaceColumns = ["name", "messages", "members", "change", "questions", "answered", "wait"] as const;
export type SpaceColumn = (typeof spaceColumns)[number];

/** Columns that need to know who answered whom. */
const aboutAnswers: readonly SpaceColumn[] = ["answered", "wait"];

/** The columns worth showing: those about answers only where this history tells of answers. */
export function columnsOf({ answers, before }: Pick<Audit, "answers" | "before">): SpaceColumn[] {
  return spaceColumns.filter(
    (column) => (answers !== null || !aboutAnswers.includes(column)) && (before !== null || column !== "change"),
  );
}

/** How the table stands: what is looked for, how it is sorted, which page of it is open (from 0). */
export interface SpaceTable {
  readonly search: string;
  readonly column: SpaceColumn;
  readonly descending: boolean;
  readonly page: number;
}

/** How many spaces are read at once. */
export const SPACES_A_PAGE = 12;
/** Against fewer messages than this a change in percent is an accident. */
const ENOUGH_BEFORE = 20;

/** How the number of messages changed, as a share; undefined when there is too little to compare with. */
export function changeOf({ messages, before }: SpaceRow): number | undefined {
  return before === undefined || before.messages < ENOUGH_BEFORE ? undefined : messages / before.messages - 1;
}

function valueOf(row: SpaceRow, column: Exclude<SpaceColumn, "name">): number | undefined {
  return {
    messages: row.messages,
    members: row.members,
    change: changeOf(row),
    questions: row.questions,
    answered: row.answeredShare,
    wait: row.medianAnswer,
  }[column];
}

/** The rows that match the search, in order. What is unknown stands last either way. */
export function sortedSpaces(rows: readonly SpaceRow[], { search, column, descending }: SpaceTable): SpaceRow[] {
  const wanted = search.trim().toLocaleLowerCase();
  const found = rows.filter(({ space }) => space.name.toLocaleLowerCase().includes(wanted));
  const direction = descending ? -1 : 1;
  if (column === "name") return found.toSorted((a, b) => direction * a.space.name.localeCompare(b.space.name));
  return found.toSorted((a, b) => {
    const [one, other] = [valueOf(a, column), valueOf(b, column)];
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    return direction * (one - other) || b.messages - a.messages;
  });
}
