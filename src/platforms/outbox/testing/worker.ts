import { setTimeout as pause } from "node:timers/promises";
import { provenCommunity } from "#src/base/community-id.ts";
import { openDatabases } from "#src/base/database.ts";
import type { Attempt, Sender } from "../model.ts";
import { sendNext } from "../outbox.ts";

// A process of its own that sends rows to a platform on loopback until it is killed: database, community, connection,
// address of the platform, whether it knows idempotency.
const [ownerUrl = "", community = "", connectionId = "", address = "", idempotent = ""] = process.argv.slice(2);
const databases = openDatabases({ ownerUrl, appUrl: ownerUrl, ownerConnections: 2, appConnections: 1 });

const sender: Sender = {
  isIdempotent: idempotent === "yes",
  send: async ({ key }): Promise<Attempt> => {
    const answer = await fetch(address, { method: "POST", headers: { "idempotency-key": key } });
    if (answer.status === 429) return { outcome: "later", afterMs: Number(answer.headers.get("retry-after")) * 1000 };
    return answer.ok ? { outcome: "sent" } : { outcome: "failed", error: String(answer.status) };
  },
};

const sending = {
  databases,
  community: provenCommunity(community),
  connectionId,
  sender,
  clock: () => Date.now(),
  chance: () => 0,
  leaseMs: 400,
};
for (;;) if (!(await sendNext(sending))) await pause(50);
