import { memberSorts, type MemberFilter, type MemberSort } from "../../model.ts";
import { levels, stages } from "../../standing/model.ts";

/** Whom a list shows, as its address says: everybody, people without team and bots, the team, or bots. */
export const memberKinds = ["people", "team", "bots"] as const;
export type MemberKind = (typeof memberKinds)[number];

/** Choices of days a filter offers, counted back from the last day on which anybody wrote. */
export const dayChoices = [7, 30, 90, 365] as const;
/** Choices of "at least so many messages". */
export const messageChoices = [2, 10, 100, 1000] as const;

/** The names of filters in the address. */
export const filterNames = [
  "search",
  "kind",
  "platform",
  "space",
  "active",
  "seen",
  "messages",
  "level",
  "stage",
  "tag",
  "segment",
] as const;

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

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function idOf(query: URLSearchParams, name: string): string | undefined {
  const text = textOf(query, name);
  return text !== undefined && ID.test(text) ? text : undefined;
}

/** One of the words that are known, as a list of one: what the filter takes. */
function knownOf<Word extends string>(words: readonly Word[], text: string | undefined): Word[] | undefined {
  const found = words.find((word) => word === text);
  return found === undefined ? undefined : [found];
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
    level: knownOf(levels, textOf(query, "level")),
    stage: knownOf(stages, textOf(query, "stage")),
    tag: idOf(query, "tag") === undefined ? undefined : [idOf(query, "tag")],
    segment: idOf(query, "segment"),
    after: textOf(query, "after"),
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { ...given, ...(kind === undefined ? {} : kindFilters[kind]), sort: sortOf(query) };
}

/** What a list is narrowed by, without its order and its page. */
export function filterOf({ sort: _, after: __, ...filter }: ListAsk): MemberFilter {
  return filter;
}

/** The query of the API for what is asked: lists of words are repeated. */
export function apiQuery(ask: Omit<ListAsk, "after">): string {
  const pairs = Object.entries(ask).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, String(each)]),
  );
  return new URLSearchParams(pairs).toString();
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

/** A filter as it can be compared: its parts in one order. */
function written(filter: MemberFilter): string {
  return JSON.stringify(Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether two filters ask for the same people in the same words. */
export function isSameFilter(one: MemberFilter, other: MemberFilter): boolean {
  return written(one) === written(other);
}

/** The address that narrows the list by a filter; undefined when the list has no control for something in it. */
export function queryOf(filter: MemberFilter): URLSearchParams | undefined {
  const { staff, bots, activeWithin, firstSeenWithin, messagesAtLeast, ...words } = filter;
  const kind = memberKinds.find((each) => kindFilters[each].staff === staff && kindFilters[each].bots === bots);
  const asked = { ...words, kind, active: activeWithin, seen: firstSeenWithin, messages: messagesAtLeast };
  const pairs = Object.entries(asked).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const query = new URLSearchParams(pairs);
  return isSameFilter(filterOf(askOf(query)), filter) ? query : undefined;
}

/** Where a segment's filter is changed, beginning with `?`: the list with that filter, and a note of whose it is. */
export function editHref({ id, filter }: { id: string; filter: MemberFilter }): string | undefined {
  const query = queryOf(filter);
  query?.set("edit", id);
  return query && `?${query.toString()}`;
}
