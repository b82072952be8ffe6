/** Proxies close what is silent for a minute; this keeps it open. */
const PING_MS = 20_000;
/** After so long a page asks anew who it is: whoever was signed out elsewhere does not listen on for days. */
const LONGEST_MS = 15 * 60_000;
/** Each line holds a socket and some kilobytes; with more of them a process would have none left for pages. */
const MOST_LINES = 4000;
/** A whole school behind one address may read at once; a program that opens lines may not take them all. */
export const MOST_OF_ONE_ADDRESS = 200;
/** Whoever has not taken so many messages has lost the line or reads too slowly: they come back and see the page as it is. */
const MOST_WAITING = 64;
/** After the end of a process its readers come back spread over this time. */
const COME_BACK_MS = { least: 500, spread: 3000 };

/** A message for open pages, ready to be sent to many. */
export type Message = Uint8Array;

const text = new TextEncoder();

/** Makes a message. `content` is anything JSON can say. */
export function messageOf(event: string, content: unknown): Message {
  return text.encode(`event: ${event}\ndata: ${JSON.stringify(content)}\n\n`);
}

/** One open page that listens. */
export interface Line {
  /** Sends, unless the line has ended. */
  send(message: Message): void;
  /** Ends the line; the browser may come back. */
  end(): void;
}

/** Whoever opens a line: their address, the signals that end it, and what is to be done when it has ended. */
export interface LineWish {
  readonly address: string;
  readonly gone: readonly AbortSignal[];
  readonly onEnd: () => void;
}

/** All lines of a process. */
export interface Lines {
  /** Opens a line; undefined when there are too many already. */
  open(wish: LineWish): { line: Line; answer: Response } | undefined;
}

interface Open extends Line {
  readonly since: number;
}

/** A line over a stream of server-sent events, and how to learn that it has ended. */
function openLine(gone: readonly AbortSignal[], onEnd: () => void): { line: Line; body: ReadableStream<Uint8Array> } {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const ended = (): void => {
    controller = undefined;
    for (const signal of gone) signal.removeEventListener("abort", end);
    onEnd();
  };
  const end = (): void => {
    if (controller === undefined) return;
    controller.close();
    ended();
  };
  const body = new ReadableStream<Uint8Array>({
    start: (fresh) => {
      controller = fresh;
    },
    cancel: () => {
      if (controller !== undefined) ended();
    },
  });
  for (const signal of gone) signal.addEventListener("abort", end, { once: true });
  const send = (message: Message): void => {
    if (controller === undefined) return;
    if ((controller.desiredSize ?? 0) < -MOST_WAITING) return end();
    controller.enqueue(message);
  };
  return { line: { send, end }, body };
}

/** Opens the books of a process's lines. `now` in milliseconds. */
export function openLines(now: () => number): Lines {
  const lines = new Set<Open>();
  const byAddress = new Map<string, number>();
  let ticking: NodeJS.Timeout | undefined;
  const tick = (): void => {
    const ping = text.encode(": still here\n\n");
    for (const line of lines) {
      if (now() - line.since > LONGEST_MS) line.end();
      else line.send(ping);
    }
  };
  const count = (address: string, by: number): void => {
    const left = (byAddress.get(address) ?? 0) + by;
    if (left > 0) byAddress.set(address, left);
    else byAddress.delete(address);
  };
  return {
    open: ({ address, gone, onEnd }) => {
      if (lines.size >= MOST_LINES || (byAddress.get(address) ?? 0) >= MOST_OF_ONE_ADDRESS) return undefined;
      if (gone.some((signal) => signal.aborted)) return undefined;
      const { line, body } = openLine(gone, () => {
        lines.delete(open);
        count(address, -1);
        if (lines.size === 0) clearInterval(ticking);
        onEnd();
      });
      const open: Open = { ...line, since: now() };
      if (lines.size === 0) ticking = setInterval(tick, PING_MS).unref();
      lines.add(open);
      count(address, 1);
      open.send(text.encode(`retry: ${COME_BACK_MS.least + Math.floor(Math.random() * COME_BACK_MS.spread)}\n\n`));
      const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
      return { line: open, answer: new Response(body, { headers }) };
    },
  };
}
