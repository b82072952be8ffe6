import type { IncomingMessage } from "../model.ts";
import { Packer, unpacked } from "../packed.ts";

/** Messages as the thread that stores them gets them from the thread that read them. */
export function sent(messages: readonly IncomingMessage[]): IncomingMessage[] {
  const packer = new Packer();
  for (const message of messages) packer.add(message);
  return unpacked(structuredClone(packer.packed()));
}
