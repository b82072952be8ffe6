import { z } from "zod";
import { timeZoneSchema } from "#src/accounts/model.ts";
import { procedure } from "#src/accounts/procedure.ts";
import type { RawRoute } from "#src/accounts/raw-route.ts";
import { pageFields, pageOf, readCursor } from "#src/base/paging.ts";
import { skippedApi } from "./api-skipped.ts";
import { cancelImport, planImport, resumeImport, startImport, undoImport } from "./actions.ts";
import { changeAndRun, runJob } from "./jobs.ts";
import {
  dateOrderSchema,
  fieldMapSchema,
  formatSchema,
  importPageSchema,
  importSchema,
  PIECE_BYTES,
  previewSchema,
  uploadSchema,
} from "./model.ts";
import { previewFile } from "./pipeline/preview.ts";
import { describeImport, importById, viewOf } from "./queries.ts";
import { listImports } from "./store.ts";
import { addPiece, beginUpload, dropUpload, findUpload, finishedUpload } from "./uploads/uploads.ts";

const tags = ["Imports"] as const;
const byId = z.object({ id: z.uuid() });
const chosen = z.object({
  timeZone: timeZoneSchema.optional().describe("For times without a zone; the community's if left out"),
  dateOrder: dateOrderSchema
    .optional()
    .describe("For WhatsApp, where day and month are written with numbers alone; worked out if left out"),
  map: fieldMapSchema.optional().describe("Our fields to the file's, for JSONL and CSV"),
});

