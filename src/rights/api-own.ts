import { fileAnswer, fileSchema } from "#src/accounts/download.ts";
import { refuse } from "#src/base/refusal.ts";
import { type HubCall, ownAccount } from "#src/hub/call.ts";
import { hubProcedure } from "#src/hub/visitor.ts";
import { archiveHtml } from "./archive/html.ts";
import { archiveJson } from "./archive/json.ts";
import { readOwn } from "./archive/read.ts";

const tags: readonly [string] = ["Hub people"];

function ownArchive(context: HubCall, ending: "json" | "html") {
  const { community, facts, visitor, limits } = context;
  if (visitor.kind !== "member") return refuse("forbidden", "hub.team-elsewhere");
  const { accountId, memberId } = ownAccount(context);
  limits.take("hub.archive", `${community} ${accountId}`);
  const madeAt = new Date(context.now()).toISOString();
  const parts = readOwn(context.run, community, memberId);
  const fileName = `${facts.slug}-${madeAt.slice(0, 10)}.${ending}`;
  return { fileName, parts, heading: { community: facts.name, madeAt } };
}

/** A member takes along what they gave to the hub. */
export const ownApi = {
  ownJson: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/archive.json",
    operationId: "exportMyHubData",
    permission: "hub.member",
    summary: "What you gave to the hub, for machines",
    tags,
    file: "application/json",
    output: fileSchema,
    handler: async ({ context }) => {
      const { fileName, parts, heading } = ownArchive(context, "json");
      return fileAnswer("application/json", context.facts, { fileName, parts: archiveJson(parts, heading) });
    },
  }),
  ownHtml: hubProcedure({
    method: "GET",
    path: "/communities/{community}/hub/me/archive.html",
    operationId: "exportMyHubDataToRead",
    permission: "hub.member",
    summary: "What you gave to the hub, as a page to read",
    tags,
    file: "text/html",
    output: fileSchema,
    handler: async ({ context }) => {
      const { fileName, parts, heading } = ownArchive(context, "html");
      const told = archiveHtml(parts, { ...heading, locale: context.locale });
      return fileAnswer("text/html", context.facts, { fileName, parts: told });
    },
  }),
};
