import { Readable } from "node:stream";
import { z } from "zod";
import type { CommunityCall, CommunityFacts } from "./call.ts";
import type { Permission } from "./model.ts";
import { procedure } from "./procedure.ts";

/** A file that is written while it is being read, so that its size costs no memory. */
export interface Download {
  /** Shown to the person who saves it. */
  readonly fileName: string;
  readonly parts: AsyncIterable<string>;
}

/**
 * The parts with the first two, usually the heading and the first rows, read already: what can be refused is refused
 * before an answer has begun. What fails later breaks the answer off, so that nobody takes half a file for a whole one.
 */
async function begun(parts: AsyncIterable<string>): Promise<AsyncIterable<string>> {
  const rest = parts[Symbol.asyncIterator]();
  const ahead = [await rest.next(), await rest.next()];
  return {
    async *[Symbol.asyncIterator]() {
      for (const part of ahead) if (part.done !== true) yield part.value;
      yield* { [Symbol.asyncIterator]: () => rest };
    },
  };
}

/** An answer that is a file. */
export const fileSchema = z.object({ headers: z.record(z.string(), z.string()), body: z.instanceof(ReadableStream) });

/** A file as an answer; what the sample community gives out is marked in its name. */
export async function fileAnswer(
  kind: string,
  { isSample }: Pick<CommunityFacts, "isSample">,
  { fileName, parts }: Download,
): Promise<z.input<typeof fileSchema>> {
  const name = isSample === true ? `sample-${fileName}` : fileName;
  const bytes = Readable.from(await begun(parts), { objectMode: true }).map((part: string) => Buffer.from(part));
  return {
    headers: {
      "content-type": `${kind}; charset=utf-8`,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
    // Node types its web streams apart from the global ones, which they are.
    body: Readable.toWeb(bytes) as ReadableStream,
  };
}

interface DownloadDefinition<I extends z.core.$ZodLooseShape> {
  readonly path: `/communities/{community}${string}`;
  readonly operationId: string;
  readonly permission: Permission;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly [string, ...string[]];
  readonly input?: z.ZodObject<I>;
  /** Such as `text/csv`. */
  readonly file: string;
  handler(call: { input: z.output<z.ZodObject<I>>; context: CommunityCall }): Promise<Download>;
}

/**
 * Defines a procedure whose answer is a file, told by `GET`. The handler's parts are read after it has returned, so they
 * open their own transactions (`context.run`) when they are read.
 */
export function download<I extends z.core.$ZodLooseShape>(definition: DownloadDefinition<I>) {
  return procedure({
    ...definition,
    method: "GET",
    output: fileSchema,
    handler: async (call) => {
      return fileAnswer(definition.file, call.context.facts, await definition.handler(call));
    },
  });
}
