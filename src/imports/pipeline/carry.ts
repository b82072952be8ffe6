import { refuse } from "#src/base/refusal.ts";
import type { Choices, ResumePoint } from "../formats/format.ts";
import type { ImportReport } from "../model.ts";
import type { ImportRow } from "../store.ts";
import { openSource } from "../stream/source.ts";
import { batchOf } from "./batch.ts";
import { readParcels } from "./reading.ts";
import { type Carrying, Writer } from "./writer.ts";

/** How it ended: at the file's end, or before because somebody cancelled or the process stops. */
export type CarryEnd = "end-of-file" | "cancelled" | "stopped";

function choicesOf({ options }: ImportRow, now: number): Choices {
  const { startedByName: _, ...chosen } = options;
  return { ...chosen, now };
}

/** What was read before a break stands in the same place only in the same file. */
async function checkFile({ filePath, fileName, fileBytes }: ImportRow): Promise<void> {
  const { bytes } = await openSource(filePath, fileName);
  if (bytes !== fileBytes) refuse("conflict", "imports.file-changed", { name: fileName });
}

/**
 * Carries a file into the community from where an earlier run stopped. While PostgreSQL stores one batch the next ones are
 * read, in a thread of their own. Whenever it ends, everything stored and the point to go on from are committed together.
 */
export async function carry(carrying: Carrying, row: ImportRow): Promise<{ end: CarryEnd; report: ImportReport }> {
  const { signal, now } = carrying;
  await checkFile(row);
  const writer = new Writer(carrying, row);
  const parcels = readParcels({
    path: row.filePath,
    name: row.fileName,
    format: row.format,
    choices: choicesOf(row, now()),
    // It was written by `saveProgress` and is checked by the format that reads it.
    resume: (row.resume ?? undefined) as ResumePoint | undefined,
  });
  const isToStop = (): boolean => signal.aborted || writer.stored.status === "cancelling";
  for await (const parcel of parcels) {
    if (isToStop()) break;
    await writer.write(batchOf(parcel));
  }
  const cancelled = writer.stored.status === "cancelling";
  return { end: cancelled ? "cancelled" : signal.aborted ? "stopped" : "end-of-file", report: writer.stored.report };
}
