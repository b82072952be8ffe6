import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import { type HubCall, type HubDeed, ownAccount } from "../call.ts";
import { dropFace, LARGE_FACE, SMALL_FACE } from "../store/faces.ts";
import { addFile, type HubFile, keptBytes } from "../store/files.ts";
import { touchHub } from "../store/hubs.ts";
import { COMMUNITY_BYTES } from "../uploads/take-in.ts";
import { admittedFace, scaled } from "./scale.ts";

/**
 * Makes a picture the one that whoever calls is known by, in place of the one before: its middle, as a square, in two sizes.
 * Each time it lies under another address. Refuses what is no picture, and what there is no room for.
 */
export async function takeFace(call: HubCall, upload: { bytes: Buffer; name: string }): Promise<HubFile> {
  const { community } = call;
  const { accountId, memberId } = ownAccount(call);
  call.limits.take("hub.face", accountId);
  const sides = [SMALL_FACE, LARGE_FACE];
  const wanted = sides.map((side) => ({ width: side, height: side }));
  const made = await scaled(admittedFace(upload), { crop: "square", wanted });
  const at = call.now();
  const faces = made.map((bytes, i) => {
    const side = sides[i] ?? SMALL_FACE;
    const told = { memberId, purpose: "avatar", name: "face.png", type: "png", size: bytes.length } as const;
    return { file: { id: newId(at), ...told, width: side, height: side }, bytes, at };
  });
  await call.run(async (tx) => {
    // Whoever changes pages of the hub holds its row, so that of two pictures sent at once the later one stands.
    await touchHub(tx, community);
    await dropFace(tx, community, memberId);
    const { all } = await keptBytes(tx, community, memberId);
    if (all > COMMUNITY_BYTES) refuse("conflict", "hub.upload-community-full");
    for (const face of faces) await addFile(tx, community, face);
  });
  return faces[0]?.file ?? refuse("invalid", "hub.face-format");
}

/** Takes a member's picture away at once: they are shown by a letter again. Says whether there was one. */
export async function takeFaceAway(call: Pick<HubDeed, "community" | "run">, memberId: string): Promise<boolean> {
  const { community } = call;
  return call.run(async (tx) => {
    const was = await dropFace(tx, community, memberId);
    if (was) await touchHub(tx, community);
    return was;
  });
}
