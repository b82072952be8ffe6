import { z } from "zod";
import { download } from "#src/accounts/download.ts";
import { procedure } from "#src/accounts/procedure.ts";
import { pageFields, pageOf, readCursor } from "#src/base/paging.ts";
import { refuse } from "#src/base/refusal.ts";
import { tryAgain } from "./actions.ts";
import { changeAndRun } from "./jobs.ts";
import { importSchema, type SkippedPiece, skippedPageSchema } from "./model.ts";
import { findImport, type KeptRow, listPieces } from "./store.ts";

const tags = ["Imports"] as const;
const byId = z.object({ id: z.uuid() });

function shown(row: KeptRow): SkippedPiece {
  const { id, reason, position, bytes, raw, at } = row;
  return { id, reason, position, bytes, raw: raw.toString("utf8").replaceAll("\0", "\uFFFD"), at: at.toISOString() };
}

/** A cell that a spreadsheet would take for a formula is shown as text instead. */
function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** What an import could not take in: to look at, to take along, and to try again. */
export const skippedApi = {
  skipped: procedure({
    method: "GET",
    path: "/communities/{community}/imports/{id}/skipped",
    operationId: "listSkipped",
    permission: "imports.read",
    summary: "What an import could not take in, in the order of the file",
    tags,
    input: z.object({ ...byId.shape, ...pageFields, reason: z.string().max(50).optional() }),
    output: skippedPageSchema,
    handler: async ({ input, context: { run, community } }) => {
      const after = readCursor(input.after, z.tuple([z.number(), z.uuid()]));
      const { id: importId, reason, limit } = input;
      const rows = await run((tx) => listPieces(tx, community, { importId, reason, after, limit }));
      const page = pageOf(rows, limit, ({ position, id }) => [position, id]);
      return { items: page.items.map(shown), next: page.next };
    },
  }),
  skippedFile: download({
    path: "/communities/{community}/imports/{id}/skipped.csv",
    operationId: "downloadSkipped",
    permission: "imports.read",
    summary: "What an import could not take in, as a file",
    tags,
    input: byId,
    file: "text/csv",
    handler: async ({ input, context: { run, community } }) => {
      const row = await run((tx) => findImport(tx, community, input.id));
      if (row === undefined) return refuse("not-found", "imports.no-such-import");
      async function* parts(): AsyncGenerator<string> {
        yield "\uFEFFreason,position,bytes,raw\r\n";
        for (let after: readonly [number, string] | undefined, more = true; more;) {
          const ask = { importId: input.id, reason: undefined, after, limit: 200 };
          const rows = await run((tx) => listPieces(tx, community, ask));
          for (const each of rows.slice(0, 200).map(shown)) {
            yield `${[each.reason, each.position, each.bytes, each.raw].map(cell).join(",")}\r\n`;
            after = [each.position, each.id];
          }
          more = rows.length > 200;
        }
      }
      return { fileName: `${row.fileName}-skipped.csv`, parts: parts() };
    },
  }),
  tryAgain: procedure({
    method: "POST",
    path: "/communities/{community}/imports/{id}/try-again",
    operationId: "tryImportAgain",
    permission: "imports.run",
    summary: "Read a file anew for what could not be taken in",
    description:
      "For after an update that understands more. What is stored already stays as it is; what was put aside is forgotten and put aside again where it still has to be. The file is kept for 30 days when something of it was put aside.",
    tags,
    status: 202,
    input: byId,
    output: importSchema,
    handler: ({ input, context }) => changeAndRun(context, tryAgain, input.id),
  }),
};
