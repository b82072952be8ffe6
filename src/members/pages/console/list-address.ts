import { memberSorts, type MemberFilter, type MemberSort } from "../../model.ts";

/** Whom a list shows, as its address says: everybody, people without team and bots, the team, or bots. */
export const memberKinds = ["people", "team", "bots"] as const;
export type MemberKind = (typeof memberKinds)[number];

/** Choices of days a filter offers, counted back from the last day on which anybody wrote. */
export const dayChoices = [7, 30, 90, 365] as const;
/** Choices of "at least so many messages". */
export const messageChoices = [2, 10, 100, 1000] as const;

/** The names of filters in the address. */
export const filterNames = ["search", "kind", "platform", "space", "active", "seen", "messages"] as const;

/** What the list is asked for. */
export interface ListAsk extends MemberFilter {
  readonly sort: MemberSort;
  readonly after?: string;
}

const kindFilters: Record<MemberKind, MemberFilter> = {
  people: { staff: false, bots: false },
  team: { staff: true },
  bots: { bots: true },
};

function numberOf(query: URLSearchParams, name: string): number | undefined {
  const number = Number(query.get(name) ?? "");
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

function textOf(query: URLSearchParams, name: string): string | undefined {
  return query.get(name)?.trim() || undefined;
}

/** The order an address asks for; by last activity when it asks for none that exists. */
export function sortOf(query: URLSearchParams): MemberSort {
  return memberSorts.find((sort) => sort === query.get("sort")) ?? "last-active";
}

/** The kind of members an address asks for; undefined is everybody. */
export function kindOf(query: URLSearchParams): MemberKind | undefined {
  return memberKinds.find((kind) => kind === query.get("kind"));
}

/** What an address asks of the list. What cannot be understood is as good as absent: an old link still opens. */
export function askOf(query: URLSearchParams): ListAsk {
  const kind = kindOf(query);
  const asked = {
    search: textOf(query, "search"),
    platform: textOf(query, "platform"),
    space: textOf(query, "space"),
    activeWithin: numberOf(query, "active"),
    firstSeenWithin: numberOf(query, "seen"),
    messagesAtLeast: numberOf(query, "messages"),
    after: textOf(query, "after"),
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { ...given, ...(kind === undefined ? {} : kindFilters[kind]), sort: sortOf(query) };
}

/** Whether an address narrows the list at all. */
export function isNarrowed(query: URLSearchParams): boolean {
  return filterNames.some((name) => (query.get(name) ?? "") !== "");
}

/** A view that comes with the list: a name for an address. */
export interface ListView {
  readonly id: "all" | "active" | "new" | "team" | "bots";
  readonly query: Readonly<Record<string, string>>;
}

/** The views above the list, in their order. */
export const listViews: readonly ListView[] = [
  { id: "all", query: {} },
  { id: "active", query: { kind: "people", active: "30", sort: "messages" } },
  { id: "new", query: { kind: "people", seen: "30", sort: "newest" } },
  { id: "team", query: { kind: "team" } },
  { id: "bots", query: { kind: "bots" } },
];

/** The address of a view, beginning with `?`. */
export function viewHref({ query }: ListView): string {
  return `?${new URLSearchParams(query).toString()}`;
}

/** Whether an address shows this view, as it is or in another order. */
export function isView(query: URLSearchParams, view: ListView): boolean {
  return filterNames.every((name) => (query.get(name) ?? "") === (view.query[name] ?? ""));
}
