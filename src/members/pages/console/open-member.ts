import { readRefusal } from "#src/web/kit/refusal.ts";
import type { Member } from "../../model.ts";

/** The member an address opens; undefined for one who is not there, so that the list still shows. */
export async function findMember(get: () => Promise<Member>): Promise<Member | undefined> {
  try {
    return await get();
  } catch (error) {
    if (readRefusal(error) === undefined) throw error;
    return undefined;
  }
}