/** Bringing files and importing them. */
export const importsApi = {
  beginUpload: procedure({
    method: "POST",
    path: "/communities/{community}/uploads",
    operationId: "beginUpload",
    permission: "imports.run",
    summary: "Announce a file",
    description: "The same file announced again goes on at `received`. Then send its pieces in order.",
    tags,
    status: 201,
    input: z.object({
      name: z.string().trim().min(1).max(255),
      bytes: z.int().min(0),
      modifiedAt: z.number().optional().describe("Milliseconds since 1970 UTC; tells files of one name apart"),
    }),
    output: uploadSchema,
    handler: async ({ input: { name, bytes, modifiedAt }, context }) =>
      beginUpload({ name, bytes, modifiedAt, owner: context.actor.id, now: context.now() }),
  }),
  getUpload: procedure({
    method: "GET",
    path: "/communities/{community}/uploads/{id}",
    operationId: "getUpload",
    permission: "imports.run",
    summary: "How much of a file has arrived",
    tags,
    input: byId,
    output: uploadSchema,
    handler: async ({ input, context }) => findUpload(input.id, context.actor.id),
  }),
  dropUpload: procedure({
    method: "DELETE",
    path: "/communities/{community}/uploads/{id}",
    operationId: "dropUpload",
    permission: "imports.run",
    summary: "Throw an uploaded file away",
    tags,
    input: byId,
    output: z.object({}),
    handler: async ({ input, context }) => {
      await dropUpload((await findUpload(input.id, context.actor.id)).id);
      return {};
    },
  }),
  preview: procedure({
    method: "POST",
    path: "/communities/{community}/uploads/{id}/preview",
    operationId: "previewImport",
    permission: "imports.run",
    summary: "What an import of the file would do",
    tags,
    input: z.object({ ...byId.shape, ...chosen.shape, format: formatSchema.optional() }),
    output: previewSchema,
    handler: async ({ input, context }) => {
      const { path, name } = await finishedUpload(input.id, context.actor.id);
      const timeZone = input.timeZone ?? context.facts.timeZone;
      const { format, dateOrder, map: fields } = input;
      return previewFile(path, name, { format, timeZone, dateOrder, fields, now: context.now() });
    },
  }),
  start: procedure({
    method: "POST",
    path: "/communities/{community}/imports",
    operationId: "startImport",
    permission: "imports.run",
    summary: "Import an uploaded file",
    tags,
    status: 202,
    input: z.object({
      ...chosen.shape,
      upload: z.uuid(),
      format: formatSchema.optional(),
      spaces: z
        .array(z.string().max(300))
        .max(5000)
        .optional()
        .describe("External ids; without them all that are not private"),
    }),
    output: importSchema,
    handler: async ({ input, context }) => {
      const { actor, community, jobs, now } = context;
      const { path, name } = await finishedUpload(input.upload, actor.id);
      const timeZone = input.timeZone ?? context.facts.timeZone;
      const startedBy = { id: actor.id, name: actor.name };
      const { format, dateOrder, map: fields, spaces } = input;
      const chosenNow = { format, timeZone, dateOrder, fields, spaces, now: now() };
      const plan = await planImport({ path, name, startedBy, ...chosenNow });
      const started = await context.run(async (tx) =>
        describeImport(viewOf(context, tx), await startImport(tx, community, plan)),
      );
      await jobs.send(runJob, { community }, { key: community });
      return started;
    },
  }),
  list: procedure({
    method: "GET",
    path: "/communities/{community}/imports",
    operationId: "listImports",
    permission: "imports.read",
    summary: "All imports, newest first",
    tags,
    input: z.object(pageFields),
    output: importPageSchema,
    handler: async ({ input, context }) =>
      context.run(async (tx) => {
        const { community } = context;
        const before = readCursor(input.after, z.tuple([z.uuid()]))?.[0];
        const page = pageOf(await listImports(tx, community, { before, limit: input.limit }), input.limit, ({ id }) => [
          id,
        ]);
        const items = [];
        for (const row of page.items) items.push(await describeImport(viewOf(context, tx), row));
        return { items, next: page.next };
      }),
  }),
  get: procedure({
    method: "GET",
    path: "/communities/{community}/imports/{id}",
    operationId: "getImport",
    permission: "imports.read",
    summary: "An import: how far it is, and its report",
    tags,
    input: byId,
    output: importSchema,
    handler: async ({ input, context }) => context.run((tx) => importById(viewOf(context, tx), input.id)),
  }),
  cancel: procedure({
    method: "POST",
    path: "/communities/{community}/imports/{id}/cancel",
    operationId: "cancelImport",
    permission: "imports.run",
    summary: "Stop an import; what is stored stays",
    tags,
    input: byId,
    output: importSchema,
    handler: async ({ input, context }) =>
      context.run((tx) => cancelImport(viewOf(context, tx), { id: input.id, now: context.now() })),
  }),
  resume: procedure({
    method: "POST",
    path: "/communities/{community}/imports/{id}/resume",
    operationId: "resumeImport",
    permission: "imports.run",
    summary: "Let a cancelled or failed import go on where it stopped",
    tags,
    input: byId,
    output: importSchema,
    handler: ({ input, context }) => changeAndRun(context, resumeImport, input.id),
  }),
  undo: procedure({
    method: "POST",
    path: "/communities/{community}/imports/{id}/undo",
    operationId: "undoImport",
    permission: "imports.run",
    summary: "Take out again what an import brought",
    description:
      "Every figure becomes what it would be had the import never been. What another import brought as well stays. Until it is done the import is `withdrawing`, then `withdrawn`.",
    tags,
    status: 202,
    input: byId,
    output: importSchema,
    handler: ({ input, context }) => changeAndRun(context, undoImport, input.id),
  }),
  ...skippedApi,
};

/** The next piece of an announced file, as bytes. */
export const uploadPiece: RawRoute = {
  method: "PUT",
  path: "/communities/{community}/uploads/{id}",
  operationId: "uploadPiece",
  permission: "imports.run",
  summary: "Send the next piece of a file; `from` is where it begins",
  tags,
  maxBytes: PIECE_BYTES,
  isPiece: true,
  answer: async ({ context, fields, query, body }) => {
    const upload = await findUpload(fields["id"] ?? "", context.actor.id);
    const { received } = await addPiece(upload, Number(query.get("from") ?? 0), body);
    return { received };
  },
};
