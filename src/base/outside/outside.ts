import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, buildConnector, type Dispatcher } from "undici";
import { isPublicAddress } from "./addresses.ts";

/** A server that strangers named did not answer as it should; `reason` is safe to keep and to show. */
export class OutsideFailure extends Error {
  readonly reason: "address" | "closed" | "unreachable" | "slow" | "redirects";

  constructor(reason: OutsideFailure["reason"]) {
    super(`outside: ${reason}`);
    this.name = "OutsideFailure";
    this.reason = reason;
  }
}

/** What is asked of such a server. */
export interface OutsideAsk {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** From the first name that is looked up to the last byte. */
  readonly mostMs: number;
  /** What comes beyond is not read. */
  readonly mostBytes: number;
  /** How many redirects are followed; each is judged like the first address. */
  readonly redirects?: number;
  /** Looks at the head of an answer; false leaves its body unread. */
  readonly wants?: (head: { status: number; type: string }) => boolean;
  readonly signal: AbortSignal;
}

/** What it answered. */
export interface OutsideAnswer {
  readonly status: number;
  /** The `content-type`, as it was said; empty without one. */
  readonly type: string;
  readonly body: Buffer;
  /** The address that answered in the end. */
  readonly address: string;
}

/** The way to servers whose addresses strangers have chosen: it leads to the public internet and nowhere else. */
export interface Outside {
  /** Throws `OutsideFailure`, and nothing else but what aborting throws. Keeps no cookies and sends none. */
  ask(address: string, ask: OutsideAsk): Promise<OutsideAnswer>;
}

/** Where a way leads. */
export interface OutsideRules {
  /** Such as `https:`. */
  readonly protocols: readonly string[];
  readonly ports: readonly number[];
  /** Whether an address of the internet protocol may be spoken to. */
  readonly permits: (address: string) => boolean;
}

/** Pages that a browser would open as well. */
export const publicPages: OutsideRules = {
  protocols: ["http:", "https:"],
  ports: [80, 443],
  permits: isPublicAddress,
};

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Every address that a name stands for has to be permitted; the connection goes to one that was judged here. */
function guardedLookup({ permits }: OutsideRules): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, "");
      const [first] = found;
      if (first === undefined || !found.every(({ address }) => permits(address)))
        return callback(new OutsideFailure("closed"), "");
      if (options.all === true) return callback(null, found);
      return callback(null, first.address, first.family);
    });
  };
}

/** Literal addresses are never looked up, so they are judged before connecting. */
function guardedConnector(rules: OutsideRules, mostMs: number): buildConnector.connector {
  // The types of undici ask for a port that is only known with each request.
  const options = { lookup: guardedLookup(rules), timeout: mostMs } as buildConnector.BuildOptions;
  const connect = buildConnector({ ...options, allowH2: false });
  return (target, callback) => {
    const isClosed = isIP(target.hostname) !== 0 && !rules.permits(target.hostname);
    if (isClosed) return callback(new OutsideFailure("closed"), null);
    return connect(target, callback);
  };
}

/** The address when the rules let anybody go there: protocol, port, no name and password inside. */
function allowed(text: string, { protocols, ports }: OutsideRules): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const usual = url?.protocol === "https:" ? 443 : 80;
  const port = url?.port === "" ? usual : Number(url?.port);
  const isPlain = url?.username === "" && url.password === "" && url.hostname !== "";
  if (url === undefined || !isPlain || !protocols.includes(url.protocol) || !ports.includes(port))
    throw new OutsideFailure("address");
  return url;
}

async function readBody(body: Dispatcher.ResponseData["body"], mostBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    // Without an encoding a body comes as buffers.
    const bytes = (piece as Buffer).subarray(0, mostBytes - size);
    pieces.push(bytes);
    size += bytes.length;
    if (size >= mostBytes) break;
  }
  return Buffer.concat(pieces);
}

const header = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? "") : (value ?? "");

interface Way {
  readonly rules: OutsideRules;
  readonly agent: Agent;
  readonly signal: AbortSignal;
}

async function follow({ rules, agent, signal }: Way, address: string, ask: OutsideAsk): Promise<OutsideAnswer> {
  const { method = "GET", headers = {}, body = null, mostBytes, redirects = 0, wants } = ask;
  let url = allowed(address, rules);
  for (let left = redirects; ; left -= 1) {
    const path = `${url.pathname}${url.search}`;
    const sent = { "accept-encoding": "identity", ...headers };
    const said = await agent.request({ origin: url.origin, path, method, headers: sent, body, signal, reset: true });
    const location = header(said.headers["location"]);
    if (!REDIRECTS.includes(said.statusCode) || location === "" || redirects === 0) {
      const head = { status: said.statusCode, type: header(said.headers["content-type"]) };
      const isRead = wants?.(head) ?? true;
      return { ...head, body: isRead ? await readBody(said.body, mostBytes) : Buffer.of(), address: url.href };
    }
    if (left === 0) throw new OutsideFailure("redirects");
    said.body.on("error", () => undefined).destroy();
    url = allowed(URL.canParse(location, url) ? new URL(location, url).href : "", rules);
  }
}

/** Connectors wrap what stopped them. */
function failureIn(error: unknown): OutsideFailure | undefined {
  if (error instanceof OutsideFailure) return error;
  return error instanceof Error && error.cause !== undefined ? failureIn(error.cause) : undefined;
}

/** Opens the way outside under these rules. Each request has a connection of its own, which ends with it. */
export function openOutside(rules: OutsideRules): Outside {
  return {
    ask: async (address, ask) => {
      const slow = AbortSignal.timeout(ask.mostMs);
      const signal = AbortSignal.any([slow, ask.signal]);
      const agent = new Agent({ connect: guardedConnector(rules, ask.mostMs), connections: 1, maxHeaderSize: 16_384 });
      try {
        return await follow({ rules, agent, signal }, address, ask);
      } catch (error) {
        ask.signal.throwIfAborted();
        throw failureIn(error) ?? new OutsideFailure(slow.aborted ? "slow" : "unreachable");
      } finally {
        await agent.destroy();
      }
    },
  };
}
