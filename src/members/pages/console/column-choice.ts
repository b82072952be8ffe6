/** The columns of the list beside the name, in their order. */
export const columnKeys = ["messages", "level", "stage", "tags", "days", "last", "first"] as const;
export type ColumnKey = (typeof columnKeys)[number];

/** The cookie that keeps the choice; it holds names of columns and nothing else. */
export const COLUMNS_COOKIE = "veche_member_columns";

const usual: readonly ColumnKey[] = ["messages", "level", "stage", "last", "first"];

/** The columns among these names, in the order of the list. */
export function chosenColumns(names: readonly string[]): ColumnKey[] {
  return columnKeys.filter((key) => names.includes(key));
}

/** The columns that a browser's cookies choose; the usual ones where they say nothing. */
export function columnsOf(cookies: string | null): ColumnKey[] {
  const found = new RegExp(`(?:^|;\\s*)${COLUMNS_COOKIE}=([a-z.]*)`).exec(cookies ?? "")?.[1];
  return found === undefined ? [...usual] : chosenColumns(found.split("."));
}
