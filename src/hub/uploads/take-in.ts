import { newId } from "#src/base/ids.ts";
import { refuse } from "#src/base/refusal.ts";
import type { HubCall } from "../call.ts";
import { ownAccount } from "../call.ts";
import { addFile, type HubFile, keptBytes } from "../store/files.ts";
import { admit, type Admitted, FILE_BYTES, PICTURE_BYTES, type UploadFault } from "./admit.ts";

/** What one member may keep here: some hundreds of photographs. In bytes. */
export const MEMBER_BYTES = 200 * 1024 ** 2;
/** What all members of a community may keep together, so that no disk and no backup fills up unseen. In bytes. */
export const COMMUNITY_BYTES = 5 * 1024 ** 3;

const MB = 1024 ** 2;

/** Ends taking a file in, with the reason in a sentence. */
export function refuseUpload(fault: UploadFault): never {
  if (fault === "too-large")
    return refuse("too-large", "hub.upload-too-large", { picture: PICTURE_BYTES / MB, file: FILE_BYTES / MB });
  return refuse("invalid", `hub.upload-${fault}`);
}

/** What is kept of something that was admitted. */
export function keptOf(admitted: Admitted): Pick<HubFile, "name" | "type" | "size" | "width" | "height"> & {
  bytes: Buffer;
} {
  const { name } = admitted;
  if (admitted.kind === "file")
    return { name, type: "file", size: admitted.bytes.length, width: null, height: null, bytes: admitted.bytes };
  const { format, width, height, bytes } = admitted.picture;
  return { name, type: format, size: bytes.length, width, height, bytes };
}

/**
 * Takes in a file that a member wants to show in a post. Refuses what `admit` does not take, and what goes beyond the room
 * of the member or of the community. Until a post shows it, it is theirs alone, and after a day it is thrown away.
 */
export async function takeIn(call: HubCall, upload: { bytes: Buffer; name: string }): Promise<HubFile> {
  const { community } = call;
  const { accountId, memberId } = ownAccount(call);
  call.limits.take("hub.upload", accountId);
  const admitted = admit(upload.bytes, upload.name);
  if (admitted.kind === "refused") return refuseUpload(admitted.fault);
  const at = call.now();
  const { bytes, ...kept } = keptOf(admitted);
  const file: HubFile = { id: newId(at), memberId, purpose: "post", ...kept };
  await call.run(async (tx) => {
    const { theirs, all } = await keptBytes(tx, community, memberId);
    if (theirs + file.size > MEMBER_BYTES) refuse("conflict", "hub.upload-member-full", { most: MEMBER_BYTES / MB });
    if (all + file.size > COMMUNITY_BYTES) refuse("conflict", "hub.upload-community-full");
    await addFile(tx, community, { file, bytes, at });
  });
  return file;
}
