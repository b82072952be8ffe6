import type { PageApi } from "#src/web/context.ts";
import {
  type Audit,
  type AuditQuery,
  dateSchema,
  type Definition,
  type MemberBehind,
  type MembersBehind,
  type MessageBehind,
  type MessagesBehind,
  segments,
} from "../../../model.ts";

/** What the audit is asked about, as it stands in the page's address. */
export interface Ask {
  readonly from?: string;
  readonly to?: string;
  readonly spaces?: string;
  readonly segment?: AuditQuery["segment"];
  readonly compare?: AuditQuery["compare"];
}

interface Page<Row> {
  readonly items: Row[];
  /** How many there are in all, where that is known. */
  readonly total?: number | undefined;
  /** Asks for the next page; null on the last. */
  readonly next?: string | null | undefined;
}

type Behind<Of> = Ask & { community: string; behind: Of; after?: string };
type FlatMessages = Behind<MessagesBehind["kind"]> & Omit<Record<string, unknown>, keyof Behind<string>>;

/** The procedures of analytics that the pages call. */
export interface AuditCalls {
  audit(ask: Ask & { community: string }): Promise<Audit>;
  definitions(ask: { community: string }): Promise<{ items: Definition[] }>;
  messagesBehind(ask: FlatMessages): Promise<Page<MessageBehind>>;
  membersBehind(ask: Behind<MembersBehind>): Promise<Page<MemberBehind>>;
}

/** The procedures of analytics among all that a page is handed. */
export function callsOf(api: PageApi): AuditCalls {
  return (api as unknown as { analytics: AuditCalls }).analytics;
}

/** Reads what the audit is asked about from an address; what makes no sense there is left out. */
export function askOf(query: URLSearchParams): Ask {
  const [from, to] = ["from", "to"].map((name) => dateSchema.safeParse(query.get(name)).data);
  const segment = segments.find((one) => one === query.get("segment"));
  const spaces = query.get("spaces") ?? "";
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(/^[0-9a-f-]{36}(,[0-9a-f-]{36})*$/.test(spaces) ? { spaces } : {}),
    ...(segment === undefined ? {} : { segment }),
    ...(query.get("compare") === "none" ? { compare: "none" as const } : {}),
  };
}

/** Whether two addresses ask for the same audit of the same community, whatever lies open over it. */
export function sameAsk(one: URL, other: URL): boolean {
  const community = ({ pathname }: URL) => pathname.split("/audit")[0];
  return (
    community(one) === community(other) &&
    JSON.stringify(askOf(one.searchParams)) === JSON.stringify(askOf(other.searchParams))
  );
}
