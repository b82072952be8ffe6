import type { ArchivePart } from "./read.ts";

function rowsOf(part: ArchivePart): readonly unknown[] {
  switch (part.kind) {
    case "members":
      return part.members;
    case "messages":
      return part.messages;
    case "files":
      return part.files;
    case "mentions":
      return part.mentions;
    case "records":
      return part.records;
  }
}

/** What stands at the top of an archive. */
export interface ArchiveHeading {
  readonly community: string;
  /** ISO, UTC. */
  readonly madeAt: string;
}

/** The archive as one JSON document, piece by piece: `members`, `messages`, `files`, `mentions`, `records`, each a list. */
export async function* archiveJson(parts: AsyncIterable<ArchivePart>, heading: ArchiveHeading): AsyncGenerator<string> {
  yield `{\n"community": ${JSON.stringify(heading.community)},\n"madeAt": ${JSON.stringify(heading.madeAt)}`;
  let open: ArchivePart["kind"] | undefined;
  let isFirst = true;
  for await (const part of parts) {
    if (part.kind !== open) {
      yield `${open === undefined ? "" : "\n]"},\n"${part.kind}": [`;
      open = part.kind;
      isFirst = true;
    }
    const rows = rowsOf(part).map((row) => `\n${JSON.stringify(row)}`);
    if (rows.length === 0) continue;
    yield (isFirst ? "" : ",") + rows.join(",");
    isFirst = false;
  }
  yield open === undefined ? "\n}\n" : "\n]\n}\n";
}
