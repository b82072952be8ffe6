import { refuse } from "#src/base/refusal.ts";
import type { HubCall } from "../call.ts";
import { LAUNCH_MINUTES, readLaunch } from "../providers/mini-app.ts";
import { wayPlace } from "../sealed.ts";
import { useLaunch, wayOf } from "../store/ways.ts";
import { type CameBack, welcome } from "./by-platform.ts";
import { asFramed, rememberFrame } from "./frame-mark.ts";

/** Signs in whoever opened the hub inside Telegram, by what Telegram says of them: freshly, and once for each launch. */
export async function openLaunch(call: HubCall, initData: string): Promise<CameBack> {
  const { community, limits } = call;
  limits.take("link.address", call.address);
  const row = await call.run((tx) => wayOf(tx, community, "telegram-app"));
  if (row === undefined) return refuse("not-found", "hub.no-such-way");
  const now = call.now();
  const botToken = call.secrets.open(row.sealed, wayPlace(community, "telegram-app"));
  const launch = readLaunch(initData, { botToken, now });
  if (launch === undefined) return refuse("unauthenticated", "hub.launch-over");
  const until = now + 2 * LAUNCH_MINUTES * 60_000;
  const isFirst = await call.run((tx) => useLaunch(tx, community, { hash: launch.hash, until }));
  if (!isFirst) return refuse("unauthenticated", "hub.launch-over");
  rememberFrame(call);
  return welcome(asFramed(call), { person: launch.person, to: "", invitation: "" });
}
