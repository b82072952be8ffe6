import { Agent, request } from "node:http";
import { gunzipSync } from "node:zlib";
import { quantile } from "../figure.ts";

/** A request of a browser. */
export interface Asking {
  readonly path: string;
  readonly cookie?: string | undefined;
  /** The fields of a form that is sent; a page is asked for without them. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly location: string;
  /** As it came over the wire. */
  readonly body: Buffer;
  readonly isPacked: boolean;
}

/** A browser's connections to the app: kept open, so many at once. */
export interface Line {
  ask(asking: Asking): Promise<Answered>;
  close(): void;
}

/** Opens connections to an address. */
export function openLine(address: string, atOnce: number): Line {
  const { hostname, port } = new URL(address);
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  return {
    ask: ({ path, cookie, fields }) =>
      new Promise((resolve, reject) => {
        const sent = fields === undefined ? undefined : new URLSearchParams(fields).toString();
        const headers = {
          "accept-encoding": "gzip",
          "accept-language": "en",
          ...(cookie === undefined ? {} : { cookie }),
          ...(sent === undefined
            ? {}
            : { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(sent) }),
        };
        const method = sent === undefined ? "GET" : "POST";
        const going = request({ agent, hostname, port, path, method, headers }, (answer) => {
          const pieces: Buffer[] = [];
          answer.on("data", (piece: Buffer) => pieces.push(piece));
          answer.once("error", reject);
          answer.once("end", () => {
            const { location = "", "content-encoding": encoding } = answer.headers;
            resolve({
              status: answer.statusCode ?? 0,
              location,
              body: Buffer.concat(pieces),
              isPacked: encoding === "gzip",
            });
          });
        });
        going.once("error", reject);
        going.end(sent);
      }),
    close: () => agent.destroy(),
  };
}

/** What an answer says. */
export function textOf({ body, isPacked }: Answered): string {
  return (isPacked ? gunzipSync(body) : body).toString();
}

/** How fast a kind of request was answered. Milliseconds. */
export interface Poured {
  readonly perSecond: number;
  readonly median: number;
  readonly p99: number;
  readonly count: number;
}

/** What is asked again and again, and how its answer must look. */
export interface Pouring {
  readonly atOnce: number;
  readonly seconds: number;
  /** The n-th request; each another one. */
  readonly next: (n: number) => Asking;
  readonly status: number;
}

/** Asks without a pause, so many at once, for so long. An answer with another status ends the measurement with an error. */
export async function pour(line: Line, { atOnce, seconds, next, status }: Pouring): Promise<Poured> {
  const times: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  let n = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < until) {
      const asking = next(n++);
      const started = performance.now();
      const answer = await line.ask(asking);
      times.push(performance.now() - started);
      if (answer.status !== status)
        throw new Error(`${asking.path} was answered with ${answer.status}: ${textOf(answer).slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const took = (performance.now() - began) / 1000;
  return {
    perSecond: times.length / took,
    median: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    count: times.length,
  };
}
