import { type AuditQuery, auditQuerySchema, dateSchema, segments } from "../../../model.ts";

/** What the audit is asked about, as it stands in the page's address. */
export interface Ask {
  readonly from?: string;
  readonly to?: string;
  readonly spaces?: string;
  readonly segment?: AuditQuery["segment"];
  readonly savedSegment?: string;
  readonly compare?: AuditQuery["compare"];
}

/** Reads what the audit is asked about from an address; what makes no sense there is left out. */
export function askOf(query: URLSearchParams): Ask {
  const [from, to] = ["from", "to"].map((name) => dateSchema.safeParse(query.get(name)).data);
  const segment = segments.find((one) => one === query.get("segment"));
  const saved = auditQuerySchema.shape.savedSegment.safeParse(query.get("savedSegment")).data;
  const spaces = query.get("spaces") ?? "";
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(/^[0-9a-f-]{36}(,[0-9a-f-]{36})*$/.test(spaces) ? { spaces } : {}),
    ...(segment === undefined ? {} : { segment }),
    ...(saved === undefined ? {} : { savedSegment: saved }),
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
