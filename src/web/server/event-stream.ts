import type { CommunityCall } from "#src/accounts/call.ts";
import type { Change, ChangeFeed } from "#src/log/changes.ts";

/** Proxies close what is silent for a minute; this keeps it open. */
const PING_MS = 20_000;
/** Changes within this time are told as one: an import makes many. */
const GATHER_MS = 250;

/** Open streams of server-sent events. */
export interface EventStreams {
  /**
   * Tells a browser which topics of the community changed, never what: the page asks again by the API. Ends when the
   * browser goes away or the process stops.
   */
  open(call: Pick<CommunityCall, "facts">, gone: AbortSignal): Response;
  /** Ends all of them, so that the process can stop. Browsers come back by themselves. */
  stop(): void;
}

/** @param feed tells of changes in every community */
export function openEventStreams(feed: ChangeFeed): EventStreams {
  const stopping = new AbortController();
  return {
    open: (call, gone) => {
      const ended = AbortSignal.any([gone, stopping.signal]);
      const text = new TextEncoder();
      let leave: (() => void) | undefined;
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => {
          const waiting = new Set<string>();
          const send = (line: string): void => controller.enqueue(text.encode(`${line}\n\n`));
          const flush = (): void => {
            for (const topic of waiting) send(`event: changed\ndata: ${topic}`);
            waiting.clear();
          };
          let gathering: NodeJS.Timeout | undefined;
          const heard = ({ topic }: Change): void => {
            // Of the hub's topics its own pages hear; here the log says that something was written.
            if (topic.startsWith("hub:")) return;
            if (waiting.size === 0) gathering = setTimeout(flush, GATHER_MS);
            waiting.add(topic);
          };
          const unwatch = feed.watch(call.facts.id, heard);
          const ping = setInterval(() => send(": still here"), PING_MS);
          leave = () => {
            clearInterval(ping);
            clearTimeout(gathering);
            unwatch();
          };
          const end = (): void => {
            leave?.();
            leave = undefined;
            controller.close();
          };
          send("retry: 2000\nevent: hello\ndata: 1");
          if (ended.aborted) end();
          else ended.addEventListener("abort", () => leave !== undefined && end(), { once: true });
        },
        // Whoever answers may drop the stream before anybody says that the browser is gone; nothing can be sent from then on.
        cancel: () => {
          leave?.();
          leave = undefined;
        },
      });
      return new Response(stream, {
        headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
      });
    },
    stop: () => stopping.abort(),
  };
}
