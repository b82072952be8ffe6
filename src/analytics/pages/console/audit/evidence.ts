import { membersBehind, messagesBehindSchema, type MembersBehind, type MessagesBehind } from "../../../model.ts";

/** What stands behind a number or a claim: a list of messages or a list of members. */
export type Evidence =
  | { readonly list: "messages"; readonly behind: MessagesBehind }
  | { readonly list: "members"; readonly behind: MembersBehind };

/** The messages of one kind as evidence. */
export function messagesOf(behind: MessagesBehind): Evidence {
  return { list: "messages", behind };
}

/** The members of one kind as evidence. */
export function membersOf(behind: MembersBehind): Evidence {
  return { list: "members", behind };
}

/** Evidence as it stands in an address: `members:new`, `hour:1:19`, `domain:github.com`. `readEvidence` undoes it. */
export function writeEvidence(evidence: Evidence): string {
  if (evidence.list === "members") return `members:${evidence.behind}`;
  return Object.values(evidence.behind).join(":");
}

/** Reads what `writeEvidence` wrote; undefined for anything else somebody typed into an address. */
export function readEvidence(text: string): Evidence | undefined {
  const [kind = "", ...rest] = text.split(":");
  if (kind === "members") {
    const behind = membersBehind.find((name) => name === rest[0]);
    return behind === undefined ? undefined : { list: "members", behind };
  }
  const parsed = messagesBehindSchema.safeParse(Object.fromEntries(fieldsOf(kind, rest)));
  return parsed.success ? { list: "messages", behind: parsed.data } : undefined;
}

function fieldsOf(kind: string, rest: readonly string[]): ReadonlyMap<string, unknown> {
  const option = messagesBehindSchema.options.find(({ shape }) => shape.kind.value === kind);
  const names = Object.keys(option?.shape ?? {}).filter((name) => name !== "kind");
  // The last field takes what is left: names of languages and emoji hold no colon, domains with a port would.
  const values = names.map((_, place) => (place === names.length - 1 ? rest.slice(place).join(":") : rest[place]));
  return new Map<string, unknown>([
    ["kind", kind],
    ...names.map((name, place): [string, unknown] => [
      name,
      kind === "hour" ? Number(values[place] || Number.NaN) : values[place],
    ]),
  ]);
}

/** What stands behind a metric; undefined where its definition is all there is to show. */
export function evidenceOf(metric: string): Evidence | undefined {
  return evidenceByMetric[metric];
}

const evidenceByMetric: Readonly<Record<string, Evidence>> = {
  messages: messagesOf({ kind: "all" }),
  "active-members": membersOf("active"),
  "new-members": membersOf("new"),
  "returning-members": membersOf("returning"),
  "gone-members": membersOf("gone"),
  "one-message-members": membersOf("one-message"),
  "half-from": membersOf("half"),
  "newcomers-answered": messagesOf({ kind: "unanswered-newcomers" }),
  "newcomers-first-answer": messagesOf({ kind: "first-messages" }),
  "newcomers-returned": membersOf("new"),
  "questions-answered": messagesOf({ kind: "unanswered-questions" }),
  reactions: messagesOf({ kind: "most-reactions" }),
};
