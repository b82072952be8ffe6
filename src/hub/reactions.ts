import type { Consumer } from "#src/log/consumer.ts";
import { touchHub } from "./store/hubs.ts";

/** Pages that were kept name people and say who speaks for the team: when that changes they are made anew. */
export const hubNames: Consumer = {
  name: "hub.names",
  kinds: ["member.erased", "member.marked", "member.renamed"],
  batch: 1000,
  react: async (tx, community) => touchHub(tx, community),
  reset: async () => undefined,
};
