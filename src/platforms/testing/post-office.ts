import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { Adapter, AdapterPlace, PlatformAction } from "../adapter.ts";
import type { LiveUpdate } from "../live/updates.ts";
import { attemptOfFault, attemptOfStatus } from "../outbox/attempts.ts";
import type { Attempt } from "../outbox/model.ts";
import type { Ground } from "./contract.ts";
import { accordingTo, type Capability, type CapabilityName, capabilityNames } from "../platform.ts";

const { no, yes } = accordingTo({ source: "A test", checked: "2026-11-22" });
const allowed: readonly CapabilityName[] = ["read-messages", "read-moves", "send", "delete", "ban"];

function capabilitiesOf(): Record<CapabilityName, Capability> {
  const told = capabilityNames.map((name) => [name, allowed.includes(name) ? yes() : no("no")] as const);
  // Every name has been given its capability.
  return Object.fromEntries(told) as Record<CapabilityName, Capability>;
}

const deliverySchema = z.object({
  id: z.int(),
  at: z.int(),
  who: z.string(),
  said: z.string().optional(),
  came: z.literal(true).optional(),
});

function translate(raw: string): readonly LiveUpdate[] {
  const { id, at, who, said, came } = deliverySchema.parse(JSON.parse(raw));
  const member = { externalId: who, name: who, kind: "person" } as const;
  const spaces = [{ externalId: "counter", name: "Counter", kind: "chat" }] as const;
  const place = { spaceExternalId: "counter", externalId: String(id) };
  const receipt = String(id);
  if (came === true) {
    const move = { ...place, position: 0, member, name: who, kind: "joined", happenedAt: at } as const;
    return [{ kind: "moved", receipt, spaces, move }];
  }
  const traits = { kind: "text", isQuestion: false, links: [], reactions: [] } as const;
  const message = { ...place, ...traits, sentAt: at, author: member, text: said ?? "" };
  return [{ kind: "posted", receipt, spaces, message }];
}

/** How the office answers next; then it is well again. */
export type Mood = "well" | "busy" | "forbids" | "hangs-up" | "stumbles";

/** A platform on loopback that takes letters, forgets their keys and has its moods: unlike the hub in everything. */
export interface PostOffice {
  readonly adapter: Adapter;
  /** What arrived and was taken, in its order. */
  readonly taken: PlatformAction[];
  mood: Mood;
  stop(): void;
}

function answer(office: { mood: Mood; taken: PlatformAction[] }, body: string, response: ServerResponse): void {
  const { mood } = office;
  office.mood = "well";
  if (mood === "busy") return void response.writeHead(429, { "retry-after": "7" }).end();
  if (mood === "forbids") return void response.writeHead(403).end();
  // What its adapter sends is an action.
  office.taken.push(JSON.parse(body) as PlatformAction);
  if (mood === "hangs-up") return void response.destroy();
  response.writeHead(mood === "stumbles" ? 502 : 200).end();
}

/** Opens the office. */
export async function openPostOffice(): Promise<PostOffice> {
  const office: { mood: Mood; taken: PlatformAction[] } = { mood: "well", taken: [] };
  const server = createServer((request: IncomingMessage, response) => {
    void text(request).then((body) => answer(office, body, response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // An address of a server that listens on a port is an object.
  const { port } = server.address() as AddressInfo;
  const post = async ({ signal }: AdapterPlace, { action }: { action: PlatformAction }): Promise<Attempt> => {
    try {
      const init = { method: "POST", body: JSON.stringify(action), signal };
      const { status, headers } = await fetch(`http://127.0.0.1:${port}/`, init);
      return attemptOfStatus(status, headers.get("retry-after"));
    } catch (error) {
      return attemptOfFault(error);
    }
  };
  const adapter: Adapter = {
    platform: { name: "post", capabilities: capabilitiesOf() },
    isIdempotent: false,
    reading: { kind: "translated", translate },
    actions: { send: post, delete: post, ban: post },
    check: async () => ({ missing: [], failure: undefined }),
  };
  return Object.assign(office, { adapter, stop: () => void server.close() });
}

/** The office as adapters are tried on it. */
export function postGround(office: PostOffice, place: AdapterPlace): Ground {
  const letter: PlatformAction = { kind: "send", space: "counter", text: "Hello" };
  const others: Partial<Record<string, PlatformAction>> = {
    delete: { kind: "delete", space: "counter", message: "7" },
    ban: { kind: "ban", space: "counter", person: "8" },
  };
  const inMood = (mood: Mood) => async (): Promise<PlatformAction> => {
    office.mood = mood;
    return letter;
  };
  const at = Date.UTC(2026, 10, 1);
  return {
    place,
    sample: async (kind) => others[kind] ?? letter,
    look: async () => JSON.stringify(office.taken),
    troubles: {
      "it forbids": { outcome: "refused", cause: inMood("forbids") },
      "it is busy": { outcome: "later", cause: inMood("busy") },
      "it hangs up": { outcome: "unknown", cause: inMood("hangs-up") },
      "it stumbles": { outcome: "unknown", cause: inMood("stumbles") },
    },
    deliveries: {
      good: [
        JSON.stringify({ id: 1, at, who: "otter", came: true }),
        JSON.stringify({ id: 2, at, who: "otter", said: "Good day" }),
      ],
      poison: ["", "{", "[".repeat(100_000), JSON.stringify({ id: "one", at, who: "otter" })],
    },
  };
}
