import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { type HubCall, ownAccount } from "../call.ts";
import { deviceOf as nameOfDevice } from "../people/device.ts";
import {
  addDevice,
  type Device,
  devicePlace,
  devicesOf,
  dropDevice,
  endpointHash,
  MOST_DEVICES,
  type Subscription,
} from "./devices.ts";
import { pushKeys } from "./keys.ts";

/** The browsers of whoever calls that are told, and the public key for adding this one. */
export async function readDevices(call: HubCall): Promise<{ items: Device[]; key: string }> {
  const { accountId } = ownAccount(call);
  const { databases, secrets, now } = call;
  const { publicKey } = await pushKeys({ db: databases.owner, secrets, now });
  const items = await call.run((tx) => devicesOf(tx, call.community, accountId));
  return { items, key: publicKey };
}

/** Has a browser told from now on what its owner is told. Added again it stays one device. */
export async function addOwnDevice(call: HubCall, said: Subscription): Promise<{ id: string }> {
  const { community, secrets, visitor } = call;
  const { accountId } = ownAccount(call);
  call.limits.take("hub.mark", accountId);
  const at = call.now();
  const id = newId(at);
  const known = endpointHash(said.endpoint).toString("hex");
  const device = {
    id,
    accountId,
    sessionId: visitor.kind === "member" ? visitor.sessionId : undefined,
    endpoint: said.endpoint,
    sealed: secrets.seal(JSON.stringify(said), devicePlace(community, id)),
    name: nameOfDevice(call.headers.get("user-agent")),
    at,
  };
  await call.run(async (tx) => {
    const others = (await devicesOf(tx, community, accountId)).filter((each) => each.endpointHash !== known);
    if (others.length >= MOST_DEVICES) refuse("conflict", "hub.push-full", { most: MOST_DEVICES });
    await addDevice(tx, community, device);
  });
  return { id };
}

/** Tells a browser nothing more. */
export async function removeOwnDevice(call: HubCall, id: string): Promise<void> {
  const { accountId } = ownAccount(call);
  const isGone = await call.run((tx) => dropDevice(tx, call.community, { accountId, id }));
  if (!isGone) refuse("not-found", "hub.no-such-device");
}
