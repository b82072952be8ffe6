import type { Guest } from "./camp.ts";

/** Something that an open page was told. */
export interface Told {
  readonly event: string;
  /** What stood in it. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** An open page that listens. */
export interface Ear {
  readonly status: number;
  /** The next thing told; undefined once the line has ended. */
  next(): Promise<Told | undefined>;
  close(): void;
}

function toldIn(block: string): Told | undefined {
  const event = /^event: (.*)$/m.exec(block)?.[1];
  const content = /^data: (.*)$/m.exec(block)?.[1];
  if (event === undefined || content === undefined) return undefined;
  // Every message of the hub is an object.
  return { event, content: JSON.parse(content) as Readonly<Record<string, unknown>> };
}

async function* toldBy(body: ReadableStream<Uint8Array>): AsyncGenerator<Told, undefined> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const piece of body) {
    const blocks = (text + decoder.decode(piece, { stream: true })).split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const told = toldIn(block);
      if (told !== undefined) yield told;
    }
  }
  return undefined;
}

/** Opens the line of a page as a browser does. */
export async function listenTo(guest: Guest, query: string): Promise<Ear> {
  const leaving = new AbortController();
  const response = await guest.listen(query, leaving.signal);
  const all = response.body === null ? undefined : toldBy(response.body);
  return {
    status: response.status,
    next: async () => (await all?.next())?.value ?? undefined,
    close: () => {
      leaving.abort();
      // A request that has been tidied up hears nothing of its signal any more; whoever goes away stops reading as well.
      void all?.return(undefined);
    },
  };
}
